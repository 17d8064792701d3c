"""The questionnaires shipped ask what their instruments ask, of whom they ask it, in words that can be read."""

import re
from collections.abc import Iterator

import pytest

from surveys.answers import Answer, Chosen
from surveys.interview import Interview
from surveys.loading import definition, shipped
from surveys.questionnaire import Category, MultipleChoice, Page, Question, SingleChoice
from surveys.text import Text

CHILDREN = ("children-2009", "children-2010", "children-2012", "text-2019", "children")
PARENTS = ("text-2019-parents", "parents")
VICTIMS = ("victims-2009", "victims", "victims-text")
ALL = (*CHILDREN, *PARENTS, *VICTIMS)
BY_TEXT = ("text-2019", "text-2019-parents", *VICTIMS)

INSTRUMENTS = {
    "children-2009": {
        "knows_why": "single_choice",
        "told_what_is_expected": "single_choice",
        "order_kind": "single_choice",
        "referral_order_explained": "single_choice",
        "contract_copy": "single_choice",
        "plan_copy": "single_choice",
        "staff_interested": "single_choice",
        "staff_listen": "single_choice",
        "staff_helped": "single_choice",
        "helped_with": "multiple_choice",
    },
    "children-2010": {
        "understands_why": "single_choice",
        "understands_what_happens": "single_choice",
        "plan_discussed": "single_choice",
        "plan_copy": "single_choice",
        "plan_reviewed_with_you": "single_choice",
        "needs_acted_on": "single_choice",
        "work_easy": "single_choice",
        "work_easy_how": "open_ended",
        "harder_to_take_part": "single_choice",
        "harder_what": "open_ended",
        "harder_acted_on": "single_choice",
        "afraid": "single_choice",
        "afraid_helped": "single_choice",
        "helped_with": "multiple_choice",
        "school_or_job": "single_choice",
        "school_or_job_how": "open_ended",
        "health": "single_choice",
        "health_how": "open_ended",
        "something_better": "single_choice",
        "something_better_what": "open_ended",
        "less_likely_to_offend": "single_choice",
        "less_likely_why": "open_ended",
    },
    "children-2012": {
        "knows_why": "single_choice",
        "told_what_would_happen": "single_choice",
        "staff_listen": "single_choice",
        "staff_interested": "single_choice",
        "worker_easy_to_understand": "single_choice",
        "needs_acted_on": "single_choice",
        "form_about_you": "single_choice",
        "knows_plan": "single_choice",
        "plan_discussed": "single_choice",
        "plan_copy": "single_choice",
        "plan_reviewed": "single_choice",
        "afraid": "single_choice",
        "afraid_helped": "single_choice",
        "helped_with": "multiple_choice",
        "helped_with_more": "open_ended",
        "life_improved": "single_choice",
        "what_is_better": "multiple_choice",
        "less_likely_to_offend": "single_choice",
        "less_likely_why": "open_ended",
        "rating_0_to_100": "scale",
    },
    "victims-2009": {
        "explained_offer": "single_choice",
        "chance_to_talk": "single_choice",
        "needs_taken_into_account": "single_choice",
        "safety_attended": "single_choice",
        "benefited": "single_choice",
        "satisfied": "single_choice",
        "anything_else": "open_ended",
    },
    "text-2019": {
        "rating_1_to_10": "scale",
        "how_good": "single_choice",
        "stay_out_of_trouble": "single_choice",
        "tell_us_why": "open_ended",
    },
    "text-2019-parents": {
        "rating_1_to_10": "scale",
        "how_good": "single_choice",
        "stay_out_of_trouble": "single_choice",
        "tell_us_why": "open_ended",
    },
}

INSTRUMENTS["victims-text"] = INSTRUMENTS["victims-2009"]  # the same, cut to what a thumb can answer

