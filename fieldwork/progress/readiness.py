"""Whether a planned wave may open: all that has to be so first, with what to do about it. Nothing is assumed.

Nobody can be asked before somebody is there to act on what they say.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy.orm import Session

from fieldwork import waves
from fieldwork.faults import Refused
from fieldwork.hours import LONDON
from fieldwork.models.inspections import Inspection, PlannedWave, Wave
from fieldwork.office import audit
from fieldwork.office.audit import Who
from fieldwork.safeguarding.cover import missing_cover
from surveys.loading import NoSuchQuestionnaire, definition
from surveys.problems import BrokenDefinition, Problem
from surveys.questionnaire import Questionnaire
from surveys.text import NAMES, Language

HELPLINE_DAYS = 90
CALLED: dict[Language, str] = {"en": "English", "cy": "Welsh"}
MAY_BE_ALIKE = ("service",)  # a service may have one name in both languages; its people never do
TEST_ALERT = "A test alert"
COVER = ("Two named people", "Cover hours", "Children's services", "The police", TEST_ALERT)  # as cover calls them

Room = Literal["inspection", "plan", "questionnaire", "helplines", "cover"]
Check = Callable[[Questionnaire, str], Sequence[Problem]]
Missing = tuple[str, str]  # what is missing, and what to do


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that has to be so before a wave opens."""

    room: Room
    what: str
    missing: str = ""
    remedy: str = ""

    @property
    def done(self) -> bool:
        """True where nothing is missing."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class House:
    """What a wave depends on that lies in other rooms of the house."""

    helplines_checked: date
    checks: tuple[Check, ...] = ()
    """What each mode has against a questionnaire."""


def tasks(session: Session, planned: PlannedWave, house: House, now: datetime) -> list[Task]:
    """Everything that has to be so before this wave opens, in the order in which it is best done."""
    inspection = session.get_one(Inspection, planned.inspection_id)
    today = now.astimezone(LONDON).date()
    return [
        Task("inspection", "Names of the service and its people", *_names(inspection)),
        Task("plan", "Dates", *_dates(planned, today)),
        Task("questionnaire", "Questionnaire in each language", *_questionnaire(planned.questionnaire_id, house)),
        Task("helplines", "Helplines", *_helplines(house.helplines_checked, today)),
        *_cover(session, inspection, now),
    ]


def open_planned(session: Session, planned: PlannedWave, house: House, who: Who, now: datetime) -> Wave:
    """The wave, open from this moment on.

    Raises:
        Refused: something that has to be so is missing, or it is open already. Nobody can be asked yet.
    """
    key = (planned.inspection_id, planned.questionnaire_id)
    held = session.get_one(PlannedWave, key, with_for_update=True, populate_existing=True)
    inspection = session.get_one(Inspection, held.inspection_id, with_for_update={"of": Inspection})
    name = f"{inspection.slug}/{held.questionnaire_id}"
    missing = [task for task in tasks(session, held, house, now) if not task.done]
    if missing:
        told = " ".join(f"{task.what}: {task.missing}" for task in missing)
        raise Refused(name, f"cannot open yet. {told}", "Do what the page of the wave says, and open it then.")
    today = now.astimezone(LONDON).date()
    wave = waves.open_wave(session, inspection, definition(held.questionnaire_id), held.invited, today=today)
    audit.record(session, "opened_wave", who, inspection_id=inspection.id, about=wave.name)
    return wave


def _names(inspection: Inspection) -> Missing:
    """Every name in every language offered; where the Welsh is the English, somebody left it out."""
    absent = []
    for language in inspection.languages:
        for name in NAMES:
            text = getattr(inspection.names, name)
            copied = language == "cy" and text.cy == text.en and name not in MAY_BE_ALIKE
            if copied or not text.in_language(language).strip():
                absent.append(f"{name} ({CALLED[language]})")
    if absent:
        return f"Not given: {', '.join(absent)}.", "Write what the pages call them."
    return "", ""


def _dates(planned: PlannedWave, today: date) -> Missing:
    if planned.last_day is None:
        return "There is no last day, so it would never close.", "Give the last day on which answers are taken."
    if planned.last_day < today:
        return f"Its last day was {planned.last_day:%d %B %Y}.", "Give a last day that is still to come."
    if planned.first_day and planned.first_day > today:
        return f"Its first day is {planned.first_day:%d %B %Y}.", "Wait for that day, or bring it forward."
    return "", ""


def _questionnaire(questionnaire_id: str, house: House) -> Missing:
    try:
        asks = definition(questionnaire_id)
    except (NoSuchQuestionnaire, BrokenDefinition) as broken:
        return str(broken), "Have it mended, or plan another."
    problems = [str(problem) for check in house.checks for problem in check(asks, f"{questionnaire_id}.toml")]
    return (" ".join(problems), "Have the questionnaire mended, or plan another.") if problems else ("", "")


def _helplines(checked: date, today: date) -> Missing:
    days = (today - checked).days
    if days <= HELPLINE_DAYS:
        return "", ""
    fault = f"The phone numbers on our pages were last checked on {checked:%d %B %Y}, {days} days ago."
    return fault, "Have each of them called, and the new date written into the file of helplines."


def _cover(session: Session, inspection: Inspection, now: datetime) -> list[Task]:
    """What has to be known of those who look at what people write, what is missing of it in its place."""
    missing = missing_cover(session, inspection, now)
    done = [Task("cover", what) for what in COVER if what not in {each.what for each in missing}]
    lacking = [Task("cover", each.what, each.fault, each.remedy) for each in missing]
    return sorted([*done, *lacking], key=lambda task: COVER.index(task.what))
