"""Reads a bullet as a stranger would, knowing only its words and its findings, and says what is wrong with it.

Nothing here is shared with what writes the bullets: what a phrase claims is stated a second time, as fractions.
"""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from reports.findings import Finding
from reports.numerals import in_words
from reports.perspective import Bullet
from reports.runs import Run
from surveys.text import Language

Claim = Callable[[Fraction], bool]

CLAIMS: dict[Language, dict[str, Claim]] = {
    "en": {
        "almost all": lambda share: Fraction(9, 10) <= share < 1,
        "the great majority": lambda share: Fraction(4, 5) <= share < 1,
        "over three-quarters": lambda share: Fraction(3, 4) < share,
        "almost three-quarters": lambda share: Fraction(7, 10) <= share < Fraction(3, 4),
        "three-quarters": lambda share: share == Fraction(3, 4),
        "over two-thirds": lambda share: Fraction(2, 3) < share < Fraction(3, 4),
        "almost two-thirds": lambda share: Fraction(6, 10) <= share < Fraction(2, 3),
        "two-thirds": lambda share: share == Fraction(2, 3),
        "over half": lambda share: Fraction(1, 2) < share < Fraction(2, 3),
        "just under half": lambda share: Fraction(45, 100) < share < Fraction(1, 2),
        "half": lambda share: share == Fraction(1, 2),
        "more than one-third": lambda share: Fraction(1, 3) < share < Fraction(1, 2),
        "one-third": lambda share: share == Fraction(1, 3),
        "more than one-quarter": lambda share: Fraction(1, 4) < share < Fraction(1, 3),
        "one-quarter": lambda share: share == Fraction(1, 4),
    },
    "cy": {},
}
_IN_WELSH = {
    "almost all": "bron pob un",
    "the great majority": "y mwyafrif helaeth",
    "over three-quarters": "dros dri chwarter",
    "almost three-quarters": "bron i dri chwarter",
    "three-quarters": "tri chwarter",
    "over two-thirds": "dros ddwy ran o dair",
    "almost two-thirds": "bron i ddwy ran o dair",
    "two-thirds": "dwy ran o dair",
    "over half": "dros hanner",
    "just under half": "ychydig llai na hanner",
    "half": "hanner",
    "more than one-third": "mwy na thraean",
    "one-third": "traean",
    "more than one-quarter": "mwy na chwarter",
    "one-quarter": "chwarter",
}
CLAIMS["cy"] = {welsh: CLAIMS["en"][english] for english, welsh in _IN_WELSH.items()}

VAGUE = {
    "en": re.compile(
        r"\b(many|most|some|several|few|lots|significant|proportion|minority|overwhelming|majority)\b", re.IGNORECASE
    ),
    "cy": re.compile(r"\b(llawer|rhai|sawl|nifer|mwyafrif|lleiafrif|cyfran|sylweddol)\b", re.IGNORECASE),
}
# Words that look vague and are not: a phrase of the table, and "those who answered".
_NOT_VAGUE = re.compile(r"the great majority|y mwyafrif helaeth|(?:o'r|y) rhai (?=a |oedd )", re.IGNORECASE)
_WORDS: dict[Language, dict[str, int]] = {
    "en": {in_words(number, "en"): number for number in range(1, 1000)} | {"both": 2, "neither": 2},
    "cy": {in_words(number, "cy"): number for number in range(1, 11)} | {"ddau": 2},
}
_SPELT = {
    language: re.compile(rf"(?<![\w-])({'|'.join(sorted(words, key=len, reverse=True))})(?![\w-])")
    for language, words in _WORDS.items()
}
# What has a number in it that is not one: "pob un" is all, "yr un o'r" is none.
_NO_NUMBER = re.compile(
    r"pob un|yr un(?! arall)\b|yr unig un|dwy ran o dair|ddwy ran o dair|dri chwarter|tri chwarter", re.IGNORECASE
)
_FAIR = re.compile(r"(?:\byn|'n|\bgwbl) deg\b")
_FRACTION = re.compile(r"\b(?:one|two|three)-(?:thirds?|quarters?)\b", re.IGNORECASE)
_BRACKET = re.compile(r"\((?:(?P<percent>[^(),]*), )?(?P<n>[\w,]+) (?:of|o) (?P<base>[\w,]+)\)")


