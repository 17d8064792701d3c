"""Reaching somebody in danger: the one way in which a whole number is ever shown, and never without a record of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldwork.faults import NotFound, Refused
from fieldwork.models.concerns import Concern, Matter, Reaching
from fieldwork.models.contacts import Contact
from fieldwork.moments import minute_of
from fieldwork.numbers.contacts import number_of
from fieldwork.office import audit
from fieldwork.office.audit import Who
from fieldwork.safeguarding.matters import about
from fieldwork.sealing import Keys
from surveys.reading import tidy

KEPT_THERE = "written down with the concern"  # a reason may say what only the safeguarding lead may read


def reach(session: Session, keys: Keys, concern_id: UUID, who: Who, reason: str, now: datetime) -> str:  # noqa: PLR0913, PLR0917 - who asks for whose number, why and when
    """The number (E.164) of who wrote an open concern. That it was shown is kept in the same transaction.

    Raises:
        Refused: nobody says who asks, or why.
        NotFound: no such concern is open, or there is no way left to reach who wrote it.
        Tampered: the number is not what was sealed.
    """
    name, why = tidy(who.name), tidy(reason)
    if not name or not why:
        raise Refused(str(concern_id), "a number is shown to somebody with a name and a reason.", "Give both.")
    wanted = select(Contact, Matter.inspection_id).join(Concern, Concern.contact_id == Contact.id)
    wanted = wanted.join(Matter, Matter.id == Concern.id)
    found = session.execute(wanted.where(Concern.id == concern_id, Concern.closed_minute.is_(None))).one_or_none()
    if found is None:
        raise NotFound(str(concern_id), "there is no number to be reached by.", "See which are: flask concerns list.")
    contact, inspection_id = found
    number = number_of(session, keys, contact)
    session.add(Reaching(concern_id=concern_id, asked_by=name, reason=why, minute=minute_of(now)))
    audit.record(
        session,
        "unmasked_number",
        who,
        inspection_id=inspection_id,
        about=about(concern_id),
        why=KEPT_THERE,
        now=now,
    )
    return number
