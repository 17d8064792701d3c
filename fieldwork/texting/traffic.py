"""What went and what came, counted; and what of it is left to do."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from fieldwork.models.inspections import Wave
from fieldwork.models.texts import Carriage, Conversation, InboundText, OutboundText
from fieldwork.numbers import contacts
from fieldwork.sealing import Keys, message_mark
from fieldwork.texting.outbox import DAY

REDACT_WITHIN = 30 * DAY
AT_ONCE = 500


def last_known(session: Session, now: datetime) -> datetime:
    """The last moment of which this database knows: when a text last went or came. Now, where there is none.

    A backup that was put back knows nothing of what came later; the provider does.
    """
    went = session.scalar(select(func.max(OutboundText.posted_second)))
    came = session.scalar(select(func.max(InboundText.received_second)))
    known = [second for second in (went, came) if second is not None]
    return min(datetime.fromtimestamp(max(known), UTC), now) if known else now


def to_redact(session: Session, before: datetime, most: int) -> list[str]:
    """The provider's names of texts, handed over before then, whose words it still has; no more than `most`."""
    second = int(before.timestamp())
    gone = OutboundText.provider_name.is_not(None) & ~OutboundText.redacted
    then = (OutboundText.posted_second < second, OutboundText.posted_second > second - REDACT_WITHIN)
    wanted = select(OutboundText.provider_name).where(gone, *then).order_by(OutboundText.posted_second).limit(most)
    return [name for name in session.scalars(wanted) if name]


def redacted(session: Session, name: str) -> None:
    """The provider has the words of this text no longer."""
    session.execute(update(OutboundText).where(OutboundText.provider_name == name).values(redacted=True))


def known(session: Session, keys: Keys, names: Sequence[str]) -> set[str]:
    """Those of the provider's names for texts that came in which have been taken in."""
    found: set[str] = set()
    for start in range(0, len(names), AT_ONCE):
        marks = {message_mark(name, keys): name for name in names[start : start + AT_ONCE]}
        wanted = select(InboundText.mark).where(InboundText.mark.in_(list(marks)))
        found |= {marks[mark] for mark in session.scalars(wanted)}
    return found


def may_be_blanked(session: Session, keys: Keys, name: str, number: str) -> bool:
    """True for a text that has been taken in, and for one of a stranger, of which nothing is kept."""
    return bool(known(session, keys, [name])) or not contacts.of_number(session, keys, number)


def counts(session: Session, wave: Wave) -> dict[tuple[Carriage, int | None], int]:
    """How many texts of the wave stand where, by error code. Those of conversations that are over lead to no wave."""
    wanted = (
        select(OutboundText.state, OutboundText.error_code, func.count())
        .join(Conversation, Conversation.id == OutboundText.conversation_id)
        .where(Conversation.wave_id == wave.id)
        .group_by(OutboundText.state, OutboundText.error_code)
    )
    return {(state, code): count for state, code, count in session.execute(wanted)}


def waiting_now(session: Session, now: datetime) -> int:
    """How many texts are waiting whose time has come."""
    due = (OutboundText.state.in_(("waiting", "claimed")), OutboundText.not_before_second <= int(now.timestamp()))
    return session.scalar(select(func.count()).where(*due)) or 0
