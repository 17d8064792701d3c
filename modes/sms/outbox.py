"""Carrying texts from the outbox to the provider, and finding out what became of those that nobody heard of again."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import chain
from typing import Protocol, assert_never
from uuid import UUID

from fieldwork import hours
from fieldwork.database import Database, Session
from fieldwork.faults import Busy, Fault
from fieldwork.texting import carriage, settling, traffic
from fieldwork.texting.carriage import InHand
from fieldwork.texting.outbox import UNASKED
from fieldwork.texting.permission import AT_ONCE, Terms
from fieldwork.texting.settling import Missing
from fieldwork.texting.undelivered import reason
from modes.sms.calls import LastLook
from modes.sms.provider import Answer, Listed, Posted, Refused, TryLater, Unreachable, Unsure, Withdrawn

logger = logging.getLogger(__name__)

CALLBACK = "/texts/status/"
LOOKED_FOR = 100  # texts in one round
OVERLAP = timedelta(hours=24)  # before the last that is known here: what came while we were down is listed again
LONGEST_LOOK_BACK = timedelta(days=30)
SETTLED = timedelta(minutes=1)
KEPT_AT_PROVIDER = timedelta(hours=24)  # so long it can be listed with its words, should we have missed it
LATEST_BLANKED = timedelta(days=7)
MOST_BLANKED = 1000  # in one round
LOOK_AGAIN = 30  # seconds, where the provider could not be asked before sending


class Outcome(StrEnum):
    """What became of one attempt to carry a text."""

    NOT_NOW = "not now"  # the provider was not called
    TAKEN = "taken"  # the provider answered
    IN_TROUBLE = "in trouble"  # it did not, or it was too busy, or our account is not right


class Carrier(Protocol):
    """The provider, as far as sending needs it: see `modes.sms.provider.Provider`."""

    def post(self, to: str, body: str, callback: str, validity_seconds: int, last_look: LastLook) -> Answer:
        """Hand a text over."""

    def to_number(self, number: str, since: datetime) -> list[Listed]:
        """Our texts to one number."""

    def inbound_since(self, since: datetime) -> Iterable[list[Listed]]:
        """Texts that came in, a page at a time."""

    def blank(self, name: str) -> bool:
        """Take the words out of a text."""


@dataclass(frozen=True, slots=True)
class Sender:
    """All that is needed to send: where texts are, on what terms they go, who carries them."""

    database: Database
    terms: Terms
    provider: Carrier
    public_url: str
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))


def carry(sender: Sender, text_id: UUID) -> Outcome:
    """Hand one text over, if it may go now. No transaction is open while the provider is called.

    Raises:
        Busy: the database could not take it in time. The text is not lost, and not sent twice.
    """
    held = _taken(sender, text_id)
    if held is None:
        return Outcome.NOT_NOW
    if held.look_since is not None:
        if (known := _known_already(sender, held, held.look_since)) is not None:
            return known
        if not _marked(sender, held):
            return Outcome.NOT_NOW
    return _keep(sender, held, _posted(sender, held))


def _taken(sender: Sender, text_id: UUID) -> InHand | None:
    try:
        with sender.database.transaction() as work:
            return carriage.take(work, sender.terms, text_id, sender.now())
    except Fault:  # what is sealed cannot be opened: the alarm has sounded, and a person has to look
        with sender.database.transaction() as work:
            carriage.hold(work, text_id)
        return None


def _marked(sender: Sender, held: InHand) -> bool:
    with sender.database.transaction() as work:
        return carriage.begin_posting(work, sender.terms, held, sender.now())


def _posted(sender: Sender, held: InHand) -> Answer:
    """The provider's answer. A stop is looked for when the connection is there and the words are about to leave."""

    @contextmanager
    def last_look() -> Iterator[bool]:
        with sender.database.transaction() as work:
            yield carriage.may_still_go(work, sender.terms, held)

    urgent = {"at_least": AT_ONCE} if held.kind == "distress" else {}
    seconds = hours.validity(sender.now(), reply=held.kind not in UNASKED, **urgent)
    callback = sender.public_url + CALLBACK + held.attempt
    try:
        return sender.provider.post(held.number, held.body, callback, seconds, last_look)
    except Busy:
        return TryLater()


def _keep(sender: Sender, held: InHand, answer: Answer) -> Outcome:
    """Keep what the provider answered; where nobody knows, the text stays marked and is looked for later."""
    with sender.database.transaction() as work:
        match answer:
            case Posted(name):
                settling.accepted(work, held.id, held.attempt, name)
                return Outcome.TAKEN
            case Refused(code):
                settling.refused(work, sender.terms.keys, held, code, sender.now().date())
                return Outcome.IN_TROUBLE if reason(code).blame == "ours" else Outcome.TAKEN
            case TryLater():
                settling.try_again(work, held, sender.now())
                return Outcome.IN_TROUBLE
            case Withdrawn():
                settling.withdrawn(work, held)
                return Outcome.NOT_NOW
            case Unsure():
                return Outcome.IN_TROUBLE
            case _:
                assert_never(answer)


