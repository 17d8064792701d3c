"""What came of handing a text over: the provider has it, refused it, could not be reached, or nobody knows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from random import Random
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, case, func, select, update
from sqlalchemy.orm import Session

from fieldwork.models.contacts import Contact
from fieldwork.models.inspections import Wave
from fieldwork.models.texts import Carriage, Conversation, ConversationState, OutboundText, TextPlan
from fieldwork.numbers import contacts
from fieldwork.numbers.suppression import suppress
from fieldwork.sealing import Keys, Vault, vaults
from fieldwork.texting import conversations, outbox
from fieldwork.texting.carriage import InHand, lock_conversation_of
from fieldwork.texting.conversations import ConversationNow
from fieldwork.texting.outbox import DAY, Told, place_of
from fieldwork.texting.undelivered import reason

ASK_AFTER = 15 * 60  # seconds after which a text that nobody knows of is for a person
FIRST_PAUSE, LONGEST_PAUSE = 30, 3600  # seconds before a text that cannot have gone is tried again
MOST_TRIES = 13  # with these pauses, six hours of trying
LOOK_EVERY = 60  # seconds until then
REACHABLE: tuple[ConversationState, ...] = ("waiting", "invited", "asking")

_chance = Random()  # noqa: S311 - spreads tries; nobody gains by guessing it


def accepted(session: Session, text_id: UUID, attempt: str, name: str) -> None:
    """The provider has the text of this attempt, under a name of its own."""
    lock_conversation_of(session, text_id)
    session.connection().execute(_ACCEPT, {"text": text_id, "of_attempt": attempt, "name": name})


_UNKNOWN = OutboundText.state.in_(("posting", "unsure"))
_ACCEPT = (
    update(OutboundText)
    .where(OutboundText.id == bindparam("text"), OutboundText.attempt == bindparam("of_attempt"))
    .values(
        provider_name=func.coalesce(OutboundText.provider_name, bindparam("name")),
        state=case((_UNKNOWN, "accepted"), else_=OutboundText.state),
    )
)


def found_out(session: Session, text: InHand, name: str, now: datetime) -> None:
    """A claimed text turned out to be with the provider already, from a past that the database has forgotten."""
    lock_conversation_of(session, text.id)
    mine = (OutboundText.id == text.id, OutboundText.state == "claimed", OutboundText.lease_second == text.lease_second)
    known = {"attempt": text.attempt, "provider_name": name, "posted_second": int(now.timestamp())}
    session.execute(update(OutboundText).where(*mine).values(state="accepted", **known))


def refused(session: Session, keys: Keys, text: InHand, code: int, today: date) -> None:
    """The provider will not carry the text of this attempt. It is not tried again.

    Where something of ours has to be put right first, the text waits for a person to release it.
    """
    if reason(code).blame == "ours":
        _undone(session, text, state="held", error_code=code, posted_second=None)
        return
    of_number = _held_conversations(session, keys, OutboundText.id == text.id, code)
    _undone(session, text, state="failed", error_code=code)
    _conclude(session, keys, of_number, code, today)


def told(  # noqa: PLR0913, PLR0917 - as the provider tells it
    session: Session, keys: Keys, attempt: str, name: str | None, word: str, code: int | None, now: datetime
) -> Told:
    """Keep what the provider tells of a text, and what follows from it for the person: see `outbox.status`."""
    of_number = _held_conversations(session, keys, OutboundText.attempt == attempt, code) if code else None
    news = outbox.status(session, attempt, name, word, code, now)
    if news == "moved" and code:
        _conclude(session, keys, of_number, code, now.date())
    return news


@dataclass(frozen=True, slots=True)
class _Held:
    """Everything with one number, held until the transaction ends."""

    number: str
    mine: UUID
    conversations: Sequence[ConversationNow]


def _held_conversations(session: Session, keys: Keys, which: ColumnElement[bool], code: int) -> _Held | None:
    """The conversations with the number of that text, where the code says something about the number."""
    if reason(code).blame not in {"number", "stop"}:
        return None
    of_text = select(Contact, Conversation.id).join(Conversation, Conversation.contact_id == Contact.id)
    found = session.execute(of_text.join(OutboundText).where(which)).one_or_none()
    if found is None:
        return None
    number = contacts.number_of(session, keys, found[0])
    indexes = [vault.index(number) for vault in vaults(session, keys)]
    return _Held(number, found[1], conversations.hold(session, indexes))


def _conclude(session: Session, keys: Keys, held: _Held | None, code: int, today: date) -> None:
    """Somebody who opted out at the provider gets no more texts at all; a number that takes none is asked no more."""
    if held is None:
        return
    if reason(code).blame == "stop":
        suppress(session, held.number, keys, today)
        for one in held.conversations:
            conversations.break_off(session, one)
        return
    for one in held.conversations:
        if one.id == held.mine and one.state in REACHABLE:
            outbox.drop_waiting(session, one)
            conversations.save(session, replace(one, state="unreachable"))


def try_again(session: Session, text: InHand, now: datetime) -> None:
    """The text cannot have gone: put it back for a while, longer each time; after six hours of it, for a person."""
    tries = session.scalar(select(OutboundText.tries).where(OutboundText.id == text.id)) or 0
    if tries >= MOST_TRIES:
        _undone(session, text, state="held", posted_second=None)
        return
    again = int(now.timestamp()) + pause_after(tries)
    _undone(session, text, state="waiting", lease_second=0, posted_second=None, not_before_second=again)


def pause_after(tries: int) -> int:
    """Seconds to the next try: doubled each time up to an hour, and a little off, so that not all come at once."""
    pause = min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)
    return int(pause * _chance.uniform(0.75, 1.0))


def withdrawn(session: Session, text: InHand) -> None:
    """A stop came between the mark and the call, and the call was not made."""
    _undone(session, text, state="dropped")


@dataclass(frozen=True, slots=True)
class Missing:
    """A text of which nobody knows whether the provider has it."""

    id: UUID
    attempt: str
    number: str
    body: str
    posted: datetime
    state: Carriage


def missing(session: Session, keys: Keys, now: datetime, most: int) -> list[Missing]:
    """Texts marked as handed over whose sender has been silent for too long; no more than `most`.

    Those that a person was given are among them now and then, for a day: the provider may still tell.
    """
    second = int(now.timestamp())
    unknown = (OutboundText.state.in_(("posting", "unsure")), OutboundText.lease_second <= second)
    recent = (OutboundText.posted_second > second - DAY, OutboundText.body.is_not(None))
    rows = session.execute(
        select(OutboundText, Contact, Wave.inspection_id)
        .join(Conversation, Conversation.id == OutboundText.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .join(Wave, Wave.id == Conversation.wave_id)
        .where(*unknown, *recent)
        .order_by(OutboundText.lease_second)
        .limit(most)
    )
    return [
        Missing(
            text.id,
            text.attempt or "",
            contacts.number_of(session, keys, contact),
            Vault(session, keys, inspection_id).open(text.body or "", place_of(text.id)),
            datetime.fromtimestamp(text.posted_second or 0, UTC),
            text.state,
        )
        for text, contact, inspection_id in rows
    ]


def not_found(session: Session, each: Missing, now: datetime) -> None:
    """The provider does not list it: look again in a minute, and after a quarter of an hour give it to a person."""
    old = (now - each.posted).total_seconds() >= ASK_AFTER
    again = int(now.timestamp()) + (LONGEST_PAUSE if old else LOOK_EVERY)
    still = (OutboundText.id == each.id, OutboundText.attempt == each.attempt, OutboundText.state == each.state)
    values = {"state": "unsure" if old else each.state, "lease_second": again}
    session.execute(update(OutboundText).where(*still).values(values))


def ours(session: Session, names: Iterable[str]) -> set[str]:
    """Those of the provider's names that belong to a text of ours already."""
    wanted = select(OutboundText.provider_name).where(OutboundText.provider_name.in_(list(names)))
    return {name for name in session.scalars(wanted) if name}


def _undone(session: Session, text: InHand, **values: object) -> None:
    """The attempt came to nothing: so stands the text now, and its price goes back to the plan."""
    lock_conversation_of(session, text.id)
    mine = (OutboundText.id == text.id, OutboundText.attempt == text.attempt, OutboundText.state == "posting")
    undone = update(OutboundText).where(*mine).values(**values)
    if session.connection().execute(undone).rowcount:
        of_text = select(OutboundText.parts, Conversation.wave_id).join(
            Conversation, Conversation.id == OutboundText.conversation_id
        )
        parts, wave_id = session.execute(of_text.where(OutboundText.id == text.id)).one()
        spent = TextPlan.parts - parts
        session.execute(
            update(TextPlan).where(TextPlan.wave_id == wave_id).values(parts=spent, texts=TextPlan.texts - 1)
        )
