"""One browser answering: begun by a code or link, known by a secret of which only the hash is kept."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid4

from sqlalchemy import Connection, String, bindparam, insert, select, type_coerce, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fieldwork import waves
from fieldwork.entry import answer_json, unsent
from fieldwork.entry.lasting import OWN_DEVICE, SHARED_TABLET, Lasting
from fieldwork.faults import AlreadySent, Closed
from fieldwork.models.inspections import Nation, Wave
from fieldwork.models.interviews import Case, Draft, DraftAnswer, Visit
from fieldwork.moments import minute_of
from fieldwork.upserts import Upsert
from surveys.answers import Answer
from surveys.questionnaire import Audience, Questionnaire
from surveys.text import Names

State = Literal["open", "idle", "sent", "closed"]

TOKEN_BYTES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitNow:
    """A visit as it stands now, with all that a page needs."""

    id: UUID
    wave_id: UUID
    draft_id: UUID | None
    state: State
    read_safe: bool
    by_code: bool
    on_tablet: bool
    questionnaire: Questionnaire
    names: Names
    inspection_name: str
    audience: Audience
    nation: Nation
    answers: Mapping[str, Answer]
    shown: frozenset[str]
    begun_minute: int | None
    last_page_minute: int | None

    @property
    def takes_answers(self) -> bool:
        """True for an idle visit too: what comes late is kept, though nothing is shown.

        On a shared tablet it is not: the next person may have typed it.
        """
        return self.state == "open" or (self.state == "idle" and not self.on_tablet)

    def minutes_left(self, now: datetime) -> int:
        """The whole minutes for which it can stay open at most, however busy."""
        if self.begun_minute is None:
            return 0
        return max(0, self.begun_minute + _lasting(on_tablet=self.on_tablet).longest - minute_of(now))


def begin(session: Session, case_or_wave: Case | Wave, now: datetime, *, on_tablet: bool = False) -> str:
    """A new visit: the token for its cookie. With a case it joins the answers so far, else it starts empty.

    Raises:
        Closed: the wave takes no more answers.
        AlreadySent: the answers of this case were sent this very moment.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    how = {"by_code": isinstance(case_or_wave, Case), "on_tablet": on_tablet}
    if isinstance(case_or_wave, Wave) and case_or_wave.closed:
        raise Closed
    try:
        draft_id, wave_id = _draft_for(session, case_or_wave)
        visit = {"wave_id": wave_id, "draft_id": draft_id, "token_hash": _hash(token), **how}
        minute = minute_of(now)
        session.connection().execute(insert(Visit), [{**visit, "begun_minute": minute, "last_page_minute": minute}])
    except IntegrityError:
        raise _why_not(session, case_or_wave) from None
    return token


_DRAFT_OF_CASE = Upsert(Draft, key=["case_id"])


def _draft_for(session: Session, case_or_wave: Case | Wave) -> tuple[UUID, UUID]:
    fresh = uuid4()
    if isinstance(case_or_wave, Wave):
        session.connection().execute(insert(Draft), [{"id": fresh, "wave_id": case_or_wave.id}])
        return fresh, case_or_wave.id
    _DRAFT_OF_CASE.run(session, id=fresh, wave_id=case_or_wave.wave_id, case_id=case_or_wave.id)
    draft_id = session.scalars(select(Draft.id).where(Draft.case_id == case_or_wave.id)).one_or_none()
    if draft_id is None:
        raise AlreadySent
    return draft_id, case_or_wave.wave_id


def _why_not(session: Session, case_or_wave: Case | Wave) -> AlreadySent | Closed:
    """Another transaction took the case away meanwhile: by sending its answers, or by closing the wave."""
    wave_id = case_or_wave.wave_id if isinstance(case_or_wave, Case) else case_or_wave.id
    session.rollback()
    return Closed() if session.scalar(select(Wave.closed).where(Wave.id == wave_id)) else AlreadySent()


