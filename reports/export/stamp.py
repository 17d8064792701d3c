"""What every exported file says of itself: its number, its day, and whether it is a draft."""

from dataclasses import dataclass
from datetime import date, datetime, time

from reports.months import month_in_words
from surveys.text import Language, Text

_DRAFT = Text(en="Draft {number}", cy="Drafft {number}")
_RELEASED = Text(en="Number {number}", cy="Rhif {number}")
_NOT_RELEASED = Text(
    en="Not released: do not quote or pass on.",
    cy="Heb ei ryddhau: ni ddylid ei ddyfynnu na'i drosglwyddo.",
)
_IS_RELEASED = Text(en="Released on {day}.", cy="Rhyddhawyd ar {day}.")
_FIGURES = Text(en="Figures as they were on {day}.", cy="Ffigurau fel yr oeddent ar {day}.")


@dataclass(frozen=True, slots=True)
class Stamp:
    """The number and day of a snapshot, and the day on which a second person released it; none while it is a draft."""

    number: int
    day: date
    released: date | None = None

    @property
    def is_draft(self) -> bool:
        """True while nobody has released it."""
        return self.released is None

    @property
    def moment(self) -> datetime:
        """What files say of when they were made: the day, at midnight. The same snapshot always gives the same file."""
        return datetime.combine(self.released or self.day, time())

    def name(self, language: Language) -> str:
        """`Draft 3`, or `Number 3` once it is released."""
        return (_DRAFT if self.is_draft else _RELEASED).in_language(language).format(number=self.number)

    def title(self, title: str, language: Language) -> str:
        """The title, with the mark of a draft."""
        return f"{self.name(language)}: {title}" if self.is_draft else title

    def told(self, language: Language) -> str:
        """What stands on every page beside the name."""
        figures = _FIGURES.in_language(language).format(day=day_in_words(self.day, language))
        if self.released is None:
            return f"{figures} {_NOT_RELEASED.in_language(language)}"
        return f"{figures} {_IS_RELEASED.in_language(language).format(day=day_in_words(self.released, language))}"

    def file_name(self, slug: str, language: Language, ending: str) -> str:
        """`essex-2012-draft-3-en.docx`."""
        state = "draft" if self.is_draft else "released"
        return f"{slug}-{state}-{self.number}-{language}.{ending}"


def day_in_words(day: date, language: Language) -> str:
    """The day in words.

    >>> day_in_words(date(2026, 11, 21), "en"), day_in_words(date(2026, 11, 21), "cy")
    ('21 November 2026', '21 Tachwedd 2026')
    """
    return f"{day.day} {month_in_words(f'{day:%Y-%m}', language)}"
