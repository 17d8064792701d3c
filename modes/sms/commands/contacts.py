"""`flask contacts`: whom we may text. No command shows a whole number."""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path

import click
from flask import current_app

from fieldwork import waves
from fieldwork.faults import Refused
from fieldwork.keeping.erasure import destroy_idle_keys, erase_contacts
from fieldwork.models.inspections import Wave
from fieldwork.numbers import contacts as people
from fieldwork.numbers.contact_columns import MAY_HOLD
from fieldwork.numbers.contact_file import LARGEST, ContactFile, read
from fieldwork.numbers.contact_rows import ContactRow
from fieldwork.numbers.contacts import Imported
from fieldwork.sealing import left_under_other_keys, rotate
from fieldwork.table_file import ENCODINGS
from fieldwork.waves import Asked
from modes.sms.commands import by_number
from modes.sms.cost import Cost, whole_conversation
from modes.sms.wording import can_be_texted
from staff.commands.plain import Plain, database, keys, plural

STANDARD_INPUT = "-"
MOST_PROBLEMS = 100  # told one by one; the others are counted
CALLED = {"en": "English", "cy": "Welsh", None: "language not chosen"}

encoding_option = click.option("--encoding", type=click.Choice(ENCODINGS), default="utf-8", show_default=True)


@click.group(cls=Plain)
def contacts() -> None:
    """The people whom we may text: who was told, agreed, and is safe to text."""


@contacts.command()
def template() -> None:
    """Print the columns of an empty sheet, and beside it what each may hold."""
    csv.writer(sys.stdout).writerow(MAY_HOLD)
    for column, may_hold in MAY_HOLD.items():
        click.echo(f"{column}: {may_hold}", err=True)


@contacts.command()
@click.argument("wave")
@click.argument("file")
@encoding_option
def check(wave: str, file: str, encoding: str) -> None:
    """Tell what importing FILE into WAVE would do, and what texting those people would cost. Nothing is kept."""
    given = keys()
    with database().reading() as session:
        there = waves.find_wave(session, wave)
        asked = _asked(there, waves.asked_in(session, there.id))
        sheet = _sheet(file, encoding)
        found = people.sort(session, there, sheet.rows, given)
    click.echo(f"{there.name}: {plural(found.counted.added, 'person', 'people')} would be added.")
    for words in (*_costs(found.fresh, asked), *_told(found.counted)):
        click.echo(f"  {words}")
    _refuse_problems(sheet)


@contacts.command("import")
@click.argument("wave")
@click.argument("file")
@encoding_option
def import_file(wave: str, file: str, encoding: str) -> None:
    """Take in the people in FILE (- for standard input): all of them, or none and a list of what is wrong."""
    found, given = database(), keys()
    with found.reading() as session:
        there = waves.find_wave(session, wave)
        _asked(there, waves.asked_in(session, there.id))
    sheet = _sheet(file, encoding)
    _refuse_problems(sheet)
    with found.transaction() as session:
        imported = people.add(session, there, sheet.rows, sheet.sha256, given)
    click.echo(f"{plural(imported.added, 'person', 'people')} added, {imported.already_there:,} already there.")
    for words in _told(imported):
        click.echo(f"  {words}")


@contacts.command("list")
@click.argument("wave")
def list_all(wave: str) -> None:
    """Everybody whom WAVE may text, by the last three digits of the number."""
    with database().reading() as session:
        there = waves.find_wave(session, wave)
        listed = people.listed(session, there, keys())
    for each in listed:
        held = ", kept while a concern is open" if each.held else ""
        spoken = CALLED[each.language]
        click.echo(f"{each.number}  {each.state or '-':<12}  {each.age}, {spoken}, confirmed {each.confirmed}{held}")
    click.echo(f"{plural(len(listed), 'person', 'people')} in {there.name}.")


