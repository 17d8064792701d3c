"""Plays a transcript: by text through our own webhook, on the web with a browser, in a terminal."""

import contextlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask

from fieldwork import inspections, waves
from fieldwork.database import Database
from fieldwork.entry import cases
from fieldwork.keeping import closing
from fieldwork.models.contacts import Age
from fieldwork.models.inspections import Nation, Wave
from fieldwork.numbers.suppression import is_suppressed
from fieldwork.returns import responses
from modes.sms import conversing
from modes.sms.going_on import Links
from surveys.answers import Answer, Chosen, NoAnswer, Number, Verbatim
from surveys.loading import definition
from surveys.play import play
from surveys.questionnaire import Information, MultipleChoice, OpenEnded, Question, Questionnaire, Scale, SingleChoice
from surveys.text import Language
from tests.fieldwork.samples import an_inspection
from tests.modes.sms.texting import KEYS, PUBLIC_URL, Exchange, Phone, open_exchange
from tests.modes.web.respondent import Respondent
from tests.surveys.strategies import NAMES
from tests.transcripts.reading import Line, Misread, Transcript, is_like, jump, pairs, shown

LINK = re.compile(re.escape(PUBLIC_URL) + r"(/l/\S+)")
SKIPS = {"SKIP", "HEPGOR"}


def questionnaire_of(transcript: Transcript) -> Questionnaire:
    return definition(transcript.settings.get("questionnaire", "victims-text"))


def language_of(transcript: Transcript) -> Language | None:
    match transcript.settings.get("language"):
        case "en":
            return "en"
        case "cy":
            return "cy"
        case _:
            return None


@contextmanager
def by_text(transcript: Transcript, database_url: str) -> Iterator[Exchange]:
    """What is there once it was played by text; what is not as it says is an assertion that names the line."""
    nation: Nation = "wales" if transcript.settings.get("nation") == "wales" else "england"
    counts = transcript.settings.get("half way") == "counts"
    asks = questionnaire_of(transcript)
    with contextlib.closing(open_exchange(database_url, asks, nation, partial_counts=counts)) as exchange:
        age: Age = "child" if transcript.settings.get("age") == "child" else "adult"
        ByText(transcript, exchange, exchange.phone(language=language_of(transcript), age=age)).play()
        yield exchange


@dataclass
class ByText:
    """One conversation by text."""

    transcript: Transcript
    exchange: Exchange
    phone: Phone
    carries: bool = True
    link: str | None = None
    browser: Respondent | None = None

    def play(self) -> None:
        for line, expected in pairs(self.transcript.lines):
            came = self._do(line)
            written = [each.words for each in expected]
            told = f"{self.transcript.path.name}:{line.number}: {line.what} {line.words}"
            assert [shown(each) for each in came] == written or self._alike(came, written), told
            for text in came:
                self.link = found[1] if (found := LINK.search(text)) else self.link

    def _alike(self, came: list[str], written: list[str]) -> bool:
        return len(came) == len(written) and all(map(is_like, came, written))

    def _do(self, line: Line) -> list[str]:
        """What has arrived after this line."""
        if line.what in {">", "also", "picture", "keyword"}:
            return self._texts(line)
        if line.what == "invite":
            return self.phone.invited()
        self._happens(line)
        return self.phone.arrived()

    def _texts(self, line: Line) -> list[str]:
        kind, _, words = line.words.partition(" ")
        match line.what:
            case "keyword":
                return self.phone.texts(words, opt_out=kind, carry=self.carries)
            case "picture":
                return self.phone.texts(line.words, media=1, carry=self.carries)
            case _:
                return self.phone.texts(line.words, carry=self.carries)

    def _happens(self, line: Line) -> None:
        match line.what:
            case "again":
                for _ in range(int(line.words or 1)):
                    self.phone.again()
            case "+":
                self.exchange.clock.moment += jump(line.words)
            case "hold" | "carry":
                self.carries = line.what == "carry"
            case "web":
                self._on_the_web(line.words)
            case "office":
                self._in_the_office(line.words)
            case _:
                self._look(line)
        self._carry()

    def _carry(self) -> None:
        if self.carries:
            self.exchange.carry()

    def _on_the_web(self, words: str) -> None:
        assert self.link, "no link came"
        match words.split(" ", 1):
            case ["open"]:
                self.browser = Respondent(self.exchange.app, language_of(self.transcript) or "en")
                self.browser.enter_by(self.link)
            case ["send"] if self.browser:
                self.browser.open("/check")
                assert self.browser.press("send").address == "/sent"
            case ["answer", said] if self.browser:
                _answer_page(self.browser, questionnaire_of(self.transcript), said)
            case _:
                raise Misread(f"web {words}")

    def _in_the_office(self, words: str) -> None:
        match words:
            case "resume":
                links = Links(PUBLIC_URL, self.exchange.app.extensions["pepper"])
                talk = self.phone.conversation_id
                conversing.resume(self.exchange.database, KEYS, talk, self.exchange.clock(), links)
            case "close":
                with self.exchange.database.transaction() as work:
                    closing.close_wave(work, work.get_one(Wave, self.exchange.wave.id), keys=KEYS)
            case _:
                raise Misread(f"office {words}")

    def _look(self, line: Line) -> None:
        told = f"{self.transcript.path.name}:{line.number}: {line.what} {line.words}"
        match line.what:
            case "state":
                assert self.phone.state == line.words, told
            case "concern":
                assert sorted(each.kind for each in self.exchange.concerns()) == sorted(line.words.split()), told
            case "suppressed":
                with self.exchange.database.reading() as work:
                    assert is_suppressed(work, self.phone.number, KEYS) == (line.words == "yes"), told
            case "responses":
                assert len(self.exchange.responses()) == int(line.words), told
            case "mode":
                assert [each.mode for each in self.exchange.responses()] == [line.words], told
            case "answer":
                question_id, _, said = line.words.partition(": ")
                assert as_words(self.exchange.answers()[question_id]) == said, told
            case _:
                raise Misread(told)


