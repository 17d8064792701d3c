"""Send: everything or nothing, and once."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from itertools import count
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import DeclarativeBase, Session

from fieldwork.database import Database
from fieldwork.entry import visits
from fieldwork.faults import AlreadySent, Busy, Closed
from fieldwork.models.inspections import Wave
from fieldwork.models.interviews import Case, Draft, DraftAnswer, Visit
from fieldwork.models.responses import StoredAnswer, StoredResponse, StoredVerbatim
from fieldwork.returns import responses
from surveys.answers import Chosen, NoAnswer, Number, Silence
from surveys.interview import Interview
from tests.fieldwork.samples import EVERY_KIND, NO, NOW, Office, another_process, small_questionnaire
from tests.fieldwork.statements import Stopped, Tripwire

EVERYTHING: tuple[type[DeclarativeBase], ...] = (
    Case,
    Draft,
    DraftAnswer,
    Visit,
    StoredResponse,
    StoredAnswer,
    StoredVerbatim,
)


def counts(session: Session) -> dict[str, int]:
    """How many rows each table has: not one may be half way."""
    return {table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0 for table in EVERYTHING}


def state_of(office: Office) -> dict[str, int]:
    with office.database.reading() as session:
        return counts(session)


def answered(office: Office, code: str) -> str:
    """A visit that has answered everything."""
    token = office.enter(code)
    for question_id, answer in EVERY_KIND.items():
        office.keep(token, question_id, answer)
    return token


def test_what_was_answered_is_the_response(office: Office) -> None:
    token = answered(office, office.code())
    office.send(token, "cy")
    (response,) = office.responses()
    assert dict(response.answers) == EVERY_KIND
    assert (response.mode, response.language, response.month) == ("web", "cy", "2026-11")


def test_each_question_asked_and_not_answered_has_a_silence_with_its_reason(office: Office) -> None:
    token = office.enter()
    office.keep(token, "rating", Number(5))
    office.send(token)
    (response,) = office.responses()
    assert dict(response.answers) == {
        "helped": NoAnswer(Silence.SKIPPED),
        "with_what": NoAnswer(Silence.SKIPPED),
        "rating": Number(5),
        "comment": NoAnswer(Silence.NOT_REACHED),
    }


def test_an_answer_off_the_route_is_kept(office: Office) -> None:
    token = office.enter()
    office.keep(token, "with_what", Chosen(("home",)))
    office.keep(token, "helped", NO)
    office.send(token)
    (response,) = office.responses()
    assert response.answers["with_what"] == Chosen(("home",))
    assert "with_what" not in [each.id for each in Interview(small_questionnaire(), response.answers).route]


@pytest.mark.req("R10")
def test_that_a_response_is_there_can_be_asked_on_a_fresh_connection(office: Office) -> None:
    response_id = office.send(office.enter())
    with another_process(office) as fresh, fresh.reading() as session:
        assert responses.stored(session, response_id)
        assert not responses.stored(session, uuid4())


@pytest.mark.req("R11")
def test_send_puts_the_response_in_and_takes_draft_code_and_links_out(office: Office) -> None:
    code = office.code()
    token = answered(office, code)
    office.enter(code)
    office.send(token)
    assert state_of(office) == {
        "cases": 0,
        "drafts": 0,
        "draft_answers": 0,
        "visits": 2,
        "responses": 1,
        "answers": 4,
        "verbatims": 1,
    }
    with office.database.reading() as session:
        kept = session.execute(select(Visit.state, Visit.draft_id, Visit.begun_minute, Visit.last_page_minute)).all()
    assert set(kept) == {("sent", None, None, None)}


@pytest.mark.req("R4")
@pytest.mark.req("A9")
@pytest.mark.parametrize("times", [2, 5])
def test_send_pressed_again_sends_nothing_more(office: Office, times: int) -> None:
    token = answered(office, office.code())
    before = office.at(token)
    office.send(token)
    for visit in (before, office.at(token)):
        for _ in range(times):
            with pytest.raises(AlreadySent), office.database.transaction() as session:
                responses.send(session, visit, "en", NOW)
    assert office.count() == 1


@pytest.mark.req("A9")
def test_a_used_code_begins_nothing(office: Office) -> None:
    code = office.code()
    office.send(office.enter(code))
    with pytest.raises(AssertionError, match="cannot be used"):
        office.enter(code)


def test_a_closed_wave_takes_no_response(office: Office) -> None:
    token = answered(office, office.code())
    before = office.at(token)
    office.close()
    for visit in (before, office.at(token)):
        with pytest.raises(Closed), office.database.transaction() as session:
            responses.send(session, visit, "en", NOW)
    assert office.count() == 0


def test_a_wave_that_is_closed_takes_no_response_though_its_drafts_are_still_there(office: Office) -> None:
    visit = office.at(answered(office, office.code()))
    with office.database.transaction() as session:
        session.execute(update(Wave).values(closed=NOW.date()))
    with pytest.raises(Closed), office.database.transaction() as session:
        responses.send(session, visit, "en", NOW)


@pytest.mark.req("A9")
def test_however_many_send_at_once_on_however_many_devices_a_code_gives_one_response(office: Office) -> None:
    codes = [office.code() for _ in range(12)]
    visits_of_code = {code: [office.at(office.enter(code)) for _ in range(3)] for code in codes}
    for of_code in visits_of_code.values():
        with office.database.transaction() as session:
            visits.mark_read(session, of_code[0])
    tries = [visit for of_code in visits_of_code.values() for visit in of_code for _ in range(3)]
    Random(1).shuffle(tries)  # noqa: S311 - the same chance each time

    def press_send(number: int) -> bool:
        try:
            with processes[number % 3].transaction() as session:
                responses.send(session, tries[number], "en", NOW)
        except AlreadySent:
            return False
        return True

    with ExitStack() as stack:
        processes = [stack.enter_context(another_process(office)) for _ in range(3)]
        threads = stack.enter_context(ThreadPoolExecutor(12))
        sent = list(threads.map(press_send, range(len(tries))))
    assert sum(sent) == len(codes) == office.count()
    assert state_of(office)["drafts"] == 0


@pytest.mark.req("A9")
def test_answers_kept_while_somebody_sends_are_in_the_response_or_refused(office: Office) -> None:
    for _ in range(8):
        code = office.code()
        one, other = office.at(office.enter(code)), office.enter(code)

        def press_send(visit: visits.VisitNow = one) -> None:
            with office.database.transaction() as session:
                responses.send(session, visit, "en", NOW)

        def keep(token: str = other) -> bool:
            try:
                office.keep(token, "rating", Number(42))
            except AlreadySent:
                return False
            return True

        with ThreadPoolExecutor(2) as threads:
            kept, sent = threads.submit(keep), threads.submit(press_send)
            sent.result()
        in_it = sum(response.answers.get("rating") == Number(42) for response in office.responses())
        assert in_it == kept.result()
        empty(office)


def empty(office: Office) -> None:
    with office.database.transaction() as session:
        for table in (StoredAnswer, StoredVerbatim, StoredResponse):
            session.query(table).delete()


@pytest.mark.req("R11")
def test_an_error_before_or_after_any_statement_of_send_changes_nothing(office: Office) -> None:
    token = answered(office, office.code())
    before, visit = state_of(office), office.at(token)
    for place in count():
        with Tripwire(office.database.engine, place) as wire:
            try:
                with office.database.transaction() as session:
                    responses.send(session, visit, "en", NOW)
            except Stopped:
                pass
        if not wire.tripped:
            break
        assert state_of(office) == before
        assert office.answered_by(token) == EVERY_KIND
    assert place > 16, "send has at least eight statements, each with a before and an after"
    assert office.count() == 1


@pytest.mark.req("R11")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_process_that_dies_before_or_after_any_statement_of_send_leaves_nothing(office: Office) -> None:
    token = answered(office, office.code())
    before, visit = state_of(office), office.at(token)
    url = office.database.url.render_as_string(hide_password=False)

    def send_and_die_at(place: int) -> None:
        database = Database(url)
        with Dying(database.engine, place), database.transaction() as session:
            responses.send(session, visit, "en", NOW)

    for place in count():
        if exit_code_of(partial(send_and_die_at, place)) == 0:
            break
        assert state_of(office) == before
    assert place > 16
    assert office.count() == 1


class Dying(Tripwire):
    """The process ends here, as if the plug were pulled."""

    def go_wrong(self) -> None:
        os._exit(9)


def exit_code_of(work: Callable[[], None]) -> int:
    """How a process of its own ended that did the work."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        work()
    finally:
        os._exit(0)


@pytest.mark.req("R7")
def test_a_send_that_found_the_database_locked_can_be_tried_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = answered(office, office.code())
    visit = office.at(token)
    for module in ("engine", "database"):
        monkeypatch.setattr(f"fieldwork.{module}.WAIT", 0.2)
    with another_process(office) as impatient:
        with office.database.transaction() as session:
            session.execute(select(Draft).with_for_update()).all()
            with pytest.raises(Busy), impatient.transaction() as other:
                responses.send(other, visit, "en", NOW)
        with impatient.transaction() as session:
            responses.send(session, visit, "en", NOW)
    assert [dict(response.answers) for response in office.responses()] == [EVERY_KIND]
