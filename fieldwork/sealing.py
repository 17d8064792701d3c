"""Numbers and texts, sealed: whoever has the database alone can read none of them.

Each inspection has a data key of its own. It lies in the database wrapped by the contact key, which does not. From the
data key come three more: one seals, one makes the index by which a number is found again, one marks files. What is
sealed is bound to its inspection and its place; anything changed, moved or cut short gives an error, never a text.
"""

import base64
import binascii
import hashlib
import hmac
import logging
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Uuid, bindparam, select
from sqlalchemy.orm import Session

from fieldwork.faults import Fault
from fieldwork.models.contacts import DataKey
from fieldwork.upserts import Upsert

KEY_BYTES = 32
NONCE_BYTES = 12
KEY_NAME_DIGITS = 16
VERSION = "1"
REMEMBERED = 64  # data keys; there are as many as inspections with somebody left to reach
AT_ONCE = 20

log = logging.getLogger(__name__)


class Tampered(Fault):
    """What was sealed cannot be opened: it was changed, moved or cut short, or its data key is gone."""

    def __init__(self, place: str) -> None:
        """Sound the alarm: a line that says where it came from, and nothing of the content."""
        log.critical("what was sealed cannot be opened")
        super().__init__(place, "cannot be opened: it was changed or moved, or its key is gone.", "Nobody was texted.")


class WrongKey(Fault):
    """A data key is wrapped by a key that we were not given."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that lie outside the database, of 32 bytes each; `before` while data keys are being wrapped anew."""

    current: bytes = field(repr=False)
    before: bytes | None = field(repr=False)
    suppression: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Derived:
    sealing: AESGCM
    index: bytes
    files: bytes


class Vault:
    """Seals and opens for one inspection. Its data key is made on first use."""

    def __init__(self, session: Session, keys: Keys, inspection_id: UUID, known: _Derived | None = None) -> None:
        """Nothing is read or made yet."""
        self._session, self._keys, self.inspection_id = session, keys, inspection_id
        self._known = known

    def seal(self, text: str, place: str) -> str:
        """The text as it may be kept at that place, written `table:id:column`."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self._derived().sealing.encrypt(nonce, text.encode("utf-8", "surrogatepass"), self._bound_to(place))
        return f"{VERSION}.{_written(nonce + sealed)}"

    def open(self, sealed: str, place: str) -> str:
        """The text that was sealed at that place.

        Raises:
            Tampered: it is not what was sealed there.
            WrongKey: we were not given the key it needs.
        """
        version, _, written = sealed.partition(".")
        raw, there = _read(written), self._there()
        if version != VERSION or raw is None or there is None:
            raise Tampered(place)
        try:
            opened = there.sealing.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], self._bound_to(place))
        except InvalidTag:
            raise Tampered(place) from None
        return opened.decode("utf-8", "surrogatepass")

    def index(self, number: str) -> str:
        """By what the number (E.164) is found again in this inspection and in no other."""
        return _mark(self._derived().index, number.encode())

    def file_mark(self, content: bytes) -> str:
        """By what a file is known again in this inspection."""
        return _mark(self._derived().files, content)

    def _there(self) -> _Derived | None:
        """What comes from the data key, if there is one: it goes when nobody is left to reach."""
        if self._known is None:
            wrapped = self._session.connection().scalar(_WRAPPED, {"inspection": self.inspection_id})
            self._known = None if wrapped is None else _derived_from(self._keys, self.inspection_id, wrapped)
        return self._known

    def _derived(self) -> _Derived:
        """What comes from the data key, made where there is none; by whichever process came first."""
        if there := self._there():
            return there
        fresh = _wrap(secrets.token_bytes(KEY_BYTES), self._keys.current, self.inspection_id)
        _ONCE.run(self._session, inspection_id=self.inspection_id, wrapped=fresh)
        kept = self._session.connection().scalars(_WRAPPED, {"inspection": self.inspection_id}).one()
        self._known = _derived_from(self._keys, self.inspection_id, kept)
        return self._known

    def _bound_to(self, place: str) -> bytes:
        return self.inspection_id.bytes + place.encode()


_ONCE = Upsert(DataKey, key=["inspection_id"])


def vaults(session: Session, keys: Keys) -> list[Vault]:
    """A vault for each inspection that has a data key; one whose key is damaged is left out, with an alarm.

    Raises:
        WrongKey: we were not given a key that is needed.
    """
    usable = []
    for inspection_id, wrapped in session.connection().execute(_EVERY_KEY):
        try:
            usable.append(Vault(session, keys, inspection_id, _derived_from(keys, inspection_id, wrapped)))
        except Tampered:
            continue
    return usable


_WRAPPED = select(DataKey.wrapped).where(DataKey.inspection_id == bindparam("inspection", type_=Uuid))
_EVERY_KEY = select(DataKey.inspection_id, DataKey.wrapped)


def rotate(session: Session, keys: Keys) -> int:
    """Wrap a few data keys anew that are still under the key before; how many. To be called until none is left.

    Raises:
        Tampered: one of them was changed. Nothing of this transaction should be kept.
    """
    if keys.before is None:
        return 0
    outdated = select(DataKey).where(DataKey.wrapped.startswith(f"{_name_of(keys.before)}."))
    rows = session.scalars(outdated.order_by(DataKey.inspection_id).limit(AT_ONCE).with_for_update()).all()
    for row in rows:
        data_key = _unwrapped(keys, row.inspection_id, row.wrapped)
        row.wrapped = _wrap(data_key, keys.current, row.inspection_id)
    session.flush()
    return len(rows)


def left_under_other_keys(session: Session, keys: Keys) -> int:
    """How many data keys the current key does not open."""
    return sum(_key_name(wrapped) != _name_of(keys.current) for wrapped in session.scalars(select(DataKey.wrapped)))


def suppression_mark(number: str, keys: Keys) -> str:
    """What is kept of a number (E.164) that asked not to be texted. It is the same in every inspection."""
    return _mark(keys.suppression, b"number:" + number.encode())


def message_mark(sid: str, keys: Keys) -> str:
    """What is kept of the provider's name for a text that came in, so that a repeat is noticed."""
    return _mark(keys.suppression, b"message:" + sid.encode(errors="replace"))


