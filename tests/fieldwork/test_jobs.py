"""Jobs: no worker that dies loses one, and what a job makes is made once."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import NoReturn
from uuid import UUID, uuid4

import pytest

from fieldwork import job_runs, jobs
from fieldwork.database import Database, Session
from fieldwork.faults import Busy, NotFound, Refused
from fieldwork.job_runs import Made, Outcome, Work
from fieldwork.jobs import File
from fieldwork.models.jobs import Job, JobInput, JobResult
from fieldwork.office.audit import Who

NOW = datetime(2026, 11, 21, 10, 15, 42, tzinfo=UTC)
SOMEBODY = Who(uuid4(), "Lee Inspector")
LATER = NOW + timedelta(seconds=jobs.LEASE + 1)


def asked(database: Database, kind: str = "count", given: bytes | None = None, now: datetime = NOW) -> UUID:
    with database.transaction() as session:
        return jobs.ask(session, kind, {"to": 3}, SOMEBODY, given=given, now=now).id


def job(database: Database, job_id: UUID) -> Job:
    with database.reading() as session:
        return jobs.find(session, job_id)


def result(database: Database, job_id: UUID, now: datetime = NOW) -> JobResult | None:
    with database.reading() as session:
        return jobs.result_of(session, jobs.find(session, job_id), now)


def claimed(database: Database, job_id: UUID, now: datetime = NOW) -> jobs.Held | None:
    with database.transaction() as session:
        return jobs.claim(session, job_id, now)


def counting(work: Work) -> Made:
    work.progress(work.arguments["to"], 3)
    return Made("Counted to 3.", File("count.txt", "text/plain", b"1 2 3"))


def run(database: Database, job_id: UUID, function: job_runs.Run = counting, now: datetime = NOW) -> Outcome:
    return job_runs.run(database, {"count": function}, job_id, lambda: now)


def test_a_job_is_run_and_its_file_is_there_for_a_day(database: Database) -> None:
    job_id = asked(database)
    assert run(database, job_id) is Outcome.DONE
    done = job(database, job_id)
    assert (done.state, done.told, done.started_by_name) == ("done", "Counted to 3.", "Lee Inspector")
    made = result(database, job_id)
    assert made is not None
    assert (made.name, made.media_type, made.content) == ("count.txt", "text/plain", b"1 2 3")
    assert result(database, job_id, NOW + timedelta(hours=25)) is None
    with database.transaction() as session:
        assert jobs.forget(session, NOW + timedelta(hours=23)) == 0
        assert jobs.forget(session, NOW + timedelta(hours=25)) == 1


def test_a_file_that_was_fetched_goes_in_a_quarter_of_an_hour(database: Database) -> None:
    job_id = asked(database)
    run(database, job_id)
    with database.transaction() as session:
        made = jobs.result_of(session, jobs.find(session, job_id), NOW)
        assert made is not None
        jobs.fetched(session, made, NOW)
    assert result(database, job_id, NOW + timedelta(minutes=14)) is not None
    assert result(database, job_id, NOW + timedelta(minutes=16)) is None


def test_one_job_is_held_by_one_worker(database: Database) -> None:
    job_id = asked(database)
    held = claimed(database, job_id)
    assert held is not None
    assert held.arguments == {"to": 3}
    assert claimed(database, job_id) is None
    assert run(database, job_id) is Outcome.NOT_NOW


def test_whose_worker_died_is_taken_by_another_and_the_dead_keeps_nothing(database: Database) -> None:
    job_id = asked(database)
    first = claimed(database, job_id)
    assert first is not None
    with database.reading() as session:
        assert jobs.due(session, NOW) == []
        assert jobs.due(session, LATER) == [job_id]
    assert run(database, job_id, now=LATER) is Outcome.DONE
    with database.transaction() as session:
        assert not jobs.finish(session, first, LATER, "Counted wrong.", File("late.txt", "text/plain", b""))
        assert not jobs.fail(session, first, "Failed late.", LATER)
    made = result(database, job_id, LATER)
    assert made is not None
    assert (job(database, job_id).told, made.name) == ("Counted to 3.", "count.txt")


def test_who_renews_keeps_it(database: Database) -> None:
    job_id = asked(database)
    held = claimed(database, job_id)
    assert held is not None
    with database.transaction() as session:
        assert jobs.renew(session, held, 7, 5, NOW + timedelta(seconds=50))
    assert claimed(database, job_id, LATER) is None
    assert (job(database, job_id).done, job(database, job_id).total) == (5, 5)


def test_a_clock_that_was_put_back_holds_no_job_for_ever(database: Database) -> None:
    job_id = asked(database)
    claimed(database, job_id, NOW + timedelta(days=400))
    assert claimed(database, job_id, NOW) is not None


def test_what_is_cut_short_again_and_again_waits_for_a_person(database: Database) -> None:
    job_id = asked(database)
    for turn in range(jobs.MOST_TRIES):
        assert claimed(database, job_id, NOW + turn * timedelta(seconds=jobs.LEASE + 1)) is not None
    assert claimed(database, job_id, NOW + timedelta(hours=1)) is None
    told = job(database, job_id)
    assert told.state == "failed"
    assert "cut short 5 times" in told.told
    with database.transaction() as session:
        jobs.again(session, jobs.find(session, job_id), NOW)
    assert run(database, job_id) is Outcome.DONE


def refusing(work: Work) -> NoReturn:
    raise NotFound("leeds-2011/children-2010", "there is no such wave.", "It may have been deleted.")


def breaking(work: Work) -> NoReturn:
    raise KeyError("a child's words")


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (refusing, "leeds-2011/children-2010: there is no such wave. It may have been deleted."),
        (breaking, "Something went wrong that nobody foresaw (KeyError). Nothing of it was kept. Run it again;"),
    ],
)
def test_a_failed_job_says_what_happened_and_can_be_run_again(
    database: Database, function: job_runs.Run, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    job_id = asked(database, given=b"1,2,3")
    assert run(database, job_id, function) is Outcome.FAILED
    failed = job(database, job_id)
    assert failed.state == "failed"
    assert failed.told.startswith(words)
    assert "a child's words" not in failed.told + caplog.text
    with database.transaction() as session:
        jobs.again(session, jobs.find(session, job_id), NOW)
    assert job(database, job_id).told == ""
    held = claimed(database, job_id)
    assert held is not None
    assert held.given == b"1,2,3"


def test_a_kind_that_nobody_knows_fails_in_words(database: Database) -> None:
    job_id = asked(database, "fly")
    assert run(database, job_id) is Outcome.FAILED
    assert job(database, job_id).told == job_runs.UNKNOWN


def test_what_is_under_way_is_not_begun_again(database: Database) -> None:
    job_id = asked(database)
    with database.transaction() as session, pytest.raises(Refused):
        jobs.again(session, jobs.find(session, job_id), NOW)


def test_what_a_job_was_given_goes_when_it_is_done(database: Database) -> None:
    job_id = asked(database, given=b"1,2,3")

    def reading(work: Work) -> Made:
        assert work.given == b"1,2,3"
        return Made("Read.")

    run(database, job_id, reading)
    with database.reading() as session:
        assert session.get(JobInput, job_id) is None


def test_what_is_kept_is_kept_once_with_the_end_of_the_job(database: Database) -> None:
    """Two runs of one job, the first of which lost its lease: both have made something, one keeps it."""
    job_id, kept = asked(database), list[str]()

    def keep(which: str) -> Callable[[Session], str]:
        def note(_: Session) -> str:
            kept.append(which)
            return f"Kept by the {which} one."

        return note

    def slow(work: Work) -> Made:
        assert run(database, job_id, quick, LATER) is Outcome.DONE
        return Made(keep=keep("slow"))

    def quick(work: Work) -> Made:
        return Made(keep=keep("quick"))

    assert run(database, job_id, slow) is Outcome.LET_GO
    assert kept == ["quick"]
    assert job(database, job_id).told == "Kept by the quick one."


def test_what_cannot_be_kept_is_not_called_done(database: Database) -> None:
    job_id = asked(database)

    def keeps_badly(work: Work) -> Made:
        def keep(session: Session) -> str:
            raise Refused("The file", "names a code twice.", "Take one out.")

        return Made("Fine.", File("x", "text/plain", b""), keep)

    assert run(database, job_id, keeps_badly) is Outcome.FAILED
    assert (job(database, job_id).state, result(database, job_id)) == ("failed", None)


def test_a_database_that_is_busy_lets_the_job_wait(database: Database) -> None:
    job_id = asked(database)

    def busy(work: Work) -> NoReturn:
        raise Busy

    assert run(database, job_id, busy) is Outcome.LET_GO
    assert job(database, job_id).state == "waiting"


def test_a_job_that_is_stopped_ends_soon_and_keeps_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_runs, "PULSE", 0.01)
    job_id, begun = asked(database), threading.Event()

    def endless(work: Work) -> NoReturn:
        while True:
            begun.set()
            work.progress(1, 2)
            time.sleep(0.005)

    outcomes: list[Outcome] = []
    runner = threading.Thread(target=lambda: outcomes.append(run(database, job_id, endless)))
    runner.start()
    begun.wait(5)
    with database.transaction() as session:
        assert jobs.stop(session, jobs.find(session, job_id), NOW)
    runner.join(10)
    assert outcomes == [Outcome.LET_GO]
    assert (job(database, job_id).state, result(database, job_id)) == ("stopped", None)
    with database.transaction() as session:
        assert not jobs.stop(session, jobs.find(session, job_id), NOW)


def test_a_job_that_takes_too_long_is_given_up(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_runs, "PULSE", 0.01)
    monkeypatch.setattr(job_runs, "LONGEST", 0.0)
    job_id = asked(database)

    def endless(work: Work) -> NoReturn:
        while True:
            work.progress(1, 2)
            time.sleep(0.005)

    assert run(database, job_id, endless) is Outcome.LET_GO
    assert job(database, job_id).told == job_runs.TOO_LONG


def test_progress_is_told_while_it_runs(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_runs, "PULSE", 0.01)
    job_id, seen = asked(database), list[Job]()

    def halfway(work: Work) -> Made:
        work.progress(2, 4)
        give_up = time.monotonic() + 10
        while not seen and time.monotonic() < give_up:
            seen.extend(each for each in [job(database, job_id)] if each.done)
        return Made()

    run(database, job_id, halfway)
    assert [(each.done, each.total, each.state) for each in seen] == [(2, 4, "running")]


def test_people_see_what_they_asked_for_themselves(database: Database) -> None:
    job_id = asked(database)
    with database.transaction() as session:
        other = jobs.ask(session, "count", {}, Who(uuid4(), "Somebody else"), now=NOW)
        assert [each.id for each in jobs.asked_by(session, SOMEBODY, None)] == [job_id]
        assert other.id != job_id


def test_jobs_go_a_month_after_they_ended(database: Database) -> None:
    job_id, open_one = asked(database), asked(database)
    run(database, job_id)
    with database.transaction() as session:
        jobs.forget(session, NOW + timedelta(days=29))
        assert jobs.find(session, job_id).state == "done"
        jobs.forget(session, NOW + timedelta(days=31))
        assert jobs.find(session, open_one).state == "waiting"
        session.expire_all()
        with pytest.raises(NotFound):
            jobs.find(session, job_id)


# --- Killed ---

KILLS = 20
JOBS = 40


@contextmanager
def another_worker(database: Database, now: Callable[[], datetime]) -> Iterator[None]:
    """A process that runs what is due and has begun a job, until it is killed."""
    begun, begins = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            database.engine.dispose(close=False)
            drain(database, now, begins)
        finally:
            os._exit(0)
    try:
        os.close(begins)
        assert os.read(begun, 1)
        yield
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(begun)


def drain(database: Database, now: Callable[[], datetime], begins: int) -> None:
    """Run everything that is due."""

    def slowly(work: Work) -> Made:
        os.write(begins, b".")
        for place in range(5):
            work.progress(place, 5)
            time.sleep(0.01)
        return Made(file=File("count.txt", "text/plain", str(work.job_id).encode()), keep=partial(kept, work))

    while found := due(database, now()):
        for job_id in found:
            job_runs.run(database, {"count": slowly}, job_id, now)


def kept(work: Work, session: Session) -> str:
    """Something that must be there once."""
    jobs.ask(session, "kept", {"by": str(work.job_id)}, work.who, now=NOW + timedelta(days=400))
    return "Kept."


def due(database: Database, now: datetime) -> list[UUID]:
    with database.reading() as session:
        wanted = {each.id for each in session.query(Job).where(Job.kind == "count")}
        return [each for each in jobs.due(session, now, 1000) if each in wanted]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_worker_that_is_killed_twenty_times_loses_no_job_and_does_none_twice(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "MOST_TRIES", 2 * KILLS)
    clock = [NOW]
    waiting = [asked(database) for _ in range(JOBS)]
    for _ in range(KILLS):
        with another_worker(database, lambda: clock[0]):
            time.sleep(random.uniform(0, 0.08))  # noqa: S311 - kills should come at any moment of a job
        clock[0] += timedelta(seconds=jobs.LEASE + 1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    drain(database, lambda: clock[0], nowhere)
    os.close(nowhere)
    with database.reading() as session:
        everything = session.query(Job).all()
        files = {each.job_id: each.content.decode() for each in session.query(JobResult)}
    counted = [each for each in everything if each.kind == "count"]
    assert {each.id: each.state for each in counted} == dict.fromkeys(waiting, "done")
    assert sum(each.tries for each in counted) > JOBS, "no kill ever cut a job short"
    assert sorted(each.arguments for each in everything if each.kind == "kept") == sorted(
        f'{{"by": "{each}"}}' for each in waiting
    )
    assert files == {each: str(each) for each in waiting}
