"""Put the records into a database, each inspection once."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from demonstration.reconstruction import RecordedWave, reconstructed
from demonstration.records import Record
from fieldwork import inspections, waves
from fieldwork.keeping import closing
from fieldwork.models.inspections import Inspection, Wave
from fieldwork.returns import responses
from surveys.loading import definition


def is_loaded(session: Session, record: Record) -> bool:
    """True where the inspection is there already, demonstration or not."""
    return session.scalar(select(Inspection.id).where(Inspection.slug == record.inspection.slug)) is not None


def load(session: Session, record: Record) -> int:
    """The number of responses put in, with the inspection and its waves."""
    inspection = inspections.create(session, record.inspection.as_new())
    return sum(_load_wave(session, inspection, recorded) for recorded in record.waves)


def _load_wave(session: Session, inspection: Inspection, recorded: RecordedWave) -> int:
    questionnaire = definition(recorded.questionnaire)
    year, month = map(int, recorded.month.split("-"))
    day = date(year, month, 1)
    wave = waves.open_wave(session, inspection, questionnaire, today=day)
    made = reconstructed(recorded, questionnaire)
    responses.store(session, wave.id, made)
    if not recorded.stays_open:
        closing.close_wave(session, wave, today=day)
    return len(made)


def wave_to_try(session: Session, loaded: list[Record]) -> Wave:
    """The wave of the demonstration that takes answers."""
    names = [
        f"{each.inspection.slug}/{wave.questionnaire}" for each in loaded for wave in each.waves if wave.stays_open
    ]
    return waves.find_wave(session, names[0])
