"""./run on a machine whose Python, npm, flask and gunicorn only note what they are asked for."""

import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).parents[1] / "run"

PYTHON = f"""
case "$1 $2" in
  '-m venv')
    mkdir -p .venv/bin && touch .venv/pyvenv.cfg
    ln -sf "$0" .venv/bin/python ;;
  '-m pip')
    case "$*" in *--version) exit ;; esac
    echo "pip ${{*##* }}" >>noted
    [ ! -e pip-is-broken ] ;;
  '-m pytest' | '-m tests.chromium' | '-m telephone') echo "$*" >>noted ;;
  *) exec {sys.executable} "$@" ;;
esac
"""
NPM = """
[ "$1" = --version ] && exit
echo npm >>noted
mkdir -p node_modules && touch node_modules/.package-lock.json
"""
NODE = """
[ "$1" = -e ] && exit
echo assets >>noted
mkdir -p static && touch static/manifest.json
"""
FLASK = """
echo "flask $*" >>"${FLASK_APP%/*}/noted"
[ "$1" != database ] || touch instance/perspective.sqlite3
"""
GUNICORN = """
beside() { grep -q 'texts work' noted && grep -q 'jobs work' noted; }
until beside && { [ -n "$REAL_ACCOUNT" ] || grep -q telephone noted; }; do sleep 0.02; done
echo gunicorn "$PUBLIC_URL" >>noted
"""
PROGRAMS = {
    "python3.11": PYTHON,
    "npm": NPM,
    "node": NODE,
    "flask": FLASK,
    "gunicorn": GUNICORN,
    "ruff": 'echo "ruff $1" >>noted; false',
    "mypy": "echo mypy >>noted",
    "lint-imports": "echo lint-imports >>noted",
    "codespell": "echo codespell >>noted",
    "environment": "env",
}
INPUTS = (
    "requirements.txt",
    "requirements-dev.txt",
    "package.json",
    "package-lock.json",
    ".npmrc",
    "assets/styles.scss",
    "fieldwork/migrations/versions/0001_first.py",
)
PREPARED = ["pip requirements.txt", "npm", "assets"]
SERVED = ["flask welcome", "-m telephone", "flask jobs work", "flask texts work", "gunicorn http://127.0.0.1:8000"]
BESIDE = slice(-4, -1)  # these start at the same time
ACCOUNT = "AC" + "0" * 32