TODAY = {
    "children": (
        *("order_or_disposal", "order_explained", "agreement_explained", "views_taken_seriously", "treated_fairly"),
        *("service_good", "less_likely_to_offend", "barriers", "barriers_acted_on", "needs", "needs_enough_help"),
        *("needs_better", "rating_0_to_10", "done_well", "do_better", "age", "sex", "ethnicity", "care_experience"),
        *("special_needs", "helped", "helped_how"),
    ),
    "parents": (
        *("order_or_disposal", "order_explained", "agreement_explained", "views_taken_seriously", "treated_fairly"),
        *("child_treated_fairly", "service_good", "child_less_likely_to_offend", "barriers", "barriers_acted_on"),
        *("needs", "needs_enough_help", "needs_better", "rating_0_to_10", "done_well", "do_better"),
        *("age", "sex", "ethnicity", "child_care_experience", "child_special_needs", "helped", "helped_how"),
    ),
    "victims": (
        *INSTRUMENTS["victims-2009"],
        *("order_or_disposal", "order_explained", "views_on_outcome", "views_taken_seriously", "treated_fairly"),
        *("child_less_likely_to_offend", "barriers", "barriers_acted_on", "needs", "needs_enough_help", "needs_better"),
        *("rating_0_to_10", "do_better", "age", "sex", "ethnicity", "care_experience", "special_needs", "helped"),
    ),
}

OUT_OF_COURT = {"caution", "community_resolution", "diversion"}
LESS_LIKELY = {"a_lot_less", "a_bit_less", "no_different", "more_likely"}
ROUTES = [  # questionnaire, question, the one that decides, the categories of it that lead there
    ("children-2009", "referral_order_explained", "order_kind", {"referral_order"}),
    ("children-2009", "contract_copy", "order_kind", {"referral_order"}),
    ("children-2009", "plan_copy", "order_kind", {"other_order"}),
    ("children-2009", "helped_with", "staff_helped", {"a_lot", "a_bit"}),
    ("children-2010", "work_easy_how", "work_easy", {"yes"}),
    ("children-2010", "harder_what", "harder_to_take_part", {"yes"}),
    ("children-2010", "harder_acted_on", "harder_to_take_part", {"yes"}),
    ("children-2010", "afraid_helped", "afraid", {"yes"}),
    ("children-2010", "school_or_job_how", "school_or_job", {"improved"}),
    ("children-2010", "health_how", "health", {"improved"}),
    ("children-2010", "something_better_what", "something_better", {"yes"}),
    ("children-2010", "less_likely_why", "less_likely_to_offend", LESS_LIKELY),
    ("children-2012", "plan_discussed", "knows_plan", {"yes"}),
    ("children-2012", "plan_copy", "knows_plan", {"yes"}),
    ("children-2012", "plan_reviewed", "knows_plan", {"yes"}),
    ("children-2012", "afraid_helped", "afraid", {"yes"}),
    ("children-2012", "what_is_better", "life_improved", {"yes"}),
    ("children-2012", "less_likely_why", "less_likely_to_offend", LESS_LIKELY),
    ("children", "order_explained", "order_or_disposal", {"court_order"}),
    ("children", "agreement_explained", "order_or_disposal", OUT_OF_COURT),
    ("children", "afraid_helped", "afraid", {"yes"}),
    ("children", "less_likely_why", "less_likely_to_offend", LESS_LIKELY),
    ("children", "helped_how", "helped", {"worker", "parent_or_carer", "someone_else"}),
    ("parents", "order_explained", "order_or_disposal", {"court_order"}),
    ("parents", "agreement_explained", "order_or_disposal", OUT_OF_COURT),
    ("parents", "child_less_likely_why", "child_less_likely_to_offend", LESS_LIKELY),
    ("parents", "helped_how", "helped", {"worker", "family_or_friend", "someone_else"}),
    ("victims", "order_explained", "order_or_disposal", {"court_order"}),
    ("victims", "views_on_outcome", "order_or_disposal", OUT_OF_COURT),
    ("victims", "care_experience", "age", {"under_18", "18_to_24"}),
    ("victims", "special_needs", "age", {"under_18", "18_to_24"}),
]
ROUTES_FROM_SEVERAL = [  # asked of whoever picked anything but "none of these" and "not sure"
    (questionnaire_id, question, several)
    for questionnaire_id in ("children", "parents", "victims")
    for question, several in (
        ("needs_enough_help", "needs"),
        ("needs_better", "needs"),
        ("barriers_acted_on", "barriers"),
    )
]

