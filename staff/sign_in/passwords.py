"""What a password must be: long, and not one that is guessed first."""

from typing import Any

import zxcvbn
from flask_security import PasswordUtil

from staff.sign_in.presence import Account

SHORTEST = 15
LONGEST = 1000  # a form takes no more; every letter counts
LOOKED_AT = 72  # letters that the estimate takes; a password is no weaker for being longer
GOOD_ENOUGH = 3  # of 4: more than ten thousand million guesses
OF_THIS_PLACE = ["perspective", "inspectorate", "probation", "youth justice", "inspection", "hmip", "hmi probation"]

TOO_SHORT = f"A password has at least {SHORTEST} characters, such as three or four words."
TOO_LONG = f"A password has at most {LONGEST} characters."
TOO_SIMPLE = "This password would be guessed soon. Take three or four words that belong nowhere together."


class WellChosen(PasswordUtil):
    """Passwords that are not guessed first: neither common ones, nor names of this place or of whoever chooses."""

    def validate(self, password: str, is_register: bool, **known: Any) -> tuple[list[str] | None, str]:  # noqa: FBT001 - the library's signature
        """What is wrong with it, if anything, and the password as it is kept."""
        del is_register
        as_kept = self.normalize(password)
        fault = fault_of(as_kept, known.get("user"))
        return ([fault] if fault else None), as_kept


def fault_of(password: str, account: Account | None) -> str | None:
    """What is wrong with the password, in words; none if it will do."""
    if len(password) < SHORTEST:
        return TOO_SHORT
    if len(password) > LONGEST:
        return TOO_LONG
    theirs = [account.email, *account.email.split("@"), account.name, *account.name.split()] if account else []
    estimate = zxcvbn.zxcvbn(password[:LOOKED_AT], user_inputs=[*OF_THIS_PLACE, *theirs])
    return None if estimate["score"] >= GOOD_ENOUGH else TOO_SIMPLE
