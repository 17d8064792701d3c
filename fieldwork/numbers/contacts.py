"""The people whom we may text: added from a file, found again by a number that nobody can read, erased first of all."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from fieldwork.faults import Refused
from fieldwork.models.concerns import Concern
from fieldwork.models.contacts import Age, Contact, ImportedContacts
from fieldwork.models.inspections import Wave
from fieldwork.models.texts import OPEN, Conversation, ConversationState
from fieldwork.numbers import suppression
from fieldwork.numbers.contact_rows import ContactRow
from fieldwork.numbers.phone_numbers import masked
from fieldwork.sealing import Keys, Vault, vaults
from surveys.text import Language

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the rows of a file: counts, so that nobody learns whose number is which."""

    added: int
    already_there: int
    asked_not_to: int
    waiting: int
    """Their number has a conversation that is not over, in another wave. They can be imported when it is."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rows that can be added to a wave, and why the others are not."""

    fresh: tuple[ContactRow, ...]
    counted: Imported


def sort(session: Session, wave: Wave, rows: Sequence[ContactRow], keys: Keys) -> Sorted:
    """Tell apart what would become of the rows. Nothing is kept."""
    asked_not_to = suppression.suppressed(session, (row.number for row in rows), keys)
    there, talking = _known(session, wave.id, [row.number for row in rows], keys)
    known = [row for row in rows if row.number not in asked_not_to and row.number in there]
    free = [row for row in rows if row.number not in asked_not_to and row.number not in there]
    fresh = tuple(row for row in free if row.number not in talking)
    return Sorted(fresh, Imported(len(fresh), len(known), len(asked_not_to), len(free) - len(fresh)))


def add(session: Session, wave: Wave, rows: Sequence[ContactRow], sha256: bytes, keys: Keys) -> Imported:
    """Keep the contacts of a file without problems, each with a conversation that waits to be begun.

    The same file again, known by its `sha256`, adds nobody; a number that is in the wave already adds nobody.

    Raises:
        Refused: the wave is closed.
    """
    take_turns(session)
    now = session.get_one(Wave, wave.id, with_for_update={"key_share": True}, populate_existing=True)
    if now.closed:
        raise Refused(now.name, f"closed on {now.closed:%d %B %Y}.", "Nobody of it can be texted any more.")
    vault = Vault(session, keys, now.inspection_id)
    mark = vault.file_mark(sha256)
    found = sort(session, now, rows, keys)
    if session.get(ImportedContacts, (now.id, mark)):
        counted = found.counted
        return Imported(0, counted.already_there + counted.added, counted.asked_not_to, counted.waiting)
    _insert(session, now.id, found.fresh, vault)
    if not found.counted.waiting:  # those who wait can come in with the same file later
        session.add(ImportedContacts(wave_id=now.id, mark=mark))
    return found.counted


def of_number(session: Session, keys: Keys, number: str) -> list[Conversation]:
    """The conversations with whoever has this number (E.164): those that are not over first, then the latest wave."""
    indexes = [vault.index(number) for vault in vaults(session, keys)]
    found = session.execute(
        select(Conversation, Wave.opened)
        .join(Contact, Contact.id == Conversation.contact_id)
        .join(Wave, Wave.id == Conversation.wave_id)
        .where(Contact.number_index.in_(indexes))
    ).all()
    ordered = sorted(found, key=lambda row: (row[0].state in OPEN, row[1], row[0].id), reverse=True)
    return [conversation for conversation, _ in ordered]


def take_turns(session: Session) -> None:
    """Let nobody else add or erase contacts until this transaction ends. SQLite has one writer anyway.

    So no number gets two open conversations, and no data key goes while somebody is being sealed with it.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE contacts IN SHARE ROW EXCLUSIVE MODE"))


def number_of(session: Session, keys: Keys, contact: Contact) -> str:
    """The number (E.164), for whoever sends a text; it is shown to nobody.

    Raises:
        Tampered: it is not what was sealed in this row.
        WrongKey: we were not given the key it needs.
    """
    return vault_of(session, keys, contact.wave_id).open(contact.number, place_of(contact.id))


def vault_of(session: Session, keys: Keys, wave_id: UUID) -> Vault:
    """The vault of the inspection that the wave is part of."""
    return Vault(session, keys, session.scalars(select(Wave.inspection_id).where(Wave.id == wave_id)).one())


def place_of(contact_id: UUID) -> str:
    """Where the sealed number of a contact stands, bound into its seal."""
    return f"contacts:{contact_id}:number"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who has not been invited, for whoever invites them; the number is shown to nobody."""

    conversation: Conversation
    contact: Contact
    number: str = field(repr=False)


