"""The form of a perspective in JSON, which other programs may rely on: docs/perspective-json.md."""

from pydantic import BaseModel, ConfigDict, Field

from reports.findings import Measure
from reports.percentages import Programme
from surveys.interview import Mode
from surveys.questionnaire import Audience
from surveys.text import Language


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FindingJson(_Part):
    """One claim: `numerator` of `base`, who are `base_label`, of the `asked`, of the audience's respondents."""

    question: str = Field(description="The id of the question.")
    wording: str = Field(description="The question as it was asked.")
    categories: list[str] = Field(description="The codes counted; for a complement, the others are. None of a scale.")
    measure: Measure
    numerator: int = Field(ge=0, description="Those to whom the statement applies; for a mean, all of the base.")
    base: int = Field(ge=1, description="Those asked and answering.")
    base_label: str
    asked: int = Field(ge=1)
    silent: int = Field(ge=0, description="Asked, and without an answer.")
    left_out: int = Field(ge=0, description="Answered with what is not counted in the base.")
    exceptions: int = Field(ge=0, description="base - numerator, for “all except two”.")
    percent: int = Field(ge=0, le=100, description="Whole per cent, half up; 99 and 1 where 100 and 0 would be false.")
    value: int | float | None = Field(description="Of a scale: the threshold, its maximum, or the rounded mean.")
    out_of: int | None = Field(description="Of a scale: its maximum.")
    evidence: str | None = Field(description="Of a scale: mean, median, range and standard deviation.")


class BulletJson(_Part):
    """A few sentences, and every finding whose numbers they print."""

    text: str
    findings: list[FindingJson] = Field(min_length=1, max_length=4)


class QuotedJson(_Part):
    """What some wrote in answer to one question."""

    question: str = Field(description="The id of the question.")
    wording: str = Field(description="The question as it was asked.")
    words: list[str] = Field(min_length=1, description="Each redacted, approved by a second person, and released.")


class MethodJson(_Part):
    """How the answers came. What was not recorded is null."""

    invited: int | None
    answered: int
    response_rate: int | None = Field(
        description="Whole per cent; null if unknown, or more answered than were invited."
    )
    modes: dict[Mode, int]
    languages: dict[Language, int]
    helped: dict[str, int] | None = Field(
        description="Who helped them to answer: codes of that question; null if not asked."
    )
    first_month: str | None
    last_month: str | None
    without_answers: list[str] = Field(description="Questions the section would tell of, but nobody answered.")
    note: list[str] = Field(description="The same in words, line by line.")


class AudienceJson(_Part):
    """What one audience said."""

    audience: Audience
    heading: str
    respondents: int = Field(ge=0)
    invited: int | None
    opening: str
    remark: str | None
    bullets: list[BulletJson]
    quotations: list[str] = Field(description="Redacted, approved and released; without quotation marks.")
    quoted: list[QuotedJson] = Field(description="The same, each under the question that it answers.")
    method: MethodJson


class PerspectiveJson(_Part):
    """The section on one inspection in one language."""

    inspection: str = Field(description="Its short name: essex-2012.")
    name: str
    programme: Programme
    language: Language
    title: str
    remark: str | None = Field(description="Says so where the inspection had no survey.")
    note: str | None = Field(description="Printed with the section: that its responses are reconstructed, for one.")
    audiences: list[AudienceJson]