class Checkout:
    """A folder that ./run takes for its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a checkout"
        self.machine = folder / "bin"
        for name in INPUTS:
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(name, encoding="utf-8")
        shutil.copy(RUN, self.folder)
        self.machine.mkdir()
        for name, words in PROGRAMS.items():
            (self.machine / name).write_text(f"#!/bin/sh\n{words}\n", encoding="utf-8")
            (self.machine / name).chmod(0o755)

    def start(self, *words: str, at: Path | None = None, **variables: str) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603 -- our own script
            [str(self.folder / "run"), *words],
            cwd=at or self.folder,
            env={"PATH": f"{self.machine}:/usr/bin:/bin"} | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, at: Path | None = None, **variables: str) -> tuple[int, str, list[str]]:
        """The exit status, what was said, and what the programs noted."""
        running = self.start(*words, at=at, **variables)
        printed, remarks = running.communicate(timeout=60)
        return running.returncode, remarks + printed, self.noted()

    def noted(self) -> list[str]:
        notes = self.folder / "noted"
        lines = notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []
        notes.unlink(missing_ok=True)
        if "-m telephone" in lines:
            lines[BESIDE] = sorted(lines[BESIDE])
        return lines


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_the_first_run_prepares_everything_and_serves(checkout: Checkout) -> None:
    status, said, noted = checkout.run()
    assert (status, noted) == (0, [*PREPARED, "flask database upgrade", "flask demo", *SERVED]), said


def test_the_second_only_serves(checkout: Checkout) -> None:
    checkout.run()
    assert checkout.run() == (0, "", SERVED)


@pytest.mark.parametrize(
    ("changed", "again"),
    [
        ("requirements.txt", ["pip requirements.txt"]),
        ("package-lock.json", ["npm", "assets"]),
        ("assets/styles.scss", ["assets"]),
        ("fieldwork/migrations/versions/0002_second.py", ["flask database upgrade"]),
    ],
)
def test_only_what_changed_is_prepared_again(checkout: Checkout, changed: str, again: list[str]) -> None:
    checkout.run()
    (checkout.folder / changed).write_text("changed", encoding="utf-8")
    assert checkout.run()[2] == [*again, *SERVED]


def test_a_database_that_is_gone_is_made_again(checkout: Checkout) -> None:
    checkout.run()
    (checkout.folder / "instance/perspective.sqlite3").unlink()
    assert checkout.run()[2] == ["flask database upgrade", "flask demo", *SERVED]


def test_a_checkout_that_was_moved_is_prepared_anew(checkout: Checkout) -> None:
    checkout.run()
    checkout.folder = checkout.folder.rename(checkout.folder.with_name("moved"))
    assert checkout.run()[2][: len(PREPARED)] == PREPARED


def test_two_at_a_time_prepare_once(checkout: Checkout) -> None:
    both = [checkout.start("environment"), checkout.start("environment")]
    for one in both:
        one.communicate(timeout=60)
    assert [one.returncode for one in both] == [0, 0]
    assert checkout.noted() == PREPARED


def test_what_failed_is_said_and_tried_again(checkout: Checkout) -> None:
    broken = checkout.folder / "pip-is-broken"
    broken.touch()
    status, said, noted = checkout.run()
    assert (status, noted) == (1, ["pip requirements.txt"])
    assert "Preparing the requirements failed" in said
    broken.unlink()
    assert checkout.run()[2][0] == "pip requirements.txt"


def test_secrets_are_made_once_and_only_the_owner_reads_them(checkout: Checkout) -> None:
    first = checkout.run("environment")[1].splitlines()
    secrets = checkout.folder / "instance/development.env"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    made = secrets.read_text(encoding="utf-8").splitlines()
    assert [re.sub("=.{32,}", "", line) for line in made] == [
        *("SECRET_KEY", "CODE_PEPPER", "CONTACT_KEY", "SUPPRESSION_KEY"),
        *("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_MESSAGING_SERVICE", "CONCERN_PEOPLE"),
    ]
    assert set(made) <= set(first)
    assert set(made) <= set(checkout.run("environment")[1].splitlines())


def test_a_variable_that_is_set_is_left_alone(checkout: Checkout) -> None:
    said = checkout.run("environment", CODE_PEPPER="my own", DATABASE_URL="postgresql:///mine")[1].splitlines()
    assert {"CODE_PEPPER=my own", "DATABASE_URL=postgresql:///mine"} <= set(said)


def test_without_an_account_texts_go_to_the_practice_telephone(checkout: Checkout) -> None:
    assert "TWILIO_API_URL=http://127.0.0.1:8001" in checkout.run("environment")[1].splitlines()


def test_with_an_account_of_ones_own_nothing_made_up_is_mixed_into_it(checkout: Checkout) -> None:
    said = checkout.run("environment", TWILIO_ACCOUNT_SID=ACCOUNT)[1].splitlines()
    assert [line for line in said if line.startswith("TWILIO_")] == [f"TWILIO_ACCOUNT_SID={ACCOUNT}"]
    noted = checkout.run(TWILIO_ACCOUNT_SID=ACCOUNT, REAL_ACCOUNT="yes")[2]
    assert noted[-1] == SERVED[-1]
    assert set(noted[-4:-1]) == {"flask welcome", "flask jobs work", "flask texts work"}


def test_what_runs_beside_the_server_ends_with_it(checkout: Checkout) -> None:
    (checkout.machine / "flask").write_text(f'#!/bin/sh\n{FLASK}\ncase "$1" in texts | jobs) exec sleep 60 ;; esac\n')
    status, said, noted = checkout.run()
    assert (status, noted[-1]) == (0, SERVED[-1]), said


def test_a_command_runs_where_it_was_called(checkout: Checkout, tmp_path: Path) -> None:
    assert checkout.run("pwd", at=tmp_path)[1].splitlines()[-1] == str(tmp_path)
    assert checkout.run("flask", "welcome", at=tmp_path)[2] == ["flask database upgrade", "flask welcome"]


@pytest.mark.parametrize(
    ("word", "browser"), [("-x", ["-m tests.chromium"]), ("--without-browser", [])], ids=["all", "without browser"]
)
def test_tests_get_their_tools_and_a_browser(checkout: Checkout, word: str, browser: list[str]) -> None:
    noted = checkout.run("test", word)[2]
    assert noted == ["pip requirements-dev.txt", "npm", "assets", *browser, f"-m pytest {word}"]


def test_all_checks_run_even_if_one_fails(checkout: Checkout) -> None:
    status, _, noted = checkout.run("check")
    assert status == 1
    assert noted[3:] == ["ruff check", "ruff format", "mypy", "lint-imports", "codespell"]


def test_without_the_right_python_it_says_what_to_do(checkout: Checkout) -> None:
    status, said, _ = checkout.run(PYTHON="python2")
    assert status == 1
    assert said == "Python 3.11 was not found. Install it, or say where it is: PYTHON=/path/to/python3.11 ./run\n"
