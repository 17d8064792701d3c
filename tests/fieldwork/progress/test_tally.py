"""What the office sees of a wave: counted at the full hour, exact once it is over."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.orm import Session

from fieldwork.models.inspections import Wave
from fieldwork.models.responses import StoredAnswer, StoredResponse, StoredVerbatim
from fieldwork.models.tallies import Tally
from fieldwork.progress import tally
from fieldwork.progress.tally import Shown
from fieldwork.returns import responses
from surveys.interview import Interview, Mode, Response
from surveys.text import Language
from tests.fieldwork.samples import Office, small_questionnaire

TEN = datetime(2026, 11, 21, 10, tzinfo=UTC)
NOTHING_SAID = Interview(small_questionnaire(), {}).finished()


def answer(office: Office, count: int = 1, mode: Mode = "web", language: Language = "en") -> None:
    with office.database.transaction() as session:
        responses.store(session, office.wave.id, [Response(NOTHING_SAID, mode, language, "2026-11")] * count)


def look(office: Office, now: datetime) -> int:
    with office.database.transaction() as session:
        return tally.look(session, now)


def shown(office: Office) -> Shown:
    with office.database.reading() as session:
        return tally.shown(session, session.get_one(Wave, office.wave.id))


def test_before_the_first_count_nothing_is_shown(office: Office) -> None:
    answer(office, 12)
    assert (shown(office).figures.total, shown(office).looked, shown(office).too_few) == (0, None, True)


@pytest.mark.req("A10")
def test_answers_show_at_the_next_full_hour_and_not_before(office: Office) -> None:
    look(office, TEN)
    answer(office, 7)
    for minutes in range(0, 60, 5):
        look(office, TEN + timedelta(minutes=minutes))
        assert shown(office).figures.total == 0
    look(office, TEN + timedelta(hours=1, minutes=3))
    assert shown(office).figures.total == 7
    assert shown(office).looked == TEN + timedelta(hours=1)


@pytest.mark.req("A10")
def test_fewer_than_five_more_do_not_show(office: Office) -> None:
    answer(office, 5)
    look(office, TEN)
    answer(office, 4, "kiosk", "cy")
    look(office, TEN + timedelta(hours=1))
    assert (shown(office).figures.by_mode, shown(office).figures.by_language) == ({"web": 5}, {"en": 5})
    answer(office, 1, "paper")
    look(office, TEN + timedelta(hours=2))
    assert shown(office).figures.by_mode == {"web": 5, "kiosk": 4, "paper": 1}
    assert shown(office).figures.by_language == {"en": 6, "cy": 4}


@pytest.mark.req("A10")
def test_one_to_four_answers_look_like_none(office: Office) -> None:
    look(office, TEN)
    nobody = shown(office)
    answer(office, 4)
    look(office, TEN + timedelta(minutes=10))
    assert shown(office) == nobody
    assert nobody.too_few


def test_a_closed_wave_shows_every_answer(office: Office) -> None:
    answer(office, 3)
    look(office, TEN)
    office.close()
    assert (shown(office).figures.total, shown(office).final, shown(office).too_few) == (3, True, False)
    assert look(office, TEN + timedelta(hours=1)) == 0
    with office.database.reading() as session:
        assert session.get(Tally, office.wave.id) is None


def test_in_an_hour_a_wave_is_counted_once(office: Office) -> None:
    assert [look(office, TEN + timedelta(minutes=minutes)) for minutes in (0, 1, 59, 60)] == [1, 0, 0, 1]


def test_the_minute_kept_is_that_of_the_look_and_says_nothing_of_answers(office: Office) -> None:
    look(office, TEN)
    answer(office, 9)
    look(office, TEN + timedelta(hours=3))
    with office.database.reading() as session:
        assert session.get_one(Tally, office.wave.id).looked_minute == int(TEN.timestamp()) // 60 + 180


CELLS = st.tuples(st.integers(1, 7), st.sampled_from(("web", "kiosk", "sms", "paper")), st.sampled_from(("en", "cy")))


@pytest.mark.req("A10")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hours=st.lists(st.lists(CELLS, max_size=3), min_size=1, max_size=5))
def test_totals_by_mode_by_language_and_answered_agree_whatever_came(
    office: Office, hours: list[list[tuple[int, Mode, Language]]]
) -> None:
    with office.database.transaction() as session:
        _empty(session)
    before = 0
    for hour, some in enumerate(hours):
        for count, mode, language in some:
            answer(office, count, mode, language)
        look(office, TEN + timedelta(hours=hour))
        figures = shown(office).figures
        assert sum(figures.by_mode.values()) == sum(figures.by_language.values()) == figures.total
        assert figures.total == before or figures.total >= before + 5
        before = figures.total
    with office.database.reading() as session:
        exact = tally.count(session, session.get_one(Wave, office.wave.id))
    assert sum(exact.by_mode.values()) == sum(exact.by_language.values()) == exact.total == office.count()


def _empty(session: Session) -> None:
    for table in (StoredAnswer, StoredVerbatim, StoredResponse):
        session.execute(delete(table))
    session.execute(delete(Tally))
