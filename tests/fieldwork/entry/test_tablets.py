"""Shared tablets: how a device becomes one, how long it is one, and what becomes of what was answered on it."""

from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from fieldwork import waves
from fieldwork.entry import tablets, unsent, visits
from fieldwork.entry.tablets import TabletNow
from fieldwork.faults import Closed, Fault, NotFound, Refused
from fieldwork.keeping import retention
from fieldwork.models.base import Base
from fieldwork.models.interviews import Draft, DraftAnswer, Visit
from fieldwork.models.tablets import Tablet
from fieldwork.returns import responses
from surveys.answers import Verbatim
from tests.fieldwork.samples import NOW, PEPPER, YES, Office, later

TODAY = NOW.date()
DAY = 24 * 60


def link_of(office: Office, name: str = "Blue", last_day: date = TODAY) -> str:
    with office.database.transaction() as work:
        return tablets.make(work, office.wave, name, last_day, PEPPER, NOW).link


def opened(office: Office, link: str, now: datetime = NOW) -> str | None:
    with office.database.transaction() as work:
        return tablets.open_on_device(work, link, PEPPER, now)


def device(office: Office, last_day: date = TODAY) -> str:
    """The secret of a device that is a tablet."""
    secret = opened(office, link_of(office, f"Number {len(listed(office))}", last_day))
    assert secret
    return secret


def look(office: Office, secret: str, now: datetime = NOW) -> TabletNow | None:
    with office.database.glance() as glance:
        return tablets.tablet_of(glance, secret, PEPPER, now)


def listed(office: Office, now: datetime = NOW) -> list[tablets.Listed]:
    with office.database.reading() as reading:
        return tablets.all_of(reading, office.wave.id, now)


def somebody(office: Office, now: datetime = NOW) -> str:
    """The token of somebody who begins on a tablet."""
    tablet = look(office, device(office))
    assert tablet
    with office.database.transaction() as work:
        return tablets.begin(work, tablet, now)


def stay(office: Office, token: str, now: datetime) -> None:
    visit = office.at(token, now)
    with office.database.transaction() as work:
        visits.stay(work, visit, now)


def drafts_left(office: Office) -> int:
    with office.database.reading() as reading:
        return (reading.scalar(select(func.count()).select_from(Draft)) or 0) + (
            reading.scalar(select(func.count()).select_from(DraftAnswer)) or 0
        )


# --- A device becomes a tablet ---


def test_a_link_makes_one_device_a_tablet_and_then_leads_nowhere(office: Office) -> None:
    link = link_of(office)
    secret = opened(office, link)
    assert secret
    assert look(office, secret) == TabletNow(office.wave.id, "children", "england")
    assert opened(office, link) is None
    assert look(office, link) is None


def test_a_link_that_was_not_opened_makes_no_device_a_tablet(office: Office) -> None:
    assert look(office, link_of(office)) is None
    for nonsense in ("", "no such link", "\ud800", "\0"):
        assert opened(office, nonsense) is None
        assert look(office, nonsense) is None


def test_link_and_device_have_128_bits_or_more_and_are_kept_only_as_keyed_hashes(office: Office) -> None:
    links = {link_of(office, f"Number {number}") for number in range(20)}
    secrets = {opened(office, link) for link in links}
    assert len(links | secrets) == 40
    assert min(len(str(each)) for each in links | secrets) * 6 >= 128
    with office.database.reading() as reading:
        kept = set(reading.scalars(select(Tablet.fingerprint)))
    assert not kept & (links | secrets)


