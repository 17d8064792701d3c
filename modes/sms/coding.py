"""An answer in a text to a question with categories or a scale, and the words beside it.

The whole text is one answer, said once or twice ("1 yes"), or an answer and then more words: those are a comment. What
says two answers where one is asked for, or something else first, is no answer: nothing is guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from modes.sms.folding import Word, words_of
from modes.sms.options import Option, option_at
from modes.sms.phrases import in_a_row, passed
from modes.sms.spellings import beside
from surveys.answers import Answer
from surveys.questionnaire import Choice, Scale
from surveys.reading import InvalidAnswer, read_answer, tidy

QUESTION_NUMBER = re.compile(r"(?:q|question|cwestiwn|c)\d+")
QUESTION_WORDS = frozenset({"q", "question", "cwestiwn"})


@dataclass(frozen=True, slots=True)
class Coded:
    """The answer, and the words that came beside it."""

    answer: Answer
    comment: str | None


def coded(question: Choice | Scale, text: str) -> Coded | None:
    """The answer that the text gives to the question; None where it gives none, two, or one that cannot be."""
    words = _without_question_number(words_of(text))
    said = [word.text for word in words]
    options = in_a_row(said, partial(option_at, question), beside().around, beside().around_or_between)
    if not options:
        return None
    is_all = len(said) in passed(said, {options[-1].end}, beside().around)
    if not is_all and _begins_a_sentence(words, options):
        options = options[:1]
    end = None if is_all else _end_of_answer(question, words, options)
    if not is_all and end is None:
        return None
    try:
        answer = read_answer(question, [str(option.value) for option in options])
    except InvalidAnswer:
        return None
    return Coded(answer, None if end is None else tidy(text[words[end].start :]) or None)


def _begins_a_sentence(words: Sequence[Word], options: Sequence[Option]) -> bool:
    """True where a number is followed by what is an answer alone, and here begins a sentence: "2 it was years ago"."""
    return len(options) == 2 and not options[0].languages and options[1].alone and not _may_go_on(words, options[1])  # noqa: PLR2004 - and one more


def _without_question_number(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words after "Q1", or "question 1", if there are any."""
    if len(words) > 1 and QUESTION_NUMBER.fullmatch(words[0].text):
        return words[1:]
    if len(words) > 2 and words[0].text in QUESTION_WORDS and words[1].text.isdecimal():  # noqa: PLR2004 - and one more
        return words[2:]
    return words


def _end_of_answer(question: Choice | Scale, words: Sequence[Word], options: Sequence[Option]) -> int | None:
    """Where the answer ends and a comment begins; None where more words make it something else, or another answer.

    What repeats the answer may be a part of the comment: in "2 he never rang", "he never" is another way to say no.
    """
    said = [word.text for word in words]
    chosen = {option.value for option in options}
    for last in reversed(options):
        ends = range(last.start + 1, last.end + 1)
        for option in (option_at(question, said[:end], last.start) for end in ends):
            if option and option.value == last.value and _is_followed_by_comment(question, words, option, chosen):
                return option.end
        if last.value not in {option.value for option in options if option.end <= last.start}:
            return None
    return None


def _is_followed_by_comment(
    question: Choice | Scale, words: Sequence[Word], last: Option, chosen: set[str | int]
) -> bool:
    asks = "?" in words[last.end - 1].marks
    rest = [word.text for word in words[last.end :]]
    return not asks and _may_go_on(words, last) and not _says_another(question, rest, chosen)


def _may_go_on(words: Sequence[Word], last: Option) -> bool:
    """After digits anything goes on but a unit; after words, what has a mark before it or begins a sentence."""
    said = [word.text for word in words]
    if _goes_on_as_number(words[last.end - 1], words[last.end]):
        return False
    if words[last.end - 1].marks:
        return True
    if not last.languages:
        return said[last.end] not in beside().units
    all_that_may = beside().reasons if last.alone else beside().reasons_and_more
    may_follow = frozenset[str]().union(*(all_that_may[language] for language in last.languages))
    places = passed(said, {last.end}, beside().around)
    return any(said[place] in may_follow or words[place - 1].marks for place in places if place < len(said))


def _goes_on_as_number(word: Word, following: Word) -> bool:
    """True for "1.5", "8½" and "1 10"; not for "8, 2 of them were nice"."""
    return following.text.isnumeric() and (not word.marks or following.start - word.end == 1)


def _says_another(question: Choice | Scale, rest: Sequence[str], chosen: set[str | int]) -> bool:
    """True where the words have the number of another answer, or end with another answer."""
    for place, word in enumerate(rest):
        option = option_at(question, rest, place)
        if option is None or option.value in chosen:
            continue
        counts = option.end < len(rest) and rest[option.end] in beside().units
        is_last = len(rest) in passed(rest, {option.end}, beside().around)
        if is_last or (word.isdecimal() and not counts):
            return True
    return False
