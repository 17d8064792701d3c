"""The application: settings, database, doors, office, commands. The only file that knows everybody."""

import base64
import os

from flask import Flask

from config.settings import Settings
from demonstration import commands as demonstration
from fieldwork.database import Database
from fieldwork.sealing import Keys
from modes.hardening import harden
from modes.sms import checks as text_checks
from modes.sms import webhook
from modes.sms.commands import contacts, texts
from modes.web import routes as web
from staff import perspective
from staff.commands import codes, concerns, inspections, questionnaires, responses, retention, talk, waves
from staff.commands import database as database_commands
from staff.commands import perspective as perspective_commands
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
        talk,
        concerns,
        contacts,
        texts,
        perspective_commands,
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
    app.extensions["settings"] = settings
    app.extensions["database"] = Database(settings.database_url)
    app.extensions["pepper"] = settings.code_pepper.encode()
    app.extensions["keys"] = _keys(settings)
    app.extensions["questionnaire_checks"] = (text_checks.problems_in,)
    harden(app, settings)
    for blueprint in (web.blueprint, perspective.blueprint):
        app.register_blueprint(blueprint)
    for command in telephone.COMMANDS:
        texts.texts.add_command(command)
    webhook.let_in(app, settings.public_url)
    for command in COMMANDS:
        app.cli.add_command(command)
    return app


def _keys(settings: Settings) -> Keys | None:
    """What seals contacts and texts; none where nobody is texted."""
    if settings.contact_key is None or settings.suppression_key is None:
        return None
    before = settings.contact_key_before and base64.b64decode(settings.contact_key_before)
    return Keys(base64.b64decode(settings.contact_key), before or None, base64.b64decode(settings.suppression_key))


def serve() -> Flask:
    """The application for a web server, once its database is known to be ours, whole, up to date and durable.

    Raises:
        WrongDatabase: it is not; the message says what to do.
    """
    app = create_app()
    app.extensions["database"].check()
    if app.extensions["settings"].texts:
        webhook.make_ready()
    return app
