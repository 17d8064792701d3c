"""Who wants to talk to someone is heard, apart from all answers."""

from sqlalchemy import select

from fieldwork import inspections
from fieldwork.models.base import Base
from fieldwork.models.concerns import TalkRequest
from fieldwork.safeguarding import concerns
from tests.fieldwork.samples import NOW, Office


def test_what_somebody_tells_us_is_kept_as_words_that_can_be_shown(office: Office) -> None:
    with office.database.transaction() as session:
        here = inspections.of_wave(session, office.wave.id)
        concerns.ask_to_talk(session, here, " Sam\0 ", "07700 900123", "Please call\r\nafter \ud800school.", "cy", NOW)
    with office.database.reading() as session:
        kept = session.scalars(select(TalkRequest)).one()
    assert (kept.name, kept.way_to_reach, kept.words) == ("Sam", "07700 900123", "Please call\nafter school.")
    assert (kept.inspection_id, kept.language) == (here.id, "cy")
    assert kept.asked_minute == int(NOW.timestamp()) // 60


def test_nobody_has_to_say_where_they_come_from(office: Office) -> None:
    with office.database.transaction() as session:
        assert concerns.ask_to_talk(session, None, "", "", "", "en", NOW).inspection_id is None


def test_a_wish_to_talk_leads_to_no_answer_no_visit_and_no_wave() -> None:
    table = Base.metadata.tables["talk_requests"]
    assert {key.column.table.name for key in table.foreign_keys} == {"inspections"}
