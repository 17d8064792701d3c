"""From what was kept to what it means: reports made from the responses in the database. Importing this loads pandas."""

from collections.abc import Collection
from uuid import UUID

from fieldwork import inspections, waves
from fieldwork.database import Database, Session
from fieldwork.models.inspections import Inspection, Wave
from fieldwork.reading import quotations
from fieldwork.returns import responses
from reports.codebook import Codebook, codebook
from reports.codebook import codebook_of as codes_of
from reports.export.contents import Contents, Progress, contents, nothing
from reports.perspective import Occasion, Perspective, perspective
from reports.pooling import Fieldwork
from reports.rendering.page import PerspectivePage, page_of
from reports.rendering.topline_page import ToplinePage, topline_page
from reports.topline import Topline, topline
from surveys.text import Language, Text

WHILE_OPEN = Text(
    en="A wave was open when these figures were counted; one in which fewer than five had answered is left out.",
    cy="Roedd cyfnod ateb ar agor pan gyfrifwyd y ffigurau hyn; gadewir allan un lle roedd llai na phump wedi ateb.",
)


def perspective_of(session: Session, inspection: Inspection, language: Language) -> Perspective:
    """The section on the inspection, all of its waves in it, from the responses there are now."""
    return perspective(_occasion(inspection), _all_fieldwork(session, inspection), language)


def contents_of(
    session: Session, inspection: Inspection, progress: Progress = nothing, only: Collection[UUID] | None = None
) -> Contents:
    """All that a snapshot of the inspection holds, from the responses there are now.

    `only` are the waves that may be told of while one is open; a note then says so.
    """
    return contents(
        _occasion(inspection, while_open=only is not None), _all_fieldwork(session, inspection, only), progress
    )


def topline_of(session: Session, wave: Wave, language: Language) -> Topline:
    """The topline of the wave."""
    came_back = _fieldwork(session, wave)
    return topline(came_back.questionnaire, came_back.names, came_back.responses, language)


def codebook_of(session: Session, wave: Wave) -> str:
    """The codebook of the questionnaire as the wave froze it."""
    asked = waves.asked_in(session, wave.id)
    return codebook(asked.questionnaire, asked.names)


# --- For a process of its own: each opens the database itself ---


def page_for(database_url: str, slug: str, language: Language) -> PerspectivePage:
    """The page of the inspection.

    Raises:
        NotFound: there is no such inspection.
    """
    with Database(database_url).reading() as session:
        return page_of(perspective_of(session, inspections.find(session, slug), language))


def topline_for(database_url: str, wave: str, language: Language) -> ToplinePage:
    """The page of a wave's topline.

    Raises:
        NotFound: there is no such wave.
    """
    with Database(database_url).reading() as session:
        return topline_page(topline_of(session, waves.find_wave(session, wave), language))


def codebook_for(database_url: str, wave: str) -> Codebook:
    """The codebook of a wave.

    Raises:
        NotFound: there is no such wave.
    """
    with Database(database_url).reading() as session:
        asked = waves.asked_in(session, waves.find_wave(session, wave).id)
        return codes_of(asked.questionnaire, asked.names)


def _occasion(inspection: Inspection, *, while_open: bool = False) -> Occasion:
    note = _both(inspection.note, WHILE_OPEN) if while_open else inspection.note
    return Occasion(inspection.slug, inspection.name, inspection.programme, note)


def _both(first: Text | None, second: Text) -> Text:
    return Text(en=f"{first.en} {second.en}", cy=f"{first.cy} {second.cy}") if first else second


def _all_fieldwork(session: Session, inspection: Inspection, only: Collection[UUID] | None = None) -> list[Fieldwork]:
    there = waves.all_waves(session, inspection)
    return [_fieldwork(session, wave) for wave in there if only is None or wave.id in only]


def _fieldwork(session: Session, wave: Wave) -> Fieldwork:
    asked = waves.asked_in(session, wave.id)
    return Fieldwork(
        asked.questionnaire,
        asked.names,
        responses.responses(session, wave),
        wave.number_invited,
        quotations=tuple(quotations.quotations(session, wave)),
    )
