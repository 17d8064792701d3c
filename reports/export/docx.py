"""The section as a Word document: A4, real headings and lists, the figures in annexes with real tables."""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from reports.export.cells import printable
from reports.export.contents import Contents, InLanguage
from reports.export.packages import LOCALE, repacked
from reports.export.stamp import Stamp
from reports.export.statements import Statement, audiences
from reports.export.words import words_in
from reports.rendering.page import AudiencePage
from reports.rendering.tables import base_in_words, share_in_words
from reports.topline import Entry, Topline
from surveys.text import Language

A4 = (Mm(210), Mm(297))
MARGIN = Mm(20)
INK = RGBColor(0x0B, 0x0C, 0x0C)
CELL, HEAD_CELL = "Cell", "Head of a column"
SIZES = {
    CELL: 9,
    HEAD_CELL: 9,
    "Heading 1": 20,
    "Heading 2": 15,
    "Heading 3": 12,
    "Normal": 11,
    "List Bullet": 11,
    "Subtitle": 13,
    "Quote": 11,
}
FIGURES = (40, 60, 40, 22, 40, 18, 37)  # millimetres of each column on a page that lies on its side
ANSWERS = (35, 75, 30, 30)
KNOWN = re.compile(
    r"\[Content_Types\]\.xml|(_rels/|word/_rels/)[\w.]*\.rels|docProps/(core|app)\.xml"
    r"|word/(document|styles|stylesWithEffects|settings|webSettings|fontTable|numbering|header\d|footer\d)\.xml"
    r"|word/theme/theme1\.xml"
)
LEFT_OUT = ("/thumbnail", "/customXml")  # of the library's template: a picture of it, and data of its maker


def as_docx(contents: Contents, stamp: Stamp, language: Language) -> bytes:
    """The document. The same snapshot in the same state always gives the same bytes."""
    told = contents.told(language)
    title = stamp.title(told.page.title, language)
    writer = _Writer(told, stamp, language)
    writer.section(title)
    writer.figures()
    writer.questions()
    return repacked(
        writer.saved(),
        lambda part: bool(KNOWN.fullmatch(part)),
        printable(f"{title}: {told.page.name}"),
        stamp,
        language,
    )


