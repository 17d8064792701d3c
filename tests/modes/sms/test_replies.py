"""What people text, and what it is read as: English and Welsh alike, nothing by likeness, nothing guessed."""

import base64
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from modes.sms.as_typed import as_typed
from modes.sms.coding import coded
from modes.sms.options import shared_words
from modes.sms.read_back import misread_words
from modes.sms.replies import Outcome, understand
from modes.sms.spellings import beside, meanings
from surveys.answers import Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.loading import definition, shipped
from surveys.questionnaire import Category, Choice, MultipleChoice, OpenEnded, Question, Scale, SingleChoice
from surveys.text import LANGUAGES, Text
from tests.modes.sms.readings import QUESTIONS, in_words, read, read_as
from tests.surveys.strategies import WORDS

ZERO_WIDTH_SPACE = "\u200b"
STORY = "He came round again and nobody rang me back until the week after, which was too late. " * 5

TABLES = tomllib.loads(Path(__file__).with_name("vectors.toml").read_text(encoding="utf-8"))
VECTORS = [
    pytest.param(asked, expected, texts, id=f"{asked}: {expected}")
    for asked, table in TABLES.items()
    for expected, texts in table.items()
]


@pytest.mark.req("C9")
@pytest.mark.parametrize(("asked", "expected", "texts"), VECTORS)
def test_texts_are_read_as_the_table_says(asked: str, expected: str, texts: list[str]) -> None:
    readings = {text: read_as(text, asked) for text in texts}
    assert readings == {text: text if expected == "kept" else expected for text in texts}


BESIDE = [
    ("yes or no", "2 he never rang back", "no", "he never rang back"),
    ("yes or no", "Yes. He rang me.", "yes", "He rang me."),
    ("yes or no", "Yes\nHe rang me", "yes", "He rang me"),
    ("yes or no", "no they never listened", "no", "they never listened"),
    ("yes or no", "Na, doedd neb wedi dweud", "no", "doedd neb wedi dweud"),
    ("yes or no", "na doedd neb wedi dweud", "no", "doedd neb wedi dweud"),
    ("yes or no", "not sure because nobody said", "not_sure", "because nobody said"),
    ("yes or no", "I don't know, nobody said", "not_sure", "nobody said"),
    ("yes or no", "They did but it took weeks", "yes", "but it took weeks"),
    ("yes or no", "Oedd, ond yn hwyr", "yes", "ond yn hwyr"),
    ("yes or no", "1 yes they were great", "yes", "they were great"),
    ("out of 10", "8 because they TRY", "8", "because they TRY"),
    ("out of 10", "I'd give it a 9, they were nice", "9", "they were nice"),
    ("out of 10", "8/10, 2 of them were nice", "8", "2 of them were nice"),
    ("how good", "Good, but could be better", "good", "but could be better"),
    ("several", "1 3 and the bus was late", "feelings, information", "and the bus was late"),
]


@pytest.mark.parametrize(("asked", "text", "answer", "comment"), BESIDE, ids=[row[1] for row in BESIDE])
def test_an_answer_and_more_words_is_the_answer_and_a_comment_for_a_person(
    asked: str, text: str, answer: str, comment: str
) -> None:
    reading = read(text, asked)
    assert (in_words(reading), reading.comment, reading.for_a_person) == (answer, comment, True)


@pytest.mark.parametrize(
    "text", ["yes and no", "yes but no", "yes i mean no", "1 but my mum says 2", "no they said yes"]
)
def test_an_answer_and_then_another_is_asked_again(text: str) -> None:
    assert read(text).outcome is Outcome.ASK_AGAIN


@pytest.mark.parametrize("text", ["yes", "1 yes", "yes please", "2 thanks x", "Q1 1"])
def test_a_bare_answer_needs_no_person(text: str) -> None:
    reading = read(text)
    assert (reading.comment, reading.for_a_person, reading.concern) == (None, False, None)


def test_a_story_in_place_of_a_number_is_for_a_person_to_read() -> None:
    assert read(STORY).for_a_person
    assert not read("what").for_a_person


# --- Distress, help and pictures --------------------------------------------------------------------------------------


