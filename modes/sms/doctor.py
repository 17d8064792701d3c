"""Is the account at the provider set up as we need it? What was found, what is needed, how to change it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from fieldwork.texting.undelivered import reason
from modes.sms.provider import NOT_LET_IN, NOT_THERE, Denied, ServiceSettings, Unreachable

RETRIES = "#rc=5&rp=all&ct=2000"  # five tries, whatever failed; two seconds for a connection
SERVICE = "Twilio console > Messaging > Services > your service"
LONGEST_VALIDITY = 36_000
UK = "+44"
UK_MOBILE = "+447"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    found: str
    needed: str
    remedy: str
    fine: bool

    def __str__(self) -> str:
        """As the office reads it."""
        if self.fine:
            return f"ok     {self.what}: {self.found or 'none'}"
        return f"WRONG  {self.what}: {self.found or 'none'}\n       needed: {self.needed}\n       change: {self.remedy}"


class Asked(Protocol):
    """The provider, as far as its settings go."""

    def settings(self) -> ServiceSettings:
        """How the messaging service is set up."""


def findings(provider: Asked, public_url: str) -> list[Finding]:
    """Everything that was looked at, the faults among it; one fault alone where the provider cannot be asked."""
    try:
        found = provider.settings()
    except Denied as denied:
        return [_denied(denied)]
    except Unreachable:
        remedy = "Is this machine online? Is api.twilio.com let through? Then try again: nothing is known yet."
        return [Finding("provider", "no answer", "an answer", remedy, fine=False)]
    return [*_addresses(found, public_url), *_sender(found), *_texts(found)]


def _denied(denied: Denied) -> Finding:
    remedies = {
        NOT_LET_IN: "Compare TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN with Twilio console > Account > API keys.",
        NOT_THERE: "Compare TWILIO_MESSAGING_SERVICE with " + SERVICE + ": it begins with MG.",
    }
    remedy = remedies.get(denied.code, f"Look up the error: https://www.twilio.com/docs/errors/{denied.code}")
    return Finding("provider", str(reason(denied.code)), "to be let in", remedy, fine=False)


def _addresses(found: ServiceSettings, public_url: str) -> Iterator[Finding]:
    integration = SERVICE + " > Integration: "
    inbound = public_url + "/texts/in"
    wanted = inbound + RETRIES
    yield Finding(
        "where texts that come in are sent",
        f"{found.inbound_method} {found.inbound_url}",
        f"POST {wanted}",
        integration
        + "“Send a webhook”, Request URL with HTTP POST. What follows # counts: without it Twilio tries once.",
        fine=(found.inbound_method, found.inbound_url) == ("POST", wanted),
    )
    yield Finding(
        "and where, if that fails",
        f"{found.fallback_method} {found.fallback_url}",
        f"POST {inbound}, on this or another host, with or without what follows #",
        integration + "Fallback URL with HTTP POST. It should reach another process, or another machine.",
        fine=found.fallback_method == "POST" and _is_ours(found.fallback_url),
    )
    yield Finding(
        "the number's own webhook",
        "used instead of the service's" if found.webhook_of_the_number else "not used",
        "not used",
        integration + "choose “Send a webhook”, not “Defer to sender's webhook”.",
        fine=not found.webhook_of_the_number,
    )
    yield Finding(
        "where news of texts is sent",
        found.status_callback or "as each text says",
        "as each text says",
        integration + "leave “Delivery status callback” empty: every text names its own address.",
        fine=not found.status_callback,
    )


def _is_ours(url: str) -> bool:
    return url.startswith(("https://", "http://127.0.0.1", "http://localhost")) and url.partition("#")[0].endswith(
        "/texts/in"
    )


def _sender(found: ServiceSettings) -> Iterator[Finding]:
    pool = SERVICE + " > Sender pool: "
    others = [*found.short_codes, *found.names]
    yield Finding(
        "the number we text from",
        ", ".join(found.numbers),
        "one UK mobile long number (+447...), which people can reply to",
        pool + "add one UK mobile number and take out the others: replies must come back to the number that asked.",
        fine=len(found.numbers) == 1 and found.numbers[0].startswith(UK_MOBILE),
    )
    yield Finding(
        "other senders",
        ", ".join(others),
        "none",
        pool + "take them out. Nobody can reply to a name, and no one can say STOP to it.",
        fine=not others,
    )


def _texts(found: ServiceSettings) -> Iterator[Finding]:
    settings = SERVICE + " > Content & Sending settings: "
    yield Finding(
        "letters",
        "changed by Twilio (smart encoding)" if found.smart_encoding else "as they are written",
        "as they are written",
        settings
        + "switch Smart Encoding off: Welsh letters would be lost, and what is kept would not be what was sent.",
        fine=not found.smart_encoding,
    )
    yield Finding(
        "one number for one person",
        "kept (sticky sender)" if found.sticky_sender else "not kept",
        "kept (sticky sender)",
        settings + "switch Sticky Sender on.",
        fine=found.sticky_sender,
    )
    yield Finding(
        "longest time to deliver in, in seconds",
        str(found.validity_period),
        str(LONGEST_VALIDITY),
        settings + "set Validity Period to 36000: each text says itself how long it may take, up to this.",
        fine=found.validity_period == LONGEST_VALIDITY,
    )


NOT_LOOKED_AT = """\
Twilio lets no program read these; look at them yourself:
  Advanced Opt-Out is on (Messaging > Services > your service > Opt-Out Management);
  its keywords and words are those of modes/sms/texts.toml: YES, END, QUIT and CANCEL are not among them;
  Geo permissions allow the United Kingdom and nothing else (Messaging > Settings > Geo permissions).
"""