class _Writer:
    """Writes one document from top to bottom."""

    def __init__(self, told: InLanguage, stamp: Stamp, language: Language) -> None:
        self._told, self._stamp, self._language = told, stamp, language
        self._words = words_in(language)
        self._document = Document()
        self._styles: dict[str, str] = {}
        self._lay_out()

    def section(self, title: str) -> None:
        """The section as it is printed."""
        page = self._told.page
        self._write(title, "Heading 1")
        self._write(page.name, "Subtitle")
        self._write(self._stamp.told(self._language))
        for words in filter(None, (page.note, page.remark)):
            self._write(words)
        for _, audience, statements in audiences(self._told):
            self._audience(audience, statements)

    def _audience(self, audience: AudiencePage, statements: Sequence[Statement]) -> None:
        self._write(audience.heading, "Heading 2")
        for words in filter(None, (audience.opening, audience.remark)):
            self._write(words)
        for statement in statements:
            self._write(statement.text, "List Bullet")
        if audience.quoted:
            self._write(self._words["quoted"], "Heading 3")
        for quoted in audience.quoted:
            self._write(quoted.question)
            for each in quoted.answers:
                self._write(f"“{each.words}”", "Quote", each.language)
        self._write(self._words["method"], "Heading 3")
        for label, value in audience.note:
            self._write(f"{label}: {value}")

    def figures(self) -> None:
        """The first annex: every number with its base."""
        self._turn(WD_ORIENT.LANDSCAPE)
        self._write(self._words["annex_figures"], "Heading 1")
        self._write(self._words["what_a_base_is"])
        columns = [
            self._words[name] for name in ("statement", "wording", "counted", "number", "base", "asked", "silent")
        ]
        for _, audience, statements in audiences(self._told):
            if statements:
                self._write(audience.heading, "Heading 2")
                self._table(audience.heading, columns, _figure_rows(statements, self._words["left_out"]), FIGURES)

    def questions(self) -> None:
        """The second annex: every question with its answers, their codes and counts."""
        self._turn(WD_ORIENT.PORTRAIT)
        self._write(self._words["annex_questions"], "Heading 1")
        for topline in self._told.toplines:
            version = self._words["version"].format(version=topline.version)
            self._write(f"{topline.title} ({topline.questionnaire}, {version})", "Heading 2")
            for entry in topline.entries:
                self._question(entry, topline)

    def _question(self, entry: Entry, topline: Topline) -> None:
        self._write(entry.wording, "Heading 3")
        self._write(f"{self._words['question']}: {entry.question}. {base_in_words(entry, topline)}.")
        columns = [self._words[name] for name in ("code", "answer", "people", "share")]
        rows = [(line.code, line.label, f"{line.count:,}", share_in_words(line, topline)) for line in entry.lines]
        rows += [("", words, f"{people:,}", f"({self._words['no_answer']})") for words, people in entry.silences]
        if rows:
            self._table(entry.wording, columns, rows, ANSWERS)
        if entry.spread:
            self._write(entry.spread)

    def saved(self) -> bytes:
        """The document as its library writes it."""
        saved = io.BytesIO()
        self._document.save(saved)
        return saved.getvalue()

    # --- Pieces ---

    def _write(self, words: str, style: str = "Normal", language: Language | None = None) -> None:
        paragraph = self._document.add_paragraph()
        run = paragraph.add_run(printable(words))
        if language and language != self._language:
            _add(run._r.get_or_add_rPr(), "w:lang", val=LOCALE[language])  # noqa: SLF001 - the library has no way in
        self._styled(paragraph, style)

    def _styled(self, paragraph: Paragraph, style: str) -> None:
        paragraph._p.style = self._styles[style]  # noqa: SLF001 - the library's own way looks through all styles each time

    def _table(
        self, caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]
    ) -> None:
        """A table whose first row is its header, on every page that it reaches."""
        table = self._document.add_table(0, len(columns), "Table Grid")
        table.autofit = False
        _add(table._tbl.tblPr, "w:tblCaption", val=printable(caption)[:255])  # noqa: SLF001 - the library has no way in
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for place, cells in enumerate([columns, *rows]):
            row = table.add_row()._tr  # noqa: SLF001 - as above
            properties = row.get_or_add_trPr()
            _add(properties, "w:cantSplit")
            if place == 0:
                _add(properties, "w:tblHeader")
            for cell, words in zip(row.tc_lst, cells, strict=True):
                paragraph = Paragraph(cell.p_lst[0], self._document)
                paragraph.add_run(printable(words))
                self._styled(paragraph, CELL if place else HEAD_CELL)
        self._document.add_paragraph()

    # --- The paper ---

    def _lay_out(self) -> None:
        self._clean_template()
        styles = self._document.styles
        _set_language(styles.element, LOCALE[self._language])
        for name in (CELL, HEAD_CELL):
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
        for name, points in SIZES.items():
            style: Any = styles[name]
            style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(points), INK
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            if name in {CELL, HEAD_CELL}:
                style.paragraph_format.space_after, style.font.bold = Pt(2), name == HEAD_CELL
            self._styles[name] = style.style_id
        first = self._document.sections[0]
        first.page_width, first.page_height = A4
        first.left_margin = first.right_margin = first.top_margin = first.bottom_margin = MARGIN
        header = f"{self._stamp.name(self._language)} · {self._told.page.name} · {self._stamp.told(self._language)}"
        first.header.paragraphs[0].text = printable(header)
        _with_page_number(first.footer.paragraphs[0], self._words["page_number"])

    def _turn(self, orientation: WD_ORIENT) -> None:
        """A new page, lying on its side or standing; header and footer go on."""
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = orientation
        section.page_width, section.page_height = A4 if orientation == WD_ORIENT.PORTRAIT else A4[::-1]

    def _clean_template(self) -> None:
        package = self._document.part.package
        for relations in (package.rels, self._document.part.rels):
            for key in [key for key, each in relations.items() if each.reltype.endswith(LEFT_OUT)]:
                del relations[key]
        settings = self._document.settings.element
        for name in ("w:rsids", "w:savePreviewPicture", "w:proofState"):  # traces of whoever made the template
            for found in settings.findall(qn(name)):
                settings.remove(found)
        for found in settings.findall(qn("w:themeFontLang")):
            found.attrib.clear()
            found.set(qn("w:val"), LOCALE[self._language])


def _figure_rows(statements: Iterable[Statement], left_out: str) -> Iterable[Sequence[str]]:
    for statement in statements:
        for figure in statement.figures:
            told = figure.evidence
            not_counted = f"\n{left_out}: {told.left_out}" if told.left_out else ""
            counted = f"{told.counted} ({told.spread})" if told.spread else told.counted
            silent = f"{told.silent}{not_counted}"
            yield statement.reference, told.wording, counted, told.number, told.base, told.asked, silent


def _set_language(styles: Any, locale: str) -> None:
    for found in styles.iter(qn("w:lang")):
        found.attrib.clear()
        found.set(qn("w:val"), locale)


def _add(parent: Any, name: str, **attributes: str) -> Any:
    child = OxmlElement(name)
    for attribute, value in attributes.items():
        child.set(qn(f"w:{attribute}"), value)
    parent.append(child)
    return child


def _with_page_number(paragraph: Paragraph, word: str) -> None:
    paragraph.add_run(f"{word} ")
    field = _add(paragraph._p, "w:fldSimple", instr="PAGE")  # noqa: SLF001 - the library has no fields
    _add(_add(field, "w:r"), "w:t").text = "1"
