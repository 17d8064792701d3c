"""What respondents wrote themselves: every open answer of a wave, and the words that came by text beside an answer."""

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldwork.models.comments import Source
from fieldwork.models.responses import StoredResponse, StoredVerbatim
from fieldwork.models.texts import TextReading
from surveys.reading import tidy
from surveys.text import Language

KEY_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Words:
    """A comment. `id` is the same each time it is asked for, and nobody can make it without the response's."""

    id: UUID
    response_id: UUID
    source: Source
    question_id: str
    written: str
    may_quote: bool
    language: Language

    @property
    def text(self) -> str:
        """What was written, as it can be shown safely."""
        return tidy(self.written)


def words_of_wave(session: Session, wave_id: UUID) -> list[Words]:
    """Every comment of the wave, in no order that says anything."""
    answers = (
        select(
            StoredVerbatim.response_id,
            StoredVerbatim.question_id,
            StoredVerbatim.text,
            StoredVerbatim.may_quote,
            StoredResponse.language,
        )
        .join(StoredResponse, StoredResponse.id == StoredVerbatim.response_id)
        .where(StoredResponse.wave_id == wave_id)
    )
    beside = (
        select(
            TextReading.id,
            TextReading.response_id,
            TextReading.question_id,
            TextReading.text,
            StoredResponse.language,
        )
        .join(StoredResponse, StoredResponse.id == TextReading.response_id)
        .where(StoredResponse.wave_id == wave_id)
    )
    found = [
        Words(uuid5(response_id, f"answer:{question}"), response_id, "answer", question, text, may_quote, language)
        for response_id, question, text, may_quote, language in session.execute(answers)
    ]
    found += [
        Words(
            uuid5(response_id, f"beside:{reading_id}"),
            response_id,
            "beside",
            question,
            text,
            may_quote=False,
            language=language,
        )
        for reading_id, response_id, question, text, language in session.execute(beside)
    ]
    return sorted(found, key=lambda each: each.id)


def count_of_wave(session: Session, wave_id: UUID) -> int:
    """How many comments the wave has."""
    here = StoredResponse.wave_id == wave_id
    return sum(
        session.scalar(select(func.count()).select_from(table).join(StoredResponse).where(here)) or 0
        for table in (StoredVerbatim, TextReading)
    )


def key_of(comment_id: UUID, pepper: bytes) -> str:
    """The name under which a comment is opened and written down in the audit.

    It is keyed, so that the tables alone do not say which response an entry of the audit, with its second, is about.
    """
    return hmac.new(pepper, b"comment:" + comment_id.bytes, hashlib.sha256).hexdigest()[:KEY_DIGITS]
