"""Who looks at concerns: named, in hours, with whom to call; and what is missing before anybody may be asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fieldwork import inspections
from fieldwork.faults import Refused
from fieldwork.office import audit, people
from fieldwork.office.audit import TERMINAL
from fieldwork.office.editions import ChangedMeanwhile
from fieldwork.safeguarding import cover
from fieldwork.safeguarding.cover import NewCover, missing_cover
from fieldwork.safeguarding.cover_hours import CoverHours
from tests.fieldwork.concerned import COVER, acknowledge, let_in, name_people, practise
from tests.fieldwork.samples import NOW, Office


def missing(office: Office, **after: float) -> list[str]:
    with office.database.reading() as session:
        place = inspections.of_wave(session, office.wave.id)
        found = missing_cover(session, place, NOW + timedelta(**after))
    assert all(each.fault and each.remedy for each in found)
    return [each.what for each in found]


@pytest.fixture
def ready(office: Office) -> Office:
    """An inspection that lacks nothing."""
    name_people(office)
    let_in(office, COVER.first_email, COVER.second_email)
    acknowledge(office, practise(office))
    return office


@pytest.mark.req("T5")
def test_an_inspection_of_which_nothing_is_filled_in_lacks_everything(office: Office) -> None:
    assert missing(office) == ["Two named people", "Cover hours", "Children's services", "The police", "A test alert"]


@pytest.mark.req("T5")
def test_an_inspection_with_all_of_it_lacks_nothing(ready: Office) -> None:
    assert missing(ready) == []


@pytest.mark.req("T5")
@pytest.mark.parametrize(
    ("without", "lacks"),
    [
        ({"second_name": ""}, "Two named people"),
        ({"first_email": ""}, "Two named people"),
        ({"days": ""}, "Cover hours"),
        ({"childrens_services": ""}, "Children's services"),
        ({"police": ""}, "The police"),
    ],
)
def test_each_thing_that_is_not_filled_in_is_missed(ready: Office, without: dict[str, str], lacks: str) -> None:
    name_people(ready, replace(COVER, **without), seen=1)  # type: ignore[arg-type]  # texts
    assert missing(ready) == [lacks]


@pytest.mark.req("T5")
def test_a_test_alert_is_good_for_seven_days(ready: Office) -> None:
    assert missing(ready, days=7) == []
    assert missing(ready, days=7, minutes=1) == ["A test alert"]


@pytest.mark.req("T5")
def test_a_test_alert_that_nobody_acknowledged_is_none(office: Office) -> None:
    practise(office)
    assert "A test alert" in missing(office)


@pytest.mark.req("T5")
def test_somebody_who_cannot_see_concerns_looks_at_none(ready: Office) -> None:
    with ready.database.transaction() as session:
        people.close_account(session, people.find(session, COVER.second_email), TERMINAL)
    assert missing(ready) == ["Two named people"]


def test_a_practice_at_a_time(office: Office) -> None:
    practise(office)
    with pytest.raises(Refused, match="waiting already"):
        practise(office)


def test_it_is_kept_as_it_can_be_used(office: Office) -> None:
    name_people(office, replace(COVER, first_email="Ann@Example.org ", first_phone="07700 900801"))
    with office.database.reading() as session:
        kept = cover.cover_of(session, inspections.of_wave(session, office.wave.id))
        assert kept is cover.cover_of(session, office.wave)
        assert [each.act for each in audit.entries(session)] == ["changed_cover"]
    assert kept
    assert (kept.first_email, kept.first_phone, kept.edition) == ("ann@example.org", "+447700900801", 1)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"first_email": "ann"}, "not an e-mail address"),
        ({"second_email": "ANN@example.org"}, "both of the two people"),
        ({"duty_phone": "0113 496 0000"}, "not a UK mobile"),
        ({"days": "128"}, "days of the week"),
        ({"opens_minute": 600, "closes_minute": 600}, "end before they begin"),
        ({"police": "x" * 201}, "longer than 200"),
    ],
)
def test_what_cannot_be_is_refused(office: Office, wrong: dict[str, str], told: str) -> None:
    with pytest.raises(Refused, match=told):
        name_people(office, replace(COVER, **wrong))  # type: ignore[arg-type]  # texts and minutes


def test_of_two_who_change_it_at_once_the_second_is_told(office: Office) -> None:
    name_people(office)
    name_people(office, replace(COVER, police="York, 101"), seen=1)
    with pytest.raises(ChangedMeanwhile):
        name_people(office, replace(COVER, police="Hull, 101"), seen=1)
    with pytest.raises(ChangedMeanwhile):
        name_people(office, COVER, seen=0)


def test_until_somebody_says_otherwise_the_hours_are_weekdays_from_nine_to_five() -> None:
    assert cover.hours_of(None, "wales") == CoverHours("wales", frozenset(range(5)), 540, 1020)
    assert NewCover().days == ""
