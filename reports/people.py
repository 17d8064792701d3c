"""What the section calls those who answered: the nouns of an audience, as the inspection names its people."""

from dataclasses import dataclass

from surveys.questionnaire import Audience
from surveys.text import Language, Names, Text

_VICTIM = Text(en="victim", cy="dioddefwr")
_VICTIMS = Text(en="victims", cy="dioddefwyr")
_PARENT = Text(en="parent or carer", cy="rhiant neu ofalwr")
_PARENTS = Text(en="parents and carers", cy="rhieni a gofalwyr")
_AFTER_THE = {  # Welsh plurals after "y": a feminine noun mutates, and the noun after "and" has an article of its own
    "plant": "plant",
    "plant a phobl ifanc": "plant a'r bobl ifanc",
    "pobl ifanc": "bobl ifanc",
    "dioddefwyr": "dioddefwyr",
    "rhieni a gofalwyr": "rhieni a'r gofalwyr",
}


@dataclass(frozen=True, slots=True)
class People:
    """An audience: one of them and many of them, without an article."""

    one: Text
    many: Text

    @property
    def welsh_after_the(self) -> str | None:
        """The Welsh plural as it stands after "the"; none where an inspection's own noun is not one we can inflect."""
        return _AFTER_THE.get(self.many.cy)

    def called(self, number: int, language: Language) -> str:
        """The noun for so many of them."""
        return (self.one if number == 1 else self.many).in_language(language)


def people(audience: Audience, names: Names) -> People:
    """The nouns for the audience of this inspection."""
    match audience:
        case "children":
            return People(names.child, names.children)
        case "parents":
            return People(_PARENT, _PARENTS)
        case "victims":
            return People(_VICTIM, _VICTIMS)
