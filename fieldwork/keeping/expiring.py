"""What goes when its years are over: responses with all that was made of them, closed concerns, failures to sign in."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from fieldwork.models.concerns import (
    CommentConcern,
    Concern,
    ConcernStep,
    Matter,
    Notice,
    Reaching,
    TalkRequest,
)
from fieldwork.models.inspections import Wave
from fieldwork.models.people import SignInBrake
from fieldwork.models.responses import SerialMark, StoredAnswer, StoredResponse, StoredVerbatim
from fieldwork.models.texts import TextReading
from fieldwork.moments import minute_of
from fieldwork.progress import snapshots
from fieldwork.reading import comments, name_list


def forget_responses(session: Session, closed_before: date) -> int:
    """Delete the responses of waves that closed before that day, with all that was made of them; how many responses."""
    waves = session.scalars(select(Wave.id).where(Wave.closed < closed_before)).all()
    gone = sum(_forget_responses_of(session, wave_id) for wave_id in waves)
    for inspection_id in _over(session, closed_before):
        snapshots.forget_inspection(session, inspection_id)
        name_list.forget(session, inspection_id)
    return gone


def _forget_responses_of(session: Session, wave_id: UUID) -> int:
    comments.forget_wave(session, wave_id)
    of_wave = select(StoredResponse.id).where(StoredResponse.wave_id == wave_id)
    for table in (TextReading, StoredVerbatim, StoredAnswer):
        session.execute(delete(table).where(table.response_id.in_(of_wave)))
    session.execute(delete(SerialMark).where(SerialMark.wave_id == wave_id))
    return session.connection().execute(delete(StoredResponse).where(StoredResponse.wave_id == wave_id)).rowcount


def _over(session: Session, closed_before: date) -> list[UUID]:
    """The inspections whose last wave closed before that day."""
    unclosed = select(Wave.inspection_id).where(Wave.closed.is_(None))
    last = select(Wave.inspection_id).where(Wave.inspection_id.not_in(unclosed)).group_by(Wave.inspection_id)
    return list(session.scalars(last.having(func.max(Wave.closed) < closed_before)))


def forget_concerns(session: Session, closed_before: datetime) -> int:
    """Delete concerns and talk requests that were closed before then, with their last step; how many."""
    last = select(ConcernStep.matter_id).group_by(ConcernStep.matter_id)
    old = last.having(func.max(ConcernStep.minute) < minute_of(closed_before))
    gone = session.scalars(select(Matter.id).where(Matter.state == "closed", Matter.id.in_(old))).all()
    session.execute(delete(Reaching).where(Reaching.concern_id.in_(gone)))
    for table in (Notice, ConcernStep):
        session.execute(delete(table).where(table.matter_id.in_(gone)))
    for kind in (CommentConcern, TalkRequest, Concern, Matter):
        session.execute(delete(kind).where(kind.id.in_(gone)))
    return len(gone)


def forget_failures(session: Session, before: datetime) -> int:
    """Forget failures to sign in; how many."""
    old = delete(SignInBrake).where(SignInBrake.again_second < int(before.timestamp()))
    return session.connection().execute(old).rowcount
