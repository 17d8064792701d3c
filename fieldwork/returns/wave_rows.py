"""The rows of a wave's responses as the database has them: all of them, or the next so many."""

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, String, Uuid, bindparam, cast, select
from sqlalchemy.orm import Session

from fieldwork.models.responses import StoredAnswer, StoredResponse, StoredVerbatim

FIRST = UUID(int=0)
LAST = UUID(int=2**128 - 1)
ALL = 2**31 - 1

Row = tuple[Any, ...]


class WaveRows(NamedTuple):
    """Heads (key, mode, language, month), answers (key, question, code, number, silence), verbatims."""

    heads: list[Row]
    answers: list[Row]
    verbatims: list[Row]


# A column that refers to another table has no type of its own before that table is loaded, so `wave` is given one.
# Keys as text, so that neither driver makes a UUID of each row's.
_HEADS = (
    select(cast(StoredResponse.id, String), StoredResponse.mode, StoredResponse.language, StoredResponse.month)
    .where(StoredResponse.wave_id == bindparam("wave", type_=Uuid()), StoredResponse.id > bindparam("after"))
    .order_by(StoredResponse.id)
    .limit(bindparam("most"))
)


Columns = Select[*tuple[Any, ...]]


def _of_wave(wanted: Columns, of: type[StoredAnswer] | type[StoredVerbatim]) -> Columns:
    within = StoredResponse.id.between(bindparam("first"), bindparam("last"))
    here = (StoredResponse.wave_id == bindparam("wave", type_=Uuid()), within)
    return wanted.join(StoredResponse, StoredResponse.id == of.response_id).where(*here)


_ANSWERS = _of_wave(
    select(
        cast(StoredAnswer.response_id, String),
        StoredAnswer.question_id,
        StoredAnswer.code,
        StoredAnswer.number,
        StoredAnswer.silence,
    ),
    StoredAnswer,
)
_VERBATIMS = _of_wave(
    select(
        cast(StoredVerbatim.response_id, String),
        StoredVerbatim.question_id,
        StoredVerbatim.text,
        StoredVerbatim.may_quote,
    ),
    StoredVerbatim,
)


def rows_of_wave(session: Session, wave_id: UUID, after: UUID = FIRST, most: int = ALL) -> WaveRows:
    """The rows of the responses that come next after that key, in the order of their random keys."""
    heads = _fetched(session, _HEADS, {"wave": wave_id, "after": after, "most": most})
    if not heads:
        return WaveRows([], [], [])
    within = {"wave": wave_id, "first": FIRST, "last": LAST}
    if most != ALL:
        within |= {"first": UUID(heads[0][0]), "last": UUID(heads[-1][0])}
    return WaveRows(heads, _fetched(session, _ANSWERS, within), _fetched(session, _VERBATIMS, within))


def _fetched(session: Session, wanted: Columns, values: dict[str, Any]) -> list[Row]:
    """The rows as the driver's own tuples: making SQLAlchemy's of them takes as long as the database does."""
    result = session.connection().execute(wanted, values)
    rows = list(result.cursor.fetchall())
    result.close()
    return rows
