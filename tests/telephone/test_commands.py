"""`flask texts phone`."""

from pathlib import Path

import pytest

from app import create_app
from telephone.running import RunningTelephone
from tests.application import settings_for
from tests.telephone.conftest import client_of
from tests.telephone.test_provider import PHONE, send

FILE = "sqlite:///{}"


def typed(folder: Path, api_url: str, *words: str, lines: str = "") -> tuple[int, str]:
    """The exit status and what was shown."""
    settings = settings_for(FILE.format(folder / "not-made.sqlite3")).model_copy(update={"twilio_api_url": api_url})
    done = create_app(settings).test_cli_runner().invoke(args=["texts", "phone", *words], input=lines)
    return done.exit_code, done.output


def test_a_phone_in_the_terminal(tmp_path: Path, telephone: RunningTelephone) -> None:
    send(client_of(telephone), telephone, "2 o 7: Wyt ti'n siŵr?")
    telephone.wait_quiet()
    status, shown = typed(tmp_path, telephone.url, "07700900123", lines="/twice Ydw\n/quit\n")
    assert status == 0
    assert "They  2 o 7: Wyt ti'n siŵr?" in shown
    telephone.wait_quiet()
    assert [text.body for text in telephone.thread(PHONE)] == ["2 o 7: Wyt ti'n siŵr?", "Ydw"]


@pytest.mark.parametrize(
    ("url", "number", "words"),
    [
        ("https://api.twilio.com", "07700900123", "TWILIO_API_URL leads to no practice telephone"),
        ("http://127.0.0.1:9", "07700900123", "No practice telephone answers at http://127.0.0.1:9"),
        ("http://127.0.0.1:9", "12", '"12" is no telephone number'),
    ],
)
def test_what_cannot_be_is_said_with_a_remedy(url: str, number: str, words: str, tmp_path: Path) -> None:
    status, shown = typed(tmp_path, url, number)
    assert status == 1
    assert words in shown