def test_of_two_devices_that_open_a_link_at_once_one_is_a_tablet(office: Office) -> None:
    link, together, secrets = link_of(office), Barrier(4), list[str | None]()

    def open_it() -> None:
        together.wait()
        secrets.append(opened(office, link))

    threads = [Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(secret is not None for secret in secrets) == 1


@pytest.mark.parametrize(
    ("name", "days", "said"),
    [("  ", 0, "needs a name"), ("x" * 61, 0, "needs a name"), ("Blue", -1, "cannot be"), ("Blue", 15, "cannot be")],
)
def test_a_tablet_needs_a_name_and_a_day_soon(office: Office, name: str, days: int, said: str) -> None:
    with pytest.raises(Refused, match=said):
        link_of(office, name, TODAY + timedelta(days=days))
    assert listed(office) == []


def test_a_closed_wave_gets_no_tablet_and_none_beyond_fifty(office: Office) -> None:
    for number in range(tablets.MOST_TABLETS):
        link_of(office, f"Number {number}")
    with pytest.raises(Refused, match="has had 50"):
        link_of(office)
    office.close()
    with office.database.transaction() as work, pytest.raises(Refused, match="closed on"):
        tablets.make(work, waves.find_wave(work, office.wave.name), "Late", date.max, PEPPER, NOW)


def test_two_tablets_in_use_have_two_names(office: Office) -> None:
    link_of(office)
    with pytest.raises(Refused, match="is the name of another"):
        link_of(office, "  Blue ")
    with office.database.transaction() as work:
        tablets.switch_off(work, office.wave.id, listed(office)[0].id)
    assert link_of(office)


# --- How long it is one ---


@pytest.mark.parametrize(("days", "hour", "used"), [(0, 13, True), (0, 14, False), (2, 13 + 48, True), (2, 62, False)])
def test_a_tablet_ends_with_its_last_day(office: Office, days: int, hour: int, used: bool) -> None:
    secret = device(office, TODAY + timedelta(days=days))
    assert (look(office, secret, later(hour * 60)) is not None) == used
    assert listed(office, later(hour * 60))[0].standing == ("open" if used else "over")


def test_in_summer_the_day_ends_when_it_does_in_london(office: Office) -> None:
    evening = datetime.fromisoformat("2026-07-01T22:59:00+00:00")
    with office.database.transaction() as work:
        link = tablets.make(work, office.wave, "Blue", date(2026, 7, 1), PEPPER, evening).link
    secret = opened(office, link, evening)
    assert secret
    assert look(office, secret, evening)
    assert look(office, secret, evening + timedelta(minutes=1)) is None


def test_a_link_is_good_until_its_last_day(office: Office) -> None:
    assert opened(office, link_of(office), later(DAY)) is None
    assert opened(office, link_of(office, "Red", TODAY + timedelta(days=1)), later(DAY))


def test_switched_off_it_shows_nothing_from_then_on_and_its_link_opens_nothing(office: Office) -> None:
    secret, link = device(office), link_of(office, "Red")
    for each in listed(office):
        with office.database.transaction() as work:
            tablets.switch_off(work, office.wave.id, each.id)
            assert tablets.switch_off(work, office.wave.id, each.id) == each.name
    assert look(office, secret) is None
    assert opened(office, link) is None
    assert [each.standing for each in listed(office)] == ["off", "off"]


@pytest.mark.parametrize("which", ["unknown", "of another wave"])
def test_the_tablet_of_another_wave_cannot_be_switched_off(office: Office, which: str) -> None:
    secret = device(office)
    (one,) = listed(office)
    wave_id, tablet_id = (office.wave.id, uuid4()) if which == "unknown" else (uuid4(), one.id)
    with office.database.transaction() as work, pytest.raises(NotFound) as told:
        tablets.switch_off(work, wave_id, tablet_id)
    assert isinstance(told.value, Fault)
    assert look(office, secret)


def test_it_ends_with_its_wave_and_nothing_is_kept_of_it(office: Office) -> None:
    secret, link = device(office), link_of(office, "Red")
    tablet = look(office, secret)
    assert tablet
    office.close()
    assert look(office, secret) is None
    assert opened(office, link) is None
    assert listed(office) == []
    with office.database.transaction() as work, pytest.raises(Closed):
        tablets.begin(work, tablet, NOW)


def test_the_list_says_name_and_day_and_not_whether_anybody_has_answered(office: Office) -> None:
    link_of(office, " Red   one ")
    device(office)
    before = listed(office)
    token = somebody(office)
    office.keep(token, "helped", YES)
    office.send(token)
    assert [(each.name, each.standing, each.last_day) for each in before] == [
        ("Number 1", "open", TODAY),
        ("Red one", "waiting", TODAY),
    ]
    assert before == [each for each in listed(office) if each.id in {one.id for one in before}]


# --- Answering on one ---


@pytest.mark.req("S2")
@pytest.mark.parametrize(("minutes", "state"), [(0, "open"), (4, "open"), (5, "open"), (6, "idle"), (60, "idle")])
def test_on_a_tablet_a_visit_is_idle_after_five_minutes(office: Office, minutes: float, state: str) -> None:
    token = somebody(office)
    office.keep(token, "helped", YES, later(3))
    assert office.at(token, later(3 + minutes)).state == state


@pytest.mark.req("S2")
def test_on_a_tablet_nobody_loses_a_second_of_the_five_minutes(office: Office) -> None:
    last = NOW.replace(minute=15, second=59)
    token = somebody(office, last)
    assert office.at(token, last + timedelta(minutes=5)).state == "open"
    assert office.at(token, NOW.replace(minute=21, second=0)).state == "idle"


@pytest.mark.req("S2")
@pytest.mark.parametrize(("minute", "state"), [(59, "open"), (60, "open"), (61, "idle")])
def test_on_a_tablet_a_visit_lasts_an_hour_however_busy(office: Office, minute: int, state: str) -> None:
    token = somebody(office)
    for each in range(0, minute, 3):
        stay(office, token, later(each))
    assert office.at(token, later(minute)).state == state
    assert office.at(token, later(minute)).minutes_left(later(minute)) == max(0, 60 - minute)


@pytest.mark.req("S2")
def test_on_a_device_of_ones_own_nothing_has_changed(office: Office) -> None:
    token = office.enter()
    assert office.at(token, later(45)).state == "open"
    assert office.at(token, later(44)).minutes_left(later(44)) == 196


@pytest.mark.req("S4")
@pytest.mark.parametrize("minutes", [6, 60, 600])
def test_what_comes_after_that_is_not_taken(office: Office, minutes: float) -> None:
    token = somebody(office)
    office.keep(token, "helped", YES)
    with pytest.raises(Closed):
        office.keep(token, "comment", Verbatim("from the next person"), later(minutes))
    with pytest.raises(Closed):
        office.send(token, now=later(minutes))
    assert office.answered_by(token) == {"helped": YES}
    assert office.count() == 0


@pytest.mark.req("S3")
def test_who_says_that_they_are_there_has_five_minutes_more(office: Office) -> None:
    token = somebody(office)
    for minutes in (4, 8, 12):
        stay(office, token, later(minutes))
    assert office.at(token, later(17)).state == "open"
    assert office.at(token, later(18)).state == "idle"


@pytest.mark.req("S3")
def test_it_is_of_no_use_when_the_answers_are_sent(office: Office) -> None:
    token = somebody(office)
    visit = office.at(token)
    office.send(token)
    with office.database.transaction() as work:
        visits.stay(work, visit, later(1))
    with office.database.reading() as reading:
        (kept,) = reading.scalars(select(Visit).where(Visit.id == visit.id))
    assert (kept.state, kept.last_page_minute) == ("sent", None)


def left_half_way(office: Office, now: datetime = NOW) -> str:
    token = somebody(office, now)
    office.keep(token, "comment", Verbatim("half an interview"), now)
    return token


def sweep(office: Office, now: datetime) -> int:
    with office.database.transaction() as work:
        return unsent.forget_left_on_tablets(work, now)


@pytest.mark.req("P5")
@pytest.mark.parametrize(("minutes", "gone"), [(5, 0), (6, 1), (600, 1)])
def test_what_was_left_half_way_is_thrown_away_once_nobody_can_come_back_to_it(
    office: Office, minutes: float, gone: int
) -> None:
    token = left_half_way(office)
    assert sweep(office, later(minutes)) == gone
    assert drafts_left(office) == (0 if gone else 2)
    assert (office.look(token, later(minutes)) is None) == bool(gone)


@pytest.mark.req("P5")
def test_the_hourly_round_throws_it_away_too_and_nothing_of_other_devices(office: Office) -> None:
    left_half_way(office)
    own = office.enter(office.code())
    office.keep(own, "helped", YES)
    with office.database.transaction() as work:
        assert retention.forget_unsent(work, later(60)).drafts == 1
    assert office.answered_by(own) == {"helped": YES}


@pytest.mark.req("P5")
def test_so_does_the_next_person_on_any_tablet(office: Office) -> None:
    left_half_way(office)
    somebody(office, later(6))
    assert drafts_left(office) == 1  # theirs, without an answer


def test_who_leaves_takes_everything_along(office: Office) -> None:
    token = left_half_way(office)
    visit = office.at(token)
    with office.database.transaction() as work:
        visits.leave(work, visit)
    assert drafts_left(office) == 0
    assert office.look(token) is None


# --- Nothing leads from a response to a tablet ---


@pytest.mark.req("P1")
def test_no_table_joins_a_tablet_to_anything_but_its_wave() -> None:
    for table in Base.metadata.sorted_tables:
        led_to = {key.column.table.name for key in table.foreign_keys}
        assert "tablets" not in led_to, table.name
        if table.name == "tablets":
            assert led_to == {"waves"}


@pytest.mark.req("P1")
def test_two_tablets_leave_responses_that_differ_in_nothing_but_their_answers(office: Office) -> None:
    ids: list[UUID] = []
    for _ in range(2):
        token = somebody(office)
        office.keep(token, "helped", YES)
        visit = office.at(token)
        with office.database.transaction() as work:
            ids.append(responses.send(work, visit, "en", NOW, mode="kiosk"))
    one, other = office.responses()
    assert one == other
    assert one.mode == "kiosk"
    with office.database.reading() as reading:
        tablets_left = reading.execute(select(Tablet.__table__)).mappings().all()
    assert not {str(each) for each in ids} & {str(value) for row in tablets_left for value in row.values()}


def test_beginning_on_a_tablet_takes_no_code_away(office: Office) -> None:
    code = office.code()
    token = somebody(office)
    assert not office.at(token).by_code
    office.send(token)
    assert office.enter(code)
