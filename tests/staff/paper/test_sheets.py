"""Responses from a file: looked through, shown as counts, kept once; and everything that a file can be instead."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from fieldwork.job_runs import Outcome
from fieldwork.returns.held_sheets import HOURS
from fieldwork.returns.response_file import ResponseFile
from fieldwork.table_file import Problem
from surveys.answers import Verbatim
from tests.modes.web.respondent import Seen
from tests.staff.desks import _fields
from tests.staff.jobs.worked import worked
from tests.staff.paper.keying import PaperRoom

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HEADER = "serial,mode,language,helped,with_what,rating,comment,comment_may_quote"
GOOD = f"{HEADER}\n1,,,yes,school;home,70,They listened,yes\n2,paper,cy,no,,,,\n"


def upload(paper: PaperRoom, content: bytes | str, name: str = "booklets.csv", encoding: str = "utf-8") -> TestResponse:
    desk = paper.desk("lead")
    raw = content.encode() if isinstance(content, str) else content
    fields: MultiDict[str, Any] = MultiDict(_fields(paper.office.app, {"encoding": encoding}))
    fields.add("file", FileStorage(io.BytesIO(raw), name))
    boundary, body = encode_multipart(fields)  # in memory: the client would leave a large file open
    kind = f"multipart/form-data; boundary={boundary}"
    return desk.client.post(f"/office{paper.place}/sheets", data=body, content_type=kind)


def told(reply: TestResponse) -> str:
    return Seen("", reply).words


def workbook(*rows: list[Any], sheets: int = 1) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    for number in range(sheets):
        sheet = book.create_sheet()
        for row in rows if number == 0 else ():
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def taken_in(paper: PaperRoom, address: str) -> Seen:
    """The page of the job, when the worker has taken in the file that waits there."""
    desk = paper.desk("lead")
    job = desk.post(f"{address}/take-in").location
    assert worked(paper.office) == [Outcome.DONE]
    return desk.open(job)


def test_nothing_is_kept_before_it_is_confirmed_and_then_all_is_once(paper: PaperRoom) -> None:
    reply = upload(paper, GOOD)
    assert reply.status_code == 303
    desk = paper.desk("lead")
    page = desk.open(reply.location)
    assert "Responses that would come in 2" in page.words
    assert "on paper, in Welsh 1" in page.words
    assert paper.responses() == []
    address = page.address
    assert "Responses added: 2" in taken_in(paper, address).words
    assert len(paper.responses()) == 2
    assert paper.office.acts()[-1] == "imported_responses"
    again = desk.post(f"{address}/take-in")
    assert "is not waiting any more" in desk.open(again.location).words
    assert len(paper.responses()) == 2


def test_a_spreadsheet_is_taken_like_csv(paper: PaperRoom) -> None:
    content = workbook(HEADER.split(","), ["1", None, None, "yes", "school", 70, "They listened", "yes"])
    desk = paper.desk("lead")
    taken_in(paper, desk.open(upload(paper, content, "booklets.xlsx").location).address)
    assert paper.responses()[0].answers["comment"] == Verbatim("They listened", may_quote=True)


def test_the_same_file_again_adds_nothing(paper: PaperRoom) -> None:
    desk = paper.desk("lead")
    for added in (2, 0):
        page = desk.open(upload(paper, GOOD).location)
        assert f"Responses that would come in {added}" in page.words
        assert f"Responses added: {added}." in taken_in(paper, page.address).words
    assert len(paper.responses()) == 2


def test_a_booklet_that_was_keyed_is_passed_over_however_its_number_is_written(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    for person in ("support", "inspector"):
        paper.key(person, serial)
    typed = serial.lower().replace("-", " ")
    page = paper.desk("lead").open(upload(paper, f"{HEADER}\n{typed},,,no,,,,\n").location)
    assert "There already 1" in page.words


def test_a_booklet_that_a_file_brings_while_it_is_keyed_is_in_once(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    paper.key("support", serial)
    paper.begin("inspector", serial)
    page = paper.desk("lead").open(upload(paper, f"{HEADER}\n{serial},,,no,,,,\n").location)
    taken_in(paper, page.address)
    assert "a file brought it meanwhile" in paper.go_on("inspector").words
    assert len(paper.responses()) == 1


def test_the_page_of_the_job_leads_back_to_the_paper_of_the_wave(paper: PaperRoom) -> None:
    page = taken_in(paper, paper.desk("lead").open(upload(paper, GOOD).location).address)
    assert page.link("Back to paper").endswith(paper.place)


def test_a_file_that_does_not_fit_any_more_when_its_turn_comes_is_refused_whole(
    paper: PaperRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = paper.desk("lead")
    job = desk.post(f"{desk.open(upload(paper, GOOD).location).address}/take-in").location
    monkeypatch.setattr(ResponseFile, "problems", lambda _: iter([Problem(2, "helped", "It is no answer.")]))
    assert worked(paper.office) == [Outcome.FAILED]
    assert "The file: does not fit what is asked any more. Upload it again to see where." in desk.open(job).words
    assert paper.responses() == []
    monkeypatch.undo()
    assert desk.post(f"{job}/again").status_code == 303
    assert worked(paper.office) == [Outcome.DONE]
    assert len(paper.responses()) == 2


def test_thought_better_of_the_file_goes(paper: PaperRoom) -> None:
    desk = paper.desk("lead")
    address = desk.open(upload(paper, GOOD).location).address
    desk.post(f"{address}/let-go")
    assert "is not waiting any more" in desk.open(address).words
    assert paper.responses() == []
    assert HOURS == 24


def test_nobody_else_opens_a_file_that_waits(paper: PaperRoom) -> None:
    address = paper.desk("lead").open(upload(paper, GOOD).location).address
    assert "is not waiting any more" in paper.desk("inspector").open(address).words
    assert paper.desk("support").get(address).status_code == 403


def test_every_problem_is_told_with_its_place_its_fault_and_what_is_allowed(paper: PaperRoom) -> None:
    reply = upload(paper, f"{HEADER}\n1,,,yez,,700,,\n2,,,yes,,,,\n2,,,no,,,,\n")
    assert reply.status_code == 400
    words = told(reply)
    assert "2 helped" in words
    assert "Did you mean yes?" in words
    assert "2 rating" in words
    assert "stands on line 3 too" in words
    assert "flask" not in words
    assert paper.responses() == []


BOMB = b"PK\x03\x04"


def zipped(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (HEADER, "no row with answers below it"),
        (f"{HEADER}\n1,,,yes,,,,\n".encode("utf-16"), "is UTF-16"),
        (f"{HEADER}\n1,,,yes,,,Diolch ŷ,\n".encode("iso-8859-14"), "choose below that an older program"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old spreadsheet"),
        (zipped("a.txt", b"x"), "no spreadsheet that can be read"),
        (zipped("xl/workbook.xml", b"\x00" * 20_000_000), "unpacks to far more"),
        (workbook(HEADER.split(","), ["1", "", "", "yes", "", "=1+1", "", ""]), "This is a formula"),
        (workbook(HEADER.split(","), ["1", "", "", "yes", "", "", '=HYPERLINK("http://x")', ""]), "This is a formula"),
        (workbook(HEADER.split(","), ["1"] * 8, sheets=3), "has 3 sheets"),
        ("serial;helped\n1;yes\n", "parted by ';'"),
        ("serial,name\n1,Ann\n", "There is no such column"),
        (f'{HEADER}\n1,,,yes,,,"never closed,\n', "quotation mark"),
        (f"{HEADER}\n1,,,<script>alert(1)</script>,,,,\n", "&lt;script&gt;"),
        (b"x" * (5 * 1024 * 1024 + 2), "larger than 5 MB"),
    ],
)
def test_what_is_no_such_file_is_told_in_plain_words(content: bytes | str, words: str, paper: PaperRoom) -> None:
    reply = upload(paper, content)
    assert reply.status_code in {400, 413}
    assert words in reply.text or words in told(reply)
    assert "<script>alert" not in reply.text
    assert paper.responses() == []


def test_a_file_that_is_far_too_large_is_not_even_read(paper: PaperRoom) -> None:
    body = b"x" * (7 * 1024 * 1024)
    address = f"/office{paper.place}/sheets"
    reply = paper.desk("lead").client.post(address, data=body, content_type="multipart/form-data; boundary=x")
    assert reply.status_code == 413
    assert "This is too large" in reply.text


def test_a_file_of_an_older_program_for_windows_can_be_read(paper: PaperRoom) -> None:
    content = f"{HEADER}\n1,,,yes,,,It’s fine,\n".encode("cp1252")
    assert upload(paper, content).status_code == 400
    assert upload(paper, content, encoding="cp1252").status_code == 303


def test_without_a_file_it_says_what_is_missing(paper: PaperRoom) -> None:
    reply = paper.desk("lead").post(f"{paper.place}/sheets", encoding="utf-8")
    assert reply.status_code == 400
    assert "Choose the file with the responses." in reply.text


def test_the_empty_sheet_has_a_column_a_question(paper: PaperRoom) -> None:
    sheet = paper.desk("lead").get(f"{paper.place}/sheets/empty.csv")
    assert sheet.text.splitlines()[0] == HEADER
