"""Signatures and patience, against Twilio's own library and Twilio's own table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from telephone.webhooks import Patience, signature

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FORMS = st.lists(st.tuples(st.text(st.characters(codec="ascii"), min_size=1, max_size=8), WORDS), max_size=12)


@given(FORMS, st.sampled_from(["", "?a=1", "?b=%20&a=ŵ"]), WORDS)
def test_a_signature_is_the_one_twilios_library_makes(form: list[tuple[str, str]], query: str, token: str) -> None:
    url = f"https://survey.example.org/texts/in{query}"
    theirs = RequestValidator(token).compute_signature(url, MultiDict(form))
    assert signature(url, form, token) == theirs
    assert RequestValidator(token).validate(url, MultiDict(form), theirs)


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("", Patience()),
        ("#rc=5&rp=all&ct=2000", Patience(2.0, 15.0, 15.0, 5, frozenset({"4xx", "5xx", "ct", "rt"}))),
        ("#rp=5xx,rt&rt=500&tt=1000&rc=0", Patience(5.0, 0.5, 1.0, 0, frozenset({"5xx", "rt"}))),
        ("#rc=6&ct=99&rt=15001&tt=x&rp=sometimes", Patience(failures=frozenset())),
        ("#e=dublin&sni=y", Patience()),
    ],
)
def test_what_follows_the_address_says_how_patient_to_be(fragment: str, expected: Patience) -> None:
    assert Patience.of(f"https://survey.example.org/texts/in?x=1{fragment}") == expected


def test_without_it_there_is_one_more_try_and_only_for_a_connection() -> None:
    usual = Patience()
    assert (usual.connect, usual.read, usual.total, usual.retries) == (5.0, 15.0, 15.0, 1)
    assert usual.failures == {"ct"}
