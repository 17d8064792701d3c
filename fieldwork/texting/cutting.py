"""The end of a conversation by text: every way from it to the answers is cut, and so is all that tells which they were.

How many questions somebody was asked, and when, would tell what they answered. So the texts of a conversation that has
ended lead to nobody and keep no more than the day.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from fieldwork.entry import answer_json
from fieldwork.models.inspections import Wave
from fieldwork.models.interviews import Visit
from fieldwork.models.texts import (
    COUNTED,
    Carriage,
    Conversation,
    ConversationState,
    InboundText,
    Kind,
    OutboundText,
    TextReading,
)
from fieldwork.sealing import Keys, Tampered, Vault
from fieldwork.texting import inbound
from surveys.answers import NoAnswer, Silence, Verbatim
from surveys.reading import tidy

DAY = 24 * 60 * 60
NOT_HANDED_OVER: tuple[Carriage, ...] = ("waiting", "claimed", "held")
UNSETTLED: tuple[Carriage, ...] = ("posting", "unsure")

AFTERWARDS: tuple[Kind, ...] = ("thanks", "after_the_end", "closed", "not_me")  # the same for whoever answered what

_NOTHING = {
    "visit_id": None,
    "question_id": None,
    "earlier_question_id": None,
    "answered_second": None,
    "misread": 0,
    "replies_day": None,
    "replies": 0,
}
"""What is left in a conversation that is over."""


def end_with(session: Session, draft_id: UUID, response_id: UUID, keys: Keys | None) -> None:
    """The answers of this draft are the response now: so ends the conversation that gave some of them, if one did."""
    of_draft = select(Visit.id).where(Visit.draft_id == draft_id)
    wanted = select(Conversation.id, Wave.inspection_id).join(Wave, Wave.id == Conversation.wave_id)
    found = session.execute(wanted.where(Conversation.visit_id.in_(of_draft)).with_for_update(of=Conversation))
    for conversation_id, inspection_id in found.all():
        if keys:
            keep_readings(session, conversation_id, response_id, Vault(session, keys, inspection_id))
        end(session, [conversation_id], "finished")


def end(session: Session, conversations: Sequence[UUID], state: ConversationState) -> None:
    """These are over, and counted as that. What was to be sent is dropped, and their texts lead to nobody."""
    connection = session.connection()
    theirs = OutboundText.conversation_id.in_(conversations)
    waiting = OutboundText.state.in_(NOT_HANDED_OVER)
    connection.execute(update(OutboundText).where(theirs, waiting).values(state="dropped"))
    _cut_texts(session, conversations)
    over = update(Conversation).where(Conversation.id.in_(conversations))
    connection.execute(over.values(state=state, **_NOTHING))


def _cut_texts(session: Session, conversations: Iterable[UUID]) -> None:
    """Leave of their texts a mark that notices repeats, and what the provider has yet to be asked about."""
    connection, these = session.connection(), list(conversations)
    sent = OutboundText.conversation_id.in_(these)
    connection.execute(update(OutboundText).where(sent).values(body=None, question_id=None, cause_id=None))
    settled = OutboundText.state.not_in(UNSETTLED)
    seconds = ("written_second", "not_before_second", "give_up_second", "posted_second", "lease_second")
    connection.execute(update(OutboundText).where(sent, settled).values(conversation_id=None, **_days(seconds)))
    nothing = {"conversation_id": None, "body": None, "question_id": None, "read_as": None, "rung": "over"}
    uncorrected = {"corrected_as": None, "corrected_by": None, "corrected_day": None, "for_a_person": False}
    received = {**nothing, **uncorrected, "received_second": _day(InboundText.received_second)}
    connection.execute(update(InboundText).where(InboundText.conversation_id.in_(these)).values(received))


def _days(seconds: Iterable[str]) -> dict[str, Any]:
    return {name: _day(getattr(OutboundText, name)) for name in seconds}


def _day(second: Any) -> Any:
    return second - second % DAY


def forget_words(session: Session, conversation_id: UUID) -> None:
    """Delete what was said and asked in a conversation whose answers are deleted; the rung of each text stays."""
    connection = session.connection()
    nothing = {"body": None, "question_id": None, "read_as": None, "corrected_as": None}
    came = InboundText.conversation_id == conversation_id
    connection.execute(update(InboundText).where(came).values(nothing))
    sent = OutboundText.conversation_id == conversation_id
    over = (sent, OutboundText.state.not_in((*UNSETTLED, *NOT_HANDED_OVER)))
    connection.execute(update(OutboundText).where(*over).values(body=None))
    forget_asked(session, conversation_id)


def forget_asked(session: Session, conversation_id: UUID) -> None:
    """From now on no question counts as asked in this conversation."""
    sent = OutboundText.conversation_id == conversation_id
    session.connection().execute(update(OutboundText).where(sent).values(question_id=None))


def keep_readings(session: Session, conversation_id: UUID, response_id: UUID, vault: Vault) -> int:
    """Keep with the response the words that came beside its answers, for a person to read; how many."""
    rows = []
    for text in session.connection().execute(_WITH_WORDS, {"conversation": conversation_id}):
        words = _words_of(text, vault)
        if words and (text.for_a_person or text.corrected_as or not _says_no_more(words, text.read_as)):
            kept = dict(zip(_KEPT, text[-len(_KEPT) :], strict=True))
            rows.append({"id": uuid4(), "response_id": response_id, "text": words, **kept})
    if rows:
        session.connection().execute(insert(TextReading), rows)
    return len(rows)


_KEPT = ("question_id", "read_as", "corrected_as", "corrected_by", "corrected_day")
_WITH_WORDS = select(
    InboundText.id, InboundText.body, InboundText.for_a_person, *(getattr(InboundText, name) for name in _KEPT)
).where(
    InboundText.conversation_id == bindparam("conversation"),
    InboundText.body.is_not(None),
    InboundText.question_id.is_not(None),
)


def _words_of(text: Row[*tuple[Any, ...]], vault: Vault) -> str:
    try:
        return tidy(vault.open(text.body, inbound.place_of(text.id)))
    except Tampered:  # the alarm has sounded; the answers are not lost for it
        return ""


def _says_no_more(words: str, read_as: str | None) -> bool:
    """True for a bare number, for the wish to skip, and for words that are the answer themselves."""
    answer = answer_json.read(read_as) if read_as else None
    match answer:
        case Verbatim(text):
            return text == words
        case NoAnswer(Silence.SKIPPED):
            return True
        case None | NoAnswer():
            return False
        case _:
            return words.isdecimal()


def cut_what_was_settled(session: Session, before: int) -> None:
    """Cut the texts of counted conversations that were still on their way at the end, written before that second."""
    counted = select(Conversation.id).where(Conversation.state.in_(COUNTED))
    kept = OutboundText.kind.in_(AFTERWARDS)
    late = (OutboundText.conversation_id.in_(counted), OutboundText.written_second < before, ~kept)
    over = OutboundText.state.not_in(NOT_HANDED_OVER)
    session.connection().execute(
        update(OutboundText).where(*late, over).values(conversation_id=None, question_id=None, cause_id=None, body=None)
    )


def forget_cut_texts(session: Session, texts_before: int, marks_before: int) -> None:
    """Delete texts that lead to nobody: those that we sent before one second, the marks of those before the other."""
    connection = session.connection()
    sent = (OutboundText.conversation_id.is_(None), OutboundText.written_second < texts_before)
    connection.execute(delete(OutboundText).where(*sent))
    came = (InboundText.conversation_id.is_(None), InboundText.received_second < marks_before)
    caused = OutboundText.cause_id.in_(select(InboundText.id).where(*came))
    connection.execute(update(OutboundText).where(caused).values(cause_id=None))
    connection.execute(delete(InboundText).where(*came))
