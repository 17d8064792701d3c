"""The provider: handing texts over, looking for them, blanking them. Only whoever sends texts loads this.

What matters is what a failure means. A connection that never came about, or a "too many requests", means that the text
did not go: it may be tried again. A silence or a fault of the provider's means that nobody knows.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client
from twilio.rest.api.v2010.account.message import MessagePage
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from modes.sms import calls
from modes.sms.calls import LastLook

TOO_MANY, NOT_FINAL, NOT_THERE, NOT_LET_IN, UNKNOWN = 20429, 20009, 20404, 20003, 20001
TOO_MANY_STATUS, PROVIDERS_FAULT = 429, 500
CODES = {401: NOT_LET_IN, 403: NOT_LET_IN, 404: NOT_THERE}
LARGEST_PAGE = 1000
REST = 0.25  # seconds between two pages: a long list without rests keeps the processor from whoever carries texts
RECENT = 50  # of the texts to one number: more than it can get from us in two days


@dataclass(frozen=True, slots=True)
class Posted:
    """The provider has the text, under this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The provider says no, for good or until something is put right: see undelivered.toml."""

    code: int


@dataclass(frozen=True, slots=True)
class TryLater:
    """The text did not go, for certain."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """Whether the text went, nobody knows yet."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The text did not go: at the last look it was no longer wanted."""


Answer = Posted | Refused | TryLater | Unsure | Withdrawn


class Unreachable(Exception):
    """The provider could not be asked."""


class Denied(Unreachable):
    """The provider was asked and says no, with a code of its own."""

    def __init__(self, code: int) -> None:
        """Keep the code."""
        self.code = code
        super().__init__(f"the provider answered with error {code}")


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """How the messaging service is set up, and what it sends from."""

    inbound_url: str
    inbound_method: str
    fallback_url: str
    fallback_method: str
    status_callback: str
    smart_encoding: bool
    sticky_sender: bool
    validity_period: int
    webhook_of_the_number: bool
    numbers: tuple[str, ...]
    short_codes: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A text as the provider lists it. A blanked one has an empty body."""

    name: str
    number: str
    body: str
    status: str
    error_code: int | None
    media: int
    inbound: bool
    ours: bool
    """False for what the provider answers by itself, and for texts of another service on the account."""
    created: datetime


class Provider:
    """One messaging service of one account. Threads may share it."""

    def __init__(self, account: str, token: str, service: str, api_url: str) -> None:
        """Nothing is asked yet."""
        self._service = service
        self._client = Client(account, token, http_client=calls.Calls(api_url), environment={"unused": "here"})

    def post(self, to: str, body: str, callback: str, validity_seconds: int, last_look: LastLook) -> Answer:
        """Hand a text over. But for the last look no transaction may be open: it takes up to 20 seconds.

        Raises:
            Busy: at the last look; the text did not go.
        """
        try:
            with calls.looking(last_look):
                made = self._client.messages.create(
                    to=to,
                    messaging_service_sid=self._service,
                    body=body,
                    status_callback=callback,
                    validity_period=validity_seconds,
                    smart_encoded=False,
                )
        except calls.NotWanted:
            return Withdrawn()
        except TwilioRestException as refusal:
            return _meaning(refusal)
        except requests.ConnectionError as fault:
            return TryLater() if _never_connected(fault) else Unsure()
        except (requests.RequestException, TwilioException, ValueError):  # ValueError: an answer that is no JSON
            return Unsure()
        return Posted(str(made.sid)) if made.sid else Unsure()

    def to_number(self, number: str, since: datetime) -> list[Listed]:
        """Our texts to one number since then, the latest first.

        Raises:
            Unreachable: the provider did not answer.
        """
        with _asking():
            listed = [_listed(each, self._service) for each in self._client.messages.list(to=number, limit=RECENT)]
        return [each for each in listed if each.ours and not each.inbound and each.created >= since]

    def inbound_since(self, since: datetime) -> Iterator[list[Listed]]:
        """Texts that came in since then, a page at a time, with a rest between two.

        Raises:
            Unreachable: the provider did not answer.
        """
        day = datetime(since.year, since.month, since.day, tzinfo=UTC)  # the filter knows days only
        page: MessagePage | None
        with _asking():
            page = self._client.messages.page(date_sent_after=day, page_size=LARGEST_PAGE)
        while page is not None:
            with _asking():
                listed = [_listed(each, self._service) for each in page]
            yield [each for each in listed if each.inbound and each.ours and each.created >= since]
            page = _after(page)

    def blank(self, name: str) -> bool:
        """Take the words out of a text at the provider; false while the provider is not done with it.

        Raises:
            Unreachable: the provider did not answer.
        """
        try:
            with _asking():
                self._client.messages(name).update(body="")
        except Denied as said:
            if said.code in {NOT_THERE, NOT_FINAL}:
                return said.code == NOT_THERE
            raise
        return True

    def settings(self) -> ServiceSettings:
        """How the messaging service is set up.

        Raises:
            Unreachable: the provider did not answer.
            Denied: it knows no such account, token or service.
        """
        service = self._client.messaging.v1.services(self._service)
        with _asking():
            found = service.fetch()
            numbers = service.phone_numbers.list(limit=RECENT)
            codes = service.short_codes.list(limit=RECENT)
            names = service.alpha_senders.list(limit=RECENT)
        return ServiceSettings(
            inbound_url=found.inbound_request_url or "",
            inbound_method=found.inbound_method or "",
            fallback_url=found.fallback_url or "",
            fallback_method=found.fallback_method or "",
            status_callback=found.status_callback or "",
            smart_encoding=bool(found.smart_encoding),
            sticky_sender=bool(found.sticky_sender),
            validity_period=found.validity_period or 0,
            webhook_of_the_number=bool(found.use_inbound_webhook_on_number),
            numbers=tuple(each.phone_number for each in numbers),
            short_codes=tuple(each.short_code for each in codes),
            names=tuple(each.alpha_sender for each in names),
        )


@contextmanager
def _asking() -> Iterator[None]:
    """Tell a no from silence, in our words: the library's hold the address, and so the number."""
    try:
        yield
    except TwilioRestException as refusal:
        if refusal.status >= PROVIDERS_FAULT or refusal.status == TOO_MANY_STATUS:
            raise Unreachable from None
        raise Denied(_code(refusal)) from None
    except (requests.RequestException, TwilioException, ValueError):  # ValueError: an answer that is no JSON
        raise Unreachable from None


