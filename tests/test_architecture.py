"""Who loads whom, tried in a fresh interpreter."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("flask", "sqlalchemy", "pandas", "twilio", "numpy")


def loaded_after(statement: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after the statement."""
    told = f"{statement}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["surveys.interview", "surveys.loading", "surveys.play", "surveys.reading"])
def test_the_interview_engine_loads_no_framework(module: str) -> None:
    assert not loaded_after(f"import {module}") & set(HEAVY)


def test_a_worker_that_serves_respondents_never_loads_pandas() -> None:
    assert not loaded_after("import app") & {"pandas", "numpy", "phonenumbers", "openpyxl"}


def test_a_worker_that_serves_respondents_loads_of_the_provider_only_what_knows_its_signature() -> None:
    ours = {"twilio", "twilio.request_validator"}
    told = "{name for name in sys.modules if name.split('.')[0] == 'twilio'}"
    assert loaded_after(f"import app, sys\nassert {told} == {ours}, {told}")


def test_reports_load_neither_the_web_nor_the_database() -> None:
    assert not loaded_after("import reports.perspective") & {"flask", "sqlalchemy", "fieldwork"}


def test_the_list_of_what_is_loaded_sees_what_is_loaded() -> None:
    assert "sqlalchemy" in loaded_after("import sqlalchemy")


# --- SQL ---

ROOT = Path(__file__).parents[1]
OUR_OWN_NAMES = {"fieldwork/engine.py", "fieldwork/soundness.py", "fieldwork/tidying.py"}  # of pragmas and tables


def put_together(source: str) -> list[int]:
    """The lines on which text() or execute() is given a string that is made while running."""
    calls = (each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Call) and each.args)
    named = ((each, getattr(each.func, "attr", getattr(each.func, "id", ""))) for each in calls)
    return [
        call.lineno
        for call, name in named
        if name in {"text", "execute", "exec_driver_sql"} and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]


@pytest.mark.req("H5")
def test_no_sql_is_put_together_from_what_somebody_wrote() -> None:
    folders = ("fieldwork", "modes", "staff", "reports", "surveys", "demonstration")
    files = [path for folder in folders for path in ROOT.glob(f"{folder}/**/*.py") if "migrations" not in path.parts]
    found = {str(path.relative_to(ROOT)) for path in files if put_together(path.read_text(encoding="utf-8"))}
    assert found == OUR_OWN_NAMES


def test_the_search_sees_sql_that_is_put_together() -> None:
    assert put_together("session.execute(text(f'SELECT {typed}'))") == [1]
    assert put_together("session.execute('SELECT ' + typed)") == [1]
    assert put_together("session.execute(text('SELECT :typed'), {})") == []
