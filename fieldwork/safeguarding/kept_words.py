"""Words that somebody must look at: sealed where there are keys, and opened only where they are shown.

An installation that texts nobody need not have keys. Its comments lie among the answers as they were written, and so
does their copy here.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from fieldwork.sealing import Keys, Tampered, Vault
from surveys.reading import tidy

NOT_SEALED = "0."


def kept(words: str, vault: Vault | None, place: str) -> str:
    """The words as they are kept at that place, written `table:id:column`."""
    return vault.seal(words, place) if vault else NOT_SEALED + words


def opened(session: Session, keys: Keys | None, inspection_id: UUID, words: str | None, place: str) -> str | None:
    """The words as they can be shown safely; none where there are none, or where they cannot be opened.

    Raises:
        WrongKey: we were not given the key they need.
    """
    if words is None:
        return None
    if words.startswith(NOT_SEALED):
        return tidy(words.removeprefix(NOT_SEALED))
    try:
        return tidy(Vault(session, keys, inspection_id).open(words, place)) if keys else None
    except Tampered:  # the alarm has sounded; the concern is told of all the same
        return None
