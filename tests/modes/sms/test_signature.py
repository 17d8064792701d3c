"""What the provider signed is let in; the least change to it is not."""

from hmac import compare_digest
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from modes.sms.signature import fields_of, is_signed

URL = "https://survey.example.org/texts/in"
TOKEN = "t" * 32
BEFORE = "b" * 32

# Made with twilio.request_validator of twilio-python 9.13.0, and with nothing of ours.
GOLDEN = [
    (URL, b"Body=2&From=%2B447700900123&MessageSid=SM1", "bLtOtalDpBmz129MMUwkbLohizg="),
    (URL, b"Body=&From=%2B447700900123&FromCity=&MessageSid=SM1", "d0YssfuD9uahgqYmfpjbKp5S7As="),
    (URL, b"Body=Dydw+i+ddim+yn+si%C5%B5r&From=%2B447700900123", "oFwUZA6jNfjbjURU1EOHkjJnST0="),
    (URL + "?a=1&b=%20x", b"Body=+2+&From=%2B447700900123", "bjad2Y2FTlGxjcxtnQTyekl42E8="),
]


def signed_with(token: str, url: str, fields: dict[str, list[str]]) -> str:
    class Several(dict[str, list[str]]):
        def getlist(self, name: str) -> list[str]:
            return self[name]

    signature: str = RequestValidator(token).compute_signature(url, Several(fields))
    return signature


def check(url: str, body: bytes, signature: str, *tokens: str) -> bool:
    fields = fields_of(body)
    return fields is not None and is_signed(url, fields, signature, tokens or (TOKEN,))


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FIELDS = st.dictionaries(TEXT, st.lists(TEXT, min_size=1, max_size=3, unique=True), min_size=1, max_size=8)


def form_of(fields: dict[str, list[str]], **how: Any) -> bytes:
    return urlencode([(name, value) for name, values in fields.items() for value in values], **how).encode()


@pytest.mark.req("W1")
@pytest.mark.parametrize(("url", "body", "signature"), GOLDEN)
def test_what_the_providers_own_library_signed_is_known(url: str, body: bytes, signature: str) -> None:
    assert check(url, body, signature)
    assert not check(url, body, signature[:-2] + ("A=" if signature[-2] != "A" else "B="))


@pytest.mark.req("W1")
@given(FIELDS, st.sampled_from(["", "?a=1", "?a=1&a=2", "?x=%C5%B5"]))
def test_any_fields_signed_by_the_library_are_known_blank_and_doubled_ones_too(
    fields: dict[str, list[str]], query: str
) -> None:
    signature = signed_with(TOKEN, URL + query, fields)
    assert check(URL + query, form_of(fields), signature)
    assert check(URL + query, form_of(fields, quote_via=quote), signature), "written otherwise, the same"
    assert not check(URL, form_of(fields), signature) or not query


@pytest.mark.req("W1")
@given(FIELDS, TEXT, TEXT)
def test_a_field_more_or_another_value_is_refused(fields: dict[str, list[str]], name: str, value: str) -> None:
    signature = signed_with(TOKEN, URL, fields)
    if value and value not in fields.get(name, []):
        assert not check(URL, form_of({**fields, name: [*fields.get(name, []), value]}), signature)
    first = next(iter(fields))
    if len(fields) > 1 and (first + "".join(fields[first])):
        assert not check(URL, form_of({each: fields[each] for each in fields if each != first}), signature)


@pytest.mark.req("W1")
def test_equal_values_that_the_signature_cannot_count_are_refused() -> None:
    signature = signed_with(TOKEN, URL, {"Body": ["2"], "From": ["+447700900123"]})
    assert check(URL, b"Body=2&From=%2B447700900123", signature)
    assert not check(URL, b"Body=2&Body=2&From=%2B447700900123", signature)


@pytest.mark.req("W1")
@pytest.mark.parametrize("body", [b"Body=%FF", b"Body=%ED%A0%BD", "Body=ŵ".encode(), b"Body", b"&&", b'{"Body": "2"}'])
def test_what_is_no_form_of_the_providers_is_nothing(body: bytes) -> None:
    assert fields_of(body) is None


@pytest.mark.req("W3")
def test_two_tokens_are_known_while_one_takes_the_place_of_the_other() -> None:
    body = b"Body=2"
    for token in (TOKEN, BEFORE):
        assert check(URL, body, signed_with(token, URL, {"Body": ["2"]}), TOKEN, BEFORE)
    assert not check(URL, body, signed_with("x" * 32, URL, {"Body": ["2"]}), TOKEN, BEFORE)
    assert not check(URL, body, signed_with(BEFORE, URL, {"Body": ["2"]}), TOKEN)


@pytest.mark.req("W1")
def test_the_port_may_be_signed_or_left_out() -> None:
    body, fields = b"Body=2", {"Body": ["2"]}
    for url in ("https://survey.example.org/texts/in", "https://survey.example.org:443/texts/in"):
        for signed in ("https://survey.example.org/texts/in", "https://survey.example.org:443/texts/in"):
            assert check(url, body, signed_with(TOKEN, signed, fields))
    assert not check(URL, body, signed_with(TOKEN, "http://survey.example.org/texts/in", fields))


@pytest.mark.req("W1")
@pytest.mark.parametrize("signature", ["", "ŵ", "=", "a" * 10_000, "\udcff"])
def test_a_signature_that_is_none_is_refused(signature: str) -> None:
    assert not check(URL, b"Body=2", signature)


@pytest.mark.req("W1")
def test_signatures_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[bytes] = []

    def watched(one: bytes, other: bytes) -> bool:
        compared.append(one)
        return compare_digest(one, other)

    monkeypatch.setattr("modes.sms.signature.compare_digest", watched)
    assert not check(URL, b"Body=2", signed_with("x" * 32, URL, {"Body": ["2"]}), TOKEN, BEFORE)
    assert len(compared) == 4, "each token, and the address with its port and without"


def test_a_plus_and_a_percent_twenty_are_the_same_blank() -> None:
    signature = signed_with(TOKEN, URL, {"Body": ["a b"]})
    assert check(URL, b"Body=" + quote_plus("a b").encode(), signature)
    assert check(URL, b"Body=" + quote("a b").encode(), signature)
