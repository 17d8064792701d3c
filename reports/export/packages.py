"""Packages (DOCX, XLSX): zip archives with the parts that we know, no date of the machine, and nobody's name."""

import io
import zipfile
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

from reports.export.stamp import Stamp
from surveys.text import Language

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the oldest that an archive can name
CORE, APP = "docProps/core.xml", "docProps/app.xml"
LOCALE: Mapping[Language, str] = {"en": "en-GB", "cy": "cy-GB"}
SAYS_NOTHING = {
    "xl/workbook.xml": (b"<definedNames/>", b"<workbookProtection/>"),
    "xl/styles.xml": (b' hidden="0"', b' pivotButton="0"'),
}
_CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
<dc:title>{title}</dc:title><dc:language>{locale}</dc:language><cp:contentStatus>{state}</cp:contentStatus>\
<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>"""
_APP = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">\
<Application>Perspective</Application></Properties>"""


class UnknownPart(Exception):
    """A library put a part into the package that nobody has looked at."""


def repacked(package: bytes, known: Callable[[str], bool], title: str, stamp: Stamp, language: Language) -> bytes:
    """The package with its properties written anew; the same content always gives the same bytes.

    What libraries write to say nothing (an empty list of names, `hidden="0"`) is left out: a search finds none.

    Raises:
        UnknownPart: there is a part in it that is none of those known.
    """
    ours = {CORE: _core(title, stamp, language), APP: _APP.encode()}
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as made, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as clean:
        for name in made.namelist():
            if not known(name):
                raise UnknownPart(name)
            part = zipfile.ZipInfo(name, FIRST_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            clean.writestr(part, ours.get(name) or _without_nothing(name, made.read(name)))
    return packed.getvalue()


def _without_nothing(name: str, part: bytes) -> bytes:
    if name in SAYS_NOTHING:
        for piece in SAYS_NOTHING[name]:
            part = part.replace(piece, b"")
    return part


def _core(title: str, stamp: Stamp, language: Language) -> bytes:
    told = {
        "title": escape(title),
        "locale": LOCALE[language],
        "state": "Draft" if stamp.is_draft else "Final",
        "moment": f"{stamp.moment:%Y-%m-%dT%H:%M:%SZ}",
    }
    return _CORE.format(**told).encode()
