"""A file of contacts is taken whole or not at all, and what is wrong is told without a word of what stands there."""

import io
import random
import zipfile
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldwork import workbook_file
from fieldwork.numbers import contact_file, phone_numbers
from fieldwork.numbers.contact_columns import MAY_HOLD, letter_of
from fieldwork.numbers.contact_rows import oldest_confirmed
from tests.fieldwork.texted import GOOD, TODAY, drama, people, read, row, sheet, told, typed

CANARY = "Llinos Canary-Prydderch 7Q4X"
COLUMNS = list(MAY_HOLD)


def one_problem(content: bytes, today: date = TODAY, encoding: str = "utf-8") -> str:
    (problem,) = told(content, today, encoding)
    return problem


# --- What is taken ---


@pytest.mark.req("M13")
def test_good_rows_are_read() -> None:
    file = read(sheet(row(1), row(2, language="cy", age="adult"), row(3, language="", confirmed="2026-10-01")))
    assert file.problems == ()
    assert [(each.line, each.number, each.language, each.age, each.confirmed) for each in file.rows] == [
        (2, drama(1), "en", "child", TODAY),
        (3, drama(2), "cy", "adult", TODAY),
        (4, drama(3), None, "child", date(2026, 10, 1)),
    ]


def test_a_row_does_not_show_its_number_when_it_is_printed() -> None:
    assert "900001" not in repr(read(people(1)))


@pytest.mark.req("M13")
def test_capitals_and_spaces_in_cells_do_not_matter() -> None:
    assert told(sheet(row(1, language=" EN ", age="Child ", told=" YES", agreed="Yes", safe_to_text="yes "))) == []


@pytest.mark.req("M13")
@pytest.mark.parametrize("column", ["told", "agreed", "safe_to_text"])
@pytest.mark.parametrize("cell", ["", " ", "no", "y", "true", "1", "ie", "yes?", "not yet", "ye s", "YES yes"])
def test_nobody_is_taken_who_was_not_told_did_not_agree_or_is_not_safe(column: str, cell: str) -> None:
    problem = one_problem(sheet(row(1, **{column: cell}), row(2)))
    assert problem.startswith(f"line 2, column {column}: Nobody is texted ")


@pytest.mark.req("M13")
@pytest.mark.parametrize(
    ("column", "cell"),
    [("language", "fr"), ("language", "english"), ("language", "en cy"), ("age", ""), ("age", "12"), ("age", "kid")],
)
def test_other_words_are_not_known(column: str, cell: str) -> None:
    assert one_problem(sheet(row(1, **{column: cell}))).startswith(f"line 2, column {column}: This is not known.")


@pytest.mark.req("M12")
@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("", "There is no number."),
        ("020 7946 0991", phone_numbers.LANDLINE),
        ("07700 9001", phone_numbers.WRONG_LENGTH),
        ("+1 212 555 0100", phone_numbers.ABROAD),
        ("ask mum", phone_numbers.NOT_A_NUMBER),
    ],
)
def test_what_is_no_mobile_is_refused_with_its_line_and_reason(cell: str, why: str) -> None:
    assert one_problem(sheet(row(1), row(2, mobile=cell))) == f"line 3, column mobile: {why}"


@pytest.mark.parametrize(
    ("today", "oldest"),
    [
        (date(2026, 11, 21), date(2026, 8, 21)),
        (date(2026, 5, 31), date(2026, 2, 28)),
        (date(2024, 5, 31), date(2024, 2, 29)),
        (date(2026, 3, 1), date(2025, 12, 1)),
        (date(2026, 1, 31), date(2025, 10, 31)),
    ],
)
def test_a_number_confirmed_within_three_months_is_taken_and_an_older_one_is_to_be_confirmed_again(
    today: date, oldest: date
) -> None:
    assert oldest_confirmed(today) == oldest
    assert told(sheet(row(1, confirmed=oldest.isoformat())), today) == []
    assert told(sheet(row(1, confirmed=today.isoformat())), today) == []
    (problem,) = told(sheet(row(1, confirmed=date.fromordinal(oldest.toordinal() - 1).isoformat())), today)
    assert "Confirm it again." in problem


@pytest.mark.parametrize(
    "cell", ["21/11/2026", "2026-11-31", "20261121", "2026-W47-6", "soon", "46347", "２０２６-11-21"]
)
def test_a_day_is_written_in_one_way(cell: str) -> None:
    assert one_problem(sheet(row(1, confirmed=cell))).startswith("line 2, column confirmed: This is no date.")


def test_a_day_to_come_is_a_slip() -> None:
    assert "This day is yet to come." in one_problem(sheet(row(1, confirmed="2026-11-22")))


