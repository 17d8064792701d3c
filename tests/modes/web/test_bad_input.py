"""Whatever a browser, or somebody without one, may send: a clear page, never a fault of ours, never a lost answer."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.answers import Chosen
from tests.modes.web.respondent import Respondent
from tests.modes.web.samples import NUMBER, Field

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

EXPECTED = {200, 303, 400, 403, 404, 405, 413}
ANYTHING = st.text(st.characters(), max_size=40) | st.sampled_from(
    [
        "\x00",
        "\u202eabc",
        "😀" * 20,
        "yes\x00",
        "' OR 1=1 --",
        "{{ 7*7 }}",
        "<script>alert(1)</script>",
        "9" * 400,
        "-0",
        "１",
    ]
)
BROKEN_BYTES = [b"%00", b"%ff%fe", b"%ed%a0%80", b"%c3%28", b"%", b"%zz", b"%e2%80%ae", b"%f0%9f%98%80", b"a" * 5000]


def at(question: str) -> str:
    return f"/question/{NUMBER[question]}"


@pytest.fixture
def inside(field: Field, someone: Respondent) -> Respondent:
    """Somebody who has said yes to the first question."""
    someone.enter_by(field.open_link)
    someone.press()
    someone.answer("yes")
    return someone


def still_said_yes(person: Respondent) -> bool:
    return person.open(at("helped")).filled == ["yes"]


def token_of(person: Respondent) -> str:
    return dict(person.fields())["csrf_token"]


@pytest.mark.req("H10")
@pytest.mark.parametrize("question", [each for each in NUMBER if each not in {"hello", "helped"}])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_value_makes_a_fault_of_ours(question: str, inside: Respondent, data: st.DataObject) -> None:
    inside.open(at(question))
    values = data.draw(st.lists(ANYTHING, max_size=4))
    more = data.draw(st.dictionaries(st.sampled_from(["may_quote", "action", "change", "x", ""]), ANYTHING, max_size=3))
    fields = [("csrf_token", token_of(inside)), *(("answer", each) for each in values), *more.items()]
    reply = inside.send(
        [(name.encode(errors="replace").decode(), value.encode(errors="replace").decode()) for name, value in fields],
        at(question),
    )
    assert reply.status_code in {200, 303, 400}
    assert still_said_yes(inside)


@pytest.mark.req("H10")
@pytest.mark.parametrize("raw", BROKEN_BYTES, ids=lambda raw: raw[:12].decode())
@pytest.mark.parametrize("question", ["with_what", "rating", "comment"])
def test_broken_bytes_make_no_fault_of_ours(question: str, raw: bytes, inside: Respondent) -> None:
    body = b"answer=" + raw + b"&csrf_token=" + quote(token_of(inside)).encode()
    reply = inside.client.post(at(question), data=body, content_type="application/x-www-form-urlencoded")
    assert reply.status_code in {200, 303, 400}
    assert still_said_yes(inside)
    assert inside.open("/check").status == 200


@pytest.mark.req("H10")
@pytest.mark.parametrize(
    "address",
    [
        "/question/%00",
        "/question/%ff",
        "/question/" + "9" * 5000,
        "/question/../check",
        "/question/1/2",
        "/l/%00",
        "/l/%ed%a0%80",
        "/o/%F0%9F%98%80",
        "/?language=xx&language=cy",
        "/?language=%00",
        "/question/2?change=yes&change=no&easy=maybe&easy=yes",
        "/%00",
        "//evil.example/",
        "/\\evil.example",
        "/.git/config",
        "/static/",
        "/static/../app.py",
        "/static/manifest.json%00",
        "/.env",
    ],
)
def test_no_address_makes_a_fault_of_ours(address: str, inside: Respondent) -> None:
    for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        reply = inside.client.open(address, method=method)
        assert reply.status_code in EXPECTED | {308}, method
        location = reply.headers.get("Location", "/")
        assert location.startswith("/")
        assert not location.startswith("//"), "no address leads to another site"
        assert b"SECRET_KEY" not in reply.data
    assert still_said_yes(inside)


@pytest.mark.req("H10")
def test_fields_that_are_unknown_repeated_or_of_another_type_change_nothing(field: Field, inside: Respondent) -> None:
    fields = [("csrf_token", token_of(inside)), ("csrf_token", "another"), ("answer", "home"), ("answer", "home")]
    strange = [("visit", "x"), ("answer[]", "school"), ("answer.code", "school"), ("draft_id", "1")]
    strange += [("language", "xx"), ("easy", "maybe"), ("lang", "cy")]
    assert inside.send([*fields, *strange], at("with_what")).status_code == 303
    assert inside.open(at("with_what")).filled == ["home"]
    assert inside.page.tree.get("lang") == "en"


@pytest.mark.req("H10")
def test_a_language_among_the_fields_changes_the_language_and_no_answer(inside: Respondent) -> None:
    inside.open(at("with_what"))
    inside.answer("home")
    fields = [("csrf_token", token_of(inside)), ("answer", "school"), ("language", "cy"), ("language", "en")]
    assert inside.send(fields, at("with_what")).status_code == 200
    assert inside.open(at("with_what")).filled == ["home"]
    assert inside.page.tree.get("lang") == "cy"


def test_a_form_in_another_encoding_is_read_too(inside: Respondent) -> None:
    data = {"csrf_token": token_of(inside), "answer": "home"}
    reply = inside.client.post(at("with_what"), data=data, content_type="multipart/form-data")
    assert reply.status_code == 303
    assert inside.open(at("with_what")).filled == ["home"]


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "", "multipart/form-data", "x" * 500])
def test_what_is_no_form_is_refused(content_type: str, inside: Respondent) -> None:
    reply = inside.client.post(at("with_what"), data=b'{"answer": "home"}', content_type=content_type)
    assert reply.status_code in {400, 403}
    assert inside.open(at("with_what")).filled == []


@pytest.mark.req("H7")
@pytest.mark.parametrize(
    "fields",
    [[("answer", "x" * 70_000)], [("answer", "x")] * 201, [(f"field{number}", "") for number in range(5000)]],
    ids=["too much", "too often", "too many"],
)
def test_what_is_too_large_is_refused_and_the_session_lives_on(
    fields: list[tuple[str, str]], inside: Respondent
) -> None:
    reply = inside.send([("csrf_token", token_of(inside)), *fields], at("comment"))
    assert reply.status_code == 413
    assert "too long to send" in reply.text
    assert "We have kept the answers from the pages before this one" in reply.text
    assert still_said_yes(inside)


@pytest.mark.req("H7")
def test_as_many_fields_as_are_allowed_are_read(inside: Respondent) -> None:
    fields = [("csrf_token", token_of(inside)), *[("answer", "home")] * 199]
    assert inside.send(fields, at("with_what")).status_code == 303


def test_half_an_emoji_nul_and_marks_that_turn_the_writing_are_taken_out(field: Field, inside: Respondent) -> None:
    inside.open(at("comment"))
    inside.answer("Good\x00\u202e 👩\u200d👩\u200d👧\u2066 text")
    inside.press("submit")
    assert field.responses()[0].answers["comment"].text == "Good 👩\u200d👩\u200d👧 text"  # type: ignore[union-attr]


@pytest.mark.req("H6")
def test_what_somebody_wrote_is_shown_as_text(inside: Respondent) -> None:
    evil = "</textarea><script>alert(1)</script>\"'{{7*7}} {service} ${7*7} %(x)s"
    inside.open(at("comment"))
    page = inside.answer(evil)
    assert "<script>alert" not in page.html
    assert evil in page.words
    inside.open(at("comment"))
    assert "<script>alert" not in inside.page.html
    assert inside.page.form.fields["answer"] == evil


def test_a_categorys_code_is_what_counts_not_its_label(field: Field, inside: Respondent) -> None:
    inside.open(at("helped"))
    assert inside.answer("Yes").errors == ["We do not know that answer. Pick one from the list."]
    inside.open("/check")
    inside.press("submit")
    assert field.responses()[0].answers["helped"] == Chosen(("yes",))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(code=ANYTHING, link=ANYTHING)
def test_no_code_and_no_link_makes_a_fault_of_ours(code: str, link: str, someone: Respondent) -> None:
    someone.open("/")
    safe = [each.encode(errors="replace").decode() for each in (code, link)]
    assert someone.send(someone.fields(code=safe[0]), "/").status_code in {400, 429}
    for address in ("/l", "/o"):
        assert someone.send(someone.fields(link=safe[1]), address).status_code == 404
