"""What is asked before codes are made, made void or replaced, and before an open link is renewed."""

from typing import Literal, cast

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextInput
from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, ValidationError

from fieldwork.entry import sheets
from fieldwork.entry.sheets import MOST_LETTERS, MOST_SLIPS
from staff.fields import NumberField
from staff.forms import OfficeForm

Printed = Literal["slips", "letters"]
HOW_MANY = f"Enter how many, from 1 to {MOST_SLIPS}."
KINDS = (
    ("slips", "Slips to cut, eight on a page"),
    ("letters", f"Letters, one on a page, with a square for a phone; {MOST_LETTERS} at most"),
)
FILES = (("page", "As a page that this browser prints"), ("pdf", "As a PDF, which a screen reader can read too"))


class _PrintedForm(OfficeForm):
    """A form that is answered by paper. Its sheet has a name before it is made, so that sent twice it is made once."""

    sheet = HiddenField()
    kind = RadioField("What to print", choices=KINDS, default="slips", widget=GovRadioInput())
    file = RadioField("How", choices=FILES, default="page", widget=GovRadioInput())

    def name_a_sheet(self) -> None:
        """Give the form the name of a sheet that is still to be made."""
        self.sheet.data, self.sheet.raw_data = sheets.new_name(), None

    @property
    def sheet_name(self) -> str:
        """The name of the sheet that is to be made."""
        return self.sheet.data or ""

    @property
    def printed(self) -> Printed:
        """What is to be printed."""
        return cast("Printed", self.kind.data)


class CodesForm(_PrintedForm):
    """New codes for people who have none."""

    number = NumberField("How many codes")

    def validate_number(self, field: NumberField) -> None:
        """From one to as many as somebody can still cut and count."""
        if not 1 <= (field.number or 0) <= MOST_SLIPS:
            raise ValidationError(HOW_MANY)


class LostForm(_PrintedForm):
    """A code, a slip or a sheet that was lost, or that somebody else has seen."""

    lost = StringField(
        "What was lost", widget=GovTextInput(), validators=[InputRequired("Enter a code, a slip or a sheet.")]
    )
    then = RadioField(
        "And then",
        choices=(
            ("replace", "Make it void, and print another in its place"),
            ("void", "Only make it void"),
        ),
        default="replace",
        widget=GovRadioInput(),
    )


class RenewForm(OfficeForm):
    """A new open link in the place of the one that was seen."""

    seen = HiddenField(default="")
