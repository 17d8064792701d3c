"""Codes are printed once, replaced without anybody learning of their use, and made by those who may."""

import pytest
from sqlalchemy import inspect, text

from fieldwork import waves
from fieldwork.entry import cases
from fieldwork.keeping import closing
from fieldwork.office import audit
from tests.modes.web.respondent import Respondent, Seen
from tests.staff.desks import OfficeRoom
from tests.staff.ways_in.printed import CODE, codes_on, make, place, references_on, replace, unsigned

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WAYS_AND_CODES = ["ways-in", "ways-in/codes", "ways-in/lost"]


def use(office: OfficeRoom, code: str) -> None:
    """Somebody answers with this code and sends."""
    somebody = Respondent(office.app)
    somebody.enter(code)
    somebody.answer_everything()
    somebody.press()
    assert somebody.page.address == "/sent"


def begins_with(office: OfficeRoom, code: str) -> bool:
    somebody = Respondent(office.app)
    somebody.open("/")
    somebody.press(code=code)
    return somebody.page.address == "/safe"


def is_there(office: OfficeRoom, code: str) -> bool:
    with office.database.reading() as session:
        return cases.case_of(session, code, office.app.extensions["pepper"]) is not None


def test_each_code_that_is_printed_lets_somebody_in(office: OfficeRoom) -> None:
    page = make(office, 3)
    assert len(codes_on(page)) == len(set(codes_on(page))) == 3
    assert all(begins_with(office, code) for code in codes_on(page))
    assert office.acts()[-1] == "made_codes"


@pytest.mark.req("A11")
def test_codes_are_shown_in_the_reply_that_makes_them_and_on_no_page_after(office: OfficeRoom) -> None:
    page = make(office, 3)
    codes = codes_on(page)
    assert page.reply.headers["Cache-Control"] == "no-store"
    desk = office.desk("inspector")
    for address in WAYS_AND_CODES:
        assert not CODE.search(desk.open(place(office, address)).words)
    with office.database.reading() as session:
        tables = inspect(session.connection()).get_table_names()
        kept = str([row for table in tables for row in session.execute(text(f"SELECT * FROM {table}"))])  # noqa: S608
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


@pytest.mark.req("A11")
@on_sqlite
def test_a_form_sent_again_shows_no_codes_a_second_time_and_makes_none(office: OfficeRoom) -> None:
    desk = office.desk("inspector")
    desk.open(place(office, "ways-in/codes"))
    fields = desk.fields(number="3")
    desk.send(fields)
    again = desk.send(fields)
    assert again.status_code == 400
    assert not CODE.search(again.text)
    assert "made before" in again.text
    assert office.acts().count("made_codes") == 1


@on_sqlite
@pytest.mark.parametrize("number", ["", "0", "-3", "501", "3.5", "three", "1e3", "9" * 400])
def test_a_senseless_number_is_said_beside_its_field_and_stays_to_be_mended(office: OfficeRoom, number: str) -> None:
    desk = office.desk("inspector")
    desk.open(place(office, "ways-in/codes"))
    page = desk.press(number=number)
    assert page.status == 400
    assert page.errors
    assert not codes_on(page)
    assert "made_codes" not in office.acts()


@on_sqlite
def test_letters_have_a_link_beside_the_code_and_both_are_of_one_person(office: OfficeRoom) -> None:
    page = make(office, 2, kind="letters")
    assert len(codes_on(page)) == 2
    assert page.html.count('class="paper-square"') == 2
    assert [section.get("aria-label") for section in page.tree.iter("section")] == references_on(page)


@on_sqlite
@pytest.mark.parametrize("kind", ["slips", "letters"])
def test_the_same_comes_as_a_pdf_to_be_saved(office: OfficeRoom, kind: str) -> None:
    page = make(office, 2, kind=kind, file="pdf")
    assert page.reply.mimetype == "application/pdf"
    assert page.reply.data.startswith(b"%PDF-")
    assert page.reply.headers["Content-Disposition"].startswith(f"attachment; filename={kind}-")
    assert page.reply.headers["Cache-Control"] == "no-store"


@pytest.mark.req("A11")
@pytest.mark.req("A10")
def test_whoever_replaces_a_code_sees_the_same_bytes_whether_it_was_used_half_used_void_or_never_there(
    office: OfficeRoom,
) -> None:
    page = make(office, 5)
    unused, used, half, void, _ = codes_on(page)
    use(office, used)
    begins_with(office, half)
    replace(office, void, then="void")
    seen = [_masked(replace(office, code)) for code in (unused, used, half, void, "2222-2222-2222")]
    assert seen[1:] == seen[:1] * 4
    assert not any(is_there(office, code) for code in (unused, used, half, void))


