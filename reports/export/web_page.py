"""The section as one web page: no script, nothing fetched from elsewhere, fit for paper."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from reports.export.cells import printable
from reports.export.contents import Contents
from reports.export.packages import LOCALE
from reports.export.stamp import Stamp
from reports.export.statements import audiences
from reports.export.words import words_in
from reports.rendering.tables import base_in_words, share_in_words
from surveys.text import Language

TEMPLATES = Path(__file__).parents[2] / "templates"


def as_web_page(contents: Contents, stamp: Stamp, language: Language) -> bytes:
    """The page."""
    told = contents.told(language)
    drawn = _template().render(
        page=told.page,
        toplines=told.toplines,
        audiences=list(audiences(told)),
        stamp=stamp,
        language=language,
        locale=LOCALE[language],
        words=words_in(language),
        base_in_words=base_in_words,
        share_in_words=share_in_words,
    )
    return printable(drawn).encode()


@cache
def _template() -> Template:
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return pages.get_template("reports/export.html")
