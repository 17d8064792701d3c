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


def found_in(group: click.Command, words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that the words call, and the words left over for it."""
    if not isinstance(group, click.Group) or not words or words[0].startswith("-"):
        return group, words
    command = group.get_command(click.Context(group), words[0])
    assert command is not None, f"there is no command {words[0]}"
    return found_in(command, words[1:])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_shown_exists_with_its_options(page: Path, app: Flask) -> None:
    for words in commands_in(page):
        command, given = found_in(app.cli, words)
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in given if word.startswith("--")} <= known | {"--help"}


def test_the_pages_show_commands() -> None:
    assert sum(len(commands_in(page)) for page in PAGES) > 10


@pytest.mark.parametrize("path", re.findall(r"`((?:[a-z]+/)+[a-z_]+\.(?:py|toml))`", (ROOT / "README.md").read_text()))
def test_every_file_the_readme_names_is_there(path: str) -> None:
    assert (ROOT / path).is_file()
