"""`flask paper booklet` at a terminal."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from fieldwork.models.audit import AuditEntry
from tests.fieldwork.samples import open_office

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def wave(app: Flask) -> str:
    return open_office(app.extensions["database"]).wave.name


@pytest.mark.parametrize("options", [[], ["--language", "cy"], ["--large"], ["--language", "cy", "--large"]])
@pytest.mark.parametrize("name", ["booklet.pdf", "booklet.html"])
def test_a_booklet_is_written_to_a_file(
    name: str, options: list[str], cli: FlaskCliRunner, wave: str, tmp_path: Path
) -> None:
    out = tmp_path / name
    told = cli.invoke(args=["paper", "booklet", wave, *options, "--out", str(out)])
    assert told.exit_code == 0, told.output
    written = out.read_bytes()
    assert f"1 booklet, {len(written):,} bytes" in told.output
    assert written.startswith(b"%PDF-" if name.endswith("pdf") else b"<!DOCTYPE html>")
    if name.endswith("html"):
        assert b"font-size:18pt" in written
        assert (b"paper--large" in written.partition(b"<style>")[0]) is ("--large" in options)


def test_copies_have_a_number_each_and_that_is_in_the_audit(
    app: Flask, cli: FlaskCliRunner, wave: str, tmp_path: Path
) -> None:
    out = tmp_path / "three.html"
    assert "3 booklets" in cli.invoke(args=["paper", "booklet", wave, "--copies", "3", "--out", str(out)]).output
    assert len(set(re.findall(r"Booklet (E\d-\w{3})", out.read_text()))) == 3
    with app.extensions["database"].reading() as session:
        assert [entry.act for entry in session.query(AuditEntry)] == ["gave_serials"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere/children", "--out", "a.pdf"], "there is no such wave"),
        (["leeds-2011/small", "--out", "a.doc"], "name the file .pdf or .html"),
        (["leeds-2011/small", "--out", "/nowhere/a.pdf"], "cannot be written"),
        (["leeds-2011/small", "--copies", "26", "--out", "a.pdf"], "not in the range"),
        (["leeds-2011/small", "--language", "fr", "--out", "a.pdf"], "is not one of"),
        (["leeds-2011/small"], "Missing option"),
    ],
)
def test_what_cannot_be_printed_is_told(arguments: list[str], told: str, cli: FlaskCliRunner, wave: str) -> None:
    answer = cli.invoke(args=["paper", "booklet", *arguments])
    assert answer.exit_code != 0
    assert told in answer.output
