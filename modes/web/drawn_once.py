"""Pages that are the same for everybody: drawn once, as components are slow to draw; then only the token changes."""

import re
from collections.abc import Callable, Hashable
from functools import lru_cache

from flask import g, session
from flask_wtf.csrf import generate_csrf

TOKEN = "the-csrf-token-goes-here"  # noqa: S105 - marks the place, opens nothing
MOST_REMEMBERED = 4000
INDENTATION = re.compile(r"\s*\n\s*")  # of the components; such a page holds no text in which it could matter

_remembered: dict[Hashable, str] = {}


def drawn_once(key: Hashable, draw: Callable[[str], str]) -> str:
    """The page that `draw` gives for a token, with this browser's token in it. The key names all that it depends on."""
    if key not in _remembered:
        if len(_remembered) >= MOST_REMEMBERED:
            _remembered.clear()
        _remembered[key] = INDENTATION.sub("\n", draw(TOKEN))
    g.same_for_everybody = True  # modes/hardening.py remembers it compressed, too
    page = _remembered[key]
    return page.replace(TOKEN, token_of_browser()) if TOKEN in page else page


def token_of_browser() -> str:
    """The CSRF token of this browser, signed once and not for every page."""
    unsigned = session.get("csrf_token")
    if unsigned is None:
        return str(generate_csrf())
    g.csrf_token = _signed(unsigned)  # where Flask-WTF puts it, too
    return str(g.csrf_token)


@lru_cache(maxsize=MOST_REMEMBERED)
def _signed(unsigned: str) -> str:  # noqa: ARG001 - Flask-WTF signs what stands in the session
    return str(generate_csrf())
