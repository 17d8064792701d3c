"""A form of any page, filled in at random, as a browser would send it."""

import random
from typing import Any, NamedTuple

import lxml.html

Field = tuple[str, str]


class Filled(NamedTuple):
    """Where a form goes, all that is sent, and which part of it is the answer."""

    action: str
    fields: list[Field]
    answer: tuple[str, ...]


def filled_in(page: bytes, path: str, words: str, chance: random.Random) -> Filled | None:
    """The page's first form with something said, and its first button pressed; none where the page has no form."""
    forms = lxml.html.fromstring(page).iter("form")
    form = next((each for each in forms if each.get("method", "").lower() == "post"), None)
    if form is None:
        return None
    controls = list(form.iter("input", "textarea"))
    fixed = [_field(each) for each in controls if each.get("type") == "hidden"]
    pressed = [_field(each) for each in [*form.iter("button")][:1] if each.get("name")]
    answer = _written(controls, words) or _chosen(controls, chance) or _ticked(controls, chance)
    return Filled(form.get("action") or path, fixed + answer + pressed, tuple(value for _, value in answer))


def _field(control: Any) -> Field:
    return control.get("name"), control.get("value", "")


def _written(controls: list[Any], words: str) -> list[Field]:
    writes = (each for each in controls if each.tag == "textarea" or each.get("type", "text") == "text")
    return [(each.get("name"), words) for each in writes]


def _chosen(controls: list[Any], chance: random.Random) -> list[Field]:
    radios = [_field(each) for each in controls if each.get("type") == "radio"]
    return [chance.choice(radios)] if radios else []


def _ticked(controls: list[Any], chance: random.Random) -> list[Field]:
    """One to three boxes; not those that stand alone."""
    boxes = [each for each in controls if each.get("type") == "checkbox"]
    together = [_field(each) for each in boxes if each.get("data-behaviour") != "exclusive"]
    ticked = set(chance.sample(together, min(len(together), chance.randint(1, 3))))
    return [box for box in together if box in ticked]
