"""From words to paper: tagged PDF (PDF/UA-1, A4), or pictures of its pages. Words are handed over as data.

A template is a Typst file beside the module that uses it. It begins like this, and then has its own paper:

    #import "base.typ": *
    #show: paper.with(words)
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

import typst

BASE = Path(__file__).with_name("base.typ")
PICTURES = Path(__file__).parents[2] / "assets" / "pictures"
MAIN = "main.typ"

_compile: Any = typst.compile  # takes several sources by name, too, which its types do not say
Print = Literal["ordinary", "large"]
POINTS: Mapping[Print, int] = {"ordinary": 12, "large": 18}


def pdf(template: Path, words: Mapping[str, Any], *, size: Print = "ordinary") -> bytes:
    """The paper as a PDF that a screen reader can read.

    `words` is anything that JSON can hold, with at least `title` and `language`. What stands in it is printed as it is:
    nothing of it is taken for a command.
    """
    standards = {"format": "pdf", "pdf_standards": ["ua-1"]}
    return cast("bytes", _compile(_sources(template), sys_inputs=_inputs(words, size), **standards))


def pictures(
    template: Path, words: Mapping[str, Any], *, size: Print = "ordinary", dots_per_inch: int = 60
) -> list[bytes]:
    """The pages as PNG, to look at."""
    inputs = _inputs(words, size)
    drawn: bytes | Sequence[bytes] = _compile(_sources(template), format="png", ppi=dots_per_inch, sys_inputs=inputs)
    return [drawn] if isinstance(drawn, bytes) else list(drawn)


@cache
def picture(name: str) -> str:
    """The drawing of that name, as SVG."""
    return (PICTURES / f"{name}.svg").read_text(encoding="utf-8")


def _sources(template: Path) -> dict[str, bytes]:
    return {MAIN: template.read_bytes(), BASE.name: BASE.read_bytes()}


def _inputs(words: Mapping[str, Any], size: Print) -> dict[str, str]:
    return {"words": json.dumps({**words, "points": POINTS[size]}, ensure_ascii=False)}