# --- The same answers in other modes ---


def on_the_web(transcript: Transcript, app: Flask) -> dict[str, Answer]:
    """The answers of somebody who says the same on the web."""
    database: Database = app.extensions["database"]
    with database.transaction() as work:
        inspection = inspections.create(work, an_inspection("york-2011"))
        wave = waves.open_wave(work, inspection, questionnaire_of(transcript))
        (link,) = cases.invite_by_link(work, wave, 1, app.extensions["pepper"])
    browser = Respondent(app, language_of(transcript) or "en")
    browser.enter_by(f"/l/{link}")
    for said in answers_in(transcript):
        _answer_page(browser, questionnaire_of(transcript), said)
    browser.open("/check")
    assert browser.press("send").address == "/sent"
    with database.reading() as work:
        (response,) = responses.responses(work, wave)
    return dict(response.answers)


def in_a_terminal(transcript: Transcript) -> dict[str, Answer]:
    """The answers of somebody who says the same in a terminal, and presses Enter at what is only to be read."""
    asks, said, shown_last = questionnaire_of(transcript), iter(answers_in(transcript)), [""]
    to_read = {f"\n{NAMES.piped(page.wording, 'en')}" for page in asks.pages if isinstance(page, Information)}

    def ask() -> str:
        line = "" if shown_last[0] in to_read else next(said)
        return "" if line in SKIPS else line

    def say(line: str) -> None:
        shown_last[0] = line

    return play(asks, NAMES, "en", ask, say).finished()


def answers_in(transcript: Transcript) -> list[str]:
    """The replies after the one to the invitation."""
    return transcript.replies[1:]


def _answer_page(browser: Respondent, asks: Questionnaire, said: str) -> None:
    page = asks.pages[int(browser.page.address.rsplit("/", 1)[-1].split("?")[0]) - 1]
    while isinstance(page, Information):
        browser.press()
        page = asks.pages[int(browser.page.address.rsplit("/", 1)[-1]) - 1]
    if said in SKIPS:
        browser.skip()
    else:
        browser.answer(*_values(page, said))


def _values(question: Question, said: str) -> list[str]:
    match question:
        case SingleChoice() | MultipleChoice():
            return [question.categories[int(number) - 1].code for number in said.split()]
        case Scale() | OpenEnded():
            return [said]


def as_words(answer: Answer) -> str:
    """An answer as a line of a transcript says it."""
    match answer:
        case Chosen(codes):
            return " ".join(codes)
        case Number(value):
            return str(value)
        case Verbatim(text):
            return shown(text)
        case NoAnswer(reason):
            return f"({reason.value})"
