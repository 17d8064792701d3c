"""The quotations that may be printed: released, and still exactly what two people agreed on."""

import logging
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldwork import waves
from fieldwork.models.comments import Comment, Redaction
from fieldwork.models.inspections import Wave
from fieldwork.reading.comment_words import Words, words_of_wave
from surveys.redaction.quotation import Approval, NotApproved, Quotation, mark_of
from surveys.text import Text

log = logging.getLogger(__name__)


def quotations(session: Session, wave: Wave) -> list[Quotation]:
    """What was released of the wave, by question and then by its letters: the order says nothing of who wrote what.

    What does not match its approval is left out, with an alarm: the comment, the question or the words were changed.
    """
    released = select(Redaction).join(Comment).where(Comment.wave_id == wave.id, Redaction.state == "released")
    rows = {row.comment_id: row for row in session.scalars(released)}
    if not rows:
        return []
    found = []
    for words in words_of_wave(session, wave.id):
        if words.id in rows and words.may_quote:
            try:
                found.append(_quotation(session, wave.id, words, rows[words.id]))
            except NotApproved:
                log.critical("a quotation does not match its approval, and is left out")
    order = list(waves.asked_in(session, wave.id).questionnaire.by_id)
    return sorted(found, key=lambda each: (order.index(each.question_id), each.words.casefold(), each.words))


def _quotation(session: Session, wave_id: UUID, words: Words, row: Redaction) -> Quotation:
    if row.approved_by is None or row.approved_as is None:
        raise NotApproved("nobody has approved it")
    return Quotation(
        question_id=words.question_id,
        question=question_of(session, wave_id, words),
        language=words.language,
        words=row.words,
        comment_mark=mark_of(words.text),
        approval=Approval(row.proposed_by, row.approved_by, row.approved_as),
    )


def question_of(session: Session, wave_id: UUID, words: Words) -> Text:
    """The question as it was asked, in the names of the inspection."""
    asked = waves.asked_in(session, wave_id)
    wording = asked.questionnaire.by_id[words.question_id].wording
    return Text(en=asked.names.piped(wording, "en"), cy=asked.names.piped(wording, "cy"))