def _after(page: MessagePage) -> MessagePage | None:
    if not page.next_page_url:
        return None
    time.sleep(REST)
    with _asking():
        return page.next_page()


def _meaning(refusal: TwilioRestException) -> Refused | TryLater | Unsure:
    if refusal.status == TOO_MANY_STATUS or refusal.code == TOO_MANY:
        return TryLater()
    return Unsure() if refusal.status >= PROVIDERS_FAULT else Refused(_code(refusal))


def _code(refusal: TwilioRestException) -> int:
    """The provider's code; where it gives none, one that says the same as the HTTP status."""
    return refusal.code or CODES.get(refusal.status, UNKNOWN)


def _never_connected(fault: requests.ConnectionError) -> bool:
    """True where not even a connection came about. Anything later may have come after the text was taken."""
    cause = fault.args[0] if fault.args else None
    return isinstance(getattr(cause, "reason", cause), NewConnectionError | ConnectTimeoutError)


def _listed(message: Any, service: str) -> Listed:
    inbound = message.direction == "inbound"
    created = message.date_sent if inbound and message.date_sent else message.date_created
    from_us = message.direction in {"inbound", "outbound-api"}
    return Listed(
        name=message.sid,
        number=message.from_ if inbound else message.to,
        body=message.body or "",
        status=str(message.status),
        error_code=int(message.error_code) if message.error_code else None,
        media=int(message.num_media or 0),
        inbound=inbound,
        ours=from_us and message.messaging_service_sid in {None, service},
        created=created,
    )
