"""What is done about a concern: acknowledged, referred, answered, closed; who, when, to whom, and what came of it.

Every step is a row that is only ever added. Whoever acts says which edition they saw, so that two people at once do not
undo each other: the second is told.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from fieldwork.faults import Refused
from fieldwork.models.audit import Act
from fieldwork.models.concerns import CommentConcern, Concern, ConcernStep, Matter, MatterState, StepKind, TalkRequest
from fieldwork.models.inspections import Inspection, Nation
from fieldwork.moments import minute_of
from fieldwork.office import audit, editions
from fieldwork.office.audit import Who
from fieldwork.safeguarding import concern_states, matters
from fieldwork.safeguarding.cover_hours import working_day_after
from surveys.reading import tidy

LONGEST = 2_000  # letters
ACTS: dict[StepKind, Act] = {
    "acknowledged": "acknowledged_concern",
    "referred": "referred_concern",
    "answered": "answered_concern",
    "closed": "closed_concern",
    "reopened": "reopened_concern",
}


def acknowledge(session: Session, matter_id: UUID, who: Who, now: datetime, *, seen: int | None = None) -> MatterState:
    """Somebody has looked, and sees to it. Nobody else is told any more. A practice is over with that.

    Raises:
        ChangedMeanwhile: somebody else did something since it was shown in the edition that was seen.
        NotFound, Refused: there is none, or it cannot be done as it stands.
    """
    state = _take(session, matter_id, "acknowledged", who, now, seen)
    if matters.hold(session, matter_id).kind == "practice":
        return _take(session, matter_id, "closed", who, now, None)
    return state


def refer(  # noqa: PLR0913 - who refers what to whom, why, and when
    session: Session, matter_id: UUID, who: Who, now: datetime, *, to_whom: str, why: str, seen: int | None = None
) -> MatterState:
    """Somebody has decided to refer it, and has. Whoever it went to has one working day to answer.

    Raises:
        ChangedMeanwhile, NotFound, Refused: as above; or it is not said to whom, or why.
    """
    to, because = _said(to_whom, "to whom it was referred"), _said(why, "why it was referred")
    state = _take(session, matter_id, "referred", who, now, seen, to_whom=to, words=because)
    matter = matters.hold(session, matter_id)
    matter.answer_due_minute = working_day_after(_nation(session, matter), minute_of(now))
    session.flush()
    return state


def answered(  # noqa: PLR0913 - as above
    session: Session, matter_id: UUID, who: Who, now: datetime, *, outcome: str, seen: int | None = None
) -> MatterState:
    """Whoever it was referred to has answered.

    Raises:
        ChangedMeanwhile, NotFound, Refused: as above; or it is not said what.
    """
    return _take(session, matter_id, "answered", who, now, seen, words=_said(outcome, "what they answered"))


def close(  # noqa: PLR0913 - as above
    session: Session, matter_id: UUID, who: Who, now: datetime, *, outcome: str, seen: int | None = None
) -> MatterState:
    """It is seen to. The words are deleted for good, and so is how to reach who wrote them; what was done stays.

    Raises:
        ChangedMeanwhile, NotFound, Refused: as above; or it is not said what came of it.
    """
    state = _take(session, matter_id, "closed", who, now, seen, words=_said(outcome, "what came of it"))
    _let_go(session, matter_id, now)
    return state


def reopen(  # noqa: PLR0913 - as above
    session: Session, matter_id: UUID, who: Who, now: datetime, *, why: str, seen: int | None = None
) -> MatterState:
    """It is not over after all. What was deleted stays deleted; whoever reopens it sees to it.

    Raises:
        ChangedMeanwhile, NotFound, Refused: as above; or it is not said why.
    """
    return _take(session, matter_id, "reopened", who, now, seen, words=_said(why, "why it is reopened"))


def _take(  # noqa: PLR0913, PLR0917 - a step is all of these
    session: Session,
    matter_id: UUID,
    step: StepKind,
    who: Who,
    now: datetime,
    seen: int | None,
    *,
    to_whom: str = "",
    words: str = "",
) -> MatterState:
    if not tidy(who.name):
        raise Refused("Your name", "is missing.", "Say who you are.")
    matter = matters.hold(session, matter_id)
    editions.take(matter, matter.edition if seen is None else seen)
    matter.state, matter.answer_due_minute = concern_states.after(matter.state, step, matter.kind), None
    last = session.scalar(select(func.max(ConcernStep.place)).where(ConcernStep.matter_id == matter_id)) or 0
    row = ConcernStep(matter_id=matter_id, place=last + 1, step=step, who_id=who.id, who=tidy(who.name))
    row.minute, row.to_whom, row.words = minute_of(now), to_whom, words
    session.add(row)
    about = matters.about(matter_id)
    audit.record(session, ACTS[step], who, inspection_id=matter.inspection_id, about=about, now=now)
    return matter.state


def _let_go(session: Session, matter_id: UUID, now: datetime) -> None:
    """Delete what was said; nothing holds the contact any longer."""
    connection = session.connection()
    nobody = {"words": None, "contact_id": None, "conversation_id": None, "closed_minute": minute_of(now)}
    still_open = (Concern.id == matter_id, Concern.closed_minute.is_(None))
    connection.execute(update(Concern).where(*still_open).values(nobody))
    connection.execute(update(CommentConcern).where(CommentConcern.id == matter_id).values(words=None))
    nothing = {"name": "", "way_to_reach": "", "words": ""}
    connection.execute(update(TalkRequest).where(TalkRequest.id == matter_id).values(nothing))
    session.expire_all()


def _said(words: str, what: str) -> str:
    said = tidy(words)
    if not said:
        raise Refused("This step", f"does not say {what}.", "Write it down: it is the record of what was decided.")
    if len(said) > LONGEST:
        raise Refused("This step", f"says more than {LONGEST:,} letters.", "Shorten it.")
    return said


def _nation(session: Session, matter: Matter) -> Nation:
    found: Nation | None = session.scalar(select(Inspection.nation).where(Inspection.id == matter.inspection_id))
    return found or "england"
