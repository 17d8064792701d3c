"""Months as they are kept (`2026-11`) and as they are read."""

from reports.mutation import soft
from surveys.text import Language

_ENGLISH = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WELSH = (
    *("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin"),
    *("Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
)


def month_in_words(month: str, language: Language) -> str:
    """The month in words.

    >>> month_in_words("2026-11", "cy")
    'Tachwedd 2026'
    """
    year, _, number = month.partition("-")
    return f"{(_WELSH if language == 'cy' else _ENGLISH)[int(number) - 1]} {year}"


def span_in_words(first: str, last: str, language: Language) -> str:
    """From month to month, or the month where it is one.

    >>> span_in_words("2009-10", "2009-12", "en"), span_in_words("2009-10", "2009-12", "cy")
    ('October 2009 to December 2009', 'Hydref 2009 i Ragfyr 2009')
    """
    begun, ended = month_in_words(first, language), month_in_words(last, language)
    if first == last:
        return begun
    return f"{begun} i {soft(ended)}" if language == "cy" else f"{begun} to {ended}"
