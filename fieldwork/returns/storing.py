"""Putting finished interviews in as responses: each under a random key of its own."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.orm import Session

from fieldwork.models.responses import StoredAnswer, StoredResponse, StoredVerbatim
from fieldwork.returns import answer_rows
from surveys.interview import Response


def put_in(session: Session, wave_id: UUID, responses: Sequence[Response]) -> list[UUID]:
    """The ids under which these responses are now kept."""
    ids = [uuid4() for _ in responses]
    heads = [
        {"id": id_, "wave_id": wave_id, "mode": each.mode, "language": each.language, "month": each.month}
        for id_, each in zip(ids, responses, strict=True)
    ]
    rows = answer_rows.Rows([], [])
    for id_, response in zip(ids, responses, strict=True):
        rows.put(id_, response.answers)
    connection = session.connection()
    for table, batch in ((StoredResponse, heads), (StoredAnswer, rows.answers), (StoredVerbatim, rows.verbatims)):
        if batch:
            connection.execute(insert(table), batch)
    return ids
