"""A text on its way, in either direction, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from surveys.gsm import Parts, count_parts

Direction = Literal["inbound", "outbound-api", "outbound-reply"]
Status = Literal["accepted", "queued", "sent", "delivered", "undelivered", "failed", "received"]
Webhook = Literal["inbound", "status"]

FINAL: frozenset[Status] = frozenset({"delivered", "undelivered", "failed", "received"})
WHY = {
    21610: "Attempt to send to unsubscribed recipient",
    30003: "Unreachable destination handset",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30036: "Validity Period Expired",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One webhook: what our service was told, and how it answered."""

    webhook: Webhook
    about: str
    url: str
    answer: int | None
    """The HTTP status; none where there was no answer."""
    fault: str
    """What went wrong, in words; empty where nothing did."""
    tries: int
    seconds: float
    """From the first try to the end of the last."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it stands; the store replaces it when something happens to it."""

    sid: str
    place: int
    direction: Direction
    sender: str
    to: str
    body: str
    status: Status
    created: datetime
    updated: datetime
    sent: datetime | None = None
    error: int | None = None
    callback: str | None = None
    validity: int = 36_000
    media: int = 0
    opt_out_type: str | None = None
    on_the_phone: str = ""
    """The words as the phone has them: they stay there when the provider's copy is blanked."""
    read_aloud: bool = False
    """Where a telephone on a wall spoke the words to whoever answered."""
    told: tuple[Told, ...] = ()
    """What our service was told about it, the latest last; the oldest are forgotten."""

    @property
    def inbound(self) -> bool:
        """Whether a phone wrote it."""
        return self.direction == "inbound"

    @property
    def number(self) -> str:
        """The phone at the other end."""
        return self.sender if self.inbound else self.to

    @property
    def parts(self) -> Parts:
        """How the network cuts it up."""
        return count_parts(self.on_the_phone or self.body)
