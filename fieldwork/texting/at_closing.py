"""Conversations by text when their wave closes: half-way answers count where the wave says so, or are deleted."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldwork.entry import answer_json
from fieldwork.models.interviews import DraftAnswer, Visit
from fieldwork.models.texts import Conversation, ConversationState, TextPlan
from fieldwork.returns.storing import put_in
from fieldwork.sealing import Keys, Vault
from fieldwork.texting import cutting
from surveys.answers import Answer
from surveys.interview import Interview, Response
from surveys.questionnaire import Questionnaire

UNENDED: tuple[ConversationState, ...] = ("waiting", "invited", "asking", "paused", "unreachable")


def close_conversations(  # noqa: PLR0913, PLR0917 - the wave, what it asks, and the day
    session: Session, wave_id: UUID, inspection_id: UUID, asks: Questionnaire, today: date, keys: Keys | None
) -> None:
    """End every conversation of the wave. With `keys`, words beside answers that count are kept with them."""
    wanted = select(Conversation.id, Conversation.visit_id, Conversation.language)
    open_ones = (Conversation.wave_id == wave_id, Conversation.state.in_(UNENDED))
    partial_counts = session.scalar(select(TextPlan.partial_counts).where(TextPlan.wave_id == wave_id))
    closed = []
    for conversation_id, visit_id, language in session.execute(wanted.where(*open_ones).with_for_update()).all():
        answers = _answers(session, visit_id) if visit_id and partial_counts else {}
        if not any(answer.says_something for answer in answers.values()):
            closed.append(conversation_id)
            continue
        finished = Interview(asks, answers).finished()
        (response_id,) = put_in(session, wave_id, [Response(finished, "sms", language or "en", f"{today:%Y-%m}")])
        if keys:
            cutting.keep_readings(session, conversation_id, response_id, Vault(session, keys, inspection_id))
        cutting.end(session, [conversation_id], "partial")
    if closed:
        cutting.end(session, closed, "closed")


def _answers(session: Session, visit_id: UUID) -> dict[str, Answer]:
    of_visit = select(Visit.draft_id).where(Visit.id == visit_id).scalar_subquery()
    wanted = select(DraftAnswer.question_id, DraftAnswer.answer).where(DraftAnswer.draft_id == of_visit)
    return {question_id: answer_json.read(answer) for question_id, answer in session.execute(wanted)}
