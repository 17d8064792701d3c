"""Shared tablets: a link makes a device one, once; it then asks until its last day, its wave or the office ends it.

What is answered on a tablet hangs on no tablet: nobody can tell later which one an answer came by, or how many.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import Connection, select, update
from sqlalchemy.orm import Session

from fieldwork import waves
from fieldwork.entry import unsent, visits
from fieldwork.entry.codes import fingerprint, new_link_token
from fieldwork.faults import Closed, NotFound, Refused
from fieldwork.hours import LONDON
from fieldwork.models.inspections import Nation, Wave
from fieldwork.models.tablets import Tablet
from surveys.questionnaire import Audience

LONGEST_NAME = 60
MOST_DAYS = 14  # a forgotten tablet is a door that stays open
MOST_TABLETS = 50  # of one wave

Standing = Literal["waiting", "open", "off", "over"]


@dataclass(frozen=True, slots=True)
class TabletNow:
    """What a tablet asks, and of whom."""

    wave_id: UUID
    audience: Audience
    nation: Nation


@dataclass(frozen=True, slots=True)
class Listed:
    """A tablet as the office sees it. Whether anybody has answered on it is not to be seen."""

    id: UUID
    name: str
    standing: Standing
    last_day: date


@dataclass(frozen=True, slots=True)
class NewTablet:
    """A tablet that waits for a device, and the secret of the link that makes a device this one."""

    id: UUID
    link: str


def make(session: Session, wave: Wave, name: str, last_day: date, pepper: bytes, now: datetime) -> NewTablet:  # noqa: PLR0913, PLR0917 - what it is, and for how long
    """A tablet whose link is to be shown once.

    Raises:
        Refused: the wave is closed or has too many, the name is another's, or name or day will not do.
    """
    if wave.closed:
        raise Refused(wave.name, f"closed on {wave.closed:%d %B %Y}.", "Open a wave for another inspection.")
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        remedy = f"Give it a name of at most {LONGEST_NAME} letters, such as Blue tablet."
        raise Refused("The tablet", "needs a name that tells it from others.", remedy)
    today = day_of(now)
    if not today <= last_day <= today + timedelta(days=MOST_DAYS):
        remedy = f"Give a day from today to {MOST_DAYS} days on."
        raise Refused(name, f"cannot be in use until {last_day:%d %B %Y}.", remedy)
    others = all_of(session, wave.id, now)
    if len(others) >= MOST_TABLETS:
        raise Refused(wave.name, f"has had {MOST_TABLETS} tablets.", "Use one that is there.")
    if any(each.name == name and each.standing in {"waiting", "open"} for each in others):
        raise Refused(name, "is the name of another tablet.", "Give it a name of its own, or switch the other one off.")
    link = new_link_token()
    tablet = Tablet(wave_id=wave.id, name=name, fingerprint=fingerprint(link, pepper), last_day=last_day)
    session.add(tablet)
    session.flush()
    return NewTablet(tablet.id, link)


def open_on_device(session: Session, link: str, pepper: bytes, now: datetime) -> str | None:
    """The device's secret, in exchange for the link, which leads nowhere from now on.

    None alike where it is unknown, was opened before, is out of date or was switched off.
    """
    secret = new_link_token()
    asking = select(Wave.id).where(Wave.closed.is_(None))
    usable = (Tablet.state == "waiting", Tablet.last_day >= day_of(now), Tablet.wave_id.in_(asking))
    opened = update(Tablet).where(Tablet.fingerprint == fingerprint(link, pepper), *usable)
    values = {"fingerprint": fingerprint(secret, pepper), "state": "open"}
    count = session.connection().execute(opened.values(**values)).rowcount
    return secret if count == 1 else None


def tablet_of(connection: Connection, secret: str, pepper: bytes, now: datetime) -> TabletNow | None:
    """The tablet that this device is; none where it was switched off, or its last day or its wave is over."""
    known = (Tablet.fingerprint == fingerprint(secret, pepper), Tablet.state == "open")
    in_use = (Tablet.last_day >= day_of(now), Wave.closed.is_(None))
    wanted = select(Tablet.wave_id).join(Wave, Wave.id == Tablet.wave_id).where(*known, *in_use)
    wave_id = connection.execute(wanted).scalar_one_or_none()
    if wave_id is None:
        return None
    asked = waves.asked_in(connection, wave_id)
    return TabletNow(wave_id, asked.questionnaire.audience, asked.nation)


def begin(session: Session, tablet: TabletNow, now: datetime) -> str:
    """The token of a visit for the next person. What others left lying is thrown away first.

    Raises:
        Closed: the wave takes no more answers.
    """
    unsent.forget_left_on_tablets(session, now)
    wave = session.get(Wave, tablet.wave_id)
    if wave is None:
        raise Closed
    return visits.begin(session, wave, now, on_tablet=True)


def all_of(session: Session, wave_id: UUID, now: datetime) -> list[Listed]:
    """The tablets of the wave, by name."""
    wanted = select(Tablet).where(Tablet.wave_id == wave_id).order_by(Tablet.name, Tablet.id)
    return [Listed(each.id, each.name, _standing(each, day_of(now)), each.last_day) for each in session.scalars(wanted)]


def _standing(tablet: Tablet, today: date) -> Standing:
    return "over" if tablet.state != "off" and tablet.last_day < today else tablet.state


def switch_off(session: Session, wave_id: UUID, tablet_id: UUID) -> str:
    """The name of the tablet, which shows nothing more from its next page on. Twice is once.

    Raises:
        NotFound: the wave has no such tablet.
    """
    tablet = session.scalar(select(Tablet).where(Tablet.id == tablet_id, Tablet.wave_id == wave_id))
    if tablet is None:
        raise NotFound("The tablet", "is not there any more.", "Look at the list of tablets.")
    tablet.state = "off"
    return tablet.name


def day_of(now: datetime) -> date:
    """The day that it is where tablets are used."""
    return now.astimezone(LONDON).date()
