"""What a wave may spend on texts, and when its people are texted. A wave without a plan texts nobody."""

from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from fieldwork.faults import Refused
from fieldwork.models.inspections import Wave
from fieldwork.models.texts import Conversation, TextPlan


def start(session: Session, wave: Wave, budget_pence: int, today: date, *, partial_counts: bool = False) -> TextPlan:
    """The plan of the wave: texts may go, until so much is spent in all. A plan that was stopped goes on.

    Raises:
        Refused: the wave is closed.
    """
    if wave.closed:
        raise Refused(wave.name, f"closed on {wave.closed:%d %B %Y}.", "Nobody of it can be texted any more.")
    plan = session.get(TextPlan, wave.id) or TextPlan(wave_id=wave.id, parts=0, texts=0)
    plan.budget_pence, plan.stopped = budget_pence, False
    plan.partial_counts = plan.partial_counts or partial_counts
    plan.started = plan.started or today
    session.add(plan)
    session.flush()
    return plan


def stop(session: Session, wave: Wave) -> None:
    """Hand nothing more over for this wave, helping texts excepted, until it is started again.

    Raises:
        Refused: it was never started.
    """
    plan = session.get(TextPlan, wave.id)
    if plan is None:
        raise Refused(wave.name, "has not been texted.", "There is nothing to stop.")
    plan.stopped = True
    session.flush()


def begin(session: Session, conversation: Conversation) -> bool:
    """Begin a conversation that has not been begun, by an invitation; false where it was meanwhile."""
    waiting = (Conversation.id == conversation.id, Conversation.state == "waiting")
    return session.connection().execute(update(Conversation).where(*waiting).values(state="invited")).rowcount == 1


def count_invited(session: Session, wave: Wave, count: int) -> None:
    """So many more were invited."""
    session.execute(update(Wave).where(Wave.id == wave.id).values(codes_made=Wave.codes_made + count))


def of_wave(session: Session, wave: Wave) -> TextPlan | None:
    """The plan of the wave; none where nobody of it was texted."""
    return session.get(TextPlan, wave.id)