NOT_IN_THE_BASE = {
    ("children-2010", "plan_reviewed_with_you", "not_long_enough"),
    ("children-2010", "school_or_job", "was_not_a_problem"),
    ("children-2010", "health", "was_not_a_problem"),
    ("children", "plan_say", "no_plan"),
    ("victims-2009", "safety_attended", "no_concern"),
    ("victims", "safety_attended", "no_concern"),
    ("victims-text", "safety_attended", "no_concern"),
}

LISTS_THAT_DIFFER = {"helped_with"}  # each report prints other areas of help; a code they share means the same in all


def pages(*ids: str) -> Iterator[tuple[str, Page]]:
    return ((questionnaire_id, page) for questionnaire_id in ids for page in definition(questionnaire_id).pages)


def choices(*ids: str) -> Iterator[tuple[str, SingleChoice | MultipleChoice]]:
    return ((each, page) for each, page in pages(*ids) if isinstance(page, SingleChoice | MultipleChoice))


def categories(*ids: str) -> Iterator[tuple[str, str, Category]]:
    return ((each, page.id, category) for each, page in choices(*ids) for category in page.categories)


def codes_of(question: Question) -> tuple[str, ...]:
    assert isinstance(question, SingleChoice | MultipleChoice)
    return tuple(category.code for category in question.categories)


def words_of(page: Page) -> list[Text]:
    texts = [page.wording, page.hint, page.spoken, page.easy_read, page.sms_wording]
    return [text for text in texts if text is not None]


def is_asked(questionnaire_id: str, question_id: str, **answers: tuple[str, ...]) -> bool:
    said: dict[str, Answer] = {each: Chosen(codes) for each, codes in answers.items()}
    return question_id in {question.id for question in Interview(definition(questionnaire_id), said).route}


def test_ten_questionnaires_are_shipped() -> None:
    assert set(shipped()) == set(ALL)
    assert len(ALL) == 10


@pytest.mark.parametrize("questionnaire_id", INSTRUMENTS)
def test_a_published_questionnaire_asks_its_instrument_in_order_and_then_who_helped(questionnaire_id: str) -> None:
    questionnaire = definition(questionnaire_id)
    asked = {question.id: question.type for question in questionnaire.questions}
    who_helped = {} if questionnaire.audience == "victims" else {"helped": "single_choice"}
    assert list(asked.items()) == [*INSTRUMENTS[questionnaire_id].items(), *who_helped.items()]


@pytest.mark.parametrize(("questionnaire_id", "wanted"), TODAY.items())
def test_a_questionnaire_of_today_asks_all_that_today_asks(questionnaire_id: str, wanted: tuple[str, ...]) -> None:
    assert set(wanted) <= set(definition(questionnaire_id).by_id)


@pytest.mark.parametrize(("questionnaire_id", "audience"), [
    *((each, "children") for each in CHILDREN),
    *((each, "parents") for each in PARENTS),
    *((each, "victims") for each in VICTIMS),
])  # fmt: skip
def test_each_questionnaire_has_one_audience_and_awaits_its_translator(questionnaire_id: str, audience: str) -> None:
    questionnaire = definition(questionnaire_id)
    assert (questionnaire.id, questionnaire.audience) == (questionnaire_id, audience)
    assert questionnaire.welsh == "awaiting_translator"


@pytest.mark.parametrize(("questionnaire_id", "question_id", "decides", "leading"), ROUTES)
def test_a_follow_up_is_asked_of_those_it_is_about_and_of_nobody_else(
    questionnaire_id: str, question_id: str, decides: str, leading: set[str]
) -> None:
    codes = codes_of(definition(questionnaire_id).by_id[decides])
    assert {code for code in codes if is_asked(questionnaire_id, question_id, **{decides: (code,)})} == leading
    assert not is_asked(questionnaire_id, question_id)


