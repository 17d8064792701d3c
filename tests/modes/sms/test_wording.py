"""Every text is counted in both languages, gives nobody away, promises nothing, and asks what it should ask."""

import re
from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import given

from fieldwork.models.contacts import Age as AgeOfContact
from fieldwork.models.inspections import Nation as NationOfInspection
from fieldwork.models.texts import Kind
from modes.sms.telling import telling_words
from modes.sms.texts import Age, ByAge, Entry, Line, texts
from modes.sms.wording import (
    MOST_PARTS,
    Nation,
    again,
    can_be_texted,
    invitation,
    language_for,
    last_time,
    line,
    prompt,
)
from modes.web.helplines import helplines
from surveys.answers import Answer, Chosen, NoAnswer, Silence
from surveys.gsm import count_parts, plain
from surveys.interview import Interview
from surveys.loading import definition
from surveys.questionnaire import Question, Questionnaire, Section
from surveys.readability import hard_to_read
from surveys.text import LANGUAGES, Language, Names, Text
from tests.surveys.strategies import answered

LINES: tuple[Line, ...] = get_args(Line)
AGES: tuple[Age, ...] = get_args(Age)
A_LONG_LINK = "https://youth-justice-survey.example.org/l/" + "x" * 32
NAMES = Names(
    service=Text(en="YJS", cy="GCI"),
    worker=Text(en="worker", cy="gweithiwr"),
    child=Text(en="child", cy="plentyn"),
    children=Text(en="children", cy="plant"),
)
EVERY_LINE = [(kind, language, age) for kind in LINES for language in (*LANGUAGES, None) for age in AGES]
BEFORE_A_LANGUAGE_IS_CHOSEN = 3  # parts, for both together
IN_THE_FIRST_TEXT = 2

# Words that begin with a capital though no sentence begins there. A place or a name of a person would be one more.
CAPITALS = {
    *("HMI", "Probation", "Arolygiaeth", "Prawf", "EF"),
    *("YES", "NO", "STOP", "WRONG", "SKIP", "START", "IE", "NA", "STOPIO", "ANGHYWIR", "HEPGOR", "DECHRAU", "CYMORTH"),
    *("Samaritans", "Samariaid", "Childline", "Meic", "SHOUT"),
    *("Gymraeg",),
}


def said(kind: Line, language: Language | None, age: Age) -> str:
    return line(kind, language, age, **({"link": A_LONG_LINK} if kind == "web_link" else {}))


def entries() -> Iterator[Entry]:
    """Everything that the file says."""
    asking = texts().asking
    yield from (asking.heading, asking.several, asking.scale, asking.skip, asking.first, *asking.again.values())
    for found in texts().lines.values():
        yield from (found.adult, found.child) if isinstance(found, ByAge) else (found,)


def spoken(language: Language) -> list[str]:
    return [each.said(language, to_a_child=to_a_child) for each in entries() for to_a_child in (False, True)]


@pytest.mark.req("M14")
@pytest.mark.parametrize(("kind", "language", "age"), EVERY_LINE)
def test_an_english_line_is_one_part_a_welsh_one_two_and_both_three(
    kind: Line, language: Language | None, age: Age
) -> None:
    counted = count_parts(said(kind, language, age))
    assert counted.parts <= (MOST_PARTS[language] if language else BEFORE_A_LANGUAGE_IS_CHOSEN)
    assert counted.encoding == "GSM-7", counted.forcing  # no letter of ours costs more


@pytest.mark.parametrize(("kind", "language", "age"), EVERY_LINE)
def test_a_line_goes_out_as_it_is(kind: Line, language: Language | None, age: Age) -> None:
    text = said(kind, language, age)
    assert plain(text) == text
    assert not re.search(r"[{}]", text)


def test_there_is_a_line_for_every_kind_of_text_that_is_no_question() -> None:
    assert set(texts().lines) == set(LINES)
    assert set(get_args(Kind)) - {"question", "ask_again", "last_ask"} <= set(LINES)
    assert set(texts().asking.again) == {"single_choice", "multiple_choice", "scale", "open_ended"}


def test_what_is_written_here_once_more_is_the_same_as_where_it_comes_from() -> None:
    assert get_args(Age) == get_args(AgeOfContact)
    assert get_args(Nation) == get_args(NationOfInspection)


@pytest.mark.req("M14")
@pytest.mark.req("T9")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_gives_its_reader_away_or_promises_anything(language: Language) -> None:
    assert [(text, words) for text in spoken(language) if (words := telling_words(text, language))] == []


