"""An inspection that never was: its people, its waves, and what people have answered. Nobody in it is anybody."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from fieldwork import heartbeats, inspections, waves
from fieldwork.database import Session
from fieldwork.inspections import NewInspection
from fieldwork.models.inspections import Inspection
from fieldwork.office.audit import Who
from fieldwork.progress import planning, tally
from fieldwork.progress.planning import Plan
from fieldwork.reading import reading_clock
from fieldwork.returns import responses
from fieldwork.safeguarding import concern_steps, concerns, cover, notices
from fieldwork.safeguarding.cover import NewCover
from staff.inspections.programmes import programmes
from surveys.answers import Answer, NoAnswer, Silence, Verbatim
from surveys.interview import Mode, Response
from surveys.loading import definition
from surveys.text import Language
from tests.reports.made_up import drawn
from tests.staff.desks import OfficeRoom, let_everybody_in

MONDAY = datetime(2026, 11, 23, 10, 20, tzinfo=UTC)
OPENED, LAST = date(2026, 11, 16), date(2026, 12, 4)
SLUG, OTHER_SLUG = "ynys-mon-2026", "conwy-2026"
CHILDREN, PARENTS, TEXTED = "children", "parents", "victims-text"
ANSWERED, INVITED, TARGET = 24, 40, 30
MOST_IN_ENGLISH = 17
SEED = 3  # with it people agree about most things, as they do
MODES: tuple[Mode, ...] = ("web", "web", "kiosk", "paper")

NAMES = {
    "lead": "Ann Lead",
    "second lead": "Lowri Lead",
    "inspector": "Ifor Inspector",
    "second inspector": "Ina Inspector",
    "support": "Sian Support",
    "second support": "Sam Support",
    "safeguarding": "Gwen Guard",
    "second safeguarding": "Huw Second",
    "approver": "Olu Approver",
    "second approver": "Alys Approver",
    "administrator": "Ada Admin",
    "outsider": "Owen Elsewhere",
}
KIND = "Kerry Jones was kind, she rang me on 07700 900123 every week."
RUDE = "My old worker was a dickhead, the new one listens."
GOING_HOME = "They were the only ones who listened. I am scared of going home."
NAMING = "Sarah from Ysgol y Bryn came to every meeting, I can ring her on 07700 900456."
WELSH = "Roedd pawb yn garedig."
COMMENTS = (
    KIND,
    RUDE,
    GOING_HOME,
    NAMING,
    "More trips out, and somewhere warm to meet.",
    WELSH,
    "Nothing, it was ok.",
    "I got a say in my plan and it got changed.",
    "Meet after school, not in it.",
)
COVER = NewCover(
    first_name=NAMES["safeguarding"],
    first_email="safeguarding@example.org",
    first_phone="07700 900201",
    second_name=NAMES["second safeguarding"],
    second_email="second.safeguarding@example.org",
    duty_name="Dee Manager",
    duty_email="duty.manager@example.org",
    days="12345",
    childrens_services="Teulu Môn, 01632 960001; at night 01632 960002",
    police="North Wales Police, 101",
)


def furnish(room: OfficeRoom) -> None:
    """Make both inspections and let everybody in; the first with two open waves, a planned one, and who looks."""
    room.slug, room.other_slug, room.wave = SLUG, OTHER_SLUG, CHILDREN
    with room.database.transaction() as session:
        for slug, name in ((SLUG, "Ynys Môn"), (OTHER_SLUG, "Conwy")):
            inspections.create(session, _new(slug, name))
    let_everybody_in(room, NAMES)
    member = room.member("safeguarding")
    with room.database.transaction() as session:
        inspection = inspections.find(session, SLUG)
        _see_to_cover(session, inspection, Who(member.id, member.name))
        _open(session, inspection)
        planning.plan(session, inspection, PARENTS, Plan(invited=INVITED))
        tally.look(session, MONDAY)


def _new(slug: str, name: str) -> NewInspection:
    return NewInspection(
        slug=slug,
        name=name,
        programme="today",
        names=programmes()["today"].names,
        nation="wales",
        year=OPENED.year,
        fieldwork="November to December 2026",
        first_day=OPENED,
        last_day=LAST,
        cases_inspected=38,
        open_link_allowed=True,
    )


def _see_to_cover(session: Session, inspection: Inspection, who: Who) -> None:
    cover.save(session, inspection.id, COVER, who, practice=True)
    before = MONDAY - timedelta(minutes=40)
    tried = concerns.raise_practice(session, inspection.id, who, before)
    tell(session, before)
    concern_steps.acknowledge(session, tried, who, before + timedelta(minutes=7))
    heartbeats.beat(session, MONDAY)


def tell(session: Session, when: datetime) -> None:
    """Let everybody who has to be told of a concern have been told."""
    due = notices.due_notices(session, when, ways=("mail", "text"))
    notices.mark_sent(session, [each.id for each in due], when)


def _open(session: Session, inspection: Inspection) -> None:
    for questionnaire_id in (CHILDREN, TEXTED):
        planning.plan(session, inspection, questionnaire_id, Plan(OPENED, LAST, INVITED))
        wave = waves.open_wave(session, inspection, definition(questionnaire_id), INVITED, today=OPENED)
        if questionnaire_id == CHILDREN:
            wave.target = TARGET
            reading_clock.look_at(session, wave.id, MONDAY - timedelta(hours=1))
            responses.store(session, wave.id, list(_answered()))


def _answered() -> Iterator[Response]:
    """Drawn answers; the words beside them are ours, each once."""
    for place, each in enumerate(drawn(definition(CHILDREN), ANSWERED, SEED)):
        asked = [question for question, answer in each.answers.items() if isinstance(answer, Verbatim)]
        words: dict[str, Answer] = dict.fromkeys(asked, NoAnswer(Silence.SKIPPED))
        if asked and place < len(COMMENTS):
            words[asked[place % len(asked)]] = Verbatim(COMMENTS[place], may_quote=True)
        language: Language = "cy" if place == COMMENTS.index(WELSH) or place > MOST_IN_ENGLISH else "en"
        mode = MODES[place % len(MODES)]
        yield replace(each, answers={**each.answers, **words}, mode=mode, language=language)
