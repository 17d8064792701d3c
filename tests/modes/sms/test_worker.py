"""The worker: texts go as soon as they are written, an outage harms nothing, and it ends when what it does is done."""

import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlalchemy import select

from fieldwork.database import Database
from fieldwork.models.tallies import Tally
from fieldwork.models.texts import OutboundText
from modes.sms.breaker import Breaker
from modes.sms.employing import jobs_of
from modes.sms.going_on import Links
from modes.sms.outbox import settle_unsure
from modes.sms.provider import Unreachable
from modes.sms.worker import Jobs, Rounds, Worker, huey_for, with_jobs
from telephone.running import RunningTelephone, running_telephone
from tests.modes.sms.posting import NUMBER, Post, number, open_post
from tests.modes.sms.texting import settings_for_texts

ROOT = Path(__file__).parents[3]
SECRET = "s" * 32
PATIENCE = 60.0


def nothing() -> None:
    """Does nothing."""


NO_JOBS = Jobs(*[nothing] * len(fields(Jobs)))


@pytest.fixture
def post(database: Database) -> Post:
    return open_post(database)


def until(happened: Callable[[], bool]) -> None:
    """Wait for it, for a minute at most."""
    end = monotonic() + PATIENCE
    while not happened():
        assert monotonic() < end, "it did not happen"
        sleep(0.02)


def look(rounds: Rounds) -> None:
    """One round, waited for."""
    rounds.look()
    until(lambda: all(each.done() for each in rounds._in_hand.values()))  # noqa: SLF001 - a round is done when these are


# --- Rounds ---


def test_what_is_due_is_carried_a_few_at_a_time(post: Post) -> None:
    for place in range(10):
        post.write(post.conversation(number(place)))
    rounds = Rounds(post.sender, Breaker(), at_once=4)
    for _ in range(20):
        look(rounds)
    rounds.finish()
    assert {text.state for text in post.texts()} == {"accepted"}
    assert len(post.provider.calls) == 10


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_as_soon_as_the_provider_has_taken_a_text_there_is_room_for_the_next(post: Post) -> None:
    for place in range(9):
        post.write(post.conversation(number(place)))
    rounds, began = Rounds(post.sender, Breaker(), at_once=2), monotonic()
    begun = rounds.look()
    while begun < 9:
        rounds.rest(PATIENCE)
        begun += rounds.look()
    rounds.finish()
    assert monotonic() - began < PATIENCE
    assert len(post.provider.calls) == 9


