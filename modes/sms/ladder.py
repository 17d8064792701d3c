"""What becomes of a text that came in: a pure step from where its conversation stands and how the text was read.

The rungs are tried from the top; each text ends on one, which is kept, so that any later count can be explained.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal, assert_never

from fieldwork.models.concerns import ConcernKind
from fieldwork.models.texts import ConversationState, Kind
from modes.sms.replies import Outcome, Reading
from surveys.answers import Answer, NoAnswer, Silence, Verbatim
from surveys.questionnaire import OpenEnded, Question

LEFT: frozenset[ConversationState] = frozenset({"refused", "broken_off"})
RESTING: frozenset[ConversationState] = frozenset({"waiting", "invited", "asking", "paused", "unreachable"})
ASKING: frozenset[Kind] = frozenset({"question", "ask_again", "last_ask", "web_link", "no_pictures"})
ASK_AGAIN: tuple[Kind, ...] = ("ask_again", "last_ask")


class Rung(StrEnum):
    """Where the handling of a text ended."""

    STOP = "stop"
    NOT_ME = "not_me"
    HELP = "help"
    AGREED = "agreed"
    DECLINED = "declined"
    START_AGAIN = "start_again"
    STARTED = "started"
    LINK = "link"
    PICTURE = "picture"
    ANSWER = "answer"
    CORRECTION = "correction"
    COMMENT = "comment"
    SKIP = "skip"
    UNCLEAR = "unclear"
    PARKED = "parked"
    AFTER_THE_END = "after_the_end"
    CLOSED = "closed"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class About:
    """The question that a text can be about.

    `out`: it waits for its answer. `earlier`: it was answered, and the next was not handed over when the text was sent.
    `elsewhere`: what was asked has been answered on the web. `nothing`: there is none.
    """

    how: Literal["out", "earlier", "elsewhere", "nothing"]
    question: Question | None = None
    said: Answer | None = None
    """The answer to the earlier one."""
    is_fresh: bool = False
    """The earlier one was answered within the last minute."""
    is_lost: bool = False
    """The next question will not arrive by itself."""


NOTHING = About("nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a conversation stands when a text comes in."""

    state: ConversationState
    wave_closed: bool = False
    about: About = NOTHING
    misread: int = 0
    has_begun: bool = False
    """They agreed, and have an interview."""
    agrees: bool = False
    """The text says yes to the invitation."""
    declines: bool = False
    """The text says no to the invitation."""
    suppressed: bool = False
    """This number asked not to be texted."""
    start_asked: bool = False
    """After that they were asked whether they want texts again."""
    told_it_is_over: bool = False
    helped: bool = False
    """The helping text went within the last 24 hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is kept of a text, and how the conversation goes on."""

    rung: Rung
    about: str | None = None
    answer: Answer | None = None
    reply: Kind | None = None
    """`question` stands for whatever comes next; after the last one that is thanks."""
    becomes: ConversationState | None = None
    misread: int | None = None
    """How often the question was not answered so far; none where the text changes nothing about it."""
    for_a_person: bool = False
    concerns: tuple[ConcernKind, ...] = ()


def step(now: Standing, reading: Reading, media: int = 0, *, answered_by_provider: bool = False) -> Step:
    """The step for this text. A hit pauses the questions and changes nothing of how the rest is read."""
    found = _rung(now, reading)
    if now.state == "paused" and found.reply in ASKING:
        found = replace(found, reply=None)
    if media:
        found = replace(found, concerns=(*found.concerns, "picture"))
    if reading.outcome is Outcome.HELP:
        return _with_hit(now, found, "help", answered=answered_by_provider)
    return _with_hit(now, found, "words") if reading.concern else found


def _with_hit(now: Standing, found: Step, kind: ConcernKind, *, answered: bool = False) -> Step:
    """A person is told, the questions rest, and in their place goes the helping text, once a day.

    HELP alone is answered by the provider, in our words.
    """
    others = tuple(each for each in found.concerns if each != "stop_with_words")
    found = replace(found, concerns=(kind, *others), for_a_person=True)
    if found.rung in {Rung.STOP, Rung.NOT_ME}:
        return found
    if now.state in {*LEFT, "wrong_person"} and found.becomes is None:
        return replace(found, reply=None)
    state = found.becomes or now.state
    rests = state in RESTING and not now.wave_closed
    reply: Kind | None = None if now.helped or answered else "distress"
    return replace(found, becomes="paused" if rests else state, reply=reply, misread=now.misread)


def _rung(now: Standing, reading: Reading) -> Step:
    match reading.outcome:
        case Outcome.STOP:
            words = bool(reading.comment)
            return Step(rung=Rung.STOP, for_a_person=words, concerns=("stop_with_words",) if words else ())
        case Outcome.NOT_ME:
            told: Kind | None = None if now.state == "wrong_person" else "not_me"
            return Step(rung=Rung.NOT_ME, reply=told, becomes="wrong_person")
        case Outcome.HELP:
            return Step(rung=Rung.HELP)
        case _:
            return _by_state(now, reading)


