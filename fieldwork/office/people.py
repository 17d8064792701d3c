"""The people of the office: let in, given and taken what they do in an inspection, and shut out again."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from fieldwork.faults import NotFound, Refused
from fieldwork.models.inspections import Inspection
from fieldwork.models.people import Membership, RecoveryCode, Role, SecondFactorUse, StaffMember
from fieldwork.office import audit
from fieldwork.office.audit import Who

DORMANT_DAYS = 90  # away for longer: an administrator has to open the account again
AFTER_PUBLICATION_DAYS = 90  # then nobody of the inspection sees it any more


def add(  # noqa: PLR0913 - who adds whom, as what, when
    session: Session, email: str, name: str, who: Who, today: date, *, administrator: bool = False
) -> StaffMember:
    """The new member of staff, who has no password yet.

    Raises:
        Refused: the address is known already or is none, or the name is missing.
    """
    address = email.strip().lower()
    if "@" not in address or any(map(str.isspace, address)):
        raise Refused(email, "is not an e-mail address.", "Write it like name@example.org.")
    if not name.strip():
        raise Refused(email, "has no name.", "Give the name that the others will see beside what was done.")
    if session.scalar(select(StaffMember.id).where(StaffMember.email == address)):
        raise Refused(address, "is there already.", "Look for it in the list of people.")
    member = StaffMember(
        email=address,
        name=name.strip(),
        administrator=administrator,
        last_here=today,
        active=True,
        fs_uniquifier=_new_mark(),
    )
    session.add(member)
    session.flush()
    audit.record(session, "added_person", who, about=_about(member))
    if administrator:
        audit.record(session, "made_administrator", who, about=_about(member))
    return member


def find(session: Session, email: str) -> StaffMember:
    """The member of staff with that address.

    Raises:
        NotFound: there is none.
    """
    if found := session.scalar(select(StaffMember).where(StaffMember.email == email.strip().lower())):
        return found
    raise NotFound(email, "nobody has this address.", "See who is there: flask people list.")


def everybody(session: Session) -> list[StaffMember]:
    """All members of staff, by name."""
    return list(session.scalars(select(StaffMember).order_by(StaffMember.name, StaffMember.email)))


@dataclass(frozen=True, slots=True)
class OneOfTheTeam:
    """One of the people of an inspection, and what they do there."""

    staff_id: UUID
    name: str
    email: str
    roles: tuple[Role, ...]


def team(session: Session, inspection_id: UUID) -> list[OneOfTheTeam]:
    """The people of the inspection, by name."""
    rows = session.execute(
        select(StaffMember, Membership.role)
        .join(Membership, Membership.staff_id == StaffMember.id)
        .where(Membership.inspection_id == inspection_id)
        .order_by(StaffMember.name, StaffMember.email, Membership.role)
    )
    people: dict[UUID, OneOfTheTeam] = {}
    for member, role in rows:
        known = people.get(member.id)
        people[member.id] = OneOfTheTeam(member.id, member.name, member.email, (*(known.roles if known else ()), role))
    return list(people.values())


def roles_in(session: Session, staff_id: UUID, inspection: Inspection, today: date) -> frozenset[Role]:
    """What this person does in the inspection now; nothing, once its report has been out for 90 days."""
    if inspection.published and today > inspection.published + timedelta(days=AFTER_PUBLICATION_DAYS):
        return frozenset()
    of_theirs = (Membership.staff_id == staff_id, Membership.inspection_id == inspection.id)
    return frozenset(session.scalars(select(Membership.role).where(*of_theirs)))


def inspections_of(session: Session, staff_id: UUID, today: date) -> list[Inspection]:
    """The inspections that this person does something in, by short name."""
    theirs = select(Membership.inspection_id).where(Membership.staff_id == staff_id)
    found = session.scalars(select(Inspection).where(Inspection.id.in_(theirs)).order_by(Inspection.slug))
    return [each for each in found if roles_in(session, staff_id, each, today)]


def set_roles(  # noqa: PLR0913, PLR0917 - who lets whom do what, where, and why
    session: Session, member: StaffMember, inspection: Inspection, roles: frozenset[Role], who: Who, why: str = ""
) -> None:
    """Let this person do exactly this in the inspection. Their sessions end, so that it holds from the next page on."""
    of_theirs = (Membership.staff_id == member.id, Membership.inspection_id == inspection.id)
    before = frozenset(session.scalars(select(Membership.role).where(*of_theirs)))
    if roles == before:
        return
    session.execute(delete(Membership).where(*of_theirs))
    session.add_all(Membership(staff_id=member.id, inspection_id=inspection.id, role=role) for role in sorted(roles))
    end_sessions_quietly(member)
    change = f"{_about(member)}; {', '.join(sorted(before)) or 'nothing'} -> {', '.join(sorted(roles)) or 'nothing'}"
    audit.record(session, "changed_roles", who, inspection_id=inspection.id, about=change, why=why)


def close_account(session: Session, member: StaffMember, who: Who, why: str = "") -> None:
    """Let this person in no more, from the next page on.

    Raises:
        Refused: nobody would be left who lets people in.
    """
    others = select(func.count()).where(StaffMember.administrator, StaffMember.active, StaffMember.id != member.id)
    if member.administrator and not session.scalar(others.select_from(StaffMember)):
        remedy = "Make somebody else an administrator first."
        raise Refused(member.email, "is the last administrator.", remedy)
    member.active = False
    end_sessions(session, member, who)
    audit.record(session, "closed_account", who, about=_about(member), why=why)


def open_account(session: Session, member: StaffMember, who: Who, today: date) -> None:
    """Let this person in again."""
    member.active, member.last_here = True, today
    audit.record(session, "opened_account", who, about=_about(member))


def forget_second_factor(session: Session, member: StaffMember, who: Who) -> None:
    """Let this person set up a second factor anew, as after losing a telephone."""
    member.tf_primary_method = member.tf_totp_secret = None
    for table in (RecoveryCode, SecondFactorUse):
        session.execute(delete(table).where(table.staff_id == member.id))
    end_sessions(session, member, who)
    audit.record(session, "forgot_second_factor", who, about=_about(member))


def end_sessions(session: Session, member: StaffMember, who: Who) -> None:
    """Sign this person out everywhere."""
    end_sessions_quietly(member)
    audit.record(session, "ended_sessions", who, about=_about(member))


def end_sessions_quietly(member: StaffMember) -> None:
    """Sign this person out everywhere; what that was for is written down by whoever asks."""
    member.fs_uniquifier = _new_mark()


def is_dormant(member: StaffMember, today: date) -> bool:
    """True for somebody who has not been here for 90 days."""
    return today > member.last_here + timedelta(days=DORMANT_DAYS)


def _new_mark() -> str:
    return secrets.token_hex(32)


def _about(member: StaffMember) -> str:
    return f"person {member.id}"
