"""`flask responses`: the sheet for responses from elsewhere, taking it in, and giving out what is there."""

import codecs
import csv
import io
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import click
from flask import current_app

from fieldwork import waves
from fieldwork.returns.response_export import exported
from fieldwork.returns.response_file import ResponseFile
from fieldwork.returns.response_sheet import template as empty_sheet
from fieldwork.table_file import ENCODINGS
from staff.commands.plain import Plain, database, pepper, plural

STANDARD_INPUT = "-"
LONG_FILE = 1024 * 1024  # bytes; a shorter one is in before a bar could be read


@click.group(cls=Plain)
def responses() -> None:
    """The responses of a wave."""


@responses.command()
@click.argument("wave")
def template(wave: str) -> None:
    """Print the sheet for WAVE: a column a question, and a row with what each may hold."""
    with database().reading() as session:
        found = waves.find_wave(session, wave)
        _write(empty_sheet(waves.asked_in(session, found.id).questionnaire))


@responses.command()
@click.argument("wave")
def export(wave: str) -> None:
    """Print every response of WAVE as CSV, in no order that tells when it came."""
    with database().reading() as session:
        _write(exported(session, waves.find_wave(session, wave)))


def _write(rows: Iterable[list[str]]) -> None:
    csv.writer(codecs.getwriter("utf-8")(sys.stdout.buffer)).writerows(rows)


@responses.command("import")
@click.argument("wave")
@click.argument("file")
@click.option("--encoding", type=click.Choice(ENCODINGS), default="utf-8", show_default=True)
def import_file(wave: str, file: str, encoding: str) -> None:
    """Take in the responses in FILE (- for standard input): all of them, or none and a list of what is wrong."""
    found = database()
    with found.reading() as session:
        there = waves.find_wave(session, wave)
        questionnaire = waves.asked_in(session, there.id).questionnaire
    with _opened(file) as source, _bar(source) as bar:
        sheet = ResponseFile(source, questionnaire, encoding, lambda line: bar.update(len(line)))
        _refuse_problems(sheet, file, bar)
        with found.transaction() as session:
            imported = sheet.add_to(session, there, pepper(), datetime.now(UTC), current_app.extensions["keys"])
    click.echo(f"{plural(imported.added, 'response')} added, {imported.already_there:,} already there.")


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    """The file, fit to be read twice. What cannot be (standard input) is put by in a file without a name."""
    with _source(file) as source, tempfile.TemporaryFile() as put_by:
        if source.seekable() and file != STANDARD_INPUT:
            yield source
        else:
            shutil.copyfileobj(source, put_by)
            yield put_by


def _source(file: str) -> AbstractContextManager[BinaryIO]:
    if file == STANDARD_INPUT:
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise click.ClickException(f"{file}: cannot be read ({error.strerror}). Is that its name?") from error


def _bar(source: BinaryIO) -> Any:
    """A bar for long files, on the screen beside the output."""
    size = source.seek(0, io.SEEK_END)
    return click.progressbar(length=2 * size, label="Reading", file=sys.stderr, hidden=size < LONG_FILE)


def _refuse_problems(sheet: ResponseFile, file: str, bar: Any) -> None:
    """Tell every problem in the file, and stop if there is one."""
    count = 0
    for count, problem in enumerate(sheet.problems(), start=1):
        if count == 1 and not bar.hidden:
            bar.hidden = True
            click.echo(err=True)
        click.echo(f"{file}, {problem}", err=True)
    if count:
        raise click.ClickException(f"{plural(count, 'problem')} in {file}. Nothing was taken in.")


COMMANDS = (responses,)
