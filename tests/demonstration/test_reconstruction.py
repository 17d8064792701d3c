"""The reconstructed responses have the counts of the record, and no others."""

from collections import Counter

import pytest

from demonstration.reconstruction import CountsDoNotFit, RecordedWave, reconstructed
from demonstration.records import records
from surveys.answers import Chosen, NoAnswer, Number
from surveys.interview import Response
from surveys.loading import definition
from surveys.routing import route

WAVES = [
    pytest.param(wave, id=f"{record.inspection.slug}/{wave.questionnaire}")
    for record in records()
    for wave in record.waves
]


def counted(responses: list[Response], question_id: str) -> Counter[str]:
    """How often each thing was said to the question, silence included."""
    said: Counter[str] = Counter()
    for response in responses:
        match response.answers.get(question_id):
            case Chosen(codes):
                said.update(codes)
            case Number(value):
                said[str(value)] += 1
            case NoAnswer():
                said["silent"] += 1
    return said


@pytest.mark.parametrize("wave", WAVES)
def test_each_question_has_the_counts_of_the_record(wave: RecordedWave) -> None:
    responses = reconstructed(wave, definition(wave.questionnaire))
    assert len(responses) == wave.respondents
    for question_id, counts in wave.counts.items():
        assert counted(responses, question_id) == Counter(counts)


@pytest.mark.parametrize("wave", WAVES)
def test_the_record_speaks_only_of_questions_that_are_asked(wave: RecordedWave) -> None:
    assert set(wave.counts) <= set(definition(wave.questionnaire).by_id)


@pytest.mark.parametrize("wave", WAVES)
def test_nobody_answers_what_they_are_not_asked(wave: RecordedWave) -> None:
    questionnaire = definition(wave.questionnaire)
    for response in reconstructed(wave, questionnaire):
        assert {question.id for question in route(questionnaire, response.answers)} == set(response.answers)


def test_the_same_record_gives_the_same_responses() -> None:
    wave = records()[0].waves[0]
    assert reconstructed(wave, definition(wave.questionnaire)) == reconstructed(wave, definition(wave.questionnaire))


@pytest.mark.parametrize(
    ("counts", "fault"),
    [
        ({"knows_why": {"yes": 3}}, "knows_why: the counts are of 3 people, and 2 are asked and answer"),
        ({"helped_with": {"health": 3}}, "helped_with: 3 chose health, and only 2 can"),
        ({"helped_with": {"health": 1}}, "helped_with: 1 of those who answer choose nothing"),
    ],
)
def test_counts_that_do_not_fit_are_told(counts: dict[str, dict[str, int]], fault: str) -> None:
    wave = RecordedWave(questionnaire="children-2012", respondents=2, modes=("web",), month="2012-02", counts=counts)
    with pytest.raises(CountsDoNotFit, match=fault):
        reconstructed(wave, definition("children-2012"))
