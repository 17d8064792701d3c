"""Leaving no trace beside the tables: of what was deleted, and of the order in which things came."""

from typing import Any

from sqlalchemy import Engine, delete, distinct, func, insert, literal_column, or_, select, text, update
from sqlalchemy.orm import Session

from fieldwork.models.comments import Coding, Comment, Redaction
from fieldwork.models.concerns import CommentConcern, Concern, Matter, Notice
from fieldwork.models.interviews import Visit
from fieldwork.models.responses import SerialMark, StoredAnswer, StoredResponse, StoredVerbatim
from fieldwork.models.texts import COUNTED, Conversation, InboundText, OutboundText

EMPTIED = (
    *("visits", "drafts", "draft_answers", "cases"),
    *("contacts", "contact_uploads", "data_keys", "conversations", "inbound_texts", "outbound_texts", "concerns"),
    *("matters", "comment_concerns", "concern_notices"),
    *("booklets", "keyings", "keyed_answers", "held_sheets"),
    *("job_inputs", "job_results", "shown_sections"),
)

# PostgreSQL lays rows down in the order they come, and this lays them in the order of their random keys. It keeps
# writers out meanwhile, so it is left undone where it would take minutes.
IN_ORDER_OF_KEYS = ("responses", "answers", "verbatims", "comments", "codings", "redactions")
UNWATCHED = {"synchronize_session": False}  # nothing that the session holds changes by it
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
    write_concerns_anew(session)
    write_comments_anew(session)


def write_concerns_anew(session: Session) -> None:
    """Write what waits of comments once more, all at once: Send writes it together with the response."""
    of_comments = select(Matter.id).where(Matter.kind == "comment")
    session.execute(update(Matter).where(Matter.kind == "comment").values(kind=Matter.kind))
    session.execute(update(CommentConcern).values(words=CommentConcern.words))
    session.execute(update(Notice).where(Notice.matter_id.in_(of_comments)).values(tries=Notice.tries))


def write_keyed_responses_anew(session: Session) -> None:
    """Write the responses from paper once more, a wave at a time, with the marks of its serials.

    A booklet's response, the mark of its serial and what the audit says of its keying were written in one transaction.
    """
    if session.get_bind().dialect.name == "sqlite":
        return
    transactions = func.count(distinct(literal_column("xmin::text")))
    on_paper = select(StoredResponse.wave_id).where(StoredResponse.mode == "paper").group_by(StoredResponse.wave_id)
    for wave_id in session.scalars(on_paper.having(transactions > 1)).all():
        keys = select(StoredResponse.id).where(StoredResponse.wave_id == wave_id, StoredResponse.mode == "paper")
        for table, column in ((StoredAnswer, "silence"), (StoredVerbatim, "may_quote")):
            same = {column: getattr(table, column)}
            session.execute(update(table).where(table.response_id.in_(keys)).values(same), execution_options=UNWATCHED)
        of_wave = update(StoredResponse).where(StoredResponse.id.in_(keys)).values(month=StoredResponse.month)
        session.execute(of_wave, execution_options=UNWATCHED)
        marks = update(SerialMark).where(SerialMark.wave_id == wave_id).values(mark=SerialMark.mark)
        session.execute(marks, execution_options=UNWATCHED)


def write_comments_anew(session: Session) -> None:
    """Write what was done with comments once more, all at once: it is written together with an entry of the audit."""
    session.execute(update(Comment).values(source=Comment.source))
    session.execute(update(Coding).values(theme_id=Coding.theme_id))
    session.execute(update(Redaction).values(state=Redaction.state))
