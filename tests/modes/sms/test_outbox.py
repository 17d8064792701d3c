"""A text goes once, or a person is asked. What is not known is looked for; nothing goes after a stop."""

import threading
from contextlib import suppress as suppress_fault
from dataclasses import replace
from datetime import timedelta
from random import Random
from time import monotonic, sleep
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from fieldwork.database import Database
from fieldwork.models.inspections import Wave
from fieldwork.models.texts import Conversation, ConversationState, Kind, OutboundText, TextPlan
from fieldwork.numbers.suppression import is_suppressed, suppress
from fieldwork.texting import carriage, conversations, outbox, settling, text_plans
from fieldwork.texting.permission import MOST_A_DAY
from modes.sms.outbox import Outcome, carry, settle_unsure
from tests.modes.sms.posting import KEYS, MONDAY, NUMBER, PUBLIC_URL, Post, Watched, another_wave, number, open_post


@pytest.fixture
def post(database: Database) -> Post:
    return open_post(database)


def carry_due(post: Post) -> list[Outcome]:
    """One round of a sender: everything that is due is carried."""
    with post.database.reading() as work:
        due = carriage.due(work, post.sender.terms, post.clock(), 1000)
    return [carry(post.sender, text_id) for text_id in due]


def stop(post: Post, talk: Conversation, phone: str = NUMBER) -> None:
    """What a STOP does, in one transaction."""
    with post.database.transaction() as work:
        one = conversations.hold_one(work, talk.id)
        suppress(work, phone, KEYS, post.clock().date())
        conversations.break_off(work, one)


def is_stopped(post: Post, phone: str = NUMBER) -> bool:
    with post.database.reading() as work:
        return is_suppressed(work, phone, KEYS)


# --- On its way ---


@pytest.mark.req("M2")
def test_a_text_goes_from_waiting_to_accepted_under_the_providers_name(post: Post) -> None:
    text_id = post.write(post.conversation())
    assert carry(post.sender, text_id) is Outcome.TAKEN
    text = post.text(text_id)
    ((to, body, callback, seconds),) = post.provider.calls
    assert (to, body) == (NUMBER, "1 of 3: Did it help? 1 Yes 2 No")
    assert callback == f"{PUBLIC_URL}/texts/status/{text.attempt}"
    assert seconds == 36_000
    assert (text.state, text.provider_name) == ("accepted", post.provider.texts[0].name)


@pytest.mark.req("M1")
def test_a_text_is_there_only_if_its_cause_is(post: Post) -> None:
    talk = post.conversation()
    with suppress_fault(ZeroDivisionError), post.database.transaction() as work:
        outbox.write(work, talk, "question", "1 of 3", post.vault(work), post.clock())
        raise ZeroDivisionError
    assert post.texts() == []
    assert carry_due(post) == []


def test_a_text_that_went_is_not_carried_again(post: Post) -> None:
    text_id = post.write(post.conversation())
    assert [carry(post.sender, text_id) for _ in range(3)] == ["taken", "not now", "not now"]
    assert len(post.provider.calls) == 1


def test_its_words_and_its_number_lie_sealed(post: Post) -> None:
    text = post.text(post.write(post.conversation()))
    assert "help" not in str(text.body)
    assert text.parts == 1


@pytest.mark.req("M2")
def test_a_sender_that_dies_while_it_asks_leaves_the_text_to_the_next(post: Post) -> None:
    text_id = post.write(post.conversation())
    post.clock.on(seconds=carriage.FRESH + 1)  # somebody may have sent it meanwhile
    with post.database.transaction() as work:
        assert carriage.take(work, post.sender.terms, text_id, post.clock())
    assert post.state(text_id) == "claimed"
    assert carry(post.sender, text_id) is Outcome.NOT_NOW
    post.clock.on(seconds=carriage.LEASE)
    assert carry_due(post) == [Outcome.TAKEN]


@pytest.mark.req("M2")
def test_a_sender_that_was_only_slow_finds_its_text_in_other_hands(post: Post) -> None:
    text_id = post.write(post.conversation())
    post.clock.on(seconds=carriage.FRESH + 1)
    terms = post.sender.terms
    hands = []
    for _ in range(2):
        with post.database.transaction() as work:
            hands.append(carriage.take(work, terms, text_id, post.clock()))
        post.clock.on(seconds=carriage.LEASE)
    slow, quick = hands
    assert slow
    assert quick
    with post.database.transaction() as work:
        assert not carriage.begin_posting(work, terms, slow, post.clock())
        assert carriage.begin_posting(work, terms, quick, post.clock())


