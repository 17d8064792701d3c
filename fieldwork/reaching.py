"""Reaching somebody in danger: the one way in which a whole number is ever shown, and never without a record of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldwork.contacts import number_of
from fieldwork.faults import NotFound, Refused
from fieldwork.models.concerns import Concern, Reaching
from fieldwork.models.contacts import Contact
from fieldwork.moments import minute_of
from fieldwork.sealing import Keys
from surveys.reading import tidy


def reach(session: Session, keys: Keys, concern_id: UUID, asked_by: str, reason: str, now: datetime) -> str:  # noqa: PLR0913, PLR0917 - who asks for whose number, why and when
    """The number (E.164) of who wrote an open concern. That it was shown is kept in the same transaction.

    Raises:
        Refused: nobody says who asks, or why.
        NotFound: no such concern is open, or there is no way left to reach who wrote it.
        Tampered: the number is not what was sealed.
    """
    who, why = tidy(asked_by), tidy(reason)
    if not who or not why:
        raise Refused(str(concern_id), "a number is shown to somebody with a name and a reason.", "Give both.")
    wanted = select(Contact).join(Concern, Concern.contact_id == Contact.id)
    contact = session.scalar(wanted.where(Concern.id == concern_id, Concern.closed_minute.is_(None)))
    if contact is None:
        raise NotFound(str(concern_id), "there is no number to be reached by.", "See which are: flask concerns list.")
    number = number_of(session, keys, contact)
    session.add(Reaching(concern_id=concern_id, asked_by=who, reason=why, minute=minute_of(now)))
    session.flush()
    return number
