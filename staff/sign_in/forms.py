"""The library's forms with our brake before them: each wrong try counts, and after ten the next have to wait."""

from typing import Any

from flask_security.forms import LoginForm, TwoFactorVerifyCodeForm, VerifyForm
from flask_security.recovery_codes import MfRecoveryForm
from flask_wtf import FlaskForm
from wtforms import Field

from fieldwork.office import people
from staff.here import today
from staff.sign_in import places
from staff.sign_in.places import Mark


def _braked(form: FlaskForm, field: Field, marks: list[Mark], validate: Any) -> bool:
    """What the library says, unless too many tries failed; then nothing is even looked at."""
    if wait := places.seconds_to_wait(marks):
        field.errors = [f"Too many tries failed. Wait {_told(wait)} and try again."]
        return False
    if validate():
        return True
    if not form.csrf_token.errors:
        places.failed(marks)
    return False


def _told(seconds: int) -> str:
    return f"{seconds} seconds" if seconds < 90 else f"{round(seconds / 60)} minutes"  # noqa: PLR2004 - a minute and a half


class SignInForm(LoginForm):
    """Address and password."""

    def validate(self, **extra: Any) -> bool:
        """True if they go together, and the account is used."""
        marks = places.places_of(self.email.data or "")
        # What stands beside address and password, the library makes the same for everybody: this stands by the button.
        good = _braked(self, self.submit, marks, lambda: super(SignInForm, self).validate(**extra))
        if good and people.is_dormant(self.user, today()):
            self.submit.errors = ["This account has not been used for 90 days. Ask an administrator to open it."]
            return False
        return good


class PasswordAgainForm(VerifyForm):
    """The password of somebody who is signed in."""

    def validate(self, **extra: Any) -> bool:
        """True if it is theirs."""
        marks = places.of_account(self.user.id)
        return _braked(self, self.password, marks, lambda: super(PasswordAgainForm, self).validate(**extra))


class CodeForm(TwoFactorVerifyCodeForm):
    """A code from the app."""

    def validate(self, **extra: Any) -> bool:
        """True if it is right, and was not used before."""
        marks = places.of_account(self.user.id)
        return _braked(self, self.code, marks, lambda: super(CodeForm, self).validate(**extra))


class RecoveryForm(MfRecoveryForm):
    """A recovery code."""

    def validate(self, **extra: Any) -> bool:
        """True if it is one of theirs, which is gone then."""
        marks = places.of_account(self.user.id)
        return _braked(self, self.code, marks, lambda: super(RecoveryForm, self).validate(**extra))
