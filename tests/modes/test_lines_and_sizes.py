"""Pages compressed apart from their token, and lines of the log, without an application."""

import gzip
import json
import logging
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modes.hardening import JsonLines, gzip_apart, log


@given(page=st.binary(), secret=st.binary(min_size=1, max_size=20), after=st.binary())
def test_what_is_compressed_apart_is_the_same_page(page: bytes, secret: bytes, after: bytes) -> None:
    whole = page + secret + after + secret
    assert gzip.decompress(gzip_apart(whole, secret)) == whole
    assert gzip.decompress(gzip_apart(page, b"")) == page


def test_a_guess_at_the_token_makes_a_page_no_smaller() -> None:
    token = b"IjA1MTM0ZWUxNDc3NzY1OTk5ODk1NzNmM2VmZDRjY2U0NjczNTIwYjAi"

    def size(guess: bytes) -> int:
        return len(gzip_apart(b"<p>" + guess + b'</p><input value="' + token + b'"></form>', token))

    wrong, right = b"IjQ3ODYyMTk1ZmE0YzAw", token[:20]
    assert len(zlib.compress(b"<p>" + right + b"</p>" + token)) < len(zlib.compress(b"<p>" + wrong + b"</p>" + token))
    assert size(right) == size(wrong)


@pytest.mark.req("O2")
def test_a_line_of_the_log_is_to_the_minute_and_drops_what_it_does_not_know() -> None:
    record = log.makeRecord(
        "perspective", logging.WARNING, "", 0, "request", (), None, extra={"status": 404, "phone": "07700900123"}
    )
    record.created = 1_800_000_059.0
    assert json.loads(JsonLines().format(record)) == {
        "at": "2027-01-15T08:00Z",
        "level": "WARNING",
        "from": "perspective",
        "event": "request",
        "status": 404,
    }
