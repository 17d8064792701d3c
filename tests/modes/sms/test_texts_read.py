"""`flask texts read`: how replies are read, one JSON object a line."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskCliRunner

from modes.sms.commands.reading import facts_of
from tests.modes.sms.readings import read

ROOT = Path(__file__).parents[3]


def told(
    cli: FlaskCliRunner, *replies: str, question: str = "explained_offer", more: tuple[str, ...] = ()
) -> list[Any]:
    typed = "".join(f"{reply}\n" for reply in replies).encode()
    done = cli.invoke(args=["texts", "read", "victims", question, *more], input=typed)
    assert done.exit_code == 0, done.output
    lines = done.stdout_bytes.decode().splitlines()
    assert len(lines) == len(replies)
    return [json.loads(line) for line in lines]


def test_each_line_is_read_and_told_on_one(cli: FlaskCliRunner) -> None:
    beside = {"codes": ["no"], "comment": "he never rang back"}
    assert told(cli, "Yes.", "2 he never rang back", "yes and no", "SKIP", "", "dim yn siŵr") == [
        {"text": "Yes.", "outcome": "answer", "codes": ["yes"], "concern": False},
        {"text": "2 he never rang back", "outcome": "answer", **beside, "concern": False},
        {"text": "yes and no", "outcome": "ask_again", "concern": False},
        {"text": "SKIP", "outcome": "skip", "concern": False},
        {"text": "", "outcome": "ask_again", "concern": False},
        {"text": "dim yn siŵr", "outcome": "answer", "codes": ["not_sure"], "concern": False},
    ]


def test_a_number_is_a_value_several_answers_are_codes_and_own_words_stay_in_the_text(cli: FlaskCliRunner) -> None:
    assert told(cli, "8/10", question="rating_0_to_10")[0]["value"] == 8
    assert told(cli, "3 and 1", question="needs")[0]["codes"] == ["feelings", "information"]
    own = {"text": "They listened", "outcome": "verbatim", "concern": False}
    assert told(cli, "They listened", question="anything_else") == [own]


def test_what_a_duty_officer_is_told_of_says_so(cli: FlaskCliRunner) -> None:
    concerning = ("HELP", "stop it was awful", "1 he is outside")
    others = ("STOP", "stop please", "wrong number")
    assert [each["concern"] for each in told(cli, *concerning)] == [True] * 3
    assert [each["concern"] for each in told(cli, *others)] == [False] * 3
    assert facts_of("", read("", media=1)) == {"text": "", "outcome": "media", "concern": True}


def test_the_language_is_checked_and_changes_nothing(cli: FlaskCliRunner) -> None:
    for language in ("en", "cy"):
        assert told(cli, "ydw", "yes", more=("--language", language)) == told(cli, "ydw", "yes")
    assert cli.invoke(args=["texts", "read", "victims", "explained_offer", "--language", "fr"]).exit_code == 2


def test_whatever_a_line_holds_one_line_is_told(cli: FlaskCliRunner) -> None:
    strange = ["\x00", "a\x85b\u2028c\u2029d\x1ce", "“", "\ufeff1", "٢", "x" * 5000, '{"text": 1}', "\\"]
    assert [each["text"] for each in told(cli, *strange)] == strange


def test_line_ends_of_windows_and_a_last_line_without_one_are_read(cli: FlaskCliRunner) -> None:
    done = cli.invoke(args=["texts", "read", "victims", "explained_offer"], input=b"yes\r\nno")
    assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == ["yes", "no"]


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("victim", "explained_offer"), 'There is no questionnaire "victim". Did you mean "victims"?'),
        (
            ("victims", "explained_offers"),
            'The questionnaire "victims" has no question "explained_offers". Did you mean "explained_offer"?',
        ),
        (("text-2019", "xyz"), '"text-2019" has no question "xyz". There are "rating_1_to_10"'),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(cli: FlaskCliRunner, arguments: tuple[str, str], fault: str) -> None:
    done = cli.invoke(args=["texts", "read", *arguments], input="yes\n")
    assert done.exit_code == 1
    assert fault in done.output


def test_a_line_that_is_not_utf_8_is_told_by_its_number(cli: FlaskCliRunner) -> None:
    done = cli.invoke(args=["texts", "read", "victims", "explained_offer"], input="yes\nsiŵr\n".encode() + b"si\xfbr\n")
    assert done.exit_code == 1
    assert "Line 3 is not UTF-8 text (byte 3 of it)." in done.stderr
    assert len(done.stdout.splitlines()) == 2


def test_it_answers_line_by_line_without_a_database_and_without_a_provider(tmp_path: Path) -> None:
    settings = {
        "SECRET_KEY": "s" * 32,
        "CODE_PEPPER": "p" * 32,
        "DATABASE_URL": f"sqlite:///{tmp_path}/nowhere/none.sqlite3",
        "PUBLIC_URL": "http://127.0.0.1:8000",
        "FLASK_APP": str(ROOT / "app.py"),
        "PYTHONPATH": str(ROOT),
        "PATH": os.defpath,
    }
    command = [sys.executable, "-m", "flask", "texts", "read", "victims", "explained_offer"]
    with subprocess.Popen(  # noqa: S603 - our own words
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=settings, text=True, encoding="utf-8"
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for typed, outcome in (("yes", "answer"), ("STOP", "stop")):
            running.stdin.write(f"{typed}\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["outcome"] == outcome
        running.stdin.close()
        assert running.wait() == 0
    assert list(tmp_path.iterdir()) == []
