"""Calls to the provider: each with time-outs, a connection of its own, and a last look as the words of a text leave."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from twilio.http import HttpClient
from twilio.http.response import Response

logger = logging.getLogger(__name__)

TWILIO = "https://api.twilio.com"
CONNECT, READ = 5, 15  # seconds
TALKATIVE = ("twilio.http_client", "urllib3")  # at INFO and DEBUG they log addresses, which hold numbers

LastLook = Callable[[], AbstractContextManager[bool]]
"""Held open while the words leave this machine: whether they are still wanted. No stop can be kept meanwhile."""


class NotWanted(Exception):
    """The last look said no, and the request was broken off before its first word."""


class _Guarded:
    """The form of a text, which leaves between the beginning and the end of the last look."""

    def __init__(self, form: Mapping[str, object], last_look: LastLook) -> None:
        self._form, self._last_look = urlencode(form).encode(), last_look

    def __len__(self) -> int:
        return len(self._form)

    def __iter__(self) -> Iterator[bytes]:
        with self._last_look() as wanted:
            if not wanted:
                raise NotWanted
            yield self._form


@contextmanager
def looking(last_look: LastLook) -> Iterator[None]:
    """The call that is made in this block is the handing over of a text, and waits for this last look."""
    before = _last_look.set(last_look)
    try:
        yield
    finally:
        _last_look.reset(before)


_last_look: ContextVar[LastLook | None] = ContextVar("_last_look", default=None)  # the library in between knows of none


class Calls(HttpClient):
    """Every call with time-outs and a connection of its own; nothing of it is logged.

    A connection kept open may end just when a text goes over it, and nobody would know whether it went.
    """

    def __init__(self, api_url: str) -> None:
        """Nothing is called yet."""
        super().__init__(logger, is_async=False)
        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        self._origin = urlsplit(api_url)
        self._elsewhere = api_url != TWILIO

    def request(  # noqa: PLR0913, PLR0917 - the library's signature
        self,
        method: str,
        uri: str,
        params: Any = None,
        data: Any = None,
        headers: Any = None,
        auth: Any = None,
        timeout: float | None = None,  # noqa: ARG002 - the library's signature; ours are longer for reading
        allow_redirects: bool = False,  # noqa: FBT001, FBT002 - the library's signature
    ) -> Response:
        """The answer, whatever its status.

        Raises:
            requests.RequestException: there was none.
        """
        if self._elsewhere:
            uri = urlsplit(uri)._replace(scheme=self._origin.scheme, netloc=self._origin.netloc).geturl()
        last_look = _last_look.get()
        body = _Guarded(data, last_look) if last_look else data
        with requests.Session() as session:
            session.trust_env = not self._elsewhere  # no proxy stands between us and this machine
            answer = session.request(
                method,
                uri,
                params=params,
                data=body,
                headers=headers,
                auth=auth,
                timeout=(CONNECT, READ),
                allow_redirects=allow_redirects,
            )
        return Response(answer.status_code, answer.text, answer.headers)