COLUMNS = (
    type_coerce(Visit.id, String),  # the keys come raw, once a row; one of each is read below
    type_coerce(Visit.wave_id, String),
    type_coerce(Visit.draft_id, String),
    Visit.state,
    Visit.read_safe,
    Visit.by_code,
    Visit.on_tablet,
    Visit.begun_minute,
    Visit.last_page_minute,
    Wave.closed,
    DraftAnswer.question_id,
    DraftAnswer.answer,
    DraftAnswer.visit_id == Visit.id,
)
_NOW = (
    select(*COLUMNS)
    .select_from(Visit)
    .join(Wave, Wave.id == Visit.wave_id)
    .outerjoin(DraftAnswer, DraftAnswer.draft_id == Visit.draft_id)
    .where(Visit.token_hash == bindparam("token_hash"), Visit.state != "left")
)


def visit_of(connection: Connection, token: str, now: datetime) -> VisitNow | None:
    """The visit with that token and the answers so far, in one statement; none where it is unknown or was left."""
    found = connection.execute(_NOW, {"token_hash": _hash(token)})
    rows: Sequence[Any] = found.cursor.fetchall()  # the driver's own: SQLAlchemy's rows take as long as the database
    found.close()
    return visit_in(connection, rows, now) if rows else None


def visit_in(connection: Connection, rows: Sequence[Any], now: datetime) -> VisitNow:
    """The visit of which these rows tell, as `COLUMNS` has them: one for each answer so far, or one without."""
    visit_id, wave_id, draft_id, state, read_safe, by_code, on_tablet, begun, last_page, closed, *_ = rows[0]
    asked = waves.asked_in(connection, _key(wave_id))
    given = [row[-3:] for row in rows if row[-3] is not None]
    return VisitNow(
        id=_key(visit_id),
        wave_id=_key(wave_id),
        draft_id=None if draft_id is None else _key(draft_id),
        state="closed" if closed is not None and state != "sent" else _state(state, begun, last_page, now, on_tablet),
        read_safe=read_safe,
        by_code=by_code,
        on_tablet=bool(on_tablet),
        questionnaire=asked.questionnaire,
        names=asked.names,
        inspection_name=asked.inspection_name,
        audience=asked.questionnaire.audience,
        nation=asked.nation,
        answers={question_id: answer_json.read(answer) for question_id, answer, _ in given},
        shown=frozenset(question_id for question_id, _, here in given if here),
        begun_minute=begun,
        last_page_minute=last_page,
    )


def _state(kept: str, begun: int | None, last_page: int | None, now: datetime, on_tablet: bool) -> State:  # noqa: FBT001 - private
    if kept == "sent":
        return "sent"
    if begun is None or last_page is None:
        return "closed"
    is_over = _lasting(on_tablet=on_tablet).is_over(begun, last_page, minute_of(now))
    return "idle" if kept == "idle" or is_over else "open"


def _lasting(*, on_tablet: bool) -> Lasting:
    return SHARED_TABLET if on_tablet else OWN_DEVICE


def mark_read(session: Session, visit: VisitNow) -> None:
    """The page about keeping safe was read in this visit."""
    session.connection().execute(update(Visit).where(Visit.id == visit.id).values(read_safe=True))


def stay(session: Session, visit: VisitNow, now: datetime) -> None:
    """Count from now on how long an open visit has been idle. One that is over stays so."""
    still = (Visit.id == visit.id, Visit.state == "open", Visit.last_page_minute.is_not(None))
    session.connection().execute(update(Visit).where(*still).values(last_page_minute=minute_of(now)))


def leave(session: Session, visit: VisitNow) -> None:
    """End the visit: its token opens nothing any more. Answers that no code leads back to are deleted."""
    session.execute(update(Visit).where(Visit.id == visit.id).values(state="left"))
    if visit.draft_id and not visit.by_code:
        unsent.forget_drafts(session, Draft.id == visit.draft_id)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _key(raw: Any) -> UUID:
    return raw if isinstance(raw, UUID) else UUID(raw)
