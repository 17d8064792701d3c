"""A topline as text, Markdown, CSV and JSON."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict

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
    head = f"{topline.title} ({topline.questionnaire}, {_answered(topline)})"
    return "\n\n".join([head, *(_block(entry, topline) for entry in topline.entries)]) + "\n"


def _block(entry: Entry, topline: Topline) -> str:
    width = max((len(line.label) for line in entry.lines), default=0)
    rows = [f"  {line.label:<{width}}  {line.count:>6,}  {_note(line, topline):>5}".rstrip() for line in entry.lines]
    silent = [f"  ({words} {people:,})" for words, people in entry.silences]
    spread = [f"  {entry.spread}"] if entry.spread else []
    return "\n".join([f"{entry.question}: {entry.wording}", f"  {_base(entry, topline)}", *rows, *spread, *silent])


def topline_as_markdown(topline: Topline) -> str:
    """The topline with a table a question."""
    blocks = [f"# {escaped(topline.title)}", escaped(_answered(topline))]
    for entry in topline.entries:
        rows = [f"| {escaped(line.label)} | {line.count:,} | {_note(line, topline)} |" for line in entry.lines]
        blocks += [f"## {escaped(entry.wording)}", escaped(f"{entry.question}. {_base(entry, topline)}")]
        blocks += ["\n".join(["| | n | % |", "|---|---:|---:|", *rows])]
        blocks += [escaped(entry.spread)] if entry.spread else []
        blocks += [", ".join(f"{words} {people:,}" for words, people in entry.silences)] if entry.silences else []
    return "\n\n".join(blocks) + "\n"


def topline_as_csv(topline: Topline) -> str:
    """One row a category, and one a reason for silence; `kind` tells which."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    for entry in topline.entries:
        head = (entry.question, entry.wording, entry.base_label, entry.asked, entry.base)
        rows.writerows((*head, *row) for row in _rows(entry))
    return written.getvalue()


def _rows(entry: Entry) -> Iterator[tuple[str | int | None, ...]]:
    for line in entry.lines:
        yield line.code, line.label, line.count, line.percent, line.beyond, int(line.in_base), "answer"
    for words, people in entry.silences:
        yield "", words, people, None, 0, 0, "silence"


def topline_as_json(topline: Topline) -> str:
    """The topline for other programs."""
    return json.dumps(asdict(topline), ensure_ascii=False, indent=2) + "\n"


def _answered(topline: Topline) -> str:
    return _ANSWERED.in_language(topline.language).format(respondents=f"{topline.respondents:,}")


def _base(entry: Entry, topline: Topline) -> str:
    numbers = _ASKED.in_language(topline.language).format(asked=f"{entry.asked:,}", base=f"{entry.base:,}")
    return f"{entry.base_label}: {numbers}"


def _note(line: Line, topline: Topline) -> str:
    if not line.in_base:
        return f"({_NOT_COUNTED.in_language(topline.language)})"
    side = {-1: "<", 0: "", 1: ">"}[line.beyond]
    return "" if line.percent is None else f"{side}{line.percent}%"
