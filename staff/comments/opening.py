"""A comment opened by somebody: what every page of it needs, and what is written down each time its words are shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, url_for

from fieldwork import waves
from fieldwork.database import Session
from fieldwork.models.comments import Redaction
from fieldwork.reading import comments, name_list, redactions
from fieldwork.reading.comments import Opened
from fieldwork.reading.quotations import question_of
from staff.comments.words import short
from staff.here import InWave, keys
from surveys.redaction.marks import INSTEAD, Mark, redacted
from surveys.redaction.proposing import proposed
from surveys.text import Language


@dataclass(frozen=True, slots=True)
class Shown:
    """A comment as a page shows it: its words, the question, what was proposed. Nothing else of who wrote it."""

    comment: Opened
    question: str
    redaction: Redaction | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a comment, and whether the helper would take it out."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Helped:
    """What the helper makes of a comment."""

    pieces: tuple[Piece, ...]
    words: str

    @property
    def marked(self) -> list[tuple[str, Mark]]:
        """What it would take out, each once."""
        found = {piece.text.casefold(): (piece.text, piece.mark) for piece in self.pieces if piece.mark is not None}
        return list(found.values())


def pepper() -> bytes:
    """What keys the names of comments."""
    found: bytes = current_app.extensions["pepper"]
    return found


def shown(session: Session, here: InWave, key: str) -> Shown:
    """The comment, with its words; written down.

    Raises:
        NotFound: the wave has no such comment.
    """
    comment = comments.show(session, here.wave_id, key, pepper(), here.who)
    question = question_of(session, here.wave_id, comment.words)
    return Shown(comment, question.en, redactions.redaction_of(session, comment))


def found(session: Session, here: InWave, key: str) -> Opened:
    """The comment, for something that is done with it and shows nothing.

    Raises:
        NotFound: the wave has no such comment.
    """
    return comments.find(session, here.wave_id, key, pepper())


def helped(session: Session, here: InWave, comment: Opened) -> Helped:
    """What the helper and the inspection's list of names would take out."""
    names = name_list.names(session, keys(), here.inspection_id)
    text, marks = comment.words.text, proposed(comment.words.text, names)
    return Helped(tuple(_pieces(text, marks)), redacted(text, marks, comment.words.language))


def _pieces(text: str, marks: tuple[Mark, ...]) -> Iterator[Piece]:
    at = 0
    for mark in marks:
        yield Piece(text[at : mark.start])
        yield Piece(text[mark.start : mark.end], mark)
        at = mark.end
    yield Piece(text[at:])


def instead_of(mark: Mark, language: Language) -> str:
    """What the house puts in its place, in the language in which it was written."""
    return f"[{mark.instead or INSTEAD[mark.kind].in_language(language)}]"


def questions_of(session: Session, here: InWave) -> dict[str, str]:
    """Question id -> the question as it is asked, of every question that the wave asks."""
    asked = waves.asked_in(session, here.wave_id)
    return {each.id: asked.names.piped(each.wording, "en") for each in asked.questionnaire.questions}


def trail(here: InWave, key: str = "") -> list[dict[str, str]]:
    """The way back to the list, and to the comment."""
    way = [{"text": "Comments", "href": url_for("comments.reading", slug=here.slug, wave=here.questionnaire_id)}]
    if key:
        way.append(
            {
                "text": f"Comment {short(key)}",
                "href": url_for("comments.comment", slug=here.slug, wave=here.questionnaire_id, key=key),
            }
        )
    return way
