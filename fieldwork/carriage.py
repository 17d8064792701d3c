"""Taking a text from the outbox to the provider's door, so that it goes once or a person is asked; never twice.

A sender claims a text for a while (`claim`), marks that it hands it over now (`begin_posting`), calls the provider
with no transaction open, and keeps what came of it (settling.py). If it dies before the mark, the claim runs out and
another sender takes the text. If it dies after the mark nobody knows whether the text went: it is looked for, never
sent again.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, or_, select, update
from sqlalchemy.orm import Session, defer, joinedload

from fieldwork import contacts, permission
from fieldwork.models.contacts import Contact
from fieldwork.models.inspections import Inspection, Wave
from fieldwork.models.texts import Conversation, Kind, OutboundText, TextPlan
from fieldwork.outbox import DAY, UNASKED, place_of
from fieldwork.permission import AT_THE_DOOR, Around, No, Terms
from fieldwork.sealing import Vault

ATTEMPT_BYTES = 16
LEASE = 60  # seconds for which a sender may hold a text before it hands it over
UNASKED_DAYS = 30  # in which nobody is asked twice, whatever became of the database
FRESH = 120  # seconds after its time from which a text is looked for at the provider before it is sent

_OLDEST = (OutboundText.not_before_second, OutboundText.written_second)


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
    """Texts that may be claimed now, helping texts and replies first, then the oldest; no more than `most`."""
    with_money = TextPlan.budget_pence > TextPlan.parts * terms.pence_per_part
    going_on = or_(OutboundText.kind == "distress", and_(~TextPlan.stopped, with_money))
    wanted = (
        select(OutboundText.id)
        .join(Conversation, Conversation.id == OutboundText.conversation_id)
        .join(TextPlan, TextPlan.wave_id == Conversation.wave_id)
        .where(_claimable(int(now.timestamp())), going_on)
        .order_by(OutboundText.kind != "distress", OutboundText.kind.in_(UNASKED), *_OLDEST)
    )
    return list(session.scalars(wanted.limit(most)))


def claim(session: Session, terms: Terms, text_id: UUID, now: datetime) -> InHand | None:
    """The text, for this sender alone until its lease ends; none where it does not go now.

    One that may not go is put off, dropped, or held for a person.
    """
    second = int(now.timestamp())
    around = _locked(session, text_id)
    if around is None or not _take(session, around.text, second):
        return None
    text = around.text
    if around.contact is None or text.body is None:
        _put_back(session, text, No("dropped"), second)
        return None
    number = contacts.number_of(session, terms.keys, around.contact)
    if why_not := permission.why_not(session, terms, around, number, now):
        _put_back(session, text, why_not, second)
        return None
    body = Vault(session, terms.keys, around.wave.inspection_id).open(text.body, place_of(text.id))
    return InHand(
        id=text.id,
        attempt=secrets.token_hex(ATTEMPT_BYTES),
        lease_second=second + LEASE,
        number=number,
        body=body,
        kind=text.kind,
        look_since=_may_be_out_since(around, second),
    )


def begin_posting(session: Session, terms: Terms, held: InHand, now: datetime) -> bool:
    """Mark that the text is handed over now, under the name of this attempt; false where it must not be.

    Once this is committed nobody sends it a second time.
    """
    second = int(now.timestamp())
    around = _locked(session, held.id)
    if around is None or around.text.state != "claimed" or around.text.lease_second != held.lease_second:
        return False
    text = around.text
    why_not = permission.stopped(session, terms.keys, around, held.number) or _pay(session, terms, around, second)
    if why_not:
        _put_back(session, text, why_not, second)
        return False
    text.state, text.attempt, text.tries = "posting", held.attempt, text.tries + 1
    text.posted_second, text.lease_second = second, second + AT_THE_DOOR
    session.flush()
    return True


def may_still_go(session: Session, terms: Terms, held: InHand) -> bool:
    """The last look, when the text is about to leave: false where a stop came after the mark.

    The conversation is locked, so no stop is kept before the caller's transaction ends.
    """
    around = _locked(session, held.id)
    if around is None or around.text.state != "posting":
        return False
    return not permission.is_ended(session, terms.keys, around.text.kind, around.conversation.state, held.number)


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
    if text.posted_second is None and second - text.not_before_second > FRESH:
        text.posted_second = text.not_before_second
    text.state, text.lease_second = why_not.state, 0
    text.not_before_second = max(text.not_before_second, why_not.again)
    session.flush()


def _pay(session: Session, terms: Terms, around: Around, second: int) -> No | None:
    """Count the text against the plan, in one statement, so that two senders never spend the same money."""
    parts, today = around.text.parts, second // DAY
    same_day = TextPlan.texts_day == today
    counted = {"parts": TextPlan.parts + parts, "texts": case((same_day, TextPlan.texts + 1), else_=1)}
    mine = update(TextPlan).where(TextPlan.wave_id == around.wave.id).values(**counted, texts_day=today)
    if around.text.kind != "distress":
        affordable = (TextPlan.parts + parts) * terms.pence_per_part <= TextPlan.budget_pence
        mine = mine.where(~TextPlan.stopped, affordable, or_(~same_day, TextPlan.texts < permission.MOST_A_DAY))
    paid = session.connection().execute(mine).rowcount == 1
    return None if paid or around.text.kind == "distress" else No("waiting", second + permission.MINUTE)


def _locked(session: Session, text_id: UUID) -> Around | None:
    """The text and all it hangs on. Its conversation is locked first, as by whoever takes in a text of theirs.

    What is read with the lock may be from before it; so the rest is read after it.
    """
    of_text = select(OutboundText.conversation_id).where(OutboundText.id == text_id).scalar_subquery()
    held = select(Conversation).where(Conversation.id == of_text).with_for_update()
    conversation = session.scalar(held, execution_options=_AFRESH)
    if conversation is None:
        return None
    text, contact, wave, plan = session.execute(_AROUND, {"text": text_id}, execution_options=_AFRESH).one()
    return Around(text=text, conversation=conversation, contact=contact, wave=wave, plan=plan)


_AFRESH = {"populate_existing": True}
_AROUND = (
    select(OutboundText, Contact, Wave, TextPlan)
    .join(Conversation, Conversation.id == OutboundText.conversation_id)
    .join(Wave, Wave.id == Conversation.wave_id)
    .outerjoin(Contact, Contact.id == Conversation.contact_id)
    .outerjoin(TextPlan, TextPlan.wave_id == Conversation.wave_id)
    .where(OutboundText.id == bindparam("text"))
    .options(defer(Wave.names), joinedload(Wave.inspection).load_only(Inspection.nation))  # the rest is long
)


def _claimable(second: int) -> ColumnElement[bool]:
    waiting = and_(OutboundText.state == "waiting", OutboundText.not_before_second <= second)
    forsaken = and_(OutboundText.state == "claimed", OutboundText.lease_second <= second)
    return or_(waiting, forsaken)


def _take(session: Session, text: OutboundText, second: int) -> bool:
    values = {"state": "claimed", "lease_second": second + LEASE}
    wanted = update(OutboundText).where(OutboundText.id == text.id, _claimable(second)).values(values)
    taken = session.connection().execute(wanted).rowcount == 1
    session.refresh(text)
    return taken
