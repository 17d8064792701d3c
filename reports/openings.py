"""The first sentence on an audience: how many answered, in words however many, because the number opens it."""

from dataclasses import dataclass
from typing import Literal

from reports.mutation import soft
from reports.numerals import counted, in_words
from reports.people import People
from reports.runs import with_capital
from surveys.questionnaire import Audience
from surveys.text import Language, Names

Undertaking = Literal["questionnaire", "text_survey"]


@dataclass(frozen=True)
class Respondents:
    """How many answered, and what they are called."""

    number: int
    audience: Audience
    people: People
    names: Names


def opening(respondents: Respondents, undertaking: Undertaking, language: Language) -> str:
    """The sentence, for none, one and many.

    >>> from surveys.text import Text
    >>> child, children = Text(en="child", cy="plentyn"), Text(en="children", cy="plant")
    >>> names = Names(service=child, worker=child, child=child, children=children)
    >>> opening(Respondents(22, "children", People(child, children), names), "questionnaire", "en")
    'Twenty-two children completed a questionnaire for the inspection.'
    >>> opening(Respondents(1, "children", People(child, children), names), "questionnaire", "cy")
    'Cwblhaodd un plentyn holiadur ar gyfer yr arolygiad.'
    """
    number, people, names = respondents.number, respondents.people, respondents.names
    if respondents.audience == "victims" and undertaking == "questionnaire":
        return _of_victims_in_welsh(number, names) if language == "cy" else _of_victims(number, names)
    if language == "cy":
        return _in_welsh(number, people, undertaking)
    did = "completed a questionnaire" if undertaking == "questionnaire" else "answered the text survey"
    return with_capital(f"{in_words(number, 'en')} {people.called(number or 1, 'en')} {did} for the inspection.")


def _of_victims(number: int, names: Names) -> str:
    """Victims are told of last: who they are takes many words."""
    if number == 1:
        return f"One questionnaire was completed by a victim of offending by {names.children.en}."
    questionnaires = with_capital(f"{in_words(number, 'en')} questionnaires")
    return f"{questionnaires} were completed by victims of offending by {names.children.en}."


def _in_welsh(number: int, people: People, undertaking: Undertaking) -> str:
    verb = {"questionnaire": ("Cwblhaodd", "Ni chwblhaodd"), "text_survey": ("Cymerodd", "Ni chymerodd")}[undertaking]
    what = {"questionnaire": "holiadur", "text_survey": "ran yn yr arolwg negeseuon testun"}[undertaking]
    one, many = people.one.cy, soft(people.many.cy)
    if number == 0:
        return f"{verb[1]} yr un {one} {what} ar gyfer yr arolygiad."
    who = f"un {one}" if number == 1 else f"{in_words(number, 'cy')} o {many}"
    return f"{verb[0]} {who} {what} ar gyfer yr arolygiad."


def _of_victims_in_welsh(number: int, names: Names) -> str:
    victims = "ddioddefwr troseddau" if number == 1 else "ddioddefwyr troseddau"
    by = f"gan {victims} a gyflawnwyd gan {soft(names.children.cy)}."
    if number == 0:
        return f"Ni chwblhawyd yr un holiadur {by}"
    return f"Cwblhawyd {counted(number, 'holiadur', 'holiaduron')} {by}"
