"""The method note in words: a label and what is known, line by line."""

from collections.abc import Iterable, Iterator, Mapping

from reports.frequencies import Frequency
from reports.method import Method
from reports.months import span_in_words
from reports.percentages import Programme, in_print
from surveys.interview import Mode
from surveys.questionnaire import MultipleChoice, SingleChoice
from surveys.text import Language, Names, Text

Line = tuple[str, str]

_MODES: Mapping[Mode, Text] = {
    "web": Text(en="on the web", cy="ar y we"),
    "kiosk": Text(en="on a shared tablet", cy="ar lechen a rennir"),
    "sms": Text(en="by text message", cy="drwy neges destun"),
    "paper": Text(en="on paper", cy="ar bapur"),
}
_LANGUAGES: Mapping[Language, Text] = {
    "en": Text(en="in English", cy="yn Saesneg"),
    "cy": Text(en="in Welsh", cy="yn Gymraeg"),
}
_INVITED = Text(en="Invited", cy="Gwahoddwyd")
_ANSWERED = Text(en="Answered", cy="Nifer a atebodd")
_RATE = Text(en="Response rate", cy="Cyfradd ymateb")
_HOW = Text(en="How they answered", cy="Sut yr atebwyd")
_LANGUAGE = Text(en="Language", cy="Iaith")
_HELP = Text(en="Help to answer", cy="Help i ateb")
_WHEN = Text(en="When", cy="Pryd")
_NOT_RECORDED = Text(en="not recorded", cy="heb ei gofnodi")
_NOT_ASKED = Text(en="not asked", cy="heb ei ofyn")
_NO_ANSWER = Text(en="no answer", cy="dim ateb")
_UNANSWERED = Text(en="Nobody answered", cy="Heb ei ateb gan neb")
_MORE_THAN_INVITED = Text(
    en="not worked out, because more people answered than were invited",
    cy="heb ei chyfrifo, am fod mwy o bobl wedi ateb nag a wahoddwyd",
)


def method_note(method: Method, names: Names, programme: Programme, language: Language) -> tuple[Line, ...]:
    """Each line of the note: who was invited, who answered, how, in which language, with whose help, and when."""
    return tuple((label.in_language(language), value) for label, value in _lines(method, names, programme, language))


def _lines(method: Method, names: Names, programme: Programme, language: Language) -> Iterator[tuple[Text, str]]:
    unknown = _NOT_RECORDED.in_language(language)
    yield _INVITED, unknown if method.invited is None else f"{method.invited:,}"
    yield _ANSWERED, f"{method.answered:,}"
    if method.invited:
        rate = method.response_rate
        yield _RATE, in_print(rate, programme, language) if rate else _MORE_THAN_INVITED.in_language(language)
    if method.answered:
        yield _HOW, _counted([(_MODES[mode], people) for mode, people in method.modes.items()], language)
        yield _LANGUAGE, _counted([(_LANGUAGES[each], people) for each, people in method.languages.items()], language)
        yield _HELP, _help(method.helped, names, language)
    if method.first_month and method.last_month:
        yield _WHEN, span_in_words(method.first_month, method.last_month, language)
    if method.answered and method.without_answers:
        yield _UNANSWERED, " ".join(names.piped(each.wording, language) for each in method.without_answers)


def _counted(counts: Iterable[tuple[Text, int]], language: Language) -> str:
    return ", ".join(f"{words.in_language(language)} {people:,}" for words, people in counts)


def _help(frequency: Frequency | None, names: Names, language: Language) -> str:
    if frequency is None or not isinstance(frequency.question, SingleChoice | MultipleChoice):
        return _NOT_ASKED.in_language(language)
    said = [
        f"“{names.piped(category.label, language)}” {frequency.counts[category.code]:,}"
        for category in frequency.question.categories
        if frequency.counts[category.code]
    ]
    silent = [f"{_NO_ANSWER.in_language(language)} {frequency.silent:,}"] if frequency.silent else []
    return ", ".join(said + silent)
