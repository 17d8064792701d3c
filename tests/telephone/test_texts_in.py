"""A phone writes, and our service is told as Twilio would tell it."""

import base64
import time

import pytest
from werkzeug import Response

from telephone.account import Account
from telephone.faults import Fault
from telephone.running import RunningTelephone, running_telephone
from tests.telephone.conftest import client_of
from tests.telephone.service import Service
from tests.telephone.test_provider import OTHER, PHONE, code_of, send


def bodies(service: Service) -> list[str]:
    return [post.form["Body"] for post in service.texts]


def test_a_text_is_posted_with_all_that_twilio_says(telephone: RunningTelephone, service: Service) -> None:
    text = telephone.text("07700 900123", "Ydw, diolch ŵ")
    telephone.wait_quiet()
    (post,) = service.posts
    assert post.url == f"{service.address}/texts/in"
    assert post.is_signed_with(telephone.account.token)
    assert post.headers["User-Agent"] == "TwilioProxy/1.1"
    assert post.form == {
        "MessageSid": text.sid,
        "SmsSid": text.sid,
        "SmsMessageSid": text.sid,
        "AccountSid": telephone.account.sid,
        "MessagingServiceSid": telephone.account.service,
        "From": PHONE,
        "To": telephone.account.number,
        "Body": "Ydw, diolch ŵ",
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
        "FromCountry": "GB",
        "ToCountry": "GB",
        **dict.fromkeys(("FromCity", "FromState", "FromZip", "ToCity", "ToState", "ToZip"), ""),
    }


@pytest.mark.parametrize(
    "body",
    ["", " ", " 2 ", "a\nb", "8/10 & more = 100 %", "👍🏽", "٢", "\u202ecba", "nul\0", "x" * 1600, "ŵ" * 700],
    ids=lambda body: f"{body[:8]!a}",
)
def test_any_words_arrive_as_they_were_written_and_signed(
    body: str, telephone: RunningTelephone, service: Service
) -> None:
    telephone.text(PHONE, body)
    telephone.wait_quiet()
    (post,) = service.posts
    assert post.form["Body"] == body
    assert post.is_signed_with(telephone.account.token)


def test_half_an_emoji_becomes_a_question_mark(telephone: RunningTelephone, service: Service) -> None:
    telephone.text(PHONE, "ok \ud83d")
    telephone.wait_quiet()
    assert bodies(service) == ["ok ?"]


def test_a_picture_has_an_address_and_a_type(telephone: RunningTelephone, service: Service) -> None:
    telephone.text(PHONE, "2", pictures=2)
    telephone.wait_quiet()
    (post,) = service.posts
    assert post.is_signed_with(telephone.account.token)
    assert post.form["MessageSid"].startswith("MM")
    assert (post.form["NumMedia"], post.form["MediaContentType1"]) == ("2", "image/jpeg")
    assert post.form["MediaUrl0"].startswith("https://api.twilio.com/")


def test_a_long_text_may_come_in_base64(telephone: RunningTelephone, service: Service) -> None:
    telephone.text(PHONE, "Roedd yn ddefnyddiol iawn, ŵyr", in_base64=True)
    telephone.wait_quiet()
    assert base64.b64decode(bodies(service)[0]).decode() == "Roedd yn ddefnyddiol iawn, ŵyr"


def test_a_text_can_come_ten_times_at_once(telephone: RunningTelephone, service: Service) -> None:
    service.slow = 0.2
    telephone.text(PHONE, "1", copies=10)
    telephone.wait_quiet()
    assert len({post.form["MessageSid"] for post in service.posts}) == 1
    assert len(service.posts) == 10
    assert service.most_at_once == 10


def test_a_text_can_be_overtaken(telephone: RunningTelephone, service: Service) -> None:
    first = telephone.text(PHONE, "first", held=True)
    telephone.wait_quiet()
    assert service.posts == []
    assert telephone.exchange.held(PHONE) == [first.sid]
    telephone.text(OTHER, "somebody else's")
    telephone.text(PHONE, "second")
    telephone.wait_quiet()
    assert [body for body in bodies(service) if body != "somebody else's"] == ["second", "first"]
    assert telephone.exchange.held(PHONE) == []


