"""What a person reads of texts that a machine has read first, and how they put right what it made of them.

The words, the machine's reading and the person's stay beside each other, with who it was and on which day.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from fieldwork.entry import answer_json
from fieldwork.faults import NotFound, Refused
from fieldwork.models.inspections import Wave
from fieldwork.models.interviews import DraftAnswer, Visit
from fieldwork.models.responses import StoredAnswer, StoredResponse, StoredVerbatim
from fieldwork.models.texts import Conversation, InboundText, TextReading
from fieldwork.returns.answer_rows import Rows
from fieldwork.sealing import Keys, Tampered, Vault
from fieldwork.texting import inbound
from fieldwork.upserts import Upsert
from fieldwork.waves import asked_in
from surveys.answers import Answer, Chosen, NoAnswer, Number, Verbatim
from surveys.questionnaire import MultipleChoice, OpenEnded, Question, Scale, SingleChoice

LOOK = "See which there are: flask texts to-read."


@dataclass(frozen=True, slots=True)
class ToRead:
    """Words that a person has to read: of a conversation that goes on, or beside an answer of a response."""

    id: UUID
    question_id: str | None
    words: str
    rung: str | None
    """Where on the ladder its handling ended; none for the words of a response."""
    read_as: Answer | None
    corrected_as: Answer | None
    corrected_by: str | None
    corrected_day: date | None


def to_read(session: Session, wave: Wave, keys: Keys) -> list[ToRead]:
    """Everything of the wave that a person has to read, in no order that says anything. It names nobody."""
    return sorted([*_of_conversations(session, wave, keys), *_of_responses(session, wave)], key=lambda each: each.id)


def _of_conversations(session: Session, wave: Wave, keys: Keys) -> list[ToRead]:
    vault = Vault(session, keys, wave.inspection_id)
    wanted = select(InboundText).join(Conversation, Conversation.id == InboundText.conversation_id)
    theirs = (Conversation.wave_id == wave.id, InboundText.for_a_person, InboundText.body.is_not(None))
    found = []
    for text in session.scalars(wanted.where(*theirs)):
        try:
            words = vault.open(text.body or "", inbound.place_of(text.id))
        except Tampered:  # the alarm has sounded
            continue
        found.append(_to_read(text, words, text.rung))
    return found


def _of_responses(session: Session, wave: Wave) -> list[ToRead]:
    wanted = select(TextReading).join(StoredResponse, StoredResponse.id == TextReading.response_id)
    return [
        _to_read(each, each.text, None) for each in session.scalars(wanted.where(StoredResponse.wave_id == wave.id))
    ]


def _to_read(kept: InboundText | TextReading, words: str, rung: str | None) -> ToRead:
    said, corrected = (answer_json.read(each) if each else None for each in (kept.read_as, kept.corrected_as))
    return ToRead(kept.id, kept.question_id, words, rung, said, corrected, kept.corrected_by, kept.corrected_day)


def correct(session: Session, text_id: UUID, answer: Answer, who: str, today: date) -> None:
    """Put this answer in the place of what a text was read as, in the draft or in the response.

    Raises:
        NotFound: there is no such text, or it is about no question.
        Refused: the question takes no such answer.
    """
    text = session.get(InboundText, text_id, with_for_update=True)
    reading = None if text else session.get(TextReading, text_id, with_for_update=True)
    if text and text.question_id and text.conversation_id:
        _correct_draft(session, text.conversation_id, text.question_id, answer)
    elif reading:
        _correct_response(session, reading, answer)
    else:
        raise NotFound(str(text_id), "no such text is about a question.", LOOK)
    model = InboundText if text else TextReading
    corrected = {"corrected_as": answer_json.written(answer), "corrected_by": who, "corrected_day": today}
    session.execute(update(model).where(model.id == text_id).values(corrected))


_KEEP = Upsert(DraftAnswer, key=["draft_id", "question_id"], columns=["visit_id", "answer"])


def _correct_draft(session: Session, conversation_id: UUID, question_id: str, answer: Answer) -> None:
    wanted = select(Conversation.wave_id, Visit.id, Visit.draft_id).join(Visit, Visit.id == Conversation.visit_id)
    found = session.execute(wanted.where(Conversation.id == conversation_id)).one_or_none()
    if found is None or found.draft_id is None:
        raise NotFound(str(conversation_id), "this conversation has no answers.", LOOK)
    _refuse_unless_it_fits(_question(session, found.wave_id, question_id), answer)
    said = answer_json.written(answer)
    _KEEP.run(session, draft_id=found.draft_id, question_id=question_id, visit_id=found.id, answer=said)


def _correct_response(session: Session, reading: TextReading, answer: Answer) -> None:
    of_wave = select(StoredResponse.wave_id).where(StoredResponse.id == reading.response_id)
    _refuse_unless_it_fits(_question(session, session.scalars(of_wave).one(), reading.question_id), answer)
    connection = session.connection()
    rows = Rows([], [])
    rows.put(reading.response_id, {reading.question_id: answer})
    for model, fresh in ((StoredAnswer, rows.answers), (StoredVerbatim, rows.verbatims)):
        of_question = (model.response_id == reading.response_id, model.question_id == reading.question_id)
        connection.execute(delete(model).where(*of_question))
        if fresh:
            connection.execute(insert(model), fresh)


def _question(session: Session, wave_id: UUID, question_id: str) -> Question:
    return asked_in(session, wave_id).questionnaire.by_id[question_id]


def _refuse_unless_it_fits(question: Question, answer: Answer) -> None:
    match question, answer:
        case _, NoAnswer():
            fits: Any = True
        case SingleChoice(), Chosen(codes):
            fits = len(codes) == 1 and set(codes) <= {each.code for each in question.categories}
        case MultipleChoice(), Chosen(codes):
            fits = bool(codes) and set(codes) <= {each.code for each in question.categories}
        case Scale(), Number(value):
            fits = question.minimum <= value <= question.maximum
        case OpenEnded(), Verbatim(text):
            fits = 0 < len(text) <= question.max_length
        case _:
            fits = False
    if not fits:
        raise Refused(question.id, "takes no such answer.", "See what it takes: flask questionnaires play.")