# --- Columns ---

GOOD_HEADERS = [
    *("Safe to text", "SAFE TO TEXT", "safe-to-text", "Safe_To_Text", " safe to text ", "safe  to   text"),
    *(
        "SafeToText",
        "safe\u00a0to\u00a0text",
        "safe\u2013to\u2013text",
        "ｓａｆｅ to text",
        "safe to text_",
        "safe\tto text",
    ),
]
BAD_HEADERS = [
    *("name", "Name", "first name", "First-Name", "SURNAME", "surname ", "forename", "full_name", "initials"),
    *("crime number", "Crime No.", "crime_ref", "CRIME NUMBER", "crime-reference", "case number", "case_id", "URN"),
    *("note", "Notes", "comments", "free text", "address", "Postcode", "e-mail", "email", "date of birth", "DOB"),
    *("school", "worker", "ethnicity", "gender", "offence", "order", "phone", "telephone", "mobile 2", "mobile number"),
    *("safe", "safe to call", "safe to text?", "agreed?", "lang", "", " ", "?", "A", "id", CANARY),
    *("=mobile", "+mobile", "-note", "@x", "\tnote", "07700 900456", "x" * 2000, "<script>", "mobile,mobile"),
]


@pytest.mark.req("U2")
@pytest.mark.parametrize("header", GOOD_HEADERS)
def test_a_column_is_known_whatever_its_capitals_spaces_and_dashes(header: str) -> None:
    content = sheet(row(1)).replace(b"safe_to_text", f'"{header}"'.encode())
    assert told(content) == []


@pytest.mark.req("U2")
@pytest.mark.parametrize("header", BAD_HEADERS)
def test_any_other_column_refuses_the_file_and_is_named_by_its_letter(header: str) -> None:
    file = read(sheet({**row(1), header: "secret"}, columns=[*COLUMNS, header]))
    assert file.rows == ()
    assert [each.column for each in file.problems] == ["H"]
    assert "secret" not in str(file.problems[0])


@pytest.mark.req("U3")
@pytest.mark.parametrize("header", [CANARY, "07700 900456", "Ben Jones", "<script>", "=1+1", "ben@example.org"])
def test_a_header_that_is_not_ours_is_not_shown(header: str) -> None:
    assert header not in one_problem(sheet({**row(1), header: ""}, columns=[*COLUMNS, header]))


@pytest.mark.req("U2")
def test_there_are_fifty_headers_in_these_tests() -> None:
    assert len(set(GOOD_HEADERS + BAD_HEADERS)) >= 50


@pytest.mark.req("U2")
def test_a_message_about_a_column_says_why_and_what_to_do() -> None:
    problem = one_problem(sheet({**row(1), "Surname": "x"}, columns=[*COLUMNS, "Surname"]))
    assert (
        problem == "line 1, column H: We do not take 'surname'. Take it out: nothing else about anybody is to be kept."
    )
    assert "Did you mean agreed?" in one_problem(sheet({**row(1), "agreeed": ""}, columns=[*COLUMNS, "agreeed"]))


@pytest.mark.req("U2")
@pytest.mark.parametrize("column", [each for each in COLUMNS if each != "confirmed"])
def test_a_column_that_is_missing_is_named(column: str) -> None:
    without = [each for each in COLUMNS if each != column]
    assert one_problem(sheet(row(1), columns=without)).startswith(f"line 1, column {column}: There is no such column.")


def test_the_day_may_be_left_out_altogether() -> None:
    assert read(sheet(row(1), columns=[each for each in COLUMNS if each != "confirmed"])).rows[0].confirmed == TODAY


def test_a_column_may_not_come_twice() -> None:
    content = sheet(row(1)).replace(b"confirmed", b"Mobile")
    assert "line 1, column mobile: This column is there 2 times. Keep one of them." in told(content)


@pytest.mark.req("U3")
def test_a_file_without_a_header_shows_nothing_of_its_first_row() -> None:
    said = " ".join(told(b"07700 900123,en,child,yes,yes,yes," + CANARY.encode()))
    assert "900123" not in said
    assert CANARY not in said
    assert "line 1, column A" in said


