"""Files of responses from elsewhere: every problem is told, and a file is taken in whole, once, or not at all."""

import io
import re
from dataclasses import dataclass

import pytest
from sqlalchemy import text

from fieldwork.faults import Refused
from fieldwork.returns.response_file import Imported, ResponseFile
from fieldwork.returns.response_sheet import template
from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.interview import Response
from tests.fieldwork.samples import NOW, PEPPER, YES, Office, small_questionnaire

HEADER = "serial,mode,language,helped,with_what,rating,comment,comment_may_quote"
SKIPPED = NoAnswer(Silence.SKIPPED)


def sheet(*rows: str, header: str = HEADER) -> str:
    return "\r\n".join([header, *rows, ""])


def problems(content: str | bytes, encoding: str = "utf-8") -> list[str]:
    raw = content if isinstance(content, bytes) else content.encode()
    return [str(each) for each in ResponseFile(io.BytesIO(raw), small_questionnaire(), encoding).problems()]


def taken_in(office: Office, content: str | bytes, encoding: str = "utf-8") -> Imported:
    raw = content if isinstance(content, bytes) else content.encode()
    file = ResponseFile(io.BytesIO(raw), small_questionnaire(), encoding)
    assert list(file.problems()) == []
    with office.database.transaction() as session:
        return file.add_to(session, office.wave, PEPPER, NOW)


@dataclass(frozen=True)
class Row:
    """A row below the header, and the answers that it gives."""

    cells: str
    answers: dict[str, Answer]


def test_the_template_has_every_question_in_order_and_what_is_allowed() -> None:
    header, allowed = template(small_questionnaire())
    assert ",".join(header) == HEADER
    assert allowed == [
        "(allowed)",
        "web;kiosk;sms;paper",
        "en;cy",
        "yes;no;not_sure",
        "school;home;health;none",
        "0-100",
        "words",
        "yes",
    ]


@pytest.mark.parametrize(
    "row",
    [
        Row(
            "1,,,yes,school;home,70,They listened,yes",
            {
                "helped": YES,
                "with_what": Chosen(("school", "home")),
                "rating": Number(70),
                "comment": Verbatim("They listened", may_quote=True),
            },
        ),
        Row(
            "1,,, yes , home ; school ,070,,",
            {
                "helped": YES,
                "with_what": Chosen(("school", "home")),
                "rating": Number(70),
                "comment": SKIPPED,
            },
        ),
        Row("1,,,no,,,,", {"helped": Chosen(("no",)), "rating": SKIPPED, "comment": SKIPPED}),
        Row(
            "1,,,no,home,,,",
            {
                "helped": Chosen(("no",)),
                "with_what": Chosen(("home",)),
                "rating": SKIPPED,
                "comment": SKIPPED,
            },
        ),
        Row("1,,,,,,,", {"helped": SKIPPED, "with_what": SKIPPED, "rating": SKIPPED, "comment": SKIPPED}),
    ],
)
def test_a_row_is_a_response_with_a_silence_for_every_question_asked_and_not_answered(office: Office, row: Row) -> None:
    assert taken_in(office, sheet(row.cells)) == Imported(added=1, already_there=0)
    assert office.responses() == [Response(row.answers, "paper", "en", "2026-11")]


def test_mode_and_language_are_taken_as_given(office: Office) -> None:
    taken_in(office, sheet("1,kiosk,cy,yes,,,,"))
    assert [(each.mode, each.language) for each in office.responses()] == [("kiosk", "cy")]


def test_columns_may_be_missing_and_in_any_order(office: Office) -> None:
    taken_in(office, "rating,helped\n50,no\n")
    answers = {"helped": Chosen(("no",)), "rating": Number(50), "comment": SKIPPED}
    assert [dict(each.answers) for each in office.responses()] == [answers]


def test_the_row_that_says_what_is_allowed_and_empty_rows_are_passed_over(office: Office) -> None:
    header, allowed = template(small_questionnaire())
    content = sheet(",".join(allowed), "", ",,,,,,,", "7,,,yes,,,,", "", header=",".join(header))
    assert taken_in(office, content).added == 1


