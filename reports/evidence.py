"""What stands behind a finding: the question as asked, the count, the base, and everyone who was left out of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.findings import Finding
from reports.frequencies import Frequency
from reports.mutation import soft
from reports.percentages import Programme
from reports.shapes import after_count
from surveys.answers import Silence
from surveys.questionnaire import MultipleChoice, Question, Scale, SingleChoice
from surveys.text import Language, Names, Text

SILENCES: Mapping[Silence, Text] = {
    Silence.NOT_ASKED: Text(en="not asked", cy="heb ei ofyn"),
    Silence.NOT_REACHED: Text(en="stopped before it", cy="wedi stopio cyn y cwestiwn"),
    Silence.SKIPPED: Text(en="skipped it", cy="wedi neidio dros y cwestiwn"),
    Silence.PREFERS_NOT_TO_SAY: Text(en="preferred not to say", cy="yn dewis peidio â dweud"),
    Silence.NOT_UNDERSTOOD: Text(en="answer not understood", cy="ateb heb ei ddeall"),
    Silence.WITHDRAWN: Text(en="answer withdrawn", cy="ateb wedi'i dynnu'n ôl"),
}
_POINTS: Mapping[str, Text] = {
    "at_least": Text(en="{value} or more", cy="{value} neu fwy"),
    "at_most": Text(en="{value} or less", cy="{value} neu lai"),
    "maximum": Text(en="{value}", cy="{value}"),
    "mean": Text(en="the mean", cy="y cymedr"),
}
_OTHER_THAN = Text(en="anything but {labels}", cy="unrhyw beth ond {labels}")
NOBODY = Text(en="nobody", cy="neb")
_OR = {"en": " or ", "cy": " neu "}
_SPREAD = Text(
    en="mean {mean}, median {median}, from {lowest} to {highest}, standard deviation {deviation}",
    cy="cymedr {mean}, canolrif {median}, o {lowest} i {highest}, gwyriad safonol {deviation}",
)


@dataclass(frozen=True)
class Evidence:
    """One finding, opened: each part in words, empty where there is nothing to say."""

    question: str
    wording: str
    counted: str  # the categories, or the point on the scale
    number: str
    base: str
    asked: str
    silent: str
    left_out: str  # answered with what is not counted in the base
    answers: str
    spread: str


def evidence(
    finding: Finding, frequency: Frequency, names: Names, programme: Programme, language: Language
) -> Evidence:
    """The evidence of the finding, in words of that language."""
    percent = after_count(finding, programme, language)
    return Evidence(
        question=finding.question,
        wording=names.piped(frequency.question.wording, language),
        counted=_counted(finding, frequency.question, names, language),
        number=f"{finding.numerator:,} ({percent})" if percent else f"{finding.numerator:,}",
        base=_of_the_base(finding, language),
        asked=f"{finding.asked:,}",
        silent=_listed(silences(frequency, language)) or NOBODY.in_language(language),
        left_out=_listed(categories(frequency, names, language, in_base=False)),
        answers=_listed(categories(frequency, names, language, in_base=True)),
        spread=spread(frequency, language),
    )


def _listed(counts: Iterator[tuple[str, int]]) -> str:
    return "; ".join(f"{words}: {people:,}" for words, people in counts)


def silences(frequency: Frequency, language: Language) -> Iterator[tuple[str, int]]:
    """Why those who were asked said nothing, and how many."""
    for reason, people in frequency.silences.items():
        if reason is not Silence.NOT_ASKED:
            yield SILENCES[reason].in_language(language), people


def spread(frequency: Frequency, language: Language) -> str:
    """The numbers given on a scale, summed up; empty for other questions and where nobody gave one."""
    if not isinstance(frequency.question, Scale) or not frequency.base:
        return ""
    given = frequency.spread
    return _SPREAD.in_language(language).format(
        mean=f"{float(given.mean):.2f}",
        median=f"{given.median:g}",
        lowest=given.lowest,
        highest=given.highest,
        deviation=f"{given.deviation:.2f}",
    )


def _of_the_base(finding: Finding, language: Language) -> str:
    """The base and its label, inflected for its number: 1 child, 22 children, 22 o blant."""
    noun = finding.people.called(finding.base, language)
    if language == "cy" and finding.base > 1:
        noun = f"o {soft(noun)}"
    return " ".join([f"{finding.base:,}", noun, *([finding.who.in_language(language)] if finding.who else [])])


def _counted(finding: Finding, question: Question, names: Names, language: Language) -> str:
    if finding.point is not None:
        return _POINTS[finding.measure].in_language(language).replace("{value}", str(finding.point.value))
    labels = _OR[language].join(
        f"“{names.piped(category.label, language)}”"
        for category in (question.categories if isinstance(question, SingleChoice | MultipleChoice) else ())
        if category.code in finding.categories
    )
    if finding.measure == "complement":
        return _OTHER_THAN.in_language(language).replace("{labels}", labels)
    return labels


def categories(frequency: Frequency, names: Names, language: Language, *, in_base: bool) -> Iterator[tuple[str, int]]:
    """Each category that counts in the base, or each that does not, and how many chose it."""
    question = frequency.question
    if isinstance(question, SingleChoice | MultipleChoice):
        for category in question.categories:
            if category.in_base is in_base:
                yield names.piped(category.label, language), frequency.counts[category.code]
