"""A transcript: a conversation as it can be read, line by line. README.md says what each line means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

FOLDER = Path(__file__).parent
SETTING = re.compile(r"([a-z][a-z ]*): *(.*)")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
BETWEEN_LINES = " | "


class Misread(Exception):
    """A line of a transcript means nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is (`>`, `<`, `+`, or a word), what follows, and its number in the file."""

    what: str
    words: str
    number: int


@dataclass(frozen=True)
class Transcript:
    """A conversation, and what it is held with."""

    path: Path
    settings: dict[str, str] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()

    @property
    def modes(self) -> tuple[str, ...]:
        """How it is played."""
        return tuple(self.settings.get("modes", "text").split())

    @property
    def replies(self) -> list[str]:
        """What the respondent answers, in order, as any mode can be told it."""
        return [line.words for line in self.lines if line.what == ">"]

    @property
    def answers(self) -> list[str]:
        """What is expected in the end: `explained_offer: yes`."""
        return [line.words for line in self.lines if line.what == "answer"]


def transcripts() -> list[Transcript]:
    """Every transcript there is, by name."""
    return [read(path) for path in sorted(FOLDER.glob("*.txt"))]


def read(path: Path) -> Transcript:
    """The transcript in that file.

    Raises:
        Misread: a line means nothing.
    """
    settings: dict[str, str] = {}
    lines: list[Line] = []
    for number, written in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        said = written.strip()
        if not said or said.startswith("#"):
            continue
        if not lines and (found := SETTING.fullmatch(said)):
            settings[found[1]] = found[2]
        else:
            lines.append(_line(said, number))
    return Transcript(path, settings, tuple(lines))


def _line(said: str, number: int) -> Line:
    if said[0] in "<>+":
        return Line(said[0], said[1:].strip(), number)
    what, _, words = said.partition(" ")
    if not what.isalpha():
        raise Misread(f"line {number}: {said!r}")
    return Line(what, words.strip(), number)


def jump(words: str) -> timedelta:
    """How far the clock goes: `3d`, `45s`."""
    if not (found := re.fullmatch(r"(\d+)([smhd])", words)):
        raise Misread(f"{words!r} is no time")
    return timedelta(**{UNITS[found[2]]: int(found[1])})


def shown(text: str) -> str:
    """A text as a line of a transcript shows it."""
    return text.replace("\n", BETWEEN_LINES)


def is_like(text: str, written: str) -> bool:
    """True if the text is what the line says; `...` stands for any words."""
    pattern = ".*".join(re.escape(part) for part in written.split("..."))
    return re.fullmatch(pattern, shown(text)) is not None


def pairs(lines: tuple[Line, ...]) -> Iterator[tuple[Line, list[Line]]]:
    """Each line that does something, with the texts expected after it."""
    doing: Line | None = None
    expected: list[Line] = []
    for line in lines:
        if line.what == "<" and doing is not None:
            expected.append(line)
            continue
        if doing is not None:
            yield doing, expected
        doing, expected = line, []
    if doing is not None:
        yield doing, expected