def test_two_texts_of_a_conversation_are_never_under_way_at_once(post: Post) -> None:
    talk = post.conversation()
    first, second = post.write(talk), post.write(talk, "ask_again", "Reply 1 or 2")
    with post.database.transaction() as work:
        assert carriage.take(work, post.sender.terms, first, post.clock())
    assert carry(post.sender, second) is Outcome.NOT_NOW
    assert post.state(second) == "waiting"


@pytest.mark.parametrize("round_", range(5))
def test_texts_of_a_conversation_go_in_the_order_in_which_they_were_written(post: Post, round_: int) -> None:
    """All are written in the same second, and their keys, by which rows lie in a table, are drawn by lot."""
    talk, words = post.conversation(), [f"{number} of 8" for number in range(8)]
    for each in words:
        post.write(talk, "ask_again", each)
    while carry_due(post):
        pass
    assert post.provider.sent_to(NUMBER) == words


def test_a_text_that_is_put_off_is_not_overtaken(post: Post) -> None:
    talk = post.conversation()
    post.provider.faults = ["too many"] * 3
    post.write(talk, body="first")
    carry_due(post)
    post.write(talk, "ask_again", "second")
    began = post.clock()
    while len(post.provider.texts) < 2:
        carry_due(post)
        post.clock.on(seconds=1)
    assert post.provider.sent_to(NUMBER) == ["first", "second"]
    assert post.clock() - began < timedelta(minutes=5), "the second goes right after the first"


def test_help_overtakes_whatever_is_put_off(post: Post) -> None:
    talk = post.conversation()
    post.provider.faults = ["too many"]
    post.write(talk, body="first")
    carry_due(post)
    assert carry(post.sender, post.write(talk, "distress", "Samaritans: 116 123")) is Outcome.TAKEN


def test_somebody_elses_text_keeps_nobody_waiting(post: Post) -> None:
    post.provider.faults = ["too many"]
    post.write(post.conversation())
    carry_due(post)
    assert carry(post.sender, post.write(post.conversation(number(7)))) is Outcome.TAKEN


def test_an_invitation_that_waits_for_its_time_keeps_no_reply_waiting(post: Post) -> None:
    talk = post.conversation()
    post.write(talk, "invitation", not_before=MONDAY + timedelta(hours=3))
    assert carry(post.sender, post.write(talk, "web_link", "Answer here")) is Outcome.TAKEN


def test_a_text_of_which_nobody_knows_does_not_keep_the_next_one_waiting(post: Post) -> None:
    """Who answers it has had it."""
    talk = post.conversation()
    post.write(talk)
    post.provider.faults = ["drop"]
    carry_due(post)
    post.clock.on(minutes=1)
    settle_unsure(post.sender)
    following = post.write(talk, body="2 of 3: Why?")
    assert carry(post.sender, following) is Outcome.TAKEN


# --- Not knowing ---


@pytest.mark.req("M3")
@pytest.mark.parametrize("went", [True, False])
def test_silence_is_looked_into_and_never_answered_by_sending_again(post: Post, went: bool) -> None:
    text_id = post.write(post.conversation())
    post.provider.faults = ["accept then drop" if went else "drop"]
    assert carry_due(post) == [Outcome.IN_TROUBLE]
    assert post.state(text_id) == "posting"
    for _ in range(30):
        post.clock.on(minutes=1)
        settle_unsure(post.sender)
        assert carry_due(post) == []
    assert post.state(text_id) == ("sent" if went else "unsure")
    assert len(post.provider.calls) == 1


@pytest.mark.req("M3")
def test_what_the_provider_tells_settles_it_even_after_a_person_was_asked(post: Post) -> None:
    text_id = post.write(post.conversation())
    post.provider.faults = ["accept then drop"]
    carry_due(post)
    post.provider.texts.clear()  # it is not listed yet
    post.clock.on(minutes=16)
    settle_unsure(post.sender)
    assert post.state(text_id) == "unsure"
    with post.database.transaction() as work:
        assert (
            settling.told(work, KEYS, str(post.text(text_id).attempt), "SM1", "delivered", None, post.clock())
            == "moved"
        )
    assert (post.state(text_id), post.text(text_id).provider_name) == ("delivered", "SM1")


