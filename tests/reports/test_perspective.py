"""The section as a whole: audiences, openings, method notes."""

import re

import pytest

from reports.claims import Counted
from reports.frequencies import Frequencies
from reports.openings import Respondents, opening
from reports.people import people
from reports.perspective import Occasion, perspective
from reports.plans import plan_for
from reports.pooling import Fieldwork
from surveys.answers import Answer, Chosen, NoAnswer, Silence
from surveys.interview import Response
from surveys.loading import definition
from surveys.questionnaire import Audience
from surveys.text import LANGUAGES, Language, Names, Text
from tests.reports.made_up import CHILDREN, CHILDREN_AND_YOUNG_PEOPLE, asking, drawn, wave

ESSEX = Occasion("essex-2012", "Essex", "cci")


@pytest.mark.parametrize(
    ("number", "audience", "names", "english", "welsh"),
    [
        (
            22,
            "children",
            CHILDREN_AND_YOUNG_PEOPLE,
            "Twenty-two children and young people completed a questionnaire for the inspection.",
            "Cwblhaodd dau ddeg dau o blant a phobl ifanc holiadur ar gyfer yr arolygiad.",
        ),
        (
            154,
            "children",
            CHILDREN,
            "One hundred and fifty-four children completed a questionnaire for the inspection.",
            "Cwblhaodd cant pum deg pedwar o blant holiadur ar gyfer yr arolygiad.",
        ),
        (
            1,
            "children",
            CHILDREN_AND_YOUNG_PEOPLE,
            "One child or young person completed a questionnaire for the inspection.",
            "Cwblhaodd un plentyn neu berson ifanc holiadur ar gyfer yr arolygiad.",
        ),
        (
            0,
            "children",
            CHILDREN_AND_YOUNG_PEOPLE,
            "No child or young person completed a questionnaire for the inspection.",
            "Ni chwblhaodd yr un plentyn neu berson ifanc holiadur ar gyfer yr arolygiad.",
        ),
        (
            13,
            "victims",
            CHILDREN_AND_YOUNG_PEOPLE,
            "Thirteen questionnaires were completed by victims of offending by children and young people.",
            "Cwblhawyd un deg tri o holiaduron gan ddioddefwyr troseddau a gyflawnwyd gan blant a phobl ifanc.",
        ),
        (
            1,
            "victims",
            CHILDREN,
            "One questionnaire was completed by a victim of offending by children.",
            "Cwblhawyd un holiadur gan ddioddefwr troseddau a gyflawnwyd gan blant.",
        ),
        (
            0,
            "victims",
            CHILDREN,
            "No questionnaires were completed by victims of offending by children.",
            "Ni chwblhawyd yr un holiadur gan ddioddefwyr troseddau a gyflawnwyd gan blant.",
        ),
        (
            5,
            "parents",
            CHILDREN,
            "Five parents and carers completed a questionnaire for the inspection.",
            "Cwblhaodd pump o rieni a gofalwyr holiadur ar gyfer yr arolygiad.",
        ),
    ],
)
def test_the_opening_sentence(number: int, audience: Audience, names: Names, english: str, welsh: str) -> None:
    respondents = Respondents(number, audience, people(audience, names), names)
    assert opening(respondents, "questionnaire", "en") == english
    assert opening(respondents, "questionnaire", "cy") == welsh


@pytest.mark.parametrize(
    ("number", "english", "welsh"),
    [
        (
            19,
            "Nineteen children answered the text survey for the inspection.",
            "Cymerodd un deg naw o blant ran yn yr arolwg negeseuon testun ar gyfer yr arolygiad.",
        ),
        (
            0,
            "No child answered the text survey for the inspection.",
            "Ni chymerodd yr un plentyn ran yn yr arolwg negeseuon testun ar gyfer yr arolygiad.",
        ),
    ],
)
def test_a_text_survey_is_called_one(number: int, english: str, welsh: str) -> None:
    respondents = Respondents(number, "children", people("children", CHILDREN), CHILDREN)
    assert opening(respondents, "text_survey", "en") == english
    assert opening(respondents, "text_survey", "cy") == welsh


def test_children_come_first_then_parents_then_victims_each_under_a_heading() -> None:
    made = perspective(ESSEX, [wave("victims", []), wave("parents", []), wave("children", [])])
    assert [audience.audience for audience in made.audiences] == ["children", "parents", "victims"]
    assert [audience.heading for audience in made.audiences] == ["Children", "Parents and carers", "Victims"]


@pytest.mark.parametrize(("language", "words"), [("en", "There was no survey"), ("cy", "Nid oedd arolwg")])
def test_an_inspection_that_asked_nobody_says_so(language: Language, words: str) -> None:
    made = perspective(Occasion("hertfordshire-2013", "Hertfordshire", "sqs"), [], language)
    assert made.audiences == ()
    assert made.remark is not None
    assert made.remark.startswith(words)


