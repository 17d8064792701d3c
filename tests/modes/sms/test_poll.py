"""What the provider lists: texts that never reached us are taken in, and words a day old are blanked there."""

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest

from fieldwork.database import Database
from fieldwork.faults import Busy
from fieldwork.models.texts import Conversation, OutboundText
from fieldwork.texting import inbound
from modes.sms.outbox import carry, poll, redact
from modes.sms.provider import Listed, Unreachable
from tests.modes.sms.posting import KEYS, NUMBER, MadeUpProvider, Post, number, open_post


@pytest.fixture
def post(database: Database) -> Post:
    return open_post(database)


def taking_in(post: Post, talk: Conversation, taken: list[str]) -> Callable[[Listed], None]:
    """What takes a text in: here it is only kept, once."""

    def take_in(text: Listed) -> None:
        with post.database.transaction() as work:
            kept = inbound.remember(
                work,
                KEYS,
                text.name,
                conversation_id=talk.id,
                body=text.body,
                vault=post.vault(work),
                now=text.created,
                rung="kept",
            )
        if kept:
            taken.append(text.body)

    return take_in


@pytest.mark.req("W11")
def test_an_hour_without_webhooks_loses_no_text(post: Post) -> None:
    talk, taken = post.conversation(), list[str]()
    take_in = taking_in(post, talk, taken)
    for minute in range(60):
        post.provider.came_in(NUMBER, f"text {minute}")
        post.clock.on(minutes=1)
    began = post.clock()
    while len(taken) < 60:
        post.clock.on(minutes=5)
        poll(post.sender, take_in)
        assert post.clock() - began <= timedelta(minutes=15)
    assert taken == [f"text {minute}" for minute in range(60)]
    assert poll(post.sender, take_in) == 0


@pytest.mark.req("W11")
def test_the_latest_minute_is_left_to_the_provider(post: Post) -> None:
    taken: list[str] = []
    take_in = taking_in(post, post.conversation(), taken)
    post.provider.came_in(NUMBER, "1")
    post.clock.on(seconds=59)
    assert poll(post.sender, take_in) == 0
    post.clock.on(seconds=1)
    assert poll(post.sender, take_in) == 1


@pytest.mark.req("W11")
def test_days_of_silence_are_caught_up_with_from_the_last_that_is_known(post: Post) -> None:
    talk, taken = post.conversation(), list[str]()
    post.write(talk)
    carry(post.sender, post.texts()[0].id)
    post.clock.on(hours=1)
    post.provider.came_in(NUMBER, "STOP")
    post.clock.on(days=5)
    poll(post.sender, taking_in(post, talk, taken))
    assert taken == ["STOP"]


@pytest.mark.req("W11")
def test_one_text_that_cannot_be_taken_in_does_not_keep_out_the_others(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    talk, taken = post.conversation(), list[str]()
    take_in = taking_in(post, talk, taken)
    for words in ("canary", "1"):
        post.provider.came_in(NUMBER, words)
    post.clock.on(minutes=2)

    def stumbling(text: Listed) -> None:
        if text.body == "canary":
            raise ValueError(text.body)
        take_in(text)

    with caplog.at_level(logging.CRITICAL):
        poll(post.sender, stumbling)
    assert taken == ["1"]
    assert "ValueError" in caplog.text
    assert "canary" not in caplog.text
    poll(post.sender, take_in)
    assert taken == ["1", "canary"]


def test_a_busy_database_puts_all_of_it_off(post: Post) -> None:
    post.provider.came_in(NUMBER, "1")
    post.clock.on(minutes=2)

    def busy(_: Listed) -> None:
        raise Busy

    with pytest.raises(Busy):
        poll(post.sender, busy)


@pytest.mark.req("M16")
def test_words_stay_at_the_provider_for_a_day_and_no_longer(post: Post) -> None:
    talk = post.conversation()
    for place in range(3):
        carry(post.sender, post.write(post.conversation(number(place))))
    came = post.provider.came_in(NUMBER, "1")
    taking_in(post, talk, [])(came)
    stranger = post.provider.came_in("+447700900777", "who are you")
    post.clock.on(hours=23)
    assert redact(post.sender) == 0
    post.clock.on(hours=2)
    assert redact(post.sender) == 5
    assert {text.body for text in post.provider.texts} == {""}
    assert all(text.redacted for text in post.texts())
    assert redact(post.sender) == 0
    assert stranger.name in {text.name for text in post.provider.texts}


@pytest.mark.req("M16")
def test_a_text_that_was_not_taken_in_yet_keeps_its_words_there(post: Post) -> None:
    post.conversation()
    post.provider.came_in(NUMBER, "1")
    post.clock.on(hours=30)
    redact(post.sender)
    assert [text.body for text in post.provider.texts] == ["1"]


@pytest.mark.req("M16")
def test_what_the_provider_is_not_done_with_is_blanked_later(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    text_id = post.write(post.conversation())
    carry(post.sender, text_id)
    post.clock.on(hours=25)
    with monkeypatch.context() as now:
        now.setattr(MadeUpProvider, "blank", lambda *_: False)
        assert redact(post.sender) == 0
    assert not post.text(text_id).redacted
    post.clock.on(hours=1)
    assert redact(post.sender) == 1


def test_when_the_provider_is_silent_nothing_is_called_done(post: Post) -> None:
    carry(post.sender, post.write(post.conversation()))
    post.clock.on(hours=25)
    post.provider.down = True
    with pytest.raises(Unreachable):
        poll(post.sender, lambda _: None)
    with pytest.raises(Unreachable):
        redact(post.sender)
    with post.database.reading() as work:
        assert not work.get_one(OutboundText, post.texts()[0].id).redacted
