"""What was released stands in the section; what was not, does not."""

import pytest

from fieldwork import inspections
from fieldwork.database import Database
from reports.rendering.plain import as_text
from staff.section import perspective_of
from surveys.answers import Chosen, Verbatim
from surveys.loading import definition
from surveys.text import LANGUAGES, Language
from tests.fieldwork.commenting import Desk
from tests.fieldwork.samples import open_office

CANARIES = ("Heulwen was new", "Heulwen was read", "Heulwen was proposed", "Heulwen was approved")


@pytest.fixture
def desk(database: Database) -> Desk:
    """A wave in which one comment stands at each step of the way."""
    desk = Desk(open_office(database, definition("children")))
    for words in (*CANARIES, "Heulwen was released to us"):
        desk.respond({"have_plan": Chosen(("yes",)), "done_well": Verbatim(words, may_quote=True)})
    desk.read(desk.key_of("was read"))
    for step in ("proposed", "approved", "released"):
        desk.propose(desk.key_of(f"was {step}"), f"[The worker] was {step}...")
    for step in ("approved", "released"):
        desk.approve(desk.key_of(f"was {step}"))
    desk.release(desk.key_of("was released"))
    return desk


def section(desk: Desk, language: Language) -> str:
    with desk.office.database.reading() as session:
        inspection = inspections.of_wave(session, desk.wave_id)
        return as_text(perspective_of(session, inspection, language))


@pytest.mark.req("T14")
@pytest.mark.parametrize("language", LANGUAGES)
def test_of_what_was_written_only_what_was_released_leaves(desk: Desk, language: Language) -> None:
    printed = section(desk, language)
    assert "“[The worker] was released...”" in printed
    assert "Heulwen" not in printed
    assert not any(f"was {step}" in printed for step in ("new", "read", "proposed", "approved"))


@pytest.mark.req("T12")
def test_what_is_edited_after_that_leaves_no_more(desk: Desk) -> None:
    desk.propose(desk.key_of("was released"), "[The worker] was released to us", seen=3)
    assert "was released" not in section(desk, "en")
