"""How often each theme was written about, and which may fit a comment."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from fieldwork.models.comments import Coding, Comment, Theme
from fieldwork.reading.comment_words import words_of_wave
from fieldwork.reading.comments import Opened
from fieldwork.reading.themes import codebook
from surveys.likeness import Suggestion, suggestions


def suggested(session: Session, comment: Opened) -> list[Suggestion[UUID]]:
    """Themes that share words with the comment, the likeliest first. They are shown, and none is ever applied."""
    coded = (
        select(Coding.theme_id, Coding.comment_id).join(Theme).where(Theme.wave_id == comment.wave_id, ~Theme.retired)
    )
    texts = {each.id: each.text for each in words_of_wave(session, comment.wave_id)}
    by_theme: defaultdict[UUID, list[str]] = defaultdict(list)
    for row in session.execute(coded):
        if row.comment_id != comment.words.id and row.comment_id in texts:
            by_theme[row.theme_id].append(texts[row.comment_id])
    return suggestions(comment.words.text, by_theme)


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """A theme, and how many respondents wrote something that was coded to it."""

    theme_id: UUID
    name: str
    retired: bool
    respondents: int


@dataclass(frozen=True, slots=True)
class ThemeCounts:
    """How often each theme was written about. What is not coded is counted in no theme and in no base."""

    base: int
    """Respondents with a coded comment."""
    not_coded: int
    """Respondents who wrote something of which nothing is coded yet."""
    themes: tuple[ThemeCount, ...]
    """The commonest first."""


def counts(session: Session, wave_id: UUID, question_id: str | None = None) -> ThemeCounts:
    """How many respondents wrote about each theme, in answer to that question or to any."""
    words = [each for each in words_of_wave(session, wave_id) if question_id in {None, each.question_id}]
    responses = {each.id: each.response_id for each in words}
    coded = {
        responses[comment_id]
        for comment_id in session.scalars(select(Comment.id).where(Comment.wave_id == wave_id, Comment.coded))
        if comment_id in responses
    }
    people: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for row in session.execute(_codings(wave_id)):
        if row.comment_id in responses:
            people[row.theme_id].add(responses[row.comment_id])
    found = (ThemeCount(each.id, each.name, each.retired, len(people[each.id])) for each in codebook(session, wave_id))
    in_order = tuple(sorted(found, key=lambda each: (-each.respondents, each.name.casefold())))
    return ThemeCounts(len(coded), len({*responses.values()} - coded), in_order)


def _codings(wave_id: UUID) -> Select[UUID, UUID]:
    return select(Coding.theme_id, Coding.comment_id).join(Theme).where(Theme.wave_id == wave_id)