@pytest.mark.req("A11")
@pytest.mark.req("A10")
@on_sqlite
def test_whoever_makes_a_code_void_sees_the_same_bytes_whether_it_was_used_or_not(office: OfficeRoom) -> None:
    page = make(office, 3)
    unused, used, _ = references_on(page)
    use(office, codes_on(page)[1])
    seen = []
    for reference in (unused, used, used):
        page = replace(office, reference, then="void")
        seen.append((page.status, page.address, unsigned(page.html)))
    assert seen[1:] == seen[:1] * 2


def _masked(page: Seen) -> tuple[int, dict[str, str], str]:
    """Status, headers and page, with each code and the name of the sheet put out of sight."""
    headers = {name: value for name, value in page.reply.headers if name not in {"Content-Length", "Set-Cookie"}}
    (sheet,) = {reference.partition("-")[0] for reference in references_on(page)}
    return page.status, headers, CODE.sub("CODE", page.html).replace(sheet, "SHEET")


@pytest.mark.req("A10")
@on_sqlite
def test_the_pages_of_the_ways_in_do_not_change_when_somebody_answers(office: OfficeRoom) -> None:
    codes = codes_on(make(office, 2))
    desk = office.desk("inspector")
    before = [unsigned(desk.open(place(office, "ways-in")).html)]
    use(office, codes[0])
    assert [unsigned(desk.open(place(office, "ways-in")).html)] == before


@pytest.mark.req("A11")
@on_sqlite
def test_a_whole_sheet_is_replaced_by_as_many_codes_as_it_had(office: OfficeRoom) -> None:
    first = make(office, 4)
    use(office, codes_on(first)[2])
    sheet = references_on(first)[0].partition("-")[0]
    second = replace(office, sheet)
    assert len(codes_on(second)) == 4
    assert not any(is_there(office, code) for code in codes_on(first))
    words = office.desk("inspector").open(place(office)).words
    assert "For people invited4In the place of others4" in words.replace("4 ", "4")


@on_sqlite
@pytest.mark.parametrize("lost", ["", "K7P-1", "K7P", "ABCD-EFGH-JKLN", "x" * 300, "\x00", "'; --"])
def test_what_names_no_code_is_said_beside_the_field(office: OfficeRoom, lost: str) -> None:
    page = replace(office, lost)
    assert page.status == 400
    assert page.errors
    assert "replaced_codes" not in office.acts()


@on_sqlite
def test_the_audit_counts_codes_and_names_none(office: OfficeRoom) -> None:
    page = make(office, 2)
    replace(office, codes_on(page)[0])
    replace(office, references_on(page)[1], then="void")
    with office.database.reading() as session:
        about = [(each.act, each.about) for each in audit.entries(session, most=3)]
    assert [act for act, _ in about] == ["voided_codes", "replaced_codes", "made_codes"]
    assert not any(CODE.search(words) for _, words in about)
    assert about[0][1] == "leeds-2011/small: 1 code"


@on_sqlite
@pytest.mark.parametrize("address", ["ways-in/codes", "ways-in/lost"])
def test_to_make_or_replace_codes_one_has_signed_in_lately(office: OfficeRoom, address: str) -> None:
    desk = office.desk("inspector")
    assert desk.get(place(office, address)).status_code == 200
    office.rest("inspector", minutes=16)
    for reply in (desk.get(place(office, address)), desk.post(place(office, address), number="3")):
        assert reply.status_code == 303
        assert "verify" in reply.location or "again" in reply.location
    assert "made_codes" not in office.acts()


@on_sqlite
@pytest.mark.parametrize("person", ["safeguarding", "approver", "outsider", "administrator", "nobody"])
@pytest.mark.parametrize("address", WAYS_AND_CODES)
def test_who_hands_out_no_codes_sees_none_of_it(office: OfficeRoom, person: str, address: str) -> None:
    expected = {"safeguarding": 403, "approver": 403, "outsider": 404, "administrator": 404, "nobody": 303}[person]
    assert office.desk(person).get(place(office, address)).status_code == expected


@on_sqlite
def test_a_closed_wave_has_no_ways_in(office: OfficeRoom) -> None:
    with office.database.transaction() as session:
        closing.close_wave(session, waves.find_wave(session, f"{office.slug}/{office.wave}"))
    assert "Nobody can answer any more" in office.desk("inspector").open(place(office)).words
    page = make(office, 2)
    assert page.status == 400
    assert not codes_on(page)
