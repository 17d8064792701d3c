"""`flask texts start`, `stop`, `status`, `waiting`, `release`, `doctor`, `work`: sending, and what became of it."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask import current_app
from flask.cli import with_appcontext

from fieldwork import waves
from fieldwork.faults import Refused
from fieldwork.models.inspections import Wave
from fieldwork.texting import conversations, held_texts, text_plans, traffic
from fieldwork.texting.dispositions import DISPOSITIONS
from fieldwork.texting.held_texts import ForAPerson
from fieldwork.texting.permission import Terms
from fieldwork.texting.undelivered import reason
from modes.sms.inviting import ToInvite, invite, moments_for, to_invite
from staff.commands.plain import database, keys, plural

LONDON = ZoneInfo("Europe/London")
AT_ONCE = 100  # invitations in one transaction: others write meanwhile

STANDS = {
    "waiting": "waiting for their time",
    "claimed": "being handed over",
    "posting": "being handed over",
    "accepted": "with the provider",
    "sent": "with the network",
    "delivered": "delivered",
    "undelivered": "not delivered",
    "failed": "not delivered",
    "unsure": "nobody knows whether they went: flask texts waiting",
    "held": "held for a person: flask texts waiting",
    "dropped": "not sent, because they were no longer wanted",
}


@click.command()
@click.argument("wave")
@click.option("--people", type=click.IntRange(min=1), required=True, help="How many will be texted: type the number.")
@click.option("--budget", type=click.FloatRange(min=0), required=True, help="Pounds that all texts may cost together.")
@click.option(
    "--count-partial", is_flag=True, help="Count the answers of those who stop half way, when the wave closes."
)
@with_appcontext
def start(wave: str, people: int, budget: float, count_partial: bool) -> None:  # noqa: FBT001 - click hands options over by name
    """Invite everybody of WAVE who was not invited yet. How many has to be typed: nobody is texted by mistake."""
    found, terms, now = database(), _terms(), _now()
    with found.transaction() as session:
        there = waves.find_wave(session, wave)
        invited = to_invite(session, there, terms, now)
        _refuse_unless(there, invited, people, budget, terms)
        text_plans.start(session, there, round(budget * 100), now.date(), partial_counts=count_partial)
    moments = moments_for(people, there, terms, now)
    count, pairs = 0, iter(zip(invited.people, moments, strict=True))
    while some := list(islice(pairs, AT_ONCE)):
        with found.transaction() as session:
            count += invite(session, there, [each for each, _ in some], [moment for _, moment in some], terms, now)
    first, last = (moment.astimezone(LONDON) for moment in (moments[0], moments[-1]))
    click.echo(f"{plural(count, 'person', 'people')} will be invited, {first:%A %H:%M} to {last:%A %H:%M}.")
    click.echo(
        f"They cost {invited.cost.pounds(terms.pence_per_part)} of £{budget:,.2f}. See flask texts status {wave}."
    )


def _refuse_unless(wave: Wave, invited: ToInvite, people: int, budget: float, terms: Terms) -> None:
    """Return in silence if so many people are to be invited, and the budget has room for it.

    Raises:
        Refused: it is not so.
    """
    count = len(invited.people)
    if count != people:
        left_out = "".join(f" {words}" for words in _left_out(invited))
        fault = f"{plural(count, 'person', 'people')} would be invited, not {people:,}.{left_out}"
        raise Refused(wave.name, fault, "Look at flask contacts list, and type the number of people you mean.")
    price = invited.cost.parts * terms.pence_per_part / 100
    if price > budget:
        fault = f"the invitations alone cost £{price:,.2f}, and the budget is £{budget:,.2f}."
        raise Refused(wave.name, fault, "flask contacts check says what whole conversations cost.")


def _left_out(invited: ToInvite) -> Iterator[str]:
    if invited.asked_not_to:
        yield f"{plural(invited.asked_not_to, 'number')} asked not to be texted."
    if invited.confirmed_too_long_ago:
        yield f"{plural(invited.confirmed_too_long_ago, 'number')} must be confirmed again: that was over 3 months ago."


@click.command()
@click.argument("wave")
@with_appcontext
def stop(wave: str) -> None:
    """Hand no more texts over for WAVE, but for helping texts. Start it again with flask texts start."""
    with database().transaction() as session:
        text_plans.stop(session, waves.find_wave(session, wave))
    click.echo(f"{wave} sends no more texts. What waits goes when it is started again; after a day a person is asked.")


@click.command("go-on")
@click.argument("wave")
@click.option("--budget", type=click.FloatRange(min=0), required=True, help="Pounds that all texts may cost together.")
@with_appcontext
def go_on(wave: str, budget: float) -> None:
    """Let a WAVE that was stopped, or has spent its budget, go on. Nobody new is invited."""
    with database().transaction() as session:
        there = waves.find_wave(session, wave)
        if text_plans.of_wave(session, there) is None:
            raise Refused(there.name, "has not been started.", "Start it: flask texts start.")
        text_plans.start(session, there, round(budget * 100), _now().date())
    click.echo(f"{wave} goes on, with £{budget:,.2f} in all.")


@click.command()
@click.argument("wave")
@with_appcontext
def status(wave: str) -> None:
    """How the people and the texts of WAVE stand. No person is shown."""
    with database().reading() as session:
        there = waves.find_wave(session, wave)
        answers = conversations.dispositions(session, there)
        texts = traffic.counts(session, there)
        plan = text_plans.of_wave(session, there)
    click.echo("People")
    for state, words in DISPOSITIONS.items():
        if count := answers.get(state, 0):
            click.echo(f"  {count:>5,}  {words}")
    click.echo("Texts of those who have not finished")
    for (carriage, code), count in sorted(
        texts.items(), key=lambda each: (list(STANDS).index(each[0][0]), each[0][1] or 0)
    ):
        because = f": {reason(code)}" if code else ""
        click.echo(f"  {count:>5,}  {STANDS[carriage]}{because}")
    if plan is None:
        click.echo("Not started: no text is sent.")
        return
    spent = plan.parts * _terms().pence_per_part / 100
    stopped = ", STOPPED" if plan.stopped else ""
    click.echo(f"Spent £{spent:,.2f} of £{plan.budget_pence / 100:,.2f} ({plural(plan.parts, 'part')}){stopped}.")


@click.command()
@click.argument("wave", required=False)
@with_appcontext
def waiting(wave: str | None) -> None:
    """Texts that wait for a person, of WAVE or of all: by the last three digits of the number."""
    with database().reading() as session:
        there = waves.find_wave(session, wave) if wave else None
        found = held_texts.held_texts(session, keys(), there)
    for each in found:
        why = reason(each.error_code) if each.error_code else WHY[each.state]
        when = f"{each.written.astimezone(LONDON):%d %b %H:%M}"
        click.echo(f"{when}  {each.wave}  {each.number}  {each.kind:<11}  {each.state:<6}  {why}")
    if not found:
        click.echo("No text waits for a person.")
        return
    click.echo(f"{plural(len(found), 'text')}. To send them after all, or drop them: flask texts release WAVE --help")


WHY = {
    "held": "a day late, or it may have gone before a backup was put back",
    "unsure": "nobody knows whether it went; sent again it may arrive twice",
}


@click.command()
@click.argument("wave")
@click.option("--unsure", is_flag=True, help="Those of which nobody knows, instead of those that are held.")
@click.option("--drop", is_flag=True, help="Drop them, instead of sending them.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def release(wave: str, unsure: bool, drop: bool, yes: bool) -> None:  # noqa: FBT001 - click hands options over by name
    """Send the texts of WAVE that wait for a person, or drop them."""
    which: ForAPerson = "unsure" if unsure else "held"
    found = database()
    with found.reading() as session:
        there = waves.find_wave(session, wave)
        count = sum(each.state == which for each in held_texts.held_texts(session, keys(), there))
    if count and not yes:
        risk = " They may arrive twice." if unsure and not drop else ""
        click.confirm(f"{'Drop' if drop else 'Send'} {plural(count, 'text')} of {wave}?{risk}", abort=True, err=True)
    with found.transaction() as session:
        done = held_texts.drop(session, there, which) if drop else held_texts.release(session, there, which, _now())
    click.echo(f"{plural(done, 'text')} {'dropped' if drop else 'released'}.")


@click.command()
@with_appcontext
def doctor() -> None:
    """Compare the account at the provider with what we need. Nothing is changed."""
    from modes.sms.doctor import NOT_LOOKED_AT, findings  # noqa: PLC0415 - only who talks to the provider loads its library

    found = findings(_provider(), current_app.extensions["settings"].public_url)
    for each in found:
        click.echo(str(each))
    faults = sum(not each.fine for each in found)
    if faults:
        raise click.ClickException(f"{plural(faults, 'thing')} to put right.")
    click.echo(NOT_LOOKED_AT)


@click.command()
@click.option("--workers", type=click.IntRange(1, 32), default=4, show_default=True, help="Texts handed over at once.")
@with_appcontext
def work(workers: int) -> None:
    """Send texts, read what came in, tell of concerns; until it is stopped (Ctrl-C)."""
    from modes.sms.doctor import findings  # noqa: PLC0415 - as above
    from modes.sms.employing import employed  # noqa: PLC0415 - as above

    provider, settings = _provider(), current_app.extensions["settings"]
    try:
        worker = employed(database(), _terms(), provider, current_app.extensions["pepper"], settings, workers)
    except ValueError as wrong:  # a setting
        raise click.ClickException(str(wrong)) from wrong
    for each in findings(provider, settings.public_url):
        if not each.fine:
            click.echo(str(each), err=True)
    click.echo("Texts are sent. Ctrl-C stops, when what is under way is done.", err=True)
    worker.run()


def _provider() -> Any:
    from modes.sms.provider import Provider  # noqa: PLC0415 - as above

    settings = current_app.extensions["settings"]
    if not settings.texts:
        remedy = "Set TWILIO_ACCOUNT_SID and what goes with it, as config/example.env says."
        raise Refused("TWILIO_ACCOUNT_SID", "is not set, so nobody can be texted.", remedy)
    account, token, service = (
        getattr(settings, f"twilio_{name}") for name in ("account_sid", "auth_token", "messaging_service")
    )
    return Provider(account, token, service, settings.twilio_api_url)


def _terms() -> Terms:
    settings = current_app.extensions["settings"]
    return Terms(keys(), practice=settings.practice_telephone, pence_per_part=settings.pence_per_part)


def _now() -> datetime:
    now: datetime = current_app.extensions["clock"]()
    return now


SENDING = (start, stop, go_on, status, waiting, release, doctor, work)
