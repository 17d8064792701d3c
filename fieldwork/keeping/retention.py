"""What is deleted, and when. What was not sent is kept no longer than somebody may come back to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Delete, Select, delete, or_, select, update
from sqlalchemy.orm import Session

from fieldwork.entry import brake
from fieldwork.entry.lasting import SHARED_TABLET
from fieldwork.keeping import erasure
from fieldwork.keeping.retention_table import kept
from fieldwork.models.inspections import Wave
from fieldwork.models.interviews import Case, Draft, DraftAnswer, Visit
from fieldwork.models.tablets import Tablet
from fieldwork.models.texts import Conversation
from fieldwork.moments import HOUR, minute_of
from fieldwork.numbers import contact_uploads
from fieldwork.paper import keyed_rows
from fieldwork.returns import held_sheets
from fieldwork.texting import cutting

UNSENT_HOURS = kept("unsent").hours
CONTACT_DAYS = kept("contacts").days
TEXT_DAYS = kept("texts").days
MARK_DAYS = kept("marks").days  # no wave is open for longer


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted: counts, and nothing else of it."""

    drafts: int = 0
    codes: int = 0
    visits: int = 0
    networks: int = 0
    contacts: int = 0
    keys: int = 0


def forget_unsent(session: Session, now: datetime) -> Forgotten:
    """Delete answers not sent 72 hours after their last page, and whatever closed waves still have of respondents."""
    before = minute_of(now) - UNSENT_HOURS * HOUR
    fresh = select(Visit.draft_id).where(Visit.last_page_minute >= before, Visit.draft_id.is_not(None))
    drafts = forget_left_on_tablets(session, now)
    drafts += forget_drafts(session, Draft.id.not_in(fresh), Draft.id.not_in(_talking()))
    codes = 0
    closed = select(Wave.id).where(Wave.closed.is_not(None))
    for wave_id in session.scalars(closed).all():
        forgotten = forget_wave(session, wave_id)
        drafts, codes = drafts + forgotten.drafts, codes + forgotten.codes
    _forget_texts(session, now)
    held_sheets.forget_old(session, now)
    keyed_rows.forget_unfinished(session, now.date())
    cut = Visit.draft_id.is_(None)
    visits = _count(session, delete(Visit).where(cut, Visit.last_page_minute < before))
    visits += _count(session, delete(Visit).where(cut, Visit.last_page_minute.is_(None), Visit.wave_id.in_(closed)))
    return Forgotten(drafts, codes, visits, brake.forget_networks(session, now), *_forget_contacts(session, now))


def forget_left_on_tablets(session: Session, now: datetime) -> int:
    """Throw away what somebody left half-way on a shared tablet, once they cannot come back to it; how many."""
    minute = minute_of(now)
    begun = Visit.begun_minute < minute - SHARED_TABLET.longest
    over = or_(Visit.last_page_minute < minute - SHARED_TABLET.idle, begun)
    left = select(Visit.draft_id).where(Visit.on_tablet, Visit.draft_id.is_not(None), over)
    return forget_drafts(session, Draft.id.in_(left))


def forget_wave(session: Session, wave_id: UUID) -> Forgotten:
    """Delete the answers not sent and the codes of one wave; who comes back to it is told that it has closed."""
    drafts = _held(session, Draft.wave_id == wave_id)
    _let_go(session, drafts)
    session.execute(update(Visit).where(Visit.draft_id.in_(drafts)).values(draft_id=None))
    _delete_drafts(session, drafts)
    contact_uploads.forget(session, wave_id)
    session.execute(delete(Tablet).where(Tablet.wave_id == wave_id))
    return Forgotten(len(drafts), _count(session, delete(Case).where(Case.wave_id == wave_id)))


def forget_drafts(session: Session, *which: ColumnElement[bool]) -> int:
    """Delete answers so far, with the visits that gave them; how many."""
    drafts = _held(session, *which)
    _let_go(session, drafts)
    session.execute(delete(DraftAnswer).where(DraftAnswer.draft_id.in_(drafts)))
    session.execute(delete(Visit).where(Visit.draft_id.in_(drafts)))
    _delete_drafts(session, drafts)
    return len(drafts)


def _held(session: Session, *which: ColumnElement[bool]) -> list[UUID]:
    """The drafts, held so that nobody answers or sends them meanwhile."""
    return list(session.scalars(select(Draft.id).where(*which).with_for_update()))


def _talking() -> Select[UUID | None]:
    """The drafts of those who answer by text: they may come back after days."""
    going_on = Conversation.state.in_(("asking", "paused", "unreachable"))
    of_them = select(Visit.draft_id).join(Conversation, Conversation.visit_id == Visit.id)
    return of_them.where(going_on, Visit.draft_id.is_not(None))


def _let_go(session: Session, drafts: list[UUID]) -> None:
    """No conversation hangs on these drafts any more."""
    if drafts:
        gone = select(Visit.id).where(Visit.draft_id.in_(drafts))
        session.execute(update(Conversation).where(Conversation.visit_id.in_(gone)).values(visit_id=None))


def _forget_texts(session: Session, now: datetime) -> None:
    """Cut or delete what has stayed of conversations that are over."""
    second = int(now.timestamp())
    cutting.cut_what_was_settled(session, second - cutting.DAY)
    cutting.forget_cut_texts(session, second - TEXT_DAYS * cutting.DAY, second - MARK_DAYS * cutting.DAY)


def _forget_contacts(session: Session, now: datetime) -> tuple[int, int]:
    """Erase whom waves could reach that closed long ago, and destroy keys that nobody needs; how many of each."""
    contact_uploads.forget_old(session, now)
    long_ago = now.date() - timedelta(days=CONTACT_DAYS)
    waves = session.scalars(select(Wave.id).where(Wave.closed <= long_ago)).all()
    erased = sum(erasure.erase_contacts(session, wave_id).contacts for wave_id in waves)
    erased += erasure.erase_wrong_people(session)
    return erased, erasure.destroy_idle_keys(session)


def _delete_drafts(session: Session, drafts: list[UUID]) -> None:
    session.execute(delete(DraftAnswer).where(DraftAnswer.draft_id.in_(drafts)))
    session.execute(delete(Draft).where(Draft.id.in_(drafts)))


def _count(session: Session, statement: Delete) -> int:
    return session.connection().execute(statement).rowcount
