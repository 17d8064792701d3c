"""What is done about a concern: every step kept, none undone, and nothing closed that nobody has looked at."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from fieldwork.faults import NotFound, Refused
from fieldwork.models.concerns import ConcernStep, Matter, StepKind, TalkRequest
from fieldwork.moments import minute_of
from fieldwork.office import audit
from fieldwork.office.audit import Who
from fieldwork.office.editions import ChangedMeanwhile
from fieldwork.safeguarding import concern_queue, concern_steps
from fieldwork.safeguarding.concern_states import after, state_of
from tests.fieldwork.concerned import (
    ANN,
    BEN,
    WORDS,
    acknowledge,
    listed,
    opened,
    practise,
    raise_comment,
    step,
    want_to_talk,
)
from tests.fieldwork.safeguarding.test_text_concerns import raise_one
from tests.fieldwork.samples import NOW, Office, later
from tests.fieldwork.texted import people, take_in

STEPS: tuple[StepKind, ...] = ("acknowledged", "referred", "answered", "closed", "reopened")


def state(office: Office, key: UUID) -> str:
    with office.database.reading() as session:
        return session.get_one(Matter, key).state


def rows(office: Office, key: UUID) -> list[tuple[int, str, str]]:
    with office.database.reading() as session:
        wanted = select(ConcernStep).where(ConcernStep.matter_id == key).order_by(ConcernStep.place)
        return [(each.place, each.step, each.who) for each in session.scalars(wanted)]


@pytest.mark.req("T10")
def test_a_referral_says_who_decided_when_to_whom_why_and_what_came_of_it(office: Office) -> None:
    key = want_to_talk(office)
    acknowledge(office, key, BEN, later(5))
    step(office, concern_steps.refer, key, ANN, later(9), to_whom="Leeds duty team, Ms Okoro", why="May be hurt.")
    step(office, concern_steps.answered, key, ANN, later(200), outcome="They go there today.")
    step(office, concern_steps.close, key, BEN, later(300), outcome="Safe with her aunt.")
    kept = [(each.step, each.who, each.to_whom, each.words) for each in opened(office, key).steps]
    assert kept == [
        ("acknowledged", "Ben Second", "", ""),
        ("referred", "Ann Lead", "Leeds duty team, Ms Okoro", "May be hurt."),
        ("answered", "Ann Lead", "", "They go there today."),
        ("closed", "Ben Second", "", "Safe with her aunt."),
    ]
    assert [each.when for each in opened(office, key).steps][1] == later(9).replace(second=0)


@pytest.mark.req("T10")
def test_who_it_was_referred_to_has_one_working_day_to_answer(office: Office) -> None:
    key = want_to_talk(office)
    monday = NOW + timedelta(days=2)
    step(office, concern_steps.refer, key, ANN, monday, to_whom="Ms Okoro", why="May be hurt.")
    due = monday.replace(second=0) + timedelta(days=1)
    (before,) = listed(office, due - timedelta(minutes=1))
    (then,) = listed(office, due)
    assert (before.answer_due, before.is_late, then.is_late) == (due, False, True)
    step(office, concern_steps.answered, key, ANN, due, outcome="They go there.")
    (answered,) = listed(office, due)
    assert (answered.answer_due, answered.is_late, answered.state) == (None, False, "acknowledged")


@pytest.mark.req("T10")
@pytest.mark.parametrize(
    ("take", "said"),
    [
        (concern_steps.refer, {"to_whom": " ", "why": "Because."}),
        (concern_steps.refer, {"to_whom": "Ms Okoro", "why": "\u200b"}),
        (concern_steps.close, {"outcome": ""}),
        (concern_steps.close, {"outcome": "x" * 2_001}),
    ],
)
def test_a_step_that_does_not_say_what_has_to_be_known_later_is_refused(
    office: Office, take: object, said: dict[str, str]
) -> None:
    key = want_to_talk(office)
    acknowledge(office, key)
    with pytest.raises(Refused):
        step(office, take, key, **said)  # type: ignore[arg-type]  # one of ours
    assert rows(office, key) == [(1, "acknowledged", "Ann Lead")]


def test_nobody_acts_without_a_name(office: Office) -> None:
    key = want_to_talk(office)
    with pytest.raises(Refused, match="Say who you are"):
        acknowledge(office, key, Who(None, " \n"))


@pytest.mark.req("T4")
def test_two_people_who_act_at_once_do_not_undo_each_other(office: Office) -> None:
    key = want_to_talk(office)
    with office.database.reading() as session:
        seen = concern_queue.one(session, key, None, NOW).edition
    step(office, concern_steps.acknowledge, key, ANN, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        step(office, concern_steps.acknowledge, key, BEN, seen=seen)
    assert rows(office, key) == [(1, "acknowledged", "Ann Lead")]


def test_what_is_not_there_cannot_be_acted_on(office: Office) -> None:
    with pytest.raises(NotFound):
        acknowledge(office, UUID(int=1))


def test_closing_deletes_what_was_written_and_keeps_what_was_done(office: Office) -> None:
    take_in(office, people(1))
    for key in (want_to_talk(office), raise_comment(office), raise_one(office, words=WORDS)):
        acknowledge(office, key)
        step(office, concern_steps.close, key, outcome="Called.")
        shown = opened(office, key)
        assert (shown.words, shown.name, shown.way_to_reach, shown.number) == (None, "", "", None)
        assert shown.steps[-1].words == "Called."
    with office.database.reading() as session:
        kept = session.scalars(select(TalkRequest)).one()
    assert (kept.name, kept.way_to_reach, kept.words) == ("", "", "")
    assert listed(office) == []
    assert len(listed(office, closed=True)) == 3


def test_what_is_closed_stays_so_until_it_is_reopened_with_a_reason(office: Office) -> None:
    key = want_to_talk(office)
    acknowledge(office, key)
    step(office, concern_steps.close, key, outcome="Called.")
    with pytest.raises(Refused):
        step(office, concern_steps.refer, key, to_whom="x", why="y")
    with pytest.raises(Refused):
        step(office, concern_steps.close, key, outcome="z")
    with pytest.raises(Refused, match="why it is reopened"):
        step(office, concern_steps.reopen, key, why=" ")
    step(office, concern_steps.reopen, key, BEN, why="Her aunt called.")
    assert state(office, key) == "acknowledged"
    assert [each for _, each, _ in rows(office, key)] == ["acknowledged", "closed", "reopened"]


def test_a_practice_is_over_once_somebody_has_acknowledged_it(office: Office) -> None:
    key = practise(office)
    with pytest.raises(Refused, match="is a practice"):
        step(office, concern_steps.refer, key, to_whom="Ms Okoro", why="By mistake.")
    acknowledge(office, key, BEN, later(7))
    assert state(office, key) == "closed"
    with pytest.raises(Refused):
        acknowledge(office, key)


def test_every_step_is_in_the_audit_without_a_word_of_it(office: Office) -> None:
    key = want_to_talk(office)
    opened(office, key)
    acknowledge(office, key)
    step(office, concern_steps.refer, key, to_whom="canary Okoro", why="canary hurt")
    step(office, concern_steps.answered, key, outcome="canary today")
    step(office, concern_steps.close, key, outcome="canary safe")
    step(office, concern_steps.reopen, key, why="canary again")
    with office.database.reading() as session:
        entries = audit.entries(session)
        assert not list(audit.faults(session))
    assert [each.act for each in reversed(entries)] == [
        "read_concern",
        "acknowledged_concern",
        "referred_concern",
        "answered_concern",
        "closed_concern",
        "reopened_concern",
    ]
    for entry in entries:
        assert entry.about == f"concern {key}"
        assert not any(canary in f"{entry.about}{entry.why}" for canary in ("canary", "heulwen", "900123"))


# --- Whatever is tried, in whatever order ---


@given(st.lists(st.sampled_from(STEPS), max_size=12))
def test_nothing_is_closed_before_somebody_has_looked_and_only_reopening_leads_out(
    tried: list[StepKind],
) -> None:
    taken: list[StepKind] = []
    for each in tried:
        before = state_of(taken)
        try:
            now = after(before, each)
        except Refused:
            continue
        if now == "closed":
            assert {"acknowledged", "referred"} & set(taken)
        if before == "closed":
            assert each == "reopened"
        taken.append(each)
        assert state_of(taken) == now


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_step_is_lost_whatever_is_tried(office: Office) -> None:
    says: dict[StepKind, dict[str, Any]] = {
        "acknowledged": {},
        "referred": {"to_whom": "x", "why": "y"},
        "answered": {"outcome": "x"},
        "closed": {"outcome": "x"},
        "reopened": {"why": "x"},
    }
    take: dict[StepKind, Callable[..., Any]] = dict(
        zip(
            STEPS,
            (
                concern_steps.acknowledge,
                concern_steps.refer,
                concern_steps.answered,
                concern_steps.close,
                concern_steps.reopen,
            ),
            strict=True,
        )
    )

    @given(st.lists(st.sampled_from(STEPS), max_size=10))
    def holds(tried: list[StepKind]) -> None:
        key, taken = want_to_talk(office), list[StepKind]()
        for each in tried:
            try:
                step(office, take[each], key, **says[each])
            except Refused:
                pass
            else:
                taken.append(each)
            kept = rows(office, key)
            assert [place for place, *_ in kept] == list(range(1, len(kept) + 1))
            assert [name for _, name, _ in kept] == taken
            assert state(office, key) == state_of(taken)

    holds()


def test_the_minute_of_a_step_is_kept_and_nothing_finer(office: Office) -> None:
    key = want_to_talk(office)
    acknowledge(office, key)
    with office.database.reading() as session:
        assert session.scalars(select(ConcernStep.minute)).one() == minute_of(NOW)
