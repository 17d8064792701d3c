"""Planning waves: which questionnaires an inspection means to ask, of how many people, and until when."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fieldwork.faults import NotFound, Refused
from fieldwork.models.inspections import Inspection, PlannedWave, Wave
from fieldwork.office import editions

LONGEST_DAYS = 366  # a wave that stays open for longer was forgotten


@dataclass(frozen=True, slots=True)
class Plan:
    """What is meant of one wave. `last_day` is the last on which answers are taken."""

    first_day: date | None = None
    last_day: date | None = None
    invited: int | None = None


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A questionnaire of an inspection: as it is planned, and the wave that came of it, whichever there is."""

    questionnaire_id: str
    planned: PlannedWave | None
    wave: Wave | None


def plan(session: Session, inspection: Inspection, questionnaire_id: str, meant: Plan) -> PlannedWave:
    """The wave, planned. Where one is open already, this gives it a last day.

    Raises:
        Refused: it is planned already, or its days or number cannot be so.
    """
    name = f"{inspection.slug}/{questionnaire_id}"
    _refuse_what_cannot_be(name, meant)
    planned = PlannedWave(
        inspection_id=inspection.id,
        questionnaire_id=questionnaire_id,
        first_day=meant.first_day,
        last_day=meant.last_day,
        invited=meant.invited,
    )
    try:
        with session.begin_nested():
            session.add(planned)
    except IntegrityError:
        remedy = "An inspection asks a questionnaire in one wave: change the one that is there."
        raise Refused(name, "is planned already.", remedy) from None
    return planned


def replan(session: Session, planned: PlannedWave, meant: Plan, seen: int) -> bool:
    """Change a plan, and with it the number invited of a wave that is open; true where something changed.

    Raises:
        ChangedMeanwhile: somebody else has changed it since edition `seen`.
        Refused: its days or number cannot be so, or its wave is closed.
    """
    key = (planned.inspection_id, planned.questionnaire_id)
    held = session.get_one(PlannedWave, key, with_for_update=True, populate_existing=True)
    if (held.first_day, held.last_day, held.invited) == (meant.first_day, meant.last_day, meant.invited):
        return False
    editions.take(held, seen)
    wave = session.scalar(_wave_of(held))
    _refuse_what_cannot_be(held.questionnaire_id, meant, wave)
    held.first_day, held.last_day, held.invited = meant.first_day, meant.last_day, meant.invited
    if wave:
        wave.invited = meant.invited
    session.flush()
    return True


def drop(session: Session, planned: PlannedWave) -> None:
    """Plan it no more.

    Raises:
        Refused: it has opened.
    """
    if wave := session.scalar(_wave_of(planned)):
        raise Refused(wave.name, "has opened, and people may have answered.", "Close it, if it should take no more.")
    session.delete(session.get_one(PlannedWave, (planned.inspection_id, planned.questionnaire_id)))
    session.flush()


def find(session: Session, inspection: Inspection, questionnaire_id: str) -> Undertaking:
    """What the inspection does with that questionnaire.

    Raises:
        NotFound: nothing.
    """
    for each in undertakings(session, inspection):
        if each.questionnaire_id == questionnaire_id:
            return each
    raise NotFound(f"{inspection.slug}/{questionnaire_id}", "is neither planned nor open.", "Plan it first.")


def undertakings(session: Session, inspection: Inspection) -> list[Undertaking]:
    """Every questionnaire that the inspection asks or means to ask, by name."""
    planned = {
        each.questionnaire_id: each
        for each in session.scalars(select(PlannedWave).where(PlannedWave.inspection_id == inspection.id))
    }
    opened = {
        each.questionnaire_id: each for each in session.scalars(select(Wave).where(Wave.inspection_id == inspection.id))
    }
    names = sorted(planned.keys() | opened.keys())
    return [Undertaking(name, planned.get(name), opened.get(name)) for name in names]


def _refuse_what_cannot_be(name: str, meant: Plan, wave: Wave | None = None) -> None:
    if wave and wave.closed:
        raise Refused(wave.name, f"closed on {wave.closed:%d %B %Y}.", "What was planned of it cannot change any more.")
    if meant.invited is not None and meant.invited < 0:
        raise Refused(name, f"{meant.invited} cannot have been invited.", "Give the number of people invited.")
    begins = wave.opened if wave else meant.first_day
    if begins and meant.last_day and meant.last_day < begins:
        fault = f"its last day would be before it opens, on {begins:%d %B %Y}."
        raise Refused(name, fault, "Give a last day that is not before the first.")
    if begins and meant.last_day and (meant.last_day - begins).days > LONGEST_DAYS:
        raise Refused(name, "would be open for more than a year.", "Give an earlier last day.")


def _wave_of(planned: PlannedWave) -> Select[Wave]:
    same = (Wave.inspection_id == planned.inspection_id, Wave.questionnaire_id == planned.questionnaire_id)
    return select(Wave).where(*same)
