"""The application: settings, database, doors, office, commands. The only file that knows everybody."""

import base64
import os

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from config.settings import Settings, SettingsError
from demonstration import commands as demonstration
from fieldwork.database import Database
from fieldwork.faults import WrongDatabase
from fieldwork.mail import mailer_for
from fieldwork.sealing import Keys
from fieldwork.texting.permission import Terms
from modes.hardening import harden, wrap
from modes.sms import checks as text_checks
from modes.sms import conversing, webhook
from modes.sms.commands import contacts, texts
from modes.sms.foretelling import Texts
from modes.web import routes as web
from modes.web.helplines import helplines
from staff import office
from staff.commands import (
    audit,
    codes,
    comments,
    concerns,
    inspections,
    jobs,
    notices,
    paper,
    people,
    questionnaires,
    responses,
    retention,
    waves,
)
from staff.commands import database as database_commands
from staff.commands import perspective as perspective_commands
from staff.jobs.hurrying import Queue
from surveys.screening.screen import screened
from telephone import commands as telephone

COMMANDS = tuple(
    command
    for room in (
        database_commands,
        questionnaires,
        inspections,
        waves,
        codes,
        responses,
        retention,
        concerns,
        comments,
        notices,
        contacts,
        texts,
        perspective_commands,
        paper,
        people,
        audit,
        jobs,
        demonstration,
    )
    for command in room.COMMANDS
)


def create_app(settings: Settings | None = None) -> Flask:
    """The Flask application, ready to serve or to run a command.

    Raises:
        SettingsError: the environment lacks a setting or has a wrong one.
        WrongDatabase: the database's URL is not one of a database we know.
    """
    settings = settings or Settings.from_env(os.environ)
    app = Flask(__name__, static_folder=None)  # files are served in modes/hardening.py
    app.secret_key = settings.secret_key
    app.extensions.update(
        settings=settings,
        database=Database(settings.database_url),
        pepper=settings.code_pepper.encode(),
        keys=_keys(settings),
        questionnaire_checks=(text_checks.problems_in,),
        helplines_checked=lambda: helplines().last_checked,
        texting=_texting(settings),
    )
    harden(app, settings)
    app.register_blueprint(web.blueprint)
    for command in telephone.COMMANDS:
        texts.texts.add_command(command)
    webhook.let_in(app, settings.public_url)
    for command in COMMANDS:
        app.cli.add_command(command)
    _open_office(app, settings)
    wrap(app, behind_proxy=settings.behind_proxy)
    return app


def _open_office(app: Flask, settings: Settings) -> None:
    """Put the office beside the respondents' pages: an application of its own, with a cookie of its own."""
    beside = Flask(__name__, static_folder=None)
    beside.secret_key = app.secret_key
    queue = Queue(settings.queue_url, settings.secret_key)
    beside.extensions.update(app.extensions, mailer=mailer_for(settings.mail_url), jobs=queue)
    harden(beside, settings, cookie="office")
    office.furnish(beside)
    app.extensions["office"] = beside
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {office.PLACE: beside.wsgi_app})  # type: ignore[method-assign]  # as Werkzeug's documentation mounts one


def _texting(settings: Settings) -> Texts | None:
    """What texts people, for the office; none where nobody is texted."""
    keys = _keys(settings)
    return Texts(Terms(keys, settings.practice_telephone, settings.pence_per_part)) if keys else None


def _keys(settings: Settings) -> Keys | None:
    """What seals contacts and texts; none where nobody is texted."""
    if settings.contact_key is None or settings.suppression_key is None:
        return None
    before = settings.contact_key_before and base64.b64decode(settings.contact_key_before)
    return Keys(base64.b64decode(settings.contact_key), before or None, base64.b64decode(settings.suppression_key))


def serve() -> Flask:
    """The application for a web server, once its database is known to be ours, whole, up to date and durable.

    Nothing is open in it, so that it may be copied: two processes that share a connection damage the database.

    Raises:
        SystemExit: a setting is wrong, or the database is; the message says what to do.
    """
    try:
        app = create_app()
        app.extensions["database"].check()
    except (SettingsError, WrongDatabase) as fault:
        raise SystemExit(str(fault)) from None
    app.extensions["database"].engine.dispose()
    screened("")  # reads the word lists: it takes a second, for which nobody who sends should have to wait
    if app.extensions["settings"].texts:
        conversing.make_ready()
    return app