def waiting_to_be_invited(session: Session, wave: Wave, keys: Keys) -> list[Waiting]:
    """Those who have not been invited, with their numbers, in no order that says anything.

    Raises:
        Tampered: a number is not what was sealed in its row.
        WrongKey: we were not given the key they need.
    """
    waiting = (Conversation.wave_id == wave.id, Conversation.state == "waiting")
    joined = select(Conversation, Contact).join(Contact, Contact.id == Conversation.contact_id)
    vault = Vault(session, keys, wave.inspection_id)
    return [
        Waiting(talk, contact, vault.open(contact.number, place_of(contact.id)))
        for talk, contact in session.execute(joined.where(*waiting).order_by(Conversation.id))
    ]


@dataclass(frozen=True, slots=True)
class Listed:
    """A contact as the office may see it."""

    number: str
    """Its last three digits."""
    language: Language | None
    age: Age
    confirmed: date
    state: ConversationState | None
    held: bool
    """True while an open concern keeps it from being erased."""


def listed(session: Session, wave: Wave, keys: Keys) -> list[Listed]:
    """Everybody whom the wave may text, in no order that says anything.

    Raises:
        Tampered: a number is not what was sealed in its row.
        WrongKey: we were not given the key they need.
    """
    held = set(session.scalars(select(Concern.contact_id).where(Concern.closed_minute.is_(None))))
    vault = Vault(session, keys, wave.inspection_id)
    found = session.execute(
        select(Contact, Conversation.state)
        .outerjoin(Conversation, Conversation.contact_id == Contact.id)
        .where(Contact.wave_id == wave.id)
        .order_by(Contact.id)
    )
    return [
        Listed(
            masked(vault.open(contact.number, place_of(contact.id))),
            contact.language,
            contact.age,
            contact.confirmed,
            state,
            contact.id in held,
        )
        for contact, state in found
    ]


def _known(session: Session, wave_id: UUID, numbers: Sequence[str], keys: Keys) -> tuple[set[str], set[str]]:
    """Those of the numbers that are in the wave, and those that have an open conversation in another."""
    there: set[str] = set()
    talking: set[str] = set()
    for vault in vaults(session, keys):
        by_index = _by(vault.index, numbers)
        for batch in _batches(list(by_index)):
            contacts = select(Contact.number_index, Contact.wave_id, Conversation.state)
            contacts = contacts.outerjoin(Conversation, Conversation.contact_id == Contact.id)
            for index, of_wave, state in session.execute(contacts.where(Contact.number_index.in_(batch))):
                if of_wave == wave_id:
                    there.add(by_index[index])
                elif state in OPEN:
                    talking.add(by_index[index])
    return there, talking


def _by(index: Callable[[str], str], numbers: Iterable[str]) -> dict[str, str]:
    return {index(number): number for number in numbers}


def _batches(everything: Sequence[str]) -> Iterator[Sequence[str]]:
    return (everything[start : start + AT_ONCE] for start in range(0, len(everything), AT_ONCE))


def _insert(session: Session, wave_id: UUID, rows: Iterable[ContactRow], vault: Vault) -> None:
    contacts = []
    for row in rows:
        contact_id = uuid4()
        contacts.append(
            {
                "id": contact_id,
                "wave_id": wave_id,
                "number": vault.seal(row.number, place_of(contact_id)),
                "number_index": vault.index(row.number),
                "language": row.language,
                "age": row.age,
                "confirmed": row.confirmed,
            }
        )
    if not contacts:
        return
    connection = session.connection()
    connection.execute(insert(Contact), contacts)
    talks = [{"wave_id": wave_id, "contact_id": each["id"], "language": each["language"]} for each in contacts]
    connection.execute(insert(Conversation), talks)
