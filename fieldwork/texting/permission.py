"""Whether a text may go now: what the person, the end, the office, the budget and the hour of the day say to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session

from fieldwork import hours
from fieldwork.models.contacts import Contact
from fieldwork.models.inspections import Wave
from fieldwork.models.texts import Conversation, ConversationState, Kind, OutboundText, TextPlan
from fieldwork.numbers import contacts
from fieldwork.numbers.suppression import is_suppressed
from fieldwork.sealing import Keys
from fieldwork.texting.outbox import DAY, RANK, UNASKED

MINUTE, HOUR = 60, 3600
MOST_A_DAY = 5000  # texts of one wave: ten each for five hundred people, and a stop to whatever runs wild
AT_THE_DOOR = 30  # seconds a call may last; after them the sender is taken for dead
AT_ONCE = 10 * MINUTE  # a helping text goes at any hour while the person still has the phone in hand

PARTING: frozenset[Kind] = frozenset({"not_me", "declined", "start_again"})  # direct replies to somebody who goes
ASKING: frozenset[Kind] = frozenset({"invitation", "reminder", "question", "ask_again", "last_ask", "web_link"})
GONE: frozenset[ConversationState] = frozenset({"refused", "broken_off", "wrong_person"})
OVER: frozenset[ConversationState] = GONE | {"paused", "finished", "partial", "closed"}
TALKING: frozenset[ConversationState] = frozenset({"asking", "paused"})


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms texts go out."""

    keys: Keys
    practice: bool
    """Lifts the hours of the day and the spreading: nobody's phone is reached."""
    pence_per_part: float


@dataclass(frozen=True, slots=True)
class Around:
    """A text and all it hangs on."""

    text: OutboundText
    conversation: Conversation
    contact: Contact | None
    wave: Wave
    plan: TextPlan | None


@dataclass(frozen=True, slots=True)
class No:
    """That a text does not go now: what becomes of it, and the second before which it is not tried again."""

    state: Literal["waiting", "held", "dropped"]
    again: int = 0


def why_not(session: Session, terms: Terms, around: Around, number: str, now: datetime) -> No | None:
    """What stands in the way of the text now; none where it may go."""
    second = int(now.timestamp())
    return (
        _age(around.text, second)
        or stopped(session, terms.keys, around, number)
        or no_money(around, terms, second)
        or _not_its_turn(session, around.text, second)
        or (_shared_number(session, terms.keys, around, number, second) if around.text.kind == "invitation" else None)
        or (None if terms.practice else _hours(session, around, now))
    )


def stopped(session: Session, keys: Keys, around: Around, number: str) -> No | None:
    """Whether the person, the end of the conversation or of the wave, or the office has put a stop to the text."""
    kind = around.text.kind
    if is_ended(session, keys, kind, around.conversation.state, number):
        return No("dropped")
    if around.wave.closed and kind in ASKING:
        return No("dropped")
    if kind != "distress" and (around.plan is None or around.plan.stopped):
        return No("waiting")
    return None


def is_ended(session: Session, keys: Keys, kind: Kind, state: ConversationState, number: str) -> bool:
    """True where such a text is no longer wanted in a conversation in this state, or not by this number at all."""
    if kind in PARTING:
        return False
    unwanted = state in GONE or (kind in ASKING and state in OVER) or (kind in UNASKED and state == "unreachable")
    return unwanted or is_suppressed(session, number, keys)


def no_money(around: Around, terms: Terms, second: int) -> No | None:
    """Whether the budget or the day's limit is reached; a helping text goes whatever it costs."""
    plan, text = around.plan, around.text
    if plan is None or text.kind == "distress":
        return None
    spent_today = plan.texts if plan.texts_day == second // DAY else 0
    too_dear = (plan.parts + text.parts) * terms.pence_per_part > plan.budget_pence
    return No("waiting", second + HOUR) if too_dear or spent_today >= MOST_A_DAY else None


def _age(text: OutboundText, second: int) -> No | None:
    if text.give_up_second <= second:
        return No("dropped")
    return No("held") if second - text.not_before_second > DAY else None


def _not_its_turn(session: Session, text: OutboundText, second: int) -> No | None:
    """Texts of a conversation go one at a time, in the order of what they reply to, however often one is put off.

    A helping text waits only for one that is under way.
    """
    given = {"conversation": text.conversation_id, "text": text.id, "now": second, "dead": second - AT_THE_DOOR}
    if text.kind == "distress":
        until = session.connection().scalar(_UNDER_WAY, given)
    else:
        until = session.connection().scalar(_IN_FRONT, given | {"written": text.written_second})
    return None if until is None else No("waiting", max(second + 1, until))


_UNTIL = select(func.max(OutboundText.not_before_second)).where(
    OutboundText.conversation_id == bindparam("conversation"), OutboundText.id != bindparam("text")
)
_CLAIMED = (OutboundText.state == "claimed") & (OutboundText.lease_second > bindparam("now"))
_POSTING = (OutboundText.state == "posting") & (OutboundText.posted_second > bindparam("dead"))
_BEFORE = (OutboundText.written_second < bindparam("written")) & OutboundText.kind.not_in(UNASKED)
_UNDER_WAY = _UNTIL.where(_CLAIMED | _POSTING)
_IN_FRONT = _UNTIL.where(_CLAIMED | _POSTING | (OutboundText.state.in_(("waiting", "claimed")) & _BEFORE))


def _shared_number(session: Session, keys: Keys, around: Around, number: str, second: int) -> No | None:
    """One open conversation a number: who shares it with somebody being asked in another wave waits."""
    others = [each for each in contacts.of_number(session, keys, number) if each.id != around.conversation.id]
    invited = [each.id for each in others if each.state == "invited"]
    reached = exists().where(OutboundText.conversation_id.in_(invited), OutboundText.state.in_(RANK))
    talking = any(each.state in TALKING for each in others) or session.scalar(select(reached))
    return No("waiting", second + HOUR) if talking else None


def _hours(session: Session, around: Around, now: datetime) -> No | None:
    second, text = int(now.timestamp()), around.text
    if text.kind in UNASKED:
        opening = int(hours.next_opening(around.wave.inspection.nation, now).timestamp())
        return No("waiting", opening) if opening > second else _too_many_unasked(session, second)
    if text.kind == "distress" and second - text.written_second <= AT_ONCE:
        return None
    return None if hours.may_reply(now) else No("waiting", int(hours.next_reply(now).timestamp()))


def _too_many_unasked(session: Session, second: int) -> No | None:
    """However many senders there are and whatever has piled up: so many in a minute and no more."""
    recent = (
        OutboundText.kind.in_(UNASKED),
        OutboundText.posted_second > second - MINUTE,
        OutboundText.state.in_(RANK),
    )
    count = session.scalar(select(func.count()).where(*recent)) or 0
    return No("waiting", second + MINUTE // hours.MOST_A_MINUTE) if count >= hours.MOST_A_MINUTE else None