def test_a_text_to_a_person_is_taken_at_fifteen_minutes_and_not_before(post: Post) -> None:
    text_id = post.write(post.conversation())
    post.provider.faults = ["drop"]
    carry_due(post)
    states = []
    for _ in range(16):
        post.clock.on(minutes=1)
        settle_unsure(post.sender)
        states.append(post.state(text_id))
    assert states == ["posting"] * 14 + ["unsure"] * 2


def test_of_two_texts_with_the_same_words_each_is_found_once(post: Post) -> None:
    talk = post.conversation()
    post.provider.faults = ["accept then drop", "accept then drop"]
    texts = []
    for _ in range(2):
        texts.append(post.write(talk, "ask_again", "Reply 1 or 2"))
        carry_due(post)
        post.clock.on(minutes=1)
        settle_unsure(post.sender)
    assert [post.state(each) for each in texts] == ["sent", "sent"]
    assert len({post.text(each).provider_name for each in texts}) == 2


@pytest.mark.req("M3")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_thousand_texts_whose_acceptance_got_lost_arrive_once_each(database: Database) -> None:
    post = open_post(database, budget_pence=10_000_000)
    talks = [(phone, post.conversation(phone)) for phone in map(number, range(50))]
    for round_ in range(20):
        for _, talk in talks:
            post.write(talk, body=f"{round_ + 1} of 20: Did it help?")
        post.provider.faults = ["accept then drop"] * len(talks)
        carry_due(post)
        for _ in range(3):
            post.clock.on(minutes=1)
            carry_due(post)
            settle_unsure(post.sender)
    assert len(post.provider.calls) == 1000
    assert all(len(set(post.provider.sent_to(phone))) == len(post.provider.sent_to(phone)) == 20 for phone, _ in talks)
    assert {text.state for text in post.texts()} == {"sent"}


# --- Trying again, and giving up ---


@pytest.mark.req("M4")
def test_a_text_that_cannot_have_gone_is_tried_again_until_it_goes(post: Post) -> None:
    text_id = post.write(post.conversation())
    post.provider.faults = ["too many"] * 6
    began = post.clock()
    while post.state(text_id) == "waiting":
        carry_due(post)
        post.clock.on(seconds=10)
    assert post.state(text_id) == "accepted"
    assert len(post.provider.calls) == 7
    assert len(post.provider.texts) == 1
    assert timedelta(minutes=20) < post.clock() - began < timedelta(minutes=35)


@pytest.mark.req("M4")
def test_after_six_hours_of_trying_it_is_for_a_person(post: Post) -> None:
    text_id = post.write(post.conversation())
    post.practice = True  # at any hour
    post.provider.down = True
    began = post.clock()
    while post.state(text_id) == "waiting":
        carry_due(post)
        post.clock.on(seconds=30)
    assert post.state(text_id) == "held"
    assert timedelta(hours=4) < post.clock() - began <= timedelta(hours=6, minutes=1)


def test_pauses_differ_so_that_not_all_come_back_at_once() -> None:
    assert len({settling.pause_after(5) for _ in range(50)}) > 10
    assert all(22 <= settling.pause_after(1) <= 30 for _ in range(50))
    assert all(settling.pause_after(tries) <= 3600 for tries in range(1, 40))


@pytest.mark.req("M6")
@pytest.mark.parametrize(
    ("code", "text_state", "talk_state"),
    [
        (21211, "failed", "unreachable"),
        (21614, "failed", "unreachable"),
        (30007, "failed", "asking"),
        (21610, "failed", "refused"),
        (20003, "held", "asking"),
        (12345, "held", "asking"),
    ],
)
def test_a_refusal_is_final_and_says_whose_fault_it_is(post: Post, code: int, text_state: str, talk_state: str) -> None:
    talk = post.conversation()
    text_id = post.write(talk)
    post.provider.faults = [code]
    carry_due(post)
    post.clock.on(days=1)
    carry_due(post)
    assert (post.state(text_id), post.text(text_id).error_code) == (text_state, code)
    assert post.talk(talk).state == talk_state
    assert len(post.provider.calls) == 1
    assert post.plan().parts == 0


