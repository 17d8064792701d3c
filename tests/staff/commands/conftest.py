"""The office at a terminal."""

from dataclasses import dataclass

import pytest
from click.testing import Result
from flask.testing import FlaskCliRunner


@dataclass
class Terminal:
    """Types `flask ...` and reads what it says."""

    cli: FlaskCliRunner

    def run(self, *words: str, typed: bytes | str | None = None) -> Result:
        return self.cli.invoke(args=list(words), input=typed)

    def says(self, *words: str, typed: bytes | str | None = None) -> str:
        """What a command says that succeeds."""
        result = self.run(*words, typed=typed)
        assert result.exit_code == 0, result.output
        return result.stdout

    def refuses(self, *words: str, typed: bytes | str | None = None) -> str:
        """What a command says that is refused, without a traceback."""
        result = self.run(*words, typed=typed)
        assert result.exit_code != 0
        assert isinstance(result.exception, SystemExit)
        return result.stderr


@pytest.fixture
def terminal(cli: FlaskCliRunner) -> Terminal:
    return Terminal(cli)


@pytest.fixture
def leeds(terminal: Terminal) -> str:
    """A wave of children-2012 in Leeds, as its name is written."""
    terminal.says("inspections", "create", "leeds-2011", "--name", "Leeds", "--programme", "cci", "--service", "YOS")
    terminal.says("waves", "open", "leeds-2011", "children-2012", "--without-cover", "a test")
    return "leeds-2011/children-2012"
