"""What a snapshot holds: all that was counted and said of an inspection on one day, in both languages, as JSON."""

from collections.abc import Callable, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from reports.codebook import Codebook, codebook_of
from reports.perspective import Occasion, perspective
from reports.pooling import Fieldwork
from reports.rendering.form import PerspectiveJson
from reports.rendering.page import PerspectivePage, page_of
from reports.rendering.structured import structured
from reports.topline import Topline, topline
from surveys.text import LANGUAGES, Language

Progress = Callable[[int, int], None]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class InLanguage(_Part):
    """The section as JSON and as its page needs it, and the topline of each wave, in one language."""

    section: PerspectiveJson
    page: PerspectivePage
    toplines: tuple[Topline, ...]


class Contents(_Part):
    """All of it. Whatever leaves the office is made from this, and from nothing else."""

    form: Literal[1] = 1
    codebooks: tuple[Codebook, ...]
    en: InLanguage
    cy: InLanguage

    def told(self, language: Language) -> InLanguage:
        """The part in that language."""
        return self.cy if language == "cy" else self.en

    def as_json(self) -> str:
        """The contents as they are kept; the same contents are always the same text."""
        return self.model_dump_json()


def nothing(done: int, total: int) -> None:
    """Tell nobody."""


def contents(occasion: Occasion, waves: Sequence[Fieldwork], progress: Progress = nothing) -> Contents:
    """The contents, computed from what came back of each wave."""
    total = len(LANGUAGES) * (1 + len(waves))
    made: dict[Language, InLanguage] = {}
    for place, language in enumerate(LANGUAGES):
        toplines = []
        section = perspective(occasion, waves, language)
        progress(place * (1 + len(waves)) + 1, total)
        for wave in waves:
            toplines.append(topline(wave.questionnaire, wave.names, wave.responses, language))
            progress(place * (1 + len(waves)) + 1 + len(toplines), total)
        made[language] = InLanguage(section=structured(section), page=page_of(section), toplines=tuple(toplines))
    codebooks = tuple(codebook_of(wave.questionnaire, wave.names) for wave in waves)
    return Contents(codebooks=codebooks, **made)


def read(json: str) -> Contents:
    """The contents as they were kept.

    Raises:
        ValueError: that is none of ours.
    """
    return Contents.model_validate_json(json)
