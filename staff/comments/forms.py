"""Forms of the comments room."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovRadioInput, GovSelect, GovTextArea
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from fieldwork.reading.themes import LONGEST as LONGEST_THEME
from staff.comments.words import BY_FORM, KINDS, still_there
from staff.fields import LineField
from staff.forms import EditedForm, OfficeForm
from surveys.reading import tidy
from surveys.redaction.wording import LONGEST

LONGEST_REASON = 1_000
YES_OR_NO = [("no", "No"), ("yes", "Yes")]


class ButtonForm(OfficeForm):
    """A button and nothing to fill in."""


class SeenForm(EditedForm):
    """A button, on what was seen in one edition."""


class CodeForm(EditedForm):
    """The themes of a comment."""

    themes = SelectMultipleField("Themes", validate_choice=False)


class QuotationForm(EditedForm):
    """The words for the report."""

    words = TextAreaField(
        "Words for the report",
        widget=GovTextArea(),
        filters=[lambda words: tidy(words or "")],
        validators=[
            DataRequired("Enter the words that may be printed, or leave this comment out of the report."),
            Length(max=LONGEST, message=f"Take some of it out: at most {LONGEST:,} letters."),
        ],
    )
    may_stay = BooleanField("I have looked at each of these, and they may stay", widget=GovCheckboxInput())

    def validate_may_stay(self, field: Any) -> None:
        """Let nobody overlook what is known by its form."""
        if left := still_there(self.words.data or "", BY_FORM):
            self.left = left
            if not field.data:
                raise ValidationError(
                    f"These are still there: {', '.join(left)}. Take them out, or say that they may stay."
                )

    left: list[str] = []  # noqa: RUF012 - set anew where something is found


def _question(label: str) -> RadioField:
    return RadioField(label, choices=YES_OR_NO, widget=GovRadioInput(), validate_choice=False)


class ApprovalForm(EditedForm):
    """What has to be asked before words are printed, and what comes of it."""

    worker_would_know = _question("")
    matches_example = _question("")
    names_an_event = _question("")
    reasons = TextAreaField(
        "Reasons",
        widget=GovTextArea(),
        filters=[lambda words: tidy(words or "")],
        validators=[Length(max=LONGEST_REASON, message=f"Take some of it out: at most {LONGEST_REASON:,} letters.")],
    )
    decision = RadioField(
        "Your decision",
        widget=GovRadioInput(),
        choices=[("approve", "Approve exactly these words"), ("send_back", "Send it back")],
        validators=[InputRequired("Say whether you approve it or send it back.")],
    )

    @property
    def jigsaw(self) -> tuple[RadioField, RadioField, RadioField]:
        """The three questions."""
        return self.worker_would_know, self.matches_example, self.names_an_event

    def validate_decision(self, field: Any) -> None:
        """Ask for an answer to each question, and for reasons where they are needed."""
        if field.data == "approve":
            for question in self.jigsaw:
                if question.data not in {"yes", "no"}:
                    question.errors = [*question.errors, "Say yes or no."]
        needs_reasons = field.data == "send_back" or any(question.data == "yes" for question in self.jigsaw)
        if field.data and needs_reasons and not self.reasons.data:
            why = "what has to be changed" if field.data == "send_back" else "why it may be printed all the same"
            self.reasons.errors = [*self.reasons.errors, f"Enter {why}."]
        if self.reasons.errors or any(question.errors for question in self.jigsaw):
            raise ValidationError("Answer what is missing above.")


class ThemeForm(OfficeForm):
    """A new theme."""

    name = LineField(
        "Name of the theme", [DataRequired("Enter a name, like Being listened to.")], longest=LONGEST_THEME
    )


class RenameForm(EditedForm):
    """Another name for a theme."""

    name = LineField("Name", [DataRequired("Enter a name.")], longest=LONGEST_THEME)


class MergeForm(EditedForm):
    """The theme that takes in another."""

    into = SelectField("Merge into", widget=GovSelect(), validate_choice=False)


class NameForm(OfficeForm):
    """A name that must not be printed."""

    name = LineField("Name", [DataRequired("Enter the name, as people would write it.")], longest=80)
    kind = RadioField(
        "What it is",
        widget=GovRadioInput(),
        choices=list(KINDS.items()),
        validators=[InputRequired("Say what it is.")],
    )
    instead = LineField("What stands in its place (optional)", longest=80)


def show_edition(form: EditedForm, edition: int) -> None:
    """Let the form say that it is about this edition, whatever was posted."""
    form.edition.raw_data, form.edition.data = None, edition
