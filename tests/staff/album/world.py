"""The service with the made-up inspection in it, the browsers of everybody who works there, and what they made."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize

from fieldwork import inspections, waves
from fieldwork.database import Session
from fieldwork.models.inspections import Inspection, Wave
from fieldwork.office.audit import Who
from fieldwork.sealing import Keys
from tests.staff.album.inspection import CHILDREN, MONDAY, NAMES, SLUG
from tests.staff.desks import OfficeRoom

DESK = ViewportSize(width=1280, height=900)
PATIENCE = 60_000  # milliseconds; on a busy machine the process of reports takes long to start
ADDRESS: Mapping[str, str] = {"slug": SLUG, "wave": CHILDREN, "questionnaire": CHILDREN}


@dataclass
class World:
    """The service as it runs. Things are made when something first asks for them, and once."""

    room: OfficeRoom
    address: str
    new_page: Callable[..., Page]
    folder: Path
    """Where files to be uploaded are put."""
    things: dict[Callable[["World"], object], object] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """The moment at which everything of the world is done."""
        return MONDAY

    @property
    def keys(self) -> Keys:
        """What seals numbers and words here."""
        found: Keys = self.room.app.extensions["keys"]
        return found

    @property
    def pepper(self) -> bytes:
        """What codes, serials and keys of comments are made with."""
        found: bytes = self.room.app.extensions["pepper"]
        return found

    def who(self, person: str) -> Who:
        """Somebody, as the audit names them."""
        member = self.room.member(person)
        return Who(member.id, member.name)

    @contextmanager
    def working(self) -> Iterator[Session]:
        """A transaction."""
        with self.room.database.transaction() as session:
            yield session

    def wave(self, session: Session, questionnaire: str = CHILDREN) -> Wave:
        """A wave of the inspection."""
        return waves.find_wave(session, f"{SLUG}/{questionnaire}")

    def inspection(self, session: Session) -> Inspection:
        """The inspection."""
        return inspections.find(session, SLUG)

    def thing(self, make: "Thing") -> Any:
        """What that makes, made once; words as they are."""
        if isinstance(make, str):
            return make
        if make not in self.things:
            self.things[make] = make(self)
        return self.things[make]

    def page(self, person: str) -> Page:
        """The browser of somebody: signed in, if they are of the office; of a stranger otherwise."""
        if person not in self.pages:
            self.pages[person] = self.new_page(viewport=DESK)
            self.pages[person].set_default_timeout(PATIENCE)
            if person in NAMES:
                self.room.sign_in_browser(self.pages[person].context, person, self.address)
        return self.pages[person]

    def place(self, door: str, asked: Mapping[str, "Thing"]) -> str:
        """The whole address of a door."""
        if not door:
            return f"{self.address}/office"
        (rule, *_) = self.room.office.url_map.iter_rules(door)
        parts = {name: self.thing(asked.get(name) or ADDRESS[name]) for name in rule.arguments}
        with self.room.office.test_request_context(base_url=f"{self.address}/office"):
            return self.address + self.room.office.url_for(door, **parts)


Thing = Callable[[World], object] | str
"""Something that stands in an address or on a page: what makes it, or the word itself."""
