"""Inviting the people of a wave: who would be texted, at what cost, and an invitation for each, spread over the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldwork import hours, waves
from fieldwork.database import Session
from fieldwork.faults import Refused
from fieldwork.models.inspections import Wave
from fieldwork.models.texts import Conversation
from fieldwork.numbers import contacts, suppression
from fieldwork.numbers.contact_rows import oldest_confirmed
from fieldwork.sealing import Vault
from fieldwork.texting import outbox, text_plans
from fieldwork.texting.permission import Terms
from modes.sms import wording
from modes.sms.cost import Cost, cost_of


@dataclass(frozen=True, slots=True)
class ToInvite:
    """Who is invited when the wave is started now, and why others are not."""

    people: tuple[tuple[Conversation, str], ...]
    """Each with the words of the invitation."""
    asked_not_to: int
    confirmed_too_long_ago: int

    @property
    def cost(self) -> Cost:
        """What the invitations alone cost."""
        return cost_of(words for _, words in self.people)


def to_invite(session: Session, wave: Wave, terms: Terms, now: datetime) -> ToInvite:
    """Everybody of the wave who was not invited yet and may be.

    Raises:
        Refused: the wave is closed, or its questionnaire cannot be texted.
    """
    asked = waves.asked_in(session, wave.id)
    if wave.closed:
        raise Refused(wave.name, f"closed on {wave.closed:%d %B %Y}.", "Nobody of it can be texted any more.")
    if not wording.can_be_texted(asked.questionnaire):
        remedy = "Give each question an sms_wording in a new version, and open a wave with that."
        raise Refused(wave.name, "asks a questionnaire that cannot be texted.", remedy)
    oldest, people, stale = oldest_confirmed(now.date()), [], 0
    found = contacts.waiting_to_be_invited(session, wave, terms.keys)
    silenced = suppression.suppressed(session, (each.number for each in found), terms.keys)
    willing = [each for each in found if each.number not in silenced]
    for each in willing:
        if each.contact.confirmed < oldest:
            stale += 1
        else:
            talk = each.conversation
            people.append((talk, wording.invitation(asked.nation, talk.language, each.contact.age)))
    return ToInvite(tuple(people), len(found) - len(willing), stale)


def moments_for(count: int, wave: Wave, terms: Terms, now: datetime) -> list[datetime]:
    """When each invitation may leave: spread, so that whoever is on duty can read what comes back."""
    return [now] * count if terms.practice else hours.spread(wave.inspection.nation, now, count)


def invite(  # noqa: PLR0913, PLR0917 - whom, in which wave, on what terms, when
    session: Session,
    wave: Wave,
    people: Sequence[tuple[Conversation, str]],
    moments: Sequence[datetime],
    terms: Terms,
    now: datetime,
) -> int:
    """Write an invitation to each who was not invited meanwhile; how many. Each leaves at its moment."""
    vault, count = Vault(session, terms.keys, wave.inspection_id), 0
    for (talk, words), moment in zip(people, moments, strict=True):
        if text_plans.begin(session, talk):
            outbox.write(session, talk, "invitation", words, vault, now, not_before=moment)
            count += 1
    text_plans.count_invited(session, wave, count)
    return count
