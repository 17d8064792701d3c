"""What the process of reports is asked for: pages as plain words, since its own kinds would bring pandas with them."""

# ruff: noqa: PLC0415 - only that process loads the reports

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from fieldwork.faults import Refused
from surveys.problems import BrokenDefinition
from surveys.text import Language

REMEDY = "Tell whoever looks after the plans of reports."


@contextmanager
def plans_at_hand(place: str) -> Iterator[None]:
    """What is wrong with a plan is told as a fault that people can read.

    Raises:
        Refused: no plan says which bullets the section has, or the plan is broken.
    """
    from reports.plans import NoPlan

    try:
        yield
    except (NoPlan, BrokenDefinition) as fault:
        raise Refused(place, str(fault), REMEDY) from fault


def section(database_url: str, slug: str, language: Language) -> dict[str, Any]:
    """The page of a perspective."""
    from staff.section import page_for

    with plans_at_hand("The section"):
        return asdict(page_for(database_url, slug, language))


def topline(database_url: str, wave: str, language: Language) -> dict[str, Any]:
    """The page of a topline."""
    from staff.section import topline_for

    return asdict(topline_for(database_url, wave, language))


def codebook(database_url: str, wave: str) -> dict[str, Any]:
    """The page of a codebook. Its texts have both languages."""
    from staff.section import codebook_for

    return asdict(codebook_for(database_url, wave))


def frozen(content: str, language: Language) -> dict[str, Any]:
    """The page of a perspective as it was frozen."""
    from reports.export.contents import read

    return asdict(read(content).told(language).page)


def frozen_topline(content: str, questionnaire: str, language: Language) -> dict[str, Any] | None:
    """The page of a topline as it was frozen; none where the wave is not told of."""
    from reports.export.contents import read
    from reports.rendering.topline_page import topline_page

    toplines = read(content).told(language).toplines
    found = next((each for each in toplines if each.questionnaire == questionnaire), None)
    return asdict(topline_page(found)) if found else None


def frozen_toplines(content: str, language: Language) -> list[dict[str, Any]]:
    """The pages of all toplines as they were frozen."""
    from reports.export.contents import read
    from reports.rendering.topline_page import topline_page

    return [asdict(topline_page(each)) for each in read(content).told(language).toplines]
