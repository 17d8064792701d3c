"""How the waves of an inspection stand: planned, open or closed, and what is to be said of each."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from fieldwork import waves
from fieldwork.database import Session
from fieldwork.models.inspections import Inspection, PlannedWave, Wave
from fieldwork.progress import planning
from fieldwork.progress.planning import Undertaking
from staff.inspections.programmes import AUDIENCES
from surveys.loading import NoSuchQuestionnaire, definition
from surveys.problems import BrokenDefinition

State = Literal["planned", "open", "closed"]


@dataclass(frozen=True, slots=True)
class Standing:
    """One wave, as the office speaks of it."""

    questionnaire_id: str
    title: str
    audience: str
    state: State
    first_day: date | None
    last_day: date | None
    invited: int | None
    edition: int

    @property
    def days(self) -> str:
        """From when to when, in words."""
        first, last = self.first_day, self.last_day
        if first and last:
            return f"{_day(first)} to {_day(last)}"
        if first:
            return f"From {_day(first)}, with no last day"
        return f"Until {_day(last)}" if last else "Days not known yet"


def title_of(wave: str) -> str:
    """What people call a wave: `leeds-2027/children` is “Your views: children”."""
    return _called(wave.partition("/")[2])[0]


def standings(session: Session, inspection: Inspection) -> list[Standing]:
    """How each wave of the inspection stands, by name."""
    return [standing(session, each) for each in planning.undertakings(session, inspection)]


def standing(session: Session, undertaking: Undertaking) -> Standing:
    """How this one stands."""
    planned, wave = undertaking.planned, undertaking.wave
    title, audience = _asked_in(session, wave) if wave else _called(undertaking.questionnaire_id)
    return Standing(
        undertaking.questionnaire_id,
        title,
        audience,
        _state(wave),
        wave.opened if wave else planned.first_day if planned else None,
        _last_day(planned, wave),
        wave.number_invited if wave else planned.invited if planned else None,
        planned.edition if planned else 0,
    )


def _state(wave: Wave | None) -> State:
    if wave is None:
        return "planned"
    return "closed" if wave.closed else "open"


def _last_day(planned: PlannedWave | None, wave: Wave | None) -> date | None:
    if wave and wave.closed:
        return wave.closed
    return planned.last_day if planned else None


def _asked_in(session: Session, wave: Wave) -> tuple[str, str]:
    asks = waves.asked_in(session, wave.id).questionnaire
    return asks.title.en, AUDIENCES[asks.audience]


def _called(questionnaire_id: str) -> tuple[str, str]:
    """Title and audience; what can be said where the questionnaire is not there any more."""
    try:
        asks = definition(questionnaire_id)
    except (NoSuchQuestionnaire, BrokenDefinition):
        return questionnaire_id, "not known"
    return asks.title.en, AUDIENCES[asks.audience]


def _day(value: date) -> str:
    return f"{value:%-d %B %Y}"