@pytest.mark.req("T9")
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Were you a victim?", "en"),
        ("about the crime", "en"),
        ("the OFFENCE", "en"),
        ("young offenders", "en"),
        ("at court", "en"),
        ("The police", "en"),
        ("This is confidential.", "en"),
        ("It is a secret", "en"),
        ("You are anonymous", "en"),
        ("We will not tell anyone.", "en"),
        ("we won't tell", "en"),
        ("No one will know", "en"),
        ("We promise", "en"),
        ("We will help you", "en"),
        ("someone will call you", "en"),
        ("i ddioddefwyr", "cy"),
        ("fy nioddefaint", "cy"),
        ("Trosedd", "cy"),
        ("ei throsedd, fy nhrosedd, dy drosedd", "cy"),
        ("i'r llys", "cy"),
        ("o lys", "cy"),
        ("yr heddlu", "cy"),
        ("yn gyfrinachol", "cy"),
        ("cyfrinach", "cy"),
        ("yn ddienw", "cy"),
        ("rydyn ni'n addo", "cy"),
        ("Fyddwn ni ddim yn dweud wrth neb", "cy"),
        ("Byddwn ni'n eich helpu", "cy"),
    ],
)
def test_a_word_that_tells_too_much_is_found(text: str, language: Language) -> None:
    assert telling_words(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Did it help you? Of course, courteous, a discourse.", "en"),
        ("Secretary? No: secretion. Did they call you?", "en"),
        ("Faint mae'r gwasanaeth wedi dy helpu di i gadw allan o drwbl? Llysiau.", "cy"),
    ],
)
def test_a_word_that_is_like_one_is_not(text: str, language: Language) -> None:
    assert [word for word in telling_words(text, language) if not word.casefold().startswith("secret")] == []


@pytest.mark.req("M14")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_names_a_place_or_a_person(language: Language) -> None:
    for text in spoken(language):
        inside = re.findall(r"(?<![.?!:;] )(?<!^)(?<!\n)\b[A-Z]\w*", text)
        assert set(inside) <= CAPITALS, text
        first = re.findall(r"(?:^|[.?!:;] |\n)([A-Z]\w*)", text)
        assert not set(first) & {"England", "Wales", "Lloegr", "Cymru", "Leeds", "Essex"}, text
    filled = {name for text in spoken(language) for name in re.findall(r"\{(\w+)\}", text)}
    assert filled == {"number", "total", "minimum", "maximum", "link"}


@pytest.mark.req("M14")
@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("nation", get_args(Nation))
@pytest.mark.parametrize("chosen", [*LANGUAGES, None])
def test_the_first_text_says_who_asks_how_to_say_yes_to_stop_and_that_it_is_for_someone_else(
    nation: Nation, chosen: Language | None, age: Age
) -> None:
    text = invitation(nation, chosen, age)
    english, welsh = ("HMI Probation:", "YES", "STOP ", "WRONG"), ("Arolygiaeth Prawf EF:", "IE", "STOPIO", "ANGHYWIR")
    language = language_for(nation, chosen)
    assert all(word in text for word in english) == (language != "cy")
    assert all(word in text for word in welsh) == (language != "en")
    assert not re.search(r"https?:|www|\.\w|/", text)
    assert count_parts(text).parts <= IN_THE_FIRST_TEXT


def test_in_wales_texts_are_in_both_languages_until_one_is_chosen() -> None:
    assert language_for("wales", None) is None
    assert language_for("england", None) == "en"
    assert {language_for(nation, "cy") for nation in get_args(Nation)} == {"cy"}
    assert said("not_me", None, "adult") == f"{said('not_me', 'en', 'adult')}\n{said('not_me', 'cy', 'adult')}"


@pytest.mark.req("C7")
def test_what_we_say_in_english_can_be_read_at_nine() -> None:
    assert [(entry.en, hard) for entry in entries() if (hard := hard_to_read(entry.en))] == []


def test_welsh_says_ti_to_a_child_and_chi_to_an_adult() -> None:
    to_adults = r"\b(ti|dy|rwyt|wyt|cei|ateba|ffonia|tecstia|dewisa|cer)\b"
    to_children = r"\b(chi|eich|i'ch|gallwch|rydych|ydych|\w+wch)\b"
    for kind in set(LINES) - {"opt_out", "help", "not_me"}:  # we do not know whom Twilio answers, nor whose phone it is
        assert not re.search(to_adults, said(kind, "cy", "adult"), re.IGNORECASE), kind
        assert not re.search(to_children, said(kind, "cy", "child"), re.IGNORECASE), kind