@pytest.mark.req("M19")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_outage_of_six_hours_loses_nothing_sounds_the_alarm_and_ends_without_a_burst(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.provider.down = True
    for place in range(60):
        post.write(post.conversation(number(place)))
    rounds = Rounds(post.sender, Breaker(), at_once=4)
    began, alarmed = post.clock(), None
    with caplog.at_level(logging.CRITICAL):
        while (post.clock() - began).total_seconds() < 6 * 3600:
            look(rounds)
            settle_unsure_quietly(post)
            if alarmed is None and "has taken no text" in caplog.text:
                alarmed = post.clock() - began
            post.clock.on(seconds=20)
    assert alarmed is not None
    assert 14.5 < alarmed.total_seconds() / 60 < 16.5
    assert NUMBER[:10] not in caplog.text
    assert len(post.provider.calls) < 200  # of 60 texts, in six hours
    post.provider.down = False
    seconds = []
    while len(post.provider.texts) < 60:
        before = len(post.provider.texts)
        look(rounds)
        seconds.append(len(post.provider.texts) - before)
        post.clock.on(seconds=1)
        assert len(seconds) < 4 * 3600
    rounds.finish()
    assert max(sum(seconds[at : at + 60]) for at in range(min(300, len(seconds)))) <= 60
    assert all(len(post.provider.sent_to(number(place))) == 1 for place in range(60))


def settle_unsure_quietly(post: Post) -> None:
    try:
        settle_unsure(post.sender)
    except Unreachable:
        return


@pytest.mark.req("M4")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_half_an_hour_of_too_many_requests_ends_with_each_text_sent_once(post: Post) -> None:
    for place in range(30):
        post.write(post.conversation(number(place)))
    rounds = Rounds(post.sender, Breaker(), at_once=4)
    began = post.clock()
    while (post.clock() - began).total_seconds() < 4 * 3600 and len(post.provider.texts) < 30:
        storm = (post.clock() - began).total_seconds() < 1800
        post.provider.faults = ["too many"] * 10 if storm else []
        look(rounds)
        post.clock.on(seconds=10)
    rounds.finish()
    assert all(len(post.provider.sent_to(number(place))) == 1 for place in range(30))


# --- Beginning and ending ---


def worker_of(post: Post, tmp_path: Path, jobs: Jobs) -> Worker:
    huey = huey_for(f"sqlite:///{tmp_path}/deep/queue.sqlite3", SECRET)
    return Worker(post.sender, jobs, huey)


@pytest.mark.req("B3")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_is_sent_before_what_came_in_meanwhile_has_been_read(
    post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("modes.sms.worker.READ_ON_EVERY", 0.01)
    tries, happened = [], []

    def poll() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise Unreachable
        happened.append(f"read, {len(post.provider.calls)} sent")

    post.write(post.conversation())
    worker = worker_of(post, tmp_path, replace(NO_JOBS, poll=poll))
    thread = threading.Thread(target=worker.carry_on)
    thread.start()
    until(lambda: bool(post.provider.calls))
    worker.stopping.set()
    thread.join()
    assert happened == ["read, 0 sent"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_fails_in_one_round_is_told_and_the_next_round_comes(
    post: Post, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("modes.sms.worker.TELL_EVERY", 0.01)
    tells: list[int] = []

    def tell() -> None:
        tells.append(1)
        raise ValueError("canary 07700 900123")

    worker = worker_of(post, tmp_path, replace(NO_JOBS, tell=tell))
    thread = threading.Thread(target=worker.tell_on)
    with caplog.at_level(logging.ERROR):
        thread.start()
        until(lambda: len(tells) >= 3)
        worker.stopping.set()
        thread.join()
    assert "“tell” failed: ValueError" in caplog.text
    assert "canary" not in caplog.text


@pytest.mark.parametrize("url", ["mysql://here", "queue.sqlite3", ""])
def test_a_queue_that_is_not_known_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="QUEUE_URL"):
        huey_for(url, SECRET)


def test_a_task_that_is_not_signed_by_us_is_not_run(tmp_path: Path) -> None:
    ours = huey_for(f"sqlite:///{tmp_path}/queue.sqlite3", SECRET)
    theirs = huey_for(f"sqlite:///{tmp_path}/queue.sqlite3", "t" * 32)
    ran: list[str] = []
    for queue, name in ((ours, "ours"), (theirs, "theirs")):
        with_jobs(queue, replace(NO_JOBS, settle=lambda name=name: ran.append(name)))  # type: ignore[misc]  # binds the name
    task = next(each for each in theirs._registry.periodic_tasks if each.name == "settle")  # noqa: SLF001 - huey names no other way
    theirs.enqueue(task)
    with pytest.raises(ValueError, match="mismatch"):
        ours.dequeue()
    assert ran == []


def test_huey_does_each_job_at_its_time(tmp_path: Path) -> None:
    huey = with_jobs(huey_for(f"sqlite:///{tmp_path}/queue.sqlite3", SECRET), NO_JOBS)
    names = {task.name for task in huey._registry.periodic_tasks}  # noqa: SLF001 - as above
    assert names == {"settle", "poll", "remind", "redact", "forget", "close"}


# --- As it is run ---


@pytest.fixture
def telephone() -> Iterator[RunningTelephone]:
    with running_telephone("http://127.0.0.1:9") as running:
        yield running


@pytest.mark.req("A10")
def test_whoever_tells_of_concerns_counts_what_the_office_is_shown_too(post: Post, database_url: str) -> None:
    jobs_of(post.sender, Links("https://x", b"pepper"), settings_for_texts(database_url)).tell()
    with post.database.reading() as work:
        assert work.scalars(select(Tally.wave_id)).all() == [post.wave.id]


@pytest.mark.req("M2")
@pytest.mark.parametrize("ends_with", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_flask_texts_work_sends_and_ends_when_what_is_under_way_is_done(
    post: Post, telephone: RunningTelephone, tmp_path: Path, database_url: str, ends_with: signal.Signals
) -> None:
    settings = settings_for_texts(
        database_url, **{name.lower(): value for name, value in telephone.environment.items()}
    )
    given = {name.upper(): str(value) for name, value in settings.model_dump(exclude_defaults=True).items()}
    more = {
        "FLASK_APP": str(ROOT / "app.py"),
        "QUEUE_URL": f"sqlite:///{tmp_path}/queue.sqlite3",
        "PYTHONPATH": str(ROOT),
    }
    post.clock.moment = post.clock.moment.now(post.clock.moment.tzinfo)
    slow = post.write(post.conversation())
    telephone.faults.add("slow", seconds=2)
    command = [sys.executable, "-m", "flask", "texts", "work"]
    with subprocess.Popen(command, env=given | more, cwd=tmp_path, stderr=subprocess.PIPE) as worker:  # noqa: S603 - our own command
        telephone.wait_for(lambda it: bool(it.sent_to(NUMBER)), PATIENCE)
        worker.send_signal(ends_with)
        _, said = worker.communicate(timeout=PATIENCE)
    assert worker.returncode == 0, said.decode()
    assert post.state(slow) in {"accepted", "sent", "delivered"}
    assert b"Traceback" not in said
    with post.database.reading() as work:
        assert work.scalar(select(OutboundText.provider_name)) is not None
