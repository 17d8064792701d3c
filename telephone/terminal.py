"""A phone in the terminal: shows what comes as it comes, and sends what is typed."""

import json
import threading
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from telephone.numbers import e164, shown

PATIENCE = 60.0
LONG_POLL = 20.0
HELP = """Type a text and press Enter. Or:
  /twice [TEXT]      it, or the next text, is delivered twice
  /late SECONDS [TEXT]  so late
  /overtaken [TEXT]  after the text that follows it
  /picture [TEXT]    sends a picture
  /landline          this phone reads texts aloud from now on, or no longer does
  /quit"""


class NobodyThere(Exception):
    """No practice telephone is being served."""

    def __init__(self, url: str) -> None:
        """Say how to start one."""
        super().__init__(f"No practice telephone answers at {url}. Start it with ./run, in another terminal.")


class Misunderstood(Exception):
    """What was typed cannot be done; the message says why."""


def converse(base_url: str, number: str, ask: Callable[[], str], say: Callable[[str], None]) -> None:
    """Be the phone of that number until `/quit`, or until `ask` raises EOFError.

    `ask` waits for a line; `say` shows one, from another thread too.

    Raises:
        NobodyThere: nothing serves a practice telephone at that address, or no longer.
        ValueError: the number is no telephone number.
    """
    phone = _Phone(base_url, e164(number))
    listener = _Listener(phone, say)
    listener.look()
    say(f"You are {shown(phone.number)}. /help says what you can do.")
    listener.start()
    how: dict[str, Any] = {}
    try:
        while (line := _asked(ask)) is not None:
            try:
                how = _do(phone, line, how, say)
            except Misunderstood as fault:
                say(f"! {fault}")
    finally:
        listener.stop()


def _asked(ask: Callable[[], str]) -> str | None:
    try:
        line = ask()
    except (EOFError, KeyboardInterrupt):
        return None
    return None if line.strip() == "/quit" else line


def _do(phone: "_Phone", line: str, how: dict[str, Any], say: Callable[[str], None]) -> dict[str, Any]:
    """Do what the line says; comes back with how the next text is to be sent."""
    command, _, rest = line.partition(" ") if line.startswith("/") else ("", "", line)
    if command == "/help":
        say(HELP)
        return how
    if command == "/landline":
        say("This phone reads texts aloud." if phone.turn_landline() else "This phone takes texts.")
        return how
    more, words = _how(command, rest)
    how = how | more
    if not words and "pictures" not in how:
        return how
    phone.write(words, how)
    return {}


def _how(command: str, rest: str) -> tuple[dict[str, Any], str]:
    """How a text is to be sent, and its words where they follow at once."""
    match command:
        case "":
            return {}, rest
        case "/twice":
            return {"copies": 2}, rest
        case "/overtaken":
            return {"held": True}, rest
        case "/picture":
            return {"pictures": 1}, rest
        case "/late":
            seconds, _, words = rest.partition(" ")
            return {"late": _seconds(seconds)}, words
        case _:
            raise Misunderstood(f"There is no {command}. /help says what you can do.")


def _seconds(typed: str) -> float:
    if not typed.replace(".", "", 1).isdecimal():
        raise Misunderstood("Say how many seconds, such as /late 5")
    return float(typed)


class _Phone:
    """One phone of the telephone that is served somewhere else."""

    def __init__(self, base_url: str, number: str) -> None:
        self.url = base_url
        self.number = number
        self._path = f"/phones/{number.replace('+', '%2B')}"

    def texts(self, since: int, wait: float) -> dict[str, Any]:
        found = self._ask("GET", f"{self._path}?since={since}&wait={wait:g}")
        if not isinstance(found, dict) or "since" not in found:
            raise NobodyThere(self.url)  # somebody else's answer
        return found

    def write(self, body: str, how: dict[str, Any]) -> None:
        self._ask("POST", self._path, {"body": body} | how)

    def turn_landline(self) -> bool:
        """Whether it is a landline now."""
        if self.texts(-1, 0)["landline"]:
            self._ask("DELETE", f"/faults?fault=landline&number={self.number.replace('+', '%2B')}")
            return False
        self._ask("POST", "/faults", {"fault": "landline", "number": self.number})
        return True

    def _ask(self, method: str, path: str, sent: Any = None) -> Any:
        there = urlsplit(self.url)
        connection = HTTPConnection(there.hostname or "", there.port or 80, timeout=PATIENCE)
        headers = {"Content-Type": "application/json"} if sent is not None else {}
        try:
            connection.request(method, path, None if sent is None else json.dumps(sent), headers)
            answer = connection.getresponse()
            said = answer.read()
        except (OSError, HTTPException):
            raise NobodyThere(self.url) from None
        finally:
            connection.close()
        try:
            told = json.loads(said) if said else None
        except ValueError:
            raise NobodyThere(self.url) from None  # somebody else's page
        if answer.status >= 400:  # noqa: PLR2004 - HTTP's own classes
            raise Misunderstood(f"The telephone says no: {(told or {}).get('wrong', answer.status)}")
        return told


class _Listener(threading.Thread):
    """Says each text once it has arrived, and what went wrong with those of this phone."""

    def __init__(self, phone: _Phone, say: Callable[[str], None]) -> None:
        super().__init__(daemon=True)
        self._phone = phone
        self._say = say
        self._since = -1
        self._said: set[str] = set()
        self._ended = threading.Event()

    def look(self, wait: float = 0.0) -> None:
        found = self._phone.texts(self._since, wait)
        self._since = found["since"]
        for text in found["texts"]:
            told = f"{text['sid']} {text['trouble']}"
            if text["settled"] and told not in self._said and not self._ended.is_set():
                self._said.add(told)
                self._tell(text)

    def run(self) -> None:
        while not self._ended.is_set():
            try:
                self.look(LONG_POLL)
            except NobodyThere as fault:
                if not self._ended.is_set():
                    self._say(f"! {fault}")
                return

    def stop(self) -> None:
        self._ended.set()

    def _tell(self, text: dict[str, Any]) -> None:
        if text["ours"] and not text["trouble"]:
            return  # it stands on the screen already, as it was typed
        who = "You " if text["ours"] else "They"
        if not (text["ours"] or text["trouble"].startswith("Not ")):
            self._say("\n".join(f"{text['at']}  {who}  {line}" for line in text["body"].split("\n")))
            self._say(f"             {text['cost']} · {text['state']}")
        if text["trouble"]:
            self._say(f"{text['at']}  ! {who.strip()}: “{text['body']}” {text['trouble']}")