def test_welsh_and_english_differ() -> None:
    assert [entry for entry in entries() if entry.cy in {entry.en, entry.ti}] == []


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_help_numbers_are_those_that_the_pages_give(language: Language, age: Age) -> None:
    known = {
        number: each for each in helplines().all_of_them for number in (each.call, each.text and each.text.to) if number
    }
    for kind in ("distress", "thanks", "after_the_end", "help"):
        text = said(kind, language, age)
        numbers = set(re.findall(r"\d[\d ]*\d", text)) - {"19", "999"}
        assert numbers <= set(known), text
        readers = {"children" if age == "child" else "victims"} if kind != "help" else {"children", "victims"}
        assert numbers, text
        for number in numbers:
            assert readers & set(known[number].audiences), text
            assert (
                known[number].name.en in text
                or known[number].name.cy.casefold() in text.casefold()
                or "Gymraeg" in text
                or "SHOUT" in text
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_distress_is_answered_by_age_with_999_and_without_a_promise(language: Language) -> None:
    adult, child = (said("distress", language, age) for age in AGES)
    assert adult != child
    assert "116 123" in adult
    assert "0800 1111" in child
    for text in (adult, child):
        assert "999" in text
        assert "SHOUT" in text
    assert "can't reply in person" in said("distress", "en", "adult")


@pytest.mark.parametrize("age", AGES)
def test_whoever_has_finished_is_told_whom_to_call_and_that_the_texts_can_go(age: Age) -> None:
    assert "You can delete these texts" in said("thanks", "en", age)
    assert "ddileu'r negeseuon hyn" in said("thanks", "cy", age)
    assert re.search(r"116 123|0800 1111", said("thanks", "cy", age))


def test_twilio_s_own_answers_say_how_to_go_on_in_either_language() -> None:
    assert "START" in said("opt_out", "en", "adult")
    assert "STOP" in said("help", "en", "adult")
    assert {"STOPIO", "CYMORTH"} <= set(re.findall(r"\w+", said("help", "cy", "adult")))
    assert "STOPIO" in said("opt_out", "cy", "adult")
    assert texts().keywords.stop["cy"] == ("STOPIO",)
    assert texts().keywords.help["cy"] == ("CYMORTH",)


def test_no_keyword_at_twilio_is_a_word_that_answers_a_question() -> None:
    keywords = texts().keywords
    every = {
        word for kind in (keywords.stop, keywords.help, keywords.start) for words in kind.values() for word in words
    }
    assert not every & {"YES", "NO", "END", "QUIT", "CANCEL", "IE", "NA", "DO", "OES", "NADDO"}


def test_a_link_without_an_address_is_a_fault() -> None:
    with pytest.raises(KeyError):
        line("web_link", "en")


# --- Questions --------------------------------------------------------------------------------------------------------

VICTIMS = definition("victims-text")
CHILDREN = definition("text-2019")


def asked(questionnaire_id: str, question_id: str, language: Language = "en", **answers: str) -> str:
    questionnaire = definition(questionnaire_id)
    interview = Interview(questionnaire, {each: Chosen((code,)) for each, code in answers.items()})
    return prompt(questionnaire, interview, questionnaire.by_id[question_id], NAMES, language)


def with_wording(question_id: str, en: str, cy: str = "Beth?") -> Question:
    """A question of the victims' questionnaire with other words."""
    return VICTIMS.by_id[question_id].model_copy(update={"sms_wording": Text(en=en, cy=cy)})


def asking(*questions: Question) -> Questionnaire:
    """The victims' questionnaire with only these questions."""
    fields = {name: getattr(VICTIMS, name) for name in Questionnaire.model_fields}
    section = Section.model_validate({"id": "all", "title": VICTIMS.title, "pages": questions})
    return Questionnaire.model_validate(fields | {"sections": (section,)})


def test_a_question_has_its_number_and_numbered_answers() -> None:
    assert asked("victims-text", "safety_attended") == (
        "4 of 7: Did the service pay attention to your safety?\n1 Yes\n2 No\n3 I had no worries\n4 Not sure"
    )
    assert asked("victims-text", "safety_attended", "cy") == (
        "4 o 7: Ydy'r gwasanaeth wedi rhoi sylw i'ch diogelwch?\n"
        "1 Ydy\n2 Nac ydy\n3 Doedd gen i ddim pryder\n4 Ddim yn gwybod"
    )


def test_the_first_question_says_how_to_skip_and_how_to_stop() -> None:
    assert asked("victims-text", "explained_offer").endswith("3 Not sure\nSKIP leaves a question out, STOP ends this.")
    assert "HEPGOR" in asked("victims-text", "explained_offer", "cy")
    assert "SKIP" not in asked("victims-text", "chance_to_talk")


def test_a_scale_says_what_its_ends_mean() -> None:
    assert asked("text-2019", "rating_1_to_10", "cy").splitlines()[:4] == [
        "1 o 5: Pa farc allan o 10 wyt ti'n ei roi i'r gwasanaeth?",
        "Ateba gyda rhif o 1 i 10",
        "1 = Gwael iawn",
        "10 = Da iawn",
    ]
    assert "Atebwch gyda rhif o 1 i 10" in asked("text-2019-parents", "rating_1_to_10", "cy")


def test_a_list_to_tick_says_that_several_fit() -> None:
    assert asked("victims", "needs").splitlines()[:3] == [
        "7 of 19: What did you need help with?",
        "Pick all that fit, like 1 3",
        "1 Feelings",
    ]


def test_an_open_question_can_be_skipped_where_the_hint_costs_nothing() -> None:
    assert asked("victims-text", "anything_else").endswith("please leave out names.\nOr reply SKIP.")
    assert asked("text-2019", "tell_us_why", "cy").endswith("ond heb enwau.\nNeu ateba HEPGOR.")
    for length in (145, 146):
        question = with_wording("anything_else", "a" * (length - len("1 of 2: ")))
        questionnaire = asking(VICTIMS.by_id["satisfied"], question)
        text = prompt(questionnaire, Interview(questionnaire), question, NAMES, "en")
        assert text.endswith("SKIP.") == (length == 145)  # 145, the end of a line and 14 are 160
        assert count_parts(text).parts == 1


def test_what_is_to_be_read_before_a_question_stands_before_it_in_the_same_text() -> None:
    text = asked("victims", "age")
    assert text.startswith("The next questions are about you. You can skip them.\n")
    assert "next questions" not in asked("victims", "sex")


def test_the_number_counts_what_this_respondent_is_asked() -> None:
    assert asked("victims", "benefited").startswith("9 of 19: ")
    assert asked("victims", "benefited", order_or_disposal="court_order").startswith("10 of 20: ")


def test_a_question_that_is_not_on_the_route_has_no_number() -> None:
    with pytest.raises(ValueError, match="order_explained"):
        asked("victims", "order_explained")


def test_a_name_is_put_where_the_wording_asks_for_it() -> None:
    question = with_wording("satisfied", "Is the {service} good?", "Ydy'r {service} yn dda?")
    questionnaire = asking(question)
    assert "Is the YJS good?" in prompt(questionnaire, Interview(questionnaire), question, NAMES, "en")
    assert "Ydy'r GCI yn dda?" in prompt(questionnaire, Interview(questionnaire), question, NAMES, "cy")


def test_asking_again_leaves_the_question_out_and_keeps_what_to_reply() -> None:
    question = VICTIMS.by_id["explained_offer"]
    assert again(VICTIMS, question, NAMES, "en") == "Sorry, please send one number:\n1 Yes\n2 No\n3 Not sure"
    assert last_time(VICTIMS, question, NAMES, "en").endswith("\n3 Not sure\nOr reply SKIP.")
    assert last_time(CHILDREN, CHILDREN.by_id["how_good"], NAMES, "cy").endswith("\nNeu ateba HEPGOR.")
    scale = again(CHILDREN, CHILDREN.by_id["rating_1_to_10"], NAMES, "en")
    assert scale == "Sorry, please send one number from 1 to 10:\n1 = Very bad\n10 = Very good"


@pytest.mark.req("M14")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "questionnaire_id", ["text-2019", "text-2019-parents", "victims", "victims-2009", "victims-text"]
)
def test_every_text_of_an_interview_is_as_short_as_it_must_be(questionnaire_id: str, language: Language) -> None:
    questionnaire = definition(questionnaire_id)
    assert can_be_texted(questionnaire)
    interview, sent = Interview(questionnaire), 0
    while (question := interview.next_question) is not None:
        for text in texts_about(interview, question, language):
            counted = count_parts(text)
            assert counted.parts <= MOST_PARTS[language], text
            assert telling_words(text, language) == ()
        sent += 1
        interview = interview.keep(question.id, answer_that_leads_on(question))
    assert sent >= 5


def texts_about(interview: Interview, question: Question, language: Language) -> list[str]:
    questionnaire = interview.questionnaire
    return [
        prompt(questionnaire, interview, question, NAMES, language),
        again(questionnaire, question, NAMES, language),
        last_time(questionnaire, question, NAMES, language),
    ]


def answer_that_leads_on(question: Question) -> Chosen | NoAnswer:
    categories = getattr(question, "categories", ())
    return Chosen((categories[0].code,)) if categories else NoAnswer(Silence.SKIPPED)


@given(answered())
def test_any_question_on_a_route_can_be_texted(of: tuple[Questionnaire, dict[str, Answer]]) -> None:
    interview = Interview(*of)
    for number, question in enumerate(interview.route, start=1):
        for language in LANGUAGES:
            text = prompt(interview.questionnaire, interview, question, NAMES, language)
            assert text.startswith(f"{number} o")
            assert plain(text) == text
            options = re.findall(r"^(\d+) \w", text.partition("\n")[2], re.MULTILINE)
            assert options == [str(place) for place in range(1, len(getattr(question, "categories", ())) + 1)]