def test_a_text_can_be_late(telephone: RunningTelephone, service: Service) -> None:
    telephone.text(PHONE, "late", late=0.3)
    telephone.text(PHONE, "in time")
    telephone.wait_quiet()
    assert bodies(service) == ["in time", "late"]


def test_a_text_can_be_posted_again_much_later(telephone: RunningTelephone, service: Service) -> None:
    text = telephone.text(PHONE, "1")
    telephone.wait_quiet()
    assert telephone.replay(text) == 204
    assert service.posts[0].form == service.posts[1].form
    assert service.posts[1].is_signed_with(telephone.account.token)


def test_a_forged_text_is_signed_by_somebody_else(telephone: RunningTelephone, service: Service) -> None:
    service.answers = [403]
    assert telephone.forge(PHONE, "1", NumMedia="3") == 403
    (post,) = service.posts
    assert (post.form["Body"], post.form["NumMedia"]) == ("1", "3")
    assert not post.is_signed_with(telephone.account.token)
    assert telephone.thread(PHONE) == []


def test_a_number_that_is_none_is_refused(telephone: RunningTelephone) -> None:
    with pytest.raises(ValueError, match='"12" is no telephone number'):
        telephone.text("12", "1")


# --- Words that the provider acts on ---


@pytest.mark.parametrize("word", ["STOP", " stop ", "Stopio", "unsubscribe"])
def test_after_a_stop_the_api_refuses_until_start(word: str, telephone: RunningTelephone, service: Service) -> None:
    client = client_of(telephone)
    send(client, telephone)
    telephone.text(PHONE, word)
    telephone.wait_quiet()
    assert service.texts[0].form["OptOutType"] == "STOP"
    assert code_of(send, client, telephone) == (400, 21610)
    assert send(client, telephone, to=OTHER).status == "accepted"
    telephone.text(PHONE, "YES")
    telephone.wait_quiet()
    assert code_of(send, client, telephone) == (400, 21610)
    telephone.text(PHONE, "start")
    assert send(client, telephone).status == "accepted"
    telephone.wait_quiet()
    assert [post.form.get("OptOutType") for post in service.texts] == ["STOP", None, "START"]


def test_the_provider_confirms_a_stop_itself_and_once(telephone: RunningTelephone, service: Service) -> None:
    telephone.text(PHONE, "STOP")
    telephone.text(PHONE, "STOP")
    telephone.text(PHONE, "CYMORTH")
    telephone.wait_quiet()
    assert [text.direction for text in telephone.thread(PHONE)] == [
        "inbound",
        "outbound-reply",
        "inbound",
        "inbound",
        "outbound-reply",
    ]
    assert [text.body[:20] for text in telephone.thread(PHONE) if not text.inbound] == [
        "HMI Probation: you w",
        "Arolygiaeth Prawf EF",
    ]
    assert telephone.sent_to(PHONE) == []
    assert service.statuses == []


@pytest.mark.parametrize("body", ["STOP please", "END", "cancel", "quit", "YES", "No", "1", "ie", ""])
def test_other_words_are_only_passed_on(body: str, telephone: RunningTelephone, service: Service) -> None:
    telephone.text(PHONE, body)
    telephone.wait_quiet()
    assert "OptOutType" not in service.texts[0].form
    assert len(telephone.thread(PHONE)) == 1
    assert not telephone.faults.holds(Fault.OPTED_OUT, PHONE)


# --- When our service does not answer well ---


def test_a_failure_is_tried_again_as_the_address_says(telephone: RunningTelephone, service: Service) -> None:
    service.answers = [500, 503, 404]
    text = telephone.text(PHONE, "1")
    telephone.wait_quiet()
    assert len(service.posts) == 4
    assert len({post.headers["I-Twilio-Idempotency-Token"] for post in service.posts}) == 1
    (told,) = telephone.exchange.store.get(text.sid).told
    assert (told.answer, told.fault, told.tries) == (204, "", 4)


