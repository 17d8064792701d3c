"""Comments are read by people: every one of them. What looks worrying comes first, and nothing is left out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from fieldwork.faults import NotFound
from fieldwork.models.audit import Act
from fieldwork.models.comments import Coding, Comment, ReadingClock, Redaction, Theme
from fieldwork.models.inspections import Wave
from fieldwork.office import audit
from fieldwork.office.audit import Who
from fieldwork.reading.comment_words import Words, count_of_wave, key_of, words_of_wave
from fieldwork.upserts import Upsert
from surveys.screening.lists import TOPICS
from surveys.screening.screen import screened

State = Literal["new", "read", "proposed", "sent_back", "approved", "released"]
_ONCE = Upsert(Comment, key=["id"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A comment as the list shows it: none of its words."""

    key: str
    question_id: str
    state: State
    topics: tuple[str, ...]
    """What in its words made it come first; only while nobody has read it."""
    themes: frozenset[UUID]
    coded: bool
    may_quote: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One comment with its words, and what was done with it so far."""

    words: Words
    key: str
    wave_id: UUID
    inspection_id: UUID
    state: State
    themes: frozenset[UUID]
    coded: bool
    edition: int
    """Of its reading and coding; nought while it is new."""


def listed(session: Session, wave_id: UUID, pepper: bytes) -> list[Listed]:
    """Every comment of the wave: first those that nobody has read, and of those first what looks worrying."""
    rows, states, themes = _work_on(session, wave_id)
    found = []
    for words in words_of_wave(session, wave_id):
        row = rows.get(words.id)
        found.append(
            Listed(
                key=key_of(words.id, pepper),
                question_id=words.question_id,
                state=states.get(words.id, "read") if row else "new",
                topics=() if row else _topics_in(words.text),
                themes=frozenset(themes.get(words.id, ())),
                coded=row.coded if row else False,
                may_quote=words.may_quote,
            )
        )
    return sorted(found, key=_urgency)


def _work_on(
    session: Session, wave_id: UUID
) -> tuple[dict[UUID, Comment], dict[UUID, State], Mapping[UUID, set[UUID]]]:
    """What was done so far: comments read, the states of their redactions, their themes; each by comment."""
    rows = {row.id: row for row in session.scalars(select(Comment).where(Comment.wave_id == wave_id))}
    redactions = select(Redaction.comment_id, Redaction.state).join(Comment).where(Comment.wave_id == wave_id)
    states: dict[UUID, State] = {row.comment_id: row.state for row in session.execute(redactions)}
    themes: defaultdict[UUID, set[UUID]] = defaultdict(set)
    codings = select(Coding.comment_id, Coding.theme_id).join(Comment).where(Comment.wave_id == wave_id)
    for comment_id, theme_id in session.execute(codings):
        themes[comment_id].add(theme_id)
    return rows, states, themes


def _topics_in(text: str) -> tuple[str, ...]:
    hit = screened(text)
    return hit.topics if hit else ()


def _urgency(comment: Listed) -> tuple[bool, int, int, str]:
    worst = min(map(TOPICS.index, comment.topics), default=len(TOPICS))
    return comment.state != "new", worst, -len(comment.topics), comment.key


def unread(session: Session, wave_id: UUID) -> int:
    """How many comments of the wave nobody has read."""
    read = session.scalar(select(func.count()).select_from(Comment).where(Comment.wave_id == wave_id)) or 0
    return count_of_wave(session, wave_id) - read


def next_unread(session: Session, wave_id: UUID, pepper: bytes) -> str | None:
    """The key of the comment to be read next; none when all were read."""
    return next((each.key for each in listed(session, wave_id, pepper) if each.state == "new"), None)


def find(session: Session, wave_id: UUID, key: str, pepper: bytes) -> Opened:
    """The comment of that wave with that key.

    Raises:
        NotFound: it has none.
    """
    words = next((each for each in words_of_wave(session, wave_id) if key_of(each.id, pepper) == key), None)
    if words is None:
        raise NotFound(key, "there is no such comment.", "See the list of comments.")
    row = session.get(Comment, words.id, populate_existing=True)
    redaction = session.get(Redaction, words.id, populate_existing=True)
    return Opened(
        words=words,
        key=key,
        wave_id=wave_id,
        inspection_id=session.get_one(Wave, wave_id).inspection_id,
        state=(redaction.state if redaction else "read") if row else "new",
        themes=frozenset(session.scalars(select(Coding.theme_id).where(Coding.comment_id == words.id))),
        coded=row.coded if row else False,
        edition=row.edition if row else 0,
    )


def show(session: Session, wave_id: UUID, key: str, pepper: bytes, who: Who) -> Opened:
    """The comment, with its words; that somebody saw them is written down.

    Raises:
        NotFound: the wave has no comment with that key.
    """
    found = find(session, wave_id, key, pepper)
    write_down(session, "read_comment", who, found)
    return found


def mark_read(session: Session, comment: Opened, who: Who) -> bool:
    """A person has read it; false if somebody had before."""
    is_first = make_row(session, comment)
    if is_first:
        write_down(session, "marked_comment_read", who, comment)
    return is_first


def make_row(session: Session, comment: Opened) -> bool:
    """Keep that the comment was read; false if that was kept already."""
    words = comment.words
    return _ONCE.run(
        session,
        id=words.id,
        wave_id=comment.wave_id,
        response_id=words.response_id,
        question_id=words.question_id,
        source=words.source,
        coded=False,
        edition=1,
    )


def write_down(session: Session, act: Act, who: Who, comment: Opened, why: str = "") -> None:
    """Put into the audit what was done with the comment."""
    audit.record(session, act, who, inspection_id=comment.inspection_id, about=f"comment {comment.key}", why=why)


def forget(session: Session, response_ids: Sequence[UUID]) -> int:
    """Delete what was done with the comments of these responses, before they are deleted; how many comments."""
    return _forget(session, Comment.response_id.in_(response_ids))


def forget_wave(session: Session, wave_id: UUID) -> int:
    """Delete all that was done with the comments of the wave, its themes too; how many comments."""
    forgotten = _forget(session, Comment.wave_id == wave_id)
    session.execute(delete(Theme).where(Theme.wave_id == wave_id))
    session.execute(delete(ReadingClock).where(ReadingClock.wave_id == wave_id))
    return forgotten


def _forget(session: Session, which: ColumnElement[bool]) -> int:
    session.flush()
    theirs = select(Comment.id).where(which)
    session.execute(delete(Coding).where(Coding.comment_id.in_(theirs)))
    session.execute(delete(Redaction).where(Redaction.comment_id.in_(theirs)))
    return session.connection().execute(delete(Comment).where(which)).rowcount
