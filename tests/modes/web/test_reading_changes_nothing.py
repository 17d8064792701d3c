"""Opening pages, however many and by whomever, writes nothing."""

from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from tests.modes.web.respondent import Respondent
from tests.modes.web.samples import Field

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def bytes_of(field: Field) -> dict[str, bytes]:
    """The database as it lies on the disk: the file and what waits to be written into it."""
    path = Path(str(field.database.url.database))
    return {
        each.name: each.read_bytes() for each in path.parent.glob(f"{path.name}*") if not each.name.endswith("-shm")
    }


def crawled(person: Respondent, *starts: str) -> set[str]:
    """Every address of ours that can be reached from these by opening pages, without leaving for good."""
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        address = waiting.pop()
        if address in seen or address == "/exit":
            continue
        seen.add(address)
        page = person.open(address)
        person.client.head(address)
        found = [urljoin(page.address, link) for link in page.tree.xpath("//a/@href") if not link.startswith("#")]
        waiting += [link for link in found if not urlsplit(link).scheme and not urlsplit(link).netloc]
    return seen


@pytest.mark.req("H8")
def test_a_crawl_of_every_page_leaves_the_database_as_it_was(field: Field, someone: Respondent) -> None:
    code = field.code()
    someone.enter(code)
    someone.press()
    someone.answer("yes")
    stranger, robot = Respondent(field.app), Respondent(field.app, "cy")
    before = bytes_of(field)
    numbered = [f"/question/{number}" for number in range(9)]
    inside = crawled(someone, "/", "/question", "/check", "/sent", "/send", "/nowhere", *numbered)
    crawled(stranger, "/", "/question/2", "/check", "/sent", "/talk/sent")
    crawled(robot, field.open_link, "/l/something", "/l", "/o")
    stranger.client.get("/exit")
    assert bytes_of(field) == before
    assert {"/check", "/talk", "/privacy", "/accessibility", "/question/2?change=yes", "/?language=cy"} <= inside
    assert someone.open("/question/2").filled == ["yes"]


@pytest.mark.req("A8")
def test_fifty_looks_at_a_link_leave_the_database_as_it_was(field: Field) -> None:
    link = field.link()
    before = bytes_of(field)
    for _ in range(25):
        looker = field.app.test_client()
        looker.get(link)
        looker.head(link)
        looker.get(field.open_link)
    assert bytes_of(field) == before
    assert Respondent(field.app).enter_by(link).address == "/question/1"


def test_the_comparison_sees_an_answer(field: Field, someone: Respondent) -> None:
    someone.enter_by(field.open_link)
    someone.press()
    before = bytes_of(field)
    someone.answer("yes")
    assert bytes_of(field) != before
