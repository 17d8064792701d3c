"""Signing in: a password of one's own, a second factor, and nothing told to whoever guesses."""

import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from fieldwork.office.sign_in_brake import FREE_FAILURES
from tests.staff.sign_in.conftest import PASSWORD, Newcomer

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
IN = "Your inspections"


@pytest.mark.req("L1", "L2", "L8")
def test_the_first_person_is_let_in_at_the_terminal_and_needs_both_factors(carys: Newcomer) -> None:
    carys.chooses()
    assert carys.page.heading == "Sign in"
    carys.tells_password()
    assert carys.page.heading == "Set up a second factor"
    assert not carys.is_in, "a password alone opens nothing"
    carys.scans()
    carys.tells_code()
    assert carys.page.heading == IN


@pytest.mark.req("L8")
def test_the_link_for_a_password_works_once(carys: Newcomer) -> None:
    carys.chooses()
    carys.open(carys.link)
    assert "New password" not in carys.page.words


@pytest.mark.req("L1")
@pytest.mark.parametrize(
    "password", ["short-one-14ch", "passwordpassword", "111111111111111", "carys@example.org", "qwertyuiopasdfgh"]
)
def test_a_password_that_is_guessed_first_is_refused(password: str, carys: Newcomer) -> None:
    carys.chooses(password)
    assert carys.page.heading == "Choose a password"
    assert carys.page.errors


@pytest.mark.req("L1")
def test_a_long_password_may_be_pasted_and_is_kept_whole(carys: Newcomer) -> None:
    password = "a sentence of my own, with ŵ and ☂, that nobody has ever said before today " * 2
    carys.chooses(password)
    carys.tells_password(password)
    assert carys.page.heading == "Set up a second factor"
    carys.tells_password(password[:-1])
    assert carys.page.heading == "Sign in"


@pytest.mark.req("L4")
def test_whoever_guesses_is_not_told_who_works_here(carys: Newcomer) -> None:
    carys.chooses()
    replies, wrong = [], "not the right one at all"
    for email in (carys.email, "nobody@example.org"):
        carys.open("/sign-in")
        replies.append(carys.press(email=email, password=wrong).words)
    assert replies[0] == replies[1]
    for email in (carys.email, "nobody@example.org"):
        carys.open("/sign-in/new-password")
        replies.append(carys.press(email=email).words)
    assert replies[2] == replies[3]


@pytest.mark.req("L2")
def test_a_code_works_once(carys: Newcomer) -> None:
    at = datetime.now(UTC) + timedelta(seconds=1)
    with time_machine.travel(at, tick=False):
        carys.comes_in()
        used = carys.code()
        other = Newcomer(carys.app)
        other.email, other.key = carys.email, carys.key
        other.tells_password()
        other.tells_code(used)
        assert other.page.heading == "Enter a code"
        assert not other.is_in
    with time_machine.travel(at + timedelta(seconds=31), tick=False):
        other.tells_code()
    assert other.page.heading == IN


@pytest.mark.req("L7")
def test_a_recovery_code_stands_in_for_the_telephone_once_and_is_kept_as_a_hash(carys: Newcomer) -> None:
    carys.comes_in()
    carys.open("/your-account/recovery-codes")
    carys.press(generate_new_codes="yes")
    codes = [each.text_content() for each in carys.page.tree.xpath("//ul[contains(@class, 'app-key')]/li")]
    assert len(codes) == 8
    for expected in ("Your inspections", "Use a recovery code"):
        other = Newcomer(carys.app)
        other.email = carys.email
        other.tells_password()
        other.open("/sign-in/recovery-code")
        other.press(code=codes[0])
        assert other.page.heading == expected


