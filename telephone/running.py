"""A practice telephone for tests and measurements: in this process, on a free port, until the block ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urldefrag

import requests

from telephone import tellings, webhooks
from telephone.account import Account
from telephone.exchange import Exchange
from telephone.faults import Faults
from telephone.numbers import e164
from telephone.server import Server
from telephone.store import MOST_TEXTS
from telephone.texts import Text


class RunningTelephone:
    """A telephone that is being served."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.exchange = server.exchange
        self.account: Account = server.exchange.account
        self.faults: Faults = server.exchange.faults
        self.url: str = server.url

    @property
    def environment(self) -> dict[str, str]:
        """The settings with which our service uses this telephone."""
        return {
            "TWILIO_API_URL": self.url,
            "TWILIO_ACCOUNT_SID": self.account.sid,
            "TWILIO_AUTH_TOKEN": self.account.token,
            "TWILIO_MESSAGING_SERVICE": self.account.service,
        }

    def text(self, number: str, body: str, **how: Any) -> Text:
        """A phone writes to our service; for `how` see `Exchange.text`: copies, late, held, pictures, in_base64."""
        return self.exchange.text(number, body, **how)

    def sent_to(self, number: str) -> list[Text]:
        """What our service had sent to a phone, the oldest first; the provider's own confirmations are not among it."""
        return [text for text in self.thread(number) if text.direction == "outbound-api"]

    def thread(self, number: str) -> list[Text]:
        """Every text from and to a phone, the oldest first."""
        return self.exchange.store.thread(e164(number))

    def wait_for(self, happened: Callable[["RunningTelephone"], bool], seconds: float = 10.0) -> None:
        """Wait until that is so, asking again whenever something happens to a text.

        Raises:
            TimeoutError: it was not so in time.
        """
        if not self.exchange.store.wait(lambda: happened(self), seconds):
            raise TimeoutError(f"It did not happen within {seconds:g} seconds.")

    def wait_quiet(self, seconds: float = 10.0) -> None:
        """Wait until the telephone has nothing left to do.

        Raises:
            TimeoutError: it still has.
        """
        self.exchange.wait_quiet(seconds)

    def replay(self, text: Text) -> int | None:
        """Post a text that came in once more, signed as it was; the HTTP status of the answer."""
        return self._post(
            tellings.inbound(text, self.account), str(self.account.inbound_url), self.account.token
        ).status

    def forge(
        self,
        number: str = "07700 900123",
        body: str = "1",
        *,
        url: str | None = None,
        token: str = "not the token",  # noqa: S107 - that is the point
        **different: str,
    ) -> int | None:
        """Post a text that never came in, signed with another token; the HTTP status of the answer.

        `different`: parameters that replace or join those Twilio sends.
        """
        now = datetime.now(UTC)
        text = Text("SM" + "f" * 32, 0, "inbound", e164(number), self.account.number, body, "received", now, now)
        parameters = list((dict(tellings.inbound(text, self.account)) | different).items())
        return self._post(parameters, url or str(self.account.inbound_url), token).status

    def unsigned(self, url: str, parameters: dict[str, str], headers: dict[str, str]) -> int:
        """Post anything to our service, with any headers or none; the HTTP status of the answer."""
        return requests.post(urldefrag(url).url, data=parameters, headers=headers, timeout=15).status_code

    def _post(self, parameters: webhooks.Parameters, url: str, token: str) -> webhooks.Answer:
        return webhooks.post(urldefrag(url).url, parameters, token, self.account.deliver_to)


@contextmanager
def running_telephone(  # noqa: PLR0913 - each can be left out
    public_url: str,
    *,
    account: Account | None = None,
    pace: float = 0.0,
    port: int = 0,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    most_texts: int = MOST_TEXTS,
) -> Iterator[RunningTelephone]:
    """A telephone for the service at `public_url`, until the block ends.

    `account`: another one than `Account.practising(public_url)`. `pace`: seconds between the statuses of a text.
    """
    exchange = Exchange(account or Account.practising(public_url), pace=pace, now=now, most_texts=most_texts)
    server = Server(exchange, port=port)
    try:
        yield RunningTelephone(server)
    finally:
        server.close()
