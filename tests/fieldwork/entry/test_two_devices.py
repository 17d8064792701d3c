"""Several tabs and devices on one code, in any order: the last answer to a question counts, and one is sent."""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from fieldwork.entry import drafts, visits
from fieldwork.entry.visits import VisitNow
from fieldwork.faults import AlreadySent
from fieldwork.returns import responses
from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.interview import Interview
from tests.fieldwork.samples import NOW, Office, small_questionnaire

POSTS: st.SearchStrategy[tuple[str, Answer]] = st.one_of(
    st.tuples(st.just("helped"), st.sampled_from([Chosen(("yes",)), Chosen(("no",)), NoAnswer(Silence.SKIPPED)])),
    st.tuples(st.just("with_what"), st.sampled_from([Chosen(("school",)), Chosen(("school", "home"))])),
    st.tuples(st.just("rating"), st.integers(0, 100).map(Number)),
    st.tuples(st.just("comment"), st.sampled_from(["Da iawn", "Good"]).map(Verbatim)),
)


class Devices(RuleBasedStateMachine):
    """What devices do with one code, beside a model in which nothing can go wrong."""

    office: Office

    @initialize()
    def invite(self) -> None:
        self.code = self.office.code()
        self.before = self.office.count()
        self.tokens: list[str] = []
        self.stale: list[VisitNow] = []
        self.answers: dict[str, Answer] = {}
        self.given_by: dict[str, int] = {}
        self.sent = False

    @precondition(lambda self: not self.sent and len(self.tokens) < 4)
    @rule()
    def begin(self) -> None:
        self.tokens.append(self.office.enter(self.code))

    @precondition(lambda self: self.sent)
    @rule()
    def begin_too_late(self) -> None:
        with pytest.raises(AssertionError, match="cannot be used"):
            self.office.enter(self.code)

    @precondition(lambda self: self.tokens)
    @rule(data=st.data(), post=POSTS)
    def answer(self, data: Any, post: tuple[str, Answer]) -> None:
        device = data.draw(st.integers(0, len(self.tokens) - 1))
        if self.sent:
            with pytest.raises(AlreadySent):
                self.office.keep(self.tokens[device], *post)
            return
        self.office.keep(self.tokens[device], *post)
        self.answers[post[0]], self.given_by[post[0]] = post[1], device

    @precondition(lambda self: self.tokens)
    @rule(data=st.data())
    def open_a_page_and_leave_it(self, data: Any) -> None:
        self.stale.append(self.office.at(data.draw(st.sampled_from(self.tokens))))

    @precondition(lambda self: self.stale and self.sent)
    @rule(data=st.data(), post=POSTS)
    def answer_on_a_page_opened_long_ago(self, data: Any, post: tuple[str, Answer]) -> None:
        visit = data.draw(st.sampled_from(self.stale))
        with pytest.raises(AlreadySent), self.office.database.transaction() as session:
            drafts.keep(session, visit, *post, NOW)

    @precondition(lambda self: self.stale)
    @rule(data=st.data())
    def send_from_a_page_opened_long_ago(self, data: Any) -> None:
        self._send(data.draw(st.sampled_from(self.stale)))

    @precondition(lambda self: self.tokens)
    @rule(data=st.data())
    def send(self, data: Any) -> None:
        self._send(self.office.at(data.draw(st.sampled_from(self.tokens))))

    def _send(self, visit: VisitNow) -> None:
        try:
            with self.office.database.transaction() as session:
                responses.send(session, visit, "en", NOW)
        except AlreadySent:
            assert self.sent
            return
        assert not self.sent
        self.sent = True
        with self.office.database.reading() as session:
            assert self._expected() in [dict(each.answers) for each in responses.responses(session, self.office.wave)]

    def _expected(self) -> dict[str, Answer]:
        return Interview(small_questionnaire(), self.answers).finished()

    @invariant()
    def each_device_sees_where_things_stand(self) -> None:
        for device, token in enumerate(getattr(self, "tokens", [])):
            visit = self.office.at(token)
            assert visit.state == ("sent" if self.sent else "open")
            assert dict(visit.answers) == ({} if self.sent else self.answers)
            assert visit.shown == (set() if self.sent else {id_ for id_, by in self.given_by.items() if by == device})

    @invariant()
    def there_is_one_response_once_it_is_sent(self) -> None:
        if hasattr(self, "before"):
            assert self.office.count() == self.before + self.sent


@pytest.mark.req("S10")
def test_in_every_interleaving_nothing_is_lost_doubled_or_shown_to_another_device(office: Office) -> None:
    machine = type("DevicesOfOneOffice", (Devices,), {"office": office})
    examples = settings(max_examples=40, stateful_step_count=25, suppress_health_check=list(HealthCheck), deadline=None)
    run_state_machine_as_test(machine, settings=examples)


@pytest.mark.req("S10")
def test_a_device_that_left_does_not_take_the_answers_with_it(office: Office) -> None:
    code = office.code()
    one, other = office.enter(code), office.enter(code)
    office.keep(one, "helped", Chosen(("yes",)))
    visit = office.at(one)
    with office.database.transaction() as session:
        visits.leave(session, visit)
    office.send(other)
    assert office.responses()[0].answers["helped"] == Chosen(("yes",))
