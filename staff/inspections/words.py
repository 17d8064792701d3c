"""What is said of an inspection, in words, and where two people have said different things of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fieldwork.inspections import NewInspection
from staff.inspections.forms import NAMED, NATIONS, POLICIES
from staff.inspections.programmes import programmes
from surveys.text import NAMES

LABELS = {
    "slug": "Short name",
    "name": "Area",
    "programme": "Programme",
    "nation": "Nation",
    "year": "Year of the report",
    "fieldwork": "Fieldwork, as it is printed",
    "first_day": "First day of fieldwork",
    "last_day": "Last day of fieldwork",
    "cases_inspected": "Number of cases inspected",
    "offers_welsh": "Languages",
    "policy": "How results are published",
    "open_link_allowed": "Open link",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Something of which two people have said different things."""

    what: str
    there: str
    yours: str


def facts(of: NewInspection) -> list[tuple[str, str]]:
    """Everything that is said of it, each with what it is called."""
    plain = [(label, shown(name, getattr(of, name))) for name, label in LABELS.items()]
    return [*plain, *((NAMED[name], shown(name, getattr(of.names, name))) for name in NAMES)]


def differences(there: NewInspection, yours: NewInspection) -> list[Difference]:
    """Where the two do not say the same."""
    pairs = zip(facts(there), facts(yours), strict=True)
    return [Difference(what, here, mine) for (what, here), (_, mine) in pairs if here != mine]


def shown(name: str, value: Any) -> str:
    """A value in words."""
    if value is None:
        return "not known yet"
    known: dict[str, dict[Any, str]] = {
        "nation": dict(NATIONS.items()),
        "policy": dict(POLICIES.items()),
        "programme": {each: template.title for each, template in programmes().items()},
        "offers_welsh": {True: "English and Welsh", False: "English only"},
        "open_link_allowed": {True: "allowed: anybody who has it can answer", False: "not allowed"},
    }
    if name in known:
        return known[name][value]
    if name in NAMES:
        return f"{value.en}; in Welsh {value.cy}"
    return day(value) if isinstance(value, date) else str(value)


def day(value: date) -> str:
    """A day in words: `6 February 2027`."""
    return f"{value:%-d %B %Y}"
