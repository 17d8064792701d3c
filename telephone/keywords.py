"""Words that the provider acts on itself, as they are to be set up under its Advanced Opt-Out: modes/sms/texts.toml.

Only a text of that one word counts. The provider passes it on to us with its OptOutType and sends the confirmation.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

OptOutType = Literal["STOP", "START", "HELP"]

SET_UP = Path(__file__).parents[1] / "modes/sms/texts.toml"
LINES: dict[OptOutType, str] = {"STOP": "opt_out", "HELP": "help"}  # a START is confirmed by our next text


@dataclass(frozen=True, slots=True)
class Keyword:
    """What one word does."""

    opt_out_type: OptOutType
    confirmation: str | None
    """What the provider answers, in the language of the word."""


def keyword_in(body: str) -> Keyword | None:
    """What the text asks of the provider; none where it is not one of its words."""
    return _keywords().get(body.strip().upper())


@cache
def _keywords() -> dict[str, Keyword]:
    set_up = tomllib.loads(SET_UP.read_text(encoding="utf-8"))
    kinds: tuple[OptOutType, ...] = ("STOP", "START", "HELP")
    return {
        word: Keyword(kind, set_up["lines"][LINES[kind]][language] if kind in LINES else None)
        for kind in kinds
        for language, words in set_up["keywords"][kind.lower()].items()
        for word in words
    }
