"""The section, the topline and the codebook in the office."""

import pytest

from fieldwork import waves
from fieldwork.keeping import closing
from tests.staff.desks import OfficeRoom
from tests.staff.perspective.reported import place
from tests.test_architecture import loaded_after

CHILDREN = "Your views: children and young people (2012)"
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@on_sqlite
def test_the_page_tells_the_section_in_either_language(room: OfficeRoom) -> None:
    desk = room.desk("inspector")
    english = desk.open(place(room, "perspective"))
    assert "Twenty-two children completed a questionnaire" in english.words
    assert "popovertarget" in english.html
    welsh = desk.open(place(room, "perspective") + "?language=cy")
    assert '<article class="app-perspective" lang="cy"' in welsh.html
    assert "Cwblhaodd dau ddeg dau o blant" in welsh.words
    assert "Twenty-two" in desk.open(place(room, "perspective") + "?language=fr").words


@on_sqlite
def test_every_wave_has_its_topline_and_its_codebook(room: OfficeRoom) -> None:
    desk = room.desk("approver")
    section = desk.open(place(room, "perspective"))
    topline = desk.open(section.link(f"Topline of {CHILDREN}"))
    assert "Do you know why you have to come to the YOS?" in topline.words
    assert "Children: asked 22, base" in topline.words
    welsh = desk.open(place(room, "children-2012", "topline") + "?language=cy")
    assert "gofynnwyd i 22, sail" in welsh.words
    codebook = desk.open(section.link(f"codebook of {CHILDREN}"))
    assert "knows_why: one category" in codebook.words
    assert "stands alone" in codebook.words
    assert 'Asked if {"question": "afraid", "any_of": ["yes"]}' in codebook.words


@on_sqlite
def test_a_questionnaire_without_a_plan_is_told_in_words(office: OfficeRoom) -> None:
    with office.database.transaction() as session:
        closing.close_wave(session, waves.find_wave(session, f"{office.slug}/{office.wave}"))
    page = office.desk("lead").open(place(office, "perspective"))
    assert page.status == 400
    assert "The section: " in page.words
    assert "Tell whoever looks after the plans of reports." in page.words


@on_sqlite
def test_nothing_on_the_page_comes_from_elsewhere(room: OfficeRoom) -> None:
    page = room.desk("lead").open(place(room, "perspective"))
    assert "no-store" in page.reply.headers["Cache-Control"]
    assert "http" not in page.html


def test_the_office_and_the_commands_load_no_pandas_themselves() -> None:
    told = "import staff.office, staff.commands.perspective, staff.commands.jobs, staff.jobs.kinds"
    assert not loaded_after(told) & {"pandas", "numpy", "docx", "openpyxl", "huey"}


@pytest.mark.req("X3")
def test_the_office_does_not_even_know_how_to_write_a_row_for_a_person() -> None:
    told = "{name for name in sys.modules if name == 'fieldwork.returns.response_export'}"
    loaded_after(f"import staff.office, staff.jobs.kinds, sys\nassert not {told}, {told}")
