"""Taking a text from the outbox to the provider's door, so that it goes once or a person is asked; never twice.

A sender marks that it hands a text over now (`take`), calls the provider with no transaction open, and keeps what came
of it (settling.py). If it dies after the mark nobody knows whether the text went: it is looked for, never sent again.
A text that somebody may have sent already is only claimed for a while, until the provider was asked; then it is marked
(`begin_posting`). If the sender dies before that, the claim runs out and another sender takes the text.

Every text goes through here and the database takes one writer at a time, so statements are built once, with names for
what changes: building them took a third of the time.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Float, and_, bindparam, case, or_, select, update
from sqlalchemy.orm import Session, defer, joinedload

from fieldwork.models.contacts import Contact
from fieldwork.models.inspections import Inspection, Wave
from fieldwork.models.texts import Conversation, ConversationState, Kind, OutboundText, TextPlan
from fieldwork.numbers import contacts
from fieldwork.sealing import Vault
from fieldwork.texting import outbox, permission
from fieldwork.texting.outbox import DAY, UNASKED
from fieldwork.texting.permission import AT_THE_DOOR, Around, No, Terms

ATTEMPT_BYTES = 16
LEASE = 60  # seconds for which a sender may hold a text before it hands it over
UNASKED_DAYS = 30  # in which nobody is asked twice, whatever became of the database
FRESH = 120  # seconds after its time from which a text is looked for at the provider before it is sent

_OLDEST = (OutboundText.not_before_second, OutboundText.written_second)
_PENCE = bindparam("pence", type_=Float)  # for a part


@dataclass(frozen=True, slots=True)
class InHand:
    """A text that one sender has claimed."""

    id: UUID
    attempt: str
    """The name of this attempt, which the provider gives back with everything it tells of the text."""
    lease_second: int
    number: str
    body: str
    kind: Kind
    look_since: datetime | None
    """Ask the provider first for this text, handed over since then; none where nobody can have sent it."""


def due(session: Session, terms: Terms, now: datetime, most: int) -> list[UUID]:
    """Texts that may be taken now, helping texts and replies first, then the oldest; no more than `most`."""
    given = {"now": int(now.timestamp()), "pence": terms.pence_per_part, "most": most}
    return list(session.connection().scalars(_DUE, given))


_WAITING = and_(OutboundText.state == "waiting", OutboundText.not_before_second <= bindparam("now"))
_FORSAKEN = and_(OutboundText.state == "claimed", OutboundText.lease_second <= bindparam("now"))
_WITH_MONEY = TextPlan.budget_pence > TextPlan.parts * _PENCE
_DUE = (
    select(OutboundText.id)
    .join(Conversation, Conversation.id == OutboundText.conversation_id)
    .join(TextPlan, TextPlan.wave_id == Conversation.wave_id)
    .where(or_(_WAITING, _FORSAKEN), or_(OutboundText.kind == "distress", and_(~TextPlan.stopped, _WITH_MONEY)))
    .order_by(OutboundText.kind != "distress", OutboundText.kind.in_(UNASKED), *_OLDEST)
    .limit(bindparam("most"))
)


def take(session: Session, terms: Terms, text_id: UUID, now: datetime) -> InHand | None:
    """The text, for this sender alone; none where it does not go now.

    It is marked as handed over, under the name of this attempt: once this is committed nobody sends it a second time.
    Where somebody may have sent it already (`look_since`) it is claimed until its lease ends: see `begin_posting`.
    One that may not go is put off, dropped, or held for a person.
    """
    second = int(now.timestamp())
    around = _locked(session, text_id)
    if around is None or not _is_claimable(around.text, second):
        return None
    text, contact = around.text, around.contact
    if contact is None or text.body is None:
        _put_back(session, text, No("dropped"), second)
        return None
    vault = Vault(session, terms.keys, around.wave.inspection_id)
    number = vault.open(contact.number, contacts.place_of(contact.id))
    look_since = _may_be_out_since(around, second)
    why_not = permission.why_not(session, terms, around, number, now)
    if why_not or (look_since is None and (why_not := _pay(session, terms, around, second))):
        _put_back(session, text, why_not, second)
        return None
    held = InHand(
        id=text.id,
        attempt=secrets.token_hex(ATTEMPT_BYTES),
        lease_second=second + LEASE,
        number=number,
        body=vault.open(text.body, outbox.place_of(text.id)),
        kind=text.kind,
        look_since=look_since,
    )
    if look_since is None:
        _mark(session, held, text, second)
    else:
        outbox.change(session, text.id, state="claimed", lease_second=held.lease_second)
    return held


def begin_posting(session: Session, terms: Terms, held: InHand, now: datetime) -> bool:
    """Mark that a claimed text is handed over now, under the name of this attempt; false where it must not be.

    Once this is committed nobody sends it a second time.
    """
    second = int(now.timestamp())
    around = _locked(session, held.id)
    if around is None or around.text.state != "claimed" or around.text.lease_second != held.lease_second:
        return False
    why_not = permission.stopped(session, terms.keys, around, held.number) or _pay(session, terms, around, second)
    if why_not:
        _put_back(session, around.text, why_not, second)
        return False
    _mark(session, held, around.text, second)
    return True


def may_still_go(session: Session, terms: Terms, held: InHand) -> bool:
    """The last look, when the text is about to leave: false where a stop came after the mark.

    The conversation is locked, so no stop is kept before the caller's transaction ends.
    """
    state = lock_conversation_of(session, held.id)
    if state is None or session.connection().scalar(_STATE, {"text": held.id}) != "posting":
        return False
    return not permission.is_ended(session, terms.keys, held.kind, state, held.number)


_STATE = select(OutboundText.state).where(OutboundText.id == bindparam("text"))


def give_back(session: Session, held: InHand, now: datetime, seconds: int) -> None:
    """Let go of a claimed text that was not handed over; it may be tried again after so many seconds."""
    around = _locked(session, held.id)
    if around and around.text.state == "claimed" and around.text.lease_second == held.lease_second:
        second = int(now.timestamp())
        _put_back(session, around.text, No("waiting", second + seconds), second)


def hold(session: Session, text_id: UUID) -> None:
    """Keep a text that was not handed over for a person to look at."""
    mine = (OutboundText.id == text_id, OutboundText.state.in_(("waiting", "claimed")))
    session.execute(update(OutboundText).where(*mine).values(state="held"))


def _may_be_out_since(around: Around, second: int) -> datetime | None:
    """Since when somebody may have sent it: what followed a backup that was put back, only the provider knows.

    None where the text is taken as soon as its time has come: nobody can have been earlier.
    """
    text = around.text
    if text.kind in UNASKED:
        return datetime.fromtimestamp(second - UNASKED_DAYS * DAY, UTC)
    if text.posted_second is not None:
        return datetime.fromtimestamp(text.posted_second - FRESH, UTC)
    if second - text.not_before_second > FRESH:
        return datetime.fromtimestamp(text.not_before_second - FRESH, UTC)
    return None


def _put_back(session: Session, text: OutboundText, why_not: No, second: int) -> None:
    """Where the text stands instead. Put off late, it remembers since when somebody may have sent it."""
    is_late = text.posted_second is None and second - text.not_before_second > FRESH
    remembered = {"posted_second": text.not_before_second} if is_late else {}
    again = max(text.not_before_second, why_not.again)
    outbox.change(session, text.id, state=why_not.state, lease_second=0, not_before_second=again, **remembered)


def _pay(session: Session, terms: Terms, around: Around, second: int) -> No | None:
    """Count the text against the plan, in one statement, so that two senders never spend the same money."""
    given = {"wave": around.wave.id, "more": around.text.parts, "today": second // DAY}
    if around.text.kind == "distress":
        session.connection().execute(_SPEND, given)
        return None
    afforded = session.connection().execute(_SPEND_IF_AFFORDED, given | {"pence": terms.pence_per_part})
    return None if afforded.rowcount == 1 else No("waiting", second + permission.MINUTE)


_PARTS, _SAME_DAY = TextPlan.parts + bindparam("more"), TextPlan.texts_day == bindparam("today")
_SPEND = (
    update(TextPlan)
    .where(TextPlan.wave_id == bindparam("wave"))
    .values(parts=_PARTS, texts=case((_SAME_DAY, TextPlan.texts + 1), else_=1), texts_day=bindparam("today"))
)
_SPEND_IF_AFFORDED = _SPEND.where(
    ~TextPlan.stopped,
    TextPlan.budget_pence >= _PARTS * _PENCE,
    or_(~_SAME_DAY, TextPlan.texts < permission.MOST_A_DAY),
)


def _mark(session: Session, held: InHand, text: OutboundText, second: int) -> None:
    posting = {"state": "posting", "attempt": held.attempt, "tries": text.tries + 1}
    outbox.change(session, text.id, **posting, posted_second=second, lease_second=second + AT_THE_DOOR)


def lock_conversation_of(session: Session, text_id: UUID) -> ConversationState | None:
    """Lock the conversation of a text, as whoever takes in a text of theirs does first; its state, if it has one.

    In another order two would wait for each other. What else is read in this statement may be from before the lock.
    """
    return session.connection().scalar(_LOCK, {"text": text_id})


_OF_TEXT = select(OutboundText.conversation_id).where(OutboundText.id == bindparam("text")).scalar_subquery()
_LOCK = select(Conversation.state).where(Conversation.id == _OF_TEXT).with_for_update()


def _locked(session: Session, text_id: UUID) -> Around | None:
    """The text and all it hangs on, its conversation locked."""
    if lock_conversation_of(session, text_id) is None:
        return None
    found = session.execute(_AROUND, {"text": text_id}, execution_options={"populate_existing": True}).one()
    text, conversation, contact, wave, plan = found
    return Around(text=text, conversation=conversation, contact=contact, wave=wave, plan=plan)


_AROUND = (
    select(OutboundText, Conversation, Contact, Wave, TextPlan)
    .join(Conversation, Conversation.id == OutboundText.conversation_id)
    .join(Wave, Wave.id == Conversation.wave_id)
    .outerjoin(Contact, Contact.id == Conversation.contact_id)
    .outerjoin(TextPlan, TextPlan.wave_id == Conversation.wave_id)
    .where(OutboundText.id == bindparam("text"))
    .options(defer(Wave.names), joinedload(Wave.inspection).load_only(Inspection.nation))  # the rest is long
)


def _is_claimable(text: OutboundText, second: int) -> bool:
    """As `due`, asked again of a text whose conversation is locked."""
    waiting = text.state == "waiting" and text.not_before_second <= second
    return waiting or (text.state == "claimed" and text.lease_second <= second)
