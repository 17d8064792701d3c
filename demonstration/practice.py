"""An inspection to practise texting with: thirty made-up people, whose phones are on the screen."""

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldwork import inspections, waves
from fieldwork.inspections import NewInspection
from fieldwork.models.inspections import Inspection
from fieldwork.numbers import contacts
from fieldwork.numbers.contact_rows import ContactRow
from fieldwork.texting import text_plans
from fieldwork.texting.permission import Terms
from modes.sms.inviting import invite, to_invite
from surveys.loading import definition
from surveys.text import Names, Text

SLUG, NAME = "practice-2026", "Practice"
QUESTIONNAIRE = "victims-text"
BUDGET_PENCE = 10_000
NUMBERS = [f"+447700900{last:03}" for last in range(1, 31)]  # kept by Ofcom for drama: they reach nobody

NAMES = Names(
    service=Text(en="youth justice service", cy="gwasanaeth cyfiawnder ieuenctid"),
    worker=Text(en="worker", cy="gweithiwr"),
    child=Text(en="child", cy="plentyn"),
    children=Text(en="children", cy="plant"),
)
NOTE = Text(
    en="This inspection is for practice. Nobody in it is real: its answers come from the telephone on the screen.",
    cy="Arolygiad i ymarfer yw hwn. Does neb ynddo yn bobl go iawn: daw'r atebion o'r ffôn ar y sgrin.",
)


def is_there(session: Session) -> bool:
    """True where it was loaded before."""
    return session.scalar(select(Inspection.id).where(Inspection.slug == SLUG)) is not None


def load(session: Session, terms: Terms, now: datetime) -> int:
    """How many were invited, now that the inspection, its wave and its people are there."""
    new = NewInspection(slug=SLUG, name=NAME, programme="today", nation="wales", names=NAMES, note=NOTE)
    wave = waves.open_wave(session, inspections.create(session, new), definition(QUESTIONNAIRE), today=now.date())
    people = [
        ContactRow(line=line, number=number, language=None, age="adult", confirmed=now.date())
        for line, number in enumerate(NUMBERS, start=2)
    ]
    contacts.add(session, wave, people, hashlib.sha256(SLUG.encode()).digest(), terms.keys)
    text_plans.start(session, wave, BUDGET_PENCE, now.date())
    invited = to_invite(session, wave, terms, now).people
    return invite(session, wave, invited, [now] * len(invited), terms, now)
