"""Which findings make which bullet, in what order, for each questionnaire: `reports/plans/*.toml`, read and checked."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from reports.findings import Measure
from surveys.problems import BrokenDefinition, Problem
from surveys.questionnaire import Identifier
from surveys.text import Frozen, Text

PLANS = Path(__file__).parent / "plans"
MOST_FINDINGS = 4  # in one bullet
THOSE = Text(en="those ", cy="y rhai ")  # how a base label begins; a sentence puts its own noun in that place


class PlannedFinding(Frozen):
    """What to say of one question. Without a statement a count quotes its categories: said “mostly”."""

    question: Identifier
    measure: Measure = "share"
    categories: tuple[str, ...] = ()
    statement: Text | None = None
    threshold: int | None = None  # at_least, at_most: the point on the scale
    top: int | None = Field(default=None, ge=1, le=MOST_FINDINGS)  # top: how many categories, the commonest first
    phrases: Mapping[str, Text] = Field(default_factory=dict)  # top: what each category adds to the statement
    of: Identifier | None = None  # the earlier finding of the bullet whose people these are
    only_if_occupied: bool = False  # say nothing where it would be nobody


class PlannedBullet(Frozen):
    """One to four findings that belong together."""

    findings: tuple[PlannedFinding, ...] = Field(min_length=1, max_length=MOST_FINDINGS)


class Unreported(Frozen):
    """What the section leaves to the topline: every other question and category has to be told of."""

    questions: tuple[Identifier, ...] = ()
    categories: tuple[str, ...] = ()


class Plan(Frozen):
    """The section on one questionnaire's audience."""

    questionnaire: str
    opening: Literal["questionnaire", "text_survey"] = "questionnaire"
    unreported: Unreported = Unreported()
    bullets: tuple[PlannedBullet, ...] = Field(min_length=1)


class NoPlan(LookupError):
    """No plan says how this questionnaire is reported."""


@cache
def plan_for(questionnaire_id: str) -> Plan:
    """The plan of the section on this questionnaire.

    Raises:
        NoPlan: there is none.
        BrokenDefinition: it cannot be read; every problem is named.
    """
    path = PLANS / f"{questionnaire_id}.toml"
    if not path.is_file():
        raise NoPlan(f'No plan says how "{questionnaire_id}" is reported. Write reports/plans/{path.name}.')
    return read(path)


def read(path: Path) -> Plan:
    """The plan in the file, its form checked but not yet its sense (`reports.plan_checks`).

    Raises:
        BrokenDefinition: with every problem of its form.
    """
    try:
        return Plan.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise BrokenDefinition([Problem(path.name, "file", str(error), "Correct the TOML there.")]) from error
    except ValidationError as error:
        # "Too short" is also said of a list whose every item has a fault of its own; that says nothing new.
        faults = [each for each in error.errors(include_url=False) if each["type"] != "too_short" or not each["input"]]
        problems = (Problem(path.name, _place(each["loc"]), each["msg"], _remedy(each["type"])) for each in faults)
        raise BrokenDefinition(problems) from error


def _place(keys: tuple[int | str, ...]) -> str:
    """`bullets 2, findings 1, measure`: counted as people count, from one."""
    words: list[str] = []
    for key in keys:
        if isinstance(key, int) and words:
            words[-1] = f"{words[-1]} {key + 1}"
        else:
            words.append(str(key))
    return ", ".join(words) or "file"


def _remedy(kind: str) -> str:
    known = ", ".join(PlannedFinding.model_fields)
    return {
        "extra_forbidden": f"Take it out; a finding can have {known}.",
        "missing": "Add it.",
    }.get(kind, "See reports/plans.py for what can be written there.")
