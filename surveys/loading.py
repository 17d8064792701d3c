"""Read a definition file into a questionnaire. What is wrong with its form is told all at once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from surveys import conditions, questionnaire, text
from surveys.checks import problems_in
from surveys.problems import BrokenDefinition, Problem, did_you_mean, listed
from surveys.questionnaire import Questionnaire

DEFINITIONS = Path(__file__).parent / "definitions"
TOO_DEEP = "it is nested too deeply"
_UNION_TAGS = {"single_choice", "multiple_choice", "scale", "open_ended", "information", *conditions.GRAMMAR}


class NoSuchQuestionnaire(LookupError):
    """No shipped questionnaire has this id."""


def shipped() -> tuple[str, ...]:
    """The ids of the questionnaires in the definitions folder, sorted."""
    return tuple(sorted(path.stem for path in DEFINITIONS.glob("*.toml")))


@cache
def definition(questionnaire_id: str) -> Questionnaire:
    """The shipped questionnaire with this id, at its newest version.

    Raises:
        NoSuchQuestionnaire: with the nearest id there is.
        BrokenDefinition: the file does not make sense.
    """
    if questionnaire_id not in shipped():
        remedy = did_you_mean(questionnaire_id, shipped(), f"There are {listed(shipped())}.")
        message = f'There is no questionnaire "{questionnaire_id}". {remedy}'
        raise NoSuchQuestionnaire(message)
    return load(DEFINITIONS / f"{questionnaire_id}.toml")


def load(path: Path) -> Questionnaire:
    """The questionnaire in the file.

    Raises:
        BrokenDefinition: its form or its sense is wrong; every problem is named.
    """
    loaded = read(path)
    found = problems_in(loaded, path.name)
    if path.parent == DEFINITIONS and path.stem != loaded.id:
        found.append(
            Problem(path.name, "id", f'it says "{loaded.id}"', f"Name the file {loaded.id}.toml, or mend the id.")
        )
    if found:
        raise BrokenDefinition(found)
    return loaded


def read(path: Path) -> Questionnaire:
    """The questionnaire in the file, its form checked but not yet its sense.

    Raises:
        BrokenDefinition: it cannot be read, is not TOML, or has missing, unknown or wrong keys.
    """
    raw = document(path)
    try:
        return Questionnaire.model_validate(raw)
    except RecursionError as error:
        remedy = "Say the same with fewer conditions inside each other."
        raise BrokenDefinition([Problem(path.name, "file", TOO_DEEP, remedy)]) from error
    except ValidationError as error:
        faults = error.errors(include_url=False)
        problems = (_problem(path.name, raw, fault) for fault in faults if not _follows(fault, faults))
        raise BrokenDefinition(problems) from error


def document(path: Path) -> dict[str, Any]:
    """What the TOML file holds.

    Raises:
        BrokenDefinition: it cannot be read, or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise BrokenDefinition([Problem(path.name, "file", reason, "Check the name and the folder.")]) from error
    except UnicodeDecodeError as error:
        remedy = "Save the file as UTF-8."
        raise BrokenDefinition([Problem(path.name, f"byte {error.start}", "not UTF-8 text", remedy)]) from error
    except RecursionError as error:
        raise BrokenDefinition([Problem(path.name, "file", TOO_DEEP, "Take the brackets apart.")]) from error
    except tomllib.TOMLDecodeError as error:
        fault, _, place = str(error).partition(" (at ")
        where = place.rstrip(")") or "file"
        remedy = "Correct the TOML there; every text needs quotation marks."
        raise BrokenDefinition([Problem(path.name, where, fault, remedy)]) from error


def _follows(fault: ErrorDetails, faults: list[ErrorDetails]) -> bool:
    """True for "too short" where what is missing from the list is a fault of its own."""
    deeper = (each["loc"][: len(fault["loc"])] == fault["loc"] != each["loc"] for each in faults)
    return fault["type"] == "too_short" and any(deeper)


def _problem(file: str, raw: dict[str, Any], error: ErrorDetails) -> Problem:
    keys = [key for key in error["loc"] if key not in _UNION_TAGS or _stands_in(raw, error["loc"], key)]
    fault, remedy = _fault(str(keys[-1]) if keys else "file", error)
    around = keys[:-1] if error["type"] in {"missing", "extra_forbidden"} else keys
    return Problem(file, _place(raw, around), fault, remedy)