def _by_state(now: Standing, reading: Reading) -> Step:
    match now.state:
        case "refused" | "broken_off":
            return _after_leaving(now, reading)
        case "finished" | "partial":
            return _when_over(Rung.AFTER_THE_END, "after_the_end", told=now.told_it_is_over)
        case "waiting" | "wrong_person":
            return KEPT
        case _ if now.wave_closed or now.state == "closed":
            return _when_over(Rung.CLOSED, "closed", told=now.told_it_is_over)
        case _ if now.has_begun:
            return _answering(now, reading)
        case _:
            return _invited(now, reading)


KEPT = Step(rung=Rung.KEPT, for_a_person=True)


def _when_over(rung: Rung, reply: Kind, *, told: bool) -> Step:
    return Step(rung=rung, reply=None if told else reply, for_a_person=True)


def _after_leaving(now: Standing, reading: Reading) -> Step:
    """YES never brings anybody back who asked us to stop; START does, after a question of our own."""
    if now.wave_closed:
        return KEPT
    if reading.outcome is Outcome.START:
        if now.start_asked:
            return Step(rung=Rung.STARTED, becomes="asking", reply="question", misread=0)
        return Step(rung=Rung.START_AGAIN, reply="start_again")
    return _agreed(now) if now.agrees and not now.suppressed else KEPT


def _agreed(now: Standing) -> Step:
    return Step(rung=Rung.AGREED, becomes="paused" if now.state == "paused" else "asking", reply="question", misread=0)


def _invited(now: Standing, reading: Reading) -> Step:
    if now.agrees:
        return _agreed(now)
    if now.declines:
        return Step(rung=Rung.DECLINED, becomes="refused", reply="declined")
    if reading.outcome is Outcome.LINK:
        return _agreed(now) if now.state == "paused" else Step(rung=Rung.LINK, becomes="asking", reply="web_link")
    if reading.outcome is Outcome.MEDIA:
        return Step(rung=Rung.PICTURE, reply="no_pictures")
    reply: Kind | None = None if now.misread else "ask_again"
    return Step(rung=Rung.UNCLEAR, reply=reply, misread=now.misread + 1, for_a_person=reply is None)


def _answering(now: Standing, reading: Reading) -> Step:
    about = now.about.question.id if now.about.question else None
    if reading.outcome is Outcome.LINK:
        return Step(rung=Rung.LINK, reply="web_link")
    if reading.outcome is Outcome.MEDIA:
        return Step(rung=Rung.PICTURE, about=about, reply="no_pictures")
    match now.about.how:
        case "out":
            return _answered(now, reading, about)
        case "earlier":
            return _added(now, reading)
        case "elsewhere" | "nothing":
            return replace(KEPT, reply="question", misread=0)
        case never:
            assert_never(never)


def _answered(now: Standing, reading: Reading, about: str | None) -> Step:
    match reading.outcome:
        case Outcome.ANSWER | Outcome.VERBATIM:
            beside = reading.for_a_person or reading.comment is not None
            return Step(
                rung=Rung.ANSWER, about=about, answer=reading.answer, reply="question", misread=0, for_a_person=beside
            )
        case Outcome.SKIP:
            skipped = reading.answer or NoAnswer(Silence.SKIPPED)
            more = reading.for_a_person
            return Step(rung=Rung.SKIP, about=about, answer=skipped, reply="question", misread=0, for_a_person=more)
        case _ if now.state == "paused":
            return Step(rung=Rung.UNCLEAR, about=about, for_a_person=True)
        case _ if now.misread < len(ASK_AGAIN):
            reply = ASK_AGAIN[now.misread]
            return Step(rung=Rung.UNCLEAR, about=about, reply=reply, misread=now.misread + 1)
        case _:
            parked = NoAnswer(Silence.NOT_UNDERSTOOD)
            return Step(rung=Rung.PARKED, about=about, answer=parked, reply="question", misread=0, for_a_person=True)


def _added(now: Standing, reading: Reading) -> Step:
    """What comes before the next question was handed over belongs to the one before: a correction, or more words."""
    earlier = now.about
    if earlier.question is None:  # before the first question: it belongs to the invitation
        if now.declines:
            return Step(rung=Rung.DECLINED, becomes="refused", reply="declined")
        return replace(_agreed(now), becomes=None) if now.agrees else replace(KEPT, reply=_question(earlier))
    if isinstance(earlier.question, OpenEnded):
        return _more_words(earlier, earlier.question, reading)
    is_bare = reading.outcome is Outcome.ANSWER and reading.comment is None
    if is_bare and earlier.is_fresh:
        said = reading.answer
        return Step(rung=Rung.CORRECTION, about=earlier.question.id, answer=said, reply="question")
    return Step(rung=Rung.COMMENT, about=earlier.question.id, reply=_question(earlier), for_a_person=True)


def _question(earlier: About) -> Kind | None:
    return "question" if earlier.is_lost else None


def _more_words(earlier: About, question: OpenEnded, reading: Reading) -> Step:
    """Somebody's own words go on in a second text."""
    said, more = earlier.said, reading.answer
    added = Step(rung=Rung.COMMENT, about=question.id, reply=_question(earlier), for_a_person=True)
    if not isinstance(more, Verbatim) or not earlier.is_fresh:
        return added
    together = Verbatim(f"{said.text}\n{more.text}") if isinstance(said, Verbatim) else more
    if len(together.text) > question.max_length:
        return added
    return replace(added, answer=together, for_a_person=False)
