"""What somebody does on a page before its picture is taken. What comes of it is waited for by whoever looks."""

from collections.abc import Callable, Mapping

from playwright.sync_api import Page

from tests.browser import follow
from tests.staff.album.world import World

Doing = Callable[[Page, World], None]


def press(button: str, fields: Mapping[str, str] | None = None, *, choose: tuple[str, ...] = ()) -> Doing:
    """Fill in the fields with these labels, choose those, and press the button."""

    def do(page: Page, _: World) -> None:
        for label, value in (fields or {}).items():
            page.get_by_label(label, exact=True).fill(value)
        for label in choose:
            page.get_by_label(label, exact=True).check()
        follow(page.get_by_role("button", name=button, exact=True))

    return do


def upload(label: str, content: bytes, button: str, fields: Mapping[str, str] | None = None) -> Doing:
    """Choose a file with this content, fill in the fields, and press the button."""

    def do(page: Page, world: World) -> None:
        file = world.folder / "sheet.csv"
        file.write_bytes(content)
        page.get_by_label(label, exact=True).set_input_files(file)
        press(button, fields)(page, world)

    return do


def meanwhile(change: Callable[[World], object], then: Doing) -> Doing:
    """Somebody else changes it first."""

    def do(page: Page, world: World) -> None:
        change(world)
        then(page, world)

    return do
