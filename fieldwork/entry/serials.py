"""Serials of booklets: `E17-KX4` is English, the seventeenth of its wave, with three symbols that give a slip away.

Nobody without the pepper can make one up, and one of another wave is not taken. While a booklet is keyed its serial is
kept, so that the paper can be found. Of one that is in only a keyed mark is kept, and it leads to no response.
"""

import hashlib
import hmac
import re
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldwork.entry.codes import ALPHABET, fingerprint, is_rude
from fieldwork.faults import Refused
from fieldwork.models.inspections import Wave
from fieldwork.models.paper import PaperPlan
from fieldwork.models.responses import SerialMark
from surveys.text import Language

MOST_AT_ONCE = 25  # booklets in one file, which takes some seconds to set
CHECK_SYMBOLS = 3
LETTERS: dict[Language, str] = {"en": "E", "cy": "C"}
_SHAPE = re.compile(rf"([EC])0*([1-9]\d{{0,5}})([{ALPHABET}]{{{CHECK_SYMBOLS}}})")
_LOOK_ALIKE = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s.·–—-]+")


def give(session: Session, wave: Wave, language: Language, number: int, pepper: bytes) -> list[str]:
    """The next so many serials of the wave, each given once.

    Raises:
        Refused: fewer than one, or more than are printed at once.
    """
    if not 1 <= number <= MOST_AT_ONCE:
        raise Refused(f"{number} booklets", "cannot be printed at once.", f"Print 1 to {MOST_AT_ONCE}.")
    plan = plan_of(session, wave.id)
    given: list[str] = []
    while len(given) < number:
        plan.serials_given += 1
        serial = _serial(wave.id, language, plan.serials_given, pepper)
        if not is_rude(serial):
            given.append(serial)
    session.flush()
    return given


def plan_of(session: Session, wave_id: UUID) -> PaperPlan:
    """How booklets of the wave are keyed, for whoever changes it: whoever else would, waits."""
    hold(session, wave_id)
    found = session.get(PaperPlan, wave_id, populate_existing=True)
    if found is None:
        found = PaperPlan(wave_id=wave_id)
        session.add(found)
        session.flush()
    return found


def hold(session: Session, wave_id: UUID) -> None:
    """Let nobody else take booklets into the wave before this transaction is over."""
    session.execute(select(Wave.id).where(Wave.id == wave_id).with_for_update(key_share=True))


def written(typed: str) -> str:
    """The serial as we write it, however it was typed. What is none of ours comes back as it is."""
    if found := _SHAPE.fullmatch(_BETWEEN.sub("", typed.upper()).translate(_LOOK_ALIKE)):
        letter, number, symbols = found.groups()
        return f"{letter}{number}-{symbols}"
    return typed.strip()


def is_of(serial: str, wave_id: UUID, pepper: bytes) -> bool:
    """True for a serial, as `written`, that was made for this wave."""
    found = _SHAPE.fullmatch(serial.replace("-", ""))
    if not found:
        return False
    expected = _serial(wave_id, language_of(serial), int(found[2]), pepper)
    return hmac.compare_digest(expected.encode(), serial.encode())


def language_of(serial: str) -> Language:
    """The language that a booklet with this serial is in."""
    return "cy" if serial.startswith(LETTERS["cy"]) else "en"


def mark_of(serial: str, wave_id: UUID, pepper: bytes) -> str:
    """What is kept of the serial of a booklet that is in."""
    return fingerprint(f"{wave_id} {written(serial)}", pepper)


def is_in(session: Session, serial: str, wave_id: UUID, pepper: bytes) -> bool:
    """True if the booklet with this serial is in."""
    return session.get(SerialMark, (wave_id, mark_of(serial, wave_id, pepper))) is not None


def _serial(wave_id: UUID, language: Language, number: int, pepper: bytes) -> str:
    head = f"{LETTERS[language]}{number}"
    keyed = hmac.new(pepper, f"serial {wave_id} {head}".encode(), hashlib.sha256).digest()
    rest = int.from_bytes(keyed[:8])
    symbols = ""
    for _ in range(CHECK_SYMBOLS):
        rest, place = divmod(rest, len(ALPHABET))
        symbols += ALPHABET[place]
    return f"{head}-{symbols}"
