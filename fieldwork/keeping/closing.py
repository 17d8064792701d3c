"""Closing a wave: by a person, or when its last day is over. It takes no more answers, and what was not sent goes."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from fieldwork import waves
from fieldwork.keeping import retention
from fieldwork.models.inspections import PlannedWave, Wave
from fieldwork.office import audit
from fieldwork.office.audit import Who
from fieldwork.sealing import Keys
from fieldwork.texting import at_closing

BY_ITSELF = Who(None, "by itself, after its last day")


def close_wave(session: Session, wave: Wave, *, today: date | None = None, keys: Keys | None = None) -> None:
    """Take no more answers: codes, links and answers not sent are deleted. Closing twice is closing once.

    Answers given by text count half way too, where the wave's plan says so; `keys` open the words beside them.
    """
    if not wave.closed:
        wave.closed = max(today or datetime.now(UTC).date(), wave.opened)
        session.flush()
        asks = waves.asked_in(session, wave.id).questionnaire
        at_closing.close_conversations(session, wave.id, wave.inspection_id, asks, wave.closed, keys)
        retention.forget_wave(session, wave.id)


def close_due(session: Session, today: date, keys: Keys | None = None) -> list[Wave]:
    """The waves whose last day is over, closed. Whoever asks again, or at the same moment, finds none.

    `today` is the day in the United Kingdom. A wave counts as closed on its last day if this comes the day after.
    """
    planned = (PlannedWave.inspection_id == Wave.inspection_id, PlannedWave.questionnaire_id == Wave.questionnaire_id)
    over = select(Wave.id).join(PlannedWave, and_(*planned)).where(Wave.closed.is_(None), PlannedWave.last_day < today)
    due = [wave for wave_id in session.scalars(over).all() if not (wave := waves.hold(session, wave_id)).closed]
    for wave in due:
        close_wave(session, wave, today=today - timedelta(days=1), keys=keys)
        audit.record(session, "closed_wave", BY_ITSELF, inspection_id=wave.inspection_id, about=wave.name)
    return due
