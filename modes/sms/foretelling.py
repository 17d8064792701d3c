"""What texting people would be, before anybody is texted: how many of whom, in which language, at what cost.

The office asks this one object: it knows nothing of texts itself.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldwork import hours, waves
from fieldwork.database import Session
from fieldwork.faults import Refused
from fieldwork.models.contacts import Contact
from fieldwork.models.inspections import Wave
from fieldwork.numbers import contacts
from fieldwork.numbers.contact_rows import ContactRow
from fieldwork.numbers.contacts import Imported
from fieldwork.texting import text_plans
from fieldwork.texting.permission import Terms
from fieldwork.waves import Asked
from modes.sms.cost import Cost, cost_of, whole_conversation
from modes.sms.inviting import invite, moments_for, to_invite
from modes.sms.texts import Age
from modes.sms.wording import can_be_texted, invitation, language_for
from surveys.questionnaire import Questionnaire
from surveys.text import Language

CALLED: dict[Language | None, str] = {"en": "English", "cy": "Welsh", None: "English and Welsh, until they choose"}
Kind = tuple[Language | None, Age]


@dataclass(frozen=True, slots=True)
class Group:
    """People who get the same first text."""

    people: int
    age: Age
    language: str
    first_text: str
    texts: int
    """A whole conversation with one of them, at most."""
    parts: int
    pounds: str


@dataclass(frozen=True, slots=True)
class Foretold:
    """What would become of a list, and what it would cost."""

    groups: tuple[Group, ...]
    people: int
    """How many would be texted: those of the list, and those who were added before and not invited."""
    added_before: int
    pounds: str
    """All conversations together, at most."""
    invitation_pence: int
    counted: Imported
    confirmed_too_long_ago: int


class Texts:
    """Texting, as far as the office has to do with it."""

    def __init__(self, terms: Terms) -> None:
        """`terms`: on what terms texts go out."""
        self._terms = terms

    @property
    def practice(self) -> bool:
        """True where texts go to the telephone on the screen and to nobody else."""
        return self._terms.practice

    def can_ask(self, questionnaire: Questionnaire) -> bool:
        """True where every question has a wording for a text."""
        return can_be_texted(questionnaire)

    def foretell(self, session: Session, wave: Wave, rows: Sequence[ContactRow], now: datetime) -> Foretold:
        """What confirming these rows would do, with those of the wave who have not been invited yet.

        Raises:
            Refused: the wave is closed, or its questionnaire cannot be texted.
        """
        asked = waves.asked_in(session, wave.id)
        sorted_ = contacts.sort(session, wave, rows, self._terms.keys)
        before = to_invite(session, wave, self._terms, now)
        waiting = [session.get_one(Contact, talk.contact_id) for talk, _ in before.people]
        people: list[Kind] = [(row.language, row.age) for row in sorted_.fresh]
        people += [(contact.language, contact.age) for contact in waiting]
        groups = tuple(self._groups(asked, people))
        first = cost_of(invitation(asked.nation, language, age) for language, age in people)
        pence = self._terms.pence_per_part
        return Foretold(
            groups,
            len(people),
            len(waiting),
            Cost(0, sum(each.parts * each.people for each in groups)).pounds(pence),
            round(first.parts * pence),
            sorted_.counted,
            before.confirmed_too_long_ago,
        )

    def _groups(self, asked: Asked, people: Iterable[Kind]) -> Iterable[Group]:
        for (chosen, age), count in sorted(Counter(people).items(), key=str):
            each = whole_conversation(asked.questionnaire, asked.names, asked.nation, chosen, age)
            called = CALLED[language_for(asked.nation, chosen)]
            first = invitation(asked.nation, chosen, age)
            yield Group(count, age, called, first, each.texts, each.parts, each.pounds(self._terms.pence_per_part))

    def begin(  # noqa: PLR0913 - how many of whom, for how much, when
        self, session: Session, wave: Wave, people: int, budget_pence: int, now: datetime, *, partial_counts: bool
    ) -> list[datetime]:
        """The moments at which everybody of the wave who was not invited may be: one for each. Its texts may go now.

        Raises:
            Refused: that is not so many people, or the budget has no room for their invitations.
        """
        found = to_invite(session, wave, self._terms, now)
        count = len(found.people)
        if count != people or not people:
            would = "1 person" if count == 1 else f"{count:,} people"
            raise Refused(wave.name, f"{would} would be texted now, not {people:,}.", "Nobody has been texted.")
        if found.cost.parts * self._terms.pence_per_part > budget_pence:
            cost = found.cost.pounds(self._terms.pence_per_part)
            fault = f"the invitations alone cost {cost}, and the budget is £{budget_pence / 100:,.2f}."
            raise Refused(wave.name, fault, "Throw the list away, and upload it with a larger budget.")
        today = now.astimezone(hours.LONDON).date()
        text_plans.start(session, wave, budget_pence, today, partial_counts=partial_counts)
        return moments_for(people, wave, self._terms, now)

    def invite_some(self, session: Session, wave: Wave, moments: Sequence[datetime], now: datetime) -> int:
        """Invite as many as there are moments, of those who were not invited yet; how many.

        Raises:
            Refused: the wave has closed meanwhile.
        """
        people = to_invite(session, wave, self._terms, now).people[: len(moments)]
        return invite(session, wave, people, moments[: len(people)], self._terms, now)