@contacts.command()
@click.argument("wave", required=False)
@click.option("--one", is_flag=True, help="One person instead, whose number is asked for, in all inspections.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(wave: str | None, one: bool, yes: bool) -> None:  # noqa: FBT001 - click hands options over by name
    """Erase everybody whom WAVE may text, with their texts. Whoever is answering by text is cut off."""
    if one == bool(wave):
        raise click.UsageError("Name a wave to erase all of its contacts, or give --one to erase one person.")
    if wave:
        _erase_all(wave, yes=yes)
    else:
        by_number.erase_one()


def _erase_all(wave: str, *, yes: bool) -> None:
    found = database()
    with found.reading() as session:
        there = waves.find_wave(session, wave)
    if not yes:
        click.confirm(f"Erase the contacts of {there.name} and their texts?", abort=True, err=True)
    with found.transaction() as session:
        erased = erase_contacts(session, there.id)
        destroy_idle_keys(session)
    found.tidy()
    click.echo(f"{plural(erased.contacts, 'contact')} erased.")
    if erased.held:
        click.echo(f"{plural(erased.held, 'contact')} kept while a concern is open: flask concerns list.")


@contacts.command()
def rotate_key() -> None:
    """Wrap every data key anew with CONTACT_KEY. Until it is done, CONTACT_KEY_BEFORE opens what is left."""
    found, given = database(), keys()
    if given.before is None:
        remedy = "Make a new CONTACT_KEY, give the old one as CONTACT_KEY_BEFORE, restart everything, then run this."
        raise Refused("CONTACT_KEY_BEFORE", "is not set, so there is no key to change from.", remedy)
    wrapped = 0
    while True:
        with found.transaction() as session:
            some = rotate(session, given)
        if not some:
            break
        wrapped += some
    with found.reading() as session:
        left = left_under_other_keys(session, given)
    found.tidy()
    click.echo(f"{plural(wrapped, 'data key')} wrapped anew.")
    if left:
        fault = f"{plural(left, 'data key')} opened by neither key."
        raise Refused("CONTACT_KEY", fault, "Give the key they are under as CONTACT_KEY_BEFORE, and run this again.")
    click.echo("All are under CONTACT_KEY. Take CONTACT_KEY_BEFORE out, restart everything, and destroy that key.")


def _sheet(file: str, encoding: str) -> ContactFile:
    """What the file holds, read in memory and no further than a file of contacts can be long."""
    try:
        with nullcontext(sys.stdin.buffer) if file == STANDARD_INPUT else Path(file).open("rb") as source:
            content = source.read(LARGEST + 1)
    except OSError as error:
        raise click.ClickException(f"The file cannot be read ({error.strerror}). Is that its name?") from error
    practice: bool = current_app.extensions["settings"].practice_telephone
    return read(content, _today(), encoding=encoding, practice=practice)


def _asked(wave: Wave, asked: Asked) -> Asked:
    """What the wave asks, if it can ask it by text now.

    Raises:
        Refused: it is closed, or its questionnaire has no wordings for texts.
    """
    if wave.closed:
        raise Refused(wave.name, f"closed on {wave.closed:%d %B %Y}.", "Open a wave for another inspection.")
    if not can_be_texted(asked.questionnaire):
        remedy = "Give each question an sms_wording in a new version, and open a wave with that."
        raise Refused(wave.name, "asks a questionnaire that cannot be texted.", remedy)
    return asked


def _refuse_problems(sheet: ContactFile) -> None:
    """Tell what is wrong in the file, and stop if anything is."""
    if not sheet.problems:
        return
    for problem in sheet.problems[:MOST_PROBLEMS]:
        click.echo(str(problem), err=True)
    if (more := len(sheet.problems) - MOST_PROBLEMS) > 0:
        click.echo(f"and {more:,} more", err=True)
    told = f"{plural(len(sheet.problems), 'problem')}; {plural(len(sheet.rows), 'row')} without."
    raise click.ClickException(f"{told} Nothing was taken in.")


def _told(counted: Imported) -> Iterator[str]:
    if counted.asked_not_to:
        yield f"{plural(counted.asked_not_to, 'number')} asked not to be texted."
    if counted.waiting:
        yield f"{plural(counted.waiting, 'number')} not added: another wave is texting. Import the file again later."


def _costs(rows: tuple[ContactRow, ...], asked: Asked) -> Iterator[str]:
    """How many there are of each kind, what a whole conversation with one of them costs at most, and all together."""
    pence: float = current_app.extensions["settings"].pence_per_part
    together = Cost(0, 0)
    for (language, age), count in sorted(Counter((row.language, row.age) for row in rows).items(), key=str):
        each = whole_conversation(asked.questionnaire, asked.names, asked.nation, language, age)
        together = together.plus(each.times(count))
        yield f"{count:,} x {age}, {CALLED[language]}: at most {_written(each, pence)} each"
    if rows:
        yield f"All together: at most {_written(together, pence)}"


def _written(cost: Cost, pence_per_part: float) -> str:
    return f"{plural(cost.texts, 'text')}, {plural(cost.parts, 'part')}, {cost.pounds(pence_per_part)}"


def _today() -> date:
    return datetime.now(UTC).date()


for command in (by_number.find, by_number.correct):
    contacts.add_command(command)

COMMANDS = (contacts,)
