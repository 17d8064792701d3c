"""What is filled in about people to text: a file, and the words that confirm it."""

import re
from decimal import Decimal, InvalidOperation
from uuid import UUID

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovFileInput, GovRadioInput
from wtforms import BooleanField, FileField, HiddenField, RadioField
from wtforms.validators import DataRequired, InputRequired, StopValidation, ValidationError

from staff.fields import EncodingField, LineField
from staff.forms import OfficeForm
from surveys.text import Language

MOST_POUNDS = 100_000
LOOK, ENGLISH, WELSH, ERASE = "look", "en", "cy", "erase"
WISHES = {
    LOOK: "Know what is kept",
    ENGLISH: "Be texted in English",
    WELSH: "Be texted in Welsh",
    ERASE: "Have it erased",
}


class UploadForm(OfficeForm):
    """A list of people, and what texting them may cost."""

    file = FileField("The list", widget=GovFileInput())
    encoding = EncodingField()
    budget = LineField(
        "All texts of this wave may cost at most", [DataRequired("Enter an amount, like 60.")], longest=20
    )
    partial_counts = BooleanField(
        "When the wave closes, count the answers of those who stopped half way", widget=GovCheckboxInput()
    )

    @property
    def pence(self) -> int:
        """The budget."""
        return int(_pounds(self.budget.words) * 100)

    def validate_file(self, field: FileField) -> None:
        """A file has to be there."""
        if not field.data or not field.data.filename:
            raise StopValidation("Choose the file with the list.")

    def validate_budget(self, field: LineField) -> None:
        """An amount of money."""
        try:
            amount = _pounds(field.words)
        except InvalidOperation:
            raise ValidationError("Enter an amount in pounds, like 60 or 60.50.") from None
        if amount > MOST_POUNDS:
            raise ValidationError(f"Enter an amount below £{MOST_POUNDS:,}.")


def _pounds(typed: str) -> Decimal:
    plain = typed.removeprefix("£").replace(",", "").strip()
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", plain, re.ASCII):
        raise InvalidOperation
    return Decimal(plain)


class _OfUpload(OfficeForm):
    upload = HiddenField()

    @property
    def upload_id(self) -> UUID:
        """Which list was looked at."""
        return UUID(self.upload.data)

    def validate_upload(self, field: HiddenField) -> None:
        """A list that there can be."""
        try:
            UUID(field.data or "")
        except ValueError:
            raise ValidationError("Load the page again: it does not say which list was looked at.") from None


_PHRASE = re.compile(r"text ([0-9]{1,6}) (?:person|people)", re.ASCII)


class ConfirmForm(_OfUpload):
    """The words by which a second person confirms a list."""

    phrase = LineField("Confirm", [DataRequired("Type the words to confirm. Nobody has been texted.")])

    @property
    def people(self) -> int:
        """How many were typed, whatever capitals and spaces beside."""
        found = _PHRASE.fullmatch(" ".join(self.phrase.words.lower().replace(",", "").split()))
        return int(found[1]) if found else 0

    def validate_phrase(self, field: LineField) -> None:
        """Words that confirm so many people."""
        if not self.people:
            raise ValidationError(f"Type the words as they stand beside the field, not “{field.words[:40]}”.")


class GoOnForm(OfficeForm):
    """The same words, where a list was confirmed and not all of it was invited."""

    phrase = LineField("Confirm", [DataRequired("Type the words to confirm.")])
    people = ConfirmForm.people
    validate_phrase = ConfirmForm.validate_phrase


class ThrowAwayForm(_OfUpload):
    """Nothing but which list."""


class NumberForm(OfficeForm):
    """What somebody asks about their own number."""

    number = LineField("Their mobile number", [DataRequired("Enter the number of the person who asks.")], longest=40)
    wish = RadioField(
        "What they ask for",
        [InputRequired("Choose what they ask for.")],
        widget=GovRadioInput(),
        choices=list(WISHES.items()),
    )
    never_again = BooleanField("And never text this number again, in any inspection", widget=GovCheckboxInput())

    @property
    def language(self) -> Language:
        """The language they want to be texted in."""
        return "cy" if self.wish.data == WELSH else "en"
