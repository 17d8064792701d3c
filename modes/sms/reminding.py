"""One reminder: of the invitation, or of the question at which somebody stopped."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from fieldwork import waves
from fieldwork.database import Database, Session
from fieldwork.faults import NotFound
from fieldwork.sealing import Keys, Vault
from fieldwork.texting import conversations, outbox, reminders, text_interviews
from fieldwork.texting.conversations import ConversationNow
from modes.sms import wording
from surveys.interview import Interview


def remind(database: Database, keys: Keys, now: datetime) -> int:
    """Write a reminder to everybody who has been silent for three days and had none; how many.

    Raises:
        Busy: the database could not take it in time; the others are reminded later.
    """
    with database.reading() as work:
        due = reminders.due(work, now)
    return sum(_remind(database, keys, conversation_id, now) for conversation_id in due)


def _remind(database: Database, keys: Keys, conversation_id: UUID, now: datetime) -> bool:
    with database.transaction() as work:
        try:
            one = conversations.hold_one(work, conversation_id)
        except NotFound:  # erased at this moment
            return False
        if not reminders.count_one(work, one.id):
            return False
        body, one = _said(work, one, now)
        vault = Vault(work, keys, one.inspection_id)
        outbox.write(work, one, "reminder", body, vault, now, question_id=one.question_id)
    return True


def _said(work: Session, one: ConversationNow, now: datetime) -> tuple[str, ConversationNow]:
    """The words, and the conversation with the question that they ask."""
    asked = waves.asked_in(work, one.wave_id)
    interview = text_interviews.interview_of(work, one, now)
    if interview is not None:
        so_far = Interview(asked.questionnaire, interview.visit.answers)
        question = so_far.next_question
        if question is not None:
            now_asking = replace(one, question_id=question.id)
            conversations.save(work, now_asking)
            language = one.language or "en"
            return wording.prompt(asked.questionnaire, so_far, question, asked.names, language), now_asking
    language_or_both = wording.language_for(asked.nation, one.language)
    return wording.line("reminder", language_or_both, one.age), one
