"""What is deleted, and when. What was not sent is kept no longer than somebody may come back to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Delete, Select, delete, select
from sqlalchemy.orm import Session

from fieldwork.entry import brake, unsent
from fieldwork.keeping import erasure
from fieldwork.models.inspections import Wave
from fieldwork.models.interviews import Case, Draft, Visit
from fieldwork.models.tablets import Tablet
from fieldwork.models.texts import Conversation
from fieldwork.moments import HOUR, minute_of
from fieldwork.numbers import contact_uploads
from fieldwork.paper import keyed_rows
from fieldwork.retention_table import kept
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
    drafts = unsent.forget_left_on_tablets(session, now)
    drafts += unsent.forget_drafts(session, Draft.id.not_in(fresh), Draft.id.not_in(_talking()))
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


def forget_wave(session: Session, wave_id: UUID) -> Forgotten:
    """Delete the answers not sent and the codes of one wave; who comes back to it is told that it has closed."""
    drafts = unsent.forget_drafts_of_wave(session, wave_id)
    contact_uploads.forget(session, wave_id)
    session.execute(delete(Tablet).where(Tablet.wave_id == wave_id))
    return Forgotten(drafts, _count(session, delete(Case).where(Case.wave_id == wave_id)))


def _talking() -> Select[UUID | None]:
    """The drafts of those who answer by text: they may come back after days."""
    going_on = Conversation.state.in_(("asking", "paused", "unreachable"))
    of_them = select(Visit.draft_id).join(Conversation, Conversation.visit_id == Visit.id)
    return of_them.where(going_on, Visit.draft_id.is_not(None))


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


def _count(session: Session, statement: Delete) -> int:
    return session.connection().execute(statement).rowcount
