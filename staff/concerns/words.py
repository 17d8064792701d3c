"""How a concern is told in words: the same in the office and at the terminal."""

from datetime import datetime
from typing import assert_never

from fieldwork.hours import LONDON
from fieldwork.models.concerns import ConcernKind, MatterKind, Person, Rung, Way
from fieldwork.safeguarding.concern_queue import Waiting
from fieldwork.safeguarding.concern_reading import Taken, Told
from surveys.text import Language

HOUR = 60

OF_TEXT: dict[ConcernKind, str] = {
    "words": "A text with words that worry",
    "help": "A text that asks for help",
    "picture": "A text with a picture, which was not opened",
    "stop_with_words": "A text that says STOP, and more words",
}
RUNGS: dict[Rung, str] = {
    "at_once": "at once",
    "half_hour": "after 30 minutes of cover",
    "hour": "after 60 minutes of cover",
    "no_answer": "because a referral had no answer",
}
PEOPLE: dict[Person, str] = {"first": "First person", "second": "Second person", "duty": "Duty manager"}
WAYS: dict[Way, str] = {"mail": "e-mail", "text": "text"}


def what_it_is(concern: Waiting) -> str:
    """What came, without a word of it."""
    match concern.kind:
        case "text":
            return OF_TEXT[concern.of_text] if concern.of_text else "A text"
        case "comment":
            return (
                "A comment, raised by somebody who read it" if concern.by_reader else "A comment with words that worry"
            )
        case "talk":
            return "Somebody who wants to talk to someone"
        case "practice":
            return "PRACTICE: nobody wrote this"
        case _:
            assert_never(concern.kind)


def where(concern: Waiting) -> str:
    """The inspection that it came from."""
    return concern.inspection or "Inspection not known"


def how_raised(kind: MatterKind) -> str:
    """What follows from its having been raised."""
    if kind == "practice":
        return "The two people are told of it like of any other. Whoever acknowledges it ends it."
    return "Two people are told of it within a minute."


def as_it_stands(concern: Waiting) -> str:
    """How it stands, with its clock: `New: it has waited 12 minutes of cover.`"""
    match concern.state:
        case "new":
            return f"New: it has waited {minutes(concern.waited)} of cover."
        case "acknowledged":
            return f"{concern.acknowledged_by} acknowledged it after {minutes(concern.waited)} of cover."
        case "referred":
            return f"Referred. {_answer(concern)}"
        case "closed":
            return f"Closed. Acknowledged after {minutes(concern.waited)} of cover."
        case _:
            assert_never(concern.state)


def _answer(concern: Waiting) -> str:
    if concern.answer_due is None:
        return "No answer is waited for."
    due = f"{concern.answer_due.astimezone(LONDON):%A %d %B, %H:%M}"
    return f"No answer was written down by {due}." if concern.is_late else f"An answer is due by {due}."


def what_is_late(concerns: list[Waiting]) -> list[str]:
    """A sentence for each kind of lateness there is; nothing where all is in time."""
    unseen = [each for each in concerns if each.is_late and each.state == "new"]
    unanswered = [each for each in concerns if each.is_late and each.state == "referred"]
    sentences = []
    if unseen:
        longest = max(each.waited for each in unseen)
        sentences.append(
            f"{_count(unseen, 'has', 'have')} waited for more than an hour of cover and nobody has acknowledged "
            f"{'it' if len(unseen) == 1 else 'them'}: the longest for {minutes(longest)}."
        )
    if unanswered:
        count = len(unanswered)
        one = "1 referral has" if count == 1 else f"{count:,} referrals have"
        sentences.append(f"{one} had no answer within one working day. Call whom it was referred to.")
    return sentences


def _count(concerns: list[Waiting], has: str, have: str) -> str:
    return f"1 concern {has}" if len(concerns) == 1 else f"{len(concerns):,} concerns {have}"


def outcome_of(step: Taken) -> str:
    """What the step was, after the name of who took it."""
    match step.step:
        case "raised":
            return "raised it."
        case "acknowledged":
            return "acknowledged it."
        case "referred":
            return f"referred it to {step.to_whom}: {step.words}"
        case "answered":
            return f"wrote down the answer: {step.words}"
        case "closed":
            return f"closed it: {step.words}" if step.words else "closed it."
        case "reopened":
            return f"reopened it: {step.words}"
        case _:
            assert_never(step.step)


def who_was_told(told: Told) -> str:
    """Who was told of it, by what way and when: `First person, by e-mail, at once: 10:15.`"""
    when = moment(told.when) if told.when else "not yet"
    return f"{PEOPLE[told.person]}, by {WAYS[told.way]}, {RUNGS[told.rung]}: {when}."


def minutes(count: int) -> str:
    """So many minutes, as one says it: `1 minute`, `59 minutes`, `2 hours 5 minutes`."""
    hours, rest = divmod(count, HOUR)
    said = [_of(hours, "hour")] if hours else []
    return " ".join([*said, _of(rest, "minute")] if rest or not hours else said)


def _of(count: int, thing: str) -> str:
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def moment(when: datetime) -> str:
    """The moment by London's clocks, to the minute."""
    return f"{when.astimezone(LONDON):%d %B %Y, %H:%M}"


def spoken(language: Language | None) -> str:
    """The language that somebody chose."""
    return {"en": "English", "cy": "Welsh", None: "language not chosen"}[language]
