"""Wrong codes are slowed; honest people are not kept waiting, and nobody is locked out."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldwork.database import Database
from fieldwork.entry import brake
from fieldwork.models.brakes import Brake
from tests.fieldwork.samples import NOW

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


def tries(session: Session, network: str, seconds: range, *, good: bool = False) -> list[bool]:
    """Whether a try was let through, in each of these seconds."""
    outcomes = []
    for second in seconds:
        allowed = brake.may_guess(session, network, NOW + timedelta(seconds=second))
        if allowed and good:
            brake.right(session, network, NOW + timedelta(seconds=second))
        outcomes.append(allowed)
    return outcomes


@pytest.mark.req("A3")
def test_a_network_has_ten_wrong_tries_and_then_one_each_half_minute(session: Session) -> None:
    assert tries(session, "office", range(20)) == [True] * 10 + [False] * 10
    assert sum(tries(session, "office", range(30, 330))) == 10


@pytest.mark.req("A3")
def test_a_rested_network_has_its_ten_tries_again(session: Session) -> None:
    tries(session, "office", range(20))
    assert tries(session, "office", range(1_000, 1_011)) == [True] * 10 + [False]


@pytest.mark.req("A3")
def test_right_codes_cost_a_network_nothing(session: Session) -> None:
    assert all(tries(session, "office", range(100), good=True))


@pytest.mark.req("A3")
def test_a_class_of_children_gets_in_at_one_moment(session: Session) -> None:
    for _ in range(30):
        assert brake.may_guess(session, "school", NOW)
        brake.right(session, "school", NOW)


@pytest.mark.req("A3")
def test_two_wrong_guesses_a_second_is_all_that_many_networks_get(session: Session) -> None:
    allowed = [brake.may_guess(session, f"network {number}", NOW) for number in range(50)]
    assert sum(allowed) == brake.WRONG_GUESSES_A_SECOND


@pytest.mark.req("A3")
def test_who_guessed_wrong_leaves_the_first_lane_to_others(session: Session) -> None:
    tries(session, "attacker", range(2))
    moment = NOW + timedelta(seconds=5)
    assert brake.may_guess(session, "attacker", moment)
    assert not brake.may_guess(session, "attacker", moment)
    assert brake.may_guess(session, "newcomer", moment)


@pytest.mark.req("A3")
def test_a_right_code_makes_up_for_wrong_ones(session: Session) -> None:
    tries(session, "office", range(3))
    tries(session, "office", range(5, 6), good=True)
    moment = NOW + timedelta(seconds=10)
    assert brake.may_guess(session, "attacker", moment)
    assert brake.may_guess(session, "office", moment)


@pytest.mark.req("A3")
def test_an_hour_later_a_wrong_guess_is_forgiven(session: Session) -> None:
    tries(session, "office", range(1))
    moment = NOW + timedelta(minutes=61)
    assert brake.may_guess(session, "office", moment)
    assert brake.may_guess(session, "office", moment), "both lanes are open to it"


@pytest.mark.req("A3")
def test_a_clock_that_is_put_back_locks_nobody_out(session: Session) -> None:
    tries(session, "office", range(86_400, 86_420))
    assert sum(tries(session, "office", range(301))) >= 10


@pytest.mark.req("A3")
def test_a_braked_try_costs_nothing_more(session: Session) -> None:
    tries(session, "office", range(12))
    session.flush()
    before = session.scalars(select(Brake.rested_second).order_by(Brake.name)).all()
    assert not any(tries(session, "office", range(12, 29)))
    session.flush()
    assert session.scalars(select(Brake.rested_second).order_by(Brake.name)).all() == before


@pytest.mark.req("A3")
@on_sqlite
def test_thirty_children_on_a_new_address_get_in_while_fifty_networks_attack(session: Session) -> None:
    verified, arrived = under_attack(session, children=30, networks=50, seconds=60)
    assert arrived == 30
    assert all(wrong <= brake.WRONG_GUESSES_A_SECOND for wrong in verified.values())
    assert sum(verified.values()) <= brake.WRONG_GUESSES_A_SECOND * 60


def under_attack(session: Session, *, children: int, networks: int, seconds: int) -> tuple[Counter[int], int]:
    """Wrong guesses verified in each second, and how many children got in."""
    chance = Random(2)  # noqa: S311 - the same chance each time
    verified: Counter[int] = Counter()
    waiting = children
    for second in range(seconds):
        now = NOW + timedelta(seconds=second)
        everyone = [f"attacker {number}" for number in range(networks) for _ in range(4)]
        everyone += ["school"] * (waiting // 2 + waiting % 2)  # each child tries every other second
        chance.shuffle(everyone)
        for network in everyone:
            if not brake.may_guess(session, network, now):
                continue
            if network == "school":
                brake.right(session, network, now)
                waiting -= 1
            else:
                verified[second] += 1
    return verified, children - waiting


def test_networks_at_rest_for_an_hour_are_forgotten_and_the_lanes_stay(session: Session) -> None:
    tries(session, "office", range(20))
    tries(session, "school", range(30), good=True)
    assert brake.forget_networks(session, NOW + timedelta(minutes=30)) == 0
    assert brake.forget_networks(session, NOW + timedelta(minutes=70)) == 2
    assert set(session.scalars(select(Brake.name))) == set(brake.LANES)
