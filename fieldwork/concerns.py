"""People who want to talk to someone. What they tell us is kept apart from all answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldwork.models.concerns import TalkRequest
from fieldwork.models.inspections import Inspection
from fieldwork.moments import minute_of, moment_of
from fieldwork.upserts import Upsert
from surveys.reading import tidy
from surveys.text import Language

_ONCE = Upsert(TalkRequest, key=["id"])


def ask_to_talk(  # noqa: PLR0913, PLR0917 - each is one line of the form
    session: Session,
    inspection: Inspection | None,
    name: str,
    way_to_reach: str,
    words: str,
    language: Language,
    now: datetime,
    *,
    request_id: UUID | None = None,
) -> TalkRequest:
    """The request, kept: what to call the person, how to reach them, and what they want to say.

    The same `request_id` again, from a button pressed twice, gives the request that is there.
    """
    key = request_id or uuid4()
    _ONCE.run(
        session,
        id=key,
        inspection_id=inspection.id if inspection else None,
        name=tidy(name),
        way_to_reach=tidy(way_to_reach),
        words=tidy(words),
        language=language,
        asked_minute=minute_of(now),
    )
    return session.get_one(TalkRequest, key)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who wants to talk, as the office reads it."""

    asked: datetime
    inspection: str | None
    name: str
    way_to_reach: str
    words: str
    language: Language


def waiting(session: Session) -> list[Waiting]:
    """Everybody who asked to talk to someone, the latest first."""
    rows = session.execute(
        select(TalkRequest, Inspection.name)
        .outerjoin(Inspection, Inspection.id == TalkRequest.inspection_id)
        .order_by(TalkRequest.asked_minute.desc())
    )
    return [
        Waiting(moment_of(each.asked_minute), place, each.name, each.way_to_reach, each.words, each.language)
        for each, place in rows
    ]
