"""A topline as text, Markdown, CSV and JSON."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict

from reports.export.cells import harmless
from reports.rendering.plain import escaped
from reports.topline import Entry, Line, Topline
from surveys.text import Text

_ASKED = Text(en="asked {asked}, base {base}", cy="gofynnwyd i {asked}, sail {base}")
_NOT_COUNTED = Text(en="not counted in the base", cy="heb ei gyfrif yn y sail")
_ANSWERED = Text(en="{respondents} answered", cy="atebodd {respondents}")
COLUMNS = (
    "question",
    "wording",
    "base_label",
    "asked",
    "base",
    "code",
    "label",
    "count",
    "percent",
    "beyond",
    "in_base",
    "kind",
)


def topline_as_text(topline: Topline) -> str:
    """The topline for a terminal: a block a question, counts and percentages in columns."""
    head = f"{topline.title} ({topline.questionnaire}, {answered_in_words(topline)})"
    return "\n\n".join([head, *(_block(entry, topline) for entry in topline.entries)]) + "\n"


def _block(entry: Entry, topline: Topline) -> str:
    width = max((len(line.label) for line in entry.lines), default=0)
    shares = [(line, share_in_words(line, topline)) for line in entry.lines]
    rows = [f"  {line.label:<{width}}  {line.count:>6,}  {share:>5}".rstrip() for line, share in shares]
    silent = [f"  ({words} {people:,})" for words, people in entry.silences]
    spread = [f"  {entry.spread}"] if entry.spread else []
    head = [f"{entry.question}: {entry.wording}", f"  {base_in_words(entry, topline)}"]
    return "\n".join([*head, *rows, *spread, *silent])


def topline_as_markdown(topline: Topline) -> str:
    """The topline with a table a question."""
    blocks = [f"# {escaped(topline.title)}", escaped(answered_in_words(topline))]
    for entry in topline.entries:
        rows = [f"| {escaped(line.label)} | {line.count:,} | {share_in_words(line, topline)} |" for line in entry.lines]
        blocks += [f"## {escaped(entry.wording)}", escaped(f"{entry.question}. {base_in_words(entry, topline)}")]
        blocks += ["\n".join(["| | n | % |", "|---|---:|---:|", *rows])]
        blocks += [escaped(entry.spread)] if entry.spread else []
        blocks += [", ".join(f"{words} {people:,}" for words, people in entry.silences)] if entry.silences else []
    return "\n\n".join(blocks) + "\n"


def topline_as_csv(topline: Topline) -> str:
    """One row a category, and one a reason for silence; `kind` tells which."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in topline_rows(topline))
    return written.getvalue()


def topline_rows(topline: Topline) -> Iterator[tuple[str | int | None, ...]]:
    """The rows below `COLUMNS`."""
    for entry in topline.entries:
        head = (entry.question, entry.wording, entry.base_label, entry.asked, entry.base)
        yield from ((*head, *row) for row in _rows(entry))


def _rows(entry: Entry) -> Iterator[tuple[str | int | None, ...]]:
    for line in entry.lines:
        yield line.code, line.label, line.count, line.percent, line.beyond, int(line.in_base), "answer"
    for words, people in entry.silences:
        yield "", words, people, None, 0, 0, "silence"


def topline_as_json(topline: Topline) -> str:
    """The topline for other programs."""
    return json.dumps(asdict(topline), ensure_ascii=False, indent=2) + "\n"


def answered_in_words(topline: Topline) -> str:
    """How many answered."""
    return _ANSWERED.in_language(topline.language).format(respondents=f"{topline.respondents:,}")


def base_in_words(entry: Entry, topline: Topline) -> str:
    """Who was asked, and how many of them are the base."""
    numbers = _ASKED.in_language(topline.language).format(asked=f"{entry.asked:,}", base=f"{entry.base:,}")
    return f"{entry.base_label}: {numbers}"


def share_in_words(line: Line, topline: Topline) -> str:
    """The percentage as it is printed; empty where there is no base."""
    if not line.in_base:
        return f"({_NOT_COUNTED.in_language(topline.language)})"
    side = {-1: "<", 0: "", 1: ">"}[line.beyond]
    return "" if line.percent is None else f"{side}{line.percent}%"
