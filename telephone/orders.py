"""A text that our service asks to have sent, and what makes the API say no to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from telephone.account import Account
from telephone.numbers import E164
from telephone.refusals import Refused

LONGEST_BODY = 1600
LONGEST_VALIDITY = 36_000


@dataclass(frozen=True, slots=True)
class Order:
    """A text to send."""

    to: str
    body: str
    callback: str | None = None
    validity: int = LONGEST_VALIDITY
    """For how many seconds it may wait on the way."""


def order_from(form: Mapping[str, str], account: Account) -> Order:
    """The text that the form of the API asks for.

    Raises:
        Refused: something is missing or cannot be.
    """
    to, body, callback = (form.get(name, "") for name in ("To", "Body", "StatusCallback"))
    validity = form.get("ValidityPeriod") or str(account.validity_period)
    service = form.get("MessagingServiceSid")
    wrong = {
        21604: not to,
        21602: not body,
        21603: not service and not form.get("From"),
        21701: service not in {None, account.service},
        21211: not E164.fullmatch(to),
        21266: to in account.senders,
        21617: len(body) > LONGEST_BODY,
        21609: bool(callback) and not callback.startswith(("http://", "https://")),
        20001: not validity.isdecimal() or not 1 <= int(validity) <= LONGEST_VALIDITY,
    }
    for code, is_wrong in wrong.items():
        if is_wrong:
            raise Refused(code)
    return Order(to, body, callback or None, int(validity))
