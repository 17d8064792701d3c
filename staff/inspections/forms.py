"""What is filled in about an inspection: when it is made, and when it is changed."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovCheckboxInput, GovRadioInput, GovSelect
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from fieldwork.inspections import NewInspection, months_from
from fieldwork.models.inspections import Inspection, Nation, Policy, Programme
from fieldwork.models.people import StaffMember
from fieldwork.progress.planning import Plan
from staff.fields import DayField, LineField, NumberField
from staff.forms import EditedForm
from staff.inspections.programmes import Template
from surveys.questionnaire import Questionnaire
from surveys.text import NAMES, Names, Text

NAMED = {
    "service": "The service",
    "worker": "Somebody who works there",
    "child": "One of the people it works with",
    "children": "Several of them",
}
NATIONS: dict[Nation, str] = {"england": "England", "wales": "Wales"}
POLICIES: dict[Policy, str] = {
    "as_published": "As published: exact counts, as in the inspectorate’s own reports",
    "protected": "Protected: nothing about fewer than ten people, and bands instead of counts",
}
LANGUAGES = {"both": "English and Welsh", "english": "English only"}
FIRST_YEAR, LAST_YEAR = 2000, 2100
LATER = "later"


class MayStillChange(EditedForm):
    """What may change as long as the inspection goes on."""

    year = NumberField("Year of the report")
    first_day = DayField("First day of fieldwork")
    last_day = DayField("Last day of fieldwork")
    cases = NumberField("Number of cases inspected")
    policy = RadioField(
        "How results are published",
        [InputRequired("Choose how results are published.")],
        widget=GovRadioInput(),
        choices=list(POLICIES.items()),
    )
    open_link = BooleanField("Let anybody answer who has the link, without a code", widget=GovCheckboxInput())

    def validate_year(self, field: NumberField) -> None:
        """A year that can be one."""
        if field.number is not None and not FIRST_YEAR <= field.number <= LAST_YEAR:
            raise ValidationError(f"Enter a year from {FIRST_YEAR} to {LAST_YEAR}.")

    def validate_last_day(self, field: DayField) -> None:
        """Not before the first."""
        if field.data and self.first_day.data and field.data < self.first_day.data:
            raise ValidationError("The last day is before the first. Change one of them.")

    def fill(self, inspection: Inspection) -> None:
        """Show what is there."""
        self.edition.data = inspection.edition
        self.year.data = _written(inspection.year)
        self.first_day.data, self.last_day.data = inspection.first_day, inspection.last_day
        self.cases.data = _written(inspection.cases_inspected)
        self.policy.data = inspection.policy
        self.open_link.data = inspection.open_link_allowed

    def said(self, of: NewInspection) -> NewInspection:
        """The same inspection, as it is filled in here."""
        first, last = self.first_day.data, self.last_day.data
        moved = (first, last) != (of.first_day, of.last_day)
        return replace(
            of,
            year=self.year.number,
            first_day=first,
            last_day=last,
            fieldwork=months_from(first, last) if moved and first and last else of.fieldwork,
            cases_inspected=self.cases.number,
            policy=cast("Policy", self.policy.data),
            open_link_allowed=self.open_link.data,
        )


class Everything(MayStillChange):
    """All that can be said of an inspection before anybody was asked."""

    name = LineField("Area", [DataRequired("Enter the name of the area, as the report prints it.")], longest=80)
    nation = RadioField(
        "Nation",
        [InputRequired("Say whether the area is in England or in Wales.")],
        widget=GovRadioInput(),
        choices=list(NATIONS.items()),
    )
    languages = RadioField(
        "Languages in which people are asked",
        [InputRequired("Choose the languages in which people are asked.")],
        widget=GovRadioInput(),
        choices=list(LANGUAGES.items()),
        default="both",
        description="In Wales everybody is offered both.",
    )
    service_en = LineField("In English", [DataRequired("Enter what the service is called.")], longest=80)
    service_cy = LineField("In Welsh", longest=80)
    worker_en = LineField("In English", [DataRequired("Enter what somebody who works there is called.")], longest=80)
    worker_cy = LineField("In Welsh", longest=80)
    child_en = LineField("In English", [DataRequired("Enter what one of the people is called.")], longest=80)
    child_cy = LineField("In Welsh", longest=80)
    children_en = LineField("In English", [DataRequired("Enter what several of the people are called.")], longest=80)
    children_cy = LineField("In Welsh", longest=80)

    def validate_languages(self, field: RadioField) -> None:
        """Welsh in Wales, and all names in each language that is offered."""
        if self.nation.data == "wales" and field.data == "english":
            raise ValidationError("In Wales everybody is offered Welsh: choose both.")

    def validate(self, extra_validators: Any = None) -> bool:
        """True where everything can be kept as it is filled in."""
        fine: bool = super().validate(extra_validators)
        for name, called in NAMED.items():
            welsh = self[f"{name}_cy"]
            if self.languages.data == "both" and not welsh.data:
                words = called[0].lower() + called[1:]
                welsh.errors = [*welsh.errors, f"Enter the Welsh for {words}, or offer English only."]
                fine = False
        return fine

    def fill(self, inspection: Inspection) -> None:
        """Show what is there."""
        super().fill(inspection)
        self.name.data, self.nation.data = inspection.name, inspection.nation
        self.languages.data = "both" if inspection.offers_welsh else "english"
        self.fill_names(inspection.names)

    def fill_names(self, names: Names) -> None:
        """Show these names."""
        for name in NAMES:
            text: Text = getattr(names, name)
            self[f"{name}_en"].data, self[f"{name}_cy"].data = text.en, text.cy

    def said(self, of: NewInspection) -> NewInspection:
        """The same inspection, as it is filled in here."""
        names = {
            name: Text(en=self[f"{name}_en"].data, cy=self[f"{name}_cy"].data or self[f"{name}_en"].data)
            for name in NAMES
        }
        return replace(
            super().said(of),
            name=self.name.words,
            nation=cast("Nation", self.nation.data),
            offers_welsh=self.languages.data == "both",
            names=Names(**names),
        )


class NewForm(Everything):
    """The same, with what has to be settled at the beginning."""

    slug = LineField("Short name", longest=40)
    lead = SelectField("Lead inspector", widget=GovSelect())
    asks = SelectMultipleField("Whom it asks, and what", widget=GovCheckboxesInput())

    def planned(self) -> dict[str, Plan]:
        """Each questionnaire that was chosen, and what is meant of it."""
        first, last = self.first_day.data, self.last_day.data
        return {each: Plan(first, last, self[invited_field(each)].number) for each in self.asks.data or ()}

    def new(self, programme: Programme, slug: str, year: int) -> NewInspection:
        """The inspection to make."""
        nothing = NewInspection(slug=slug, name="", programme=programme, names=_NO_NAMES)
        return replace(self.said(nothing), year=self.year.number or year)


_NO_NAMES = Names(**{name: Text(en="", cy="") for name in NAMES})


def invited_field(questionnaire_id: str) -> str:
    """The name of the field that says how many are invited to answer it."""
    return f"invited_{questionnaire_id.replace('-', '_')}"


def new_form(template: Template, people: Iterable[StaffMember]) -> NewForm:
    """The form for an inspection under this programme, filled in as the programme proposes."""
    asks = template.questionnaires
    numbers = {invited_field(each.id): NumberField("Number of people invited") for each in asks}
    form: NewForm = type("NewFormOfProgramme", (NewForm,), numbers)()
    form.asks.choices = [(each.id, _called(each)) for each in asks]
    form.lead.choices = [(LATER, "Appoint somebody later"), *((str(each.id), each.name) for each in people)]
    if not form.is_submitted():
        form.asks.data = [each.id for each in asks if template.proposes(each)]
        form.policy.data = template.policy
        form.fill_names(template.names)
    return form


def _called(questionnaire: Questionnaire) -> str:
    return questionnaire.title.en


def _written(number: int | None) -> str:
    return "" if number is None else str(number)
