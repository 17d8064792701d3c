"""The plans that ship fit their questionnaires; a plan that does not is told so, place, fault and remedy."""

from pathlib import Path
from typing import Any

import pytest

from reports.plan_checks import fitting, problems_in
from reports.plans import NoPlan, Plan, PlannedBullet, PlannedFinding, plan_for, read
from surveys.loading import definition, shipped
from surveys.problems import BrokenDefinition
from surveys.questionnaire import SingleChoice
from tests.reports.made_up import PLANNED, asking

CHILDREN = definition("children-2012")
KNOWS = {
    "question": "knows_plan",
    "categories": ["yes"],
    "statement": {"en": "knew what a plan was", "cy": "eu bod yn gwybod beth oedd cynllun"},
}
COPY = {
    "question": "plan_copy",
    "of": "knows_plan",
    "categories": ["yes"],
    "statement": {"en": "had a copy", "cy": "eu bod wedi cael copi"},
}


def told(*findings: dict[str, Any]) -> list[str]:
    """The problems of a plan with one bullet, but for what it leaves out."""
    plan = Plan.model_validate({"questionnaire": "children-2012", "bullets": [{"findings": findings}]})
    problems = [str(problem) for problem in problems_in(plan, CHILDREN, "some.toml")]
    return [problem for problem in problems if "nothing is planned" not in problem and "is told of, but" not in problem]


@pytest.mark.parametrize("name", PLANNED)
def test_a_plan_that_ships_fits_its_questionnaire(name: str) -> None:
    assert problems_in(plan_for(name), definition(name), f"{name}.toml") == []


def test_every_questionnaire_that_ships_has_a_plan() -> None:
    assert set(shipped()) == set(PLANNED)


def test_a_questionnaire_without_a_plan_says_what_to_write() -> None:
    with pytest.raises(NoPlan, match=r"Write reports/plans/bus-to-work\.toml"):
        plan_for("bus-to-work")


def test_a_right_finding_has_no_problem() -> None:
    assert told(KNOWS, COPY) == []


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"question": "knows_plam"},
            'bullet 1, finding 1: the questionnaire has no question "knows_plam". Did you mean "knows_plan"?',
        ),
        (
            {"categories": ["yess"]},
            'some.toml, bullet 1, finding 1: "knows_plan" has no category "yess" in its base. Did you mean "yes"?',
        ),
        ({"categories": []}, "a share is of one category, not 0"),
        ({"categories": [], "measure": "count"}, "no category is named. Add categories = [...]."),
        ({"categories": ["yes", "no"]}, 'Name one, or use measure = "net".'),
        ({"measure": "net"}, "a net is of several categories, not 1"),
        ({"measure": "at_least", "threshold": 7}, '"at_least" is said of a scale'),
        ({"measure": "top", "top": 3}, '"knows_plan" has one answer only'),
        ({"measure": "top"}, "Add top = 3."),
        ({"statement": None}, "the statement is missing"),
        ({"statement": {"en": "was told", "cy": "eu bod"}}, 'begins with "was"'),
        ({"statement": {"en": "Knew it", "cy": "eu bod"}}, 'begins with "Knew"'),
        ({"statement": {"en": "knew it.", "cy": "eu bod yn gwybod"}}, "ends with a full stop"),
        ({"statement": {"en": "knew it", "cy": "gwyddent"}}, 'does not follow "Dywedodd ..."'),
        ({"statement": {"en": "knew two things", "cy": "eu bod yn gwybod"}}, "has a number in it"),
        ({"statement": {"en": "knew 2 things", "cy": "eu bod yn gwybod"}}, "has a number in it"),
        ({"statement": {"en": "knew it", "cy": "eu bod yn gwybod dau beth"}}, "has a number in it"),
        ({"statement": {"en": "knew most of it", "cy": "eu bod yn gwybod"}}, 'says "most"'),
        (
            {"statement": {"en": "knew the {servise}", "cy": "eu bod"}},
            'nothing fills in {servise}. Did you mean "service"?',
        ),
    ],
)
def test_a_wrong_finding_is_told(wrong: dict[str, Any], message: str) -> None:
    problems = told(KNOWS | wrong)
    assert any(message in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("findings", "message"),
    [
        ([COPY], '"of" names "knows_plan", which is not earlier in the bullet'),
        ([KNOWS | {"categories": ["no"]}, COPY], "is not asked of exactly those whom the finding"),
        ([KNOWS, COPY | {"question": "knows_why"}], '"knows_why" is not asked of exactly those'),
        ([KNOWS, KNOWS | {"categories": ["no"]}, COPY], 'Put it right after "knows_plan".'),
        (
            [{"question": "helped_with", "measure": "top", "top": 4, "statement": KNOWS["statement"]}, KNOWS],
            "some.toml, bullet 1: it has up to 5 findings. Split it: a bullet has 4 at most.",
        ),
        (
            [{"question": "rating_0_to_100", "categories": ["yes"], "statement": KNOWS["statement"]}],
            "is not said of a scale",
        ),
        (
            [{"question": "rating_0_to_100", "measure": "at_least", "statement": KNOWS["statement"]}],
            '"at_least" needs a threshold on the scale. Give one from 0 to 100.',
        ),
        (
            [{"question": "rating_0_to_100", "measure": "mean", "threshold": 7, "statement": KNOWS["statement"]}],
            '"mean" has no threshold',
        ),
        (
            [{"question": "rating_0_to_100", "measure": "mean", "statement": KNOWS["statement"]}],
            'does not follow "Rhoddodd ..."',
        ),
        ([{"question": "helped_with_more", "measure": "count"}], "is answered in words, which are not counted"),
    ],
)
def test_a_wrong_bullet_is_told(findings: list[dict[str, Any]], message: str) -> None:
    problems = told(*findings)
    assert any(message in problem for problem in problems), problems