def test_cells_may_hold_commas_quotation_marks_and_lines(office: Office) -> None:
    taken_in(office, sheet('1,,,yes,,,"They said ""hello"",\nand listened",'))
    assert office.responses()[0].answers["comment"] == Verbatim('They said "hello",\nand listened')


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (sheet("1,,,yes,,,Café £5 – ŵ,").encode(), "utf-8"),
        (sheet("1,,,yes,,,Café £5 – ŵ,").encode("utf-8-sig"), "utf-8"),
        (sheet("1,,,yes,,,Café £5 –,").encode("cp1252"), "cp1252"),
    ],
)
def test_the_file_may_be_utf_8_with_or_without_its_mark_or_cp1252_if_declared(
    office: Office, raw: bytes, encoding: str
) -> None:
    taken_in(office, raw, encoding)
    comment = office.responses()[0].answers["comment"]
    assert isinstance(comment, Verbatim)
    assert comment.text.startswith("Café £5 –")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("1,,,maybe,,,,", "line 2, column helped: 'maybe': We do not know that answer."),
        ("1,,,yess,,,,", "Did you mean yes?"),
        ("1,,,YES,,,,", "Did you mean yes? Allowed: yes;no;not_sure"),
        ("1,,,yes;no,,,,", "You picked more than one answer."),
        ("1,,,,school;none,,,", "line 2, column with_what: 'school;none': You picked “none” and something else."),
        ("1,,,,school;pub,,,", "Allowed: school;home;health;none"),
        (
            "1,,,,,101,,",
            "line 2, column rating: '101': That number does not fit. Type one from 0 to 100. Allowed: 0-100",
        ),
        ("1,,,,,7.5,,", "Type a number from 0 to 100"),
        ("1,,,,,1;2,,", "more than one answer"),
        (f"1,,,,,,{'a' * 201},", "line 2, column comment: That is too long. Take out 1 letters or more."),
        ("1,,,,,,words,perhaps", "line 2, column comment_may_quote: 'perhaps' is not known. Allowed: yes, or nothing"),
        ("1,pigeon,,,,,,", "line 2, column mode: 'pigeon' is not known. Allowed: web;kiosk;sms;paper"),
        ("1,,fr,,,,,", "line 2, column language: 'fr' is not known. Allowed: en;cy"),
        ("1,,,yes", "line 2: This row has 4 cells, and the header has 8."),
        ("1,,,yes,,,,,,,", "line 2: This row has 11 cells, and the header has 8."),
        (f"{'9' * 101},,,yes,,,,", "line 2, column serial: This is longer than 100 characters."),
        (f"1,,,{'x' * 100},,,,", f"'{'x' * 40}…'"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_with_its_line_column_and_what_is_allowed(row: str, told: str) -> None:
    (problem,) = problems(sheet(row))
    assert told in problem


def test_every_problem_of_every_row_is_told() -> None:
    found = problems(sheet("1,pigeon,fr,maybe,,200,,", "2,,,yes,,,,", '3,,,yes,,,"two\nlines",', "4,,,oops,,,,"))
    assert [each.split(":")[0] for each in found] == [
        "line 2, column mode",
        "line 2, column language",
        "line 2, column helped",
        "line 2, column rating",
        "line 6, column helped",
    ]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("serial,helpt", ["line 1, column helpt: There is no such column. Did you mean helped?"]),
        ("helped,Rating", ["line 1, column Rating: There is no such column. Did you mean rating?"]),
        ("helped,xyzzy", ["line 1, column xyzzy: There is no such column. See which there are"]),
        ("helped,rating,helped", ["line 1, column helped: This column is there 2 times."]),
        ("helped,", ["line 1, column 2: This column has no name."]),
        ("serial,mode", ["line 1: No column is a question."]),
        ("serial;mode;helped", ["line 1: The columns are parted by ';', not by commas."]),
        ("serial\tmode\thelped", ["line 1: The columns are parted by '\\t', not by commas."]),
        ("helpt,ratin,helped", ["helpt", "ratin"]),
    ],
)
def test_what_is_wrong_with_the_header_is_told(header: str, told: list[str]) -> None:
    found = problems(sheet("1,2,3", header=header))
    assert len(found) == len(told)
    assert all(part in problem for part, problem in zip(told, found, strict=True))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "line 1: The file is empty."),
        ("\n\n", "line 1: The file is empty."),
        (sheet(), "line 1: There is a header and no row with answers below it."),
        (sheet("(allowed),,,,,,,"), "no row with answers"),
        (sheet("1,,,y\0es,,,,"), "line 2: The file has a NUL"),
        (sheet("1,,,yes,,,ok,").encode() + b"2,,,yes,,,caf\xe9,\r\n", "line 3: The file is not UTF-8 (byte 14)"),
        (sheet("1,,,yes,,,").encode()[:-2] + b"\xed\xa0\x80,\r\n", "line 2: The file is not UTF-8"),
        (sheet(f'1,,,yes,,,"{"a" * 200_000}",'), "line 2: The file has a cell that is far too long."),
        (sheet("1,,,yes,,,a") + "b" * 1_100_000, "line 3: The file is longer than any line of answers."),
        (sheet('1,,,yes,,,"never closed,', "2,,,yes,,,,"), "line 2: The file has a quotation mark that is opened"),
        (sheet('1,,,yes,,,"a" b,'), "line 2: The file has a quotation mark inside a cell."),
        (HEADER + "\r1,,,yes,,,,\r", "line 1: The file has line ends of an old kind."),
        (b"PK\x03\x04 and so on", "line 1: The file is no spreadsheet that can be read."),
        (sheet("1,,,yes,,,,").encode("utf-16"), "line 1: The file is UTF-16"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old spreadsheet"),
    ],
    ids=range(16),
)
def test_a_file_that_cannot_be_read_says_where_and_what_to_do(content: str | bytes, told: str) -> None:
    found = problems(content)
    assert told in found[-1]
    assert len(re.findall(r"[.?](?: |$)", found[-1])) >= 2, "a fault and a remedy"


