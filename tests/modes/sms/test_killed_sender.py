"""A sender that dies, at whatever step: no text is lost, and none goes twice."""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, event, select

from fieldwork.database import Database, Session
from fieldwork.models.texts import OutboundText
from fieldwork.texting import carriage
from modes.sms.calls import LastLook
from modes.sms.outbox import Sender, carry, settle_unsure
from modes.sms.provider import Answer, Provider
from telephone.running import RunningTelephone, running_telephone
from tests.modes.sms.posting import Clock, Post, number, open_post

NOWHERE = "http://127.0.0.1:9"
DIED = 9
LONGEST_LIFE = 20  # seconds
TIMES = 1  # each step; benchmarks.kill_sender does it a thousand times at random
MOST_STEPS = 200


class Mortal(Provider):
    """The provider, with a step before the call, as the words leave, when they have left, and after the answer."""

    step: Callable[[], None]

    def post(self, to: str, body: str, callback: str, validity_seconds: int, last_look: LastLook) -> Answer:
        @contextmanager
        def looked() -> Iterator[bool]:
            with last_look() as wanted:
                self.step()
                yield wanted
                self.step()
            self.step()

        self.step()
        answer = super().post(to, body, callback, validity_seconds, looked)
        self.step()
        return answer


def die_at(place: int, engine: Engine, provider: Mortal) -> None:
    """From now on every statement, every commit and every part of the call is a step; at that one the process ends."""
    passed = 0

    def step(*_: Any) -> None:
        nonlocal passed
        if passed == place:
            os._exit(DIED)
        passed += 1

    for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(engine, moment, step)
    provider.step = step


def carried_by_another(post: Post, provider: Mortal, text_id: UUID, place: int) -> bool:
    """Another process carries the text and dies at that step; false where it got through."""
    child = os.fork()
    if child == 0:
        signal.alarm(LONGEST_LIFE)
        try:
            post.database.engine.dispose(close=False)  # connections of its own
            die_at(place, post.database.engine, provider)
            carry(replace(post.sender, provider=provider), text_id)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in {0, DIED}
    return os.waitstatus_to_exitcode(status) == DIED


@pytest.fixture
def post(database: Database) -> Post:
    return open_post(database, budget_pence=10_000_000)


@pytest.fixture
def telephone(post: Post) -> Iterator[RunningTelephone]:
    with running_telephone(NOWHERE, now=post.clock) as running:
        yield running


@pytest.fixture
def provider(telephone: RunningTelephone) -> Mortal:
    account = telephone.account
    mortal = Mortal(account.sid, account.token, account.service, telephone.url)
    mortal.step = lambda: None
    return mortal


def survivors_rounds(sender: Sender, clock: Clock) -> None:
    """What another sender does in the twenty minutes that follow."""
    for minutes in (2, 2, 13, 3):
        clock.on(minutes=minutes)
        with sender.database.reading() as work:
            due = carriage.due(work, sender.terms, clock(), 1000)
        for text_id in due:
            carry(sender, text_id)
        settle_unsure(sender)


@pytest.mark.req("M2")
def test_it_may_die_at_any_step(post: Post, telephone: RunningTelephone, provider: Mortal) -> None:
    ended = deaths(post, telephone, provider, None, TIMES)
    assert ended["accepted"] + ended["delivered"] > 2 * ended["unsure"] > 0


@pytest.mark.req("M2")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_and_its_connection_may_end_too(post: Post, telephone: RunningTelephone, provider: Mortal) -> None:
    deaths(post, telephone, provider, "accept_then_drop", 1)


def deaths(post: Post, telephone: RunningTelephone, provider: Mortal, fault: str | None, times: int) -> Counter[str]:
    """A sender dies so often at each step, and another goes on. How the texts ended: each once, or for a person."""
    place, died, texts = 0, True, dict[UUID, str]()
    while died and place < MOST_STEPS:
        for _ in range(times):
            phone = number(len(texts))
            text_id = post.write(post.conversation(phone), body=f"at step {place}")
            texts[text_id] = phone
            if fault:
                telephone.faults.add(fault, phone, times=1)
            died = carried_by_another(post, provider, text_id, place)
        place += 1
    assert 20 < place < MOST_STEPS
    survivors_rounds(replace(post.sender, provider=provider), post.clock)
    ended: Counter[str] = Counter()
    for text_id, phone in texts.items():
        arrived, state = len(telephone.sent_to(phone)), post.state(text_id)
        ended[state] += 1
        assert arrived <= 1, f"doubled, to {phone}"
        assert (arrived, state) in {(1, "accepted"), (1, "delivered"), (0, "unsure")}, f"lost, to {phone}"
    return ended


@pytest.mark.req("M2")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sending_again_what_may_have_gone_would_be_noticed(
    post: Post, telephone: RunningTelephone, provider: Mortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault that is looked for here, planted."""

    def due(work: Session, *_: object) -> list[UUID]:
        return list(
            work.scalars(select(OutboundText.id).where(OutboundText.state.in_(("waiting", "claimed", "posting"))))
        )

    monkeypatch.setattr(carriage, "due", due)
    monkeypatch.setattr(carriage, "_is_claimable", lambda *_: True)
    monkeypatch.setattr(carriage, "_may_be_out_since", lambda *_: None)
    with pytest.raises(AssertionError, match="doubled"):
        deaths(post, telephone, provider, None, 1)
