"""Sheets of codes: made once and printed in the same breath. Afterwards only their names and sizes are known.

A code that was lost is made void and another takes its place. Whoever does that sees the same whether it had been used
or not, and so does whoever watches the totals: a code in the place of another invites nobody new.
"""

import re
import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fieldwork.entry import cases
from fieldwork.entry.codes import ALPHABET, is_rude, new_code, new_link_token, well_formed
from fieldwork.faults import Refused
from fieldwork.models.inspections import Wave
from fieldwork.models.interviews import Case, CodeSheet

MOST_SLIPS = 500  # on one sheet: what somebody can still cut and count
MOST_LETTERS = 100  # at once: they take seconds to draw, and are lost to whoever does not wait
NAME_SYMBOLS = 3
REFERENCE = re.compile(rf"([{ALPHABET}]{{{NAME_SYMBOLS}}})(?:-([1-9]\d{{0,2}}))?")


@dataclass(frozen=True, slots=True)
class Slip:
    """One code, and on a letter the link beside it: in the hand of whoever made it and kept nowhere."""

    reference: str
    """Sheet and place, like `K7P-12`: it opens nothing, and tells which to replace."""
    code: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """Codes that are to be made void, and how many there once were of them."""

    told: str
    """As whoever lost them named them: a reference, or nothing where a code was typed."""
    slips: int
    which: tuple[ColumnElement[bool], ...]


def new_name() -> str:
    """A name for a sheet. It says nothing of its codes, nor of when it was made."""
    while is_rude(name := "".join(secrets.choice(ALPHABET) for _ in range(NAME_SYMBOLS))):
        pass
    return name


def make(  # noqa: PLR0913 - a sheet, and what it is for
    session: Session, wave: Wave, name: str, count: int, pepper: bytes, *, letters: bool = False
) -> list[Slip]:
    """The slips of a new sheet, to be shown once. On letters each code has a link beside it.

    Raises:
        Refused: the wave is closed, that is no number of slips, or a sheet of that name was made before.
    """
    slips = _made(session, wave, name, count, pepper, letters=letters, replaces=False)
    cases.count_invited(session, wave, count)
    return slips


def replace(  # noqa: PLR0913 - as above
    session: Session, wave: Wave, name: str, lost: Lost, pepper: bytes, *, letters: bool = False
) -> list[Slip]:
    """As `make`, in the place of codes that are void from now on: as many as there once were of them, used or not.

    Raises:
        Refused: as for `make`.
    """
    void(session, wave, lost)
    return _made(session, wave, name, lost.slips, pepper, letters=letters, replaces=True)


def void(session: Session, wave: Wave, lost: Lost) -> None:
    """Make these codes useless, with the answers not sent by them. Nothing tells whether they had been used.

    Raises:
        Refused: the wave is closed.
    """
    cases.refuse_closed(wave)
    cases.void_where(session, Case.wave_id == wave.id, *lost.which)


def lost(session: Session, wave: Wave, typed: str, pepper: bytes) -> Lost:
    """What was typed to say which codes were lost: a code, the reference of a slip (`K7P-12`), or a sheet (`K7P`).

    Raises:
        Refused: it is none of them. Whether such a code is there, or was used, makes no difference.
    """
    if code := well_formed(typed):
        return Lost("", 1, (Case.fingerprint == cases.mark_of(code, pepper),))
    if (written := REFERENCE.fullmatch("".join(typed.split()).upper())) is None:
        raise Refused(wave.name, "That is not a code, a slip or a sheet.", "Look at the slip again.")
    name, place = written.group(1), int(written.group(2) or 0)
    sheet = session.get(CodeSheet, (wave.id, name))
    if sheet is None or place > sheet.slips:
        raise Refused(wave.name, f"It has no {written.group()}.", "Look at the slip again.")
    on_sheet = Case.sheet == name
    if not place:
        return Lost(name, sheet.slips, (on_sheet,))
    return Lost(f"{name}-{place}", 1, (on_sheet, Case.slip == place))


@dataclass(frozen=True, slots=True)
class HandedOut:
    """How many codes were made on sheets: for new people, and in the place of others."""

    made: int
    replaced: int


def handed_out(session: Session, wave_id: UUID) -> HandedOut:
    """How many codes the sheets of the wave had. Whether any was used makes no difference."""
    wanted = select(CodeSheet.replaces, func.sum(CodeSheet.slips).label("slips")).where(CodeSheet.wave_id == wave_id)
    counted = {row.replaces: row.slips for row in session.execute(wanted.group_by(CodeSheet.replaces))}
    return HandedOut(made=counted.get(False, 0), replaced=counted.get(True, 0))


def _made(  # noqa: PLR0913 - a sheet, and what it is for
    session: Session, wave: Wave, name: str, count: int, pepper: bytes, *, letters: bool, replaces: bool
) -> list[Slip]:
    cases.refuse_closed(wave)
    most, what = (MOST_LETTERS, "letters") if letters else (MOST_SLIPS, "codes")
    if not 1 <= count <= most:
        raise Refused(wave.name, f"{count} {what} cannot be made at once.", f"Ask for 1 to {most}.")
    _name_it(session, wave, name, count, replaces=replaces)
    codes = cases.all_different(new_code, count)
    links = cases.all_different(new_link_token, count) if letters else [None] * count
    slips = [Slip(f"{name}-{place}", *both) for place, both in enumerate(zip(codes, links, strict=True), start=1)]
    kept = [_kept(wave, name, place, slip, pepper) for place, slip in enumerate(slips, start=1)]
    cases.keep(session, kept)
    return slips


def _kept(wave: Wave, name: str, place: int, slip: Slip, pepper: bytes) -> dict[str, object]:
    link = cases.mark_of(slip.link, pepper) if slip.link else None
    marks = {"fingerprint": cases.mark_of(slip.code, pepper), "link_fingerprint": link}
    return {"wave_id": wave.id, "sheet": name, "slip": place, **marks}


def _name_it(session: Session, wave: Wave, name: str, count: int, *, replaces: bool) -> None:
    """Take the name, so that a form sent twice makes codes once."""
    matched = REFERENCE.fullmatch(name)
    if matched is None or matched.group(2) or is_rude(name):
        raise Refused(wave.name, "That cannot be the name of a sheet.", "Open the page again.")
    kept = {"wave_id": wave.id, "name": name, "slips": count, "replaces": replaces}
    try:
        with session.begin_nested():
            session.execute(insert(CodeSheet), [kept])
    except IntegrityError:
        remedy = f"If it was not printed, replace {name}."
        raise Refused(wave.name, f"Sheet {name} was made before, and is shown once only.", remedy) from None
