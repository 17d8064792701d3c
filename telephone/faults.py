"""What can go wrong at the provider, in the network and on the way back: planted on purpose, for one phone or all."""

import threading
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from telephone.numbers import e164
from telephone.texts import Webhook

MOST_RULES = 1000


class Fault(StrEnum):
    """Everything that can be planted."""

    # When our service hands a text over.
    TOO_MANY = "too_many"  # 429 with 20429; nothing is accepted
    ERROR = "error"  # 500; nothing is accepted
    ERROR_AFTER = "error_after"  # 500; accepted all the same
    SLOW = "slow"  # accepted at once, answered after `seconds`
    DROP = "drop"  # the connection ends; nothing is accepted
    ACCEPT_THEN_DROP = "accept_then_drop"  # the connection ends; accepted all the same
    OPTED_OUT = "opted_out"  # 400 with 21610, until the phone writes START
    # Whatever our service asks of the API.
    DOWN = "down"  # 503 to everything
    REFUSE = "refuse"  # nobody listens, for `seconds` or until it is taken away
    # What becomes of a text that was accepted.
    OPTED_OUT_LATER = "opted_out_later"  # fails with 21610, as behind a messaging service
    LANDLINE = "landline"  # read aloud to whoever answers
    UNREACHABLE = "unreachable"  # undelivered, with `code` 30003, 30005 or 30006
    FILTERED = "filtered"  # failed, with 30007
    STUCK = "stuck"  # stays "sent": the network never says more
    LATE = "late"  # arrives after `seconds`, or never if it is no longer valid then
    # How our service is told. `webhook` narrows these to texts that come in or to statuses.
    DUPLICATE = "duplicate"  # `copies` times more
    REORDER = "reorder"  # statuses the other way round
    LOSE = "lose"  # not at all
    FORGE = "forge"  # with a signature made with another token


class Rule(BaseModel):
    """One planted fault. Without a number it holds for every phone; without `times` and `lasting`, until taken away."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fault: Fault
    number: Annotated[str, AfterValidator(e164)] | None = None
    times: Annotated[int, Field(ge=1)] | None = None
    lasting: Annotated[float, Field(gt=0)] | None = None
    """For how many seconds it holds."""
    every: Annotated[int, Field(ge=1)] = 1
    """3: the third, sixth, ninth time only."""
    seconds: Annotated[float, Field(ge=0, le=86_400)] = 1.0
    copies: Annotated[int, Field(ge=1, le=100)] = 1
    code: int = 30003
    webhook: Webhook | None = None


class _Planted:
    """A rule with what is left of it."""

    def __init__(self, rule: Rule, ends: float | None) -> None:
        self.rule = rule
        self.left = rule.times
        self.ends = ends
        self.met = 0

    def spent(self, now: float) -> bool:
        return self.left == 0 or (self.ends is not None and now >= self.ends)

    def meant(self, fault: Fault, number: str | None, webhook: Webhook | None) -> bool:
        rule = self.rule
        return (
            rule.fault is fault
            and (rule.number is None or rule.number == number)
            and (rule.webhook is None or rule.webhook == webhook)
        )


class Faults:
    """The faults that are planted now. Threads may share it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._planted: list[_Planted] = []
        self.changed: Callable[[], None] = lambda: None
        """Called after rules came or went; the server listens for REFUSE."""

    def add(self, fault: Fault | str, number: str | None = None, **how: Any) -> Rule:
        """Plant a fault: `add("too_many", times=3)`, `add("landline", "07700 900123")`.

        Raises:
            ValidationError: there is no such fault, number or detail.
            ValueError: so many are planted that no more may be.
        """
        return self.plant(Rule.model_validate({"fault": fault, "number": number} | how))

    def plant(self, rule: Rule) -> Rule:
        """Plant a rule as it is.

        Raises:
            ValueError: so many are planted that no more may be.
        """
        with self._lock:
            self._forget_spent()
            if len(self._planted) >= MOST_RULES:
                raise ValueError(f"{MOST_RULES} faults are planted. Clear some first.")
            self._planted.append(_Planted(rule, None if rule.lasting is None else self._clock() + rule.lasting))
        self.changed()
        return rule

    def take(self, fault: Fault, number: str | None = None, webhook: Webhook | None = None) -> Rule | None:
        """The rule that makes this happen now, counted as used; none where nothing is planted."""
        with self._lock:
            self._forget_spent()
            for planted in self._planted:
                if planted.meant(fault, number, webhook):
                    planted.met += 1
                    if planted.met % planted.rule.every == 0:
                        planted.left = None if planted.left is None else planted.left - 1
                        return planted.rule
        return None

    def holds(self, fault: Fault, number: str | None = None) -> bool:
        """Whether this is planted for the phone; nothing is used up by asking."""
        with self._lock:
            self._forget_spent()
            return any(planted.meant(fault, number, planted.rule.webhook) for planted in self._planted)

    def remove(self, fault: Fault | str, number: str | None = None) -> None:
        """Take away every rule of that fault that names that number, or that names none."""
        named = None if number is None else e164(number)
        with self._lock:
            self._planted = [
                each for each in self._planted if not (each.rule.fault == fault and each.rule.number == named)
            ]
        self.changed()

    def clear(self) -> None:
        """Take all of them away."""
        with self._lock:
            self._planted = []
        self.changed()

    def rules(self) -> list[Rule]:
        """What is planted now."""
        with self._lock:
            self._forget_spent()
            return [planted.rule for planted in self._planted]

    def _forget_spent(self) -> None:
        now = self._clock()
        self._planted = [planted for planted in self._planted if not planted.spent(now)]
