"""What is likely to be the name of a person, a school, a place or a gang, by the words around it. Some is missed."""

import re
from collections.abc import Iterator

from surveys.redaction.marks import Kind, Mark
from surveys.redaction.vocabulary import WORDS

_NAMES, _ALSO_WORDS, _CAPITAL, _SMALL = (WORDS[name] for name in ("names", "also_words", "capital", "small"))
_CAP = r"[A-ZÀ-ÖØ-ÞŴŶ][\w'-]{0,30}"  # a word with a capital letter
_ANY = r"[^\W\d_][\w'-]{0,30}"
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_MOSTLY_CAPITALS = 0.5

_SCHOOL = (
    r"(?i:school|academy|academi|college|coleg|primary|infants|juniors|high|comprehensive|comp|sixth form|nursery|pru)"
)
_STREET = (
    r"(?i:street|road|avenue|lane|drive|close|crescent|terrace|gardens|grove|square|court|estate|park|centre|center|market|"
    r"bridge|station|hospital|hall|library|shopping centre|leisure centre|flats|house|green|hill|st|rd|ave)"
)
_GANG = r"(?i:gang|crew|boys|boyz|mob|mandem|massive|squad|cartel|firm|posse|set)"
_BEFORE_A_PLACE = r"(?i:in|at|from|to|near|round|around|through|outside|towards|via|yn|ym|o|i|ger|ger y)"
_TITLE = "[Mm]rs?|[Mm]iss|[Mm]s|[Mm]x|[Dd]r|PC|DC|[Ss]gt|[Jj]udge|[Aa]unt(?:ie|y)?|[Uu]ncle"
_STREET_CY = r"(?:Stryd|Heol|Ffordd|Lôn|Parc|Maes|Rhodfa|Teras|Sgwâr)"

_CUES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("gang", re.compile(rf"\b(?P<it>(?:{_CAP}|\d{{1,4}}\w{{0,9}})(?: {_CAP}){{0,2}} {_GANG})\b")),
    ("gang", re.compile(r"\b[Tt]he (?P<it>\d{2,4}s)\b")),
    ("gang", re.compile(r"(?<![\w.])(?P<it>(?![AEIOU]{3})[B-DF-HJ-NP-TV-Z]{3})(?![\w.])")),
    ("school", re.compile(rf"\b(?P<it>{_CAP}(?: (?:{_CAP}|of|the|and|St\.?)){{0,3}} {_SCHOOL}(?: {_SCHOOL})?)\b")),
    ("school", re.compile(rf"\b(?P<it>(?i:ysgol)(?: (?i:gyfun|gynradd|uwchradd|bro))?(?: {_CAP}){{1,3}})")),
    ("place", re.compile(rf"\b(?P<it>(?:\d{{1,4}}\w? )?(?:{_CAP} ){{1,3}}{_STREET})\b")),
    ("place", re.compile(rf"\b(?P<it>{_STREET_CY}(?: y[rn]?)? {_CAP}(?: {_CAP})?)")),
    ("place", re.compile(rf"\b{_BEFORE_A_PLACE} (?:the )?(?P<it>{_CAP}(?:(?: |-)(?:{_CAP}|y|on|upon|under)){{0,2}})")),
    (
        "person",
        re.compile(rf"\b(?:{_TITLE})\.? (?P<it>{_ANY})"),
    ),
    (
        "person",
        re.compile(
            rf"\b(?i:called|named|name(?: is|'s| was)|known as|o'r enw|enw i (?:yw|ydy)) (?P<it>{_ANY}(?: {_CAP})?)"
        ),
    ),
)
_SMALL_SCHOOL = re.compile(rf"\b(?P<before>{_ANY}(?: {_ANY})?) (?P<it>{_SCHOOL}(?: {_SCHOOL})?)\b")
_SMALL_YSGOL = re.compile(r"\b(?i:ysgol(?: gyfun| gynradd| uwchradd| bro)?) (?P<it>[^\W\d_][\w'-]*)")


def likely(text: str) -> Iterator[Mark]:
    """What is likely to be a name in a text that was made plain."""
    for kind, cue in _CUES:
        for match in cue.finditer(text):
            if not _says_nothing(match["it"]) and not (kind == "place" and _is_a_name(match["it"], shouted=False)):
                yield Mark(*match.span("it"), kind)
    yield from _schools_in_small_letters(text)
    yield from _people(text)


def _says_nothing(words: str) -> bool:
    return all(each.casefold() in _CAPITAL | _SMALL for each in _WORD.findall(words)) and not re.search(r"\d", words)


def _schools_in_small_letters(text: str) -> Iterator[Mark]:
    for match in _SMALL_SCHOOL.finditer(text):
        start = match.end("before")
        for word in reversed(list(_WORD.finditer(match["before"]))):
            if word[0].casefold() in _SMALL:
                break
            start = match.start() + word.start()
        if start < match.end("before"):
            yield Mark(start, match.end(), "school")
    for match in _SMALL_YSGOL.finditer(text):
        if match["it"].casefold() not in _SMALL:
            yield Mark(*match.span(), "school")


def _people(text: str) -> Iterator[Mark]:
    shouted = _is_shouted(text)
    for match in _WORD.finditer(text):
        word = match[0].removesuffix("'s").removesuffix("'")
        if _is_a_name(word, shouted=shouted) or (not shouted and _stands_out(word, text[: match.start()])):
            yield Mark(match.start(), match.start() + len(word), "person")


def _is_a_name(word: str, *, shouted: bool) -> bool:
    folded = _folded(word)
    parts = folded.split("-")
    if not any(part in _NAMES or part in _ALSO_WORDS for part in parts):
        return False
    ordinary = all(part in _ALSO_WORDS for part in parts) or folded in _ALSO_WORDS
    return not ordinary or (word[:1].isupper() and not shouted)


def _stands_out(word: str, before: str) -> bool:
    """True for a capital letter inside a sentence."""
    said = before.rstrip()
    if not word[:1].isupper() or not said or said[-1] in ".!?:\n\"“‘'(-" or before.endswith("\n"):
        return False
    return not (len(word) > 1 and word.isupper()) and word.casefold() not in _CAPITAL


def _is_shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > len("HELLO") and sum(map(str.isupper, letters)) > len(letters) * _MOSTLY_CAPITALS


_ACCENTS = str.maketrans("âäàáêëèéîïìíôöòóûüùúŵẅẁẃŷÿỳý", "aaaaeeeeiiiioooouuuuwwwwyyyy")


def _folded(word: str) -> str:
    return word.casefold().translate(_ACCENTS)
