"""What this browser's cookie remembers: the language, easier words, and which visit is its own."""

from collections.abc import Mapping

from flask import Response, request, session

from surveys.text import LANGUAGES, Language

CHOICES = ("language", "easy")
LASTING = (*CHOICES, "tablet")  # kept when another visit begins in the same browser

CLEARED = '"cache", "storage"'


def language() -> Language:
    """The language chosen, else the one of ours that the browser asks for first, else English."""
    chosen = session.get("language") or request.accept_languages.best_match(LANGUAGES)
    return "cy" if chosen == "cy" else "en"


def wants_easy_words() -> bool:
    """True where the respondent asked for easier words."""
    return bool(session.get("easy"))


def has_choices() -> bool:
    """True where a language or easier words were chosen."""
    return not session.keys().isdisjoint(CHOICES)


def remember_choices() -> None:
    """Keep in the cookie what the address asks for: `?language=cy`, `?easy=yes`. Nothing is written anywhere else."""
    if request.method == "GET":
        remember(request.args)


def remember(asked: Mapping[str, str]) -> bool:
    """Keep the language and the words that are asked for; true where that is asked."""
    if language := asked.get("language") if asked.get("language") in LANGUAGES else None:
        session["language"] = language
    if (easy := asked.get("easy")) in {"yes", "no"}:
        session["easy"] = easy == "yes"
    return bool(language) or easy in {"yes", "no"}


def tablet_secret() -> str | None:
    """The secret of the shared tablet that this browser was made."""
    return session.get("tablet")


def is_shared() -> bool:
    """True where this browser was made a shared tablet. It stays one when it is switched off."""
    return "tablet" in session


def forget_person() -> None:
    """Forget who was here, and how they wanted it. A shared tablet stays one."""
    secret = tablet_secret()
    session.clear()
    if secret:
        session["tablet"] = secret


def become_tablet(secret: str) -> None:
    """Forget whoever was here; from now on this browser is a shared tablet."""
    session.clear()
    session["tablet"] = secret


def visit_token() -> str | None:
    """The secret of this browser's visit."""
    return session.get("visit")


def begin_with(token: str) -> None:
    """Forget what the cookie said before, but for the language, and remember this visit."""
    lasting = {name: session[name] for name in LASTING if name in session}
    session.clear()
    session.update(lasting, visit=token)


def go_clean(address: str) -> Response:
    """Send the browser to another page of ours, and let it forget all that it kept of us but its cookie."""
    reply = go(address)
    reply.headers["Clear-Site-Data"] = CLEARED
    return reply


def go(address: str) -> Response:
    """Send the browser to another page of ours, by GET."""
    reply = Response(status=303, headers={"Location": address})
    del reply.headers["Content-Type"]  # there is nothing in it
    return reply
