"""Answers that were not sent, deleted: with the visits that gave them, or when their wave closes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from fieldwork.entry.lasting import SHARED_TABLET
from fieldwork.models.interviews import Draft, DraftAnswer, Visit
from fieldwork.models.texts import Conversation
from fieldwork.moments import minute_of


def forget_drafts(session: Session, *which: ColumnElement[bool]) -> int:
    """Delete answers so far, with the visits that gave them; how many."""
    drafts = _held(session, *which)
    _let_go(session, drafts)
    session.execute(delete(DraftAnswer).where(DraftAnswer.draft_id.in_(drafts)))
    session.execute(delete(Visit).where(Visit.draft_id.in_(drafts)))
    _delete_drafts(session, drafts)
    return len(drafts)


def forget_left_on_tablets(session: Session, now: datetime) -> int:
    """Throw away what somebody left half-way on a shared tablet, once they cannot come back to it; how many."""
    minute = minute_of(now)
    begun = Visit.begun_minute < minute - SHARED_TABLET.longest
    over = or_(Visit.last_page_minute < minute - SHARED_TABLET.idle, begun)
    left = select(Visit.draft_id).where(Visit.on_tablet, Visit.draft_id.is_not(None), over)
    return forget_drafts(session, Draft.id.in_(left))


def forget_drafts_of_wave(session: Session, wave_id: UUID) -> int:
    """Delete the answers so far of a wave; how many. The visits stay, to tell who comes back that it has closed."""
    drafts = _held(session, Draft.wave_id == wave_id)
    _let_go(session, drafts)
    session.execute(update(Visit).where(Visit.draft_id.in_(drafts)).values(draft_id=None))
    _delete_drafts(session, drafts)
    return len(drafts)


def _held(session: Session, *which: ColumnElement[bool]) -> list[UUID]:
    """The drafts, held so that nobody answers or sends them meanwhile."""
    return list(session.scalars(select(Draft.id).where(*which).with_for_update()))


def _let_go(session: Session, drafts: list[UUID]) -> None:
    """No conversation hangs on these drafts any more."""
    if drafts:
        gone = select(Visit.id).where(Visit.draft_id.in_(drafts))
        session.execute(update(Conversation).where(Conversation.visit_id.in_(gone)).values(visit_id=None))


def _delete_drafts(session: Session, drafts: list[UUID]) -> None:
    session.execute(delete(DraftAnswer).where(DraftAnswer.draft_id.in_(drafts)))
    session.execute(delete(Draft).where(Draft.id.in_(drafts)))
