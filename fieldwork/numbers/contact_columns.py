"""The columns of a file of contacts. Any other refuses the file: nothing else about anybody is to come in."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import get_args

from fieldwork.models.contacts import Age
from fieldwork.table_file import MOST_COLUMNS, SAVE_AS_CSV, STARTS_A_FORMULA, Problem
from surveys.text import LANGUAGES

YES = "yes"
AGES: tuple[Age, ...] = get_args(Age)

MAY_HOLD: Mapping[str, str] = {
    "mobile": "a UK mobile number",
    "language": f"{' or '.join(LANGUAGES)}; nothing where they did not choose",
    "age": " or ".join(AGES),
    "told": f"{YES}: they were told that they would be texted, and by whom",
    "agreed": f"{YES}: they agreed",
    "safe_to_text": f"{YES}: the service recorded that it is safe to text this number",
    "confirmed": "when the service last confirmed the number, like 2026-11-21; nothing for today",
}
NEEDED = tuple(column for column in MAY_HOLD if column != "confirmed")

# What lists of people often hold and we do not take. A message may name these: they are our own words.
NOT_TAKEN = {
    "name", "first_name", "last_name", "surname", "forename", "full_name", "initials", "date_of_birth", "dob", "gender",
    "sex", "ethnicity", "address", "postcode", "email", "e_mail", "school", "note", "notes", "comment", "comments",
    "crime_number", "crime_reference", "case_number", "case_id", "id", "reference", "offence", "order", "worker",
    "landline", "home_phone", "parent", "carer", "victim",
}  # fmt: skip

WHY_ONLY_THESE = "Take it out: nothing else about anybody is to be kept."
_RUN_TOGETHER = {name.replace("_", ""): name for name in (*MAY_HOLD, *NOT_TAKEN)}


def names_in(header: Sequence[str]) -> list[str]:
    """The names of the columns, as we write them."""
    return [_name(cell) for cell in without_empty_end(header)]


def problems_of_header(header: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with the header. A column that is not ours is told by its letter: its name may be somebody's."""
    names = names_in(header)
    if fault := _no_header(header, names):
        yield Problem(1, "", fault)
        return
    for place, name in enumerate(names):
        if name not in MAY_HOLD:
            yield Problem(1, letter_of(place), _why_not_taken(name))
    for name, times in Counter(names).items():
        if name in MAY_HOLD and times > 1:
            yield Problem(1, name, f"This column is there {times} times. Keep one of them.")
    for name in NEEDED:
        if name not in names:
            yield Problem(1, name, "There is no such column.", MAY_HOLD[name])


def _no_header(header: Sequence[str], names: Sequence[str]) -> str | None:
    if len(header) == 1 and (parted_by := next((sign for sign in ";\t|" if sign in header[0]), None)):
        return f"The columns are parted by {parted_by!r}, not by commas. {SAVE_AS_CSV}"
    if len(names) > MOST_COLUMNS:
        return f"There are {len(names):,} columns. We take {', '.join(MAY_HOLD)}."
    return None


def letter_of(place: int) -> str:
    """How a spreadsheet names the column: A for 0, AA for 26."""
    letters = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _name(header: str) -> str:
    """The name of a column, whatever its capitals, spaces, dashes and underscores."""
    if header.startswith(STARTS_A_FORMULA):
        return "?"
    name = re.sub(r"[\s_\-‐-―]+", "_", unicodedata.normalize("NFKC", header).strip().casefold()).strip("_")
    return _RUN_TOGETHER.get(name.replace("_", ""), name)


def _why_not_taken(column: str) -> str:
    if not column:
        return "This column has no name. Name it, or take it out."
    if column in NOT_TAKEN:
        return f"We do not take {column!r}. {WHY_ONLY_THESE}"
    near = get_close_matches(column, list(MAY_HOLD), n=1)
    meant = f"Did you mean {near[0]}? If not, take it out: nothing else is to be kept." if near else WHY_ONLY_THESE
    return f"This column is none of {', '.join(MAY_HOLD)}. {meant}"


def without_empty_end(cells: Sequence[str]) -> Sequence[str]:
    """The cells up to the last that holds something: spreadsheets add empty ones."""
    filled = [place for place, cell in enumerate(cells) if cell.strip()]
    return cells[: filled[-1] + 1] if filled else ()
