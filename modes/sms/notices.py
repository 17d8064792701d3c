"""Telling the two named people by e-mail that a concern is waiting. A mail says that, and nothing of what it is."""

import logging
import mailbox
import smtplib
import ssl
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from fieldwork import notices
from fieldwork.database import Database
from fieldwork.notices import DueNotice

logger = logging.getLogger(__name__)

LONDON = ZoneInfo("Europe/London")
TIMEOUT = 15  # seconds; a lease lasts longer
SUBMISSION, OVER_TLS = 587, 465
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SUBJECT = "Perspective: a concern is waiting"
WORDS = """\
{count} waiting in Perspective, the first since {since}.

Sign in to the machine and run:  flask concerns list

This mail says no more on purpose. Nobody else is told until you look.
"""


class Mailer(Protocol):
    """Whatever takes a mail."""

    def send(self, mail: EmailMessage) -> None:
        """Take the mail.

        Raises:
            OSError: it could not; the mail is not lost, and is tried again.
        """


@dataclass(frozen=True, slots=True)
class Folder:
    """A mailbox of files (Maildir), for a machine that sends no mail."""

    path: Path

    def send(self, mail: EmailMessage) -> None:
        """Put the mail into the folder."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        mailbox.Maildir(self.path).add(mail)


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server. What goes to another machine goes encrypted, or not at all."""

    host: str
    port: int
    user: str | None
    password: str | None

    def send(self, mail: EmailMessage) -> None:
        """Hand the mail over."""
        try:
            with self._connection() as server:
                if self.user and self.password:
                    server.login(self.user, self.password)
                server.send_message(mail)
        except smtplib.SMTPException as fault:
            raise OSError(type(fault).__name__) from None  # its words may hold an address

    def _connection(self) -> smtplib.SMTP:
        if self.port == OVER_TLS:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT, context=ssl.create_default_context())
        server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
        if self.host not in LOOPBACK:
            try:
                server.starttls(context=ssl.create_default_context())
            except (OSError, smtplib.SMTPException):
                server.close()
                raise
        return server


def mailer_for(url: str) -> Mailer:
    """What takes the mails: `smtp://user:password@host:587`, with port 465 encrypted from the start, or `file:FOLDER`.

    Raises:
        ValueError: the address is neither.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        return Folder(Path(parts.path))
    if parts.scheme in {"smtp", "smtps"} and parts.hostname:
        port = parts.port or (OVER_TLS if parts.scheme == "smtps" else SUBMISSION)
        return Server(parts.hostname, port, _plain(parts.username), _plain(parts.password))
    raise ValueError("MAIL_URL: write it like smtp://user:password@host:587, or file:FOLDER")


def tell(database: Database, mailer: Mailer, people: Sequence[str], sender: str, now: datetime) -> int:
    """Send a mail to each of the two who has not been told of every concern; how many mails went.

    A mail that cannot be sent is tried again in half a minute, for as long as the concern is open.

    Raises:
        Busy: the database could not take it in time.
    """
    with database.transaction() as work:
        due = notices.due_notices(work, now)
    of_person: dict[int, list[DueNotice]] = defaultdict(list)
    for each in due:
        of_person[each.person].append(each)
    return sum(_told(database, mailer, people[person - 1], sender, some, now) for person, some in of_person.items())


def _told(  # noqa: PLR0913, PLR0917 - who tells whom of what, and how
    database: Database, mailer: Mailer, person: str, sender: str, due: list[DueNotice], now: datetime
) -> bool:
    try:
        mailer.send(_mail(person, sender, due))
    except OSError as fault:
        tries = max(each.tries for each in due)
        logger.critical("A notice of a concern could not be sent (%s, try %d).", type(fault).__name__, tries)
        return False
    with database.transaction() as work:
        for each in due:
            notices.mark_sent(work, each.id, now)
    return True


def _mail(person: str, sender: str, due: list[DueNotice]) -> EmailMessage:
    """The same mail however many concerns there are, but for their number."""
    concerns = len({each.concern_id for each in due})
    since = min(each.raised for each in due).astimezone(LONDON)
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = SUBJECT, sender, person
    mail["Message-ID"] = make_msgid(domain="perspective.invalid")
    mail["Auto-Submitted"] = "auto-generated"
    count = "A concern is" if concerns == 1 else f"{concerns} concerns are"
    mail.set_content(WORDS.format(count=count, since=f"{since:%d %B, %H:%M}"))
    return mail


def _plain(written: str | None) -> str | None:
    return unquote(written) if written else None
