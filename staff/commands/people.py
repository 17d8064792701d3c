"""`flask people ...`: who may sign in to the office."""

from typing import get_args

import click
from flask import current_app

from fieldwork import inspections
from fieldwork.models.people import Role
from fieldwork.office import people as staff_people
from fieldwork.office.audit import TERMINAL
from staff.commands.plain import Plain, database
from staff.here import today
from staff.sign_in.security import first_password_link


@click.group(cls=Plain)
def people() -> None:
    """Who may sign in to the office."""


@people.command("add")
@click.argument("email")
@click.option("--name", required=True, help="As the others will see it beside what was done.")
@click.option("--administrator", is_flag=True, help="Makes inspections and lets people in; reads no answers.")
def add(email: str, name: str, *, administrator: bool) -> None:
    """Make an account, and print the link by which its owner chooses a password: good once, until tomorrow."""
    with database().transaction() as session:
        member = staff_people.add(session, email, name, TERMINAL, today(), administrator=administrator)
    _print_link(member.email)


@people.command("list")
def show() -> None:
    """Everybody with an account."""
    with database().reading() as session:
        for member in staff_people.everybody(session):
            state = "closed" if not member.active else "asleep" if staff_people.is_dormant(member, today()) else "open"
            click.echo(f"{member.email}  {member.name}  {state}{', administrator' if member.administrator else ''}")


@people.command("link")
@click.argument("email")
def link(email: str) -> None:
    """Print a link by which somebody chooses a new password: good once, until tomorrow."""
    _print_link(email)


@people.command("roles")
@click.argument("email")
@click.argument("inspection")
@click.option("--role", "roles", multiple=True, type=click.Choice(get_args(Role)), help="May be given several times.")
@click.option("--why", default="", help="Kept in the audit.")
def roles(email: str, inspection: str, roles: tuple[Role, ...], why: str) -> None:
    """Let somebody do exactly this in an inspection; without --role nothing at all."""
    with database().transaction() as session:
        member, found = staff_people.find(session, email), inspections.find(session, inspection)
        staff_people.set_roles(session, member, found, frozenset(roles), TERMINAL, why)
    click.echo(f"{email} in {inspection}: {', '.join(roles) or 'nothing'}.")


def _print_link(email: str) -> None:
    with database().reading() as session:
        member = staff_people.find(session, email)
    office = current_app.extensions["office"]
    with office.app_context():
        click.echo(first_password_link(office, member, database()))


COMMANDS = (people,)
