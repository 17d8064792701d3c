"""The open link: shown, printed and renewed where an inspection allows one."""

import pytest
from sqlalchemy import update

from fieldwork import waves
from fieldwork.models.inspections import Inspection
from tests.modes.web.respondent import Respondent
from tests.staff.desks import OfficeRoom
from tests.staff.ways_in.printed import place

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def slug(office: OfficeRoom) -> str:
    with office.database.reading() as session:
        return waves.find_wave(session, f"{office.slug}/{office.wave}").open_slug


def leads_in(office: OfficeRoom, open_slug: str) -> bool:
    return Respondent(office.app).open(f"/o/{open_slug}").status == 200


def test_the_link_that_is_shown_leads_in(office: OfficeRoom) -> None:
    page = office.desk("inspector").open(place(office))
    assert f"/o/{slug(office)}" in page.words
    assert leads_in(office, slug(office))


def test_after_renewing_the_old_link_leads_nowhere_and_the_new_one_in(office: OfficeRoom) -> None:
    old = slug(office)
    desk = office.desk("inspector")
    desk.open(place(office))
    page = desk.press()
    assert "There is a new open link" in page.words
    assert not leads_in(office, old)
    assert leads_in(office, slug(office))
    assert f"/o/{slug(office)}" in page.words
    assert office.acts()[-1] == "renewed_open_link"


def test_of_two_who_renew_the_second_is_told_and_the_new_link_stays(office: OfficeRoom) -> None:
    desks = office.desk("inspector"), office.desk("lead")
    for desk in desks:
        desk.open(place(office))
    desks[0].press()
    now = slug(office)
    assert "new open link meanwhile" in desks[1].press().words
    assert slug(office) == now


def test_the_poster_says_it_in_both_languages(office: OfficeRoom) -> None:
    page = office.desk("inspector").open(place(office, "ways-in/poster"))
    assert "Will you tell us what you think?" in page.words
    assert "Wnei di ddweud wrthon ni beth yw dy farn?" in page.words
    assert f"/o/{slug(office)}" in page.words
    reply = office.desk("inspector").get(place(office, "ways-in/poster.pdf"))
    assert reply.data.startswith(b"%PDF-")


def test_where_no_open_link_is_allowed_there_is_none_to_show_print_or_renew(office: OfficeRoom) -> None:
    before = slug(office)
    with office.database.transaction() as session:
        session.execute(update(Inspection).values(open_link_allowed=False))
    desk = office.desk("inspector")
    assert before not in desk.open(place(office)).html
    assert desk.get(place(office, "ways-in/poster")).status_code == 404
    assert desk.post(place(office, "ways-in/open-link"), seen=before).status_code == 400
    assert slug(office) == before
