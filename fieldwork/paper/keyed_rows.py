"""What is keyed of booklets, as rows: read, put in the place of what was there, and deleted."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, delete, insert, select
from sqlalchemy.orm import Session

from fieldwork.entry import answer_json
from fieldwork.models.inspections import Wave
from fieldwork.models.paper import Booklet, KeyedAnswer, Keying
from fieldwork.retention_table import kept
from surveys.answers import Answer

Answers = Mapping[str, Answer]
KEYING_DAYS = kept("keyings").days


def keyings_of(booklet_id: UUID) -> Select[Keying]:
    """The keyings of a booklet, the first one first."""
    return select(Keying).where(Keying.booklet_id == booklet_id).order_by(Keying.turn)


def answers_of(session: Session, booklet_id: UUID, turn: int) -> dict[str, Answer]:
    """What was keyed in that turn."""
    wanted = select(KeyedAnswer.question_id, KeyedAnswer.answer)
    rows = session.execute(wanted.where(KeyedAnswer.booklet_id == booklet_id, KeyedAnswer.turn == turn))
    return {question_id: answer_json.read(answer) for question_id, answer in rows}


def put_answers(session: Session, booklet_id: UUID, turn: int, answers: Answers) -> None:
    """Keep these answers of that turn, and no others."""
    _delete_answers(session, booklet_id, turn)
    place = {"booklet_id": booklet_id, "turn": turn}
    if rows := [{**place, "question_id": id_, "answer": answer_json.written(each)} for id_, each in answers.items()]:
        session.execute(insert(KeyedAnswer), rows)


def delete_booklet(session: Session, booklet: Booklet) -> None:
    """Delete all that was keyed of it, and its serial."""
    session.flush()
    for turn in (1, 2):
        delete_keying(session, booklet.id, turn)
    session.execute(delete(Booklet).where(Booklet.id == booklet.id), execution_options={"synchronize_session": False})


def delete_keying(session: Session, booklet_id: UUID, turn: int) -> None:
    """Delete what was keyed in that turn."""
    _delete_answers(session, booklet_id, turn)
    which = delete(Keying).where(Keying.booklet_id == booklet_id, Keying.turn == turn)
    session.execute(which, execution_options={"synchronize_session": False})


def forget_unfinished(session: Session, today: date) -> int:
    """Delete what was keyed in part, or not settled, of waves that closed long ago; of how many booklets."""
    closed = select(Wave.id).where(Wave.closed < today - timedelta(days=KEYING_DAYS))
    old = session.scalars(select(Booklet).where(Booklet.wave_id.in_(closed))).all()
    for booklet in old:
        delete_booklet(session, booklet)
    return len(old)


def _delete_answers(session: Session, booklet_id: UUID, turn: int) -> None:
    which = delete(KeyedAnswer).where(KeyedAnswer.booklet_id == booklet_id, KeyedAnswer.turn == turn)
    session.execute(which, execution_options={"synchronize_session": False})
