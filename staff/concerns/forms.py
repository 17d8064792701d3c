"""Forms of the concerns room: each asks for what has to be known later of a step, and for nothing else."""

from collections.abc import Sequence

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovTextArea, GovTextInput
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from fieldwork.safeguarding.concern_steps import LONGEST
from fieldwork.safeguarding.cover import LONGEST_LINE
from staff.forms import EditedForm, OfficeForm

DAYS: Sequence[tuple[str, str]] = tuple(
    zip("1234567", ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
)


def _told(label: str, missing: str) -> TextAreaField:
    too_long = f"Take some of it out: at most {LONGEST:,} letters."
    return TextAreaField(
        label, widget=GovTextArea(), validators=[DataRequired(missing), Length(max=LONGEST, message=too_long)]
    )


def show_edition(form: EditedForm, edition: int) -> None:
    """Let the form say that it is about this edition, whatever was posted."""
    form.edition.raw_data, form.edition.data = None, edition


class SeenForm(EditedForm):
    """A button, on what was seen in one edition."""


class ReferForm(EditedForm):
    """To whom it was referred, and why."""

    to_whom = StringField(
        "Who took it",
        widget=GovTextInput(),
        validators=[DataRequired("Enter who took it: their service and their name."), Length(max=LONGEST_LINE)],
    )
    words = _told("Why you decided to refer it", "Enter why you decided to refer it.")


class AnswerForm(EditedForm):
    """What they answered."""

    words = _told("What they answered", "Enter what they answered.")


class CloseForm(EditedForm):
    """What came of it."""

    words = _told("What was decided, and what came of it", "Enter what was decided, and what came of it.")


class ReopenForm(EditedForm):
    """Why it is not over."""

    words = _told("Why it is not over", "Enter why it is not over.")


class NumberForm(OfficeForm):
    """Why somebody has to be reached."""

    why = _told("Why this person has to be reached", "Enter why this person has to be reached. It is kept.")


class CoverForm(EditedForm):
    """Who looks, when, and whom they refer to. What is not known yet stays empty."""

    first_name = StringField("Name", widget=GovTextInput())
    first_email = StringField("E-mail address", widget=GovTextInput())
    first_phone = StringField("Mobile number (optional)", widget=GovTextInput())
    second_name = StringField("Name", widget=GovTextInput())
    second_email = StringField("E-mail address", widget=GovTextInput())
    second_phone = StringField("Mobile number (optional)", widget=GovTextInput())
    duty_name = StringField("Name", widget=GovTextInput())
    duty_email = StringField("E-mail address", widget=GovTextInput())
    duty_phone = StringField("Mobile number (optional)", widget=GovTextInput())
    days = SelectMultipleField("Days on which somebody looks", widget=GovCheckboxesInput(), choices=list(DAYS))
    opens = StringField("From", widget=GovTextInput(), default="09:00")
    closes = StringField("Until", widget=GovTextInput(), default="17:00")
    childrens_services = StringField("Children's services of this area", widget=GovTextInput())
    police = StringField("The police of this area", widget=GovTextInput())