@pytest.mark.req("M6")
def test_an_opting_out_at_the_provider_counts_as_a_stop_to_us(post: Post) -> None:
    talk = post.conversation()
    post.provider.faults = [21610]
    post.write(talk)
    carry_due(post)
    assert is_stopped(post)
    later = post.write(talk, "thanks", "Thank you.")
    carry_due(post)
    assert post.state(later) == "dropped"


@pytest.mark.req("M6")
def test_so_does_one_that_is_told_later(post: Post) -> None:
    talk = post.conversation()
    text_id = post.write(talk)
    carry_due(post)
    with post.database.transaction() as work:
        settling.told(work, KEYS, str(post.text(text_id).attempt), None, "failed", 21610, post.clock())
    assert is_stopped(post)
    assert post.talk(talk).state == "refused"


# --- After a stop ---


@pytest.mark.req("M8")
def test_after_a_stop_nothing_that_waits_goes(post: Post) -> None:
    talk = post.conversation()
    text_id = post.write(talk)
    stop(post, talk)
    assert carry(post.sender, text_id) is Outcome.NOT_NOW
    assert post.state(text_id) == "dropped"
    assert post.provider.calls == []


@pytest.mark.req("M8")
@pytest.mark.parametrize("late", [carriage.FRESH + 1, 0], ids=["before the mark", "after the mark"])
def test_a_stop_at_the_last_moment_is_seen(post: Post, late: int) -> None:
    """A text that is late is claimed before it is marked, one that is fresh is marked at once."""
    talk = post.conversation()
    text_id = post.write(talk)
    post.clock.on(seconds=late)
    watched = Watched(post.database, lambda here: stop(post, talk) if here == 1 else None)
    assert carry(replace(post.sender, database=watched), text_id) is Outcome.NOT_NOW
    assert post.provider.calls == []
    assert post.state(text_id) == "dropped"
    assert (post.text(text_id).attempt is None) is (late > 0)
    assert post.plan().parts == 0


@pytest.mark.req("M8")
def test_a_thousand_stops_race_a_thousand_texts_and_none_goes_after_one(database: Database) -> None:
    post = open_post(database, budget_pence=10_000_000)
    chance = Random(8)  # noqa: S311 - when a stop comes
    times = 1000 if database.engine.dialect.name == "sqlite" else 100
    went, after, latest = 0, 0, 0.012
    for place in range(times):
        phone, delay = number(place), chance.uniform(0, latest)
        talk = post.conversation(phone)
        text_id = post.write(talk)
        stopped, called = threading.Event(), list[bool]()
        post.provider.as_it_leaves = lambda stopped=stopped, called=called: called.append(stopped.is_set())  # type: ignore[misc]  # binds these two

        def race(talk: Conversation, phone: str, stopped: threading.Event, delay: float) -> None:
            sleep(delay)
            stop(post, talk, phone)
            stopped.set()

        racer = threading.Thread(target=race, args=(talk, phone, stopped, delay))
        racer.start()
        carry(post.sender, text_id)
        racer.join()
        went, after = went + len(called), after + sum(called)
        latest *= 0.9 if called else 1.1  # on a busy machine a text takes longer, and no race is won by one side alone
    assert after == 0
    assert 0 < went < times


# --- Hours, ages, budgets ---


@pytest.mark.req("M10")
@pytest.mark.parametrize("kind", ["invitation", "reminder"])
def test_what_answers_nothing_waits_for_the_morning(post: Post, kind: Kind) -> None:
    post.clock.on(hours=10)
    text_id = post.write(post.conversation(state="invited"), kind)
    assert carry(post.sender, text_id) is Outcome.NOT_NOW
    assert carry_due(post) == []
    post.clock.on(hours=13)
    assert carry_due(post) == [Outcome.TAKEN]


@pytest.mark.req("M10")
def test_a_reply_goes_until_half_past_nine_and_then_in_the_morning_sundays_too(post: Post) -> None:
    saturday_night = MONDAY.replace(day=28, hour=21, minute=20)
    post.clock.moment = saturday_night
    talk = post.conversation()
    post.write(talk)
    assert carry_due(post) == [Outcome.TAKEN]
    post.clock.on(minutes=10)
    late = post.write(talk, "ask_again", "Reply 1 or 2")
    carry_due(post)
    assert post.state(late) == "waiting"
    post.clock.moment = saturday_night.replace(day=29, hour=9, minute=0)
    carry_due(post)
    assert post.state(late) == "accepted"
    assert post.provider.calls[0][3] == 600