@pytest.mark.parametrize(("questionnaire_id", "question_id", "several"), ROUTES_FROM_SEVERAL)
def test_nothing_picked_means_nothing_more_to_ask_about_it(
    questionnaire_id: str, question_id: str, several: str
) -> None:
    codes = codes_of(definition(questionnaire_id).by_id[several])
    not_leading = {code for code in codes if not is_asked(questionnaire_id, question_id, **{several: (code,)})}
    assert not_leading == {"none", "not_sure"}
    assert is_asked(questionnaire_id, question_id, **{several: codes[:2]})


def test_every_condition_is_walked_by_a_route_above() -> None:
    conditional = {(each, page.id) for each, page in pages(*ALL) if page.ask_if is not None}
    walked = {(each, question) for each, question, *_ in (*ROUTES, *ROUTES_FROM_SEVERAL)}
    assert conditional == walked


def test_the_longest_way_through_the_childrens_questionnaire_is_28_pages() -> None:
    longest: dict[str, Answer] = {
        "order_or_disposal": Chosen(("caution",)),
        "barriers": Chosen(("words",)),
        "afraid": Chosen(("yes",)),
        "needs": Chosen(("health",)),
        "less_likely_to_offend": Chosen(("a_lot_less",)),
        "helped": Chosen(("worker",)),
    }
    assert len(Interview(definition("children"), longest).pages) == 28


def test_only_what_the_instruments_leave_out_is_not_in_the_base() -> None:
    assert {
        (each, question, category.code) for each, question, category in categories(*ALL) if not category.in_base
    } == (NOT_IN_THE_BASE)


def test_a_base_label_goes_on_after_a_number_of_those() -> None:
    labels = [page.base_label for _, page in pages(*ALL) if page.base_label is not None]
    assert len(labels) > len(ROUTES)
    assert [
        label for label in labels if not (label.en.startswith("those who ") and label.cy.startswith("y rhai "))
    ] == []


@pytest.mark.req("C5")
def test_whoever_can_say_yes_or_no_can_say_not_sure() -> None:
    unsure = {"not_sure", "cannot_remember"}
    yes_or_no = [(each, codes_of(page)) for each, page in choices(*ALL) if {"yes", "no"} <= set(codes_of(page))]
    assert len(yes_or_no) > len(ALL)
    assert [each for each, codes in yes_or_no if not unsure & set(codes)] == []


def test_a_list_to_tick_ends_with_none_of_these_and_not_sure_each_alone() -> None:
    lists = [page for _, page in choices(*ALL) if isinstance(page, MultipleChoice)]
    alone = [[category.code for category in page.categories if category.exclusive] for page in lists]
    assert alone == [["none", "not_sure"]] * len(lists)


def test_questions_about_the_respondent_can_be_declined() -> None:
    personal = ("age", "sex", "ethnicity", "care_experience", "special_needs")
    asked = {
        (each, page.id): codes_of(page) for each, page in choices(*TODAY) if page.id.removeprefix("child_") in personal
    }
    assert len(asked) == len(personal) * len(TODAY)
    assert all(codes[-1] == "prefer_not_to_say" for codes in asked.values())


@pytest.mark.parametrize("audience", ["children", "parents", "victims"])
def test_the_same_id_is_the_same_question_for_an_audience(audience: str) -> None:
    seen: dict[str, tuple[str, tuple[str, ...]]] = {}
    differ = set()
    for each, page in choices(*(one for one in ALL if definition(one).audience == audience)):
        here = (page.type, codes_of(page))
        if seen.setdefault(page.id, here) != here:
            differ.add((page.id, each))
    assert {question_id for question_id, _ in differ} <= LISTS_THAT_DIFFER


@pytest.mark.parametrize("audience", ["children", "parents", "victims"])
def test_the_same_code_of_the_same_question_has_the_same_label(audience: str) -> None:
    labels: dict[tuple[str, str], set[Text]] = {}
    for _, question_id, category in categories(*(one for one in ALL if definition(one).audience == audience)):
        labels.setdefault((question_id, category.code), set()).add(category.label)
    assert {key: found for key, found in labels.items() if len(found) > 1} == {}


