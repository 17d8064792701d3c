"""Every promise has a test that keeps it, and no test keeps a promise that was not made."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^\| ([A-Z]\d+) \|", re.MULTILINE)
MARK = re.compile(r'req\("([A-Z]\d+)"\)')


def test_each_promise_is_kept_by_a_test_and_each_test_keeps_a_promise() -> None:
    promised = set(ROW.findall((ROOT / "docs/promises.md").read_text(encoding="utf-8")))
    kept = {row for path in ROOT.glob("tests/**/test_*.py") for row in MARK.findall(path.read_text(encoding="utf-8"))}
    assert promised - kept == set(), "promised, and no test keeps it"
    assert kept - promised == set(), "kept, and not promised in docs/promises.md"
