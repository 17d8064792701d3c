"""Telling the people who look at concerns that one waits. What is sent says that, and nothing of what it is."""

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Protocol

from fieldwork import heartbeats
from fieldwork.database import Database
from fieldwork.entry import code_alarms
from fieldwork.hours import LONDON
from fieldwork.mail import Mailer, mailer_for
from fieldwork.models.concerns import Rung, Way
from fieldwork.moments import minute_of
from fieldwork.safeguarding import notices
from fieldwork.safeguarding.notices import DueNotice

logger = logging.getLogger(__name__)

GATHER = timedelta(seconds=40)  # for which more is gathered into the next mail to somebody who has just had one
SUBJECT = "Perspective: a concern is waiting"
PRACTICE_SUBJECT = "Perspective: PRACTICE: a concern is waiting"
TEXT = "Perspective: a concern is waiting. Please sign in. This text says no more on purpose."
PRACTICE_TEXT = "Perspective: PRACTICE. A practice concern is waiting. Please sign in."

LINES: dict[Rung, tuple[str, str]] = {
    "at_once": ("A concern is waiting", "{count} concerns are waiting"),
    "half_hour": (
        "Nobody has acknowledged a concern for half an hour",
        "Nobody has acknowledged {count} concerns for half an hour",
    ),
    "hour": ("Nobody has acknowledged a concern for an hour", "Nobody has acknowledged {count} concerns for an hour"),
    "no_answer": (
        "Nobody has written down an answer to a referral within one working day",
        "Nobody has written down an answer to {count} referrals within one working day",
    ),
}
WORDS = """\
{lines}
{waiting}
Sign in to look:  {office}
Or at the terminal:  flask concerns list

This mail says no more on purpose.
"""

Texting = Callable[[str, str], bool]
"""Hands a text with these words to this number; false if it did not go."""


@dataclass(slots=True)
class Teller:
    """Tells people, by mail and, where it was given a way to text, by text too. Two tellers at once do no harm."""

    database: Database
    mailer: Mailer
    sender: str
    office: str
    """The address at which one signs in."""
    fallback: Sequence[str] = ()
    """The two addresses of inspections that have named nobody."""
    text: Texting | None = None
    told_at: dict[str, datetime] = field(default_factory=dict)

    def go_round(self, now: datetime) -> int:
        """Write what has fallen due by the clock, and tell whoever has to be told; to how many a mail or text went.

        What cannot be sent is tried again in half a minute, for as long as it is wanted.

        Raises:
            Busy: the database could not take it in time.
        """
        with self.database.transaction() as work:
            notices.write_due(work, now)
            ways: tuple[Way, ...] = ("mail", "text") if self.text else ("mail",)
            due = notices.due_notices(work, now, self.fallback, ways, self._resting(now))
            waiting = notices.waiting_for(work, self.fallback) if due else {}
        of_person: dict[tuple[Way, str], list[DueNotice]] = defaultdict(list)
        for each in due:
            of_person[each.way, each.to].append(each)
        return sum(self._told(way, to, some, waiting, now) for (way, to), some in of_person.items())

    def beat(self, now: datetime) -> bool:
        """Once an hour: try out the way by which people are told, and say so if it works; false where it does not."""
        with self.database.reading() as work:
            last = heartbeats.last_beat(work)
        if last is not None and 0 <= minute_of(now) - last < heartbeats.EVERY:
            return True
        try:
            self.mailer.try_out()
        except OSError as fault:
            logger.critical("Nobody could be told of a concern now: no mail can be sent (%s).", type(fault).__name__)
            return False
        with self.database.transaction() as work:
            heartbeats.beat(work, now)
        return True

    def _resting(self, now: datetime) -> set[str]:
        """Who was told a moment ago. A flood of concerns is a mail every so often, and none of it is lost."""
        return {to for to, at in self.told_at.items() if timedelta() <= now - at < GATHER}

    def _told(self, way: Way, to: str, due: list[DueNotice], waiting: Mapping[str, int], now: datetime) -> bool:
        if not to:
            logger.critical("A concern waits and nobody is named to be told. Name two people for its inspection.")
            return False
        if not self._sent(way, to, due, waiting.get(to, 0)):
            return False
        self.told_at[to] = now
        with self.database.transaction() as work:
            notices.mark_sent(work, [each.id for each in due], now)
        return True

    def _sent(self, way: Way, to: str, due: list[DueNotice], waiting: int) -> bool:
        tries = max(each.tries for each in due)
        if way == "text":
            words = PRACTICE_TEXT if all(each.is_practice for each in due) else TEXT
            if self.text and self.text(to, words):
                return True
            logger.critical("A notice of a concern could not be sent (text, try %d).", tries)
            return False
        try:
            self.mailer.send(self._mail(to, due, waiting))
        except OSError as fault:
            logger.critical("A notice of a concern could not be sent (%s, try %d).", type(fault).__name__, tries)
            return False
        return True

    def _mail(self, to: str, due: list[DueNotice], waiting: int) -> EmailMessage:
        """The same mail however many concerns there are, but for their number."""
        real = [each for each in due if not each.is_practice]
        mail = EmailMessage()
        mail["Subject"] = SUBJECT if real else PRACTICE_SUBJECT
        mail["From"], mail["To"] = self.sender, to
        mail["Message-ID"] = make_msgid(domain="perspective.invalid")
        mail["Auto-Submitted"] = "auto-generated"
        lines = [_line(rung, [each for each in real if each.rung == rung]) for rung in LINES]
        if len(real) < len(due):
            lines.append("PRACTICE: a practice concern is waiting. Acknowledge it, so that the time is known.\n")
        in_all = f"In all {waiting:,} wait that nobody has acknowledged.\n" if waiting > 1 else ""
        mail.set_content(WORDS.format(lines="".join(lines), waiting=in_all, office=self.office))
        return mail


class Telling(Protocol):
    """What the settings must say."""

    @property
    def public_url(self) -> str:
        """The origin that people know."""

    @property
    def mail_url(self) -> str:
        """Where mails go."""

    @property
    def mail_from(self) -> str:
        """Who they are from."""

    @property
    def concern_people(self) -> str | None:
        """The two who are told where an inspection has named nobody, with a comma between."""


def teller_for(database: Database, settings: Telling) -> Teller:
    """Whoever tells people by mail.

    Raises:
        ValueError: a setting is wrong; the message says which.
    """
    named = [each.strip() for each in (settings.concern_people or "").split(",") if each.strip()]
    return Teller(database, mailer_for(settings.mail_url), settings.mail_from, f"{settings.public_url}/office/", named)


def keep_telling(teller: Teller, now: datetime) -> None:
    """Tell whoever has to be told now; once an hour, try out that one could.

    Raises:
        Busy: the database could not take it in time.
    """
    teller.go_round(now)
    teller.beat(now)
    code_alarms.tell(teller.database, teller.mailer, teller.sender, teller.fallback, now)


def _line(rung: Rung, due: list[DueNotice]) -> str:
    if not due:
        return ""
    count = len({each.matter_id for each in due})
    since = min(each.raised for each in due).astimezone(LONDON)
    one, several = LINES[rung]
    said = one if count == 1 else several.format(count=f"{count:,}")
    return f"{said} in Perspective, the first since {since:%d %B, %H:%M}.\n"
