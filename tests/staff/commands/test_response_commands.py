"""`flask responses`: out goes an empty sheet, in come responses, out they go again."""

import csv
import io
from pathlib import Path

import pytest

from tests.staff.commands.conftest import Terminal


def table(said: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(said)))


@pytest.fixture
def sheet(terminal: Terminal, leeds: str, tmp_path: Path) -> Path:
    """The template with two booklets keyed in below it."""
    header, allowed = table(terminal.says("responses", "template", leeds))
    path = tmp_path / "booklets.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.DictWriter(file, header)
        rows.writeheader()
        rows.writerow(dict(zip(header, allowed, strict=True)))
        rows.writerow({"serial": "1", "knows_why": "yes", "rating_0_to_100": "80"})
        rows.writerow({"serial": "2", "knows_why": "no", "language": "cy"})
    return path


def test_the_template_names_every_question_and_what_is_allowed(terminal: Terminal, leeds: str) -> None:
    header, allowed = table(terminal.says("responses", "template", leeds))
    assert header[:4] == ["serial", "mode", "language", "knows_why"]
    assert allowed[:4] == ["(allowed)", "web;kiosk;sms;paper", "en;cy", "yes;no;not_sure"]
    assert dict(zip(header, allowed, strict=True))["rating_0_to_100"] == "0-100"


def test_booklets_come_in_once_and_go_out_again(terminal: Terminal, leeds: str, sheet: Path) -> None:
    assert terminal.says("responses", "import", leeds, str(sheet)) == "2 responses added, 0 already there.\n"
    assert terminal.says("responses", "import", leeds, str(sheet)) == "0 responses added, 2 already there.\n"
    header, *rows = table(terminal.says("responses", "export", leeds))
    found = sorted(
        (row["mode"], row["language"], row["knows_why"])
        for row in (dict(zip(header, row, strict=True)) for row in rows)
    )
    assert found == [("paper", "cy", "no"), ("paper", "en", "yes")]
    assert "invited not known, 2 responses" in terminal.says("waves", "list")


def test_a_file_may_come_by_standard_input(terminal: Terminal, leeds: str, sheet: Path) -> None:
    assert terminal.says("responses", "import", leeds, "-", typed=sheet.read_bytes()).startswith("2 responses added")


def test_every_problem_is_told_and_nothing_is_taken_in(terminal: Terminal, leeds: str, sheet: Path) -> None:
    with sheet.open("a", encoding="utf-8") as file:
        file.write("3,pigeon\r\n")
        file.write(
            sheet.read_text(encoding="utf-8").splitlines()[3].replace("no", "nno").replace("2,", "4,", 1) + "\r\n"
        )
    told = terminal.refuses("responses", "import", leeds, str(sheet))
    assert f"{sheet}, line 5: This row has 2 cells" in told
    assert "line 6, column knows_why: 'nno'" in told
    assert "Did you mean no? Allowed: yes;no;not_sure" in told
    assert f"Error: 2 problems in {sheet}. Nothing was taken in." in told
    assert "0 responses" in terminal.says("waves", "list")


@pytest.mark.parametrize("name", ["no-such-file.csv", "."])
def test_a_file_that_is_not_there_is_told(terminal: Terminal, leeds: str, tmp_path: Path, name: str) -> None:
    assert "cannot be read" in terminal.refuses("responses", "import", leeds, str(tmp_path / name))


def test_cp1252_has_to_be_declared(terminal: Terminal, leeds: str, tmp_path: Path) -> None:
    path = tmp_path / "windows.csv"
    path.write_bytes("serial,helped_with_more\r\n1,Café\r\n".encode("cp1252"))
    assert "line 2: The file is not UTF-8" in terminal.refuses("responses", "import", leeds, str(path))
    assert terminal.says("responses", "import", leeds, str(path), "--encoding", "cp1252").startswith("1 response added")
    assert "Café" in terminal.says("responses", "export", leeds)


def test_a_long_file_shows_how_far_it_is(
    terminal: Terminal, leeds: str, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("staff.commands.responses.LONG_FILE", 10)
    result = terminal.run("responses", "import", leeds, str(sheet))
    assert "Reading" in result.stderr
    assert "Reading" not in result.stdout
    sheet.write_text("serial,knows_why\n1,perhaps\n", encoding="utf-8")
    assert "line 2, column knows_why" in terminal.refuses("responses", "import", leeds, str(sheet))


@pytest.mark.req("X1")
def test_a_formula_in_words_goes_out_as_words(terminal: Terminal, leeds: str, tmp_path: Path) -> None:
    path = tmp_path / "formula.csv"
    path.write_text('helped_with_more\n"=HYPERLINK(""http://example.org"")"\n', encoding="utf-8")
    terminal.says("responses", "import", leeds, str(path))
    assert "'=HYPERLINK" in terminal.says("responses", "export", leeds)
