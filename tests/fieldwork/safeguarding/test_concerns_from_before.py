"""Texts and wishes to talk that were kept before there was one list of them are on it after the upgrade."""

from uuid import uuid4

from alembic import command
from sqlalchemy import Connection, text

from fieldwork import upgrading
from fieldwork.database import Database
from tests.fieldwork.concerned import listed, opened
from tests.fieldwork.samples import NOW, open_office


def to(connection: Connection, version: str) -> None:
    config = upgrading.configuration()
    config.attributes["connection"] = connection
    (command.downgrade if version == "0002" else command.upgrade)(config, version)


def test_what_waited_before_waits_now(database: Database) -> None:
    office = open_office(database)
    with database.engine.begin() as connection:
        to(connection, "0002")
        there = {"inspection": office.wave.inspection_id.hex, "wave": office.wave.id.hex, "minute": 1}
        keys = [uuid4().hex for _ in range(3)]
        for key, closed in ((keys[0], None), (keys[1], 2)):
            connection.execute(
                text(
                    "INSERT INTO concerns (id, wave_id, kind, list_version, raised_minute, closed_minute) "
                    "VALUES (:key, :wave, 'words', 'en-1', :minute, :closed)"
                ),
                {**there, "key": key, "closed": closed},
            )
        connection.execute(
            text(
                "INSERT INTO talk_requests (id, inspection_id, name, way_to_reach, words, language, asked_minute) "
                "VALUES (:key, :inspection, 'Sam', 'my aunt', 'Please call.', 'en', :minute)"
            ),
            {**there, "key": keys[2]},
        )
        to(connection, "head")
    assert {(each.id.hex, each.kind, each.state) for each in listed(office, NOW)} == {
        (keys[0], "text", "new"),
        (keys[2], "talk", "new"),
    }
    (over,) = listed(office, NOW, closed=True)
    assert over.id.hex == keys[1]
    assert [(each.step, each.who) for each in opened(office, over.id).steps] == [("closed", "at the terminal")]
