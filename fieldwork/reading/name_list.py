"""The inspection's own list of names that must not be printed. It helps to find them; a person decides.

The names are sealed with a key made from one that lies outside the database and never changes. The inspection's data
key would not do: it is destroyed with the contacts, and comments are still worked on then.
"""

import base64
import logging
import secrets
from dataclasses import dataclass
from typing import get_args
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fieldwork.faults import Fault, NotFound, Refused
from fieldwork.models.comments import ListedName as Row
from fieldwork.office import audit
from fieldwork.office.audit import Who
from fieldwork.sealing import KEY_BYTES, NONCE_BYTES, Keys
from surveys.reading import tidy
from surveys.redaction.listed import ListedName
from surveys.redaction.marks import Kind

NOT_SEALED, SEALED = "0.", "1."
LONGEST = 80
MOST = 500
KINDS: tuple[Kind, ...] = ("person", "place", "school", "gang")

log = logging.getLogger(__name__)


class Unreadable(Fault):
    """A name cannot be opened: it was changed or moved, or its key is not the one it was sealed with."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of the list, and which it is."""

    id: UUID
    listed: ListedName


def entries(session: Session, keys: Keys | None, inspection_id: UUID) -> list[Entry]:
    """The list, by kind and name.

    Raises:
        Unreadable: a name cannot be opened.
    """
    rows = session.scalars(select(Row).where(Row.inspection_id == inspection_id))
    found = [Entry(row.id, _opened(row, keys)) for row in rows]
    return sorted(found, key=lambda each: (get_args(Kind).index(each.listed.kind), each.listed.name.casefold()))


def names(session: Session, keys: Keys | None, inspection_id: UUID) -> list[ListedName]:
    """The names alone, for the helper. What cannot be opened is left out, with an alarm: the rest still helps."""
    found = []
    for row in session.scalars(select(Row).where(Row.inspection_id == inspection_id)):
        try:
            found.append(_opened(row, keys))
        except Unreadable:
            log.critical("a name of an inspection's list cannot be opened")
    return sorted(found, key=lambda each: each.name)


def add(session: Session, keys: Keys | None, inspection_id: UUID, listed: ListedName, who: Who) -> UUID:
    """The id of the name, which is on the list from now on.

    Raises:
        Refused: it is empty, too long, of no kind that is listed, there already, or one too many.
    """
    name, instead = " ".join(tidy(listed.name).split()), " ".join(tidy(listed.instead or "").split()).strip("[]")
    there = entries(session, keys, inspection_id)
    _refuse(name, instead, listed.kind, there)
    row = Row(id=uuid4(), inspection_id=inspection_id, kind=listed.kind)
    row.name, row.instead = (
        _sealed(words, keys, row, column) for words, column in ((name, "name"), (instead, "instead"))
    )
    session.add(row)
    session.flush()
    audit.record(session, "changed_names", who, inspection_id=inspection_id, about=f"name {row.id}: added")
    return row.id


def remove(session: Session, inspection_id: UUID, name_id: UUID, who: Who) -> None:
    """Take the name off the list.

    Raises:
        NotFound: it is not on it.
    """
    gone = delete(Row).where(Row.id == name_id, Row.inspection_id == inspection_id)
    if not session.connection().execute(gone).rowcount:
        raise NotFound(str(name_id), "is not on the list any more.", "Load the page again.")
    session.expire_all()
    audit.record(session, "changed_names", who, inspection_id=inspection_id, about=f"name {name_id}: taken off")


def forget(session: Session, inspection_id: UUID) -> int:
    """Delete the whole list of the inspection; how many names."""
    return session.connection().execute(delete(Row).where(Row.inspection_id == inspection_id)).rowcount


def _refuse(name: str, instead: str, kind: Kind, there: list[Entry]) -> None:
    if len(name) < 2:  # noqa: PLR2004 - one letter would be found everywhere
        raise Refused("The name", "is missing, or is one letter.", "Write it as people would: Kerry Jones.")
    if len(name) > LONGEST or len(instead) > LONGEST:
        raise Refused("The name", "is too long.", f"Use at most {LONGEST} letters.")
    if kind not in KINDS:
        raise Refused(kind, "is not kept on this list.", f"Choose one of {', '.join(KINDS)}.")
    if any(each.listed.name.casefold() == name.casefold() for each in there):
        raise Refused("The name", "is on the list already.", "Take it off first, to write it down in another way.")
    if len(there) >= MOST:
        raise Refused("The list", f"holds {MOST} names.", "Take off what is needed no longer.")


def _opened(row: Row, keys: Keys | None) -> ListedName:
    name, instead = (_unsealed(getattr(row, column), keys, row, column) for column in ("name", "instead"))
    return ListedName(name, row.kind, instead or None)


def _sealed(words: str, keys: Keys | None, row: Row, column: str) -> str:
    if keys is None:
        return NOT_SEALED + words
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _cipher(keys, row.inspection_id).encrypt(nonce, words.encode(), _place(row, column))
    return SEALED + base64.urlsafe_b64encode(nonce + sealed).decode()


def _unsealed(kept: str, keys: Keys | None, row: Row, column: str) -> str:
    if kept.startswith(NOT_SEALED):
        return kept.removeprefix(NOT_SEALED)
    if keys is None:
        raise Unreadable("The list of names", "is sealed, and no key was given.", "Give SUPPRESSION_KEY.")
    try:
        raw = base64.urlsafe_b64decode(kept.removeprefix(SEALED))
        opened = _cipher(keys, row.inspection_id).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _place(row, column))
    except (InvalidTag, ValueError):
        fault = "holds a name that cannot be opened: it was changed or moved, or sealed with another key."
        raise Unreadable("The list of names", fault, "Tell whoever runs this service.") from None
    return opened.decode()


def _cipher(keys: Keys, inspection_id: UUID) -> AESGCM:
    info = b"names that must not be printed:" + inspection_id.bytes
    return AESGCM(HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(keys.suppression))


def _place(row: Row, column: str) -> bytes:
    return f"listed_names:{row.id}:{column}".encode()
