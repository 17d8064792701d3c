"""Who looks at the concerns of an inspection: filled in by the safeguarding lead before anybody is asked anything."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldwork.faults import Refused
from fieldwork.models.concerns import ConcernStep, Matter, Person
from fieldwork.models.cover import FIVE, NINE, Cover
from fieldwork.models.inspections import Inspection, Nation, Wave
from fieldwork.models.people import Membership, StaffMember
from fieldwork.moments import HOUR, minute_of
from fieldwork.numbers.phone_numbers import NotAMobile, mobile
from fieldwork.office import audit, editions
from fieldwork.office.audit import Who
from fieldwork.safeguarding.cover_hours import CoverHours
from surveys.reading import tidy

TEST_DAYS = 7
NAMED: tuple[Person, ...] = ("first", "second")
LONGEST_LINE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCover:
    """What the safeguarding lead fills in. An empty text is something that is not known yet."""

    first_name: str = ""
    first_email: str = ""
    first_phone: str = ""
    second_name: str = ""
    second_email: str = ""
    second_phone: str = ""
    duty_name: str = ""
    duty_email: str = ""
    duty_phone: str = ""
    days: str = ""
    opens_minute: int = NINE
    closes_minute: int = FIVE
    childrens_services: str = ""
    police: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something without which no wave may open: what is wrong with it, and who does what about it."""

    what: str
    fault: str
    remedy: str


def cover_of(session: Session, of: Inspection | Wave) -> Cover | None:
    """Who looks at the concerns of this inspection, or of that of the wave; none until somebody fills it in."""
    return session.get(Cover, of.id if isinstance(of, Inspection) else of.inspection_id)


def hours_of(cover: Cover | None, nation: Nation) -> CoverHours:
    """The hours in which its clocks run: weekdays from nine to five, unless somebody has said otherwise."""
    if cover is None or not cover.days:
        return CoverHours(nation)
    days = frozenset(int(day) - 1 for day in cover.days)
    return CoverHours(nation, days, cover.opens_minute, cover.closes_minute)


def save(  # noqa: PLR0913 - who keeps what, where, on which edition
    session: Session, inspection_id: UUID, new: NewCover, who: Who, seen: int = 0, *, practice: bool = False
) -> Cover:
    """Keep it in the place of what is there, of which that edition was seen; none is edition 0.

    `practice`: texts reach nobody but the practice telephone, so numbers that belong to nobody are good.

    Raises:
        ChangedMeanwhile: somebody else has changed it since.
        Refused: an address, number, day or hour cannot be one; or two of the people are one.
    """
    given = {name: tidy(value) if isinstance(value, str) else value for name, value in asdict(new).items()}
    _refuse_what_cannot_be(given)
    for person in ("first", "second", "duty"):
        given[f"{person}_email"] = given[f"{person}_email"].lower()
        given[f"{person}_phone"] = _number(person, given[f"{person}_phone"], practice=practice)
    cover = session.get(Cover, inspection_id, with_for_update=True)
    if cover is None:
        cover = Cover(inspection_id=inspection_id, edition=0)
        session.add(cover)
    editions.take(cover, seen)
    for name, value in given.items():
        setattr(cover, name, value)
    audit.record(session, "changed_cover", who, inspection_id=inspection_id)
    session.flush()
    return cover


def _refuse_what_cannot_be(given: dict[str, Any]) -> None:
    for name, value in given.items():
        if len(str(value)) > LONGEST_LINE:
            raise Refused(name, f"is longer than {LONGEST_LINE} letters.", "Shorten it.")
    addresses = [given[f"{person}_email"].lower() for person in ("first", "second", "duty")]
    for address in filter(None, addresses):
        if (
            address.count("@") != 1
            or address.startswith("@")
            or address.endswith("@")
            or any(map(str.isspace, address))
        ):
            raise Refused(address, "is not an e-mail address.", "Write it like name@example.org.")
    if addresses[0] and addresses[0] == addresses[1]:
        raise Refused(addresses[0], "is both of the two people.", "Name two, so that one of them can be away.")
    if not set(given["days"]) <= set("1234567"):
        raise Refused("days", "are not days of the week.", "Tick the days on which somebody is there.")
    if not 0 <= given["opens_minute"] < given["closes_minute"] <= 24 * HOUR:
        raise Refused("hours", "end before they begin.", "Write them like 09:00 and 17:00.")


def _number(person: str, written: str, *, practice: bool) -> str:
    if not written:
        return ""
    try:
        return mobile(written, practice=practice)
    except NotAMobile as fault:
        raise Refused(f"{person}_phone", "is not a UK mobile number.", "Write it like 07700 900123.") from fault


def missing_cover(session: Session, inspection: Inspection, now: datetime) -> list[Missing]:
    """What the inspection lacks before a wave of it may open; nothing where somebody will look at what is written."""
    cover = cover_of(session, inspection) or Cover(inspection_id=inspection.id, **asdict(NewCover()))
    missing = _people(session, cover)
    if not cover.days:
        remedy = "The safeguarding lead says on which days and at what hours somebody looks."
        missing.append(Missing("Cover hours", "Nobody has said when somebody looks at concerns.", remedy))
    for what, filled_in in (("Children's services", cover.childrens_services), ("The police", cover.police)):
        if not filled_in:
            remedy = "The safeguarding lead writes down whom to call in this area."
            missing.append(Missing(what, "Nobody has written down whom to call.", remedy))
    if not _tested(session, inspection.id, now):
        fault = f"No practice concern was acknowledged in the last {TEST_DAYS} days."
        remedy = "The safeguarding lead raises one, and one of the two people acknowledges it."
        missing.append(Missing("A test alert", fault, remedy))
    return missing


def _people(session: Session, cover: Cover) -> list[Missing]:
    named = [(getattr(cover, f"{person}_name"), getattr(cover, f"{person}_email")) for person in NAMED]
    if not all(name and address for name, address in named):
        remedy = "The safeguarding lead names two people, who are told of each concern."
        return [Missing("Two named people", "Two people who look at concerns are not named.", remedy)]
    addresses = {address for _, address in named}
    theirs = (Membership.inspection_id == cover.inspection_id, Membership.role == "safeguarding", StaffMember.active)
    able = select(StaffMember.email).join(Membership, Membership.staff_id == StaffMember.id)
    there = set(session.scalars(able.where(*theirs, StaffMember.email.in_(addresses))))
    remedy = "An administrator lets them in, and makes them a safeguarding lead of this inspection."
    return [
        Missing("Two named people", f"{name} cannot see concerns.", remedy)
        for name, address in named
        if address not in there
    ]


def _tested(session: Session, inspection_id: UUID, now: datetime) -> bool:
    since = minute_of(now) - TEST_DAYS * 24 * HOUR
    acknowledged = select(ConcernStep.id).join(Matter, Matter.id == ConcernStep.matter_id)
    recent = (ConcernStep.step == "acknowledged", ConcernStep.minute >= since)
    of_practice = (Matter.inspection_id == inspection_id, Matter.kind == "practice")
    return session.scalar(acknowledged.where(*recent, *of_practice).limit(1)) is not None
