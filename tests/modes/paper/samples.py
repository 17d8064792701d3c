"""Booklets of shipped questionnaires, with the words of the web around the questions."""

from fieldwork.waves import Asked
from modes.paper.booklet import Booklet, Item
from staff.paper.around import booklet_of
from surveys.questionnaire import Questionnaire
from surveys.text import Language
from tests.surveys.strategies import NAMES

ADDRESS = "https://survey.example.org"


def asked(questionnaire: Questionnaire) -> Asked:
    return Asked(questionnaire, NAMES, "Leeds", "wales", "today")


def booklet(questionnaire: Questionnaire, language: Language = "en") -> Booklet:
    return booklet_of(asked(questionnaire), language, ADDRESS)


def items(printed: Booklet) -> list[Item]:
    return [item for part in printed.parts for item in part.items]
