"""The inspections: made once, found by their short name, changed as long as nobody has been asked."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fieldwork.faults import NotFound, Refused
from fieldwork.models.inspections import Inspection, Nation, Policy, Programme, Wave
from fieldwork.office import editions
from surveys.text import Names, Text

LONGEST_SLUG = 40
SLUG = re.compile(rf"[a-z][a-z0-9-]{{0,{LONGEST_SLUG - 1}}}")
SETTLED_BY_OPENING = ("name", "programme", "nation", "names", "offers_welsh")  # people have read them, and answered


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
    first_day: date | None = None
    last_day: date | None = None
    offers_welsh: bool = True


FIELDS: tuple[str, ...] = tuple(NewInspection.__dataclass_fields__)


def create(session: Session, new: NewInspection) -> Inspection:
    """The inspection, made.

    Raises:
        Refused: its short name is taken or cannot be one, or what is said of it cannot be so.
    """
    if not SLUG.fullmatch(new.slug):
        remedy = "Use small letters, digits and dashes, a letter first: leeds-2011."
        raise Refused(repr(new.slug), "cannot be the short name of an inspection.", remedy)
    _refuse_what_cannot_be(new)
    taken = Refused(new.slug, "is there already.", "Choose another short name, or use the one that is there.")
    if session.scalar(select(Inspection.id).where(Inspection.slug == new.slug)):
        raise taken
    inspection = Inspection(**{name: getattr(new, name) for name in FIELDS})
    try:
        session.add(inspection)
        session.flush()
    except IntegrityError:  # somebody made it at the same moment
        raise taken from None
    return inspection


def change(session: Session, inspection: Inspection, new: NewInspection, seen: int) -> tuple[str, ...]:
    """The names of what has changed, now that all of it is as in `new`. `seen` is the edition that was shown.

    Raises:
        ChangedMeanwhile: somebody else has changed it since.
        Refused: it cannot be so, or what people have been asked under is to be changed.
    """
    held = session.get_one(Inspection, inspection.id, with_for_update={"of": Inspection}, populate_existing=True)
    changed = tuple(name for name in FIELDS if getattr(held, name) != getattr(new, name))
    if not changed:
        return ()
    editions.take(held, seen)
    if "slug" in changed:
        raise Refused(held.slug, "keeps its short name: links and files carry it.", "Leave it as it is.")
    _refuse_what_cannot_be(new)
    if has_opened(session, held):
        for fault, remedy in _settled(held, new, changed):
            raise Refused(held.slug, fault, remedy)
    for name in changed:
        setattr(held, name, getattr(new, name))
    session.flush()
    return changed


def has_opened(session: Session, inspection: Inspection) -> bool:
    """True once a wave of it has opened: from then on people have been asked under its names."""
    return session.scalar(select(Wave.id).where(Wave.inspection_id == inspection.id).limit(1)) is not None


def _refuse_what_cannot_be(new: NewInspection) -> None:
    """Return in silence if all that is said of the inspection can be so.

    Raises:
        Refused: it cannot.
    """
    if not new.name.strip():
        raise Refused(new.slug, "has no name.", "Give the name of the area, as the report prints it.")
    if new.cases_inspected is not None and new.cases_inspected < 0:
        raise Refused(new.slug, f"cannot have {new.cases_inspected} cases.", "Give the number of cases inspected.")
    if new.first_day and new.last_day and new.last_day < new.first_day:
        raise Refused(new.slug, "would end before it begins.", "Give a last day that is not before the first.")
    if new.nation == "wales" and not new.offers_welsh:
        raise Refused(new.slug, "is in Wales, where everybody is offered Welsh.", "Offer both languages.")


def _settled(held: Inspection, new: NewInspection, changed: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What of the changes comes too late once a wave has opened."""
    late = [name for name in changed if name in SETTLED_BY_OPENING]
    if late:
        told = ", ".join("Welsh" if name == "offers_welsh" else name for name in late)
        yield f"a wave has opened, so this stays as it is: {told}.", "People have been asked under it. Leave it."
    if "policy" in changed and new.policy == "as_published":
        fault = f"people have been asked under the policy {held.policy}, and a looser one would break our word."
        yield fault, "Leave it, or choose the protected one."


def as_new(inspection: Inspection) -> NewInspection:
    """All that is said of the inspection, to be changed."""
    return NewInspection(**{name: getattr(inspection, name) for name in FIELDS})


def propose_slug(session: Session, area: str, year: int) -> str:
    """A short name that is free, from the area and the year: `leeds-2011`, `leeds-2011-2`.

    Raises:
        Refused: the area has no letter that a short name can begin with.
    """
    taken = set(session.scalars(select(Inspection.slug)))
    for count in range(1, len(taken) + 2):
        slug = slug_of(area, f"-{year}" if count == 1 else f"-{year}-{count}")
        if slug and slug not in taken:
            return slug
    raise Refused(repr(area), "has no letter of the alphabet.", "Give a short name yourself, like leeds-2011.")


def slug_of(area: str, end: str) -> str | None:
    """The area in small letters and dashes with that at its end, short enough; none where it has no letter."""
    plain = unicodedata.normalize("NFKD", area).encode("ascii", "ignore").decode().lower().replace("'", "")
    begins = re.sub(r"[^a-z0-9]+", "-", plain).lstrip("-0123456789")[: LONGEST_SLUG - len(end)].strip("-")
    return begins + end if begins else None


def months_from(first: date, last: date) -> str:
    """When the fieldwork is, as a report prints it: `February 2012`, `May to July 2012`."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    return f"{first:%B} to {last:%B %Y}" if first.year == last.year else f"{first:%B %Y} to {last:%B %Y}"


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