# --- What the provider knows and we do not ---


def _known_already(sender: Sender, held: InHand, since: datetime) -> Outcome | None:
    """What came of a text that may have gone before a backup was put back; none where it has not, and may go now."""
    try:
        found = _strange(sender, sender.provider.to_number(held.number, since))
    except Unreachable:
        with sender.database.transaction() as work:
            carriage.give_back(work, held, sender.now(), LOOK_AGAIN)
        return Outcome.IN_TROUBLE
    same = [each for each in found if each.body == held.body]
    with sender.database.transaction() as work:
        if same:
            settling.found_out(work, held, same[0].name, sender.now())
            _tell_status(work, sender, held.attempt, same[0])
        elif any(not each.body for each in found):
            carriage.hold(work, held.id)  # blanked at the provider: something went there that nobody can compare
        else:
            return None
    return Outcome.TAKEN


def _strange(sender: Sender, listed: list[Listed]) -> list[Listed]:
    """Those texts that are of our sending and unknown to the database, the oldest first."""
    with sender.database.reading() as work:
        ours = settling.ours(work, [each.name for each in listed])
    return sorted((each for each in listed if each.name not in ours), key=lambda each: each.created)


def settle_unsure(sender: Sender) -> int:
    """Look for every text of which nobody knows whether it went; how many were found. None of them is sent again.

    Raises:
        Unreachable: the provider did not answer; the rest is looked for later.
    """
    with sender.database.reading() as work:
        lost = settling.missing(work, sender.terms.keys, sender.now(), LOOKED_FOR)
    return sum(_settled(sender, each) for each in lost)


def _settled(sender: Sender, lost: Missing) -> bool:
    since = lost.posted - timedelta(seconds=carriage.FRESH)  # clocks differ
    found = [each for each in _strange(sender, sender.provider.to_number(lost.number, since)) if each.body == lost.body]
    with sender.database.transaction() as work:
        if not found:
            settling.not_found(work, lost, sender.now())
            return False
        settling.accepted(work, lost.id, lost.attempt, found[0].name)
        _tell_status(work, sender, lost.attempt, found[0])
    return True


def _tell_status(work: Session, sender: Sender, attempt: str, listed: Listed) -> None:
    settling.told(work, sender.terms.keys, attempt, listed.name, listed.status, listed.error_code, sender.now())


# --- Texts that came in, and words that need not stay at the provider's ---


def poll(sender: Sender, receive: Callable[[Listed], None]) -> int:
    """Take in every text that the provider lists and that did not reach us; how many.

    The latest minute is left to the provider's own calls. One that cannot be taken in
    is left there, and does not keep out the others.

    Raises:
        Unreachable: the provider did not answer.
    """
    now = sender.now()
    with sender.database.reading() as work:
        since = max(traffic.last_known(work, now) - OVERLAP, now - LONGEST_LOOK_BACK)
    missing: list[Listed] = []
    for page in sender.provider.inbound_since(since):
        listed = [each for each in page if each.created <= now - SETTLED]
        with sender.database.reading() as work:
            known = traffic.known(work, sender.terms.keys, [each.name for each in listed])
        missing += [each for each in listed if each.name not in known]
    missing.sort(key=lambda each: each.created)
    for each in missing:
        if each.body or each.media or now - each.created < KEPT_AT_PROVIDER:
            _take_in(each, receive)
    return len(missing)


def _take_in(text: Listed, receive: Callable[[Listed], None]) -> None:
    try:
        receive(text)
    except Busy:
        raise
    except Exception as fault:  # noqa: BLE001 - whatever one text brings about, the others have to come in
        logger.critical("A text that came in could not be taken in: %s. It is tried again.", type(fault).__name__)


def redact(sender: Sender) -> int:
    """Blank at the provider what is a day old: texts that we sent, and those that came in and are here; how many.

    Raises:
        Unreachable: the provider did not answer; the rest is done later.
    """
    before = sender.now() - KEPT_AT_PROVIDER
    with sender.database.reading() as work:
        names = traffic.to_redact(work, before, MOST_BLANKED)
    return sum(_blanked(sender, name) for name in names) + _blank_what_came_in(sender, before)


def _blanked(sender: Sender, name: str) -> bool:
    done = sender.provider.blank(name)
    if done:
        with sender.database.transaction() as work:
            traffic.redacted(work, name)
    return done


def _blank_what_came_in(sender: Sender, before: datetime) -> int:
    came_in = chain.from_iterable(sender.provider.inbound_since(sender.now() - LATEST_BLANKED))
    blanked = 0
    for each in (each for each in came_in if each.body and each.created < before):
        with sender.database.reading() as work:
            done_with = traffic.may_be_blanked(work, sender.terms.keys, each.name, each.number)
        blanked += done_with and sender.provider.blank(each.name)
    return blanked
