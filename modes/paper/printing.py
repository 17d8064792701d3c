"""Booklets on paper: one file for all that are printed together, as PDF or as a page that a browser prints."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flask import render_template

from modes.paper import typesetting
from modes.paper.booklet import Booklet
from modes.paper.typesetting import Print

TEMPLATE = Path(__file__).with_name("booklet.typ")
BY_HAND = ("",)  # one booklet, with a line for its number


def pdf(booklet: Booklet, serials: Sequence[str] = BY_HAND, *, size: Print = "ordinary") -> bytes:
    """A booklet for each serial, one after the other."""
    return typesetting.pdf(TEMPLATE, data_of(booklet, serials), size=size)


def html(
    booklet: Booklet,
    serials: Sequence[str] = BY_HAND,
    *,
    size: Print = "ordinary",
    styles: str | None = None,
    back: str = "",
) -> str:
    """The same as a page. With its styles in it, it needs no other file: such a one is for a disk, not for a door.

    `back` leads away from it on the screen, and is not printed.
    """
    given = {"booklet": booklet, "serials": serials, "size": size, "styles": styles, "back": back}
    return render_template("paper/booklet.html", drawing=typesetting.picture, **given)


def data_of(booklet: Booklet, serials: Sequence[str]) -> dict[str, Any]:
    """What the template is handed: the words of the booklet, with each picture as it is drawn."""
    drawn: dict[str, Any] = _drawn(asdict(booklet))
    return {**drawn, "serials": list(serials)}


def _drawn(part: Any) -> Any:
    match part:
        case dict():
            return {
                key: typesetting.picture(each) if key == "picture" and each else _drawn(each)
                for key, each in part.items()
            }
        case list() | tuple():
            return [_drawn(each) for each in part]
        case _:
            return part
