"""A text that comes in is kept and answered for at once; the reply is a row, and goes when somebody carries it."""

from time import monotonic

import pytest

from fieldwork.models.texts import OutboundText
from tests.modes.sms.texting import Exchange

AT_ONCE = 0.5  # seconds


@pytest.mark.req("W9")
def test_the_provider_is_answered_without_words_and_before_anything_is_sent(exchange: Exchange) -> None:
    phone = exchange.phone()
    phone.invited()
    calls = len(exchange.provider.calls)
    answer = phone.delivered("YES")
    assert answer.status_code == 200
    assert answer.get_data(as_text=True).endswith("<Response/>")
    assert len(exchange.provider.calls) == calls
    (reply,) = [text for text in exchange.rows(OutboundText) if text.kind == "question"]
    assert (reply.state, reply.cause_id is not None) == ("waiting", True)
    exchange.carry()
    assert len(phone.arrived()) == 1


@pytest.mark.req("W9")
def test_texts_are_taken_in_at_once_while_the_provider_is_down(exchange: Exchange) -> None:
    phone = exchange.phone()
    phone.invited()
    phone.texts("YES")
    exchange.provider.down = True
    phone.delivered("1")  # what is loaded at the first time is loaded
    seconds = []
    for words in ("a", "b", "c", "d", "e"):
        began = monotonic()
        assert phone.delivered(words).status_code == 200
        seconds.append(monotonic() - began)
    assert sorted(seconds)[2] < AT_ONCE
