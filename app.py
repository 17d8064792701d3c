"""The application: settings, database, doors, office, commands. The only file that knows everybody."""

import os

from flask import Flask

from config.settings import Settings
from demonstration import commands as demonstration
from fieldwork.database import Database
from modes.hardening import harden
from modes.web import routes as web
from staff import perspective
from staff.commands import codes, inspections, questionnaires, responses, retention, talk, waves
from staff.commands import database as database_commands
from staff.commands import perspective as perspective_commands

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
    harden(app, settings)
    for blueprint in (web.blueprint, perspective.blueprint):
        app.register_blueprint(blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)
    return app


def serve() -> Flask:
    """The application for a web server, once its database is known to be ours, whole, up to date and durable.

    Raises:
        WrongDatabase: it is not; the message says what to do.
    """
    app = create_app()
    app.extensions["database"].check()
    return app
