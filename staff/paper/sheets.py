"""Responses from a file: looked through as at the command line, shown as counts, kept only once that is confirmed."""

import csv
import io
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from fieldwork import waves
from fieldwork.faults import NotFound
from fieldwork.returns import held_sheets
from fieldwork.returns.response_file import LARGEST_WORKBOOK, ResponseFile
from fieldwork.returns.response_sheet import allowed_in
from fieldwork.returns.response_sheet import template as empty_sheet
from fieldwork.table_file import Problem
from staff.forms import OfficeForm
from staff.here import InWave, database, now
from staff.jobs.asking import asked_for
from staff.pages import page, see_other, told
from staff.paper.forms import SheetForm
from staff.paper.places import asked_in, key_in, pepper, to_desk, to_desk_with

LARGEST_FILE = LARGEST_WORKBOOK
LARGEST = LARGEST_FILE + 512 * 1024  # a file somewhat too large is still answered in words of its own
MOST_PROBLEMS = 200
MOST_TO_COUNT = 10_000
HERE = {  # what is said at the command line, as it is done on these pages
    "Start from what `flask responses template` prints.": "Start from the empty sheet below.",
    "See which there are: flask responses template.": "See which there are in the empty sheet below.",
    "or say --encoding cp1252 if Windows made it.": "or choose below that an older program for Windows saved it.",
    "Leave out --encoding, or save the file as UTF-8.": "Choose CSV UTF-8 below, or save the file so.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One problem of a file, as the page tells it."""

    line: int
    column: str
    fault: str
    allowed: str


def upload(here: InWave) -> Response | AnyResponse:
    """A file, looked through. It waits for a yes only where nothing is wrong with it."""
    form, problems, more = SheetForm(), list[Told](), False
    if form.validate_on_submit():
        with closing(form.file.data) as file:
            content = file.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            size = f"{LARGEST_FILE // 1024 // 1024} MB"
            form.file.errors = [f"The file is larger than {size}. Split it, or import it at the command line."]
        else:
            problems, more = _problems(here, content, form.encoding.data)
            if not problems:
                return _held(here, content, form.encoding.data)
    return page(
        here,
        "paper/upload",
        form=form,
        problems=problems,
        more=more,
        largest=LARGEST_FILE // 1024 // 1024,
        columns=allowed_in(asked_in(here).questionnaire),
        trail=[{"text": "Paper", "href": to_desk(here).location}, {"text": "Import a file"}],
        status=400 if form.errors or problems else 200,
    )


def _problems(here: InWave, content: bytes, encoding: str) -> tuple[list[Told], bool]:
    """The first problems, and whether there are more."""
    file = ResponseFile(io.BytesIO(content), asked_in(here).questionnaire, encoding)
    found = list(islice(file.problems(), MOST_PROBLEMS + 1))
    return [_told(each) for each in found[:MOST_PROBLEMS]], len(found) > MOST_PROBLEMS


def _told(problem: Problem) -> Told:
    fault = problem.fault
    for there, here in HERE.items():
        fault = fault.replace(there, here)
    return Told(problem.line, problem.column, fault, problem.allowed)


def _held(here: InWave, content: bytes, encoding: str) -> AnyResponse:
    with database().transaction() as session:
        sheet = held_sheets.hold(session, here.wave_id, here.staff_id, content, encoding, now())
    return see_other("paper.preview", slug=here.slug, wave=here.questionnaire_id, sheet=sheet)


def preview(here: InWave, sheet: str) -> Response | AnyResponse:
    """What would come in: counts alone. Nothing is kept yet."""
    try:
        with database().reading() as session:
            wave = waves.find_wave(session, here.wave_name)
            held = held_sheets.find(session, here.wave_id, here.staff_id, key_in(sheet))
            asks = waves.asked_in(session, here.wave_id).questionnaire
            file = ResponseFile(held.file, asks, held.encoding)
            for _ in file.problems():
                pass
            foretold = file.would_add_to(session, wave, pepper())
            modes = Counter((row.mode, row.language) for row in islice(file.rows(), MOST_TO_COUNT))
    except NotFound as fault:
        return to_desk_with(here, fault)
    return page(
        here,
        "paper/preview",
        form=OfficeForm(),
        sheet=sheet,
        foretold=foretold,
        modes=sorted(modes.items()),
        trail=[{"text": "Paper", "href": to_desk(here).location}, {"text": "Import a file"}],
    )


def take_in(here: InWave, sheet: str) -> AnyResponse:
    """Have the worker keep what is in the file, which goes to it. A second yes finds nothing."""
    OfficeForm()
    mine = (here.wave_id, here.staff_id, key_in(sheet))
    try:
        with database().reading() as session:
            held = held_sheets.find(session, *mine)
    except NotFound as fault:
        return to_desk_with(here, fault)
    of_wave = {"wave": here.questionnaire_id, "wave_name": here.wave_name, "encoding": held.encoding}
    content = held.file.read()
    return asked_for(here, "import", of_wave, given=content, also=lambda session: held_sheets.let_go(session, *mine))


def let_go(here: InWave, sheet: str) -> AnyResponse:
    """Think better of it: the file is deleted, and nothing of it was kept."""
    OfficeForm()
    with database().transaction() as session:
        held_sheets.let_go(session, here.wave_id, here.staff_id, key_in(sheet))
    told("The file is deleted. Nothing of it was kept.")
    return to_desk(here)


def template(here: InWave) -> Response:
    """The empty sheet: a column a question, and a row with what each may hold."""
    sheet = io.StringIO(newline="")
    csv.writer(sheet).writerows(empty_sheet(asked_in(here).questionnaire))
    reply = Response(sheet.getvalue(), mimetype="text/csv")
    reply.headers["Content-Disposition"] = f'attachment; filename="{here.questionnaire_id}.csv"'
    return reply
