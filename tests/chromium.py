"""Finds a Chromium for the tests, and gets one where there is none: `python -m tests.chromium`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

REMEDY = """There is no Chromium here and it could not be installed. One of these helps:
  - install it:              apt-get install chromium    (or your system's own way)
  - let Playwright fetch it: ./run playwright install --with-deps chromium
  - say where it is:         CHROMIUM=/path/to/chromium ./run test
  - leave its tests out:     ./run test --without-browser
"""


def installed() -> str | None:
    """The path of this machine's Chromium: the one named by CHROMIUM, else what its packages put there."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for path in map(shutil.which, NAMES) if path), None)


def fetched(executable: str) -> bool:
    """Whether the Chromium that Playwright fetches for itself is there."""
    return Path(executable).exists()


def ways_to_install(*, root: bool) -> list[list[list[str]]]:
    """What to try in turn, each a list of commands: the system's packages if we may use them, then Playwright."""
    fetch = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    apt = shutil.which("apt-get")
    if not (root and apt):
        return [fetch]
    return [[[apt, "update"], [apt, "install", "--yes", "--no-install-recommends", "chromium"]], fetch]


def install() -> bool:
    """Whether one of the ways to install a Chromium worked."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return any(
        all(subprocess.run(command, env=quiet, stdout=sys.stderr, check=False).returncode == 0 for command in way)
        for way in ways_to_install(root=os.geteuid() == 0)
    )


if __name__ == "__main__":
    sys.exit(0 if installed() or install() else REMEDY)
