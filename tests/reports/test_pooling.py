"""Victims asked by text and by booklet add up, question by question; others never do."""

from hypothesis import given
from hypothesis import strategies as st

from reports.perspective import AudienceSection, perspective
from reports.pooling import Fieldwork, is_form_of, pooled
from surveys.loading import definition, shipped
from surveys.questionnaire import Questionnaire
from tests.reports.made_up import CHILDREN_AND_YOUNG_PEOPLE, asking, drawn, occasion_of, seeds, wave
from tests.reports.proofreading import faults

BOOKLET, BY_TEXT = definition("victims-2009"), definition("victims-text")
FEW = st.integers(0, 60)


def cut_to(questionnaire: Questionnaire, number: int) -> Questionnaire:
    return asking(questionnaire, *questionnaire.questions[:number])


def of(questionnaire: Questionnaire, number: int, seed: int, invited: int | None = None) -> Fieldwork:
    return Fieldwork(questionnaire, CHILDREN_AND_YOUNG_PEOPLE, drawn(questionnaire, number, seed), invited)


def section_on(*waves: Fieldwork) -> AudienceSection:
    (section,) = perspective(occasion_of("victims-2009"), waves).audiences
    return section


@given(booklets=FEW, texts=FEW, seed=seeds)
def test_what_came_by_text_and_by_booklet_adds_up(booklets: int, texts: int, seed: int) -> None:
    by_booklet, by_text = of(BOOKLET, booklets, seed), of(BY_TEXT, texts, seed + 1)
    together = section_on(by_text, by_booklet)
    assert together.respondents == booklets + texts
    for question in BY_TEXT.questions:
        one, other = (section_on(each).frequencies[question.id] for each in (by_booklet, by_text))
        assert together.frequencies[question.id].base == one.base + other.base
        assert together.frequencies[question.id].counts == {
            said: one.counts.get(said, 0) + other.counts.get(said, 0) for said in {**one.counts, **other.counts}
        }


@given(booklets=FEW, texts=FEW, seed=seeds, kept=st.integers(1, 6))
def test_nobody_is_in_the_base_of_a_question_that_they_were_not_asked(
    booklets: int, texts: int, seed: int, kept: int
) -> None:
    shorter = cut_to(BY_TEXT, kept)
    together = section_on(of(BOOKLET, booklets, seed), of(shorter, texts, seed + 1))
    for question in BOOKLET.questions:
        asked = booklets + (texts if question.id in shorter.by_id else 0)
        assert together.frequencies[question.id].asked == asked
    for bullet in together.bullets:
        assert faults(bullet, "en") == [], bullet.text


def test_a_base_that_leaves_out_those_not_asked_says_so() -> None:
    shorter = cut_to(BY_TEXT, 2)
    together = section_on(of(BOOKLET, 20, 1), of(shorter, 20, 2))
    partial = [finding for bullet in together.bullets for finding in bullet.findings if finding.asked < 40]
    assert partial
    assert all(finding.who for finding in partial)


def test_invitations_add_up_where_both_are_known() -> None:
    assert pooled([of(BOOKLET, 3, 1, 10), of(BY_TEXT, 2, 1, 7)])[0].invited == 17
    assert pooled([of(BOOKLET, 3, 1, 10), of(BY_TEXT, 2, 1)])[0].invited is None


def test_questionnaires_that_measure_different_things_stay_apart() -> None:
    kinds = [definition(each) for each in shipped()]
    forms = {(one.id, other.id) for one in kinds for other in kinds if one.id != other.id and is_form_of(one, other)}
    of_victims = {("victims-text", "victims-2009"), ("victims-2009", "victims-text")}
    assert forms == of_victims | {("victims-text", "victims"), ("victims-2009", "victims")}


def test_the_same_wave_alone_reads_as_before() -> None:
    alone = wave("victims-2009", drawn(BOOKLET, 27, 4))
    assert pooled([alone]) == [alone]
