"""What all tests share. Databases are in tests/databases.py, the browser in tests/browser.py."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.network import stay_on_this_machine

pytest_plugins = ["tests.application", "tests.browser", "tests.databases", "tests.staff.desks"]

LEFT_OUT = "--without-browser: every test that drives a browser was LEFT OUT. This run does not show that pages work."

# A developer's own settings, let alone those of a server, are none of the tests' business.
for name in ("SECRET_KEY", "CODE_PEPPER", "DATABASE_URL", "PUBLIC_URL", "BEHIND_PROXY", "FLASK_DEBUG"):
    os.environ.pop(name, None)

stay_on_this_machine()

# No deadline: how long an example takes depends on what else the machine is doing. In CI the same examples every time.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if "CI" in os.environ else "local")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds --without-browser, --slow-server and --pictures."""
    parser.addoption("--without-browser", action="store_true", help="leave out the tests that drive a real browser")
    late = "send what a browser asks for in two halves, each so late: this shows which tests do not wait for a page"
    parser.addoption("--slow-server", metavar="SECONDS", type=float, default=0.0, help=late)
    parser.addoption("--pictures", metavar="FOLDER", help="keep a picture of each page of the office on the way")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """One worker a core for the whole suite; none for named tests, which are done before workers have started."""
    named = [argument for argument in config.args if Path(argument).resolve() != config.rootpath / "tests"]
    return 0 if named or config.option.usepdb or config.option.collectonly else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks every test that asks for a browser, and leaves those out if told so."""
    for item in items:
        if "playwright" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    if config.option.without_browser:
        left_out = [item for item in items if item.get_closest_marker("browser")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Says loudly what was left out."""
    if config.option.without_browser:
        terminalreporter.section("WARNING", red=True, bold=True)
        terminalreporter.line(LEFT_OUT, red=True, bold=True)
