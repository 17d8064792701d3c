"""The interview that a conversation by text is about: its answers so far, and which question is out."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, bindparam, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from fieldwork.entry import visits
from fieldwork.entry.codes import fingerprint, new_link_token
from fieldwork.entry.visits import VisitNow
from fieldwork.models.inspections import Wave
from fieldwork.models.interviews import Case, Draft, DraftAnswer, Visit
from fieldwork.models.texts import Carriage, OutboundText
from fieldwork.moments import minute_of
from fieldwork.texting.conversations import ConversationNow

SEEN: tuple[Carriage, ...] = ("posting", "unsure", "accepted", "sent", "delivered")
COMING: tuple[Carriage, ...] = ("waiting", "claimed")

Arrival = Literal["none", "coming", "seen", "lost"]
"""Of the question asked last: there is none; it was not handed over yet; it was; it will not arrive."""


@dataclass(frozen=True, slots=True)
class InterviewNow:
    """The interview of a conversation: its answers so far, and whether the question asked last has arrived."""

    visit: VisitNow
    arrival: Arrival
    asked_second: int | None


def _is_one_of(states: Sequence[Carriage]) -> ColumnElement[bool]:
    """As IN, which SQLAlchemy writes anew at every execution."""
    return or_(*(OutboundText.state == each for each in states))


_OF_QUESTION = (
    OutboundText.conversation_id == bindparam("conversation"),
    OutboundText.question_id == bindparam("question"),
)
_INTERVIEW = (
    select(
        select(func.min(OutboundText.posted_second)).where(*_OF_QUESTION, _is_one_of(SEEN)).scalar_subquery(),
        exists().where(*_OF_QUESTION, _is_one_of(COMING)),
        *visits.COLUMNS,
    )
    .select_from(Visit)
    .join(Wave, Wave.id == Visit.wave_id)
    .outerjoin(DraftAnswer, DraftAnswer.draft_id == Visit.draft_id)
    .where(Visit.id == bindparam("visit"))
)


def interview_of(session: Session, one: ConversationNow, now: datetime) -> InterviewNow | None:
    """The interview of this conversation, in one statement; none before it began, and after it was deleted."""
    if one.visit_id is None:
        return None
    given = {"conversation": one.id, "question": one.question_id, "visit": one.visit_id}
    connection = session.connection()
    found = connection.execute(_INTERVIEW, given)
    rows: Sequence[Any] = found.cursor.fetchall()  # the driver's own, as for a page
    found.close()
    if not rows:
        return None
    posted, coming = rows[0][:2]
    visit = visits.visit_in(connection, [row[2:] for row in rows], now)
    return InterviewNow(visit, _arrival(one.question_id, posted, bool(coming)), posted)


def _arrival(question_id: str | None, posted: int | None, coming: bool) -> Arrival:  # noqa: FBT001 - private
    if question_id is None:
        return "none"
    if posted is not None:
        return "seen"
    return "coming" if coming else "lost"


def begin_interview(session: Session, one: ConversationNow, now: datetime) -> UUID:
    """The key of a visit of their own, on a fresh draft. Its token is known to nobody."""
    draft_id, visit_id, minute = uuid4(), uuid4(), minute_of(now)
    connection = session.connection()
    connection.execute(insert(Draft), [{"id": draft_id, "wave_id": one.wave_id}])
    nobodys = hashlib.sha256(secrets.token_bytes()).hexdigest()
    visit = {"id": visit_id, "wave_id": one.wave_id, "draft_id": draft_id, "token_hash": nobodys, "by_code": False}
    connection.execute(insert(Visit), [{**visit, "begun_minute": minute, "last_page_minute": minute}])
    return visit_id


def new_link(session: Session, visit: VisitNow, pepper: bytes) -> str:
    """A fresh secret for a link to the same answers on the web. One that was given before opens nothing any more."""
    secret, connection = new_link_token(), session.connection()
    kept = fingerprint(secret, pepper)
    of_draft = Draft.id == visit.draft_id
    case_id = session.scalar(select(Draft.case_id).where(of_draft))
    if case_id:
        connection.execute(update(Case).where(Case.id == case_id).values(fingerprint=kept))
    else:
        case_id = uuid4()
        connection.execute(insert(Case), [{"id": case_id, "wave_id": visit.wave_id, "fingerprint": kept}])
        connection.execute(update(Draft).where(of_draft).values(case_id=case_id))
    return secret
