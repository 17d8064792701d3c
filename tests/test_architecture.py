"""Who loads whom, tried in a fresh interpreter."""

import subprocess
import sys

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
