"""The inspections: made once, found by their short name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldwork.faults import NotFound, Refused
from fieldwork.models.inspections import Inspection, Nation, Policy, Programme, Wave
from surveys.text import Names, Text

SLUG = re.compile(r"[a-z][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInspection:
    """What has to be known of an inspection before it is made."""

    slug: str
    name: str
    programme: Programme
    names: Names
    nation: Nation = "england"
    year: int | None = None
    fieldwork: str | None = None
    cases_inspected: int | None = None
    open_link_allowed: bool = False
    policy: Policy = "as_published"
    note: Text | None = None


def create(session: Session, new: NewInspection) -> Inspection:
    """The inspection, made.

    Raises:
        Refused: its short name is taken or cannot be one, or its number of cases is below zero.
    """
    if not SLUG.fullmatch(new.slug):
        remedy = "Use small letters, digits and dashes, a letter first: leeds-2011."
        raise Refused(repr(new.slug), "cannot be the short name of an inspection.", remedy)
    if not new.name.strip():
        raise Refused(new.slug, "has no name.", "Give the name of the area, as the report prints it.")
    if new.cases_inspected is not None and new.cases_inspected < 0:
        raise Refused(new.slug, f"cannot have {new.cases_inspected} cases.", "Give the number of cases inspected.")
    if session.scalar(select(Inspection.id).where(Inspection.slug == new.slug)):
        raise Refused(new.slug, "is there already.", "Choose another short name, or use the one that is there.")
    inspection = Inspection(**{name: getattr(new, name) for name in NewInspection.__dataclass_fields__})
    session.add(inspection)
    session.flush()
    return inspection


def find(session: Session, slug: str) -> Inspection:
    """The inspection with that short name.

    Raises:
        NotFound: there is none; the message names the nearest.
    """
    if found := session.scalar(select(Inspection).where(Inspection.slug == slug)):
        return found
    raise NotFound(slug, "there is no such inspection.", nearest(slug, session.scalars(select(Inspection.slug))))


def all_of(session: Session) -> list[Inspection]:
    """Every inspection, by short name."""
    return list(session.scalars(select(Inspection).order_by(Inspection.slug)))


def of_wave(session: Session, wave_id: UUID) -> Inspection:
    """The inspection that a wave is part of."""
    return session.scalars(select(Inspection).join(Wave).where(Wave.id == wave_id)).one()


def nearest(name: str, names: Iterable[str], likeness: float = 0.6) -> str:
    """A remedy for a name that is not there: the nearest that is, or where to look."""
    near = get_close_matches(name, list(names), n=1, cutoff=likeness)
    return f"Did you mean {near[0]}?" if near else "See which there are: flask inspections list, flask waves list."
