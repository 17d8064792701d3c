"""Databases with very many responses, made once and kept in the machine's folder for temporary files.

Every response has a random key, so those of one wave lie scattered among all others, as after years of fieldwork.
"""

import random
import tempfile
import time
import zlib
from pathlib import Path
from typing import assert_never
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.orm import Session

from benchmarks.our_side import NAMES, address
from benchmarks.servers import ROOT
from fieldwork import waves
from fieldwork.database import Database
from fieldwork.inspections import NewInspection, create
from fieldwork.models.responses import StoredAnswer, StoredResponse, StoredVerbatim
from fieldwork.returns.answer_rows import Rows
from surveys.answers import Answer, Chosen, Number, Verbatim
from surveys.interview import Interview
from surveys.loading import definition
from surveys.questionnaire import MultipleChoice, OpenEnded, Question, Scale, SingleChoice

KEPT_IN = Path(tempfile.gettempdir()) / "perspective-benchmarks"
QUESTIONNAIRE = "children-2012"
IN_A_BIG_WAVE = 100_000
IN_THE_SMALL_WAVE = 100
SMALL = f"small/{QUESTIONNAIRE}"
BIG = f"big-1/{QUESTIONNAIRE}"
SAYINGS = 2_000
AT_ONCE = 5_000
NOTHING_SAID = 0.1

HEAD = {"mode": "web", "language": "en", "month": "2012-02"}


def database_with(number: int) -> Path:
    """The file of a database with that many responses in waves of 100,000, and one wave of 100 more."""
    file = KEPT_IN / f"{number}-{_made_from():08x}.sqlite3"
    if not file.exists():
        KEPT_IN.mkdir(exist_ok=True)
        began, unfinished = time.perf_counter(), file.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        _fill(unfinished, _waves(unfinished, number // IN_A_BIG_WAVE), number)
        unfinished.rename(file)
        print(f"Made {file} in {time.perf_counter() - began:.0f} s.")
    return file


def _made_from() -> int:
    """A number that changes with the tables and with what can be answered; a new wording needs no new database."""
    migrations = sorted((ROOT / "fieldwork/migrations/versions").glob("*.py"))
    answers = [_allowed(question) for question in definition(QUESTIONNAIRE).questions]
    return zlib.crc32(repr([*(each.read_text() for each in migrations), answers]).encode())


def _allowed(question: Question) -> tuple[object, ...]:
    codes = (each.code for each in getattr(question, "categories", ()))
    return question.id, question.type, question.ask_if, *codes


def _waves(file: Path, big: int) -> list[UUID]:
    """The keys of the new waves, the small one first."""
    database = Database(address(file))
    database.upgrade()
    with database.transaction() as work:
        keys = [_wave(work, slug) for slug in ("small", *(f"big-{place}" for place in range(1, big + 1)))]
    database.engine.dispose()
    return keys


def _wave(work: Session, slug: str) -> UUID:
    inspection = create(work, NewInspection(slug=slug, name="Leeds", programme="cci", names=NAMES))
    return waves.open_wave(work, inspection, definition(QUESTIONNAIRE), invited=IN_A_BIG_WAVE).id


def _fill(file: Path, keys: list[UUID], number: int) -> None:
    """Put in the responses in the order of their keys, which is the order they lie in."""
    chance = random.Random(number)  # noqa: S311 - the same answers each time are wanted
    said = [_answers(chance) for _ in range(SAYINGS)]
    belong = [keys[0]] * IN_THE_SMALL_WAVE + [keys[1 + place % (len(keys) - 1)] for place in range(number)]
    chance.shuffle(belong)
    both = list(zip(sorted(uuid4() for _ in belong), belong, strict=True))
    database = Database(address(file))
    for first in range(0, len(both), AT_ONCE):
        some, rows = both[first : first + AT_ONCE], Rows([], [])
        heads = [{"id": key, "wave_id": wave, **HEAD} for key, wave in some]
        for key, _ in some:
            rows.put(key, chance.choice(said))
        with database.transaction() as work:
            for table, batch in (
                (StoredResponse, heads),
                (StoredAnswer, rows.answers),
                (StoredVerbatim, rows.verbatims),
            ):
                work.connection().execute(insert(table), batch)
    database.engine.dispose()


def _answers(chance: random.Random) -> dict[str, Answer]:
    """The answers of somebody who is asked what the route asks, and leaves out one question in ten."""
    interview = Interview(definition(QUESTIONNAIRE))
    for question in interview.questionnaire.questions:
        if question in interview.route and chance.random() > NOTHING_SAID:
            interview = interview.keep(question.id, _answer(question, chance))
    return interview.finished()


def _answer(question: Question, chance: random.Random) -> Answer:
    match question:
        case SingleChoice():
            return Chosen((chance.choice(question.categories).code,))
        case MultipleChoice():
            together = [each.code for each in question.categories if not each.exclusive]
            return Chosen(tuple(sorted(chance.sample(together, chance.randint(1, 4)), key=together.index)))
        case Scale():
            return Number(chance.randint(question.minimum, question.maximum))
        case OpenEnded():
            return Verbatim(f"They helped me with {chance.randint(1, 10**6)} things.")
        case _:
            assert_never(question)
