"""What is asked before a link for a shared tablet is made."""

from datetime import date

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField
from wtforms.validators import InputRequired, Length, ValidationError

from fieldwork.entry.tablets import LONGEST_NAME, MOST_DAYS
from staff.fields import DayField
from staff.forms import OfficeForm
from surveys.reading import tidy


class TabletForm(OfficeForm):
    """One device, and how long it is to be in use. No day means today."""

    name = StringField(
        "Name of the tablet",
        filters=[lambda typed: tidy(typed or "")],
        widget=GovTextInput(),
        validators=[
            InputRequired("Give it a name, such as Blue tablet."),
            Length(max=LONGEST_NAME, message=f"Use {LONGEST_NAME} letters or fewer."),
        ],
    )
    last_day = DayField("Last day on which it is used")
    today: date

    def validate_last_day(self, field: DayField) -> None:
        """From today to two weeks on."""
        days = ((field.data or self.today) - self.today).days
        if not 0 <= days <= MOST_DAYS:
            raise ValidationError(f"Give a day from today to {MOST_DAYS} days on, or none for today.")

    @property
    def until(self) -> date:
        """The last day, today where none was given."""
        found: date = self.last_day.data or self.today
        return found