@lru_cache(maxsize=REMEMBERED)
def _derived_from(keys: Keys, inspection_id: UUID, wrapped: str) -> _Derived:
    data_key = _unwrapped(keys, inspection_id, wrapped)

    def derived(purpose: bytes) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose).derive(data_key)

    return _Derived(AESGCM(derived(b"sealing")), derived(b"index"), derived(b"files"))


def _wrap(data_key: bytes, key: bytes, inspection_id: UUID) -> str:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return f"{_name_of(key)}.{_written(nonce + AESGCM(key).encrypt(nonce, data_key, inspection_id.bytes))}"


def _unwrapped(keys: Keys, inspection_id: UUID, wrapped: str) -> bytes:
    given = {_name_of(key): key for key in (keys.before, keys.current) if key}
    if (name := _key_name(wrapped)) not in given:
        fault = f"opens no contacts of inspection {inspection_id}: they are under another key."
        raise WrongKey("CONTACT_KEY", fault, "Give that key as CONTACT_KEY or CONTACT_KEY_BEFORE.")
    raw = _read(wrapped.partition(".")[2])
    try:
        return AESGCM(given[name]).decrypt((raw or b"")[:NONCE_BYTES], (raw or b"")[NONCE_BYTES:], inspection_id.bytes)
    except (InvalidTag, ValueError):  # ValueError: cut so short that no nonce is left
        raise Tampered(f"data_keys:{inspection_id}:wrapped") from None


def _name_of(key: bytes) -> str:
    """A name that tells one key from another and says nothing of either."""
    return _mark(key, b"the name of this key")[:KEY_NAME_DIGITS]


def _key_name(wrapped: str) -> str:
    return wrapped.partition(".")[0]


def _mark(key: bytes, content: bytes) -> str:
    return hmac.new(key, content, hashlib.sha256).hexdigest()


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


def _read(written: str) -> bytes | None:
    """The bytes, if they are written in the one way we write them and are long enough to be ours."""
    try:
        raw = base64.urlsafe_b64decode(written)
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) > NONCE_BYTES and _written(raw) == written else None
