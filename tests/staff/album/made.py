"""What the office itself made: accounts, jobs in every state, a snapshot."""

from typing import NoReturn
from uuid import UUID

from fieldwork import job_runs, jobs, waves
from fieldwork.faults import Refused
from fieldwork.job_runs import Made, Work
from fieldwork.jobs import File
from fieldwork.keeping import closing
from fieldwork.office import people
from fieldwork.office.audit import TERMINAL
from staff.sign_in.security import first_password_link
from tests.staff.album.world import World
from tests.staff.album.written import released
from tests.staff.perspective.reported import frozen

NEWCOMER, NEWCOMER_NAME = "carys@example.org", "Carys New"
FILE = "ynys-mon-2026-draft-1-en.docx"


def newcomer(world: World) -> UUID:
    """Somebody who has an account and no password yet."""
    with world.working() as session:
        return people.add(session, NEWCOMER, NEWCOMER_NAME, TERMINAL, world.now.date()).id


def inspector(world: World) -> UUID:
    """An inspector."""
    return world.room.member("inspector").id


def token(world: World) -> str:
    """The secret of a newcomer's link for a first password."""
    world.thing(newcomer)
    office = world.room.office
    with world.room.database.reading() as session, office.test_request_context():
        link = first_password_link(office, people.find(session, NEWCOMER), world.room.database)
    return link.rpartition("/")[2]


def _asked(world: World, kind: str = "export") -> UUID:
    with world.working() as session:
        where = world.inspection(session).id
        return jobs.ask(session, kind, {}, world.who("inspector"), where, now=world.now).id


def running(world: World) -> UUID:
    """A job that is under way."""
    job_id = _asked(world, "freeze")
    with world.working() as session:
        held = jobs.claim(session, job_id, world.now)
        assert held
        jobs.renew(session, held, 3, 7, world.now)
    return job_id


def failed(world: World) -> UUID:
    """A job that did not work."""

    def refuse(_: Work) -> NoReturn:
        raise Refused("Snapshot 1", "is not what was frozen.", "Freeze the figures anew.")

    return _run(world, refuse)


def done(world: World) -> UUID:
    """A job whose file is there."""
    return _run(world, lambda _: Made(f"{FILE}: 38 kB.", File(FILE, "application/octet-stream", b"1")))


def _run(world: World, work: job_runs.Run) -> UUID:
    job_id = _asked(world)
    job_runs.run(world.room.database, {"export": work}, job_id)
    return job_id


def fieldwork_is_over(world: World) -> None:
    """All waves closed: the section is exact, with a quotation after its bullets."""
    world.thing(released)
    with world.working() as session:
        for wave in waves.all_waves(session, world.inspection(session)):
            closing.close_wave(session, wave, today=world.now.date(), keys=world.keys)


def snapshot(world: World) -> int:
    """The first snapshot, frozen by an inspector."""
    world.thing(fieldwork_is_over)
    frozen(world.room)
    return 1
