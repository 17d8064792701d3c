"""What was not sent is deleted: 72 hours after the last page, and when the wave closes."""

from pathlib import Path

import pytest
from sqlalchemy import select, text

from fieldwork.entry import brake
from fieldwork.keeping import retention
from fieldwork.keeping.retention import Forgotten
from fieldwork.models.interviews import Visit
from fieldwork.moments import HOUR
from surveys.answers import Verbatim
from tests.fieldwork.samples import NOW, YES, Office, later

CANARY = "a sentence no other file on this disk can hold: heulwen 7f3a"
TRAIL = ("cases", "visits", "drafts", "draft_answers")


def forget(office: Office, hours: float) -> Forgotten:
    with office.database.transaction() as session:
        return retention.forget_unsent(session, later(hours * HOUR))


def left(office: Office) -> dict[str, int | None]:
    with office.database.reading() as session:
        return {table: session.scalar(text(f"SELECT count(*) FROM {table}")) for table in TRAIL}  # noqa: S608


@pytest.mark.req("P5")
@pytest.mark.parametrize(("hours", "gone"), [(0, False), (71.9, False), (72.1, True), (1_000, True)])
def test_answers_not_sent_go_72_hours_after_the_last_page(office: Office, hours: float, gone: bool) -> None:
    token = office.enter(office.code())
    office.keep(token, "helped", YES, NOW)
    assert forget(office, hours).drafts == gone
    assert (office.look(token) is None) == gone


@pytest.mark.req("P5")
def test_the_last_page_on_any_device_counts(office: Office) -> None:
    code = office.code()
    one, other = office.enter(code), office.enter(code)
    office.keep(one, "helped", YES, NOW)
    office.keep(other, "helped", YES, later(40 * HOUR))
    assert forget(office, 100).drafts == 0
    assert forget(office, 113).drafts == 1


def test_who_comes_back_later_with_the_code_starts_again(office: Office) -> None:
    code = office.code()
    office.keep(office.enter(code), "helped", YES)
    forget(office, 80)
    assert office.answered_by(office.enter(code, later(80 * HOUR))) == {}


@pytest.mark.req("P5")
@pytest.mark.req("P6")
def test_when_a_wave_closes_its_answers_not_sent_and_its_codes_go_at_once(office: Office) -> None:
    token = office.enter(office.code())
    office.code()
    office.keep(token, "helped", YES)
    office.send(office.enter())
    office.close()
    assert left(office) == {"cases": 0, "visits": 2, "drafts": 0, "draft_answers": 0}
    assert office.count() == 1


def test_visits_of_a_closed_wave_go_when_nobody_can_come_back_to_them(office: Office) -> None:
    office.send(office.enter(office.code()))
    office.enter(office.code())
    assert forget(office, 1) == Forgotten()
    office.close()
    assert forget(office, 1).visits == 1, "the one that was sent has no time to wait for"
    assert forget(office, 73).visits == 1
    assert left(office)["visits"] == 0


def test_to_forget_twice_is_to_forget_once(office: Office) -> None:
    office.keep(office.enter(), "helped", YES)
    assert forget(office, 73) == Forgotten(drafts=1)
    assert forget(office, 73) == Forgotten()


def test_networks_are_forgotten_too(office: Office) -> None:
    with office.database.transaction() as session:
        assert brake.may_guess(session, "a network", NOW)
    assert forget(office, 2).networks == 1


@pytest.mark.req("P5")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("way", ["forgotten", "sent", "closed"])
def test_what_was_deleted_is_overwritten_in_the_files(office: Office, tmp_path: Path, way: str) -> None:
    token = office.enter(office.code())
    for number in range(30):
        office.keep(token, "comment", Verbatim(f"{CANARY} {number}", may_quote=False))
    office.keep(token, "comment", Verbatim(CANARY, may_quote=False))
    assert found_in_files(tmp_path), "the search can find it"
    match way:
        case "forgotten":
            forget(office, 73)
        case "closed":
            office.close()
        case _:
            office.keep(token, "comment", Verbatim("something else", may_quote=False))
            office.send(token)
    office.database.tidy()
    assert not found_in_files(tmp_path)


def found_in_files(folder: Path) -> bool:
    return any(CANARY.encode() in path.read_bytes() for path in folder.iterdir() if path.is_file())


def test_tidying_leaves_what_is_kept(office: Office) -> None:
    token = office.enter()
    office.keep(token, "helped", YES)
    office.database.tidy()
    assert office.answered_by(token) == {"helped": YES}
    with office.database.reading() as session:
        assert session.scalar(select(Visit.state)) == "open"