@pytest.mark.req("C9")
@pytest.mark.parametrize("asked", QUESTIONS)
@pytest.mark.parametrize(("first", "rest"), [("STOP", "he is outside"), ("STOPIO", "mae o tu allan")])
def test_distress_is_seen_in_every_text_and_changes_nothing_of_how_the_rest_is_read(
    first: str, rest: str, asked: str
) -> None:
    reading = read(f"{first} {rest}", asked)
    assert reading.concern is not None
    assert (reading.outcome, reading.comment, reading.for_a_person) == (Outcome.STOP, rest, True)


def test_distress_beside_an_answer_leaves_the_answer() -> None:
    reading = read("1 he is outside")
    assert (in_words(reading), reading.concern is None) == ("yes", False)


def test_who_asks_for_help_is_for_a_person() -> None:
    for text in ("HELP", "help me he is outside", "CYMORTH"):
        assert read(text).for_a_person
    assert read("please explain", opt_out_type="HELP").outcome is Outcome.HELP


@pytest.mark.parametrize("text", ["", " ", ZERO_WIDTH_SPACE, "\ufffc"])
def test_a_picture_alone_is_a_picture(text: str) -> None:
    reading = read(text, media=1)
    assert (reading.outcome, reading.for_a_person) == (Outcome.MEDIA, True)


def test_the_text_beside_a_picture_is_read_and_a_person_told() -> None:
    assert in_words(read("2", media=1)) == "no"
    assert read("2", media=1).for_a_person
    assert read("STOP", media=2).outcome is Outcome.STOP


# --- What the provider took it for ------------------------------------------------------------------------------------


def test_what_the_provider_blocked_is_a_stop_whatever_it_says() -> None:
    assert read("STOP", opt_out_type="STOP").comment is None
    reading = read("arrêt he is there", opt_out_type="STOP")
    assert (reading.outcome, reading.comment, reading.for_a_person) == (Outcome.STOP, "arrêt he is there", True)


def test_yes_starts_nothing_again_even_where_the_provider_thinks_so() -> None:
    assert read("START", "none", opt_out_type="START").outcome is Outcome.START
    assert read("ailgychwyn", "none", opt_out_type="START").outcome is Outcome.START
    assert in_words(read("yes", opt_out_type="START")) == "yes"
    assert read("YES", "none", opt_out_type="START").outcome is Outcome.ASK_AGAIN


def test_where_no_question_is_out_a_yes_says_in_which_language() -> None:
    assert [read(text, "none").agrees for text in ("yes", "IE", "2", "no", "maybe")] == ["en", "cy", "cy", None, None]
    assert read("yes").agrees is None


# --- Own words --------------------------------------------------------------------------------------------------------


def test_own_words_are_kept_as_they_are() -> None:
    words = "They LISTENED…  but it took “weeks”!\nDiolch 👍"
    assert read(words, "own words").answer == Verbatim(words)


def test_own_words_that_are_too_long_are_kept_to_the_limit_and_the_rest_is_for_a_person() -> None:
    reading = read("word " * 300, "own words")
    assert isinstance(reading.answer, Verbatim)
    kept, rest = reading.answer.text, reading.comment or ""
    assert len(kept) <= 1000
    assert f"{kept} {rest}".split() == ["word"] * 300
    assert reading.for_a_person
    solid = read("x" * 1200, "own words")
    assert (solid.answer, solid.comment) == (Verbatim("x" * 1000), "x" * 200)


@pytest.mark.parametrize("text", ["I don't want to do this", "no more", "dwi wedi cael digon", "he's moved out"])
def test_own_words_that_may_be_a_refusal_are_kept_and_a_person_looks(text: str) -> None:
    reading = read(text, "own words")
    assert (reading.answer, reading.for_a_person) == (Verbatim(text), True)


def test_who_would_rather_not_say_skips_for_that_reason_where_no_category_says_it() -> None:
    assert read("I'd rather not say").answer == NoAnswer(Silence.PREFERS_NOT_TO_SAY)
    assert read("SKIP").answer == NoAnswer(Silence.SKIPPED)


# --- What networks and phones make of texts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["He never rang back and nobody told me", "Doedd neb wedi dweud dim wrtha i, sâl iawn"]
)
def test_a_long_text_that_came_as_base64_is_read_as_it_was_typed(typed: str) -> None:
    arrived = base64.b64encode(typed.encode()).decode()
    assert read(arrived, "own words").answer == Verbatim(typed)
    assert read("\r\n".join((arrived[:20], arrived[20:])), "own words").answer == Verbatim(typed)
    assert read(base64.b64encode(b"STOP texting me at once").decode()).outcome is Outcome.STOP


