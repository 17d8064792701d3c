"""Whom we asked: one case for each code or link, known by its fingerprint alone."""

from collections.abc import Callable

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from fieldwork import retention
from fieldwork.codes import fingerprint, new_code, new_link_token, well_formed
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
        _count_invited(session, wave, count)
    return codes


def invite_by_link(session: Session, wave: Wave, count: int, pepper: bytes) -> list[str]:
    """Fresh link tokens, to be shown once.

    Raises:
        Refused: the wave is closed, or that is no number of links.
    """
    links = _invite(session, wave, count, pepper, new_link_token)
    _count_invited(session, wave, count)
    return links


def _invite(session: Session, wave: Wave, count: int, pepper: bytes, new: Callable[[], str]) -> list[str]:
    if wave.closed:
        raise Refused(wave.name, f"closed on {wave.closed:%d %B %Y}.", "Open a wave for another inspection.")
    if not 1 <= count <= MOST_AT_ONCE:
        raise Refused(wave.name, f"{count} cannot be made at once.", f"Ask for 1 to {MOST_AT_ONCE}.")
    secrets: dict[str, None] = {}
    while len(secrets) < count:
        secrets[new()] = None
    kept = [{"wave_id": wave.id, "fingerprint": fingerprint(_canonical(secret), pepper)} for secret in secrets]
    session.execute(insert(Case), kept)
    return list(secrets)


def _count_invited(session: Session, wave: Wave, count: int) -> None:
    session.execute(update(Wave).where(Wave.id == wave.id).values(codes_made=Wave.codes_made + count))


def case_of(session: Session, secret: str, pepper: bytes) -> Case | None:
    """The case of a code or link token that can be used now.

    None alike for one that is unknown, used, void or out of date: all of these are simply not there.
    """
    sought = fingerprint(_canonical(secret), pepper)
    return session.scalar(
        select(Case).join(Wave, Wave.id == Case.wave_id).where(Case.fingerprint == sought, Wave.closed.is_(None))
    )


def void(session: Session, secret: str, pepper: bytes) -> None:
    """Make a code or link useless, with the answers not sent by it. Nothing tells whether it had been used."""
    if case := case_of(session, secret, pepper):
        retention.forget_drafts(session, Draft.case_id == case.id)
        session.execute(delete(Case).where(Case.id == case.id))


def _canonical(secret: str) -> str:
    return well_formed(secret) or secret
