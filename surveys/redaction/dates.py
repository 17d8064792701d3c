"""Days as people write them: 12/3/24, the 3rd of March, 4 Mawrth, Tuesday 9th. A rating such as 8/10 is none."""

import re
from collections.abc import Iterator

from surveys.redaction.marks import Mark

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?|ionawr|[cg]?hwefror|chwefror|[mf]awrth|ebrill|[mf]ai|[mf]ehefin|g?orffennaf|awst|[mf]edi|hydref|"
    "[td]h?achwedd|rh?agfyr"
)
_DAYS = (
    "mon(?:day)?|tue?s?(?:day)?|wed(?:nes)?(?:day)?|thu(?:rs?)?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|"
    "dydd (?:llun|mawrth|mercher|iau|gwener|sadwrn|sul)|[dn]os (?:lun|fawrth|fercher|iau|wener|sadwrn|sul)"
)
_ORDINALS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|"
    "sixteenth|seventeenth|eighteenth|nineteenth|(?:twenty|thirty)[ -](?:first|second|third|fourth|fifth|sixth|seventh|"
    "eighth|ninth)|twentieth|thirtieth"
)
_ENDING = "(?:st|nd|rd|th|af|il|ail|ydd|edd|fed|ed|eg)"
_DAY = rf"(?:(?:[0-3]?\d)\s?{_ENDING}?|{_ORDINALS})"
_YEAR = r"(?:(?:19|20)\d\d|'?\d\d)"
_SINCE = "on|since|until|till|by|before|after|from|dob|born|ar|ers|cyn"

_FORMS = (
    rf"\b(?:{_DAYS})?,?\s?(?:the )?{_DAY}[\s./,-]*(?:of |o )?[\s./-]*(?:{_MONTHS})\b(?:[\s.,/'-]*{_YEAR}\b)?",
    rf"\b(?:{_MONTHS})\.?\s?(?:the )?{_DAY}\b(?:,?\s{_YEAR}\b)?",
    rf"\b(?:{_MONTHS})\.?,?\s?(?:of )?(?:(?:19|20)\d\d|'\d\d)\b",
    rf"\b(?:{_DAYS})\s(?:the )?(?:[0-3]?\d\s?{_ENDING})\b",
    rf"\b(?:{_SINCE}) the [0-3]?\d{_ENDING}\b",
    r"(?<![\w/.-])[0-3]?\d\s?([/.-])\s?[0-3]?\d\s?\1\s?(?:\d{4}|\d\d)(?![\w/])",
    r"(?<![\w/.-])(?:19|20)\d\d\s?[/.-]\s?[0-3]?\d\s?[/.-]\s?[0-3]?\d(?![\w/])",
    r"(?<![\w/.])[0-3]?\d/(?!10\b|0?5\b)(?:0?[1-9]|1[0-2])(?![\w/])",
    rf"\b(?:{_SINCE})(?: the)? (?P<it>[0-3]?\d/(?:0?[1-9]|1[0-2]))(?![\w/])",
)
_READY = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)


def by_day(text: str) -> Iterator[Mark]:
    """Every day in a text that was made plain."""
    for form in _READY:
        for match in form.finditer(text):
            yield Mark(*match.span("it" if "it" in form.groupindex else 0), "date")
