"""A questionnaire with every kind of page, and an inspection whose wave can be entered by code, link and open link."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select

from fieldwork import inspections, waves
from fieldwork.database import Database
from fieldwork.entry import cases
from fieldwork.inspections import NewInspection
from fieldwork.keeping import closing
from fieldwork.models.concerns import TalkRequest
from fieldwork.models.inspections import Nation, Wave
from fieldwork.returns import responses
from surveys.interview import Response
from surveys.questionnaire import Audience, Questionnaire
from surveys.text import Names, Text

NAMES = Names(
    service=Text(en="youth team", cy="tîm ieuenctid"),
    worker=Text(en="worker", cy="gweithiwr"),
    child=Text(en="child", cy="plentyn"),
    children=Text(en="children", cy="plant"),
)


def both(en: str, cy: str) -> dict[str, str]:
    return {"en": en, "cy": cy}


YES_NO = [
    {"code": "yes", "label": both("Yes", "Ydw"), "picture": "tick"},
    {"code": "no", "label": both("No", "Nac ydw"), "picture": "cross"},
    {"code": "not_sure", "label": both("I'm not sure", "Dydw i ddim yn siŵr")},
]
AREAS = [
    {"code": "school", "label": both("School", "Ysgol"), "spoken": both("School or college", "Ysgol neu goleg")},
    {"code": "home", "label": both("Home", "Cartref")},
    {"code": "none", "label": both("None of these", "Dim un o'r rhain"), "exclusive": True},
    {"code": "not_sure", "label": both("I'm not sure", "Dydw i ddim yn siŵr"), "exclusive": True},
]
PAGES: list[dict[str, Any]] = [
    {
        "id": "hello",
        "type": "information",
        "wording": both("The next part is about help.", "Mae'r rhan nesaf am help."),
    },
    {
        "id": "helped",
        "type": "single_choice",
        "wording": both("Has the {service} helped you?", "Ydy'r {service} wedi dy helpu?"),
        "easy_read": both("Did they help?", "Wnaethon nhw helpu?"),
        "categories": YES_NO,
    },
    {
        "id": "with_what",
        "type": "multiple_choice",
        "wording": both("What with?", "Gyda beth?"),
        "categories": AREAS,
        "ask_if": {"question": "helped", "any_of": ["yes"]},
        "base_label": both("of those helped", "o'r rhai a gafodd help"),
    },
    {
        "id": "mark",
        "type": "scale",
        "wording": both("What mark?", "Pa farc?"),
        "minimum": 0,
        "maximum": 10,
        "low_label": both("Bad", "Gwael"),
        "high_label": both("Good", "Da"),
    },
    {
        "id": "rating",
        "type": "scale",
        "wording": both("How happy?", "Pa mor hapus?"),
        "minimum": 0,
        "maximum": 99,
        "low_label": both("Not happy", "Ddim yn hapus"),
        "high_label": both("Happy", "Hapus"),
    },
    {
        "id": "comment",
        "type": "open_ended",
        "wording": both("Why?", "Pam?"),
        "max_length": 300,
        "consent": both("You may print this.", "Cewch argraffu hyn."),
    },
]
NUMBER = {page["id"]: number for number, page in enumerate(PAGES, start=1)}


def every_kind(audience: Audience = "children") -> Questionnaire:
    """One page of each kind; the second question decides whether the third is asked."""
    section = {"id": "all", "title": both("All", "Popeth"), "pages": PAGES}
    head = {
        "id": "every-kind",
        "version": 1,
        "audience": audience,
        "title": both("All", "Popeth"),
        "source": "Made up.",
    }
    return Questionnaire.model_validate({**head, "welsh": "awaiting_translator", "sections": [section]})


@dataclass
class Field:
    """The application with one wave open."""

    app: Flask
    wave: Wave

    @property
    def database(self) -> Database:
        found: Database = self.app.extensions["database"]
        return found

    @property
    def open_link(self) -> str:
        return f"/o/{self.wave.open_slug}"

    def code(self) -> str:
        with self.database.transaction() as session:
            return cases.invite_by_code(session, self.wave, 1, self.app.extensions["pepper"])[0]

    def codes(self, count: int) -> list[str]:
        with self.database.transaction() as session:
            return cases.invite_by_code(session, self.wave, count, self.app.extensions["pepper"])

    def link(self) -> str:
        with self.database.transaction() as session:
            return "/l/" + cases.invite_by_link(session, self.wave, 1, self.app.extensions["pepper"])[0]

    def void(self, code: str) -> None:
        with self.database.transaction() as session:
            cases.void(session, code, self.app.extensions["pepper"])

    def close(self) -> None:
        with self.database.transaction() as session:
            closing.close_wave(session, waves.find_wave(session, self.wave.name))

    def responses(self) -> list[Response]:
        with self.database.reading() as session:
            return responses.responses(session, self.wave)

    def asked_to_talk(self) -> list[TalkRequest]:
        with self.database.reading() as session:
            return list(session.scalars(select(TalkRequest)))


def open_field(
    app: Flask, questionnaire: Questionnaire | None = None, nation: Nation = "england", slug: str = "leeds"
) -> Field:
    """An inspection with one wave, open."""
    new = NewInspection(slug=slug, name="Leeds", programme="cci", names=NAMES, nation=nation, open_link_allowed=True)
    database: Database = app.extensions["database"]
    with database.transaction() as session:
        inspection = inspections.create(session, new)
        return Field(app, waves.open_wave(session, inspection, questionnaire or every_kind()))
