"""Fieldwork at a glance: totals that agree, move slowly, and tell of nobody; what waits, at once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, insert, update

from fieldwork import waves
from fieldwork.keeping import closing
from fieldwork.models.base import Base
from fieldwork.models.inspections import Wave
from fieldwork.progress import tally
from fieldwork.returns import responses
from fieldwork.texting import text_plans
from surveys.interview import Interview, Mode, Response
from surveys.text import Language
from tests.fieldwork.samples import small_questionnaire
from tests.modes.web.respondent import Seen
from tests.staff.desks import OfficeRoom
from tests.staff.ways_in.printed import place, unsigned

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NOTHING_SAID = Interview(small_questionnaire(), {}).finished()
TEN = datetime(2026, 11, 21, 10, tzinfo=UTC)


def wave_of(office: OfficeRoom) -> Wave:
    with office.database.reading() as session:
        return waves.find_wave(session, f"{office.slug}/{office.wave}")


def answer(office: OfficeRoom, count: int, mode: Mode = "web", language: Language = "en") -> None:
    with office.database.transaction() as session:
        responses.store(session, wave_of(office).id, [Response(NOTHING_SAID, mode, language, "2026-11")] * count)


def count(office: OfficeRoom, hour: int = 0) -> None:
    with office.database.transaction() as session:
        tally.look(session, TEN + timedelta(hours=hour))


def glance(office: OfficeRoom, person: str = "inspector") -> Seen:
    return office.desk(person).open(place(office, "fieldwork"))


def table(page: Seen, caption: str) -> dict[str, str]:
    (found,) = [each for each in page.tree.iter("table") if each.findtext("caption") == caption]
    rows = [[cell.text_content().strip() for cell in row] for row in found.find("tbody")]
    return {row[0]: row[1] for row in rows}


@pytest.mark.req("A10")
def test_the_tables_by_mode_and_by_language_add_up_to_who_answered(office: OfficeRoom) -> None:
    answer(office, 9)
    answer(office, 4, "kiosk", "cy")
    answer(office, 2, "paper", "en")
    count(office)
    page = glance(office)
    assert table(page, "By mode") == {"Web": "9", "Shared tablet": "4", "Text message": "0", "Paper": "2"}
    assert table(page, "By language") == {"English": "11", "Welsh": "4"}
    assert table(page, "Answered and invited")["Answered"] == "15"
    assert "Counted on 21 November 2026 at 10:00." in page.words


@pytest.mark.req("A10")
@on_sqlite
def test_while_one_person_answers_nothing_on_any_page_moves(office: OfficeRoom) -> None:
    answer(office, 10)
    count(office)
    desk = office.desk("inspector")
    addresses = [place(office, "fieldwork"), *(f"/inspections/{office.slug}{room}" for room in ("", "/fieldwork"))]
    before = [unsigned(desk.open(address).html) for address in addresses]
    answer(office, 1, "kiosk")
    assert [unsigned(desk.open(address).html) for address in addresses] == before
    count(office, 1)
    after = [unsigned(desk.open(address).html) for address in addresses]
    assert [each.replace("11:00", "10:00") for each in after] == before


@pytest.mark.req("A10")
@on_sqlite
def test_nobody_and_one_person_look_the_same(office: OfficeRoom) -> None:
    count(office)
    before = unsigned(glance(office).html)
    answer(office, 1)
    count(office, 0)
    assert unsigned(glance(office).html) == before
    assert table(glance(office), "Answered and invited")["Answered"] == "fewer than 5"


@on_sqlite
def test_a_closed_wave_shows_all_of_it_at_once(office: OfficeRoom) -> None:
    answer(office, 3)
    with office.database.transaction() as session:
        closing.close_wave(session, waves.find_wave(session, f"{office.slug}/{office.wave}"))
    page = glance(office)
    assert table(page, "Answered and invited")["Answered"] == "3"
    assert "final and exact" in page.words


@on_sqlite
def test_the_chart_says_what_the_table_says(office: OfficeRoom) -> None:
    answer(office, 23)
    with office.database.transaction() as session:
        session.execute(update(Wave).values(invited=40, target=30))
    count(office)
    page = glance(office)
    (first, *_) = page.tree.iter("svg")
    assert first.get("role") == "img"
    assert first.findtext("title") == "Small: 23 of 40 invited (57%); target 30"
    assert table(page, "Answered and invited") == {"Invited": "40", "Target": "30", "Answered": "23"}


@on_sqlite
def test_the_lead_sets_the_target_and_others_may_not(office: OfficeRoom) -> None:
    desk = office.desk("lead")
    desk.open(place(office, "fieldwork/target"))
    assert desk.press(target="30").address.endswith("/fieldwork")
    assert wave_of(office).target == 30
    assert office.acts()[-1] == "set_target"
    desk.open(place(office, "fieldwork/target"))
    desk.press(target="")
    assert wave_of(office).target is None
    assert office.desk("inspector").get(place(office, "fieldwork/target")).status_code == 403


@on_sqlite
@pytest.mark.parametrize("target", ["0", "-1", "many", "1.5", "9" * 50])
def test_a_senseless_target_is_said_beside_its_field(office: OfficeRoom, target: str) -> None:
    desk = office.desk("lead")
    desk.open(place(office, "fieldwork/target"))
    page = desk.press(target=target)
    assert page.status == 400
    assert page.errors
    assert wave_of(office).target is None


@on_sqlite
def test_money_and_conversations_are_shown_where_a_wave_is_texted(office: OfficeRoom) -> None:
    with office.database.transaction() as session:
        wave = waves.find_wave(session, f"{office.slug}/{office.wave}")
        text_plans.start(session, wave, 3000, TEN.date()).parts = 31
        for state, number in (("waiting", 3), ("invited", 4), ("asking", 2), ("refused", 1), ("paused", 1)):
            session.execute(
                insert(Base.metadata.tables["conversations"]),
                [
                    {"wave_id": wave.id, "state": state, "misread": 0, "reminders": 0, "replies": 0}
                    for _ in range(number)
                ],
            )
    count(office)
    page = glance(office)
    assert table(page, "Cost of texts so far") == {"Spent on 31 parts": "£1.24", "Budget": "£30.00"}
    stands = table(page, "Conversations by text")
    assert stands == {
        "Not invited yet": "3",
        "Invited: answering, or no answer yet": "7",
        "Asked not to be texted": "1",
    }
    assert "1 conversation is paused. Somebody has to read what was written" in page.words


@pytest.mark.req("H8")
@on_sqlite
def test_looking_writes_nothing(office: OfficeRoom) -> None:
    desk = office.desk("inspector")
    desk.open("/")
    written: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA", "BEGIN")):
            written.append(statement)

    event.listen(office.database.engine, "before_cursor_execute", see)
    for address in (place(office, "fieldwork"), f"/inspections/{office.slug}/fieldwork", place(office)):
        assert desk.get(address).status_code == 200
    event.remove(office.database.engine, "before_cursor_execute", see)
    assert written == []


@on_sqlite
@pytest.mark.parametrize("person", ["lead", "inspector", "support", "safeguarding", "approver"])
def test_everybody_of_the_team_sees_the_fieldwork(office: OfficeRoom, person: str) -> None:
    assert glance(office, person).status == 200
    assert office.desk(person).get(f"/inspections/{office.slug}/fieldwork").status_code == 200


@on_sqlite
@pytest.mark.parametrize(("person", "status"), [("outsider", 404), ("administrator", 404), ("nobody", 303)])
def test_nobody_else_does(office: OfficeRoom, person: str, status: int) -> None:
    for address in (place(office, "fieldwork"), f"/inspections/{office.slug}/fieldwork"):
        assert office.desk(person).get(address).status_code == status


@on_sqlite
def test_a_page_that_renews_itself_keeps_nobody_signed_in(office: OfficeRoom) -> None:
    start = datetime(2026, 11, 21, 9, tzinfo=UTC)
    office.at(start)
    desk = office.desk("inspector")
    address = place(office, "fieldwork")
    for minutes in range(0, 15, 5):
        office.at(start + timedelta(minutes=minutes))
        assert desk.get(f"{address}?again=yes").status_code == 200
    office.at(start + timedelta(minutes=16))
    assert desk.get(f"{address}?again=yes").status_code == 303


@on_sqlite
def test_without_a_script_it_renews_itself_and_can_be_told_not_to(office: OfficeRoom) -> None:
    desk = office.desk("inspector")
    assert "http-equiv" in desk.open(place(office, "fieldwork")).html
    assert "http-equiv" not in desk.open(f"{place(office, 'fieldwork')}?still=yes").html