def test_help_goes_at_any_hour_while_the_person_holds_the_phone(post: Post) -> None:
    post.clock.moment = MONDAY.replace(hour=22)
    text_id = post.write(post.conversation(state="paused"), "distress", "Call 999")
    carry_due(post)
    assert post.state(text_id) == "accepted"
    assert post.provider.calls[0][3] == 600  # seconds in which it may arrive


def test_help_that_comes_late_waits_for_the_morning(post: Post) -> None:
    post.clock.moment = MONDAY.replace(hour=2)
    text_id = post.write(post.conversation(state="paused"), "distress", "Call 999")
    post.clock.on(minutes=30)
    carry_due(post)
    assert post.state(text_id) == "waiting"


def test_help_goes_whatever_was_stopped_or_spent(post: Post) -> None:
    with post.database.transaction() as work:
        text_plans.start(work, work.merge(post.wave), 0, MONDAY.date())
        text_plans.stop(work, work.merge(post.wave))
    text_id = post.write(post.conversation(state="paused"), "distress", "Call 999")
    carry_due(post)
    assert post.state(text_id) == "accepted"


@pytest.mark.req("M11")
def test_what_is_a_day_late_waits_for_a_person(post: Post) -> None:
    fresh, old = post.conversation(number(1)), post.conversation(number(2))
    old_text = post.write(old)
    post.clock.on(hours=24, minutes=1)
    fresh_text = post.write(fresh)
    carry_due(post)
    assert (post.state(old_text), post.state(fresh_text)) == ("held", "accepted")
    post.clock.on(hours=5)
    assert carry_due(post) == []


@pytest.mark.req("M11")
def test_what_was_planned_for_a_later_day_is_not_late(post: Post) -> None:
    text_id = post.write(post.conversation(state="invited"), "invitation", not_before=post.clock() + timedelta(days=2))
    post.clock.on(days=1)
    assert carry_due(post) == []
    post.clock.on(days=1)
    carry_due(post)
    assert post.state(text_id) == "accepted"


def test_what_nobody_released_in_time_is_dropped(post: Post) -> None:
    text_id = post.write(post.conversation())
    post.clock.on(days=3)
    carry_due(post)
    assert post.state(text_id) == "dropped"


@pytest.mark.req("M17")
def test_a_wave_without_a_plan_texts_nobody(post: Post) -> None:
    text_id = post.write(post.conversation())
    with post.database.transaction() as work:
        work.delete(work.get_one(TextPlan, post.wave.id))
    assert carry_due(post) == []
    assert carry(post.sender, text_id) is Outcome.NOT_NOW


@pytest.mark.req("M17")
def test_nobody_is_texted_who_is_no_contact_any_more(post: Post) -> None:
    talk = post.conversation()
    text_id = post.write(talk)
    with post.database.transaction() as work:
        work.execute(update(Conversation).where(Conversation.id == talk.id).values(contact_id=None))
    carry_due(post)
    assert post.state(text_id) == "dropped"


@pytest.mark.req("M17")
def test_the_budget_ends_it(database: Database) -> None:
    post = open_post(database, budget_pence=10)
    texts = [post.write(post.conversation(number(place))) for place in range(4)]
    for _ in range(5):
        carry_due(post)
        post.clock.on(minutes=5)
    assert sorted(post.state(each) for each in texts) == ["accepted"] * 2 + ["waiting"] * 2
    assert post.plan().parts == 2


@pytest.mark.req("M17")
def test_two_senders_do_not_spend_the_same_money(database: Database) -> None:
    post = open_post(database, budget_pence=4)
    terms = post.sender.terms
    texts = [post.write(post.conversation(number(place))) for place in range(2)]
    post.clock.on(seconds=carriage.FRESH + 1)  # so that both have to ask first
    with post.database.transaction() as work:
        hands = [carriage.take(work, terms, text_id, post.clock()) for text_id in texts]
    marked = []
    for held in hands:
        assert held
        with post.database.transaction() as work:
            marked.append(carriage.begin_posting(work, terms, held, post.clock()))
    assert marked == [True, False]
    assert post.plan().parts == 1


