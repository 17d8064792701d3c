"""`flask inspections`: create, list, show."""

from typing import Any, get_args

import click

from fieldwork import inspections as kept
from fieldwork import waves
from fieldwork.inspections import NewInspection
from fieldwork.models.inspections import Nation, Policy, Programme
from fieldwork.office import audit
from fieldwork.office.audit import TERMINAL
from staff.commands.plain import Plain, database
from surveys.text import Names, Text

# What the Welsh of the usual names is. Any other name should be given in both languages.
WELSH = {
    "YJS": "GCI",
    "YOS": "GTI",
    "YOT": "TTI",
    "youth justice service": "gwasanaeth cyfiawnder ieuenctid",
    "worker": "gweithiwr",
    "child": "plentyn",
    "children": "plant",
    "young person": "person ifanc",
    "young people": "pobl ifanc",
    "child or young person": "plentyn neu berson ifanc",
    "children and young people": "plant a phobl ifanc",
}
NAMED = ("service", "worker", "child", "children")
TODAY = {"child": "child", "children": "children"}
BEFORE = {"child": "child or young person", "children": "children and young people"}


@click.group(cls=Plain)
def inspections() -> None:
    """The inspections, each of one area."""


@inspections.command()
@click.argument("slug")
@click.option("--name", required=True, help="The area, as the report prints it: Leeds.")
@click.option("--programme", required=True, type=click.Choice(get_args(Programme)))
@click.option("--service", required=True, help="What the service is called there: YOS.")
@click.option("--service-cy", help="The same in Welsh.")
@click.option("--worker", default="worker", show_default=True, help="What its people are called.")
@click.option("--worker-cy", help="The same in Welsh.")
@click.option("--child", help="What one of the people it works with is called; by default as the programme does.")
@click.option("--child-cy", help="The same in Welsh.")
@click.option("--children", help="What several are called.")
@click.option("--children-cy", help="The same in Welsh.")
@click.option("--nation", type=click.Choice(get_args(Nation)), default="england", show_default=True)
@click.option("--year", type=int)
@click.option("--fieldwork", help="When, as the report prints it: February 2012.")
@click.option("--cases", "cases_inspected", type=click.IntRange(min=0), help="Cases inspected.")
@click.option(
    "--open-link/--no-open-link", "open_link_allowed", default=False, help="May anybody answer without a code?"
)
@click.option("--policy", type=click.Choice(get_args(Policy)), default="as_published", show_default=True)
def create(slug: str, **given: Any) -> None:
    """Make the inspection SLUG (leeds-2011)."""
    usual = TODAY if given["programme"] == "today" else BEFORE
    given = usual | {key: value for key, value in given.items() if value is not None}
    names = Names(**{name: _text(name, given.pop(name), given.pop(f"{name}_cy", None)) for name in NAMED})
    with database().transaction() as session:
        made = kept.create(session, NewInspection(slug=slug, names=names, **given))
        audit.record(session, "made_inspection", TERMINAL, inspection_id=made.id, about=made.slug)
    click.echo(f"{made.slug} is made. Next: flask waves plan {made.slug} QUESTIONNAIRE")


def _text(option: str, english: str, welsh: str | None) -> Text:
    if not (welsh := welsh or WELSH.get(english)):
        warning = f"No Welsh is known for {english!r}: Welsh pages will show it in English. Give --{option}-cy."
        click.echo(warning, err=True)
    return Text(en=english, cy=welsh or english)


@inspections.command("list")
def list_all() -> None:
    """Every inspection, with its waves."""
    with database().reading() as session:
        for each in kept.all_of(session):
            there = [wave.questionnaire_id for wave in waves.all_waves(session, each)]
            click.echo(f"{each.slug:<24} {each.name:<24} {each.programme:<6} {', '.join(there) or 'no wave'}")


@inspections.command()
@click.argument("slug")
def show(slug: str) -> None:
    """Everything known of the inspection SLUG."""
    with database().reading() as session:
        found = kept.find(session, slug)
        there = waves.all_waves(session, found)
    facts = {name: getattr(found, name) for name in NewInspection.__dataclass_fields__ if name not in {"names", "note"}}
    facts |= {name: _both(getattr(found.names, name)) for name in NAMED}
    facts["note"] = found.note and found.note.en.strip()
    facts["waves"] = ", ".join(wave.name for wave in there) or None
    for label, value in facts.items():
        click.echo(f"{label.replace('_', ' '):<18} {_shown(value)}")


def _both(text: Text) -> str:
    return f"{text.en} | {text.cy}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-" if value is None else str(value)


COMMANDS = (inspections,)
