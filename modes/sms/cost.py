"""What a whole conversation costs at most: the invitation, every question once, and the thanks, in parts and pence."""

from collections.abc import Iterable
from dataclasses import dataclass

from modes.sms.texts import Age
from modes.sms.wording import Nation, Place, Voice, invitation, line
from surveys.gsm import count_parts
from surveys.questionnaire import Information, Page, Questionnaire
from surveys.text import LANGUAGES, Language, Names


@dataclass(frozen=True, slots=True)
class Cost:
    """Texts, and the parts that are paid for."""

    texts: int
    parts: int

    def times(self, people: int) -> "Cost":
        """For so many people."""
        return Cost(self.texts * people, self.parts * people)

    def plus(self, other: "Cost") -> "Cost":
        """Both together."""
        return Cost(self.texts + other.texts, self.parts + other.parts)

    def pounds(self, pence_per_part: float) -> str:
        """In money: `£1.24`."""
        return f"£{self.parts * pence_per_part / 100:,.2f}"


def cost_of(texts: Iterable[str]) -> Cost:
    """What it costs to send these, each once."""
    parts = [count_parts(text).parts for text in texts]
    return Cost(len(parts), sum(parts))


def whole_conversation(
    questionnaire: Questionnaire, names: Names, nation: Nation, chosen: Language | None, age: Age
) -> Cost:
    """At most so much for one person: nothing is skipped, and the dearer language is taken where none was chosen."""
    languages = (chosen,) if chosen else LANGUAGES if nation == "wales" else ("en",)
    return max((_in_language(questionnaire, names, nation, chosen, each, age) for each in languages), key=_parts)


def _in_language(  # noqa: PLR0913, PLR0917 - what is asked of whom
    questionnaire: Questionnaire, names: Names, nation: Nation, chosen: Language | None, language: Language, age: Age
) -> Cost:
    asked = _questions(questionnaire, Voice(questionnaire, names, language))
    return cost_of([invitation(nation, chosen, age), *asked, line("thanks", language, age)])


def _questions(questionnaire: Questionnaire, voice: Voice) -> Iterable[str]:
    """Every question as it is asked, with what is to be read just before it."""
    number, total = 0, len(questionnaire.questions)
    to_read: tuple[Page, ...] = ()
    for page in questionnaire.pages:
        if isinstance(page, Information):
            to_read = (*to_read, page)
            continue
        number += 1
        yield voice.asks(page, Place(number, total, to_read))
        to_read = ()


def _parts(cost: Cost) -> int:
    return cost.parts