def faults(bullet: Bullet, language: Language) -> list[str]:
    """All that is wrong with the bullet."""
    return [
        *_opening_digits(bullet.text),
        *_vague_words(bullet.text, language),
        *_strange_numbers(bullet, language),
        *_false_phrases(bullet, language),
        *_broken_chains(bullet),
        *_loose_ends(bullet.text),
    ]


def unquoted(text: str) -> str:
    """The text without what stands in quotation marks, which are the categories' own words."""
    return re.sub(r"“[^”]*”", "“”", text)


def sentences(text: str) -> list[str]:
    """The sentences of a bullet."""
    return [each for each in re.split(r"(?<=\.) ", unquoted(text)) if each]


def numbers_in(text: str, language: Language) -> list[float]:
    """Every number in the text, in digits or in words."""
    plain = _FRACTION.sub(" ", _NO_NUMBER.sub(" ", _FAIR.sub(" ", unquoted(text))))
    digits = [float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", plain)]
    return digits + [float(_WORDS[language][word]) for word in _SPELT[language].findall(plain.lower())]


def _opening_digits(text: str) -> Iterator[str]:
    for sentence in sentences(text):
        if sentence[0].isdigit():
            yield f"opens with digits: {sentence}"
        if not sentence[0].isupper():
            yield f"opens without a capital: {sentence}"


def _vague_words(text: str, language: Language) -> Iterator[str]:
    for found in VAGUE[language].findall(_NOT_VAGUE.sub("", unquoted(text))):
        yield f"vague: {found}"


def _strange_numbers(bullet: Bullet, language: Language) -> Iterator[str]:
    points = {point for each in bullet.findings if each.point for point in (each.point.value, each.point.highest)}
    for run in bullet.runs:
        own = run.finding.numbers if run.finding else points
        for number in numbers_in(run.text, language):
            if number not in own:
                yield f"{number:g} in “{run.text}” is not a number of its finding"


def _false_phrases(bullet: Bullet, language: Language) -> Iterator[str]:
    """Each phrase against the count and the base that follow it in brackets, as a reader would check it."""
    for place, run in enumerate(bullet.runs):
        phrase = run.text.strip().lower()
        if phrase in CLAIMS[language]:
            bracket = next((each for each in bullet.runs[place + 1 :] if each.finding), None)
            yield from _checked(phrase, bracket, language)


def _checked(phrase: str, bracket: Run | None, language: Language) -> Iterator[str]:
    found = _BRACKET.fullmatch(f"({bracket.text})") if bracket else None
    if found is None:
        yield f"“{phrase}” has no count and base after it"
        return
    numerator, base = (int(numbers_in(found[name], language)[0]) for name in ("n", "base"))
    if not CLAIMS[language][phrase](Fraction(numerator, base)):
        yield f"“{phrase}” is not true of {numerator} of {base}"
    if found["percent"] and not _is_feasible(found["percent"], Fraction(numerator, base)):
        yield f"{found['percent']} is not {numerator} of {base}"


def _is_feasible(percent: str, share: Fraction) -> bool:
    printed = int(re.findall(r"\d+", percent)[0])
    if percent.startswith(("more than", "mwy na")):
        return printed == 99 and Fraction(99, 100) < share < 1
    if percent.startswith(("less than", "llai nag")):
        return printed == 1 and 0 < share < Fraction(1, 100)
    return abs(100 * share - printed) <= Fraction(1, 2) and (printed not in {0, 100} or share in {0, 1})


def _broken_chains(bullet: Bullet) -> Iterator[str]:
    for finding in bullet.findings:
        if finding.of and finding.of.numerator != finding.base + finding.silent:
            yield f"{finding.question}: {finding.base} and {finding.silent} silent are not {finding.of.numerator}"


def _loose_ends(text: str) -> Iterator[str]:
    for wrong in ("  ", " ,", " .", "..", "()", "( ", "{", "}", " ;", ";;", ", ."):
        if wrong in text:
            yield f"loose end “{wrong}”: {text}"
    if not text.endswith("."):
        yield f"no full stop: {text}"


def one_bullet(finding: Finding, *runs: Run) -> Bullet:
    """A bullet put together by hand, to see what the reader above makes of it."""
    return Bullet((finding,), runs)
