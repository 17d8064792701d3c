"""Somebody new, at a browser that nobody has signed in from."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from passlib.totp import TOTP

from tests.staff.desks import Desk

PASSWORD = "quiet-harbour-lamp-seven"  # noqa: S105 - nobody's


class Newcomer(Desk):
    """Somebody with a link for a first password, and a telephone with an app on it."""

    link = ""
    email = "carys@example.org"
    key = ""

    def chooses(self, password: str = PASSWORD) -> None:
        self.open(self.link)
        self.press(password=password, password_confirm=password)

    def tells_password(self, password: str = PASSWORD) -> None:
        self.open("/sign-in")
        self.press(email=self.email, password=password)

    def scans(self) -> None:
        self.press(setup="authenticator")
        self.key = re.sub(r"\W", "", self.page.tree.xpath("//strong[contains(@class, 'app-key')]")[0].text_content())

    def code(self, at: float | None = None) -> str:
        return str(TOTP(key=self.key).generate(at).token)

    def tells_code(self, code: str | None = None) -> None:
        self.press(code=code or self.code())

    def leaves(self) -> None:
        self.open("/your-account")
        self.press()

    def comes_in(self) -> None:
        self.chooses()
        self.tells_password()
        self.scans()
        self.tells_code()


@pytest.fixture
def let_in(app: Flask, cli: FlaskCliRunner) -> Callable[..., Newcomer]:
    """Makes an account at the terminal, and gives whoever it is for the link that was printed."""

    def make(email: str = "carys@example.org", *more: str) -> Newcomer:
        result = cli.invoke(args=["people", "add", email, "--name", "Carys New", *more])
        assert result.exit_code == 0, result.output
        newcomer = Newcomer(app)
        newcomer.email = email
        newcomer.link = result.output.strip().removeprefix("http://127.0.0.1:8000")
        return newcomer

    return make


@pytest.fixture
def carys(let_in: Callable[..., Newcomer]) -> Newcomer:
    return let_in()
