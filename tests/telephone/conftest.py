"""A practice telephone, a service that listens to it, and Twilio's own client pointed at it."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import WSGIApplication

import pytest
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from telephone.running import RunningTelephone, running_telephone
from tests.telephone.service import Service


class PointedAt:
    """Twilio's HTTP client, at another address."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.timeout = 5.0
        self.client = TwilioHttpClient()

    def request(self, method: str, url: str, **named: Any) -> Response:
        moved = urlsplit(url)._replace(scheme="http", netloc=urlsplit(self.url).netloc).geturl()
        return self.client.request(method, moved, **named | {"timeout": self.timeout})


@pytest.fixture
def service(serve: Callable[[Callable[[str], WSGIApplication]], str]) -> Service:
    made = Service()
    made.address = serve(lambda _: made)
    return made


@pytest.fixture
def telephone(service: Service) -> Iterator[RunningTelephone]:
    with running_telephone(service.address) as running:
        yield running


def client_of(telephone: RunningTelephone, token: str | None = None) -> Client:
    """Twilio's client; every call really goes over HTTP."""
    account = telephone.account
    return Client(account.sid, token or account.token, http_client=PointedAt(telephone.url))


@pytest.fixture
def client(telephone: RunningTelephone) -> Client:
    return client_of(telephone)
