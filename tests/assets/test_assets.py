import gzip
import json
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "static"
NAMES = ("styles.css", "office.css", "telephone.css", "script.js")


def built(name: str) -> Path:
    manifest: dict[str, str] = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))
    return STATIC / manifest[name]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_built_lies_compressed_beside_itself(name: str) -> None:
    file = built(name)
    assert gzip.decompress(file.with_name(f"{file.name}.gz").read_bytes()) == file.read_bytes()
    assert file.with_name(f"{file.name}.br").stat().st_size < file.stat().st_size / 3


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_named_after_its_content(name: str) -> None:
    assert re.fullmatch(r"(styles|office|telephone|script)\.[0-9a-f]{12}\.(css|js)", built(name).name)


@pytest.mark.parametrize("name", ["styles.css", "office.css", "telephone.css"])
def test_a_style_sheet_asks_for_no_further_file(name: str) -> None:
    css = built(name).read_text(encoding="utf-8")
    assert re.findall(r"url\(|@import|@font-face|GDS Transport|crest", css) == []


def test_style_and_script_leave_room_for_the_page_in_twenty_kilobytes() -> None:
    sizes = [len(gzip.compress(built(name).read_bytes(), 9)) for name in ("styles.css", "script.js")]
    assert sum(sizes) < 15_500
