"""How much the screening finds and how often it is wrong: `python -m tests.surveys.screening.measure` prints it.

The table stands in docs/screening.md; a test holds the page to what is measured here.
"""

import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

from surveys.screening.screen import screened

HERE = Path(__file__).parent
LANGUAGES = ("en", "cy")
ENGLISH_ANSWERS = 780  # in each half of the ordinary answers; Welsh ones follow
HALF = 1000

Phrases = dict[str, tuple[str, ...]]


def by_kind(name: str) -> dict[str, Phrases]:
    """The phrases of one file: by topic or kind, then by language."""
    raw = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    return {kind: {language: tuple(texts[language]) for language in LANGUAGES} for kind, texts in raw.items()}


def phrases(name: str, kinds: Iterable[str] = ()) -> Phrases:
    """The phrases of one file by language, of all its kinds or of those named."""
    told = by_kind(name)
    wanted = tuple(kinds) or tuple(told)
    return {language: tuple(each for kind in wanted for each in told[kind][language]) for language in LANGUAGES}


def ordinary(half: int) -> Phrases:
    """One half of the ordinary answers, 0 or 1, by language."""
    raw = tomllib.loads((HERE / "ordinary.toml").read_text(encoding="utf-8"))
    answers = tuple(raw["answers"][half * HALF : (half + 1) * HALF])
    return {"en": answers[:ENGLISH_ANSWERS], "cy": answers[ENGLISH_ANSWERS:]}


def share(texts: Iterable[str]) -> float:
    """The share of the texts that the screening raises."""
    raised = [screened(text) is not None for text in texts]
    return sum(raised) / len(raised)


def everything(texts: Phrases) -> tuple[str, ...]:
    """The texts of both languages."""
    return tuple(text for each in texts.values() for text in each)


def table() -> str:
    """Every number that the page gives, as two tables."""
    sets = {
        "Phrases the lists were tuned on": phrases("tuned"),
        "Held out": phrases("held_out"),
        "Afterwards, direct": phrases("afterwards", ["direct"]),
        "Afterwards, sideways": phrases("afterwards", ["sideways"]),
        "By another hand, tuned on afterwards": phrases("by_another_hand", ["to_look_at"]),
        "Ordinary answers, tuned on": ordinary(0),
        "Ordinary answers, held out": ordinary(1),
        "Ordinary answers by another hand, tuned on afterwards": phrases("by_another_hand", ["ordinary"]),
    }
    by_topic = {topic: (texts, by_kind("held_out")[topic]) for topic, texts in by_kind("tuned").items()}
    rows = [
        "| | raised | English | Welsh |",
        "|---|---|---|---|",
        *(f"| {name} | {_cell(everything(texts))} | {_cell(texts['en'])} | {_cell(texts['cy'])} |"
          for name, texts in sets.items()),
        "",
        "| topic | tuned on | held out |",
        "|---|---|---|",
        *(f"| {topic.replace('_', ' ')} | {_cell(everything(tuned))} | {_cell(everything(held_out))} |"
          for topic, (tuned, held_out) in by_topic.items()),
    ]  # fmt: skip
    return "\n".join(rows)


def _cell(texts: tuple[str, ...]) -> str:
    return f"{share(texts):.1%} of {len(texts):,}".replace("%", " %")


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
