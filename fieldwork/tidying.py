"""Leaving no trace beside the tables: of what was deleted, and of the order in which things came."""

from typing import Any

from sqlalchemy import Engine, delete, insert, or_, select, text, update
from sqlalchemy.orm import Session

from fieldwork.cutting import COUNTED
from fieldwork.models.concerns import Concern
from fieldwork.models.interviews import Visit
from fieldwork.models.texts import Conversation, InboundText, OutboundText

EMPTIED = (
    *("visits", "drafts", "draft_answers", "cases"),
    *("contacts", "data_keys", "conversations", "inbound_texts", "outbound_texts", "concerns"),
)

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
        connection.execute(text(f"VACUUM {', '.join(EMPTIED)}"))
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


def write_ended_conversations_anew(session: Session) -> None:
    """Write conversations whose response is in once more, all at once, with the texts that still lead to them.

    The reason is that of sent visits: the last text and the response were written in one transaction.
    """
    if session.get_bind().dialect.name == "sqlite":
        return
    counted = select(Conversation.id).where(Conversation.state.in_(COUNTED)).order_by(Conversation.id)
    ended = session.scalars(counted.with_for_update()).all()
    session.execute(update(Conversation).where(Conversation.id.in_(ended)).values(state=Conversation.state))
    for texts in (InboundText, OutboundText):
        theirs = or_(texts.conversation_id.in_(ended), texts.conversation_id.is_(None))
        session.execute(update(texts).where(theirs).values(body=texts.body))
    session.execute(update(Concern).where(Concern.conversation_id.in_(ended)).values(words=Concern.words))
