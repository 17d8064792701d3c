"""The guide for shared tablets says what is so."""

import re
from pathlib import Path

import pytest

from fieldwork.entry.lasting import SHARED_TABLET
from modes.web.words import Words

GUIDE = (Path(__file__).parents[1] / "docs" / "shared-tablet.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (?P<device>[^|]+) \|[^|]*\|[^|]*\| *(?P<day>[^|]*?) *\|[^|]*\|[^|]*\|$", re.MULTILINE)


@pytest.mark.req("S13")
def test_the_guide_says_which_devices_were_tried_and_when() -> None:
    _, _, table = GUIDE.partition("tried on (date)")
    tried = [row for row in ROW.finditer(table) if set(row["device"]) - set("-")]
    assert tried
    for row in tried:
        assert row["device"] == "*none yet*" or re.fullmatch(r"20\d\d-\d\d-\d\d", row["day"]), row["device"]
    untried = "**It has not been tried on a real device yet.**"
    assert (untried in GUIDE) == (tried[0]["device"] == "*none yet*")


@pytest.mark.req("S13")
def test_the_guide_has_checks_to_tick_and_none_is_ticked_for_everybody() -> None:
    assert GUIDE.count("- [ ] ") >= 10
    assert "- [x]" not in GUIDE.lower()


def test_the_guide_has_the_words_of_the_pages_and_the_times_of_the_service() -> None:
    words = Words("en", "children")
    for key in ("tablet.link_button", "tablet.next", "tablet.away_title", "tablet.away_other", "tablet.off_title"):
        assert words(key) in GUIDE, key
    assert (SHARED_TABLET.idle, SHARED_TABLET.longest) == (5, 60)
    assert "for four minutes" in GUIDE
    assert "an hour has passed" in GUIDE
