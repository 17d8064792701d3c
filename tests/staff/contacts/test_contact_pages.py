"""People to text: uploaded by one person, confirmed by another, shown to nobody."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app import create_app
from fieldwork import inspections, waves
from fieldwork.database import Database
from fieldwork.faults import Busy
from fieldwork.inspections import NewInspection
from modes.sms.foretelling import Texts
from staff.contacts import confirming
from surveys.loading import definition
from tests.application import settings_for_texts
from tests.fieldwork.texted import count, people, row, sheet
from tests.modes.web.respondent import Seen
from tests.staff.desks import Desk, OfficeRoom, open_room
from tests.surveys.strategies import NAMES

WAVE = "victims-text"
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # a Tuesday
TWENTY_FOUR = people(*range(24), age="adult")
CANARY = "900777"


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    app = create_app(settings_for_texts(database_url))
    app.testing = True
    yield app
    database: Database = app.extensions["database"]
    database.engine.dispose()


@pytest.fixture
def texts(app: Flask) -> OfficeRoom:
    """The office, with a wave in Leeds that can be texted."""
    office = open_room(app)
    office.at(NOON)
    with office.database.transaction() as session:
        there = inspections.find(session, office.slug)
        waves.open_wave(session, there, definition(WAVE), today=NOON.date())
    return office


def address(office: OfficeRoom, end: str = "", wave: str = WAVE) -> str:
    return f"/inspections/{office.slug}/{wave}/contacts{end}"


def upload(office: OfficeRoom, content: bytes, person: str = "support", name: str = "people.csv", **typed: Any) -> Seen:
    desk = office.desk(person)
    desk.open(address(office, "/upload"))
    fields = dict(desk.fields(**{"budget": "60", **typed}))
    boundary, body = encode_multipart({**fields, "file": FileStorage(io.BytesIO(content), name)})
    kind = f"multipart/form-data; boundary={boundary}"
    reply = desk.client.post(desk.page.address, data=body, content_type=kind)
    if reply.status_code == 303:
        return desk.open(reply.location)
    return Seen(desk.page.address, reply)


def confirm(office: OfficeRoom, words: str = "text 24 people", person: str = "second support") -> Seen:
    desk = office.desk(person)
    desk.open(address(office, "/waiting"))
    return desk.press(phrase=words)


def told(page: Seen) -> list[str]:
    return [" ".join(each.text_content().split()) for each in page.tree.xpath("//*[@role='alert']//li")]


# --- Uploading ---


@pytest.mark.req("U8")
def test_nobody_is_texted_before_a_second_person_has_typed_how_many(texts: OfficeRoom) -> None:
    page = upload(texts, TWENTY_FOUR)
    assert page.heading == "A list that waits to be confirmed"
    assert "Somebody else has to look at it" in page.words
    assert count(texts.database, "contacts") == count(texts.database, "outbound_texts") == 0
    page = confirm(texts)
    assert "24 people will be texted" in page.words
    assert count(texts.database, "contacts") == count(texts.database, "outbound_texts") == 24
    assert count(texts.database, "contact_uploads") == 0
    assert texts.acts()[-2:] == ["uploaded_contacts", "confirmed_contacts"]


@pytest.mark.req("U8")
def test_the_preview_says_how_many_of_whom_in_which_language_with_what_words_at_what_cost(texts: OfficeRoom) -> None:
    page = upload(texts, sheet(*(row(each, age="adult") for each in range(3)), row(4, language="cy", age="child")))
    page = texts.desk("second support").open(address(texts, "/waiting"))
    assert "4 people" in page.words
    assert "3 adults, English" in page.words
    assert "1 child, Welsh" in page.words
    first_texts = [each.text_content() for each in page.tree.iter("blockquote")]
    assert len(first_texts) == 2
    assert all("HM" in words or "Arolyg" in words for words in first_texts), first_texts
    assert "texts stop at £60.00" in page.words
    assert "…004" in page.words


@pytest.mark.req("U8")
def test_whoever_uploaded_a_list_cannot_confirm_it(texts: OfficeRoom) -> None:
    desk = texts.desk("support")
    page = upload(texts, TWENTY_FOUR)
    assert "Text them" not in page.words
    key = dict(page.form.form_values())["upload"]
    reply = desk.post(address(texts, "/waiting/confirm"), upload=str(key), phrase="text 24 people")
    assert reply.status_code == 400
    assert "You uploaded this list yourself" in reply.text
    assert count(texts.database, "contacts") == 0


@pytest.mark.parametrize(
    "words", ["", "24", "text 23 people", "text 24", "yes", "text 24 people please", "text ２４ people"]
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.req("U8")
def test_without_the_right_words_nobody_is_texted(texts: OfficeRoom, words: str) -> None:
    upload(texts, TWENTY_FOUR)
    page = confirm(texts, words)
    assert page.status == 400
    assert page.errors
    assert count(texts.database, "contacts") == count(texts.database, "outbound_texts") == 0
    assert confirm(texts, " Text  24 PEOPLE ").address == f"/office{address(texts)}"


def test_if_the_number_has_changed_meanwhile_the_second_person_is_told(texts: OfficeRoom) -> None:
    upload(texts, TWENTY_FOUR)
    second = texts.desk("second support")
    second.open(address(texts, "/waiting"))
    by_number = texts.desk("support")
    by_number.open(f"/inspections/{texts.slug}/somebodys-number")
    by_number.press(number="07700 900003", wish="erase", never_again="y")
    page = second.press(phrase="text 24 people")
    assert page.status == 400
    assert page.errors == ["23 people would be texted now, not 24. Nobody has been texted."]
    assert "1: they are left out" in page.words
    assert count(texts.database, "contacts") == 0
    assert "23 people will be texted" in confirm(texts, "text 23 people").words


def test_a_confirmation_that_was_broken_off_can_go_on(texts: OfficeRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirming, "AT_ONCE", 10)
    invite_some, rounds = Texts.invite_some, iter(range(100))

    def break_off(*given: Any) -> int:
        if next(rounds) == 1:
            raise Busy("the disk is full")
        return invite_some(*given)

    upload(texts, TWENTY_FOUR)
    with monkeypatch.context() as full_disk:
        full_disk.setattr(Texts, "invite_some", break_off)
        assert confirm(texts).status == 503
    assert (count(texts.database, "contacts"), count(texts.database, "outbound_texts")) == (24, 10)
    desk = texts.desk("lead")
    assert "14 people were added and not invited" in desk.open(address(texts)).words
    assert desk.press(phrase="text 15 people").status == 400
    desk.open(address(texts))
    assert "14 people will be texted" in desk.press(phrase="text 14 people").words
    assert count(texts.database, "outbound_texts") == 24
    assert "added and not invited" not in desk.open(address(texts)).words


def test_confirming_twice_texts_once(texts: OfficeRoom) -> None:
    upload(texts, TWENTY_FOUR)
    first, second = texts.desk("second support"), texts.desk("lead")
    for desk in (first, second):
        desk.open(address(texts, "/waiting"))
    first.press(phrase="text 24 people")
    assert "does not wait any more" in second.press(phrase="text 24 people").words
    assert count(texts.database, "outbound_texts") == 24


def test_a_list_can_be_thrown_away_and_another_uploaded(texts: OfficeRoom) -> None:
    page = upload(texts, TWENTY_FOUR)
    desk = texts.desk("second support")
    page = desk.open(address(texts, "/waiting"))
    key = dict(page.form.form_values())["upload"]
    (error,) = upload(texts, people(1)).errors
    assert error.startswith("Another list of people waits to be confirmed.")
    assert desk.post(address(texts, "/waiting/throw-away"), upload=str(key)).status_code == 303
    assert count(texts.database, "contact_uploads") == 0
    assert upload(texts, people(1)).heading == "A list that waits to be confirmed"
    assert "threw_contacts_away" in texts.acts()


def test_after_three_days_a_list_is_gone(texts: OfficeRoom) -> None:
    upload(texts, TWENTY_FOUR)
    texts.at(NOON + timedelta(hours=73))
    assert "waits to be confirmed" not in texts.desk("second support").open(address(texts)).words


def test_a_budget_that_the_first_texts_would_spend_is_refused(texts: OfficeRoom) -> None:
    page = upload(texts, TWENTY_FOUR, budget="0.50")
    assert page.status == 400
    assert page.errors[0].startswith("The first texts alone cost £")
    assert ("budget", "0.50") in page.form.form_values()


# --- What is wrong with a file ---


def workbook(*rows: Sequence[object], sheets: int = 1) -> bytes:
    book = openpyxl.Workbook()
    for each in rows:
        book.worksheets[0].append(list(each))
    for _ in range(sheets - 1):
        book.create_sheet()
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    return file.getvalue()


HEADER = ["mobile", "language", "age", "told", "agreed", "safe_to_text", "confirmed"]
BAD = {
    "a landline": (people(1).replace(b"07700 900001", b"020 7946 0001"), "Line 2, column mobile: This is a landline"),
    "not agreed": (people(1, agreed="no"), "Line 2, column agreed: Nobody is texted who did not agree."),
    "a name": (sheet(row(1), columns=["name", *HEADER]), "We do not take 'name'."),
    "a formula": (people(1, language="=1+1"), "Line 2, column language: This is not known."),
    "twice": (people(1, 1), "Line 3, column mobile: The same number stands on line 2 too."),
    "nothing": (b"", "The file is empty. Start from the empty sheet."),
    "no row": (sheet(), "There is a header and no row below it."),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "The file"),
    "a PDF": (b"%PDF-1.7\n%%EOF", "The file is a PDF, not CSV."),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "The file is an old spreadsheet, not CSV."),
    "UTF-16": (people(1).decode().encode("utf-16"), "The file is UTF-16, not UTF-8."),
    "Windows": (b"mobile,\xe2ge\n", "choose “Windows” below"),
    "a bomb": (bomb(), "The file unpacks to far more than"),
    "an archive": (b"PK\x03\x04" + b"x" * 500, "is no spreadsheet that can be read."),
    "two sheets": (workbook(HEADER, sheets=2), "has 2 sheets."),
    "too large": (TWENTY_FOUR + b"\n" * 1024 * 1024, "The file is larger than 1,048,576 bytes. Split it."),
    "too many rows": (sheet(*(row(each % 1000) for each in range(2002))), "There are more than 2,000 rows."),
}


@pytest.mark.parametrize("fault", BAD)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.req("U3")
def test_what_is_wrong_with_a_file_is_told_and_nothing_of_it_is_kept(texts: OfficeRoom, fault: str) -> None:
    content, expected = BAD[fault]
    page = upload(texts, content)
    assert page.status == 400
    assert [each for each in told(page) if expected in each], told(page)
    assert ("budget", "60") in page.form.form_values(), "what was typed is still there"
    assert count(texts.database, "contact_uploads") == count(texts.database, "contacts") == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.req("U5")
def test_what_stands_in_a_bad_cell_is_not_repeated(texts: OfficeRoom) -> None:
    page = upload(texts, people(1).replace(b"07700 900001", b"<script>alert(1)</script>"))
    assert page.status == 400
    assert "alert(1)" not in page.html


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_far_too_large_a_file_is_refused_at_the_door(texts: OfficeRoom) -> None:
    page = upload(texts, b"x" * 3_000_000)
    assert (page.status, page.heading) == (413, "This is too large")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"budget": "much"}, "Enter an amount in pounds, like 60 or 60.50."),
        ({"budget": ""}, "Enter an amount, like 60."),
        ({"budget": "-3"}, "Enter an amount in pounds"),
        ({"budget": "1e9"}, "Enter an amount in pounds"),
        ({"budget": "999999999"}, "Enter an amount below £100,000."),
        ({"encoding": "utf-7"}, "Not a valid choice."),
    ],
)
def test_what_is_typed_wrong_beside_the_file_is_told(texts: OfficeRoom, typed: dict[str, str], told: str) -> None:
    page = upload(texts, TWENTY_FOUR, **typed)
    assert page.status == 400
    assert [each for each in page.errors if each.startswith(told)], page.errors


def test_without_a_file_that_is_said(texts: OfficeRoom) -> None:
    desk = texts.desk("support")
    desk.open(address(texts, "/upload"))
    assert desk.press(budget="60").errors == ["Choose the file with the list."]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_workbook_and_a_sheet_from_windows_are_read_too(texts: OfficeRoom) -> None:
    people_ = [["07700 900001", "en", "adult", "yes", "yes", "yes", date(2026, 11, 1)]]
    assert upload(texts, workbook(HEADER, *people_), name="people.xlsx").heading.startswith("A list that waits")
    texts.desk("second support").open(address(texts, "/waiting"))
    key = dict(texts.desk("second support").page.form.form_values())["upload"]
    texts.desk("second support").post(address(texts, "/waiting/throw-away"), upload=str(key))
    assert upload(texts, TWENTY_FOUR, encoding="cp1252").heading.startswith("A list that waits")


# --- What shows, and to whom ---


@pytest.mark.req("K5")
@pytest.mark.req("U6")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_page_no_log_and_no_file_holds_a_whole_number(
    texts: OfficeRoom, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    large = sheet(*(row(each % 1000, age="adult") for each in range(777, 780))) + b"\r\n" * 300_000
    pages = [upload(texts, large).html, upload(texts, people(777, 777)).html]
    pages.append(texts.desk("second support").open(address(texts, "/waiting")).html)
    pages.append(confirm(texts, "text 3 people").html)
    pages += [texts.desk("support").open(address(texts, end)).html for end in ("", "/everybody")]
    assert "…777" in pages[-1]
    assert not any(CANARY in each or "900 777" in each for each in pages)
    assert CANARY not in caplog.text
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not any(CANARY.encode() in path.read_bytes() for path in files)


@pytest.mark.req("U6")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_upload_never_touches_the_disk(texts: OfficeRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was made")

    monkeypatch.setattr("tempfile.SpooledTemporaryFile", refuse)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", refuse, raising=False)
    monkeypatch.setattr("werkzeug.formparser.TemporaryFile", refuse, raising=False)
    assert upload(texts, TWENTY_FOUR + b"\r\n" * 450_000).heading.startswith("A list that waits")


@pytest.mark.req("Z3")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_inspectors_see_no_contacts_and_a_lead_uploads_none(texts: OfficeRoom) -> None:
    upload(texts, TWENTY_FOUR)
    for person in ("inspector", "safeguarding", "approver"):
        for end in ("", "/waiting", "/everybody", "/upload", "/people.csv"):
            assert texts.desk(person).get(address(texts, end)).status_code == 403
    lead = texts.desk("lead")
    assert [lead.get(address(texts, end)).status_code for end in ("", "/waiting", "/everybody", "/upload")] == [
        200,
        200,
        403,
        403,
    ]
    assert texts.desk("outsider").get(address(texts)).status_code == 404


def test_a_wave_that_cannot_be_texted_says_so(texts: OfficeRoom) -> None:
    desk = texts.desk("support")
    assert "cannot be asked by text" in desk.open(address(texts, wave="small")).words
    assert desk.get(address(texts, "/upload", "small")).status_code == 400


def test_without_keys_the_page_says_that_texting_is_not_set_up(texts: OfficeRoom) -> None:
    for each in (texts.app, texts.office):
        each.extensions.update(keys=None, texting=None)
    desk = texts.desk("support")
    assert "Texting is not set up" in desk.open(address(texts)).words
    assert desk.get(address(texts, "/upload")).status_code == 400
    assert desk.get(address(texts, "/everybody")).status_code == 404


def test_an_empty_sheet_can_be_fetched_and_is_one_that_is_read(texts: OfficeRoom) -> None:
    empty = texts.desk("support").get(address(texts, "/people.csv"))
    assert empty.mimetype == "text/csv"
    assert "There is a header and no row below it" in upload(texts, empty.data).words


# --- Somebody's own number ---


def ask(office: OfficeRoom, number: str, wish: str, **more: str) -> Seen:
    desk = office.desk("support")
    desk.open(f"/inspections/{office.slug}/somebodys-number")
    return desk.press(number=number, wish=wish, **more)


@pytest.fixture
def texted(texts: OfficeRoom) -> OfficeRoom:
    upload(texts, TWENTY_FOUR)
    confirm(texts)
    return texts


@pytest.mark.req("P12")
def test_somebody_learns_corrects_and_erases_what_is_kept_of_their_number(texted: OfficeRoom) -> None:
    page = ask(texted, "07700 900003", "look")
    assert "…003" in page.words
    assert "English" in page.words
    assert "Put right in 1 wave." in ask(texted, "+44 7700 900003", "cy").words
    assert "Welsh" in ask(texted, "07700900003", "look").tree.xpath("//tbody")[0].text_content()
    assert "1 contact erased, with the texts." in ask(texted, "07700 900003", "erase").words
    assert "Nothing is kept of this number" in ask(texted, "07700 900003", "look").words
    assert count(texted.database, "contacts") == 23
    assert texted.acts()[-5:] == [
        "looked_up_contact",
        "corrected_contact",
        "looked_up_contact",
        "erased_contact",
        "looked_up_contact",
    ]


def test_the_number_that_was_typed_is_in_no_page_and_no_address(texted: OfficeRoom) -> None:
    page = ask(texted, "07700 900003", "look")
    assert "900003" not in page.html + page.address
    assert "900 003" not in page.html


@pytest.mark.req("P12")
def test_somebody_can_ask_never_to_be_texted_again(texted: OfficeRoom) -> None:
    page = ask(texted, "07700 900003", "erase", never_again="y")
    assert "numbers that are never texted" in page.words
    upload(texted, people(3, age="adult"))
    assert "Nobody would be texted" in texted.desk("second support").open(address(texted, "/waiting")).words


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("", "Enter the number of the person who asks."),
        ("020 7946 0001", "This is a landline"),
        ("not a number", "This is not a phone number."),
        ("0" * 50, "Shorten this to 40 letters."),
        ("\x00", "Enter the number of the person who asks."),
    ],
    ids=["nothing", "a landline", "words", "long", "NUL"],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_no_mobile_is_told(texted: OfficeRoom, number: str, told: str) -> None:
    page = ask(texted, number, "look")
    assert page.status == 400
    assert page.errors[0].startswith(told)


@pytest.mark.req("Z2")
def test_a_number_of_another_inspection_is_not_found_here(texted: OfficeRoom) -> None:
    with texted.database.transaction() as session:
        new = NewInspection(slug="hull-2027", name="Hull", programme="today", names=NAMES)
        waves.open_wave(session, inspections.create(session, new), definition(WAVE))
    desk: Desk = texted.desk("support")
    assert desk.get("/inspections/hull-2027/somebodys-number").status_code == 404
    assert desk.get(f"/inspections/{texted.other_slug}/somebodys-number").status_code == 404
