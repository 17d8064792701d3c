"""What the provider tells of a text, in whatever order and however often."""

import logging
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldwork.database import Database
from fieldwork.models.texts import Carriage, OutboundText
from fieldwork.texting import outbox
from tests.modes.sms.posting import Post, open_post

ORDERS = list(permutations(["queued", "sending", "sent", "delivered", "accepted"]))


def told(post: Post, attempt: str, word: str, code: int | None = None) -> str:
    with post.database.transaction() as work:
        return outbox.status(work, attempt, "SM1", word, code, post.clock())


def a_text(post: Post, state: Carriage = "posting", attempt: str = "a1") -> str:
    text_id = post.write(post.conversation())
    with post.database.transaction() as work:
        text = work.get_one(OutboundText, text_id)
        text.state, text.attempt, text.posted_second = state, attempt, int(post.clock().timestamp())
    return attempt


def text_of(post: Post) -> OutboundText:
    (text,) = post.texts()
    return text


@pytest.mark.req("W8")
def test_any_order_of_five_words_each_told_twice_ends_the_same(database: Database) -> None:
    post = open_post(database)
    attempt = a_text(post)
    for order in ORDERS:
        with post.database.transaction() as work:
            text = work.get_one(OutboundText, text_of(post).id)
            text.state, text.provider_name = "posting", None
            work.flush()
            for word in (*order, *order):
                outbox.status(work, attempt, "SM1", word, None, post.clock())
        assert (text_of(post).state, text_of(post).provider_name) == ("delivered", "SM1")


@pytest.mark.req("W8")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_text_never_moves_down(database: Database) -> None:
    post = open_post(database)
    attempt = a_text(post)

    @settings(max_examples=50)
    @given(st.lists(st.sampled_from([*outbox.WORDS, "read_aloud"]), max_size=12))
    def check(words: list[str]) -> None:
        with post.database.transaction() as work:
            text = work.get_one(OutboundText, text_of(post).id)
            text.state = "posting"
            ranks = [0]
            for word in words:
                outbox.status(work, attempt, "SM1", word, None, post.clock())
                work.refresh(text)
                ranks.append(outbox.RANK[text.state])
            assert ranks == sorted(ranks)

    check()


@pytest.mark.req("W8")
def test_a_word_that_is_not_known_is_told_to_the_office_and_changes_nothing(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    post = open_post(database)
    attempt = a_text(post, "accepted")
    with caplog.at_level(logging.WARNING):
        assert told(post, attempt, "carried by a pigeon") == "unknown word"
    assert text_of(post).state == "accepted"
    assert "not known here" in caplog.text
    assert "pigeon" not in caplog.text


@pytest.mark.req("W8")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_only_what_would_change_nothing_is_old(database: Database) -> None:
    """What is old takes no turn at writing."""
    post = open_post(database)
    attempt = a_text(post)
    words = st.sampled_from([*outbox.WORDS, "read_aloud"])

    @settings(max_examples=50)
    @given(st.lists(st.tuples(words, st.sampled_from([None, "SM1"])), max_size=12))
    def check(news: list[tuple[str, str | None]]) -> None:
        with post.database.transaction() as work:
            text = work.get_one(OutboundText, text_of(post).id)
            text.state, text.provider_name = "posting", None
            work.flush()
            for word, name in news:
                before = (text.state, text.provider_name)
                is_old = outbox.is_old(work.connection(), attempt, name, word)
                came_of_it = outbox.status(work, attempt, name, word, None, post.clock())
                work.refresh(text)
                changed = before != (text.state, text.provider_name)
                assert is_old == (came_of_it == "no news" and not changed)

    check()


def test_news_of_a_text_that_is_not_ours_changes_nothing(database: Database) -> None:
    post = open_post(database)
    a_text(post)
    assert told(post, "another", "delivered") == "unknown text"
    assert text_of(post).state == "posting"


def test_why_it_failed_is_kept_and_goes_when_it_arrived_after_all(database: Database) -> None:
    post = open_post(database)
    attempt = a_text(post, "sent")
    told(post, attempt, "undelivered", 30003)
    assert (text_of(post).state, text_of(post).error_code) == ("undelivered", 30003)
    told(post, attempt, "delivered")
    assert (text_of(post).state, text_of(post).error_code) == ("delivered", None)


@pytest.mark.parametrize("state", ["waiting", "claimed", "held", "dropped"])
def test_a_text_that_was_not_handed_over_cannot_have_arrived(database: Database, state: Carriage) -> None:
    post = open_post(database)
    attempt = a_text(post, state)
    assert told(post, attempt, "delivered") == "no news"
    assert text_of(post).state == state


def test_whether_a_question_was_handed_over(database: Database) -> None:
    post = open_post(database)
    talk = post.conversation()
    post.write(talk)
    with post.database.transaction() as work:
        assert outbox.handed_over(work, talk, "helped") is None
        text = work.get_one(OutboundText, text_of(post).id)
        text.state, text.posted_second = "posting", 1_800_000_000
        work.flush()
        assert outbox.handed_over(work, talk, "helped") == 1_800_000_000
        assert outbox.handed_over(work, talk, "rating") is None


def test_what_was_not_handed_over_can_be_dropped(database: Database) -> None:
    post = open_post(database)
    talk = post.conversation()
    texts = [post.write(talk) for _ in range(4)]
    states: list[Carriage] = ["waiting", "claimed", "held", "posting"]
    with post.database.transaction() as work:
        for text_id, state in zip(texts, states, strict=True):
            work.get_one(OutboundText, text_id).state = state
        work.flush()
        assert outbox.drop_waiting(work, talk) == 3
    assert [post.state(each) for each in texts] == ["dropped"] * 3 + ["posting"]
