"""The waves: an inspection's fieldwork with one questionnaire, from the day it opens to the day it closes."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Connection, Select, select
from sqlalchemy.orm import Session

from fieldwork.faults import NotFound, Refused
from fieldwork.inspections import nearest
from fieldwork.models.inspections import Inspection, Nation, Programme, Wave
from surveys.questionnaire import Questionnaire
from surveys.text import Names

SLUG_BYTES = 12
Value = TypeVar("Value")
REMEMBERED = 64  # waves; an office has a handful open at a time


def open_wave(
    session: Session,
    inspection: Inspection,
    questionnaire: Questionnaire,
    invited: int | None = None,
    *,
    today: date | None = None,
) -> Wave:
    """A wave that asks this version of the questionnaire, with these names, whatever becomes of both later.

    Raises:
        Refused: the inspection has one with this questionnaire, or fewer than none were invited.
    """
    name = f"{inspection.slug}/{questionnaire.id}"
    if invited is not None and invited < 0:
        raise Refused(name, f"{invited} cannot have been invited.", "Give the number of people invited.")
    if session.scalar(_named(inspection.slug, questionnaire.id)):
        raise Refused(name, "is there already.", "An inspection asks a questionnaire in one wave.")
    wave = Wave(
        inspection=inspection,
        questionnaire_id=questionnaire.id,
        version=questionnaire.version,
        frozen=questionnaire.model_dump_json(by_alias=True, exclude_none=True),
        names=inspection.names,
        open_slug=secrets.token_urlsafe(SLUG_BYTES),
        opened=today or _today(),
        invited=invited,
    )
    session.add(wave)
    session.flush()
    return wave


def hold(session: Session, wave_id: UUID) -> Wave:
    """The wave as it is now, which nobody else can open, change or close until this transaction ends."""
    return session.get_one(Wave, wave_id, with_for_update={"of": Wave}, populate_existing=True)


def find_wave(session: Session, name: str) -> Wave:
    """The wave written `leeds-2011/children-2010`.

    Raises:
        NotFound: there is none; the message names the nearest.
    """
    inspection, _, questionnaire = name.partition("/")
    if found := session.scalar(_named(inspection, questionnaire)):
        return found
    there = [wave.name for wave in all_waves(session)]
    of_inspection = [each for each in there if each.startswith(f"{inspection}/")]
    remedy = nearest(name, of_inspection, likeness=0) if of_inspection else nearest(name, there)
    raise NotFound(name, "there is no such wave.", remedy)


def by_open_link(session: Session, open_slug: str) -> Wave | None:
    """The wave this open link leads to now; none where it is unknown, closed, or not allowed for the inspection."""
    usable = (Wave.open_slug == open_slug, Wave.closed.is_(None), Inspection.open_link_allowed)
    return session.scalar(select(Wave).join(Wave.inspection).where(*usable))


def all_waves(session: Session, inspection: Inspection | None = None) -> list[Wave]:
    """Every wave, or those of one inspection, by name."""
    wanted = select(Wave).join(Wave.inspection).order_by(Inspection.slug, Wave.questionnaire_id)
    return list(session.scalars(wanted.where(Wave.inspection_id == inspection.id) if inspection else wanted))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a wave asks, and in what names. None of it can change, so it is read once in a process."""

    questionnaire: Questionnaire
    names: Names
    inspection_name: str
    nation: Nation
    programme: Programme


class _Memory(OrderedDict[UUID, Value]):
    """What was read of the waves last asked about."""

    def keep(self, wave_id: UUID, value: Value) -> Value:
        """The value, kept; the one kept longest makes room."""
        self[wave_id] = value
        while len(self) > REMEMBERED:
            self.popitem(last=False)
        return value


_asked: _Memory[Asked] = _Memory()
_frozen: _Memory[Questionnaire] = _Memory()


def asked_in(work: Session | Connection, wave_id: UUID) -> Asked:
    """What that wave asks."""
    if known := _asked.get(wave_id):
        return known
    wave = (work if isinstance(work, Session) else Session(work)).get_one(Wave, wave_id)
    asks = frozen_questionnaire(wave_id, wave.frozen)
    there = wave.inspection
    return _asked.keep(wave_id, Asked(asks, wave.names, there.name, there.nation, there.programme))


def frozen_questionnaire(wave_id: UUID, json: str) -> Questionnaire:
    """The questionnaire as the wave froze it."""
    return _frozen.get(wave_id) or _frozen.keep(wave_id, Questionnaire.model_validate_json(json))


def _named(slug: str, questionnaire_id: str) -> Select[Wave]:
    wanted = (Inspection.slug == slug, Wave.questionnaire_id == questionnaire_id)
    return select(Wave).join(Wave.inspection).where(*wanted)


def _today() -> date:
    return datetime.now(UTC).date()
