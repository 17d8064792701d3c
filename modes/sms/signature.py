"""Was this sent by the provider? Asked before anything else, over the address we know of ourselves."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hmac import compare_digest
from typing import Any
from urllib.parse import parse_qsl, urlparse

from twilio.request_validator import RequestValidator, add_port, remove_port

HEADER = "X-Twilio-Signature"
FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 200

Fields = Mapping[str, list[str]]


def fields_of(body: bytes) -> Fields | None:
    """Every value of every field as it was received, blank ones too; none where this is no form of the provider's.

    It is strict where a browser's form is not. What is not UTF-8 would be read as something else than was signed, and
    the signature counts two equal values as one.
    """
    strictly: dict[str, Any] = {"keep_blank_values": True, "strict_parsing": True, "errors": "strict"}
    try:
        pairs = parse_qsl(body.decode("ascii"), max_num_fields=MOST_FIELDS, **strictly)
    except ValueError:
        return None
    if len(set(pairs)) != len(pairs):
        return None
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def is_signed(url: str, fields: Fields, signature: str, tokens: Iterable[str]) -> bool:
    """True if the signature is over this address and all these values, with one of the account's tokens.

    How long a comparison takes tells nothing about the signature that was expected.
    """
    posted, given = _Values(fields), signature.encode(errors="replace")
    return any(
        compare_digest(_validator(token).compute_signature(address, posted).encode(), given)
        for token in tokens
        for address in _written(url)
    )


class _Values(dict[str, list[str]]):
    """Fields as the provider's library asks for them."""

    def getlist(self, name: str) -> list[str]:
        """Every value of the field."""
        return self[name]


@lru_cache(maxsize=8)
def _validator(token: str) -> RequestValidator:
    return RequestValidator(token)


def _written(url: str) -> Iterator[str]:
    """The address as it is, and then without its port and with it: the provider signs now one, now the other."""
    yield url
    parts = urlparse(url)
    if parts.geturl() == url:  # else taking it apart would mend it: it ends with a bare "?"
        yield from {remove_port(parts), add_port(parts)} - {url}
