"""Yes or no to the invitation, in any of our two languages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from modes.sms.folding import words_of
from modes.sms.numbers import number_at
from modes.sms.phrases import Phrases, in_a_row, passed
from modes.sms.spellings import beside, meanings, willingness
from surveys.text import LANGUAGES, Language

BY_NUMBER: dict[int, Language] = {1: "en", 2: "cy"}  # "1 English 2 Cymraeg"


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether they agree, and in which language to go on; a no says none."""

    agrees: bool
    language: Language | None


@dataclass(frozen=True, slots=True)
class _Said:
    agrees: bool
    language: Language | None
    chooses: bool
    """True where the language itself was chosen, not only used."""
    end: int = 0


def consent(text: str) -> Consent | None:
    """The yes or no that the whole text is; None where it is neither, both, or has words of its own."""
    words = [word.text for word in words_of(text)]
    said = in_a_row(words, _said_at, beside().around, beside().around_or_between)
    if not said or len(words) not in passed(words, {said[-1].end}, beside().around):
        return None
    if len({each.agrees for each in said}) > 1:
        return None
    chosen = {each.language for each in said if each.chooses}
    if len(chosen) > 1:
        return None
    return Consent(said[0].agrees, chosen.pop() if chosen else said[0].language)


def _said_at(words: Sequence[str], place: int) -> _Said | None:
    return max(_all_said_at(words, place), key=lambda said: said.end, default=None)


def _all_said_at(words: Sequence[str], place: int) -> Iterator[_Said]:
    number = number_at(words, place)
    if number and number.value in BY_NUMBER:
        yield _Said(agrees=True, language=BY_NUMBER[number.value], chooses=True, end=number.end)
    for phrases, said in _ways():
        yield from (replace(said, end=end) for end in phrases.ends(words, place))


@cache
def _ways() -> tuple[tuple[Phrases, _Said], ...]:
    yes, no, how = meanings()["yes"], meanings()["no"], willingness()
    refused = _Said(agrees=False, language=None, chooses=False)
    ways = [(how.unwilling, refused)]
    for language in LANGUAGES:
        ways += [(phrases[language], refused) for phrases in (no.spelt, no.alone)]
        agreed = _Said(agrees=True, language=language, chooses=False)
        ways += [(how.called[language], replace(agreed, chooses=True))]
        ways += [(phrases[language], agreed) for phrases in (yes.spelt, yes.alone, how.willing)]
    return tuple(ways)
