"""What the documents say is so."""

import re
import shlex
from pathlib import Path

import click
import pytest
from flask import Flask

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
COMMAND = re.compile(r"\./run (flask [^`\n|]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    leading = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in leading if not (page.parent / target).exists()] == []


def commands_in(page: Path) -> list[list[str]]:
    """The flask commands that the page shows, as words; what follows `>` or `#` is the shell's."""
    shown = COMMAND.findall(page.read_text(encoding="utf-8"))
    return [shlex.split(re.split(r" [>#<]", each)[0])[1:] for each in shown]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_shown_exists_with_its_options(page: Path, app: Flask) -> None:
    for words in commands_in(page):
        command: click.Command = app.cli
        while isinstance(command, click.Group) and words and not words[0].startswith("-"):
            found = command.get_command(click.Context(command), words[0])
            assert found is not None, f"{page.name}: no command {words[0]}"
            command, words = found, words[1:]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known | {"--help"}


def test_the_pages_show_commands() -> None:
    assert sum(len(commands_in(page)) for page in PAGES) > 10


@pytest.mark.parametrize("path", re.findall(r"`((?:[a-z]+/)+[a-z_]+\.(?:py|toml))`", (ROOT / "README.md").read_text()))
def test_every_file_the_readme_names_is_there(path: str) -> None:
    assert (ROOT / path).is_file()
