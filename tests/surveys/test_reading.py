"""What comes in from any mode becomes an answer, or a fault with its remedy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.answers import Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.questionnaire import MultipleChoice, OpenEnded, Question, Questionnaire, Scale, SingleChoice
from surveys.reading import Fault, InvalidAnswer, read_answer, tidy
from tests.surveys.strategies import CODES, WORDS, answers_to, categories, questionnaires

SINGLE = SingleChoice(id="one", type="single_choice", wording=WORDS, categories=categories(alone=False))
MULTIPLE = MultipleChoice(id="many", type="multiple_choice", wording=WORDS, categories=categories(alone=True))
RATING = Scale(id="rating", type="scale", wording=WORDS, minimum=0, maximum=100, low_label=WORDS, high_label=WORDS)
COMMENT = OpenEnded(id="why", type="open_ended", wording=WORDS, consent=WORDS, max_length=10)


def fault_of(question: Question, *raw: str) -> Fault:
    with pytest.raises(InvalidAnswer) as invalid:
        read_answer(question, raw)
    assert "{" not in invalid.value.message("en") + invalid.value.message("cy")
    return invalid.value.fault


def test_a_code_is_a_choice() -> None:
    assert read_answer(SINGLE, ["yes"]) == Chosen(("yes",))


def test_several_codes_come_back_in_the_order_of_the_questionnaire() -> None:
    assert read_answer(MULTIPLE, ["not_sure", "yes", "yes"]) == Chosen(("yes", "not_sure"))


@pytest.mark.parametrize("question", [SINGLE, MULTIPLE, RATING, COMMENT], ids=lambda question: question.type)
@pytest.mark.parametrize("raw", [[], [""], ["  ", "\t"]], ids=["nothing", "empty", "blanks"])
def test_nothing_is_a_skip(question: Question, raw: list[str]) -> None:
    assert read_answer(question, raw) == NoAnswer(Silence.SKIPPED)


@pytest.mark.parametrize("written", ["70", " 70 ", "+70", "٧٠", "７０", "070"])
def test_a_number_is_read_in_any_digits(written: str) -> None:
    assert read_answer(RATING, [written]) == Number(70)


@pytest.mark.parametrize(
    ("question", "raw", "fault"),
    [
        (SINGLE, ["maybe"], Fault.UNKNOWN_CATEGORY),
        (SINGLE, ["yes", "no"], Fault.MORE_THAN_ONE),
        (MULTIPLE, ["yes", "none"], Fault.STANDS_ALONE),
        (MULTIPLE, ["yes", "<script>"], Fault.UNKNOWN_CATEGORY),
        (RATING, ["ten"], Fault.NOT_A_NUMBER),
        (RATING, ["7.5"], Fault.NOT_A_NUMBER),
        (RATING, ["9" * 400], Fault.NOT_A_NUMBER),
        (RATING, ["101"], Fault.OUT_OF_RANGE),
        (RATING, ["-1"], Fault.OUT_OF_RANGE),
        (RATING, ["1", "2"], Fault.MORE_THAN_ONE),
        (COMMENT, ["eleven char"], Fault.TOO_LONG),
    ],
)
def test_what_is_no_answer_is_told(question: Question, raw: list[str], fault: Fault) -> None:
    assert fault_of(question, *raw) is fault


def test_the_fault_is_told_in_both_languages_with_the_numbers_of_the_question() -> None:
    with pytest.raises(InvalidAnswer) as invalid:
        read_answer(RATING, ["101"])
    assert invalid.value.message("en") == "That number does not fit. Type one from 0 to 100."
    assert invalid.value.message("cy") == "Dydy'r rhif hwnnw ddim yn ffitio. Mae angen teipio rhif o 0 i 100."


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\ud800b", "ab"),
        ("a\u202eb", "ab"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("  ŵ e\u0301 ", "ŵ é"),
        ("👩‍👧", "👩‍👧"),
    ],
)
def test_words_are_kept_without_what_cannot_be_stored_or_shown(raw: str, kept: str) -> None:
    assert tidy(raw) == kept


def test_words_keep_whether_they_may_be_printed() -> None:
    assert read_answer(COMMENT, ["Good."], may_quote=True) == Verbatim("Good.", may_quote=True)


@given(st.sampled_from([SINGLE, MULTIPLE, RATING, COMMENT]), st.lists(st.text() | st.sampled_from(CODES), max_size=4))
def test_whatever_comes_in_is_an_answer_or_a_fault(question: Question, raw: list[str]) -> None:
    try:
        answer = read_answer(question, raw)
    except InvalidAnswer as invalid:
        assert invalid.message("cy")
    else:
        assert answer.says_something or answer == NoAnswer(Silence.SKIPPED)


@given(st.data(), questionnaires())
def test_an_answer_written_out_is_read_as_itself(data: st.DataObject, questionnaire: Questionnaire) -> None:
    question = data.draw(st.sampled_from(questionnaire.questions))
    answer = data.draw(answers_to(question))
    match answer:
        case Chosen(codes):
            assert read_answer(question, codes) == answer
        case Number(value):
            assert read_answer(question, [str(value)]) == answer
        case Verbatim(text, may_quote):
            assert read_answer(question, [text], may_quote=may_quote) == answer
        case NoAnswer():
            assert read_answer(question, []) == answer
