"""The outbox: a text to send is a row, written in the transaction of its cause. Who carries it is in carriage.py."""

import logging
from datetime import datetime, timedelta
from typing import Literal, Protocol
from uuid import UUID, uuid4

from sqlalchemy import Connection, Integer, bindparam, case, func, insert, select, update
from sqlalchemy.orm import Session

from fieldwork.models.texts import Carriage, Kind, OutboundText
from fieldwork.sealing import Vault
from surveys.gsm import count_parts

logger = logging.getLogger(__name__)

DAY = 24 * 60 * 60
UNASKED: frozenset[Kind] = frozenset({"invitation", "reminder"})  # texts that answer nothing
KEEPS = {True: timedelta(days=7), False: timedelta(days=2)}  # how long a text is worth sending: unasked, or a reply

NOT_HANDED_OVER: tuple[Carriage, ...] = ("waiting", "claimed", "held")
FINAL: tuple[Carriage, ...] = ("delivered", "undelivered", "failed")

# The provider's words, and where each stands: a text only ever moves up, in whatever order it is told of.
WORDS: dict[str, Carriage] = {
    "accepted": "accepted",
    "scheduled": "accepted",
    "queued": "accepted",
    "sending": "accepted",
    "sent": "sent",
    "partially_delivered": "sent",
    "canceled": "failed",
    "failed": "failed",
    "undelivered": "undelivered",
    "delivered": "delivered",
    "read": "delivered",
}
RANK: dict[Carriage, int] = {
    "posting": 0,
    "unsure": 0,
    "accepted": 1,
    "sent": 2,
    "failed": 3,
    "undelivered": 4,
    "delivered": 5,
}
Told = Literal["moved", "no news", "unknown word", "unknown text"]


class Known(Protocol):
    """A conversation, or a text that came in, as whoever has it in hand knows it."""

    @property
    def id(self) -> UUID:
        """Its key."""


class Keyed(Protocol):
    """A row, or what was read of one."""

    @property
    def id(self) -> UUID:
        """Its key."""


def write(  # noqa: PLR0913, PLR0917 - what, to whom, why and when: each is one fact of a text
    session: Session,
    conversation: Keyed,
    kind: Kind,
    body: str,
    vault: Vault,
    now: datetime,
    *,
    cause: Keyed | None = None,
    question_id: str | None = None,
    not_before: datetime | None = None,
    give_up: datetime | None = None,
) -> UUID:
    """The key of a text to send, written in the caller's transaction. `body` is as it will be sent, when it may leave.

    Whoever carries it keeps the hours of the day; `not_before` is only for spreading. Of two texts of a conversation
    the later one always has the later `written_second`, which is their order on the phone.
    `cause` is the inbound text that this replies to: the database refuses a second reply to it.
    """
    due = not_before or now
    text_id = uuid4()
    text = {
        "id": text_id,
        "conversation_id": conversation.id,
        "cause_id": cause.id if cause else None,
        "kind": kind,
        "question_id": question_id,
        "body": vault.seal(body, place_of(text_id)),
        "parts": count_parts(body).parts,
        "of_conversation": conversation.id,
        "now_second": int(now.timestamp()),
        "not_before_second": int(due.timestamp()),
        "give_up_second": int((give_up or due + KEEPS[kind in UNASKED]).timestamp()),
    }
    session.flush()
    session.connection().execute(_WRITE, text)  # a reply is written for every text that comes in: no object is made
    return text_id


_LAST, _NOW = func.max(OutboundText.written_second), bindparam("now_second", type_=Integer)
_AFTER_THE_LAST = select(case((_LAST >= _NOW, _LAST + 1), else_=_NOW)).where(
    OutboundText.conversation_id == bindparam("of_conversation")
)
_WRITE = insert(OutboundText).values(written_second=_AFTER_THE_LAST.scalar_subquery())


def place_of(text_id: object) -> str:
    """Where the sealed body of that text stands, bound into its seal."""
    return f"outbound_texts:{text_id}:body"


def drop_waiting(session: Session, conversation: Keyed) -> int:
    """Drop every text of the conversation that was not handed over, for good; how many.

    A sender that has one in hand finds it gone just before handing it over.
    """
    mine = (OutboundText.conversation_id == conversation.id, OutboundText.state.in_(NOT_HANDED_OVER))
    session.flush()
    return session.connection().execute(update(OutboundText).where(*mine).values(state="dropped")).rowcount


def handed_over(session: Session, conversation: Known, question_id: str) -> int | None:
    """The second since 1970 at which a text asking this question was last handed to the provider; none while none was.

    It counts from just before the call: from then on nobody can take it back.
    """
    return session.scalar(
        select(func.max(OutboundText.posted_second)).where(
            OutboundText.conversation_id == conversation.id,
            OutboundText.question_id == question_id,
            OutboundText.state.in_(RANK),
        )
    )


def status(  # noqa: PLR0913, PLR0917 - as the provider tells it
    session: Session,
    attempt: str,
    provider_name: str | None,
    word: str,
    error_code: int | None,
    now: datetime,  # noqa: ARG001 - when news came is kept nowhere; callers need not know that
) -> Told:
    """Keep what the provider tells of a text. It moves up by rank or stays, so order and repeats do not matter.

    The name of the attempt settles a text of which nobody knew whether it had been handed over.
    """
    text = session.connection().execute(_OF_ATTEMPT, {"wanted": attempt}).one_or_none()
    if text is None:
        return "unknown text"
    if text.provider_name is None and provider_name and text.state in RANK:
        change(session, text.id, provider_name=provider_name)
    if (state := WORDS.get(word)) is None:
        logger.warning("The provider told a status of a text that is not known here; the text is left as it was.")
        return "unknown word"
    if not _moves(text.state, state):
        return "no news"
    change(session, text.id, state=state, error_code=error_code if state in {"failed", "undelivered"} else None)
    return "moved"


def is_old(connection: Connection, attempt: str, provider_name: str | None, word: str) -> bool:
    """True for what the provider need not have told: nothing would be kept of it, and nobody has to wait for a turn.

    It stays old whatever happens meanwhile, for a text only ever moves up.
    """
    text = connection.execute(_SEEN, {"wanted": attempt}).one_or_none()
    state = WORDS.get(word)
    if text is None or state is None or (provider_name and text.provider_name is None):
        return False
    return not _moves(text.state, state)


def _moves(state: Carriage, told: Carriage) -> bool:
    return RANK.get(state, len(RANK)) < RANK[told]


_SEEN = select(OutboundText.id, OutboundText.state, OutboundText.provider_name).where(
    OutboundText.attempt == bindparam("wanted")
)
_OF_ATTEMPT = _SEEN.with_for_update()


def change(session: Session, text_id: UUID, **values: object) -> None:
    """Let the text stand so, by its columns. The caller holds it, or its conversation."""
    session.connection().execute(_CHANGE, {"text": text_id, **values})


_CHANGE = update(OutboundText).where(OutboundText.id == bindparam("text"))