@pytest.mark.parametrize("typed", ["responsibilities", "a" * 24, "Llanfairpwllgwyngyll", "WUVT", "1234567890123456"])
def test_what_is_not_plainly_base64_of_words_stays_as_it_is(typed: str) -> None:
    assert as_typed(typed) == typed


# --- Every questionnaire ----------------------------------------------------------------------------------------------


def choices() -> Iterator[tuple[str, Choice]]:
    for questionnaire_id in shipped():
        for question in definition(questionnaire_id).questions:
            if isinstance(question, SingleChoice | MultipleChoice):
                yield f"{questionnaire_id}.{question.id}", question


CHOICES = dict(choices())


def everything_shown(question: Choice) -> Iterator[tuple[str, str]]:
    for number, category in enumerate(question.categories, start=1):
        yield str(number), category.code
        yield category.code, category.code
        for text in filter(None, (category.label, category.sms_label)):
            yield from ((text.in_language(language), category.code) for language in LANGUAGES)


@pytest.mark.req("C9")
@pytest.mark.parametrize("question", CHOICES.values(), ids=CHOICES)
def test_whatever_is_shown_comes_back_as_its_category(question: Choice) -> None:
    for shown, code in everything_shown(question):
        for typed in (shown, shown.upper(), shown.lower(), f"{shown}.", f" {shown}!! ", f"“{shown}”", f"({shown})"):
            reading = understand(typed, question=question)
            assert reading.answer == Chosen((code,)), typed
            assert reading.comment is None


@pytest.mark.parametrize("question", CHOICES.values(), ids=CHOICES)
def test_no_two_categories_of_a_question_share_words(question: Choice) -> None:
    assert shared_words(question) == ()
    assert list(misread_words(question)) == []


def a_question(*labels: str) -> SingleChoice:
    categories = tuple(Category(code=f"c{label[0].lower()}", label=Text(en=label, cy=f"{label}!")) for label in labels)
    return SingleChoice(id="one", type="single_choice", wording=WORDS, categories=categories)


def test_words_that_two_categories_share_are_read_as_neither() -> None:
    question = SingleChoice(
        id="one",
        type="single_choice",
        wording=WORDS,
        categories=(
            Category(code="some", label=Text(en="Some", cy="Rhai"), sms_label=Text(en="A few", cy="Ychydig")),
            Category(code="few", label=Text(en="A few", cy="Ambell un")),
        ),
    )
    assert shared_words(question) == ("a few",)
    assert understand("a few", question=question).outcome is Outcome.ASK_AGAIN
    assert {(category.code, words) for category, words in misread_words(question)} == {
        ("some", "a few"),
        ("few", "a few"),
    }


def test_words_that_ask_for_something_else_are_told() -> None:
    assert [words for _, words in misread_words(a_question("Next", "Leave me alone", "Yes"))] == [
        "next",
        "leave me alone",
    ]


def test_a_category_with_a_known_meaning_is_spelt_in_all_its_ways() -> None:
    question = a_question("Yep", "Dunno")
    assert understand("ydw", question=question).answer == Chosen(("cy",))
    assert understand("ddim yn siŵr", question=question).answer == Chosen(("cd",))
    assert understand("no", question=question).outcome is Outcome.ASK_AGAIN


def test_a_thumb_is_an_answer_only_where_the_author_says_so() -> None:
    assert read("👍").outcome is Outcome.ASK_AGAIN
    question = SingleChoice(
        id="one",
        type="single_choice",
        wording=WORDS,
        categories=(
            Category(code="yes", label=Text(en="Yes", cy="Ie"), sms_label=Text(en="👍", cy="👍 ")),
            Category(code="no", label=Text(en="No", cy="Na")),
        ),
    )
    assert understand("👍🏽", question=question).answer == Chosen(("yes",))


# --- Any text at all --------------------------------------------------------------------------------------------------

