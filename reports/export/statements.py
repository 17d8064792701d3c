"""The statements of a section with the figures behind each, as every file lists them."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.evidence import Evidence
from reports.export.contents import InLanguage
from reports.rendering.form import AudienceJson, FindingJson
from reports.rendering.page import AudiencePage

FIRST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """One finding: its numbers, and the same in words."""

    finding: FindingJson
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Statement:
    """One bullet of an audience, by its place among them, and the figures that it prints."""

    place: int
    text: str
    figures: tuple[Figure, ...]

    @property
    def reference(self) -> str:
        """How an annex points at it: its place, and how it begins."""
        words = self.text.split()
        more = " …" if len(words) > FIRST_WORDS else ""
        return f"{self.place}. {' '.join(words[:FIRST_WORDS])}{more}"


def audiences(told: InLanguage) -> Iterator[tuple[AudienceJson, AudiencePage, list[Statement]]]:
    """Each audience of the section, as JSON and as its page, and what is stated of it."""
    for section, page in zip(told.section.audiences, told.page.audiences, strict=True):
        yield section, page, list(_statements(section, page))


def _statements(section: AudienceJson, page: AudiencePage) -> Iterator[Statement]:
    for place, (bullet, opened) in enumerate(zip(section.bullets, page.bullets, strict=True), start=1):
        figures = (
            Figure(finding, evidence) for finding, (_, evidence) in zip(bullet.findings, opened.evidence, strict=True)
        )
        yield Statement(place, bullet.text, tuple(figures))
