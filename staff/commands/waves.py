"""`flask waves`: plan, open, close, close-due, list."""

from datetime import datetime

import click
from flask import current_app

from fieldwork import inspections
from fieldwork import waves as kept
from fieldwork.database import Session
from fieldwork.faults import NotFound, Refused
from fieldwork.hours import LONDON
from fieldwork.keeping import closing
from fieldwork.models.inspections import Inspection, Wave
from fieldwork.office import audit
from fieldwork.office.audit import TERMINAL
from fieldwork.progress import planning, readiness
from fieldwork.progress.planning import Plan
from fieldwork.progress.readiness import House, Task
from fieldwork.returns import responses
from staff.commands.plain import Plain, database, plural
from surveys.loading import NoSuchQuestionnaire, definition
from surveys.problems import BrokenDefinition
from surveys.questionnaire import Questionnaire

DAY = click.DateTime(["%Y-%m-%d"])
invited_option = click.option("--invited", type=click.IntRange(min=0), help="How many people are invited.")


@click.group(cls=Plain)
def waves() -> None:
    """The waves: an inspection's fieldwork with one questionnaire."""


@waves.command("plan")
@click.argument("inspection")
@click.argument("questionnaire")
@click.option("--first-day", type=DAY, help="Like 2027-03-01.")
@click.option("--last-day", type=DAY, help="The last on which answers are taken; then the wave closes by itself.")
@invited_option
def plan_one(
    inspection: str, questionnaire: str, first_day: datetime | None, last_day: datetime | None, invited: int | None
) -> None:
    """Plan a wave, and tell what is missing before it opens. To plan it again changes the plan."""
    asks = _definition(questionnaire)
    meant = Plan(first_day and first_day.date(), last_day and last_day.date(), invited)
    with database().transaction() as session:
        there = inspections.find(session, inspection)
        name = f"{there.slug}/{asks.id}"
        known = {each.questionnaire_id: each.planned for each in planning.undertakings(session, there)}
        planned = known.get(asks.id)
        if planned is None:
            planned = planning.plan(session, there, asks.id, meant)
            audit.record(session, "planned_wave", TERMINAL, inspection_id=there.id, about=name)
        elif planning.replan(session, planned, meant, planned.edition):
            audit.record(session, "changed_plan", TERMINAL, inspection_id=there.id, about=name)
        missing = [task for task in readiness.tasks(session, planned, _house(), _now()) if not task.done]
    click.echo(f"{name} is planned.{_told(missing)}")


def _told(missing: list[Task]) -> str:
    if not missing:
        return " Nothing is missing: flask waves open."
    return "".join(f"\n  {task.what}: {task.missing} {task.remedy}" for task in missing)


@waves.command("open")
@click.argument("inspection")
@click.argument("questionnaire")
@invited_option
@click.option(
    "--without-cover",
    metavar="WHY",
    help="Open it though nobody looks at what people write: for practice and records alone. WHY stands in the audit.",
)
def open_one(inspection: str, questionnaire: str, invited: int | None, without_cover: str | None) -> None:
    """Open a wave: INSPECTION asks QUESTIONNAIRE, as it is today and for good.

    It has been planned, and everything is there that keeps people safe: flask waves plan tells what is missing.
    """
    asks = _definition(questionnaire)
    with database().transaction() as session:
        there = inspections.find(session, inspection)
        if without_cover is not None:
            wave = _opened_without_cover(session, there, asks, invited, without_cover)
        else:
            wave = _opened(session, there, asks, invited)
    click.echo(f"{wave.name} is open. Next: flask codes make {wave.name} NUMBER")


def _opened_without_cover(
    session: Session, there: Inspection, asks: Questionnaire, invited: int | None, why: str
) -> Wave:
    if not why.strip():
        raise Refused("--without-cover", "says no reason.", "Write why, as it shall stand in the audit.")
    wave = kept.open_wave(session, there, asks, invited)
    audit.record(session, "opened_wave", TERMINAL, inspection_id=there.id, about=wave.name, why=why.strip())
    return wave


def _opened(session: Session, there: Inspection, asks: Questionnaire, invited: int | None) -> Wave:
    """The wave, once nothing is missing.

    Raises:
        Refused: something is; or nobody has planned it.
    """
    try:
        found = planning.find(session, there, asks.id)
    except NotFound:
        found = None
    if found and found.wave:
        raise Refused(found.wave.name, "is there already.", "An inspection asks a questionnaire in one wave.")
    if found is None or found.planned is None:
        remedy = "Plan it first: flask waves plan. For practice: flask waves open --without-cover 'practice'."
        raise Refused(f"{there.slug}/{asks.id}", "is not planned.", remedy)
    if invited is not None:
        found.planned.invited = invited
    return readiness.open_planned(session, found.planned, _house(), TERMINAL, _now())


def _definition(questionnaire: str) -> Questionnaire:
    try:
        return definition(questionnaire)
    except (NoSuchQuestionnaire, BrokenDefinition) as error:
        raise click.ClickException(str(error)) from error


@waves.command()
@click.argument("wave")
def close(wave: str) -> None:
    """Close WAVE (leeds-2011/children-2010): its codes and all answers not sent are deleted."""
    found = database()
    with found.transaction() as session:
        held = kept.hold(session, kept.find_wave(session, wave).id)
        if not held.closed:
            closing.close_wave(session, held, keys=current_app.extensions["keys"])
            audit.record(session, "closed_wave", TERMINAL, inspection_id=held.inspection_id, about=held.name)
    found.tidy()
    click.echo(f"{wave} is closed.")


@waves.command("close-due")
def close_due() -> None:
    """Close every wave whose last day is over. The worker does this by itself; here for who has none, every hour."""
    found, today = database(), _now().astimezone(LONDON).date()
    with found.transaction() as session:
        closed = [wave.name for wave in closing.close_due(session, today, current_app.extensions["keys"])]
    if closed:
        found.tidy()
    for name in closed:
        click.echo(f"{name} is closed.")
    click.echo(f"{plural(len(closed), 'wave')} closed.")


@waves.command("list")
@click.argument("inspection", required=False)
def list_all(inspection: str | None) -> None:
    """Every wave, or those of INSPECTION: its dates, how many were invited and how many answered."""
    with database().reading() as session:
        of = inspections.find(session, inspection) if inspection else None
        for wave in kept.all_waves(session, of):
            click.echo(_line(wave, responses.count(session, wave)))


def _line(wave: Wave, answered: int) -> str:
    dates = f"{wave.opened:%d %b %Y} to {f'{wave.closed:%d %b %Y}' if wave.closed else 'now'}"
    invited = "invited not known" if wave.number_invited is None else f"{wave.number_invited:,} invited"
    return f"{wave.name:<40} {dates:<28} {invited}, {plural(answered, 'response')}"


def _house() -> House:
    return House(current_app.extensions["helplines_checked"](), current_app.extensions["questionnaire_checks"])


def _now() -> datetime:
    clock = current_app.extensions.get("clock")
    now: datetime = clock() if clock else datetime.now(LONDON)
    return now


COMMANDS = (waves,)