@pytest.mark.req("M17")
def test_a_day_has_its_limit(post: Post) -> None:
    with post.database.transaction() as work:
        today = {"texts_day": int(post.clock().timestamp()) // outbox.DAY, "texts": MOST_A_DAY - 1}
        work.execute(update(TextPlan).values(today))
    texts = [post.write(post.conversation(number(place))) for place in range(2)]
    carry_due(post)
    assert sorted(post.state(each) for each in texts) == ["accepted", "waiting"]
    post.clock.on(hours=15)
    post.clock.on(hours=8)
    carry_due(post)
    assert {post.state(each) for each in texts} == {"accepted"}


def test_a_stopped_wave_rests_until_it_is_started_again(post: Post) -> None:
    text_id = post.write(post.conversation())
    with post.database.transaction() as work:
        text_plans.stop(work, work.merge(post.wave))
    assert carry_due(post) == []
    assert carry(post.sender, text_id) is Outcome.NOT_NOW
    with post.database.transaction() as work:
        text_plans.start(work, work.merge(post.wave), 1000, MONDAY.date())
    carry_due(post)
    assert post.state(text_id) == "accepted"


def test_a_wave_that_is_stopped_while_a_text_is_asked_for_keeps_it(post: Post) -> None:
    text_id = post.write(post.conversation())
    post.clock.on(seconds=carriage.FRESH + 1)

    def stop_the_wave(here: int) -> None:
        if here == 1:
            with post.database.transaction() as work:
                text_plans.stop(work, work.merge(post.wave))

    assert carry(replace(post.sender, database=Watched(post.database, stop_the_wave)), text_id) is Outcome.NOT_NOW
    assert post.provider.calls == []
    assert post.state(text_id) == "waiting"


def test_nothing_is_asked_after_the_wave_has_closed(post: Post) -> None:
    text_id = post.write(post.conversation())
    with post.database.transaction() as work:
        work.execute(update(Wave).values(closed=MONDAY.date()))
    carry_due(post)
    assert post.state(text_id) == "dropped"


@pytest.mark.req("M10")
def test_no_more_than_six_unasked_texts_leave_in_a_minute_whatever_has_piled_up(post: Post) -> None:
    for place in range(30):
        post.write(post.conversation(number(place), "invited"), "invitation", "May we ask?")
    minutes = []
    while len(post.provider.calls) < 30:
        before = len(post.provider.calls)
        for _ in range(12):
            carry_due(post)
            post.clock.on(seconds=5)
        minutes.append(len(post.provider.calls) - before)
    assert max(minutes) <= 6
    assert len(minutes) <= 7


def test_who_shares_a_number_with_somebody_being_asked_waits(post: Post) -> None:
    other = another_wave(post)
    busy = other.conversation(NUMBER, "asking")
    text_id = post.write(post.conversation(NUMBER, "invited"), "invitation", "May we ask?")
    carry_due(post)
    assert post.state(text_id) == "waiting"
    other.becomes(busy, "finished")
    post.clock.on(hours=1)
    carry_due(post)
    assert post.state(text_id) == "accepted"


def test_of_two_people_invited_on_one_number_one_is_texted(post: Post) -> None:
    other = another_wave(post)
    texts = [each.write(each.conversation(NUMBER, "invited"), "invitation", "May we ask?") for each in (post, other)]
    for _ in range(4):
        carry_due(post)
        post.clock.on(hours=1)
    assert sorted(post.state(each) for each in texts) == ["accepted", "waiting"]


# --- A backup that was put back ---


@pytest.mark.req("B3")
@pytest.mark.parametrize("kind", ["question", "invitation"])
def test_what_went_after_a_backup_does_not_go_again_when_it_is_put_back(post: Post, kind: Kind) -> None:
    state: ConversationState = "asking" if kind == "question" else "invited"
    texts = [post.write(post.conversation(number(place), state), kind, f"{place}?") for place in range(20)]
    kept = backup(post)
    for _ in range(50):
        carry_due(post)
        post.clock.on(seconds=20)
    assert len(post.provider.texts) == 20
    put_back(post, kept)
    post.clock.on(hours=2)
    for _ in range(50):
        carry_due(post)
        post.clock.on(seconds=20)
    assert len(post.provider.texts) == 20
    assert {post.state(each) for each in texts} == {"sent"}


@pytest.mark.req("B3")
def test_an_invitation_written_anew_after_it_is_known_to_the_provider(post: Post) -> None:
    """The backup is older than the invitations; they are written a second time, and go out once."""
    talk = post.conversation(state="waiting")
    kept = backup(post)
    post.becomes(talk, "invited")
    post.write(talk, "invitation", "May we ask?")
    carry_due(post)
    put_back(post, kept)
    post.clock.on(hours=3)
    post.becomes(talk, "invited")
    again = post.write(talk, "invitation", "May we ask?")
    carry_due(post)
    assert len(post.provider.calls) == 1
    assert post.state(again) == "sent"


@pytest.mark.req("B3")
def test_an_invitation_that_may_have_gone_but_is_blanked_there_is_for_a_person(post: Post) -> None:
    talk = post.conversation(state="invited")
    kept = backup(post)
    post.write(talk, "invitation", "May we ask?")
    carry_due(post)
    post.provider.blank(post.provider.texts[0].name)
    put_back(post, kept)
    again = post.write(talk, "invitation", "May we ask?")
    carry_due(post)
    assert post.state(again) == "held"


@pytest.mark.req("M11")
def test_a_backup_of_three_days_ago_sends_nothing(post: Post) -> None:
    kinds: list[Kind] = ["question", "invitation", "thanks", "reminder", "distress"]
    for place, kind in enumerate(kinds * 4):
        state: ConversationState = "invited" if kind in {"invitation", "reminder"} else "asking"
        post.write(post.conversation(number(place), state), kind)
    post.clock.on(days=3)
    for _ in range(20):
        carry_due(post)
        post.clock.on(minutes=1)
    assert post.provider.calls == []
    assert {text.state for text in post.texts()} <= {"held", "dropped"}


def test_while_the_provider_cannot_be_asked_nothing_doubtful_goes(post: Post) -> None:
    text_id = post.write(post.conversation())
    post.clock.on(minutes=10)
    post.provider.down = True
    assert carry_due(post) == [Outcome.IN_TROUBLE]
    assert post.provider.calls == []
    post.provider.down = False
    post.clock.on(minutes=1)
    carry_due(post)
    assert post.state(text_id) == "accepted"


# --- Others at work meanwhile ---


@pytest.mark.req("M5")
def test_no_transaction_is_open_while_the_provider_is_called(post: Post) -> None:
    """A writer that works meanwhile is not kept waiting: on SQLite there is one writer at a time."""
    seconds = []

    def work_meanwhile() -> None:
        began = monotonic()
        with post.database.transaction() as work:
            work.execute(update(Wave).values(invited=1))
            work.execute(update(OutboundText).values(redacted=False))
        seconds.append(monotonic() - began)

    post.provider.while_waiting = work_meanwhile
    post.write(post.conversation())
    assert carry_due(post) == [Outcome.TAKEN]
    assert seconds[0] < 1


def test_what_was_sealed_elsewhere_is_for_a_person(post: Post) -> None:
    good, bad = (post.write(post.conversation(number(place))) for place in (1, 2))
    with post.database.transaction() as work:
        moved = work.get_one(OutboundText, good).body
        work.execute(update(OutboundText).where(OutboundText.id == bad).values(body=moved))
    carry_due(post)
    assert (post.state(good), post.state(bad)) == ("accepted", "held")


def test_two_senders_at_once_send_each_text_once(post: Post) -> None:
    for place in range(40):
        post.write(post.conversation(number(place)))
    rounds = [threading.Thread(target=carry_due, args=(post,)) for _ in range(4)]
    for each in rounds:
        each.start()
    for each in rounds:
        each.join()
    assert len(post.provider.calls) == 40
    assert all(len(post.provider.sent_to(number(place))) == 1 for place in range(40))


def backup(post: Post) -> dict[type[Any], list[dict[str, Any]]]:
    """What there is of texts now."""
    with post.database.reading() as work:
        return {
            model: [dict(row) for row in work.execute(select(model.__table__)).mappings()]
            for model in (Conversation, OutboundText, TextPlan)
        }


def put_back(post: Post, kept: dict[type[Any], list[dict[str, Any]]]) -> None:
    """The database knows only what it knew then."""
    with post.database.transaction() as work:
        for model in (OutboundText, TextPlan, Conversation):
            work.execute(delete(model))
        for model, rows in kept.items():
            if rows:
                work.execute(insert(model), rows)
