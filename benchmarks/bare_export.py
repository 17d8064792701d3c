"""The bare export to measure beside: one statement, `csv`, and nothing kept in memory but the row at hand.

python -m benchmarks.bare_export DATABASE WAVE_KEY > FILE
"""

import csv
import sqlite3
import sys
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

ALL_THAT_WAS_SAID = """
SELECT a.response_id, a.question_id, a.code || coalesce(a.number, '')
  FROM answers a JOIN responses r ON r.id = a.response_id WHERE r.wave_id = :wave
UNION ALL
SELECT v.response_id, v.question_id, v.text
  FROM verbatims v JOIN responses r ON r.id = v.response_id WHERE r.wave_id = :wave
ORDER BY 1"""
QUESTIONS = """
WITH some AS (SELECT id FROM responses WHERE wave_id = :wave LIMIT 1000)
SELECT question_id FROM answers WHERE response_id IN some
UNION
SELECT question_id FROM verbatims WHERE response_id IN some"""


def rows(database: sqlite3.Connection, wave: str) -> Iterator[list[str]]:
    """The header and a row for each response."""
    header = [question for (question,) in database.execute(QUESTIONS, {"wave": wave})]
    yield header
    place = {question: number for number, question in enumerate(header)}
    for _, said in groupby(database.execute(ALL_THAT_WAS_SAID, {"wave": wave}), key=itemgetter(0)):
        cells = [""] * len(header)
        for _, question, what in said:
            at = place[question]
            cells[at] = f"{cells[at]};{what}" if cells[at] else what
        yield cells


if __name__ == "__main__":
    csv.writer(sys.stdout).writerows(rows(sqlite3.connect(sys.argv[1]), sys.argv[2]))
