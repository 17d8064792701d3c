"""Texts that came in: each is taken once, however often it is brought, and of strangers only a count is kept."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from fieldwork.models.texts import InboundText, StrangerCount
from fieldwork.sealing import Keys, Vault, message_mark
from fieldwork.upserts import Upsert

_ONCE = Upsert(InboundText, key=["mark"])
_A_DAY = Upsert(StrangerCount, key=["day"])


def remember(  # noqa: PLR0913 - each is a column
    session: Session,
    keys: Keys,
    sid: str,
    *,
    conversation_id: UUID,
    body: str,
    vault: Vault,
    now: datetime,
    rung: str,
    question_id: str | None = None,
    read_as: str | None = None,
    for_a_person: bool = False,
) -> UUID | None:
    """The key under which the text is kept now; none where it came before, and nothing is to be done about it again."""
    text_id = uuid4()
    is_new = _ONCE.run(
        session,
        id=text_id,
        mark=message_mark(sid, keys),
        conversation_id=conversation_id,
        received_second=int(now.timestamp()),
        body=vault.seal(body, place_of(text_id)),
        question_id=question_id,
        rung=rung,
        read_as=read_as,
        for_a_person=for_a_person,
    )
    return text_id if is_new else None


def place_of(text_id: UUID) -> str:
    """Where the sealed body of that text stands, bound into its seal."""
    return f"inbound_texts:{text_id}:body"


def count_stranger(session: Session, day: date) -> None:
    """Count a text from a number that we do not know. Neither the number nor the text is kept."""
    if not _A_DAY.run(session, day=day, count=1):
        one_more = update(StrangerCount).where(StrangerCount.day == day).values(count=StrangerCount.count + 1)
        session.connection().execute(one_more)