def test_bytes_that_cp1252_has_no_letter_for_are_told() -> None:
    (problem,) = problems(sheet("1,,,yes,,,").encode() + b"2,,,yes,,,\x81,\r\n", "cp1252")[-1:]
    assert "is not cp1252" in problem


def test_the_same_file_twice_adds_nothing(office: Office) -> None:
    content = sheet("1,,,yes,,,,", ",,,no,,,,", ",,,no,,,,")
    assert taken_in(office, content) == Imported(added=3, already_there=0)
    assert taken_in(office, content) == Imported(added=0, already_there=3)
    assert office.count() == 3


def test_a_longer_file_adds_the_serials_that_are_new(office: Office) -> None:
    taken_in(office, sheet("1,,,yes,,,,", "2,,,yes,,,,"))
    assert taken_in(office, sheet("2,,,no,,,,", "3,,,yes,,,,")) == Imported(added=1, already_there=1)


def test_a_serial_means_another_person_in_another_wave(office: Office) -> None:
    taken_in(office, sheet("1,,,yes,,,,"))
    with office.database.reading() as session:
        marks = session.scalars(text("SELECT mark FROM serial_marks")).all()
    assert len(marks) == 1
    assert "1" != marks[0]  # noqa: SIM300


def test_a_serial_that_stands_twice_in_a_file_is_a_problem() -> None:
    (problem,) = problems(sheet("7,,,yes,,,,", "8,,,yes,,,,", "7,,,no,,,,"))
    assert problem == "line 4, column serial: '7' stands on line 2 too."


def test_a_file_that_changed_since_it_was_checked_is_refused_whole(office: Office) -> None:
    source = io.BytesIO(sheet("1,,,yes,,,,").encode())
    file = ResponseFile(source, small_questionnaire())
    assert list(file.problems()) == []
    for content in (sheet("2,,,yes,,,,"), sheet("1,,,oops,,,,"), ""):
        source.seek(0)
        source.truncate()
        source.write(content.encode())
        with pytest.raises(Refused, match="changed while it was read"), office.database.transaction() as session:
            file.add_to(session, office.wave, PEPPER, NOW)
    assert office.count() == 0


def test_a_file_longer_than_a_batch_is_taken_in_whole(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldwork.returns.response_file.AT_ONCE", 10)
    rows = [f"{serial},,,yes,school,{serial % 100},," for serial in range(1, 36)]
    assert taken_in(office, sheet(*rows)).added == 35
    ratings = {each.answers["rating"] for each in office.responses()}
    assert ratings == {Number(serial) for serial in range(1, 36)}


def test_an_error_in_the_middle_takes_nothing_in(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldwork.returns.response_file.AT_ONCE", 2)
    file = ResponseFile(io.BytesIO(sheet(*[f"{n},,,yes,,,," for n in range(9)]).encode()), small_questionnaire())
    assert list(file.problems()) == []
    with pytest.raises(ZeroDivisionError), office.database.transaction() as session:
        assert file.add_to(session, office.wave, PEPPER, NOW).added // 0
    assert office.count() == 0
    assert taken_in(office, sheet("1,,,yes,,,,")).added == 1


def test_every_line_is_heard_of_while_the_file_is_read() -> None:
    heard: list[bytes] = []
    content = sheet("1,,,yes,,,,", '2,,,yes,,,"a\nb",').encode()
    assert list(ResponseFile(io.BytesIO(content), small_questionnaire(), heard=heard.append).problems()) == []
    assert b"".join(heard) == content


def test_paper_may_be_keyed_in_after_the_wave_closed(office: Office) -> None:
    office.close()
    assert taken_in(office, sheet("1,,,yes,,,,")).added == 1