@pytest.mark.req("L7")
def test_a_new_password_does_not_stand_in_for_the_second_factor(carys: Newcomer) -> None:
    carys.comes_in()
    again = Newcomer(carys.app)
    again.email = carys.email
    result = carys.app.test_cli_runner().invoke(args=["people", "link", carys.email])
    again.link = result.output.strip().removeprefix("http://127.0.0.1:8000")
    again.chooses("another-harbour-of-lamps-nine")
    assert not again.is_in
    again.tells_password("another-harbour-of-lamps-nine")
    assert again.page.heading == "Enter a code"
    assert not carys.is_in, "a new password ends the sessions there were"


@pytest.mark.req("L3")
def test_after_ten_failures_a_stranger_waits_and_a_colleague_at_a_known_device_does_not(carys: Newcomer) -> None:
    carys.comes_in()
    carys.leaves()
    stranger = Newcomer(carys.app)
    for _ in range(FREE_FAILURES):
        stranger.tells_password("not the right one at all")
    assert "Too many" not in stranger.page.words
    stranger.tells_password("not the right one at all")
    assert "Too many tries failed. Wait" in stranger.page.words
    stranger.tells_password(PASSWORD)
    assert stranger.page.heading != "Enter a code", "even the right one is not looked at before its time"
    carys.tells_password()
    assert carys.page.heading == "Enter a code"


@pytest.mark.req("L3")
def test_codes_cannot_be_tried_one_after_the_other(carys: Newcomer) -> None:
    carys.comes_in()
    thief = Newcomer(carys.app)
    thief.email = carys.email
    thief.tells_password()
    for number in range(FREE_FAILURES + 1):
        thief.tells_code(f"{number:06}")
    assert "Too many tries failed" in thief.page.words


@pytest.mark.req("L5")
def test_signing_out_ends_the_session_on_the_server_too(carys: Newcomer) -> None:
    carys.comes_in()
    copied = carys.client.get_cookie("office")
    assert copied
    carys.leaves()
    assert not carys.is_in
    thief = Newcomer(carys.app)
    thief.client.set_cookie("office", copied.value)
    assert not thief.is_in


@pytest.mark.req("S2")
@pytest.mark.parametrize(("minutes", "is_in"), [(14.9, True), (15.1, False)])
def test_whoever_rests_for_a_quarter_of_an_hour_signs_in_again(minutes: float, *, is_in: bool, carys: Newcomer) -> None:
    carys.comes_in()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes)):
        assert carys.is_in is is_in


@pytest.mark.req("S2")
def test_after_eight_hours_even_the_busiest_sign_in_again(carys: Newcomer) -> None:
    carys.comes_in()
    began = datetime.now(UTC)
    for quarter in range(1, 8 * 6):
        with time_machine.travel(began + timedelta(minutes=10 * quarter)):
            assert carys.is_in
    with time_machine.travel(began + timedelta(hours=8, minutes=1)):
        assert not carys.is_in


@pytest.mark.req("Z6")
def test_an_account_that_was_not_used_for_90_days_has_to_be_opened_again(carys: Newcomer) -> None:
    carys.comes_in()
    carys.leaves()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=91)):
        carys.tells_password()
        assert "has not been used for 90 days" in carys.page.words


def test_nobody_can_sign_themselves_up(carys: Newcomer) -> None:
    for address in ("/register", "/sign-up", "/people/new"):
        assert Newcomer(carys.app).get(address).status_code in {303, 404}


@pytest.mark.req("A8")
def test_where_one_was_going_is_remembered_and_leads_nowhere_else(carys: Newcomer) -> None:
    carys.comes_in()
    carys.leaves()
    reply = carys.get("/your-account")
    assert reply.location == "/office/sign-in?next=%2Foffice%2Fyour-account%3F"
    carys.open("/sign-in?next=//evil.example/")
    with time_machine.travel(time.time() + 31):
        carys.press(email=carys.email, password=PASSWORD)
        if carys.page.heading == "Enter a code":
            carys.tells_code()
        assert carys.page.heading in {"Sign in", "Your inspections"}, "it stays at home"
