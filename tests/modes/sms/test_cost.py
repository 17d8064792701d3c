"""What a whole conversation costs at most."""

from typing import Any

import pytest

from modes.sms import wording
from modes.sms.cost import Cost, cost_of, whole_conversation
from surveys.interview import Interview
from surveys.loading import definition
from surveys.questionnaire import Questionnaire
from surveys.text import LANGUAGES, Language
from tests.fieldwork.samples import in_both
from tests.surveys.strategies import NAMES

ASKED = definition("text-2019")
LONGEST = 160


def test_a_text_costs_its_parts() -> None:
    assert cost_of([]) == Cost(0, 0)
    assert cost_of(["x" * LONGEST, "x" * (LONGEST + 1), "ŵ" * 71]) == Cost(3, 5)


def test_costs_add_up() -> None:
    assert Cost(2, 3).times(4).plus(Cost(1, 1)) == Cost(9, 13)
    assert Cost(2, 3).pounds(4.5) == "£0.14"
    assert Cost(1, 25_000).pounds(4) == "£1,000.00"


def small(**pages: dict[str, str]) -> Questionnaire:
    """A questionnaire of two questions, with something to read before the first."""
    both = in_both("Yes")
    question: dict[str, Any] = {
        "type": "single_choice",
        "categories": [{"code": code, "label": both} for code in ("yes", "no")],
    }
    kinds: dict[str, dict[str, Any]] = {"hello": {"type": "information"}, "helped": question, "listened": question}
    there = [
        {"id": id_, "wording": in_both("On the web"), "sms_wording": pages.get(id_, in_both("Short?")), **kind}
        for id_, kind in kinds.items()
    ]
    sections = [{"id": "all", "title": in_both("All"), "pages": there}]
    head = {"id": "small", "version": 1, "audience": "children", "title": in_both("Small"), "source": "Made up."}
    return Questionnaire.model_validate({**head, "welsh": "awaiting_translator", "sections": sections})


def parts(asked: Questionnaire, chosen: Language | None, nation: wording.Nation = "wales") -> int:
    return whole_conversation(asked, NAMES, nation, chosen, "child").parts


def test_what_is_to_be_read_is_counted_once_with_the_question_after_it() -> None:
    long = small(hello=in_both("x" * LONGEST))
    assert parts(long, "en") == parts(small(), "en") + 1
    assert whole_conversation(long, NAMES, "wales", "en", "child").texts == 4


def test_where_no_language_was_chosen_in_wales_the_dearer_is_counted() -> None:
    dear_in_welsh = small(helped={"en": "Short?", "cy": "ŵ" * LONGEST})
    dear_in_english = small(helped={"en": "x" * 10 * LONGEST, "cy": "Byr?"})
    dearer: Language
    for asked, dearer in ((dear_in_welsh, "cy"), (dear_in_english, "en")):
        both = cost_of([wording.invitation("wales", None, "child")]).parts
        one = cost_of([wording.invitation("wales", dearer, "child")]).parts
        assert parts(asked, None) == parts(asked, dearer) - one + both
    assert parts(dear_in_welsh, None, "england") == parts(dear_in_welsh, "en", "england")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_conversation_is_the_invitation_each_question_and_the_thanks(language: Language) -> None:
    interview = Interview(ASKED, {})
    sent = [
        wording.invitation("wales", language, "child"),
        *(wording.prompt(ASKED, interview, question, NAMES, language) for question in interview.route),
        wording.line("thanks", language, "child"),
    ]
    assert len(interview.route) == len(ASKED.questions), "this questionnaire asks everybody everything"
    assert whole_conversation(ASKED, NAMES, "wales", language, "child") == cost_of(sent)
