"""What is filled in at the desk where booklets are keyed."""

from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovRadioInput
from wtforms import FileField, RadioField
from wtforms.validators import InputRequired, StopValidation

from fieldwork.entry.serials import MOST_AT_ONCE
from staff.fields import EncodingField, LineField, NumberField
from staff.forms import EditedForm, OfficeForm
from surveys.text import Language

SPOKEN: dict[Language, str] = {"en": "English", "cy": "Welsh"}


class BeginForm(OfficeForm):
    """The number of the booklet that is keyed next."""

    serial = LineField("Booklet number")


class NumberForm(OfficeForm):
    """A number for a booklet that has none."""

    booklet_language = RadioField(
        "What language is the booklet in?",
        [InputRequired("Choose the language of the booklet.")],
        widget=GovRadioInput(),
        choices=list(SPOKEN.items()),
    )


class PrintForm(OfficeForm):
    """Booklets to print, each with a number of its own."""

    copies = NumberField("How many")
    language = RadioField(
        "Language",
        [InputRequired("Choose a language.")],
        widget=GovRadioInput(),
        choices=list(SPOKEN.items()),
        default="en",
    )
    size = RadioField(
        "Print",
        [InputRequired("Choose a size of print.")],
        widget=GovRadioInput(),
        choices=[("ordinary", "Ordinary print (12 point)"), ("large", "Large print (18 point)")],
        default="ordinary",
    )

    def validate_copies(self, field: NumberField) -> None:
        """At least one, and not more than are printed at once."""
        if field.number is None or not 1 <= field.number <= MOST_AT_ONCE:
            raise StopValidation(f"Enter a number from 1 to {MOST_AT_ONCE}.")


class SecondForm(EditedForm):
    """How many booklets of a hundred are keyed twice."""

    share = NumberField("Of 100 booklets, key twice")

    def validate_share(self, field: NumberField) -> None:
        """A share of a hundred."""
        if field.number is None or field.number > 100:  # noqa: PLR2004 - per cent
            raise StopValidation("Enter a number from 0 to 100.")


class SheetForm(OfficeForm):
    """A file of responses."""

    file = FileField("The file", widget=GovFileInput())
    encoding = EncodingField()

    def validate_file(self, field: FileField) -> None:
        """A file has to be there."""
        if not field.data or not field.data.filename:
            raise StopValidation("Choose the file with the responses.")
