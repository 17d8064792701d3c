"""Where a text says an answer: at a place among its words, a category of the question or a number of its scale."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from modes.sms.folding import Phrase, folded
from modes.sms.numbers import Said, mark_at, number_at
from modes.sms.phrases import Phrases
from modes.sms.spellings import meanings
from surveys.questionnaire import Category, Choice, Scale
from surveys.text import LANGUAGES, Language

QUESTIONS_AT_HAND = 512  # all questions of all questionnaires are fewer


@dataclass(frozen=True, slots=True)
class Option:
    """An answer said: a category's code or a number, where its words start and end, and which languages have them."""

    value: str | int
    start: int
    end: int
    languages: frozenset[Language]
    """None of them for digits."""
    alone: bool = False
    """True for what also begins other sentences."""


@dataclass(frozen=True, slots=True)
class _Way:
    """One category as it is said in one language, by its own words or by spellings."""

    code: str
    language: Language
    phrases: Phrases
    alone: bool = False


@dataclass(frozen=True, slots=True)
class _Ways:
    own: tuple[_Way, ...]
    spelt: tuple[_Way, ...]


def option_at(question: Choice | Scale, words: Sequence[str], place: int) -> Option | None:
    """The longest answer that starts there; None where none does, or what is said fits two categories."""
    if isinstance(question, Scale):
        said = mark_at(words, place, question.maximum)
        fits = said is not None and question.minimum <= said.value <= question.maximum
        return Option(said.value, place, said.end, _languages(said)) if said and fits else None
    number, category = _number_at(question, words, place), _category_at(question, words, place)
    longest = category and (number is None or category.end > number.end)
    return category if longest else number


def _number_at(question: Choice, words: Sequence[str], place: int) -> Option | None:
    said = number_at(words, place)
    if said is None or not 1 <= said.value <= len(question.categories):
        return None
    return Option(question.categories[said.value - 1].code, place, said.end, _languages(said))


def _languages(said: Said) -> frozenset[Language]:
    return frozenset({said.language} if said.language else ())


def _category_at(question: Choice, words: Sequence[str], place: int) -> Option | None:
    ways = _ways_to_say(question)
    own, spelt = (list(_said(each, words, place)) for each in (ways.own, ways.spelt))
    end = max((option.end for option in (*own, *spelt)), default=None)
    longest = [option for option in own if option.end == end] or [option for option in spelt if option.end == end]
    if len({option.value for option in longest}) != 1:
        return None
    languages = frozenset[Language]().union(*(option.languages for option in longest))
    return replace(longest[0], languages=languages, alone=all(option.alone for option in longest))


def _said(ways: Sequence[_Way], words: Sequence[str], place: int) -> Iterator[Option]:
    for way in ways:
        end = max(way.phrases.ends(words, place), default=None)
        if end is not None:
            yield Option(way.code, place, end, frozenset({way.language}), way.alone)


@lru_cache(maxsize=QUESTIONS_AT_HAND)
def _ways_to_say(question: Choice) -> _Ways:
    own = [
        _Way(category.code, language, Phrases(map(_as_pattern, sorted(own_words(category, language)))))
        for category in question.categories
        for language in LANGUAGES
    ]
    spelt = [
        _Way(category.code, language, phrases[language], alone)
        for category in question.categories
        for meaning in meanings().values()
        if any(_means(meaning.own[each], words) for each in LANGUAGES for words in own_words(category, each))
        for phrases, alone in ((meaning.spelt, False), (meaning.alone, True))
        for language in LANGUAGES
    ]
    return _Ways(tuple(own), tuple(spelt))


def own_words(category: Category, language: Language) -> set[Phrase]:
    """What the author calls the category in that language, folded: label and sms_label, and the code in English."""
    called = [text.in_language(language) for text in (category.label, category.sms_label) if text is not None]
    if language == "en":
        called.append(category.code)
    return {folded(each) for each in called} - {()}


def shared_words(question: Choice) -> tuple[str, ...]:
    """The words that two categories of the question have in common, and that can therefore be read as neither."""
    called = Counter(
        words
        for category in question.categories
        for words in {each for language in LANGUAGES for each in own_words(category, language)}
    )
    return tuple(" ".join(words) for words, times in called.items() if times > 1)


def _as_pattern(words: Phrase) -> str:
    return " ".join(words)


def _means(spellings: Phrases, words: Phrase) -> bool:
    return len(words) in spellings.ends(words, 0)
