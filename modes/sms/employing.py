"""Employing a worker: what it is given to work with, and what it does every so often."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from fieldwork.database import Database
from fieldwork.hours import LONDON
from fieldwork.keeping import closing
from fieldwork.keeping.forgetting import forget_what_is_due
from fieldwork.progress.tally import keep_counting
from fieldwork.safeguarding.telling import Telling, Texting, keep_telling, teller_for
from fieldwork.sealing import vaults
from fieldwork.texting.permission import Terms
from modes.sms import outbox, reminding
from modes.sms.conversing import Inbound, receive
from modes.sms.going_on import Links
from modes.sms.outbox import Sender
from modes.sms.provider import Listed, Posted, Provider
from modes.sms.worker import Jobs, Worker, huey_for

TEXT_GOOD_FOR = 4 * 3600  # seconds in which the network may try to deliver that a concern waits


class Employment(Telling, Protocol):
    """What the settings must say, beside what whoever tells of concerns wants to know."""

    @property
    def secret_key(self) -> str:
        """What tasks are signed with."""

    @property
    def queue_url(self) -> str:
        """Where tasks wait."""


def employed(  # noqa: PLR0913, PLR0917 - each is something that a worker works with
    database: Database, terms: Terms, provider: Provider, pepper: bytes, settings: Employment, at_once: int
) -> Worker:
    """A worker, ready to run.

    Raises:
        WrongKey: the keys do not open what is sealed in the database.
        ValueError: a setting is wrong; the message says which.
    """
    with database.reading() as work:
        vaults(work, terms.keys)
    sender = Sender(database, terms, provider, settings.public_url)
    jobs = jobs_of(sender, Links(settings.public_url, pepper), settings)
    return Worker(sender, jobs, huey_for(settings.queue_url, settings.secret_key), at_once)


def jobs_of(sender: Sender, links: Links, settings: Employment) -> Jobs:
    """What is done every so often."""
    database, keys = sender.database, sender.terms.keys
    teller = replace(teller_for(database, settings), text=_texting(sender))

    def take_in(text: Listed) -> None:
        received = Inbound(text.name, text.number, text.body, text.media, sent=text.created)
        receive(database, keys, received, text.created, links)

    def tell() -> None:
        keep_telling(teller, _now())
        keep_counting(database, _now())

    def forget() -> None:
        with database.transaction() as work:
            forget_what_is_due(work, _now())
        database.tidy()

    def close() -> None:
        with database.transaction() as work:
            closed = closing.close_due(work, _now().astimezone(LONDON).date(), keys)
        if closed:
            database.tidy()

    return Jobs(
        settle=lambda: outbox.settle_unsure(sender),
        poll=lambda: outbox.poll(sender, take_in),
        remind=lambda: reminding.remind(database, keys, _now()),
        redact=lambda: outbox.redact(sender),
        tell=tell,
        forget=forget,
        close=close,
    )


def _texting(sender: Sender) -> Texting:
    """A way to text the people who look at concerns, past the outbox: it says nothing, and twice is no harm."""

    def text(number: str, words: str) -> bool:
        callback = f"{sender.public_url}{outbox.CALLBACK}notice"
        return isinstance(sender.provider.post(number, words, callback, TEXT_GOOD_FOR, _wanted), Posted)

    return text


@contextmanager
def _wanted() -> Iterator[bool]:
    yield True


def _now() -> datetime:
    return datetime.now(UTC)
