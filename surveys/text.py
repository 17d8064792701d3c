"""Words in both languages, and the names that an inspection gives to the service and its people."""

from string import Formatter
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

Language = Literal["en", "cy"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Frozen(BaseModel):
    """A definition: it cannot change once read, and a misspelt key in it is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Text(Frozen):
    """The same words in English and in Welsh."""

    en: str
    cy: str

    def in_language(self, language: Language) -> str:
        """The words in that language."""
        return self.cy if language == "cy" else self.en

    def pipes(self) -> set[str]:
        """The names in braces that either language asks the inspection for."""
        return {name for words in (self.en, self.cy) for _, name, _, _ in Formatter().parse(words) if name is not None}


class Names(Frozen):
    """What this inspection calls the service and its people."""

    service: Text
    worker: Text
    child: Text
    children: Text

    def piped(self, text: Text, language: Language) -> str:
        """The words with each `{name}` replaced; only the names of this class can be asked for."""
        words = text.in_language(language)
        for name in NAMES:
            words = words.replace("{" + name + "}", getattr(self, name).in_language(language))
        return words


NAMES: tuple[str, ...] = tuple(Names.model_fields)
