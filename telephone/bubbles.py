"""A text as a phone shows it, and beside it what only authors see: parts, state, and how our service answered."""

from dataclasses import dataclass
from typing import assert_never
from zoneinfo import ZoneInfo

from surveys.gsm import Parts
from telephone.texts import FINAL, WHY, Status, Text, Told

LONDON = ZoneInfo("Europe/London")
FINE = 300  # the first HTTP status that is not a plain success


@dataclass(frozen=True, slots=True)
class Bubble:
    """One text on the screen or in the terminal."""

    sid: str
    ours: bool
    """Whether this phone wrote it."""
    body: str
    at: str
    cost: str
    state: str
    trouble: str
    """What went wrong, in words; empty where nothing did."""
    settled: bool
    """Whether nothing more will happen to it."""


def bubble_of(text: Text, *, held: bool = False) -> Bubble:
    """The text as it stands now. `held`: it waits for the phone's next one."""
    if text.inbound:
        state, trouble = _from_this_phone(text, held=held)
    else:
        state, trouble = _to_this_phone(text)
    return Bubble(
        sid=text.sid,
        ours=text.inbound,
        body=text.on_the_phone,
        at=f"{text.created.astimezone(LONDON):%H:%M}",
        cost=cost(text.parts, text.media),
        state=_joined(state, "blanked at the provider" if text.on_the_phone and not text.body else ""),
        trouble=trouble,
        settled=not held and (bool(text.told) if text.inbound else text.status in FINAL),
    )


def _joined(*remarks: str) -> str:
    return " · ".join(filter(None, remarks))


def cost(parts: Parts, pictures: int = 0) -> str:
    """`2 parts, UCS-2 because of ŵ`."""
    counted = "1 part" if parts.parts == 1 else f"{parts.parts} parts"
    because = f" because of {' '.join(parts.forcing)}" if parts.forcing else ""
    seen = "" if not pictures else ", with a picture" if pictures == 1 else f", with {pictures} pictures"
    return f"{counted}, {parts.encoding}{because}{seen}"


def _from_this_phone(text: Text, *, held: bool) -> tuple[str, str]:
    if held:
        return "waits for your next text", ""
    if not text.told:
        return "on its way", ""
    trouble = next((_sentence(told) for told in reversed(text.told) if told.fault), "")
    times = f", {len(text.told)} times" if len(text.told) > 1 else ""
    tries = max(told.tries for told in text.told)
    late = f" at try {tries}" if tries > 1 else ""
    return ("" if trouble else f"taken by the service{late}{times}"), trouble


def _sentence(told: Told) -> str:
    tries = f" after {told.tries} tries" if told.tries > 1 else ""
    return f"{told.fault[:1].upper()}{told.fault[1:]}{tries}"


def _to_this_phone(text: Text) -> tuple[str, str]:
    told = next((_sentence(each) for each in reversed(text.told) if each.fault), "")
    unheard = f"When told so: {told[:1].lower()}{told[1:]}" if told else ""
    if text.direction == "outbound-reply":
        return "sent by the provider itself", ""
    if text.status in {"undelivered", "failed"}:
        reason = f"{WHY.get(text.error or 0, 'no reason given')} ({text.error})"
        why = f"{'Not delivered' if text.status == 'undelivered' else 'Not sent'}: {reason}"
        return "", f"{why}. {unheard}" if unheard else why
    return "read aloud to whoever answered" if text.read_aloud else _words_for(text.status), unheard


def _words_for(status: Status) -> str:
    match status:
        case "accepted":
            return "accepted by the provider"
        case "queued":
            return "waiting to be sent"
        case "sent":
            return "sent, no receipt yet"
        case "delivered" | "undelivered" | "failed" | "received":
            return status
        case _:
            assert_never(status)
