"""How a conversation goes on: what was said is kept, the reply is written, and where it stands now is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from fieldwork import conversations, drafts, outbox, text_interviews
from fieldwork.conversations import ConversationNow
from fieldwork.database import Session
from fieldwork.models.texts import Kind
from fieldwork.sealing import Keys, Vault
from fieldwork.text_interviews import InterviewNow
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
        self._question: Question | None = None

    def on(self, step: Step, chosen: Language | None, text_id: UUID | None) -> None:
        """Take the step: keep what was said, write the reply, keep where the conversation stands."""
        if step.becomes == "refused":
            self._one = conversations.break_off(self._here.session, self._one, "refused")
        else:
            self._stand(step, chosen)
        if step.answer is not None and step.about is not None:
            self._keep(step.about, step.answer)
        self._say(self._next_or(step), text_id)
        conversations.save(self._here.session, self._one)

    def say_only(self, reply: Kind, text_id: UUID) -> None:
        """Reply, and nothing else."""
        self._say(reply, text_id)
        conversations.save(self._here.session, self._one)

    def _stand(self, step: Step, chosen: Language | None) -> None:
        one = replace(self._one, state=step.becomes or self._one.state)
        if step.misread is not None:
            one = replace(one, misread=step.misread)
        if step.rung in BEGINNING:
            one = replace(one, language=chosen or one.language or "en")
            if one.visit_id is None:
                one = replace(one, visit_id=text_interviews.begin_interview(self._here.session, one, self._here.now))
                self._interview = text_interviews.interview_of(self._here.session, one, self._here.now)
        if one.state == "paused" and self._before.state != "paused":
            outbox.drop_waiting(self._here.session, one)
        if step.reply == "start_again":
            one = replace(one, question_id=START_AGAIN)
        self._one = one

    def _keep(self, question_id: str, answer: Answer) -> None:
        if self._interview is None:
            return
        drafts.keep(self._here.session, self._interview.visit, question_id, answer, self._here.now)
        self._answers[question_id] = answer
        self._one = replace(self._one, answered_second=self._here.second)

    def _next_or(self, step: Step) -> Kind | None:
        """The kind of text that goes out: the step's own, or that of whatever comes next."""
        if self._interview is None or (step.answer is None and step.reply != "question"):
            return step.reply
        following = Interview(self._here.asked.questionnaire, self._answers).next_question
        if following is None:
            self._finish()
            return "thanks" if step.reply == "question" else step.reply
        if step.reply != "question" or self._is_coming(following):
            return None if step.reply == "question" else step.reply
        if self._interview.arrival != "seen":
            outbox.drop_waiting(self._here.session, self._one)
        earlier = step.about if step.answer is not None else self._one.earlier_question_id
        self._one = replace(self._one, question_id=following.id, earlier_question_id=earlier)
        self._question = following
        return "question"

    def _is_coming(self, question: Question) -> bool:
        """True if the text that asks this is waiting to be handed over already."""
        same = question.id == self._before.question_id and self._one.language == self._before.language
        return same and self._interview is not None and self._interview.arrival == "coming"

    def _finish(self) -> None:
        if self._interview:
            conversations.finish(
                self._here.session, self._interview.visit, self._language, self._here.now, self._here.keys
            )
            self._one = conversations.at_its_end(self._one)

    # --- The reply ---

    def _say(self, reply: Kind | None, text_id: UUID | None) -> None:
        here = self._here
        if reply is None or self._replies_today >= MOST_REPLIES_A_DAY:
            return
        body, cause = self._words(reply), _Cause(text_id) if text_id else None
        asks = self._one.question_id if reply in ABOUT_A_QUESTION else None
        outbox.write(here.session, self._one, reply, body, here.vault, here.now, cause=cause, question_id=asks)
        if self._one.state != "finished":  # how often we wrote would tell how many questions there were
            self._one = replace(self._one, replies_day=self._today, replies=self._replies_of(self._one) + 1)
        if reply == "distress":
            self._one = replace(self._one, helped_second=here.second)

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
        if reply == "question" and self._question:
            interview = Interview(asked.questionnaire, self._answers)
            return wording.prompt(asked.questionnaire, interview, self._question, asked.names, language)
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
