"""A service that only remembers what it was posted, and how it is told to answer."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from wsgiref.types import StartResponse, WSGIEnvironment

from twilio.request_validator import RequestValidator
from werkzeug import Request, Response


@dataclass
class Posted:
    """One post: where, with what, and how it was signed."""

    url: str
    form: dict[str, str]
    headers: dict[str, str]

    def is_signed_with(self, token: str, url: str | None = None) -> bool:
        """What Twilio's own library thinks of the signature."""
        signature = self.headers["X-Twilio-Signature"]
        validator = RequestValidator(token)
        return bool(validator.validate(url or self.url, self.form, signature))


@dataclass
class Service:
    """Answers 204, or what `answers` says: one status after the other, then 204 again."""

    address: str = ""
    posts: list[Posted] = field(default_factory=list)
    answers: list[int | Callable[[], Response]] = field(default_factory=list)
    slow: float = 0.0
    most_at_once: int = 0
    _now: int = 0
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        form = request.form.to_dict()
        with self._turn:
            self.posts.append(Posted(request.url, form, dict(request.headers)))
            answer = self.answers.pop(0) if self.answers else 204
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        time.sleep(self.slow)
        with self._turn:
            self._now -= 1
        response = Response(status=answer) if isinstance(answer, int) else answer()
        return response(environ, start_response)

    @property
    def texts(self) -> list[Posted]:
        """What came in to /texts/in."""
        return [post for post in self.posts if "/texts/in" in post.url]

    @property
    def statuses(self) -> list[str]:
        """What it was told of texts it sent, in the order it was told."""
        return [post.form["MessageStatus"] for post in self.posts if "MessageStatus" in post.form]
