"""What the office is shown moves by five answers or more, whatever comes in and whenever somebody looks."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from fieldwork.progress.figures import ENDED_BY_ANSWERING, FEWEST, Answered, Figures, stepped

MODES = ("web", "kiosk", "sms", "paper")
CELLS = st.tuples(st.sampled_from(MODES), st.sampled_from(("en", "cy")))


def figures(cells: Counter[tuple[str, str]], conversations: dict[str, int] | None = None) -> Figures:
    answered = [{"mode": m, "language": lang, "count": n} for (m, lang), n in sorted(cells.items()) if n]
    return Figures.model_validate({"answered": answered, "conversations": conversations or {}})


def by_text(talking: int, finished: int, refused: int = 0) -> dict[str, int]:
    return {"talking": talking, "finished": finished, "refused": refused}


@given(st.lists(st.lists(CELLS, max_size=9), max_size=12))
def test_between_two_looks_nothing_moves_or_five_answers_do(hours: list[list[tuple[str, str]]]) -> None:
    there: Counter[tuple[str, str]] = Counter()
    shown = Figures()
    for came in hours:
        there.update(came)
        after = stepped(shown, figures(there))
        assert after.total == shown.total or after.total >= shown.total + FEWEST
        assert after.total in {shown.total, there.total()}
        shown = after
    assert there.total() - shown.total < FEWEST


@given(st.lists(st.lists(CELLS, max_size=9), max_size=12))
def test_modes_languages_and_the_total_always_agree(hours: list[list[tuple[str, str]]]) -> None:
    there: Counter[tuple[str, str]] = Counter()
    shown = Figures()
    for came in hours:
        there.update(came)
        shown = stepped(shown, figures(there))
        assert sum(shown.by_mode.values()) == sum(shown.by_language.values()) == shown.total


@given(st.integers(0, 4), st.integers(0, 30), st.integers(0, 9))
def test_who_finishes_by_text_stays_among_those_talking_until_answers_move(new: int, others: int, refused: int) -> None:
    before = figures(Counter({("sms", "en"): 10}), by_text(others + new, 10))
    now = figures(Counter({("sms", "en"): 10 + new}), by_text(others, 10 + new, refused))
    after = stepped(before, now)
    assert after.conversations["finished"] == 10
    assert after.conversations.get("talking", 0) == others + new
    assert sum(after.conversations.values()) == sum(now.conversations.values())


def test_what_does_not_say_who_answered_is_as_it_is_now() -> None:
    before = Figures()
    now = Figures(answered=(Answered(mode="web", language="en", count=1),), parts=40, conversations={"refused": 3})
    after = stepped(before, now)
    assert (after.total, after.parts, after.conversations) == (0, 40, {"refused": 3})


def test_one_that_goes_and_one_that_comes_are_two_that_moved() -> None:
    before, now = figures(Counter({("web", "en"): 9, ("paper", "en"): 1})), figures(Counter({("web", "en"): 10}))
    assert stepped(before, now).answered == before.answered


def test_conversations_that_were_erased_leave_no_count_below_nought() -> None:
    before = figures(Counter({("sms", "en"): 10}), by_text(0, 10))
    now = figures(Counter({("sms", "en"): 12}), by_text(1, 4))
    after = stepped(before, now)
    assert after.conversations == {"talking": 1, "finished": 4}
    assert set(ENDED_BY_ANSWERING) == {"finished", "partial"}
