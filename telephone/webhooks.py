"""Posting to our service as Twilio does: signed, with its time-outs, and tried again as the address says.

What follows `#` in an address is Twilio's connection overrides: `#rc=5&rp=all&ct=2000` tries five times more, whatever
failed, and waits two seconds for a connection. Without them it tries once more, and only if there was no connection.
"""

import base64
import hashlib
import hmac
import ipaddress
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, Self
from urllib.parse import parse_qs, urldefrag, urlencode, urlsplit, urlunsplit

import requests

Parameters = list[tuple[str, str]]
Failure = Literal["4xx", "5xx", "ct", "rt"]

PAUSE = 0.02  # seconds before the second try, twice as many before each further one
TWIML = ("<Response/>", "<Response></Response>", "<Response />")
_sessions = threading.local()


def signature(url: str, parameters: Iterable[tuple[str, str]], token: str) -> str:
    """What Twilio puts into X-Twilio-Signature for a form posted to that address."""
    signed = url + "".join(name + value for name, value in sorted(set(parameters)))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()


@dataclass(frozen=True, slots=True)
class Patience:
    """How long Twilio waits and how often it tries again; times in seconds."""

    connect: float = 5.0
    read: float = 15.0
    total: float = 15.0
    retries: int = 1
    failures: frozenset[Failure] = frozenset({"ct"})

    @classmethod
    def of(cls, url: str) -> Self:
        """What the fragment of the address asks for; a value Twilio does not allow is ignored."""
        asked = {name: values[-1] for name, values in parse_qs(urlsplit(url).fragment).items()}
        usual = cls()
        policy = set(asked.get("rp", "ct").split(","))
        every: set[Failure] = {"4xx", "5xx", "ct", "rt"}
        return cls(
            connect=_within(asked.get("ct"), 100, 10_000, usual.connect * 1000) / 1000,
            read=_within(asked.get("rt"), 100, 15_000, usual.read * 1000) / 1000,
            total=_within(asked.get("tt"), 100, 15_000, usual.total * 1000) / 1000,
            retries=int(_within(asked.get("rc"), 0, 5, usual.retries)),
            failures=frozenset(every if "all" in policy else every & policy),
        )


def _within(asked: str | None, least: int, most: int, otherwise: float) -> float:
    return int(asked) if asked and asked.isdecimal() and least <= int(asked) <= most else otherwise


@dataclass(frozen=True, slots=True)
class Answer:
    """How our service answered in the end."""

    status: int | None
    fault: str
    tries: int
    seconds: float

    @property
    def failed(self) -> bool:
        """Whether Twilio would turn to the fallback address."""
        return self.status is None or not 200 <= self.status < 400  # noqa: PLR2004 - HTTP's own classes


@dataclass(frozen=True, slots=True)
class _Try:
    status: int | None
    failure: Failure | None
    fault: str


def post(
    url: str,
    parameters: Parameters,
    token: str,
    deliver_to: str | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Answer:
    """Post the form, signed, and try again as Twilio would.

    `deliver_to`: the origin that is really called; the signature and the Host header are those of `url`.
    """
    signed_url = urldefrag(url).url
    called = _moved(signed_url, deliver_to)
    if not _on_this_machine(called):
        return Answer(None, "not called: the practice telephone calls nobody beyond this machine", 0, 0.0)
    patience = Patience.of(url)
    headers = {
        "Host": urlsplit(signed_url).netloc,
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "Accept": "*/*",
        "User-Agent": "TwilioProxy/1.1",
        "X-Twilio-Signature": signature(signed_url, parameters, token),
        "I-Twilio-Idempotency-Token": str(uuid.uuid4()),
    }
    began = time.monotonic()
    number = 1
    while True:
        left = patience.total - (time.monotonic() - began)
        tried = _try(called, urlencode(parameters), headers, patience, left)
        took = time.monotonic() - began
        rest = PAUSE * 2 ** (number - 1)
        if tried.failure not in patience.failures or number > patience.retries or took + rest >= patience.total:
            return Answer(tried.status, tried.fault, number, took)
        pause(rest)
        number += 1


def _try(url: str, form: str, headers: dict[str, str], patience: Patience, left: float) -> _Try:
    waits = (min(patience.connect, max(left, 0.1)), min(patience.read, max(left, 0.1)))
    try:
        reply = _session().post(url, form.encode(), headers=headers, timeout=waits, allow_redirects=False)
    except requests.ReadTimeout:
        return _Try(None, "rt", "the service did not answer in time")
    except requests.RequestException:  # a name that is not there, a refused or a broken connection
        return _Try(None, "ct", "the service could not be reached")
    status = reply.status_code
    if status >= 500:  # noqa: PLR2004 - HTTP's own classes
        return _Try(status, "5xx", f"the service answered {status}")
    if status >= 300:  # noqa: PLR2004 - the same
        return _Try(status, "4xx" if status >= 400 else None, f"the service answered {status}")  # noqa: PLR2004 - the same
    return _Try(status, None, _words_in(reply))


def _words_in(reply: requests.Response) -> str:
    """Twilio sends on what it is answered with: our service must answer with nothing."""
    said = reply.text.strip()
    silent = not said or said.endswith(TWIML)
    return "" if silent else "the service answered with words, which Twilio would send on"


def _session() -> requests.Session:
    """This thread's own, which keeps its connection."""
    if not hasattr(_sessions, "session"):
        _sessions.session = requests.Session()
        _sessions.session.trust_env = False
    session: requests.Session = _sessions.session
    return session


def _moved(url: str, origin: str | None) -> str:
    if origin is None:
        return url
    there = urlsplit(origin)
    return urlunsplit(urlsplit(url)._replace(scheme=there.scheme, netloc=there.netloc))


def _on_this_machine(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
