"""The texts of all phones, in memory: the oldest go when there are too many."""

import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from telephone.texts import FINAL, Text, Told

MOST_TEXTS = 100_000
MOST_TOLD = 12


class NotThere(LookupError):
    """There is no text of that name."""


class NotFinal(Exception):
    """The network is not done with the text."""


class Store:
    """Texts by name and by phone. Threads may share it; what it hands out does not change any more."""

    def __init__(self, now: Callable[[], datetime], most: int = MOST_TEXTS) -> None:
        self._now = now
        self._most = most
        self._texts: dict[str, Text] = {}
        self._names: dict[str, dict[str, None]] = {}  # of each phone's texts, the oldest first
        self._place = 0
        self._happened = 0
        self._latest: dict[str, int] = {}  # of each phone, the last thing that happened
        self._changed = threading.Condition()

    def add(self, **fields: Any) -> Text:
        """Keep a new text; its name, place and times are made here."""
        now = self._now()
        prefix = "MM" if fields.get("media") else "SM"
        with self._changed:
            self._place += 1
            times = {"created": now, "updated": now}
            text = Text(
                **{"on_the_phone": fields["body"]} | fields | times, sid=prefix + uuid.uuid4().hex, place=self._place
            )
            self._texts[text.sid] = text
            self._names.setdefault(text.number, {})[text.sid] = None
            while len(self._texts) > self._most:
                self._forget(next(iter(self._texts)))
            self._tell(text)
        return text

    def get(self, sid: str) -> Text:
        """The text of that name.

        Raises:
            NotThere: it was deleted, forgotten or never there.
        """
        try:
            return self._texts[sid]
        except KeyError:
            raise NotThere(sid) from None

    def change(self, sid: str, **fields: Any) -> Text | None:
        """The text with these fields replaced; none where it is gone meanwhile."""
        with self._changed:
            if sid not in self._texts:
                return None
            return self._put(replace(self._texts[sid], updated=self._now(), **fields))

    def note(self, sid: str, told: Told) -> None:
        """Remember what our service was told about the text."""
        with self._changed:
            if sid in self._texts:
                text = self._texts[sid]
                self._put(replace(text, told=(*text.told, told)[-MOST_TOLD:]))

    def blank(self, sid: str) -> Text:
        """The text without its words, which only the phone still has.

        Raises:
            NotThere: it is gone.
            NotFinal: its words may still be needed.
        """
        with self._changed:
            self._finished(sid)
            return self._put(replace(self._texts[sid], body="", updated=self._now()))

    def delete(self, sid: str) -> None:
        """Forget the text.

        Raises:
            NotThere: it is gone already.
            NotFinal: the network is not done with it.
        """
        with self._changed:
            self._finished(sid)
            text = self._texts[sid]
            self._forget(sid)
            if text.number in self._names:
                self._tell(text)

    def thread(self, number: str) -> list[Text]:
        """Every text from and to a phone, the oldest first."""
        with self._changed:
            return [self._texts[sid] for sid in self._names.get(number, ())]

    def numbers(self) -> list[str]:
        """Every phone that has a text, the one with the latest first."""
        with self._changed:
            latest = {number: next(reversed(names)) for number, names in self._names.items()}
            return sorted(latest, key=lambda number: -self._texts[latest[number]].place)

    def changes(self, number: str) -> int:
        """A number that grows whenever something happens to a phone's texts; 0 where nothing has."""
        return self._latest.get(number, 0)

    def all_texts(self) -> list[Text]:
        """Every text, the latest first."""
        with self._changed:
            return list(reversed(self._texts.values()))

    def wait(self, happened: Callable[[], bool], seconds: float) -> bool:
        """Whether that happened, waiting for it for so long at most; asked again whenever a text changes."""
        with self._changed:
            return self._changed.wait_for(happened, seconds)

    def _finished(self, sid: str) -> None:
        if sid not in self._texts:
            raise NotThere(sid)
        if self._texts[sid].status not in FINAL:
            raise NotFinal(sid)

    def _put(self, text: Text) -> Text:
        self._texts[text.sid] = text
        self._tell(text)
        return text

    def _tell(self, text: Text) -> None:
        self._happened += 1
        self._latest[text.number] = self._happened
        self._changed.notify_all()

    def _forget(self, sid: str) -> None:
        text = self._texts.pop(sid)
        names = self._names[text.number]
        del names[sid]
        if not names:
            del self._names[text.number]
            self._latest.pop(text.number, None)
