"""Fields of several rooms: days, whole numbers, lines of words, encodings. What was typed wrong stays, to be mended."""

from calendar import month_name
from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovDateInput, GovRadioInput, GovTextInput
from wtforms import DateField, RadioField, StringField
from wtforms.validators import InputRequired, Length, StopValidation

from surveys.reading import tidy

PARTS = 3  # of a date: day, month, year
LONGEST_LINE = 200
DIGITS = 7
MONTHS = {
    word: number for number in range(1, 13) for name in [month_name[number].lower()] for word in (name, name[:3])
}  # as somebody may write them: 3, March, mar


class _DayInput(GovDateInput):
    """Day, month and year; the error summary leads to the first of them."""

    def map_gov_params(self, field: Any, **given: Any) -> dict[str, Any]:
        """The parts, with names that screen readers and the error summary need."""
        details: dict[str, Any] = super().map_gov_params(field, **given)
        details["items"][0]["id"] = field.id
        details["id"] = f"{field.id}-parts"
        return details


class DayField(DateField):
    """A day as three numbers; the month may be a word. Nothing is a day that is not known."""

    widget = _DayInput()

    def __init__(self, label: str, **given: Any) -> None:
        """`label` stands above the three fields."""
        super().__init__(label, format=["%d %m %Y"], **given)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed."""
        typed = [tidy(str(part)) for part in valuelist[:PARTS]]
        self.raw_data = (typed + [""] * PARTS)[:PARTS]
        self.data = None
        if not any(self.raw_data):
            return
        day, month, year = self.raw_data
        number = MONTHS.get(month.lower(), month)
        try:
            self.data = date(int(year), int(number), int(day))
        except (ValueError, OverflowError):
            absent = [
                name for name, part in zip(("a day", "a month", "a year"), self.raw_data, strict=True) if not part
            ]
            told = f"It lacks {' and '.join(absent)}." if absent else "There is no such day."
            raise ValueError(f"{told} Write it like 27 3 2027, or leave all three empty.") from None


class EncodingField(RadioField):
    """How a file was saved: `utf-8`, or `cp1252` from older programs."""

    widget = GovRadioInput()

    def __init__(self, **given: Any) -> None:
        """UTF-8 is chosen; a workbook has no other."""
        choices = {
            "utf-8": "CSV UTF-8, or an Excel workbook (.xlsx)",
            "cp1252": "CSV as older programs for Windows save it",
        }
        asked = [InputRequired("Choose how the file was saved.")]
        super().__init__("How the file was saved", asked, choices=list(choices.items()), default="utf-8", **given)


class LineField(StringField):
    """A line of words, tidied, of at most 200 letters."""

    widget = GovTextInput()

    def __init__(self, label: str, validators: Any = (), *, longest: int = LONGEST_LINE, **given: Any) -> None:
        """`longest`: how many letters it may have."""
        too_long = Length(max=longest, message=f"Shorten this to {longest} letters.")
        super().__init__(label, [*validators, too_long], filters=[lambda words: tidy(words or "")], **given)

    @property
    def words(self) -> str:
        """What was typed, tidied; an empty text where nothing was."""
        return self.data or ""


class NumberField(LineField):
    """A whole number of things, 0 or more, in `number`; none where nothing was typed."""

    def __init__(self, label: str, **given: Any) -> None:
        """`label` stands above the field."""
        super().__init__(label, [_is_whole], longest=20, **given)

    @property
    def number(self) -> int | None:
        """The number that was typed."""
        return int(self.words.replace(",", "")) if self.words else None


def _is_whole(_form: Any, field: NumberField) -> None:
    plain = field.words.replace(",", "")
    if plain and not (plain.isascii() and plain.isdigit() and len(plain) <= DIGITS):
        raise StopValidation("Enter a whole number, like 40, or leave it empty.")