def test_columns_are_called_as_a_spreadsheet_calls_them() -> None:
    assert [letter_of(place) for place in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_empty_columns_at_the_end_are_passed_over_and_filled_ones_are_not() -> None:
    header, good = sheet(row(1)).decode().splitlines()
    assert told(f"{header},,\n{good},,\n".encode()) == []
    assert "column I: There is something below no column name." in one_problem(f"{header},\n{good},,x\n".encode())


def test_columns_parted_by_semicolons_are_noticed() -> None:
    assert "parted by ';'" in one_problem(sheet(row(1)).replace(b",", b";"))


# --- All or nothing, once ---


@pytest.mark.req("U3")
def test_every_problem_is_told_with_line_and_column_and_the_good_rows_are_counted() -> None:
    file = read(sheet(row(1), row(2, mobile="x", age="x"), row(3), row(4, told="no")))
    assert [(each.line, each.column) for each in file.problems] == [(3, "mobile"), (3, "age"), (5, "told")]
    assert len(file.rows) == 2


@pytest.mark.req("U4")
def test_a_number_twice_in_a_file_is_told_with_both_lines_however_it_is_typed() -> None:
    content = sheet(row(1), row(2), row(1, mobile="+44 (0)7700 900001"), row(1))
    assert told(content) == [
        "line 4, column mobile: The same number stands on line 2 too.",
        "line 5, column mobile: The same number stands on line 2 too.",
    ]


def test_a_file_with_nobody_in_it_is_refused() -> None:
    assert "no row below it" in one_problem(sheet())
    assert "The file is empty." in one_problem(b"")
    assert "no row below it" in one_problem(sheet() + b",,,,,,\r\n \r\n")


# --- Formulas ---

FORMULAS = [
    *("=1+1", "=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"),
    *("=cmd|' /C calc'!A0", '="07700900123"', "-07700900123", "=07700900123", "@07700900123", "\t07700900123"),
    *("\r07700900123", "+07700900123", "=yes", "+yes", "-yes", "@yes", "\tyes", "\ryes", "+2026-11-01", "\t2026-11-01"),
    *("=en", "-child", "\tadult", "\tcy", " =1+1", " +1+1"),
]


@pytest.mark.req("U5")
@pytest.mark.parametrize("payload", FORMULAS)
@pytest.mark.parametrize("column", COLUMNS)
def test_whatever_begins_like_a_formula_is_a_bad_row_in_every_cell(column: str, payload: str) -> None:
    file = read(sheet(row(1), row(2, **{column: payload})))
    assert [(each.line, each.column) for each in file.problems] == [(3, column)]
    assert payload not in str(file.problems[0])


@pytest.mark.req("U5")
@pytest.mark.parametrize("cell", ["+447700900123", "+44 7700 900123", " +44 (0)7700 900 123"])
def test_a_good_number_may_begin_with_a_plus(cell: str) -> None:
    assert told(sheet(row(1, mobile=cell))) == []


@pytest.mark.req("U5")
def test_a_formula_of_a_workbook_is_a_formula_and_not_what_it_came_to() -> None:
    assert "column told" in one_problem(workbook([*COLUMNS], [typed(1), "en", "child", '="yes"', "yes", "yes", None]))


# --- Kinds of file, sizes ---


@pytest.mark.req("U1")
def test_utf8_with_or_without_a_mark_and_declared_cp1252_are_read() -> None:
    content = people(1)
    assert told(b"\xef\xbb\xbf" + content) == []
    assert told(content, encoding="cp1252") == []
    dashed = content.replace(b"07700 900001", b"07700\x96900001")
    assert told(dashed, encoding="cp1252") == []
    assert "is not UTF-8" in one_problem(dashed)
    assert "cp1252" in one_problem(dashed)


@pytest.mark.req("U1")
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_are_refused_with_the_reason(encoding: str) -> None:
    assert "The file" in " ".join(told(people(1).decode().encode(encoding)))


@pytest.mark.req("U1")
def test_two_thousand_rows_are_taken_and_no_more() -> None:
    def rows(count: int) -> bytes:
        numbers = (f"+447{400_000_000 + number}" for number in range(count))
        return sheet(*({"mobile": number, **GOOD} for number in numbers))

    assert len(read(rows(2000)).rows) == 2000
    assert told(rows(2001)) == ["line 2002: There are more than 2,000 rows. Split the file."]


@pytest.mark.req("U1")
def test_a_megabyte_is_read_and_not_a_byte_more() -> None:
    content = people(1)
    filled = content + b"\r\n" * ((contact_file.LARGEST - len(content)) // 2)
    filled += b" " * (contact_file.LARGEST - len(filled))
    assert len(filled) == contact_file.LARGEST
    assert told(filled) == []
    assert told(filled + b" ") == ["line 1: The file is larger than 1,048,576 bytes. Split it."]


@pytest.mark.req("U7")
@pytest.mark.parametrize(
    "content",
    [
        b'mobile,"language',
        b'mobile\n"07700',
        b'a"b,c\n',
        b"\0",
        people(1) + b"\0",
        people(1).replace(b"\r\n", b"\r"),
        b"," * 100_000,
        b"a," * 100_000,
        people(1) + b"x," * 100_000,
        b'"' + b"x" * 1_000_000 + b'"',
        people(1).replace(b"child", b'"' + b"x" * 900_000 + b'"'),
        b'"' * 100_000,
        b"\xff" * 1000,
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0",
        b"%PDF-1.7",
        b"\xef\xbb\xbf",
        b"\r\n\r\n\r\n",
        b"\n".join([b'"'] * 50_000),
    ],
)
def test_a_damaged_file_gives_problems_and_no_failure(content: bytes) -> None:
    assert told(content)


def test_mixed_ends_of_lines_are_read() -> None:
    lines = people(1, 2, 3).split(b"\r\n")
    assert len(read(lines[0] + b"\n" + lines[1] + b"\r\n" + lines[2] + b"\n" + lines[3]).rows) == 3


# --- Workbooks ---


def workbook(*rows: Iterable[Any], prepare: Callable[[Any], object] = lambda _book: None) -> bytes:
    book = openpyxl.Workbook()
    for each in rows:
        book.worksheets[0].append(list(each))
    prepare(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def good_cells(mobile: Any = "07700 900001", confirmed: Any = None) -> list[Any]:
    return [mobile, "en", "child", "yes", "yes", "yes", confirmed]


@pytest.mark.parametrize(
    "mobile",
    ["07700 900001", 7700900001, 7700900001.0, "+447700900001", 447700900001, "7700900001.0"],
    ids=repr,
)
def test_a_workbook_is_read_like_csv(mobile: Any) -> None:
    file = read(workbook(COLUMNS, good_cells(mobile)))
    assert file.problems == ()
    assert [(each.line, each.number) for each in file.rows] == [(2, drama(1))]


MIDNIGHT = datetime(2026, 10, 1)  # noqa: DTZ001 - as a spreadsheet has it


@pytest.mark.parametrize("day", [MIDNIGHT, date(2026, 10, 1), "2026-10-01"])
def test_a_day_of_a_workbook_is_a_day(day: Any) -> None:
    assert read(workbook(COLUMNS, good_cells(confirmed=day))).rows[0].confirmed == date(2026, 10, 1)


@pytest.mark.parametrize("cell", [True, 0, 1.5, MIDNIGHT.replace(hour=9), time(9, 30), "#N/A"])
def test_anything_else_in_a_cell_is_a_bad_row(cell: Any) -> None:
    assert len(told(workbook(COLUMNS, [typed(1), "en", "child", cell, "yes", "yes", cell]))) == 2


def test_lines_of_a_workbook_are_counted_as_the_spreadsheet_shows_them() -> None:
    problem = one_problem(workbook([], [None, None], COLUMNS, good_cells(), [], good_cells("x")))
    assert problem.startswith("line 6, column mobile")


@pytest.mark.req("U2")
def test_a_second_sheet_refuses_the_workbook_even_when_it_is_hidden() -> None:
    def hide_another(book: Any) -> None:
        other = book.create_sheet("Names")
        other["A1"] = CANARY
        other.sheet_state = "hidden"

    problem = one_problem(workbook(COLUMNS, good_cells(), prepare=hide_another))
    assert "has 2 sheets" in problem
    assert CANARY not in problem


@pytest.mark.req("U2")
def test_a_column_far_out_or_a_row_far_down_is_not_overlooked() -> None:
    def far_right(book: Any) -> None:
        book.worksheets[0]["AZ2"] = CANARY

    def further_right(book: Any) -> None:
        book.worksheets[0]["XFD2"] = CANARY

    def far_down(book: Any) -> None:
        book.worksheets[0]["A1048576"] = CANARY

    assert "column AZ" in one_problem(workbook(COLUMNS, good_cells(), prepare=far_right))
    for far in (further_right, far_down):
        assert "far out" in one_problem(workbook(COLUMNS, good_cells(), prepare=far))


def repacked(content: bytes, change: Callable[[str, bytes], bytes], **how: Any) -> bytes:
    """The archive with its parts changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(file, "w", **how) as target:
        for part in source.infolist():
            target.writestr(part.filename, change(part.filename, source.read(part)))
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.req("U1")
def test_a_bomb_is_refused_before_anything_is_unpacked() -> None:
    def inflated(name: str, part: bytes) -> bytes:
        return part + b" " * 50_000_000 if name == SHEET else part

    bomb = repacked(workbook(COLUMNS, good_cells()), inflated, compression=zipfile.ZIP_DEFLATED)
    assert len(bomb) < contact_file.LARGEST
    assert "unpacks to far more" in one_problem(bomb)


@pytest.mark.req("U1")
def test_a_bomb_that_lies_about_its_size_is_never_unpacked_beyond_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def inflated(name: str, part: bytes) -> bytes:
        return part + b" " * 50_000_000 if name == SHEET else part

    bomb = bytearray(repacked(workbook(COLUMNS, good_cells()), inflated, compression=zipfile.ZIP_DEFLATED))
    with zipfile.ZipFile(io.BytesIO(bytes(bomb))) as packed:
        true_size = packed.getinfo(SHEET).file_size.to_bytes(4, "little")
    assert bomb.count(true_size) == 2
    small = bytes(bomb).replace(true_size, (2000).to_bytes(4, "little"))
    unpacked: list[int] = []
    write = zipfile.ZipFile.writestr

    def measured(self: zipfile.ZipFile, name: Any, data: Any) -> None:
        unpacked.append(len(data))
        write(self, name, data)

    monkeypatch.setattr(zipfile.ZipFile, "writestr", measured)
    assert "is no spreadsheet" in one_problem(small)
    assert sum(unpacked) < 1_000_000


@pytest.mark.req("U1")
@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_that_no_spreadsheet_uses_are_refused(packed: int) -> None:
    content = repacked(workbook(COLUMNS, good_cells()), lambda _name, part: part, compression=packed)
    assert "is no spreadsheet" in one_problem(content)


@pytest.mark.req("U1")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_words_that_unfold_are_refused(encoding: str) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE worksheet [<!ENTITY l0 "lol">{laughs}]>'

    def laughing(name: str, part: bytes) -> bytes:
        if name != SHEET:
            return part
        return f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<worksheet>&l9;</worksheet>'.encode(encoding)

    assert "defines words of its own" in one_problem(repacked(workbook(COLUMNS, good_cells()), laughing))


@pytest.mark.req("U1")
def test_an_archive_of_very_many_parts_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        for number in range(workbook_file.MOST_PARTS + 1):
            target.writestr(str(number), b"")
    assert "unpacks to far more" in one_problem(file.getvalue())


@pytest.mark.req("U7")
def test_an_archive_that_is_no_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "is no spreadsheet" in one_problem(file.getvalue())


@pytest.mark.req("U7")
def test_a_workbook_cut_or_changed_anywhere_is_read_or_refused_and_never_fails() -> None:
    chance = random.Random(7)  # noqa: S311 - the same damage in every run
    content = workbook(COLUMNS, good_cells())
    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 20)):
            damaged[chance.randrange(4, len(damaged))] = chance.randrange(256)
        read(bytes(damaged))
        read(content[: chance.randrange(len(content))])


@pytest.mark.req("U7")
def test_a_workbook_with_its_parts_changed_is_read_or_refused_and_never_fails() -> None:
    chance = random.Random(8)  # noqa: S311 - as above
    content = workbook(COLUMNS, good_cells())

    def damaged(_name: str, part: bytes) -> bytes:
        bad = bytearray(part)
        for _ in range(chance.randint(0, 3)):
            bad[chance.randrange(len(bad))] = chance.randrange(256)
        return bytes(bad)

    for _ in range(150):
        read(repacked(content, damaged))


# --- Whatever stands in it ---

CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "yes", "no", "en", "cy", "child", "adult", *FORMULAS, *(typed(number) for number in range(5))]
    ),
)


@pytest.mark.req("U7")
@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    read(content)
    read(content, encoding="cp1252")
    read(sheet() + content)


@pytest.mark.req("U3")
@pytest.mark.req("U7")
@settings(max_examples=300)
@given(st.lists(st.lists(CELLS, min_size=7, max_size=8), max_size=6))
def test_any_rows_are_read_or_refused_and_no_problem_shows_what_stands_there(rows: list[list[str]]) -> None:
    marked = [[f"{cell}{CANARY}" if cell not in {"yes", "en", "child"} else cell for cell in each] for each in rows]
    lines = [dict(zip(COLUMNS, each, strict=False)) for each in marked]
    try:
        content = sheet(*lines)
    except UnicodeEncodeError:
        return
    assert CANARY not in " ".join(told(content))
    for each in rows:
        read(sheet(dict(zip(COLUMNS, each, strict=False))))


@pytest.mark.req("U6")
def test_nothing_is_written_to_disk_while_a_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a file was opened for writing")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    monkeypatch.setattr("tempfile.mkstemp", refuse)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert read(people(1)).rows
    assert read(workbook(COLUMNS, good_cells())).rows
    assert list(tmp_path.iterdir()) == []
