"""What is handed out so that people find the way in: slips to cut, letters, and a poster of the open link.

Each says in every language of the inspection who asks, that one may say no, and what happens to answers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import segno
from flask import render_template

from modes.paper import typesetting
from surveys.questionnaire import Audience
from surveys.text import Language
from surveys.words import CatalogueWords, Entry, read_catalogue

HERE = Path(__file__).parent
Kind = Literal["slips", "letters", "poster"]
Said = Callable[[str], str]
"""The words of the web's first page for one reader: `said("start.choice")`."""

KEYS = ("title", "you_choose", "once", "how_heading", "scan", "or_go", "both_once", "anybody", "help", "square")
WITH_ADDRESS = ("go_to", "or_type")
FROM_THE_WEB = ("who", "choice_heading", "choice", "answers_heading", "answers")


@dataclass(frozen=True, slots=True)
class Way:
    """One way in: a code, a link to scan, or both."""

    reference: str = ""
    code: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Handout:
    """All that is printed at once."""

    kind: Kind
    title: str
    """For whoever opens the file; on paper only the slips carry it."""
    address: str
    """Where the survey is, as people type it."""
    languages: tuple[Mapping[str, str], ...]
    """What is said, once for each language, with the key `language`."""
    ways: tuple[Way, ...]

    @property
    def language(self) -> str:
        """The one that comes first."""
        return self.languages[0]["language"]


def handout(  # noqa: PLR0913, PLR0917 - what is printed, for whom, in what words
    kind: Kind,
    title: str,
    public_url: str,
    ways: Sequence[Way],
    audience: Audience,
    said: Mapping[Language, Said],
) -> Handout:
    """The handout in those languages, the first of them first."""
    address = public_url.partition("://")[2]
    languages = tuple(_in_language(language, audience, address, of_web) for language, of_web in said.items())
    return Handout(kind, title, address, languages, tuple(ways))


def pdf(printed: Handout) -> bytes:
    """As a PDF that a screen reader can read."""
    return typesetting.pdf(_template(printed), data_of(printed))


def html(printed: Handout, **around: Any) -> str:
    """As a page that a browser prints. `around` is what the page says above, on the screen alone."""
    return render_template(f"paper/{printed.kind}.html", printed=printed, square=square, **around)


def pictures(printed: Handout) -> list[bytes]:
    """The pages as PNG, to look at."""
    return typesetting.pictures(_template(printed), data_of(printed))


def data_of(printed: Handout) -> dict[str, Any]:
    """What the template is handed: words, and each link as the drawing of its square."""
    ways = [{**asdict(way), "square": square(way.link) if way.link else ""} for way in printed.ways]
    return {**asdict(printed), "language": printed.language, "languages": list(printed.languages), "ways": ways}


def _template(printed: Handout) -> Path:
    return HERE / f"{printed.kind}.typ"


def square(link: str) -> str:
    """The link as a QR code, drawn as SVG. A phone reads it; its words have to stand beside it."""
    drawing = BytesIO()
    code = segno.make(link, error="m", micro=False)
    code.save(drawing, kind="svg", border=4, xmldecl=False, svgns=True, omitsize=True, svgclass=None, lineclass=None)
    return drawing.getvalue().decode()


def _in_language(language: Language, audience: Audience, address: str, of_web: Said) -> dict[str, str]:
    words = CatalogueWords(_catalogue(), language, audience)
    ours = {key: words(f"handout.{key}") for key in KEYS}
    with_address = {key: words(f"handout.{key}", address=address) for key in WITH_ADDRESS}
    return {"language": language, **ours, **with_address, **{key: of_web(f"start.{key}") for key in FROM_THE_WEB}}


@cache
def _catalogue() -> Mapping[str, Entry]:
    return read_catalogue(HERE / "handouts.toml")
