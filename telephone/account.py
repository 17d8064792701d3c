"""The one account and messaging service that the practice telephone knows."""

from dataclasses import dataclass
from typing import Any, Self

from telephone.numbers import OURS

INBOUND = "/texts/in#rc=5&rp=all&ct=2000"
FALLBACK = "/texts/in"


@dataclass(frozen=True, slots=True)
class Account:
    """Who may send, and where our service wants to be told what happens."""

    sid: str
    token: str
    """Opens the API and signs what we are told."""
    service: str
    inbound_url: str | None
    """Where texts that come in are posted; what follows `#` says how often it is tried."""
    fallback_url: str | None
    """Where they are posted when that failed."""
    status_callback: str | None = None
    """Where statuses are posted if a text does not say."""
    second_token: str | None = None
    """Opens the API too, while tokens change; it signs nothing."""
    senders: tuple[str, ...] = (OURS,)
    """The long numbers of the messaging service. The first one sends."""
    short_codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    deliver_to: str | None = None
    """Another origin that posts really go to, as if behind a proxy. Signatures keep the address as it is configured."""
    use_inbound_webhook_on_number: bool = False
    smart_encoding: bool = False
    sticky_sender: bool = True
    validity_period: int = 36_000

    @classmethod
    def practising(cls, public_url: str, **different: Any) -> Self:
        """An account made up for a service at that address; `different` replaces any field."""
        made_up: dict[str, Any] = {
            "sid": "AC" + "5" * 32,
            "token": "practice-token-that-is-no-secret",
            "service": "MG" + "7" * 32,
            "inbound_url": public_url.rstrip("/") + INBOUND,
            "fallback_url": public_url.rstrip("/") + FALLBACK,
        }
        return cls(**made_up | different)

    @property
    def number(self) -> str:
        """The number that texts come from."""
        return self.senders[0]
