"""Whom we asked: one case for each code or link, known by its fingerprint alone."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from fieldwork.entry import unsent
from fieldwork.entry.codes import fingerprint, new_code, new_link_token, well_formed
from fieldwork.faults import Refused
from fieldwork.models.inspections import Wave
from fieldwork.models.interviews import Case, Draft

MOST_AT_ONCE = 10_000


def invite_by_code(session: Session, wave: Wave, count: int, pepper: bytes, *, to_try: bool = False) -> list[str]:
    """Fresh codes, to be shown once: only their fingerprints are kept. Codes to try out invite nobody.

    Raises:
        Refused: the wave is closed, or that is no number of codes.
    """
    codes = _invite(session, wave, count, pepper, new_code)
    if not to_try:
        count_invited(session, wave, count)
    return codes


def invite_by_link(session: Session, wave: Wave, count: int, pepper: bytes) -> list[str]:
    """Fresh link tokens, to be shown once.

    Raises:
        Refused: the wave is closed, or that is no number of links.
    """
    links = _invite(session, wave, count, pepper, new_link_token)
    count_invited(session, wave, count)
    return links


def _invite(session: Session, wave: Wave, count: int, pepper: bytes, new: Callable[[], str]) -> list[str]:
    refuse_closed(wave)
    if not 1 <= count <= MOST_AT_ONCE:
        raise Refused(wave.name, f"{count} cannot be made at once.", f"Ask for 1 to {MOST_AT_ONCE}.")
    secrets = all_different(new, count)
    keep(session, [{"wave_id": wave.id, "fingerprint": mark_of(secret, pepper)} for secret in secrets])
    return secrets


def refuse_closed(wave: Wave) -> None:
    """Return in silence if the wave still takes answers.

    Raises:
        Refused: it is closed.
    """
    if wave.closed:
        raise Refused(wave.name, f"closed on {wave.closed:%d %B %Y}.", "Open a wave for another inspection.")


def all_different(new: Callable[[], str], count: int) -> list[str]:
    """So many secrets, no two the same."""
    secrets: dict[str, None] = {}
    while len(secrets) < count:
        secrets[new()] = None
    return list(secrets)


def keep(session: Session, cases: list[dict[str, Any]]) -> None:
    """Keep these cases, each with its wave and its marks."""
    session.execute(insert(Case), cases)


def count_invited(session: Session, wave: Wave, count: int) -> None:
    """So many more were invited."""
    session.execute(update(Wave).where(Wave.id == wave.id).values(codes_made=Wave.codes_made + count))


def case_of(session: Session, secret: str, pepper: bytes) -> Case | None:
    """The case of a code or link token that can be used now.

    None alike for one that is unknown, used, void or out of date: all of these are simply not there.
    """
    sought = mark_of(secret, pepper)
    known = or_(Case.fingerprint == sought, Case.link_fingerprint == sought)
    return session.scalar(select(Case).join(Wave, Wave.id == Case.wave_id).where(known, Wave.closed.is_(None)))


def case_of_link(session: Session, token: str, pepper: bytes) -> Case | None:
    """As `case_of`, for a link alone: whoever tries codes has to type them where that is slowed."""
    return None if well_formed(token) else case_of(session, token, pepper)


def void(session: Session, secret: str, pepper: bytes) -> None:
    """Make a code or link useless, with the answers not sent by it. Nothing tells whether it had been used."""
    sought = mark_of(secret, pepper)
    void_where(session, or_(Case.fingerprint == sought, Case.link_fingerprint == sought))


def void_where(session: Session, *which: ColumnElement[bool]) -> None:
    """Make the codes and links of these cases useless. The same is asked of the database, used or not.

    The drafts are held first and the cases then, as whoever sends does; then nobody begins a draft of them any more.
    """
    of_them = Draft.case_id.in_(select(Case.id).where(*which))
    session.scalars(select(Draft.id).where(of_them).with_for_update()).all()
    held = session.scalars(select(Case.id).where(*which).with_for_update()).all()
    unsent.forget_drafts(session, Draft.case_id.in_(held))
    session.execute(delete(Case).where(Case.id.in_(held)))


def mark_of(secret: str, pepper: bytes) -> str:
    """What is kept of a code, however it was typed, or of a link token."""
    return fingerprint(well_formed(secret) or secret, pepper)