ANY_TEXT = st.text(st.characters(codec=None), max_size=300)  # lone surrogates, NUL and all
PIECES = [
    *("yes", "no", "1", "2", "12", "8/10", "dau", "ddeg", "ar hugain", "q1", "1️⃣", "٢", "½", "not sure", "nac", "oes"),
    *("stop", "STOP", "help me", "wrong number", "i dont", "and", "or", ",", ".", "/", "-", "&", "%", "(", "“", "👍🏽"),
    *("\n", "\x00", "\ud800", "\u202e"),
]
FRAGMENTS = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@given(text=ANY_TEXT | FRAGMENTS, asked=st.sampled_from(sorted(QUESTIONS)), media=st.integers(0, 1))
@example(text="9" * 5000, asked="out of 10", media=0)
@example(text="\ud83d", asked="yes or no", media=0)
def test_any_text_can_be_read_and_every_answer_is_one(text: str, asked: str, media: int) -> None:
    question = QUESTIONS[asked]
    reading = read(text, asked, media=media)
    match reading.answer:
        case Chosen(codes):
            assert isinstance(question, SingleChoice | MultipleChoice)
            assert set(codes) <= {category.code for category in question.categories}
            assert len(codes) == 1 or isinstance(question, MultipleChoice)
        case Number(value):
            assert isinstance(question, Scale)
            assert question.minimum <= value <= question.maximum
        case Verbatim(words, _):
            assert isinstance(question, OpenEnded)
            assert 0 < len(words) <= question.max_length
        case NoAnswer() | None:
            assert reading.outcome not in {Outcome.ANSWER, Outcome.VERBATIM}


@given(st.sampled_from(sorted(CHOICES)), st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9))
def test_a_word_is_an_answer_only_if_it_is_written_down_somewhere(name: str, word: str) -> None:
    question: Question = CHOICES[name]
    assert isinstance(question, SingleChoice | MultipleChoice)
    written = {each.casefold() for each, _ in everything_shown(question)}
    lists = [each for meaning in meanings().values() for each in (*meaning.spelt.values(), *meaning.alone.values())]
    spelt = any(1 in phrases.ends([word], 0) for phrases in lists)
    if coded(question, word) is not None:
        assert word in written or spelt or read_as(word, "out of 10").isdecimal()


NEAR = ("noo t", "yess s", "eys", "yse", "on", "mo", "ni", "nd", "oe", "ydx", "nadd", "stpp", "hepl", "fantastc", "gud")


@pytest.mark.parametrize("near", NEAR)
def test_likeness_is_never_enough(near: str) -> None:
    for asked in ("yes or no", "how good"):
        assert read(near, asked).outcome is Outcome.ASK_AGAIN


def test_what_stands_beside_an_answer_is_no_answer_itself() -> None:
    for asked in ("yes or no", "how good", "several"):
        for said in ("please", "thanks", "x", "I think", "it's", "well", "and", "also"):
            assert read(said, asked).outcome is Outcome.ASK_AGAIN, said
    assert beside().units


@pytest.mark.parametrize(
    ("text", "code", "comment"),
    [
        ("2 it was years ago", "no", "it was years ago"),
        ("1 I didn't get it all though", "yes", "I didn't get it all though"),
        ("3 he never rang back", "not_sure", "he never rang back"),
    ],
)
def test_after_a_number_what_begins_a_sentence_is_no_second_answer(text: str, code: str, comment: str) -> None:
    reading = read(text)
    assert (reading.answer, reading.comment, reading.for_a_person) == (Chosen((code,)), comment, True)


@pytest.mark.parametrize("text", ["2 it was", "1 no", "2 yes they did", "1 never", "yes no"])
def test_but_what_says_two_answers_is_asked_again(text: str) -> None:
    assert read(text).outcome is Outcome.ASK_AGAIN


# --- What the inspector is told ---------------------------------------------------------------------------------------

GUIDE = (Path(__file__).parents[3] / "docs" / "text-messages.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (`.+`) \| (.+) \|$", re.MULTILINE)
SHOWN = {
    "yes": "yes",
    "no": "no",
    "not sure": "not_sure",
    "asked again": "ask again",
    "skipped": "skip",
    "wants to answer on the web": "link",
    "asks for help": "help",
    "wants no more texts": "stop",
    "reached somebody else": "not me",
}


def test_the_guide_shows_how_replies_are_read() -> None:
    told = GUIDE.partition("## How replies are read")[2].partition("\n## ")[0]
    rows = [(re.findall(r"`([^`]+)`", texts), re.split("[;:]", reading)[0]) for texts, reading in ROW.findall(told)]
    assert {reading for _, reading in rows} == SHOWN.keys()
    for texts, reading in rows:
        assert {text: read_as(text) for text in texts} == dict.fromkeys(texts, SHOWN[reading])
