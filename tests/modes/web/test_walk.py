"""Any questionnaire, walked by Back, Continue, Skip, change and typed addresses in three tabs, against a model."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from fieldwork.entry.visits import VisitNow, visit_of
from modes.web.questions import filled_in
from surveys.answers import Answer, NoAnswer, Silence
from surveys.interview import Interview
from surveys.questionnaire import Question, Questionnaire
from surveys.reading import InvalidAnswer, read_answer
from tests.modes.web.respondent import Respondent
from tests.modes.web.samples import Field, open_field
from tests.surveys.strategies import answers_to, questionnaires

TABS = ("tab", "other tab", "device")
WRONG = ("nothing we know", "11", "\N{GRINNING FACE}")
SLUGS = (f"area-{number}" for number in count())


def browser_of(tab: str) -> str:
    return "device" if tab == "device" else "phone"


class Walk(RuleBasedStateMachine):
    """One respondent with a phone, two tabs open in it, and somebody's computer."""

    app: Flask

    @initialize(questionnaire=questionnaires())
    def come(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.field: Field = open_field(self.app, questionnaire, slug=next(SLUGS))
        code = self.field.code()
        self.at = {tab: Respondent(self.app) for tab in TABS}
        for tab in ("tab", "device"):
            self.at[tab].enter(code)
        self.at["other tab"].client = self.at["tab"].client
        self.at["other tab"].open("/question")
        self.said: dict[str, tuple[Answer, str]] = {}

    # --- What somebody does ---

    @rule(tab=st.sampled_from(TABS), data=st.data())
    def answer(self, tab: str, data: st.DataObject) -> None:
        if question := self.shown_in(tab):
            given = filled_in(data.draw(answers_to(question)))
            self.post(tab, question, list(given.values), may_quote=given.may_quote)

    @rule(tab=st.sampled_from(TABS), wrong=st.lists(st.sampled_from(WRONG), min_size=1, max_size=2))
    def answer_with_anything(self, tab: str, wrong: list[str]) -> None:
        if question := self.shown_in(tab):
            self.post(tab, question, wrong)

    @rule(tab=st.sampled_from(TABS))
    def go_on(self, tab: str) -> None:
        if question := self.shown_in(tab):
            page = self.at[tab].page
            self.post(tab, question, page.filled, may_quote=page.form.fields.get("may_quote") == "yes")

    @rule(tab=st.sampled_from(TABS))
    def skip(self, tab: str) -> None:
        if question := self.shown_in(tab):
            self.at[tab].skip()
            self.expect(tab, question, NoAnswer(Silence.SKIPPED))

    @rule(tab=st.sampled_from(TABS))
    def back(self, tab: str) -> None:
        person = self.at[tab]
        if self.shown_in(tab):
            person.open(person.page.link("Back"))
            if person.page.address == "/safe":
                person.press()

    @rule(tab=st.sampled_from(TABS), number=st.integers(0, 9))
    def type_an_address(self, tab: str, number: int) -> None:
        self.at[tab].open(f"/question/{number}")

    @rule(tab=st.sampled_from(TABS), data=st.data())
    def change_from_the_check_page(self, tab: str, data: st.DataObject) -> None:
        page = self.at[tab].open("/check")
        changes = list(page.tree.xpath("//dl//a/@href"))
        self.at[tab].open(data.draw(st.sampled_from(changes)))

    # --- What must then be so ---

    @invariant()
    def what_is_kept_is_what_was_said_last(self) -> None:
        for tab in ("tab", "device"):
            visit = self.visit(tab)
            assert visit.answers == {key: answer for key, (answer, _) in self.said.items()}
            assert visit.shown == {key for key, (_, browser) in self.said.items() if browser == browser_of(tab)}

    @rule(tab=st.sampled_from(TABS))
    def what_is_shown_is_on_the_route_and_of_this_visit(self, tab: str) -> None:
        page = self.at[tab].open(self.at[tab].page.address)
        if question := self.shown_in(tab):
            assert question in self.interview.route
            answer, browser = self.said.get(question.id, (None, ""))
            assert tuple(page.filled) == (filled_in(answer).values if browser == browser_of(tab) else ())

    def teardown(self) -> None:
        if not hasattr(self, "at"):
            return
        person = self.at["tab"]
        person.open("/check")
        assert person.press("submit").heading == "Thank you"
        (response,) = self.field.responses()
        assert response.answers == self.interview.finished()
        assert self.at["device"].open("/check").heading == "You have sent your answers"

    # --- The model ---

    @property
    def interview(self) -> Interview:
        answers: Mapping[str, Answer] = {key: answer for key, (answer, _) in self.said.items()}
        return Interview(self.questionnaire, answers)

    def shown_in(self, tab: str) -> Question | None:
        """The question that the tab shows."""
        number = self.at[tab].page.address.removeprefix("/question/").partition("?")[0]
        return self.questionnaire.questions[int(number) - 1] if number.isdecimal() else None

    def post(self, tab: str, question: Question, values: list[str], *, may_quote: bool = False) -> None:
        more: dict[str, Any] = {"may_quote": "yes" if may_quote else []}
        page = self.at[tab].press(answer=values, **more)
        try:
            said = read_answer(question, values, may_quote=may_quote)
        except InvalidAnswer as fault:
            if question in self.interview.route:
                assert page.errors == [fault.message("en")]
            return
        assert page.status == 200
        self.expect(tab, question, said)

    def expect(self, tab: str, question: Question, said: Answer) -> None:
        """The answer is kept, unless it is silence about an answer that this browser cannot see."""
        earlier, browser = self.said.get(question.id, (said, browser_of(tab)))
        hidden = earlier.says_something and browser != browser_of(tab)
        if said.says_something or not hidden:
            self.said[question.id] = (said, browser_of(tab))

    def visit(self, tab: str) -> VisitNow:
        with self.at[tab].client.session_transaction() as session:
            token = session["visit"]
        with self.field.database.reading() as reading:
            visit = visit_of(reading.connection(), token, datetime.now(UTC))
        assert visit
        return visit


@pytest.mark.req("S10")
@pytest.mark.req("R5")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_any_walk_through_any_questionnaire_keeps_what_was_said_last(app: Flask) -> None:
    class Here(Walk):
        pass

    Here.app = app
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=30, stateful_step_count=25, suppress_health_check=[HealthCheck.too_slow], deadline=None
        ),
    )
