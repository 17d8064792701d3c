"""Yes and no to the invitation, in either language; only a clear yes starts anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modes.sms.consent import Consent, consent

ENGLISH, WELSH = Consent(agrees=True, language="en"), Consent(agrees=True, language="cy")
NO = Consent(agrees=False, language=None)

TABLE: dict[str, Consent | None] = {
    **dict.fromkeys(("YES", "yes", "Yes.", "y", "yeah", "yep", "yh", "aye", "yes please", "YES!! x"), ENGLISH),
    **dict.fromkeys(("1", "1.", "1️⃣", "one", "un", "English", "1 English", "yes in English", "Saesneg"), ENGLISH),
    **dict.fromkeys(("sure", "go on then", "yes I will", "yes ok"), ENGLISH),
    **dict.fromkeys(("IE", "ie", "Ie.", "oes", "ydw", "YDW", "do", "byddaf", "ie plis", "wrth gwrs"), WELSH),
    **dict.fromkeys(("2", "2)", "two", "dau", "dwy", "Cymraeg", "yn Gymraeg", "2 Cymraeg", "Welsh please"), WELSH),
    **dict.fromkeys(("yes Cymraeg", "yes 2", "YES in Welsh please"), WELSH),
    **dict.fromkeys(("NO", "no", "No.", "nope", "nah", "na", "NA", "nage", "no thanks", "no thank you"), NO),
    **dict.fromkeys(("dim diolch", "I'd rather not", "I don't want to"), NO),
    **dict.fromkeys(
        ("", "?", "\u200b", "ok", "OK.", "iawn", "hello", "maybe", "not now", "not really", "now", "3"), None
    ),
    **dict.fromkeys(
        ("yes no", "yes/no", "1 2", "12", "1 or 2", "English Cymraeg", "no 1", "👍", "eyes", "dunno"), None
    ),
    **dict.fromkeys(("yes he is outside", "yes but who is this", "yes if it is short", "Did you ask her? yes"), None),
}


@pytest.mark.req("C9")
@pytest.mark.parametrize(("text", "expected"), TABLE.items(), ids=TABLE)
def test_the_invitation_is_answered_as_the_table_says(text: str, expected: Consent | None) -> None:
    assert consent(text) == expected


@given(st.text(st.characters(codec=None)))
def test_any_text_can_be_looked_at(text: str) -> None:
    consent(text)
