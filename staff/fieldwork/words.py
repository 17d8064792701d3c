"""What is said of the fieldwork, in plain words: how conversations stand, why texts did not arrive, what to do."""

from collections.abc import Iterator
from dataclasses import dataclass

from fieldwork.progress.figures import Figures, Standing
from fieldwork.progress.left_to_do import Booklets, Texts
from fieldwork.progress.tally import Shown
from fieldwork.texting.undelivered import Blame, reason
from surveys.interview import Mode
from surveys.text import Language

MODES: dict[Mode, str] = {"web": "Web", "kiosk": "Shared tablet", "sms": "Text message", "paper": "Paper"}
LANGUAGES: dict[Language, str] = {"en": "English", "cy": "Welsh"}
STANDS: dict[Standing, str] = {
    "waiting": "Not invited yet",
    "talking": "Invited: answering, or no answer yet",
    "finished": "Finished",
    "partial": "Stopped half way, and counted when the wave closed",
    "refused": "Asked not to be texted",
    "broken_off": "Asked not to be texted, half way; their answers are deleted",
    "wrong_person": "The number is not theirs",
    "unreachable": "No text arrives",
    "closed": "The wave closed first",
}
TO_DO: dict[Blame, str] = {
    "number": "Ask the service for another number, or hand out a code.",
    "stop": "They want no texts from us. Nothing is to be done.",
    "network": "A later text may arrive. Who has not answered is reminded once.",
    "ours": "Put it right at the account: flask texts doctor says how. Then let what is held go.",
}
FEW = "fewer than 5"


@dataclass(frozen=True, slots=True)
class Lost:
    """Texts that did not arrive for one reason."""

    count: int
    why: str
    to_do: str


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for a person: how much of it, and what to do."""

    what: str
    to_do: str


def answered(shown: Shown) -> str:
    """How many answered: a number, or that they are too few to be told from none."""
    return FEW if shown.too_few else f"{shown.figures.total:,}"


def answered_of(shown: Shown, invited: int | None) -> str:
    """How many answered of how many: `23 of 40 invited (58%)`."""
    if invited is None:
        return f"{answered(shown)}; invited not known"
    share = f" ({shown.figures.total / invited:.0%})" if invited and not shown.too_few else ""
    return f"{answered(shown)} of {invited:,} invited{share}"


def lost(figures: Figures) -> list[Lost]:
    """Texts that did not arrive, by reason, the most first."""
    return [_lost(each.code, each.count) for each in sorted(figures.undelivered, key=lambda each: -each.count)]


def _lost(code: int | None, count: int) -> Lost:
    if code is None:
        return Lost(count, "The provider did not say why", TO_DO["network"])
    why = reason(code)
    return Lost(count, f"{str(why)[:1].upper()}{str(why)[1:]}", TO_DO[why.blame])


def tasks(texts: Texts, booklets: Booklets) -> Iterator[Task]:
    """Everything that waits for a person."""
    for code, count in texts.held:
        why = str(reason(code)) if code else "a day late, or from before a backup was put back"
        yield Task(f"{_plural(count, 'text is', 'texts are')} held: {why}.", HELD)
    if texts.unsure:
        yield Task(f"{_plural(texts.unsure, 'text', 'texts')} of which nobody knows whether it went.", UNSURE)
    if texts.paused:
        yield Task(f"{_plural(texts.paused, 'conversation is', 'conversations are')} paused.", PAUSED)
    if texts.stopped:
        yield Task("Texting has been stopped.", "To go on: flask texts go-on.")
    if booklets.half_keyed:
        yield Task(f"{_plural(booklets.half_keyed, 'booklet is', 'booklets are')} keyed in part.", "Finish keying.")
    if booklets.to_key_again:
        again = _plural(booklets.to_key_again, "booklet waits", "booklets wait")
        yield Task(f"{again} to be keyed a second time.", "Another person keys them.")
    if booklets.to_settle:
        differ = _plural(booklets.to_settle, "booklet was", "booklets were")
        yield Task(f"{differ} keyed twice and differ.", "Look at the paper and settle it.")


HELD = "Put right what is wrong, then send or drop them: flask texts release."
UNSURE = "Leave them, or send them again, which may arrive twice: flask texts release --unsure."
PAUSED = "Somebody has to read what was written: see Concerns."


def _plural(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"
