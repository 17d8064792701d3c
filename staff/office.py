"""The office as an application: its rooms behind their doors, its sign-in, and its pages for when things go wrong."""

from io import BytesIO

from flask import Flask, Request
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from staff import audit, errors, home, people
from staff.comments import codebook as themes
from staff.comments import names, redacting
from staff.comments import pages as comments
from staff.concerns import cover
from staff.concerns import pages as concerns
from staff.concerns.seen import concerns_waiting
from staff.contacts import pages as contacts
from staff.contacts import requests as requests_by_number
from staff.doors import hang
from staff.fieldwork import pages as fieldwork
from staff.inspections import pages as inspections
from staff.jobs import pages as jobs
from staff.paper import pages as paper
from staff.perspective import pages as perspective
from staff.perspective import snapshots
from staff.sign_in import security
from staff.tablets import pages as tablets
from staff.waves import pages as waves
from staff.waves.standing import title_of
from staff.ways_in import pages as ways_in

PLACE = "/office"
ROOMS = (
    home,
    people,
    audit,
    inspections,
    waves,
    contacts,
    requests_by_number,
    concerns,
    cover,
    fieldwork,
    ways_in,
    tablets,
    perspective,
    snapshots,
    jobs,
    paper,
    comments,
    themes,
    redacting,
    names,
)


class InMemory(Request):
    """A request whose files are held in memory, as far as its door lets them in: none of them touches the disk."""

    def _get_file_stream(self, *_: object, **__: object) -> BytesIO:
        return BytesIO()


def furnish(app: Flask) -> None:
    """Make an application that has database, keys and settings, and is hardened, into the office."""
    app.request_class = InMemory
    widgets = PrefixLoader({"govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf")})
    app.jinja_loader = ChoiceLoader([each for each in (app.jinja_loader, widgets) if each])
    WTFormsHelpers(app)
    app.add_template_filter(lambda sentence: {"text": sentence}, "as_item")
    app.add_template_filter(title_of, "as_wave")
    app.add_template_global(concerns_waiting)
    security.guard(app)
    for room in ROOMS:
        hang(app, room.DOORS)
    errors.explain(app)
