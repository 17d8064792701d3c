"""One picture of the album, and the album as a page of the guide."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.staff.album.world import Thing, World

FOLDER = "images/office"
IN_A_ROW = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of the office, opened by somebody who may; or, after something was done on it, what then stands there.

    `asked` says which thing of the world stands in which part of the address, where it is not the one of that name.
    `heading` is part of the page's heading where the title is not all of it; `words` have to be on the page too.
    """

    door: str
    person: str
    title: str
    caption: str
    state: str = ""
    asked: Mapping[str, Thing] = field(default_factory=dict)
    query: str = ""
    after: Callable[[Page, World], None] | None = None
    heading: str = ""
    words: str = ""
    phone: bool = False

    @property
    def name(self) -> str:
        """What its file is called: `contacts-upload-refused`."""
        return "-".join(each for each in (self.door.replace(".", "-").replace("_", "-"), self.state) if each)

    @property
    def name_on_phone(self) -> str:
        """The same, as a telephone shows it."""
        return f"{self.name}-phone"


@dataclass(frozen=True, slots=True)
class Part:
    """Pages that belong together, and what of the world has to be there before any of them is opened."""

    title: str
    shown: Sequence[Shown]
    needs: Sequence[Thing] = ()


def as_page(parts: Sequence[Part]) -> str:
    """The album in Markdown: a part after the other, a table of pictures each; at the end those of a telephone."""
    rows = [_part(part.title, [_cell(each, each.name) for each in part.shown], IN_A_ROW) for part in parts]
    small = [_cell(each, each.name_on_phone) for part in parts for each in part.shown if each.phone]
    return "\n".join([HEAD, *rows, _part("On a telephone, 390 pixels wide", small, IN_A_ROW + 1)])


HEAD = """\
# The office, page by page

Every page that the office has, with a made-up inspection on it. [The guide](office.md) says what they are for.
This page and its pictures are made by a walk through all of them, which also finds that nothing keeps anybody out and
that nothing scrolls sideways. ImageMagick then leaves each picture a few colours, which makes it small.

```sh
./run test tests/staff/test_pictures_of_every_page.py --pictures docs/images/office
mogrify -dither None -colors 32 -define png:compression-level=9 docs/images/office/*.png
```
"""


def _part(title: str, cells: list[str], in_a_row: int) -> str:
    padded = [*cells, *[""] * (-len(cells) % in_a_row)]
    rows = ["| " + " | ".join(padded[start : start + in_a_row]) + " |" for start in range(0, len(padded), in_a_row)]
    return "\n".join([f"## {title}", "", "|" + " |" * in_a_row, "|" + "---|" * in_a_row, *rows, ""])


def _cell(shown: Shown, name: str) -> str:
    who = SEEN_BY.get(shown.person, "somebody new")
    return f"![{shown.title}, as {who} sees it]({FOLDER}/{name}.png)<br>{shown.caption}"


SEEN_BY = {
    "lead": "a lead inspector",
    "inspector": "an inspector",
    "support": "support",
    "second support": "another person in support",
    "safeguarding": "a safeguarding lead",
    "approver": "an approver",
    "administrator": "an administrator",
}
