"""What a text says: an answer to the question that is out, or something else. English and Welsh are always read alike.

The rungs are tried from the top. Distress is looked for in every text, before all else, and changes nothing of how the
rest is read.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import assert_never

from modes.sms.as_typed import as_typed, is_reaction
from modes.sms.coding import coded
from modes.sms.consent import consent
from modes.sms.folding import to_the_end, words_of
from modes.sms.phrases import Phrases, begins_with, holds, made_of
from modes.sms.refusals import asks_to_stop, is_not_for_them, seems_not_for_them, seems_to_stop
from modes.sms.spellings import beside, meanings
from surveys.answers import Answer, NoAnswer, Silence
from surveys.questionnaire import Choice, MultipleChoice, OpenEnded, Question, Scale, SingleChoice
from surveys.reading import read_answer, tidy
from surveys.screening.screen import Hit, screened
from surveys.text import LANGUAGES, Language

KEYWORDS = Path(__file__).with_name("keywords.toml")
A_FEW_WORDS = 5  # more, and not understood: a person reads them
NEAR_THE_LIMIT = 40  # characters within which an answer that is too long is cut between words


class Outcome(StrEnum):
    """What a text is."""

    ANSWER = "answer"
    VERBATIM = "verbatim"
    ASK_AGAIN = "ask_again"
    SKIP = "skip"
    STOP = "stop"
    NOT_ME = "not_me"
    HELP = "help"
    MEDIA = "media"
    START = "start"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it was read."""

    outcome: Outcome
    answer: Answer | None = None
    comment: str | None = None
    """Words beside the answer, or beside the wish to stop."""
    concern: Hit | None = None
    for_a_person: bool = False
    """True where somebody should look at it."""
    agrees: Language | None = None
    """Where no question is out: yes to the invitation, in this language."""


def understand(text: str, *, question: Question | None, media: int = 0, opt_out_type: str | None = None) -> Reading:
    """What the text says: `media` counts the pictures with it, `opt_out_type` is what the provider took it for.

    An answer in somebody's own words that is too long is cut at the limit; the rest is the comment, for a person.
    Any text can be read; none raises.
    """
    typed = as_typed(text)
    hit = screened(typed)
    reading = _read(typed, question, has_media=media > 0, opt_out_type=(opt_out_type or "").upper())
    if not is_reaction(typed):
        reading = _with_wish(typed, question, reading, worries=hit is not None)
    return replace(reading, concern=hit, for_a_person=reading.for_a_person or hit is not None or media > 0)


def _read(text: str, question: Question | None, *, has_media: bool, opt_out_type: str) -> Reading:
    if opt_out_type != "STOP" and is_reaction(text):
        return Reading(Outcome.ASK_AGAIN)
    open_ended = isinstance(question, OpenEnded)
    refused = _refused(text, open_ended=open_ended, opt_out_type=opt_out_type)
    if refused:
        return refused
    if not words_of(text):
        return Reading(Outcome.MEDIA if has_media else Outcome.ASK_AGAIN)
    asked = _asked_for(text, open_ended=open_ended, opt_out_type=opt_out_type)
    if asked is None or (asked is Outcome.SKIP and question is None):
        return _answer(text, question)
    skipped = NoAnswer(Silence.SKIPPED) if asked is Outcome.SKIP else None
    return Reading(asked, skipped, for_a_person=asked is Outcome.HELP)


def _refused(text: str, *, open_ended: bool, opt_out_type: str = "") -> Reading | None:
    """A wish for no more texts, or the word that it is not for them."""
    stop = asks_to_stop(text, open_ended=open_ended)
    if stop:
        return Reading(Outcome.STOP, comment=stop.words_beside, for_a_person=stop.words_beside is not None)
    if opt_out_type == "STOP":
        return Reading(Outcome.STOP, comment=tidy(text) or None, for_a_person=True)
    not_me = is_not_for_them(text, open_ended=open_ended)
    if not_me:
        return Reading(Outcome.NOT_ME, comment=not_me.words_beside, for_a_person=not_me.words_beside is not None)
    return None


