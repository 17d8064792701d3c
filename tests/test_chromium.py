import sys
from pathlib import Path

import pytest

from tests import chromium


def machine_with(*programs: str, folder: Path) -> str:
    for program in programs:
        (folder / program).write_text("#!/bin/sh\n", encoding="utf-8")
        (folder / program).chmod(0o755)
    return str(folder)


def test_the_chromium_that_is_named_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/opt/chromium")
    assert chromium.installed() == "/opt/chromium"


def test_else_the_one_that_is_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", machine_with("google-chrome", "chromium", folder=tmp_path))
    assert chromium.installed() == str(tmp_path / "chromium")


def test_where_there_is_none_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium.installed() is None


def test_root_installs_from_the_system_and_else_fetches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", machine_with("apt-get", folder=tmp_path))
    system, fetch = chromium.ways_to_install(root=True)
    assert system[-1] == [str(tmp_path / "apt-get"), "install", "--yes", "--no-install-recommends", "chromium"]
    assert fetch == [[sys.executable, "-m", "playwright", "install", "chromium"]]


@pytest.mark.parametrize(("programs", "root"), [(("apt-get",), False), ((), True)])
def test_everybody_else_fetches(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, programs: tuple[str, ...], *, root: bool
) -> None:
    monkeypatch.setenv("PATH", machine_with(*programs, folder=tmp_path))
    assert chromium.ways_to_install(root=root) == [[[sys.executable, "-m", "playwright", "install", "chromium"]]]
