"""Forms of this room: which file, in which language; and that a snapshot was looked at."""

from typing import Literal

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from staff.forms import OfficeForm

Form = Literal["docx", "html", "xlsx", "csv"]
FILES = (
    ("docx", "A Word document: the section, with its figures in annexes"),
    ("html", "A web page: the same, to read or to print"),
    ("xlsx", "A spreadsheet: every figure beside its base, and the codebook"),
    ("csv", "Comma-separated values: every figure, for other programs"),
)
LANGUAGES = (("en", "English"), ("cy", "Welsh"))


class ExportForm(OfficeForm):
    """Which file."""

    form = RadioField("Which file?", choices=FILES, widget=GovRadioInput(), validators=[InputRequired("Pick a file.")])
    language = RadioField(
        "In which language?", choices=LANGUAGES, widget=GovRadioInput(), validators=[InputRequired("Pick a language.")]
    )


class ReleaseForm(OfficeForm):
    """That what is released is what was looked at."""

    mark = HiddenField()
