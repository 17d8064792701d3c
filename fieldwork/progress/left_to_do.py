"""What of a wave waits for a person, counted: texts, conversations, booklets. And what may still be spent."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldwork.models.inspections import Wave
from fieldwork.models.paper import Booklet, BookletState, PaperPlan
from fieldwork.models.texts import Conversation, OutboundText
from fieldwork.texting import text_plans


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts and conversations that go no further without a person; counts by the provider's code where it gave one."""

    held: tuple[tuple[int | None, int], ...]
    unsure: int
    paused: int
    stopped: bool
    """True where somebody stopped the texts of the wave."""
    budget_pence: int | None
    """None where nobody of the wave is texted."""


@dataclass(frozen=True, slots=True)
class Booklets:
    """Booklets of the wave, counted by what is to be done with them."""

    keyed: int
    half_keyed: int
    to_key_again: int
    to_settle: int


def texts(session: Session, wave: Wave) -> Texts:
    """What waits among the texts of the wave."""
    wanted = (
        select(OutboundText.state, OutboundText.error_code, func.count())
        .join(Conversation, Conversation.id == OutboundText.conversation_id)
        .where(Conversation.wave_id == wave.id, OutboundText.state.in_(("held", "unsure")))
        .group_by(OutboundText.state, OutboundText.error_code)
    )
    held: Counter[int | None] = Counter()
    unsure = 0
    for state, code, count in session.execute(wanted):
        if state == "unsure":
            unsure += count
        else:
            held[code] += count
    paused = select(func.count()).where(Conversation.wave_id == wave.id, Conversation.state == "paused")
    plan = text_plans.of_wave(session, wave)
    return Texts(
        held=tuple(sorted(held.items(), key=lambda each: each[0] or 0)),
        unsure=unsure,
        paused=session.scalar(paused) or 0,
        stopped=plan is not None and plan.stopped,
        budget_pence=plan.budget_pence if plan else None,
    )


def booklets(session: Session, wave: Wave) -> Booklets:
    """What is to be done with the booklets of the wave."""
    by_state = select(Booklet.state, func.count()).where(Booklet.wave_id == wave.id).group_by(Booklet.state)
    waiting: dict[BookletState, int] = {state: count for state, count in session.execute(by_state)}  # noqa: C416 - dict() loses the types
    return Booklets(
        keyed=session.scalar(select(PaperPlan.booklets).where(PaperPlan.wave_id == wave.id)) or 0,
        half_keyed=waiting.get("first", 0),
        to_key_again=waiting.get("second", 0),
        to_settle=waiting.get("differs", 0),
    )