@pytest.mark.req("T18")
@pytest.mark.parametrize("questionnaire_id", [*CHILDREN, *PARENTS, "victims"])
def test_the_last_section_asks_who_helped(questionnaire_id: str) -> None:
    questionnaire = definition(questionnaire_id)
    assert questionnaire.helped_question == "helped"
    assert "helped" in [page.id for page in questionnaire.sections[-1].pages]
    assert codes_of(questionnaire.by_id["helped"])[0] == "nobody"


def test_pictures_are_for_children_and_never_twice_in_one_list() -> None:
    shown = [
        (each, page.id, [category.picture for category in page.categories if category.picture])
        for each, page in choices(*ALL)
    ]
    assert [where for *where, pictures in shown if len(pictures) != len(set(pictures))] == []
    assert {each for each, _, pictures in shown if pictures} == set(CHILDREN)


@pytest.mark.parametrize(
    ("code", "picture"),
    [("yes", "tick"), ("no", "cross"), ("not_sure", "question_mark"), ("none", "cross"), ("completely", "face_happy")],
)
def test_a_code_that_comes_back_comes_back_with_its_picture(code: str, picture: str) -> None:
    shown = {
        category.picture
        for _, question_id, category in categories(*CHILDREN)
        if category.code == code and question_id != "needs_enough_help"  # there "no" ends a row of faces
    }
    assert shown == {picture}


def test_every_page_of_the_childrens_questionnaire_has_an_easy_read_of_its_own() -> None:
    plain = [page.id for _, page in pages("children") if page.easy_read in {None, page.wording}]
    assert plain == []


def test_numbers_to_pick_between_are_spoken_as_words() -> None:
    spoken = [page.spoken for _, page in pages(*ALL) if re.search(r"\b0\b", page.wording.en)]
    assert len(spoken) == len(["children-2012", "children", "parents", "victims"])
    assert all(text is not None and not re.search(r"\d", text.en + text.cy) for text in spoken)


@pytest.mark.req("C8")
def test_in_welsh_a_name_follows_a_word_that_changes_nothing_in_it() -> None:
    before = re.compile(r"(\S+) \{(service|worker)\}")
    found = [
        (each, match[1]) for each, page in pages(*ALL) for text in words_of(page) for match in before.finditer(text.cy)
    ]
    assert len(found) > len(ALL)
    assert [(each, word) for each, word in found if not word.endswith("'r")] == []


@pytest.mark.req("C8")
@pytest.mark.parametrize(
    ("ids", "wrong"),
    [(CHILDREN, r"\b(chi|eich|ydych|wnaethoch|cewch|gallwch)\b"), ((*PARENTS, *VICTIMS), r"\b(ti|di|dy|wyt|thi)\b")],
)
def test_welsh_calls_children_ti_and_adults_chi(ids: tuple[str, ...], wrong: str) -> None:
    words = [text.cy for _, page in pages(*ids) for text in words_of(page)]
    assert [text for text in words if re.search(wrong, text, re.IGNORECASE)] == []


@pytest.mark.parametrize("questionnaire_id", BY_TEXT)
def test_every_question_that_goes_out_by_text_has_a_wording_for_it(questionnaire_id: str) -> None:
    assert [page.id for _, page in pages(questionnaire_id) if page.sms_wording is None] == []


def test_a_title_read_over_the_shoulder_of_a_victim_tells_nothing() -> None:
    telling = re.compile(r"victim|crime|offen[cd]|court|dioddef|trosedd|llys", re.IGNORECASE)
    titles = [definition(each).title for each in VICTIMS]
    assert [title for title in titles if telling.search(title.en + title.cy)] == []


def test_the_questionnaire_for_telephones_has_seven_questions_and_ends_with_the_comment() -> None:
    asked = definition("victims-text").questions
    assert len(asked) == 7
    assert [question.id for question in asked if question.type == "open_ended"] == [asked[-1].id]
    assert [question.id for question in asked if question.ask_if is not None] == []
