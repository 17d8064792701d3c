"""Somebody with a browser and no script: opens pages, fills in, presses a button, goes where it leads."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import lxml.html
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import FormElement, HtmlElement
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

Values = dict[str, str | list[str]]


@dataclass
class Seen:
    """A page as somebody sees it."""

    address: str
    reply: TestResponse

    @property
    def status(self) -> int:
        return self.reply.status_code

    @property
    def html(self) -> str:
        return self.reply.text

    @property
    def tree(self) -> HtmlElement:
        return lxml.html.fromstring(self.html)

    @property
    def title(self) -> str:
        return str(self.tree.findtext(".//title"))

    @property
    def heading(self) -> str:
        return " ".join(self.tree.find(".//h1").text_content().split())

    @property
    def words(self) -> str:
        """All that is to be read on the page."""
        return " ".join(self.tree.find(".//body").text_content().split())

    @property
    def errors(self) -> list[str]:
        links = self.tree.xpath("//*[contains(@class, 'govuk-error-summary__list')]//a")
        return [link.text_content().strip() for link in links]

    @property
    def form(self) -> FormElement:
        forms = [form for form in self.tree.forms if form.method == "POST"]
        return max(forms, key=lambda form: len(form.inputs))

    @property
    def filled(self) -> list[str]:
        """What is chosen or written in the field for the answer."""
        return [value for name, value in self.form.form_values() if name == "answer" and value]

    @property
    def choices(self) -> list[str]:
        """The values of the buttons and boxes that answer the question."""
        boxes = (each for each in self.form.iter("input") if each.get("type") in {"radio", "checkbox"})
        return [box.get("value") for box in boxes if box.name == "answer"]

    def link(self, words: str) -> str:
        """The address that the link with these words leads to."""
        (found,) = {each.get("href") for each in self.tree.iter("a") if words == " ".join(each.text_content().split())}
        return str(found)


@dataclass
class Respondent:
    """One person at one browser."""

    app: Flask
    language: str = "en"
    client: FlaskClient = field(init=False)
    page: Seen = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()
        self.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = self.language

    def open(self, address: str, **more: Any) -> Seen:
        """Go to the address, as far as it leads."""
        reply = self.client.get(address, **more)
        for _ in range(5):
            if reply.status_code != 303:
                break
            address = reply.location
            reply = self.client.get(address, **more)
        self.page = Seen(address, reply)
        return self.page

    def send(self, fields: Iterable[tuple[str, str]], address: str | None = None, **more: Any) -> TestResponse:
        """Post these fields, as they are, to where the form of this page leads."""
        return self.client.post(address or self.page.form.action or self.page.address, data=MultiDict(fields), **more)

    def press(self, button: str = "continue", **values: str | list[str]) -> Seen:
        """Fill in these values, press the button and look at what comes."""
        reply = self.send(self.fields(button, **values))
        if reply.status_code == 303:
            return self.open(reply.location)
        self.page = Seen(self.page.address, reply)
        return self.page

    def fields(self, button: str = "continue", **values: str | list[str]) -> list[tuple[str, str]]:
        """What a browser would send from this page: what stands in it, but for the fields filled in now."""
        kept = [(name, value) for name, value in self.page.form.form_values() if name not in values]
        typed = {name: [value] if isinstance(value, str) else value for name, value in values.items()}
        new = [(name, value) for name, several in typed.items() for value in several]
        return [*kept, *new, ("action", button)]

    def answer(self, *values: str, **more: str) -> Seen:
        """Answer the question of this page and go on."""
        return self.press(answer=list(values), **more)

    def skip(self) -> Seen:
        return self.press("skip")

    def enter(self, code: str) -> Seen:
        """Type the code, and read the page about keeping safe."""
        self.open("/")
        self.press(code=code)
        return self.press() if self.page.address == "/safe" else self.page

    def enter_by(self, link: str) -> Seen:
        """Come by a link, and read the page about keeping safe."""
        self.open(link)
        self.press()
        return self.press() if self.page.address == "/safe" else self.page

    def answer_everything(self) -> Seen:
        """Answer every question in some way, up to the check page."""
        while self.page.address.startswith("/question"):
            self.answer(*some_answer(self.page))
        return self.page


def some_answer(page: Seen) -> list[str]:
    """An answer that the page can take."""
    if "answer" not in page.form.fields:
        return []
    return page.choices[:1] or ["7"]