def test_the_section_says_what_its_inspection_says_of_it() -> None:
    note = Text(en="These responses are reconstructed.", cy="Ymatebion wedi'u hail-greu yw'r rhain.")
    made = perspective(Occasion("essex-2012", "Essex", "cci", note), [wave("victims", [])], "cy")
    assert made.note == note.cy


def noted(responses: list[Response], invited: int | None = None, language: Language = "en") -> dict[str, str]:
    """The method note of these responses."""
    return dict(perspective(ESSEX, [wave("children-2012", responses, invited)], language).audiences[0].note)


def response(mode: str = "web", language: str = "en", month: str = "2012-02", **answers: Answer) -> Response:
    return Response(answers, mode, language, month)  # type: ignore[arg-type]  # plain words for short tests


def test_the_method_note_tells_how_the_answers_came() -> None:
    told = noted(
        [
            response(helped=Chosen(("nobody",)), knows_why=Chosen(("yes",))),
            response("paper", "cy", "2012-01", helped=Chosen(("worker",))),
            response(helped=NoAnswer(Silence.SKIPPED)),
        ],
        invited=8,
    )
    assert told["Invited"] == "8"
    assert told["Answered"] == "3"
    assert told["Response rate"] == "38%"
    assert told["How they answered"] == "on the web 2, on paper 1"
    assert told["Language"] == "in English 2, in Welsh 1"
    assert told["Help to answer"] == "“No, I did it by myself” 1, “Yes, a worker” 1, no answer 1"
    assert told["When"] == "January 2012 to February 2012"
    assert told["Nobody answered"].startswith("Did someone tell you what would happen when you come to the YOS?")


def test_the_method_note_in_welsh() -> None:
    told = noted([response("sms", "cy", helped=Chosen(("nobody",)))], invited=1, language="cy")
    assert told["Gwahoddwyd"] == "1"
    assert told["Sut yr atebwyd"] == "drwy neges destun 1"
    assert told["Pryd"] == "Chwefror 2012"


def test_what_was_not_recorded_is_not_nought() -> None:
    assert noted([response()])["Invited"] == "not recorded"
    assert "Response rate" not in noted([response()])


def test_more_answers_than_invitations_have_no_rate() -> None:
    assert noted([response(), response()], invited=1)["Response rate"].startswith("not worked out")


def test_nobody_answered_has_no_modes() -> None:
    assert noted([], invited=60) == {"Invited": "60", "Answered": "0", "Response rate": "0%"}


def test_a_questionnaire_that_does_not_ask_about_help_says_so() -> None:
    told = dict(perspective(ESSEX, [wave("victims-2009", [response()])]).audiences[0].note)
    assert told["Help to answer"] == "not asked"


def test_quotations_are_empty_until_somebody_picks_them() -> None:
    assert perspective(ESSEX, [wave("victims", [])]).audiences[0].quoted == ()


def test_an_older_version_is_reported_without_what_it_did_not_ask() -> None:
    newest = definition("children-2012")
    older = asking(newest, *(newest.by_id[each] for each in ("knows_why", "afraid", "rating_0_to_100")))
    made = perspective(ESSEX, [Fieldwork(older, CHILDREN_AND_YOUNG_PEOPLE, drawn(older, 22, 1))])
    reported = {finding.question for bullet in made.audiences[0].bullets for finding in bullet.findings}
    assert reported == {"knows_why", "afraid", "rating_0_to_100"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_is_left_in_braces(language: Language) -> None:
    made = perspective(
        ESSEX, [wave(name, drawn(definition(name), 40, 1)) for name in ("children", "parents", "victims")], language
    )
    text = " ".join(bullet.text for audience in made.audiences for bullet in audience.bullets)
    assert not re.search(r"[{}]", text)


@pytest.mark.parametrize(
    ("counts", "kept"),
    [
        ({"education_training_job": 4, "drugs_or_alcohol": 3, "health": 2, "housing": 1}, [4, 3, 2]),
        ({"education_training_job": 4, "drugs_or_alcohol": 2, "health": 2, "housing": 2}, [4, 2, 2, 2]),
        ({"education_training_job": 4, "drugs_or_alcohol": 2, "health": 2, "housing": 2, "less_stressed": 2}, [4]),
        ({"education_training_job": 4}, [4]),
        ({}, []),
    ],
)
def test_what_was_named_most_is_never_cut_between_equals(counts: dict[str, int], kept: list[int]) -> None:
    questionnaire = definition("children-2012")
    ticks: list[list[str]] = [[] for _ in range(4)]
    for code, people_ in counts.items():
        for ticked in ticks[:people_]:
            ticked.append(code)
    responses = [response(helped_with=Chosen(tuple(codes or ["none"]))) for codes in ticks]
    named = people("children", CHILDREN)
    counted = Counted(Frequencies(questionnaire, responses), named, CHILDREN)
    planned = next(each for each in plan_for("children-2012").bullets if each.findings[0].phrases)
    assert [finding.numerator for finding in counted.bullet(planned)] == kept
