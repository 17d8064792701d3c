"""A shared tablet, and the people who come to it one after the other."""

from dataclasses import dataclass
from datetime import UTC, datetime

from lxml.html import FormElement

from fieldwork.entry import tablets
from tests.modes.web.respondent import Respondent, Seen
from tests.modes.web.samples import Field


def link_to_a_tablet(field: Field, name: str = "") -> str:
    """The address that makes a device a shared tablet of the wave."""
    now = datetime.now(UTC)
    with field.database.transaction() as work:
        name = name or f"Number {len(tablets.all_of(work, field.wave.id, now))}"
        made = tablets.make(work, field.wave, name, tablets.day_of(now), field.app.extensions["pepper"], now)
    return f"/tablet/{made.link}"


@dataclass
class Tablet(Respondent):
    """The device, without script; whoever is at it presses buttons."""

    def make(self, link: str) -> Seen:
        """Open the link and agree."""
        self.open(link)
        return self.press()

    def push(self, words: str) -> Seen:
        """Press the button with these words, wherever on the page it is."""
        form = self.form_of(words)
        reply = self.send(form.form_values(), form.action)
        if reply.status_code == 303:
            return self.open(reply.location)
        self.page = Seen(self.page.address, reply)
        return self.page

    def form_of(self, words: str) -> FormElement:
        """The form that the button with these words sends."""
        (button,) = (each for each in self.page.tree.iter("button") if each.text_content().strip() == words)
        (form,) = button.iterancestors("form")
        return form

    def begin(self) -> Seen:
        """Somebody presses Start and reads about keeping safe."""
        self.open("/")
        self.push("Start")
        return self.push("Continue")

    def to_the_check_page(self, comment: str = "") -> Seen:
        """Answer everything, with these words where words are asked for."""
        while self.page.address.startswith("/question"):
            if self.page.tree.find(".//textarea") is None:
                self.answer(*(self.page.choices[:1] or (["7"] if "answer" in self.page.form.fields else [])))
            else:
                self.answer(comment)
        return self.page