def _asked_for(text: str, *, open_ended: bool, opt_out_type: str) -> Outcome | None:
    """What the text asks for instead of answering. YES starts nothing again, whatever the provider takes it for."""
    words, keywords, around = [word.text for word in words_of(text)], _keywords(), beside().around
    if opt_out_type == "HELP" or (not open_ended and begins_with(words, keywords["help_opening"], around)):
        return Outcome.HELP
    if opt_out_type == "START" and not consent(text):
        return Outcome.START
    asked = (Outcome.START, Outcome.HELP, Outcome.SKIP, Outcome.LINK)
    return next((each for each in asked if made_of(words, keywords[each.value], around)), None)


def _answer(text: str, question: Question | None) -> Reading:
    match question:
        case None:
            agreed = consent(text)
            return replace(_not_understood(text), agrees=agreed.language if agreed else None)
        case OpenEnded():
            return _rather_not(text) or _verbatim(text, question)
        case SingleChoice() | MultipleChoice() | Scale():
            return _answer_and_comment(text, question) or _rather_not(text) or _not_understood(text)
        case _:
            assert_never(question)


def _answer_and_comment(text: str, question: Choice | Scale) -> Reading | None:
    """The answer with the words beside it; "2 stop texting me" is no answer."""
    found = coded(question, text)
    if found is None:
        return None
    if found.comment is None:
        return Reading(Outcome.ANSWER, found.answer)
    refused = _refused(found.comment, open_ended=True)
    if refused:
        return Reading(refused.outcome, comment=tidy(text), for_a_person=True)
    return Reading(Outcome.ANSWER, found.answer, found.comment, for_a_person=True)


def _verbatim(text: str, question: OpenEnded) -> Reading:
    """The words as they are. What may be a refusal, or meant for somebody else, is kept, and a person looks at it."""
    kept, rest = _within(tidy(text), question.max_length)
    doubtful = _refused(text, open_ended=False)
    answer = read_answer(question, [kept])
    return Reading(Outcome.VERBATIM, answer, rest or None, for_a_person=bool(rest or doubtful))


def _within(text: str, limit: int) -> tuple[str, str]:
    """As much of the text as the limit allows, cut between words where one ends near it, and the rest."""
    if len(text) <= limit:
        return text, ""
    between_words = text.rfind(" ", max(0, limit - NEAR_THE_LIMIT), limit)
    cut = between_words if between_words > 0 else limit
    return text[:cut], text[cut:].strip()


def _rather_not(text: str) -> Reading | None:
    """A skip, for those who say that they would rather not say."""
    words, ways = [word.text for word in words_of(text)], meanings()["prefer_not_to_say"].spelt
    if any(made_of(words, ways[language], beside().around) for language in LANGUAGES):
        return Reading(Outcome.SKIP, NoAnswer(Silence.PREFERS_NOT_TO_SAY))
    return None


def _not_understood(text: str) -> Reading:
    return Reading(Outcome.ASK_AGAIN, for_a_person=len(words_of(text)) > A_FEW_WORDS)


# --- Wishes among other words ---


def _with_wish(text: str, question: Question | None, reading: Reading, *, worries: bool) -> Reading:
    """The reading, or the wish that stands among other words; a person reads the text either way.

    Beside words that worry little is made out: whoever is in danger is to get the helping text.
    """
    match reading.outcome:
        case Outcome.ANSWER if reading.comment and seems_to_stop(reading.comment, worries=worries):
            return Reading(Outcome.STOP, comment=tidy(text), for_a_person=True)
        case Outcome.VERBATIM:
            doubtful = _wish(text, question, worries=worries) is not None
            return replace(reading, for_a_person=reading.for_a_person or doubtful)
        case Outcome.ASK_AGAIN if reading.agrees is None:
            return _wish(text, question, worries=worries) or reading
        case _:
            return reading


def _wish(text: str, question: Question | None, *, worries: bool) -> Reading | None:
    if seems_to_stop(text, worries=worries):
        return Reading(Outcome.STOP, comment=tidy(text), for_a_person=True)
    if worries:
        return None
    if seems_not_for_them(text):
        return Reading(Outcome.NOT_ME, comment=tidy(text), for_a_person=True)
    if question and holds(to_the_end(text), _keywords()["skip_anywhere"]):
        return Reading(Outcome.SKIP, NoAnswer(Silence.SKIPPED), comment=tidy(text), for_a_person=True)
    return None


@cache
def _keywords() -> Mapping[str, Phrases]:
    return {name: Phrases(each) for name, each in tomllib.loads(KEYWORDS.read_text(encoding="utf-8")).items()}
