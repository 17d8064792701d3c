"""Who wants no more texts is heard, in any words, and so is who was reached by mistake; an answer is neither."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modes.sms.folding import folded
from modes.sms.phrases import Phrases, made_of
from modes.sms.refusals import Refusal, asks_to_stop, is_not_for_them
from modes.sms.replies import Outcome
from tests.modes.sms.readings import QUESTIONS, read

PHRASES = tomllib.loads(Path(__file__).with_name("refusals.toml").read_text(encoding="utf-8"))
STOP, NOT_ME = PHRASES["stop"], PHRASES["not_me"]
BY_ANOTHER_HAND = tomllib.loads(Path(__file__).with_name("by_another_hand.toml").read_text(encoding="utf-8"))
ORDINARY = Path(__file__).parents[2] / "surveys" / "screening" / "ordinary.toml"
NO_WORDS_ASKED_FOR = ("yes or no", "out of 10", "several", "none")
NATURAL_RECALL, NOT_ME_RECALL, FALSE_STOPS, FALSE_NOT_ME = 0.98, 0.95, 0.01, 0.002
KEPT_ALL_THE_SAME = 0.85  # where an answer in words was asked for, and a refusal can be one


def share(texts: list[str], asked: str, outcome: Outcome) -> float:
    return sum(read(text, asked).outcome is outcome for text in texts) / len(texts)


def test_there_are_enough_phrases_and_none_is_on_two_lists() -> None:
    stops = [*STOP["exact"], *STOP["tuned"], *STOP["held_out"]]
    not_me = [*NOT_ME["tuned"], *NOT_ME["held_out"]]
    assert len(stops) >= 300
    assert len(not_me) >= 100
    for tuned, held_out in ((STOP["tuned"], STOP["held_out"]), (NOT_ME["tuned"], NOT_ME["held_out"])):
        assert not set(map(folded, tuned)) & set(map(folded, held_out))


@pytest.mark.req("M7")
@pytest.mark.req("C9")
@pytest.mark.parametrize("asked", QUESTIONS)
def test_the_words_that_must_always_work_always_do(asked: str) -> None:
    for text in STOP["exact"]:
        reading = read(text, asked)
        assert (reading.outcome, reading.comment) == (Outcome.STOP, None), text


@pytest.mark.req("M7")
@pytest.mark.parametrize("asked", NO_WORDS_ASKED_FOR)
@pytest.mark.parametrize("half", ["tuned", "held_out"])
def test_people_who_refuse_in_their_own_words_are_heard(half: str, asked: str) -> None:
    assert share(STOP[half], asked, Outcome.STOP) >= NATURAL_RECALL


@pytest.mark.req("M7")
@pytest.mark.parametrize("half", ["tuned", "held_out"])
def test_where_words_are_asked_for_a_refusal_is_heard_or_a_person_looks(half: str) -> None:
    readings = [read(text, "own words") for text in STOP[half]]
    assert sum(each.outcome is Outcome.STOP for each in readings) / len(readings) >= KEPT_ALL_THE_SAME
    heard = [each.outcome in {Outcome.STOP, Outcome.SKIP} or each.for_a_person for each in readings]
    assert sum(heard) / len(heard) >= NATURAL_RECALL


@pytest.mark.req("W15")
@pytest.mark.req("C9")
@pytest.mark.parametrize("asked", NO_WORDS_ASKED_FOR)
@pytest.mark.parametrize("half", ["tuned", "held_out"])
def test_who_was_reached_by_mistake_is_heard(half: str, asked: str) -> None:
    assert share(NOT_ME[half], asked, Outcome.NOT_ME) >= NOT_ME_RECALL


@pytest.mark.req("M7")
@pytest.mark.parametrize("asked", QUESTIONS)
def test_an_answer_with_the_same_words_in_it_is_neither(asked: str) -> None:
    for text in NOT_ME["answers"]:
        assert read(text, asked).outcome not in {Outcome.STOP, Outcome.NOT_ME}, text


@pytest.mark.req("M7")
@pytest.mark.parametrize("asked", ["yes or no", "own words"])
def test_ordinary_answers_are_hardly_ever_taken_for_a_stop(asked: str) -> None:
    ordinary: list[str] = tomllib.loads(ORDINARY.read_text(encoding="utf-8"))["answers"]
    assert len(ordinary) >= 2000
    assert share(ordinary, asked, Outcome.STOP) <= FALSE_STOPS
    assert share(ordinary, asked, Outcome.NOT_ME) <= FALSE_NOT_ME


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("stop it was awful", "it was awful"),
        ("STOP, he is outside", "he is outside"),
        ("stop", None),
        ("Stop please. Thanks x", None),
        ("Stopiwch mae o tu allan", "mae o tu allan"),
        ("The worker was rude. Leave me alone.", "The worker was rude. Leave me alone."),
        ("i've had enough", "i've had enough"),
    ],
)
def test_other_words_beside_a_stop_are_kept_for_a_person(text: str, beside: str | None) -> None:
    assert asks_to_stop(text, open_ended=False) == Refusal(beside)
    assert read(text).for_a_person == (beside is not None)


OF_A_LIFE = (
    "I don't want to do it again",
    "I want to stop",
    "I want to quit",
    "not doing it any more",
    "he's done with it",
)


@pytest.mark.parametrize("text", OF_A_LIFE)
def test_what_can_be_said_of_a_life_is_no_stop_where_words_are_asked_for(text: str) -> None:
    assert read(text, "own words").outcome is Outcome.VERBATIM


@pytest.mark.parametrize("text", ["wrong number, who gave you this?", "Wrong number. He is in prison.", "who is this?"])
def test_who_was_reached_by_mistake_may_say_more(text: str) -> None:
    assert is_not_for_them(text, open_ended=False) is not None


def test_no_phrase_of_a_kind_stands_on_both_sides() -> None:
    for text in (*STOP["exact"], *STOP["tuned"]):
        assert is_not_for_them(text, open_ended=False) is None, text


@pytest.mark.parametrize("find", [asks_to_stop, is_not_for_them])
@given(text=st.text(st.characters(codec=None)), open_ended=st.booleans())
def test_any_text_can_be_looked_at(find: Callable[..., Refusal | None], text: str, open_ended: bool) -> None:
    find(text, open_ended=open_ended)


# --- Lists of phrases -------------------------------------------------------------------------------------------------


def test_a_phrase_has_choices_inside_choices_and_stars() -> None:
    phrases = Phrases(["(stop|no more) ((all|these) |)texts", "not * phone"])
    for text in ("stop texts", "no more these texts", "stop all texts", "not Jay's phone"):
        words = folded(text)
        assert len(words) in phrases.ends(words, 0), text
    for text in ("stop all", "more texts", "not phone", "not my old phone"):
        words = folded(text)
        assert len(words) not in phrases.ends(words, 0), text


@pytest.mark.parametrize("pattern", ["(stop", "stop)", "a (b|c", "a | b"])
def test_a_bracket_that_stands_alone_is_told(pattern: str) -> None:
    with pytest.raises(ValueError, match="bracket"):
        Phrases([pattern])


def test_words_are_made_of_phrases_only_if_nothing_is_left_over() -> None:
    core, around = Phrases(["stop", "leave me alone"]), Phrases(["please", "and"])
    assert made_of(folded("please stop and leave me alone please"), core, around)
    for text in ("please", "", "stop it", "he said stop", "leave me"):
        assert not made_of(folded(text), core, around)


# --- By another hand ---


@pytest.mark.req("M7")
@pytest.mark.req("C9")
@pytest.mark.parametrize(
    ("half", "kind", "outcome", "at_least"),
    [
        ("tuned", "stop", Outcome.STOP, 0.93),
        ("tuned", "not_me", Outcome.NOT_ME, 0.84),
        ("tuned", "skip", Outcome.SKIP, 0.94),
        ("held_out", "stop", Outcome.STOP, 0.77),
        ("held_out", "not_me", Outcome.NOT_ME, 0.7),
        ("held_out", "skip", Outcome.SKIP, 0.75),
    ],
)
def test_what_others_would_write_is_heard(half: str, kind: str, outcome: Outcome, at_least: float) -> None:
    assert share(BY_ANOTHER_HAND[half][kind], "yes or no", outcome) >= at_least


@pytest.mark.req("M7")
@pytest.mark.parametrize("half", ["tuned", "held_out"])
@pytest.mark.parametrize(
    ("kind", "outcome", "at_most"),
    [("not_stop", Outcome.STOP, 0.02), ("other", Outcome.NOT_ME, 0.05), ("not_skip", Outcome.SKIP, 0.02)],
)
def test_what_others_would_write_and_not_mean_is_not_heard(
    half: str, kind: str, outcome: Outcome, at_most: float
) -> None:
    assert share(BY_ANOTHER_HAND[half][kind], "yes or no", outcome) <= at_most


@pytest.mark.req("M7")
def test_there_are_enough_of_them_and_none_is_on_two_lists() -> None:
    tuned, held_out = BY_ANOTHER_HAND["tuned"], BY_ANOTHER_HAND["held_out"]
    assert sum(map(len, tuned.values())) >= 800
    assert sum(map(len, held_out.values())) >= 270
    for kind, replies in held_out.items():
        assert not set(map(folded, tuned[kind])) & set(map(folded, replies))


@pytest.mark.req("M7")
@pytest.mark.parametrize("kind", ["stop", "not_me", "skip"])
def test_what_is_heard_among_other_words_is_read_by_a_person_too(kind: str) -> None:
    for text in (*BY_ANOTHER_HAND["tuned"][kind], *BY_ANOTHER_HAND["held_out"][kind]):
        reading = read(text)
        assert reading.for_a_person or reading.comment is None, text


def test_what_somebody_else_does_is_no_wish_of_theirs() -> None:
    assert read("he would not stop texting me and ringing").outcome is Outcome.ASK_AGAIN
    assert read("no one came please stop texting me and ringing").outcome is Outcome.STOP


@pytest.mark.req("T8")
@pytest.mark.parametrize(
    "text",
    [
        "he hits me every night please make it stop",
        "i want to die please leave me alone",
        "my dad is hurting me i cant do this any more",
        "he said he will kill me this isnt my phone",
        "he is going to kill me can we skip this",
    ],
)
def test_beside_words_that_worry_no_wish_is_guessed(text: str) -> None:
    """Whoever is heard as wanting no more texts would get no helping text."""
    reading = read(text)
    assert reading.concern
    assert (reading.outcome, reading.for_a_person) == (Outcome.ASK_AGAIN, True)


@pytest.mark.req("T8")
@pytest.mark.req("M8")
def test_but_one_that_names_our_texts_is_heard() -> None:
    """The phone may be in other hands at any moment."""
    reading = read("he is outside and he will kill me dont text me again")
    assert (reading.outcome, bool(reading.concern)) == (Outcome.STOP, True)


def test_what_a_phone_quotes_of_our_text_is_no_wish() -> None:
    assert read("Liked “Reply STOP to get no more texts please”").outcome is Outcome.ASK_AGAIN


def test_where_no_question_is_out_there_is_none_to_pass_over() -> None:
    assert read("can we skip that", "none").outcome is Outcome.ASK_AGAIN
