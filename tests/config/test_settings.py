"""Settings come from the environment, and every fault is named at once."""

from pathlib import Path

import pytest

from config.settings import Settings, SettingsError

ROOT = Path(__file__).parents[2]
GOOD = {
    "SECRET_KEY": "k" * 32,
    "CODE_PEPPER": "p" * 32,
    "DATABASE_URL": "sqlite:////tmp/perspective.sqlite3",
    "PUBLIC_URL": "https://survey.example.org/",
    "BEHIND_PROXY": "1",
}


def test_settings_are_read_from_the_environment() -> None:
    settings = Settings.from_env(GOOD)
    assert settings.public_url == "https://survey.example.org"
    assert settings.behind_proxy


def test_every_fault_is_named_at_once_and_no_secret_is_shown() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env(
            {"CODE_PEPPER": "short-and-secret", "PUBLIC_URL": "survey.example.org", "BEHIND_PROXY": "maybe"}
        )
    message = str(refused.value)
    assert all(f"{name}: " in message for name in ("SECRET_KEY", "CODE_PEPPER", "PUBLIC_URL", "BEHIND_PROXY"))
    assert "short-and-secret" not in message


@pytest.mark.parametrize(
    ("url", "remedy"),
    [
        ("http://survey.example.org", "use https"),
        ("https://survey.example.org/path", "leave out what follows the host name"),
        ("ftp://survey.example.org", "write it like"),
    ],
)
def test_an_address_that_would_not_protect_answers_is_refused(url: str, remedy: str) -> None:
    with pytest.raises(SettingsError, match=remedy):
        Settings.from_env({**GOOD, "PUBLIC_URL": url})


def test_plain_http_is_for_this_machine_alone() -> None:
    here = "http://127.0.0.1:8000"
    assert Settings.from_env({**GOOD, "PUBLIC_URL": here}).public_url == here


def test_the_example_has_a_line_for_each_setting_and_the_page_describes_each() -> None:
    example = (ROOT / "config/example.env").read_text(encoding="utf-8")
    given = [line.partition("=")[0] for line in example.splitlines() if line and not line.startswith("#")]
    assert given == [name.upper() for name in Settings.model_fields]
    described = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in described for name in given)


KEY = "A" * 43 + "="
FOR_TEXTS = {
    "CONTACT_KEY": KEY,
    "SUPPRESSION_KEY": KEY,
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "t" * 32,
    "TWILIO_MESSAGING_SERVICE": "MG" + "0" * 32,
    "CONCERN_PEOPLE": "first@example.org,second@example.org",
}


def test_without_an_account_there_are_no_texts() -> None:
    assert not Settings.from_env(GOOD).texts
    assert Settings.from_env(GOOD | FOR_TEXTS).texts


@pytest.mark.parametrize("missing", [name for name in FOR_TEXTS if name != "TWILIO_ACCOUNT_SID"])
def test_nobody_is_texted_before_all_of_it_is_set(missing: str) -> None:
    with pytest.raises(SettingsError, match=missing):
        Settings.from_env(GOOD | {**FOR_TEXTS, missing: ""})


@pytest.mark.parametrize("key", ["A" * 44, "short", "AAAA", "é" * 43 + "="])
def test_a_key_that_is_not_a_key_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(SettingsError, match=r"CONTACT_KEY: .*32 random bytes") as refused:
        Settings.from_env(GOOD | FOR_TEXTS | {"CONTACT_KEY": key})
    assert key not in str(refused.value)


def test_the_practice_telephone_is_for_this_machine_alone() -> None:
    practice = {**FOR_TEXTS, "TWILIO_API_URL": "http://127.0.0.1:8001"}
    assert Settings.from_env(GOOD | practice | {"PUBLIC_URL": "http://127.0.0.1:8000"}).practice_telephone
    with pytest.raises(SettingsError, match="for this machine alone"):
        Settings.from_env(GOOD | practice)
