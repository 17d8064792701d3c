"""Leaving no trace beside the tables: of what was deleted, and of the order in which things came."""

from typing import Any

from sqlalchemy import Engine, delete, insert, select, text
from sqlalchemy.orm import Session

from fieldwork.models.interviews import Visit

# PostgreSQL lays rows down in the order they come, and this lays them in the order of their random keys. It keeps
# writers out meanwhile, so it is left undone where it would take minutes.
IN_ORDER_OF_KEYS = ("responses", "answers", "verbatims")
LARGEST = 512 * 1024 * 1024  # bytes of table; about 100,000 responses


def tidy(engine: Engine) -> None:
    """Overwrite or give back the space of deleted rows; on PostgreSQL put responses out of the order they came in."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            driver: Any = connection.connection.dbapi_connection
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text("VACUUM visits, drafts, draft_answers, cases"))
        for table in IN_ORDER_OF_KEYS:
            if connection.scalar(text(f"SELECT pg_table_size('{table}')")) <= LARGEST:
                connection.execute(text(f"CLUSTER {table} USING pk_{table}"))


def write_sent_visits_anew(session: Session) -> None:
    """Write what is left of sent visits again, all at once and in the order of their hashes.

    PostgreSQL keeps with each row the number of the transaction that wrote it, and Send writes visit and response in
    one. SQLite keeps nothing of the kind.
    """
    if session.get_bind().dialect.name == "sqlite":
        return
    visits = Visit.__table__
    sent = select(visits).where(visits.c.state == "sent").order_by(visits.c.token_hash).with_for_update()
    if rows := [dict(row) for row in session.execute(sent).mappings()]:
        session.execute(delete(Visit).where(Visit.id.in_([row["id"] for row in rows])))
        session.execute(insert(Visit), rows)