def problems_with(findings: list[dict[str, Any]], unreported: dict[str, Any]) -> list[str]:
    raw = {"questionnaire": "children-2012", "bullets": [{"findings": findings}], "unreported": unreported}
    return [str(problem) for problem in problems_in(Plan.model_validate(raw), CHILDREN, "some.toml")]


def test_a_question_that_nobody_planned_for_is_told() -> None:
    problems = problems_with([KNOWS], {"questions": ["helped"]})
    assert any('nothing is planned for the question "afraid"' in problem for problem in problems)
    assert not any('"helped"' in problem for problem in problems)


def test_an_unfavourable_answer_that_would_vanish_is_told() -> None:
    assert any('told of, but not its "no", "not_sure"' in problem for problem in problems_with([KNOWS], {}))
    assert not any(
        "told of, but" in each for each in problems_with([KNOWS], {"categories": ["not_sure", "knows_plan.no"]})
    )
    counted = KNOWS | {"measure": "count", "categories": ["no"], "only_if_occupied": True}
    assert not any("told of, but" in each for each in problems_with([KNOWS, counted], {"categories": ["not_sure"]}))


def test_an_unreported_question_that_is_none_is_told() -> None:
    assert any('Did you mean "helped"?' in problem for problem in problems_with([KNOWS], {"questions": ["helpt"]}))


def test_a_base_label_that_fits_no_sentence_is_told() -> None:
    question = CHILDREN.by_id["plan_copy"]
    label = {"en": "Knew about a plan", "cy": "Gwybod am gynllun"}
    other = question.model_copy(update={"base_label": type(question.wording)(**label)})
    plan = Plan.model_validate({"questionnaire": "x", "bullets": [{"findings": [KNOWS, COPY]}]})
    problems = problems_in(plan, asking(CHILDREN, CHILDREN.by_id["knows_plan"], other), "some.toml")
    assert any("does not fit a sentence" in str(problem) for problem in problems)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("bullets = [", "some.toml, file: "),
        ('questionnaire = "x"\n', "some.toml, bullets: Field required. Add it."),
        (
            'questionnaire = "x"\n[[bullets]]\n[[bullets.findings]]\nquestion = "a"\nmesure = "net"\n',
            "some.toml, bullets 1, findings 1, mesure: ",
        ),
        (
            'questionnaire = "x"\n[[bullets]]\n[[bullets.findings]]\nquestion = "a"\nmeasure = "guess"\n',
            "some.toml, bullets 1, findings 1, measure: Input should be 'share', 'count'",
        ),
    ],
)
def test_a_file_of_the_wrong_form_is_told(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "some.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BrokenDefinition) as broken:
        read(tmp_path / "some.toml")
    assert any(str(problem).startswith(message) for problem in broken.value.problems), str(broken.value)


def test_a_link_to_a_question_that_leaves_answers_out_is_told() -> None:
    question = CHILDREN.by_id["plan_copy"]
    assert isinstance(question, SingleChoice)
    categories = tuple(each.model_copy(update={"in_base": each.code != "not_sure"}) for each in question.categories)
    other = question.model_copy(update={"categories": categories})
    plan = Plan.model_validate({"questionnaire": "x", "bullets": [{"findings": [KNOWS, COPY]}]})
    problems = problems_in(plan, asking(CHILDREN, CHILDREN.by_id["knows_plan"], other), "some.toml")
    assert any("has categories that are not counted in its base" in str(problem) for problem in problems)


def test_a_plan_is_used_on_an_older_version_without_what_that_did_not_ask() -> None:
    bullet = PlannedBullet(findings=tuple(PlannedFinding.model_validate(each) for each in (KNOWS, COPY)))
    fits = fitting(bullet, asking(CHILDREN, CHILDREN.by_id["knows_plan"]))
    assert fits is not None
    assert [each.question for each in fits.findings] == ["knows_plan"]
    assert fitting(bullet, asking(CHILDREN, CHILDREN.by_id["afraid"])) is None
