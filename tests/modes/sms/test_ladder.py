"""One step of the ladder: from where a conversation stands and how a text was read. Nothing here is kept anywhere."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldwork.models.texts import ConversationState, Kind
from modes.sms import ladder
from modes.sms.ladder import ASKING, LEFT, About, Rung, Standing, Step, step
from modes.sms.replies import Outcome, Reading
from surveys.answers import Chosen, NoAnswer, Silence, Verbatim
from surveys.loading import definition
from surveys.screening.screen import Hit

HIT = Hit("1", ("violence",))
YES = Chosen(("yes",))
QUESTIONNAIRE = definition("victims-text")
QUESTION, COMMENT = QUESTIONNAIRE.questions[0], QUESTIONNAIRE.questions[-1]
STATES: tuple[ConversationState, ...] = get_args(ConversationState)
OUT = About("out", QUESTION)
ANSWERED = Reading(Outcome.ANSWER, YES)
UNCLEAR = Reading(Outcome.ASK_AGAIN)

abouts = st.sampled_from(
    [
        OUT,
        About("out", COMMENT),
        About("earlier", QUESTION, YES, is_fresh=True),
        About("earlier", QUESTION, YES, is_lost=True),
        About("earlier", COMMENT, Verbatim("so"), is_fresh=True),
        About("earlier"),
        About("elsewhere"),
        ladder.NOTHING,
    ]
)
readings = st.builds(
    Reading,
    outcome=st.sampled_from(Outcome),
    answer=st.sampled_from([YES, Verbatim("words"), NoAnswer(Silence.PREFERS_NOT_TO_SAY)]),
    comment=st.sampled_from([None, "he never rang"]),
    concern=st.sampled_from([None, HIT]),
    for_a_person=st.booleans(),
)
standings = st.builds(
    Standing,
    state=st.sampled_from(STATES),
    wave_closed=st.booleans(),
    about=abouts,
    misread=st.integers(0, 3),
    has_begun=st.booleans(),
    agrees=st.booleans(),
    declines=st.booleans(),
    suppressed=st.booleans(),
    start_asked=st.booleans(),
    told_it_is_over=st.booleans(),
    helped=st.booleans(),
)


def asking(about: About = OUT, **more: object) -> Standing:
    return Standing(state="asking", has_begun=True, about=about, **more)  # type: ignore[arg-type]


@given(standings, readings, st.integers(0, 2))
def test_every_text_ends_on_a_rung_whatever_it_says_and_wherever_it_comes(
    now: Standing, reading: Reading, media: int
) -> None:
    found = step(now, reading, media)
    assert found.rung in Rung
    assert found.reply is None or found.reply in get_args(Kind)
    assert found.becomes is None or found.becomes in STATES


@pytest.mark.req("M7")
@given(standings, readings, st.integers(0, 2))
def test_a_stop_is_never_answered_and_never_an_answer(now: Standing, reading: Reading, media: int) -> None:
    stopped = Reading(Outcome.STOP, comment=reading.comment, concern=reading.concern)
    found = step(now, stopped, media)
    assert (found.rung, found.reply, found.answer) == (Rung.STOP, None, None)
    assert bool(set(found.concerns) & {"words", "stop_with_words"}) == bool(stopped.comment or stopped.concern)


@pytest.mark.req("T3")
@given(standings, readings, st.integers(0, 2))
def test_whoever_may_be_hurt_is_brought_before_a_person_and_asked_nothing(
    now: Standing, reading: Reading, media: int
) -> None:
    hit = Reading(reading.outcome, reading.answer, reading.comment, HIT)
    found = step(now, hit, media)
    assert set(found.concerns) & {"words", "help"}
    assert found.for_a_person
    assert found.reply not in ASKING | {"start_again"}
    quiet = step(now, Reading(reading.outcome, reading.answer, reading.comment), media)
    assert (found.rung, found.about, found.answer) == (quiet.rung, quiet.about, quiet.answer), "read as ever"


@pytest.mark.req("T8")
@given(standings, readings)
def test_who_asked_us_to_stop_is_sent_no_helping_text(now: Standing, reading: Reading) -> None:
    found = step(now, Reading(reading.outcome, reading.answer, reading.comment, HIT))
    without_it = step(now, Reading(reading.outcome, reading.answer, reading.comment))
    still_gone = now.state in LEFT and without_it.becomes is None
    if still_gone or found.rung in {Rung.STOP, Rung.NOT_ME} or now.helped:
        assert found.reply != "distress"
    elif now.state != "wrong_person":
        assert found.reply == "distress"


@given(standings, readings, st.integers(1, 2))
def test_a_person_is_told_of_every_picture(now: Standing, reading: Reading, media: int) -> None:
    assert "picture" in step(now, reading, media).concerns


@pytest.mark.req("M8")
@given(standings, readings)
def test_only_start_after_our_own_question_brings_anybody_back_who_asked_us_to_stop(
    now: Standing, reading: Reading
) -> None:
    if now.state in LEFT and now.suppressed:
        found = step(now, reading)
        back = found.becomes in {"invited", "asking", "paused"}
        assert not back or (reading.outcome is Outcome.START and now.start_asked)


@pytest.mark.req("M15")
@given(standings, readings)
def test_nobody_is_asked_a_question_who_has_not_agreed(now: Standing, reading: Reading) -> None:
    if not now.has_begun and now.state not in LEFT:
        found = step(now, reading)
        assert found.reply != "question" or now.agrees


@given(standings, readings)
def test_nothing_is_asked_while_a_person_has_to_look_or_after_the_end(now: Standing, reading: Reading) -> None:
    if now.state in {"paused", "finished", "partial", "wrong_person", "waiting"} or now.wave_closed:
        assert step(now, reading).reply not in ASKING


@pytest.mark.parametrize(
    ("misread", "reply", "rung"),
    [(0, "ask_again", Rung.UNCLEAR), (1, "last_ask", Rung.UNCLEAR), (2, "question", Rung.PARKED)],
)
def test_what_is_not_understood_is_asked_twice_more_and_then_parked(misread: int, reply: Kind, rung: Rung) -> None:
    found = step(asking(misread=misread), UNCLEAR)
    assert (found.reply, found.rung) == (reply, rung)
    assert found.answer == (NoAnswer(Silence.NOT_UNDERSTOOD) if rung is Rung.PARKED else None)


def test_an_answer_is_kept_and_the_next_question_asked() -> None:
    assert step(asking(misread=2), ANSWERED) == Step(
        rung=Rung.ANSWER, about=QUESTION.id, answer=YES, reply="question", misread=0
    )


@pytest.mark.req("W7")
def test_within_a_minute_a_bare_answer_corrects_and_later_it_is_for_a_person() -> None:
    fresh, old = (About("earlier", QUESTION, YES, is_fresh=each) for each in (True, False))
    assert step(asking(fresh), ANSWERED).rung is Rung.CORRECTION
    beside = Reading(Outcome.ANSWER, YES, comment="he never rang")
    for now, reading in ((asking(old), ANSWERED), (asking(fresh), beside), (asking(fresh), UNCLEAR)):
        found = step(now, reading)
        assert (found.rung, found.answer, found.reply, found.for_a_person) == (Rung.COMMENT, None, None, True)


@pytest.mark.req("W7")
def test_ones_own_words_go_on_in_a_second_text_as_far_as_there_is_room() -> None:
    more = Reading(Outcome.VERBATIM, Verbatim("and more"))
    fresh = asking(About("earlier", COMMENT, Verbatim("They listened"), is_fresh=True))
    assert step(fresh, more).answer == Verbatim("They listened\nand more")
    full = asking(About("earlier", COMMENT, Verbatim("x" * 1_000), is_fresh=True))
    assert (step(full, more).answer, step(full, more).for_a_person) == (None, True)
    after_a_skip = asking(About("earlier", COMMENT, NoAnswer(Silence.SKIPPED), is_fresh=True))
    assert step(after_a_skip, more).answer == Verbatim("and more")


def test_help_that_the_provider_answered_is_not_answered_again() -> None:
    asked = Reading(Outcome.HELP)
    assert step(asking(), asked, answered_by_provider=True).reply is None
    assert step(asking(), asked).reply == "distress"
    assert step(asking(), asked).concerns == ("help",)
    assert step(asking(), asked).becomes == "paused"
