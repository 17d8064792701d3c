"""The words of a plan must be true of any number: no count in them, nothing vague, a grammar for every subject."""

import re
from collections.abc import Iterator

from reports.findings import OF_SCALE, Measure
from reports.numerals import in_words
from surveys.problems import did_you_mean, listed
from surveys.text import NAMES, Text

Found = Iterator[tuple[str, str]]

VAGUE = frozenset(
    {
        *("many", "most", "some", "several", "few", "lots", "proportion", "majority", "minority", "overwhelming"),
        *("llawer", "rhai", "sawl", "ychydig", "nifer", "mwyafrif", "lleiafrif", "cyfran"),
    }
)
POINTS = ("threshold", "highest")  # what a statement about a scale can ask for, beside the names
_ENGLISH_NUMBERS = frozenset(in_words(number, "en") for number in range(1, 21))
_WELSH_NUMBERS = frozenset({*(in_words(number, "cy") for number in range(1, 11)), "dwy", "tair", "pedair"})
_NOT_FOR_ANY_NUMBER = frozenset({"was", "were", "is", "are", "am", "has", "have", "does", "do"})
_WELSH_OPENINGS = ("eu ", "ei ", "fod ", "bod ", "nad ", "na ", "iddynt ", "y ", "yr ", "i ", "sgôr ")
_FAIR = re.compile(r"(?:\byn|'n|\bgwbl) deg\b")  # "teg" after these, which only looks like ten
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def hard_words(text: Text) -> Found:
    """What in the words would be a number without a finding, a vague quantity, or a name nobody can fill in."""
    for words, numbers in ((text.en, _ENGLISH_NUMBERS), (text.cy, _WELSH_NUMBERS)):
        own = _own_words(words)
        found = {word.lower() for word in _WORD.findall(own)}
        if found & numbers or re.search(r"\d", own):
            yield f'"{words}" has a number in it', "Only a finding prints numbers: word it without."
        if vague := sorted(found & VAGUE):
            yield f'"{words}" says {listed(vague)}', "Say what is counted; the number is put before it."
    for name in sorted(text.pipes() - {*NAMES, *POINTS}):
        yield f"nothing fills in {{{name}}}", did_you_mean(name, (*NAMES, *POINTS), f"There are {listed(NAMES)}.")


def grammar_of(statement: Text, measure: Measure) -> Found:
    """What would not fit after "Seven of the twelve ..." or after "Dywedodd saith o'r 12 ..."."""
    first = statement.en.partition(" ")[0]
    if first.lower() in _NOT_FOR_ANY_NUMBER or not first.islower():
        remedy = 'Begin with a verb in the past that fits one and many: "knew", "said that", "had been".'
        yield f'"{statement.en}" begins with "{first}"', remedy
    if not statement.cy.startswith(_WELSH_OPENINGS):
        remedy = 'Begin with "eu bod yn ...", "fod y gwasanaeth ...", "nad oedd ...".'
        yield f'"{statement.cy}" does not follow "Dywedodd ..."', remedy
    if statement.en.endswith(".") or statement.cy.endswith("."):
        yield "the statement ends with a full stop", "Take it out: what follows decides."
    if measure in OF_SCALE and not statement.cy.startswith("sgôr "):
        yield f'"{statement.cy}" does not follow "Rhoddodd ..."', 'Begin with "sgôr ...".'


def _own_words(words: str) -> str:
    return _FAIR.sub("", re.sub(r"“[^”]*”", "", words))