def _stands_in(raw: object, keys: tuple[int | str, ...], wanted: int | str) -> bool:
    """True where the key is written in the file, not put into the path by pydantic to name the kind."""
    here = raw
    for key in keys:
        if key == wanted:
            return isinstance(here, dict) and key in here
        here = _step(here, key)
    return False


def _step(here: object, key: int | str) -> object:
    if isinstance(here, list) and isinstance(key, int) and key < len(here):
        return here[key]
    if isinstance(here, dict) and key in here:
        return here[key]
    return here


def _place(raw: dict[str, Any], keys: list[int | str]) -> str:
    """Where that is, in the author's words: `question "afraid", category "yes", label`."""
    words: list[str] = []
    here: object = raw
    for key in keys:
        here = _step(here, key)
        if isinstance(key, int):
            words[-1:] = [_named(words[-1] if words else "item", here, key)]
        else:
            words.append(str(key))
    return ", ".join(words) or "file"


def _named(key: str, here: object, number: int) -> str:
    singular = {"pages": "question", "categories": "category", "sections": "section"}.get(key, key)
    name = (here.get("id") or here.get("code")) if isinstance(here, dict) else None
    return f'{singular} "{name}"' if name else f"{singular} {number + 1}"


def _fault(key: str, error: ErrorDetails) -> tuple[str, str]:
    written = error["input"]
    match error["type"]:
        case "missing":
            found = (
                ("the Welsh is missing", 'Add cy = "...".')
                if key == "cy"
                else (f'"{key}" is missing', f"Add {key} = ...")
            )
        case "extra_forbidden" if key in conditions.GRAMMAR:
            found = f'"{key}" stands beside another comparison', "A condition says one thing: join two with and, or."
        case "extra_forbidden":
            found = f'"{key}" is not a key that is known here', did_you_mean(key, _known_keys(), "Take it out.")
        case "union_tag_invalid" | "union_tag_not_found":
            found = _fault_of_type(str(error.get("ctx", {}).get("tag", "")))
        case "condition":
            word = (
                next((each for each in written if each != "question"), "")
                if isinstance(written, dict)
                else str(written)
            )
            remedy = did_you_mean(word, conditions.GRAMMAR, f"It needs one of {listed(conditions.GRAMMAR)}.")
            found = f'"{word}" is nothing a condition can say', remedy
        case _:
            found = _fault_of_value(key, error)
    return found


def _fault_of_value(key: str, error: ErrorDetails) -> tuple[str, str]:
    written = error["input"]
    match error["type"]:
        case "string_pattern_mismatch":
            return f'"{written}" cannot be written there', "Use small letters, digits and _ or -, a letter first."
        case "too_short":
            return "there are too few", f"Give at least {error['ctx']['min_length']}."
        case "literal_error" if key == "answered":
            return "answered is true or is not there", "Write answered = true, inside not = { ... } for the opposite."
        case "literal_error":
            return f'"{written}" is not known here', _nearest(str(written), str(error["ctx"]["expected"]))
        case _:
            return error["msg"][0].lower() + error["msg"][1:], f"It says {str(written)[:80]!r}."


def _fault_of_absence(key: str) -> tuple[str, str]:
    return ("the Welsh is missing", 'Add cy = "...".') if key == "cy" else (f'"{key}" is missing', f"Add {key} = ...")


def _fault_of_type(written: str) -> tuple[str, str]:
    kinds = ("single_choice", "multiple_choice", "scale", "open_ended", "information")
    remedy = did_you_mean(written, kinds, f"It is one of {listed(kinds)}.")
    return (f'"{written}" is not a type of question' if written else "the type is missing"), remedy


def _nearest(written: str, expected: str) -> str:
    known = [word.strip().strip("'") for word in expected.replace(" or ", ", ").split(",")]
    return did_you_mean(written, known, f"It is one of {listed(known)}.")


def _known_keys() -> set[str]:
    """Every key that any part of a definition can have."""
    kinds = (
        kind
        for module in (questionnaire, conditions, text)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, BaseModel)
    )
    return {field.alias or name for kind in kinds for name, field in kind.model_fields.items()}
