"""`flask contacts find` and `correct`, and erasing one person: for somebody who asks about their own number.

The number is typed when it is asked for, and stands in no command: those are kept in the history of the terminal.
"""

import click
from flask import current_app
from flask.cli import with_appcontext

from fieldwork.database import Session
from fieldwork.faults import Refused
from fieldwork.keeping import contact_requests
from fieldwork.keeping.contact_requests import Kept
from fieldwork.models.audit import Act
from fieldwork.numbers.phone_numbers import NotAMobile, mobile
from fieldwork.office import audit
from fieldwork.office.audit import TERMINAL
from staff.commands.plain import database, keys, plural
from surveys.text import LANGUAGES, Language

CALLED = {"en": "English", "cy": "Welsh", None: "language not chosen"}


@click.command()
@with_appcontext
def find() -> None:
    """Tell what is kept of somebody, by their number: where, in which language, how it stands."""
    number, given = typed_number(), keys()
    with database().transaction() as session:
        kept = contact_requests.kept_of(session, number, given)
        silenced = contact_requests.asked_not_to(session, number, given)
        _record(session, "looked_up_contact", kept)
    for each in kept:
        held = ", kept while a concern is open" if each.held else ""
        told = f"{each.age}, {CALLED[each.language]}, confirmed {each.confirmed}"
        click.echo(f"{each.number}  {each.wave}  {each.state or '-'}  {told}{held}")
    click.echo(f"{plural(len(kept), 'contact')}.{' Never to be texted again.' if silenced else ''}")


@click.command()
@with_appcontext
@click.option("--language", type=click.Choice(LANGUAGES), required=True, help="In which they want to be texted.")
def correct(language: Language) -> None:
    """Put right in which language somebody is texted, by their number."""
    number, given = typed_number(), keys()
    with database().transaction() as session:
        kept = contact_requests.kept_of(session, number, given)
        count = sum(contact_requests.correct(session, [each], language, each.age) for each in kept)
        _record(session, "corrected_contact", kept)
    click.echo(f"{plural(count, 'contact')} put right.")


def erase_one() -> None:
    """Erase somebody by their number, with their texts, wherever no open concern holds them."""
    number, given, found = typed_number(), keys(), database()
    with found.transaction() as session:
        kept = contact_requests.kept_of(session, number, given)
        erased = contact_requests.erase(session, kept)
        _record(session, "erased_contact", kept)
    found.tidy()
    click.echo(f"{plural(erased.contacts, 'contact')} erased.")
    if erased.held:
        click.echo(f"{plural(erased.held, 'contact')} kept while a concern is open: flask concerns list.")


def typed_number() -> str:
    """The number that somebody types now.

    Raises:
        Refused: it is no mobile number.
    """
    practice: bool = current_app.extensions["settings"].practice_telephone
    try:
        return mobile(str(click.prompt("Their number", err=True)), practice=practice)
    except NotAMobile as not_a_mobile:
        raise Refused("The number", not_a_mobile.reason, "Type it again.") from None


def _record(session: Session, act: Act, kept: list[Kept]) -> None:
    audit.record(session, act, TERMINAL, about=plural(len(kept), "contact"))
