"""What the tests of this room share: answers to report on."""

from uuid import UUID

from fieldwork import inspections, waves
from fieldwork.job_runs import Outcome
from fieldwork.keeping import closing
from fieldwork.returns import responses
from surveys.loading import definition
from tests.modes.web.respondent import Seen
from tests.reports.made_up import drawn
from tests.staff.desks import Desk, OfficeRoom
from tests.staff.jobs.worked import worked

ASKED = ("children-2012", "victims-2009")


def answered(office: OfficeRoom, people: int = 22, *, closed: bool = True) -> None:
    """Put the wave that no report can be made of away, and two with so many answers each in its place."""
    with office.database.transaction() as session:
        session.delete(waves.find_wave(session, f"{office.slug}/{office.wave}"))
        for questionnaire in map(definition, ASKED):
            wave = waves.open_wave(session, inspections.find(session, office.slug), questionnaire)
            responses.store(session, wave.id, drawn(questionnaire, people, 1))
            if closed:
                closing.close_wave(session, wave)


def more(office: OfficeRoom, people: int = 5) -> None:
    """More children answer."""
    questionnaire = definition("children-2012")
    with office.database.transaction() as session:
        wave = waves.find_wave(session, f"{office.slug}/{questionnaire.id}")
        responses.store(session, wave.id, drawn(questionnaire, people, 2))


def place(office: OfficeRoom, *parts: str | int | UUID) -> str:
    """An address in the inspection."""
    return "/".join(["/inspections", office.slug, *map(str, parts)])


def frozen(office: OfficeRoom, person: str = "inspector") -> Desk:
    """Somebody who has frozen the figures."""
    desk = office.desk(person)
    assert desk.post(place(office, "snapshots")).status_code == 303
    assert worked(office) == [Outcome.DONE]
    return desk


def asked_for_file(office: OfficeRoom, desk: Desk, number: int, form: str, language: str = "en") -> str:
    """The address of the job that makes this file."""
    reply = desk.post(place(office, "snapshots", number, "export"), form=form, language=language)
    assert reply.status_code == 303, reply.text
    return str(reply.location)


def exported(office: OfficeRoom, desk: Desk, number: int, form: str, language: str = "en") -> bytes:
    """The file, as it is downloaded."""
    job = asked_for_file(office, desk, number, form, language)
    assert worked(office) == [Outcome.DONE]
    reply = desk.post(f"{job}/file")
    assert reply.status_code == 200, reply.text
    return bytes(reply.data)


def rows(page: Seen, number: int = 0) -> list[list[str]]:
    """The rows below the head of a table of the page."""
    table = page.tree.xpath("//table")[number]
    return [[" ".join(cell.text_content().split()) for cell in row] for row in table.find("tbody")]
