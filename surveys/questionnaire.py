"""The questionnaire: sections of questions at a version. A closed set of question types, each in both languages."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from surveys.conditions import Condition
from surveys.text import Frozen, Text

Audience = Literal["children", "parents", "victims"]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Picture = Literal[
    "tick", "cross", "question_mark", "face_happy", "face_okay", "face_flat", "face_sad", "thumb_up", "thumb_down",
    "book", "work", "home", "family", "heart", "brain", "people", "talk", "pencil", "clock", "shield", "star",
]  # fmt: skip
Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]*$", max_length=40)]


class Category(Frozen):
    """One answer choice. `in_base = false` marks one that is not counted in the base ("I had no concern")."""

    code: Code
    label: Text
    in_base: bool = True
    exclusive: bool = False
    picture: Picture | None = None
    spoken: Text | None = None
    sms_label: Text | None = None


class _Page(Frozen):
    id: Identifier
    wording: Text
    hint: Text | None = None
    picture: Picture | None = None
    spoken: Text | None = None
    easy_read: Text | None = None
    sms_wording: Text | None = None
    ask_if: Condition | None = None
    base_label: Text | None = None


class SingleChoice(_Page):
    """Pick one category."""

    type: Literal["single_choice"]
    categories: tuple[Category, ...] = Field(min_length=2)


class MultipleChoice(_Page):
    """Tick as many categories as apply; an exclusive category ("none of these") stands alone."""

    type: Literal["multiple_choice"]
    categories: tuple[Category, ...] = Field(min_length=2)


class Scale(_Page):
    """A whole number from minimum to maximum, its two ends in words."""

    type: Literal["scale"]
    minimum: int
    maximum: int
    low_label: Text
    high_label: Text


class OpenEnded(_Page):
    """The respondent's own words, and whether they may be printed."""

    type: Literal["open_ended"]
    max_length: int = Field(default=2000, ge=1, le=10_000)
    consent: Text


class Information(_Page):
    """A page to read. It asks nothing."""

    type: Literal["information"]


Question = SingleChoice | MultipleChoice | Scale | OpenEnded
Page = Annotated[SingleChoice | MultipleChoice | Scale | OpenEnded | Information, Field(discriminator="type")]
Choice = SingleChoice | MultipleChoice


class Section(Frozen):
    """Pages that belong together, in the order they are asked."""

    id: Identifier
    title: Text
    pages: tuple[Page, ...] = Field(min_length=1)


class Questionnaire(Frozen):
    """An instrument at a version. A change of wording is a new version."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
    version: int = Field(ge=1)
    audience: Audience
    title: Text
    source: str
    welsh: Literal["awaiting_translator", "signed_by_translator"]
    helped_question: Identifier | None = None
    sections: tuple[Section, ...] = Field(min_length=1)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Every page in order, information pages too."""
        return tuple(page for section in self.sections for page in section.pages)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every page that asks something, in order."""
        return tuple(page for page in self.pages if not isinstance(page, Information))

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """Question id -> question."""
        return {question.id: question for question in self.questions}