def test_without_that_an_answer_is_final_whatever_it_is(service: Service) -> None:
    account = Account.practising(service.address, inbound_url=f"{service.address}/texts/in", fallback_url=None)
    service.answers = [500]
    with running_telephone(service.address, account=account) as telephone:
        text = telephone.text(PHONE, "1")
        telephone.wait_quiet()
        (told,) = telephone.exchange.store.get(text.sid).told
    assert (len(service.posts), told.answer, told.fault) == (1, 500, "the service answered 500")


def test_in_the_end_the_fallback_is_asked(service: Service) -> None:
    account = Account.practising(
        service.address,
        inbound_url=f"{service.address}/texts/in#rc=1&rp=5xx",
        fallback_url=f"{service.address}/elsewhere",
    )
    service.answers = [500, 500]
    with running_telephone(service.address, account=account) as telephone:
        telephone.text(PHONE, "1")
        telephone.wait_quiet()
    assert [post.url.removeprefix(service.address) for post in service.posts] == ["/texts/in"] * 2 + ["/elsewhere"]
    assert service.posts[2].is_signed_with(account.token)
    assert service.posts[2].form["ErrorCode"] == "11200"
    assert service.posts[2].form["Body"] == "1"


def test_a_service_that_is_away_is_tried_again_and_remembered(telephone: RunningTelephone) -> None:
    account = Account.practising("http://127.0.0.1:9", fallback_url=None, inbound_url="http://127.0.0.1:9/texts/in")
    with running_telephone("http://127.0.0.1:9", account=account) as alone:
        text = alone.text(PHONE, "1")
        alone.wait_quiet()
        (told,) = alone.exchange.store.get(text.sid).told
    assert (told.answer, told.fault, told.tries) == (None, "the service could not be reached", 2)


def test_a_service_that_takes_too_long_is_not_waited_for(service: Service) -> None:
    account = Account.practising(service.address, inbound_url=f"{service.address}/texts/in#rt=100", fallback_url=None)
    service.slow = 0.5
    with running_telephone(service.address, account=account) as telephone:
        began = time.monotonic()
        text = telephone.text(PHONE, "1")
        telephone.wait_quiet()
        (told,) = telephone.exchange.store.get(text.sid).told
    assert (told.answer, told.fault, told.tries) == (None, "the service did not answer in time", 1)
    assert time.monotonic() - began < 0.5


def test_words_in_an_answer_are_noticed(telephone: RunningTelephone, service: Service) -> None:
    service.answers = [
        lambda: Response("<Response></Response>", mimetype="text/xml"),
        lambda: Response("<Response><Message>Hello</Message></Response>", mimetype="text/xml"),
    ]
    quiet = telephone.text(PHONE, "1")
    telephone.wait_quiet()
    loud = telephone.text(PHONE, "2")
    telephone.wait_quiet()
    faults = [telephone.exchange.store.get(text.sid).told[0].fault for text in (quiet, loud)]
    assert faults == ["", "the service answered with words, which Twilio would send on"]


def test_a_service_behind_a_proxy_sees_its_own_name(service: Service) -> None:
    public = "https://survey.example.org"
    with running_telephone(public, account=Account.practising(public, deliver_to=service.address)) as telephone:
        telephone.text(PHONE, "1")
        telephone.wait_quiet()
    (post,) = service.posts
    assert post.headers["Host"] == "survey.example.org"
    assert post.is_signed_with(telephone.account.token, f"{public}/texts/in")


def test_nobody_beyond_this_machine_is_called() -> None:
    with running_telephone("https://survey.example.org") as telephone:
        text = telephone.text(PHONE, "1")
        telephone.wait_quiet()
        told = telephone.exchange.store.get(text.sid).told[0]
    assert (told.answer, told.tries) == (None, 0)
    assert told.fault.startswith("not called")
