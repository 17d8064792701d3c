"""How much a page weighs, and how much work it makes. On a bad connection every kilobyte is a child who gives up."""

import gzip
import re
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from surveys.loading import definition, shipped
from surveys.text import LANGUAGES, Language
from tests.fieldwork.statements import counted
from tests.modes.test_hardening import static
from tests.modes.web.respondent import Respondent
from tests.modes.web.samples import Field, open_field

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FIRST_PAGE = 20_000
LATER_PAGE = 3_000
SERVER_LINES = 100  # what gunicorn adds to a reply: its first line, Server, Date, Connection
GZIP = {"Accept-Encoding": "gzip"}


def on_the_wire(reply: TestResponse) -> int:
    """Bytes of the reply with its headers, as a server would send it."""
    headers = sum(len(name) + len(value) + 4 for name, value in reply.headers)
    return SERVER_LINES + headers + len(reply.data)


def test_the_first_page_with_its_style_and_script_is_light(field: Field) -> None:
    for address in ("/", field.open_link):
        stranger = field.app.test_client()
        page = stranger.get(address, headers=GZIP)
        used = re.findall(r'(?:href|src)="(/static/[^"]+)"', gzip.decompress(page.data).decode())
        replies = [page, *(stranger.get(each, headers=GZIP) for each in used)]
        assert len(replies) <= 4
        assert sum(map(on_the_wire, replies)) <= FIRST_PAGE
        for reply in replies:
            reply.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", shipped())
def test_every_later_question_of_every_questionnaire_is_light(name: str, language: Language, field: Field) -> None:
    wave = open_field(field.app, definition(name), slug="hull")
    person = Respondent(field.app, language)
    person.enter_by(wave.open_link)
    weights = {}
    while person.page.address.startswith("/question"):
        sent = person.send(person.fields(answer=person.page.choices[:1] or "7"), headers=GZIP)
        weights[person.page.address] = on_the_wire(sent) + on_the_wire(person.client.get(sent.location, headers=GZIP))
        person.open(sent.location)
    assert len(weights) >= 3
    weights.pop(max(weights, key=lambda address: int(address.rpartition("/")[2])))  # leads to the check page
    assert {address: weight for address, weight in weights.items() if weight > LATER_PAGE} == {}


def test_an_answered_page_costs_four_statements_however_many_questions_there_are(field: Field) -> None:
    wave = open_field(field.app, definition("children-2012"), slug="hull")
    person = Respondent(field.app)
    person.enter_by(wave.open_link)
    person.answer(*person.page.choices[:1])
    costs = []
    while person.page.address.startswith("/question"):
        with counted(field.database.engine) as made:
            person.answer(*(person.page.choices[:1] or ["7"]))
        costs.append(len(made))
    assert len(costs) > 10
    assert max(costs) <= 4


def test_the_pictures_are_one_file_that_is_fetched_once(field: Field) -> None:
    reply = field.app.test_client().get(static("pictures.svg"), headers=GZIP)
    assert "immutable" in reply.headers["Cache-Control"]
    assert len(reply.data) < 2000
    drawn = set(re.findall(rb'<symbol id="(\w+)"', gzip.decompress(reply.data)))
    assert drawn == {path.stem.encode() for path in (Path(__file__).parents[3] / "assets" / "pictures").glob("*.svg")}
    reply.close()
