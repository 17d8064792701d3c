"""Watching the statements that a database is given, and stopping at one of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from sqlalchemy import Engine, event


class Stopped(Exception):
    """Something went wrong at this very statement."""


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements of the block; beginning and committing are not among them."""
    seen: list[str] = []

    def see(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", see)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", see)


class Tripwire:
    """Does something bad before, or after, the statement of a number."""

    def __init__(self, engine: Engine, place: int) -> None:
        """Count from 0: even places are before a statement, odd ones after it."""
        self.engine, self.place, self.passed = engine, place, 0
        self.tripped = False

    def go_wrong(self) -> None:
        raise Stopped

    def step(self, *_: Any) -> None:
        here, self.passed = self.passed, self.passed + 1
        if here == self.place:
            self.tripped = True
            self.go_wrong()

    def __enter__(self) -> Self:
        for moment in ("before_cursor_execute", "after_cursor_execute"):
            event.listen(self.engine, moment, self.step)
        return self

    def __exit__(self, *_: object) -> None:
        for moment in ("before_cursor_execute", "after_cursor_execute"):
            event.remove(self.engine, moment, self.step)
