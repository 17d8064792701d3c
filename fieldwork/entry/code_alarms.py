"""Telling the administrators that too many wrong codes were typed: how many, and nothing else."""

import logging
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import make_msgid

from sqlalchemy import select

from fieldwork.database import Database
from fieldwork.entry import wrong_codes
from fieldwork.entry.wrong_codes import DueAlarm
from fieldwork.mail import Mailer
from fieldwork.models.people import StaffMember

logger = logging.getLogger(__name__)

SUBJECT = "Perspective: many wrong codes"
WORDS = """\
{count} codes that cannot be used were typed in Perspective within the last hour.

Somebody may be guessing. Guesses are slowed to two a second all together, and nobody else is locked out.
If it goes on, look at what the proxy in front counts, and block where they come from.
"""


def tell(database: Database, mailer: Mailer, sender: str, fallback: Sequence[str], now: datetime) -> int:
    """Send a mail to every administrator, or to `fallback` where there is none; how many mails went.

    What could not be sent is tried again in a minute.

    Raises:
        Busy: the database could not take it in time.
    """
    with database.reading() as work:
        if not wrong_codes.is_due(work):
            return 0
        people = work.scalars(select(StaffMember.email).where(StaffMember.administrator, StaffMember.active)).all()
    with database.transaction() as work:
        due = wrong_codes.due_alarms(work, now)
    return sum(_told(database, mailer, sender, list(people) or fallback, alarm, now) for alarm in due)


def _told(  # noqa: PLR0913, PLR0917 - who tells whom of what, and how
    database: Database, mailer: Mailer, sender: str, people: Sequence[str], alarm: DueAlarm, now: datetime
) -> int:
    if not people:
        logger.critical("Many wrong codes were typed, and there is nobody to tell: make an administrator.")
        return 0
    try:
        for person in people:
            mailer.send(_mail(person, sender, alarm))
    except OSError as fault:
        logger.critical("A mail about wrong codes could not be sent (%s).", type(fault).__name__)
        return 0
    with database.transaction() as work:
        wrong_codes.mark_told(work, alarm.id, now)
    return len(people)


def _mail(person: str, sender: str, alarm: DueAlarm) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = SUBJECT, sender, person
    mail["Message-ID"] = make_msgid(domain="perspective.invalid")
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(WORDS.format(count=f"{alarm.count:,}"))
    return mail
