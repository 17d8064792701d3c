"""What somebody may ask about their own number: what we keep, to have it put right, to have it erased."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fieldwork.keeping import erasure
from fieldwork.keeping.erasure import Erased
from fieldwork.models.concerns import Concern
from fieldwork.models.contacts import Age, Contact
from fieldwork.models.inspections import Inspection, Wave
from fieldwork.models.texts import OPEN, Conversation, ConversationState
from fieldwork.numbers import suppression
from fieldwork.numbers.phone_numbers import masked
from fieldwork.sealing import Keys, Vault, vaults
from surveys.text import Language


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of somebody in one wave, and can be told them."""

    contact_id: UUID
    wave: str
    number: str
    """Its last three digits."""
    language: Language | None
    age: Age
    confirmed: date
    state: ConversationState | None
    held: bool
    """True while an open concern keeps it from being erased."""


def kept_of(session: Session, number: str, keys: Keys, inspection_id: UUID | None = None) -> list[Kept]:
    """What is kept of whoever has this number (E.164), in one inspection or in all, by wave.

    Raises:
        WrongKey: we were not given a key that is needed.
    """
    where = vaults(session, keys) if inspection_id is None else _vault_in(session, keys, inspection_id)
    indexes = [vault.index(number) for vault in where]
    held = set(session.scalars(select(Concern.contact_id).where(Concern.closed_minute.is_(None))))
    found = session.execute(
        select(Contact, Conversation.state, Wave)
        .join(Wave, Wave.id == Contact.wave_id)
        .join(Inspection, Inspection.id == Wave.inspection_id)
        .outerjoin(Conversation, Conversation.contact_id == Contact.id)
        .where(Contact.number_index.in_(indexes))
        .order_by(Inspection.slug, Wave.questionnaire_id)
    )
    return [
        Kept(each.id, wave.name, masked(number), each.language, each.age, each.confirmed, state, each.id in held)
        for each, state, wave in found
    ]


def asked_not_to(session: Session, number: str, keys: Keys) -> bool:
    """True where the number is on the list of those that are not texted, which spans all inspections."""
    return suppression.is_suppressed(session, number, keys)


def correct(session: Session, kept: Sequence[Kept], language: Language | None, age: Age) -> int:
    """Put right in which language somebody is texted, and as whom; in how many waves.

    What has been written already goes as it was written.
    """
    wrong = [each.contact_id for each in kept if (each.language, each.age) != (language, age)]
    if not wrong:
        return 0
    session.execute(update(Contact).where(Contact.id.in_(wrong)).values(language=language, age=age))
    if language:
        talks = update(Conversation).where(Conversation.contact_id.in_(wrong), Conversation.state.in_(OPEN))
        session.execute(talks.values(language=language))
    return len(wrong)


def erase(session: Session, kept: Iterable[Kept]) -> Erased:
    """Erase how somebody can be reached, with their texts, except where an open concern holds it."""
    return erasure.erase_people(session, [each.contact_id for each in kept])


def _vault_in(session: Session, keys: Keys, inspection_id: UUID) -> list[Vault]:
    """The vault of the inspection, if it has a data key: looking for somebody makes none."""
    return [vault for vault in vaults(session, keys) if vault.inspection_id == inspection_id]
