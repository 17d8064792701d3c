"""From what was kept to what it means: reports made from the responses in the database. Importing this loads pandas."""

from fieldwork import inspections, responses, waves
from fieldwork.database import Database, Session
from fieldwork.models.inspections import Inspection, Wave
from reports.codebook import codebook
from reports.perspective import Occasion, Perspective, perspective
from reports.pooling import Fieldwork
from reports.rendering.page import PerspectivePage, page_of
from reports.topline import Topline, topline
from surveys.text import Language


def perspective_of(session: Session, inspection: Inspection, language: Language) -> Perspective:
    """The section on the inspection, all of its waves in it, from the responses there are now."""
    occasion = Occasion(inspection.slug, inspection.name, inspection.programme, inspection.note)
    return perspective(occasion, [_fieldwork(session, wave) for wave in waves.all_waves(session, inspection)], language)


def topline_of(session: Session, wave: Wave, language: Language) -> Topline:
    """The topline of the wave."""
    came_back = _fieldwork(session, wave)
    return topline(came_back.questionnaire, came_back.names, came_back.responses, language)


def codebook_of(session: Session, wave: Wave) -> str:
    """The codebook of the questionnaire as the wave froze it."""
    asked = waves.asked_in(session, wave.id)
    return codebook(asked.questionnaire, asked.names)


def page_for(database_url: str, slug: str, language: Language) -> PerspectivePage:
    """The page of the inspection, for a process of its own: it opens the database itself.

    Raises:
        NotFound: there is no such inspection.
    """
    with Database(database_url).reading() as session:
        return page_of(perspective_of(session, inspections.find(session, slug), language))


def _fieldwork(session: Session, wave: Wave) -> Fieldwork:
    asked = waves.asked_in(session, wave.id)
    return Fieldwork(asked.questionnaire, asked.names, responses.responses(session, wave), wave.number_invited)
