"""How a conversation goes on: what was said is kept, the reply is written, and where it stands now is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from fieldwork.database import Session
from fieldwork.entry import drafts
from fieldwork.models.texts import Kind
from fieldwork.sealing import Keys, Vault
from fieldwork.texting import conversations, outbox, text_interviews
from fieldwork.texting.conversations import ConversationNow
from fieldwork.texting.text_interviews import InterviewNow
from fieldwork.waves import Asked
from modes.sms import wording
from modes.sms.ladder import Rung, Step
from modes.sms.texts import Line
from surveys.answers import Answer
from surveys.interview import Interview
from surveys.questionnaire import Question
from surveys.text import Language

MOST_REPLIES_A_DAY = 20
DAY = 24 * 60 * 60
START_AGAIN = "start_again"
"""A question of our own, to somebody who had said stop; it stands where else one of the questionnaire does."""
ABOUT_A_QUESTION: frozenset[Kind] = frozenset({"question", "ask_again", "last_ask", "start_again"})
BEGINNING = frozenset({Rung.AGREED, Rung.STARTED, Rung.LINK})

# What each kind of text says, where it is not about a question. An unclear reply to the invitation is asked again too.
LINES: dict[Kind, Line] = {
    "ask_again": "yes_or_no",
    "last_ask": "yes_or_no",
    "thanks": "thanks",
    "after_the_end": "after_the_end",
    "not_me": "not_me",
    "distress": "distress",
    "no_pictures": "no_pictures",
    "closed": "closed",
    "declined": "declined",
    "start_again": "start_again",
    "web_link": "web_link",
}


@dataclass(frozen=True, slots=True)
class Links:
    """What links to the web are made of."""

    public_url: str
    pepper: bytes


@dataclass(frozen=True, slots=True)
class Here:
    """Where and when a text is dealt with, and all conversations with its number."""

    session: Session
    keys: Keys
    vault: Vault
    now: datetime
    links: Links
    of_number: Sequence[ConversationNow]
    asked: Asked

    @property
    def second(self) -> int:
        """Now."""
        return int(self.now.timestamp())


@dataclass(frozen=True, slots=True)
class _Cause:
    id: UUID


class Going:
    """One conversation, going on."""

    def __init__(self, here: Here, one: ConversationNow, interview: InterviewNow | None) -> None:
        """Take it as it stands."""
        self._here, self._before, self._one = here, one, one
        self._interview = interview
        self._answers: dict[str, Answer] = dict(interview.visit.answers) if interview else {}
        self._following: Question | None = None
        self._changes: dict[str, Any] = {}  # made all at once: this is done for every text that comes in

    def on(self, step: Step, chosen: Language | None, text_id: UUID | None) -> None:
        """Take the step: keep what was said, write the reply, keep where the conversation stands."""
        if step.becomes == "refused":
            self._one = conversations.break_off(self._here.session, self._one, "refused")
        else:
            self._stand(step, chosen)
        if step.answer is not None and step.about is not None:
            self._keep(step.about, step.answer)
        self._say(self._next_or(step), text_id)
        self._save()

    def say_only(self, reply: Kind, text_id: UUID) -> None:
        """Reply, and nothing else."""
        self._say(reply, text_id)
        self._save()

    def _save(self) -> None:
        conversations.save(self._here.session, replace(self._one, **self._changes))

    def _stand(self, step: Step, chosen: Language | None) -> None:
        """Where it stands before anything is said."""
        before = self._before
        misread = before.misread if step.misread is None else step.misread
        begins = step.rung in BEGINNING
        language = (chosen or before.language or "en") if begins else before.language
        question_id = START_AGAIN if step.reply == "start_again" else before.question_id
        visit_id = before.visit_id
        if begins and visit_id is None:
            visit_id = text_interviews.begin_interview(self._here.session, before, self._here.now)
        self._one = replace(
            before,
            state=step.becomes or before.state,
            misread=misread,
            language=language,
            question_id=question_id,
            visit_id=visit_id,
        )
        if visit_id != before.visit_id:
            self._interview = text_interviews.interview_of(self._here.session, self._one, self._here.now)
        if self._one.state == "paused" and before.state != "paused":
            outbox.drop_waiting(self._here.session, before)

    def _keep(self, question_id: str, answer: Answer) -> None:
        if self._interview is None:
            return
        drafts.keep(self._here.session, self._interview.visit, question_id, answer, self._here.now)
        self._answers[question_id] = answer
        self._changes["answered_second"] = self._here.second

    def _next_or(self, step: Step) -> Kind | None:
        """The kind of text that goes out: the step's own, or that of whatever comes next."""
        if self._interview is None or (step.answer is None and step.reply != "question"):
            return step.reply
        following = Interview(self._here.asked.questionnaire, self._answers).next_question
        if following is None:
            self._finish(self._interview)
            return "thanks" if step.reply == "question" else step.reply
        if step.reply != "question":
            return step.reply
        if self._is_coming(following):
            return None
        if self._interview.arrival != "seen":
            outbox.drop_waiting(self._here.session, self._one)
        self._following = following
        self._changes["question_id"] = following.id
        if step.answer is not None:
            self._changes["earlier_question_id"] = step.about
        return "question"

    def _is_coming(self, question: Question) -> bool:
        """True if the text that asks this is waiting to be handed over already."""
        same = question.id == self._before.question_id and self._one.language == self._before.language
        return same and self._interview is not None and self._interview.arrival == "coming"

    def _finish(self, interview: InterviewNow) -> None:
        here = self._here
        conversations.finish(here.session, interview.visit, self._language, here.now, here.keys)
        self._one, self._changes = conversations.at_its_end(self._one), {}

    # --- The reply ---

    def _say(self, reply: Kind | None, text_id: UUID | None) -> None:
        here = self._here
        if reply is None or self._replies_today >= MOST_REPLIES_A_DAY:
            return
        body, cause = self._words(reply), _Cause(text_id) if text_id else None
        asks = self._changes.get("question_id", self._one.question_id) if reply in ABOUT_A_QUESTION else None
        outbox.write(here.session, self._one, reply, body, here.vault, here.now, cause=cause, question_id=asks)
        if self._one.state != "finished":  # how often we wrote would tell how many questions there were
            self._changes |= {"replies_day": self._today, "replies": self._replies_of(self._one) + 1}
        if reply == "distress":
            self._changes["helped_second"] = here.second

    @property
    def _today(self) -> int:
        return self._here.second // DAY

    def _replies_of(self, one: ConversationNow) -> int:
        return one.replies if one.replies_day == self._today else 0

    @property
    def _replies_today(self) -> int:
        return sum(self._replies_of(one) for one in self._here.of_number)

    def _words(self, reply: Kind) -> str:
        asked, language = self._here.asked, self._language
        if reply == "question" and self._following:
            interview = Interview(asked.questionnaire, self._answers)
            return wording.prompt(asked.questionnaire, interview, self._following, asked.names, language)
        again = asked.questionnaire.by_id.get(self._one.question_id or "")
        if again and reply == "ask_again":
            return wording.again(asked.questionnaire, again, asked.names, language)
        if again and reply == "last_ask":
            return wording.last_time(asked.questionnaire, again, asked.names, language)
        details = {"link": self._link()} if reply == "web_link" else {}
        return wording.line(LINES[reply], self._language_or_both, self._one.age, **details)

    def _link(self) -> str:
        links = self._here.links
        if self._interview is None:
            raise ValueError("there is nothing yet that a link could lead to")
        return (
            f"{links.public_url}/l/{text_interviews.new_link(self._here.session, self._interview.visit, links.pepper)}"
        )

    @property
    def _language(self) -> Language:
        return self._one.language or "en"

    @property
    def _language_or_both(self) -> Language | None:
        return wording.language_for(self._here.asked.nation, self._one.language)
