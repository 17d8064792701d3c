"""A quotation only takes away from what was written."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from surveys.redaction.marks import redacted
from surveys.redaction.proposing import proposed
from surveys.redaction.wording import NotTheirWords, check
from tests.surveys.redaction.test_proposing import labelled_texts

COMMENT = "sam is great, he rang me\nand  I’d go again"
words = st.text(alphabet="abc ", min_size=1, max_size=20).map(str.split).filter(bool)


@pytest.mark.parametrize(
    "quotation",
    [
        COMMENT,
        "[The worker] is great, he rang me and I'd go again",
        "he rang me",
        "...he rang me...",
        "[The worker] is great... I'd go again",
        "sam is great … again",
        "sam [...] rang me",
        "[Sam] is great",
    ],
)
def test_brackets_and_dots_are_ours_and_all_else_is_theirs(quotation: str) -> None:
    check(COMMENT, quotation)


@pytest.mark.parametrize(
    ("quotation", "theirs"),
    [
        ("sam is bad", "sam is bad"),
        ("Sam is great", "Sam is great"),
        ("he rang me... sam is great", "sam is great"),
        ("am is great", "am is great"),
        ("he ran", "he ran"),
        ("[Sam] was great", "was great"),
        ("[Sam", "[Sam"),
        ("sam] is great", "sam] is great"),
    ],
)
def test_anything_else_is_named(quotation: str, theirs: str) -> None:
    with pytest.raises(NotTheirWords) as error:
        check(COMMENT, quotation)
    assert error.value.words == theirs


@pytest.mark.parametrize("quotation", ["", " ", "...", "[all of it]", "[x]... [y]", ",", "😀"])
def test_something_of_theirs_has_to_be_left(quotation: str) -> None:
    with pytest.raises(NotTheirWords):
        check(COMMENT, quotation)


@given(labelled_texts)
def test_what_the_helper_proposes_is_a_quotation_unless_nothing_is_left(text: str) -> None:
    written = redacted(text, proposed(text))
    try:
        check(text, written)
    except NotTheirWords as error:
        assert error.words == written.strip()
        assert not any(each.isalnum() for each in "".join(part.partition("]")[2] for part in written.split("[")))


@given(words, st.data())
def test_any_words_left_out_and_marked_so_make_a_quotation(said: list[str], data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.booleans(), min_size=len(said), max_size=len(said)))
    assume(any(kept))
    check(" ".join(said), " ".join(word if keep else "..." for word, keep in zip(said, kept, strict=True)))


@given(words, st.sampled_from(["zeal", "zoo"]), st.data())
def test_a_word_that_was_not_written_never_passes(said: list[str], foreign: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(said)))
    with pytest.raises(NotTheirWords):
        check(" ".join(said), " ".join([*said[:place], foreign, *said[place:]]))
