"""The answers so far of one respondent, on however many devices: the last one given to a question counts."""

from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fieldwork.entry.answer_json import written
from fieldwork.entry.visits import VisitNow
from fieldwork.faults import AlreadySent, Closed
from fieldwork.models.interviews import DraftAnswer, Visit
from fieldwork.moments import minute_of
from fieldwork.upserts import Upsert
from surveys.answers import Answer
from surveys.interview import UnknownQuestion

_KEEP = Upsert(DraftAnswer, key=["draft_id", "question_id"], columns=["visit_id", "answer"])
_TOUCH = (
    update(Visit)
    .where(Visit.id == bindparam("visit"))
    .values(last_page_minute=bindparam("minute"), state=bindparam("now"))
)


def keep(session: Session, visit: VisitNow, question_id: str, answer: Answer, now: datetime) -> None:
    """Keep the answer in the place of any earlier one. An idle visit's is kept too, and the visit stays idle.

    Raises:
        AlreadySent: the answers were sent before, in another tab or on another device.
        Closed: the wave takes no more answers.
        UnknownQuestion: the questionnaire does not ask that.
    """
    if question_id not in visit.questionnaire.by_id:
        raise UnknownQuestion(question_id)
    refuse_unless_open(visit)
    try:
        _KEEP.run(session, draft_id=visit.draft_id, question_id=question_id, visit_id=visit.id, answer=written(answer))
        _touch(session, visit, minute_of(now))
    except IntegrityError:
        raise _why_there_is_no_draft(session, visit) from None


def refuse_unless_open(visit: VisitNow) -> None:
    """Return in silence if the visit takes answers.

    Raises:
        AlreadySent: they were sent.
        Closed: the wave takes no more answers.
    """
    if visit.state == "sent":
        raise AlreadySent
    if not visit.takes_answers or visit.draft_id is None:
        raise Closed


def _touch(session: Session, visit: VisitNow, minute: int) -> None:
    """Remember when the last page came, to the minute, so in one page of many only."""
    if minute != visit.last_page_minute:
        session.connection().execute(_TOUCH, {"visit": visit.id, "minute": minute, "now": visit.state})


def _why_there_is_no_draft(session: Session, visit: VisitNow) -> AlreadySent | Closed:
    """Another transaction took the draft away meanwhile: by sending it, or by closing the wave."""
    session.rollback()
    sent = session.scalar(select(Visit.state).where(Visit.id == visit.id)) == "sent"
    return AlreadySent() if sent else Closed()
