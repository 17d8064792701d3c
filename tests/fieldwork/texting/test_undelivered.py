"""Each error code of the provider has a meaning and plain words; one that is unknown loses nothing."""

import re
import tomllib

import pytest

from fieldwork.texting.undelivered import FILE, reason

READ = tomllib.loads(FILE.read_text(encoding="utf-8"))
CODES = [(int(code), blame) for blame, some in READ.items() for code in some]


@pytest.mark.req("M6")
@pytest.mark.parametrize(
    ("code", "blame"),
    [
        (21211, "number"),
        (21614, "number"),
        (30005, "number"),
        (30006, "number"),
        (21610, "stop"),
        (30003, "network"),
        (30007, "network"),
        (30036, "network"),
        (20003, "ours"),
        (21606, "ours"),
        (30002, "ours"),
        (99999, "ours"),
    ],
)
def test_whose_fault_it_is(code: int, blame: str) -> None:
    assert reason(code).blame == blame


@pytest.mark.req("M6")
def test_every_code_stands_once_and_in_words_that_anybody_reads() -> None:
    assert set(READ) == {"number", "stop", "network", "ours"}
    assert len({code for code, _ in CODES}) == len(CODES)
    for code, blame in CODES:
        told = str(reason(code))
        assert told.endswith(f" ({code})")
        assert reason(code).blame == blame
        assert re.fullmatch(r"[A-Za-z' ,]+", reason(code).words), told
        assert not re.search(r"\b(?:E\.?164|API|SID|URL|HTTP|carrier|payload)\b", told)
