"""The section as files: each says exactly what the section says, and runs nothing."""

import io
import re
from collections.abc import Iterator

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reports.export.cells import PIECE, for_workbook, harmless, printable
from reports.export.comma_separated import as_csv
from reports.export.contents import Contents, InLanguage, read
from reports.export.docx import as_docx
from reports.export.files import FORMS, WRITINGS
from reports.export.packages import UnknownPart, repacked
from reports.export.statements import audiences
from reports.export.web_page import as_web_page
from reports.export.words import words_in
from reports.export.xlsx import as_xlsx
from surveys.text import LANGUAGES, Language
from tests.reports.export.opened import Cell, WebPage, headings, parts, rows, sheets, tables
from tests.reports.export.sections import DRAFT, QUOTED, RELEASED, made, nasty, small, with_quotations, with_words

any_words = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
AWKWARD = ("=1+1", "_x0041_", "\x0b", "#N/A", "-1", "\N{RIGHT-TO-LEFT OVERRIDE}x")
VERY_LONG = ["words " * 8_000]


def bullets(told: InLanguage) -> list[str]:
    return [printable(bullet.text) for audience in told.section.audiences for bullet in audience.bullets]


def quotations(told: InLanguage) -> list[str]:
    quoted = (each for audience in told.page.audiences for each in audience.quoted)
    return [f"“{printable(answer.words)}”" for each in quoted for answer in each.answers]


def findings(told: InLanguage) -> Iterator[tuple[str, int, int, str]]:
    """Of every finding: the question, its numerator, its base, who they are."""
    for audience in told.section.audiences:
        for bullet in audience.bullets:
            for finding in bullet.findings:
                yield printable(finding.wording), finding.numerator, finding.base, printable(finding.base_label)


def said_with(words: list[str]) -> Contents:
    """Contents in which every piece of prose is one of these, in turn."""
    turn = iter(range(10**9))
    return with_words(small(), lambda _: words[next(turn) % len(words)])


# --- Word ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_is_the_section_with_real_headings_and_lists(language: Language) -> None:
    told = made().told(language)
    written = headings(as_docx(made(), DRAFT, language))
    outline = [words for style, words in written if style == "Heading 2"]
    assert outline[:2] == [audience.heading for audience in told.page.audiences]
    assert [words for style, words in written if style == "List Bullet"] == bullets(told)
    for audience in told.page.audiences:
        assert ("Normal", audience.opening) in written
        for label, value in audience.note:
            assert ("Normal", f"{label}: {value}") in written


def test_every_number_of_the_document_has_its_base_in_the_annex() -> None:
    told = made().told("en")
    annex = [row for table in tables(as_docx(made(), DRAFT, "en"))[:2] for row in table[1:]]
    expected = [(wording, f"{numerator:,}", f"{base:,}") for wording, numerator, base, _ in findings(told)]
    assert [(row[1], row[3].split(" ")[0], row[4].split(" ")[0]) for row in annex] == expected
    assert len(annex) == sum(len(bullet.findings) for each in told.section.audiences for bullet in each.bullets)


def test_every_question_of_the_annex_has_its_codes_counts_and_base() -> None:
    written, told = as_docx(made(), DRAFT, "en"), made().told("en")
    entries = [entry for topline in told.toplines for entry in topline.entries]
    for entry, table in zip(entries, tables(written)[2:], strict=True):
        counted = [(line.code, line.label, f"{line.count:,}") for line in entry.lines]
        silent = [("", words, f"{people:,}") for words, people in entry.silences]
        assert [tuple(row[:3]) for row in table[1:]] == counted + silent
    assert "Children and young people: asked 40, base 40." in dict.fromkeys(
        words.partition(". ")[2] for _, words in headings(written)
    )


@pytest.mark.parametrize(("language", "locale"), [("en", "en-GB"), ("cy", "cy-GB")])
def test_the_paper_is_a4_in_its_language_and_marked_on_every_page(language: Language, locale: str) -> None:
    document = Document(io.BytesIO(as_docx(made(), DRAFT, language)))
    assert {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))} == {locale}
    assert document.core_properties.language == locale
    draft = "Drafft 3" if language == "cy" else "Draft 3"
    for section in document.sections:
        assert {round((each or 0) / 36_000) for each in (section.page_width, section.page_height)} == {210, 297}
        assert section.header.paragraphs[0].text.startswith(f"{draft} · Essex · ")
        assert not section.different_first_page_header_footer
    assert document.paragraphs[0].text.startswith(f"{draft}: ")
    assert document.core_properties.title.startswith(f"{draft}: ")


def test_headers_of_tables_are_repeated_and_rows_stay_whole() -> None:
    document = Document(io.BytesIO(as_docx(made(), DRAFT, "en")))
    for table in document.tables:
        repeated = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]  # noqa: SLF001 - the library has no way in
        assert repeated == [True] + [False] * (len(repeated) - 1)
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None  # noqa: SLF001 - as above


@settings(any_words, max_examples=8)
@given(st.lists(nasty, min_size=1, max_size=12), st.sampled_from(LANGUAGES))
@example(list(AWKWARD), "en")
@example(VERY_LONG, "en")
def test_the_document_opens_again_and_says_exactly_what_the_section_says(words: list[str], language: Language) -> None:
    found = said_with(words)
    told = found.told(language)
    written = as_docx(found, DRAFT, language)
    expected = [each for each in bullets(told) if each]
    assert [each for style, each in headings(written) if style == "List Bullet"] == expected
    quoted = quotations(told)
    assert [each for style, each in headings(written) if style == "Quote"] == quoted
    assert [row[1] for table in tables(written)[:1] for row in table[1:]] == [each[0] for each in findings(told)]


# --- A spreadsheet ---


@pytest.mark.req("X2")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_has_nothing_live_and_nothing_hidden(language: Language) -> None:
    found = with_quotations(made(), QUOTED)
    for name, part in parts(as_xlsx(found, DRAFT, language)).items():
        for live in ("<f>", "<f ", "hidden", "externalLink", "vbaProject", "definedName", "<hyperlink", "comment"):
            assert live not in part, (name, live)
        assert not re.search(r'state="(very)?[hH]idden"|outlineLevel|pivot|customWorkbookView', part), name


@pytest.mark.req("X2")
def test_files_name_nobody_and_no_moment() -> None:
    for content in (as_xlsx(made(), DRAFT, "en"), as_docx(made(), DRAFT, "en")):
        core = parts(content)["docProps/core.xml"]
        assert "Draft 3: Service users" in core
        assert not re.search("creator|lastModifiedBy|openpyxl|python-docx|description", core)
        assert core.count("2026-11-21T00:00:00Z") == 2


def test_a_part_that_nobody_has_looked_at_is_refused() -> None:
    with pytest.raises(UnknownPart, match=r"docProps/core\.xml"):
        repacked(as_xlsx(made(), DRAFT, "en"), lambda part: not part.startswith("docProps/core"), "x", DRAFT, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_come_first_then_the_section_then_a_sheet_for_each_topline(language: Language) -> None:
    found = sheets(as_xlsx(made(), DRAFT, language))
    told = made().told(language)
    notes = ["Notes", "Nodiadau"][language == "cy"]
    names = list(found)
    assert names[0] == notes
    assert names[2:4] == [topline.questionnaire for topline in told.toplines]
    assert str(found[notes][0][0]).startswith(["Draft 3: ", "Drafft 3: "][language == "cy"])
    for topline in told.toplines:
        written = [row[0:8] for row in found[topline.questionnaire][1:] if isinstance(row[7], int) and row[5]]
        assert written == [
            [
                entry.question,
                entry.wording,
                entry.base_label,
                entry.asked,
                entry.base,
                line.code,
                line.label,
                line.count,
            ]
            for entry in topline.entries
            for line in entry.lines
        ]


@any_words
@given(st.lists(nasty, min_size=1, max_size=12), st.sampled_from(LANGUAGES))
@example(list(AWKWARD), "en")
@example(VERY_LONG, "en")
@pytest.mark.req("X1")
def test_the_workbook_opens_again_and_every_text_is_text(words: list[str], language: Language) -> None:
    found = said_with(words)
    told, written = found.told(language), as_xlsx(found, DRAFT, language)
    assert all("<f>" not in part and 't="e"' not in part for part in parts(written).values())
    section = list(sheets(written).values())[1][1:]
    rows_of: list[list[Cell]] = []
    for row in section:
        if row[5] is None and row[1] != words_in(language)["quoted"]:  # what was too long for one cell goes on below it
            rows_of[-1][10] = f"{rows_of[-1][10]}{row[10] or ''}"
        else:
            rows_of.append(list(row))
    figures = [row for row in rows_of if row[4] is not None]
    assert [row[10] for row in figures] == [
        printable(bullet.text) or None
        for audience in told.section.audiences
        for bullet in audience.bullets
        for _ in bullet.findings
    ]
    assert [(row[4], row[5]) for row in figures] == [each[1:3] for each in findings(told)]
    assert [row[10] for row in rows_of if row[1] == words_in(language)["quoted"]] == quotations(told)


def test_two_sheets_are_never_called_the_same() -> None:
    found = made().model_dump(mode="json")
    for place, topline in enumerate(found["en"]["toplines"]):
        topline["questionnaire"] = ["Codebook", "CODEBOOK"][place]
    assert len(sheets(as_xlsx(Contents.model_validate(found), DRAFT, "en"))) == 5


@given(nasty)
def test_a_cell_holds_any_words(words: str) -> None:
    pieces = list(for_workbook(words))
    assert max(map(len, pieces)) <= 32_767
    unescaped = [re.sub("_x005F_", "_", piece) for piece in pieces]
    assert "".join(unescaped) == printable(words)
    assert len(pieces) == max(1, -(-len(printable(words)) // PIECE))


# --- Comma-separated values ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rows_are_those_of_the_topline_and_say_which_snapshot_they_are_from(language: Language) -> None:
    written = rows(as_csv(made(), DRAFT, language))
    assert {(each["inspection"], each["snapshot"], each["state"]) for each in written} == {("essex-2012", "3", "draft")}
    lines = [
        (topline.questionnaire, entry.question, str(entry.asked), str(entry.base), line.code, str(line.count))
        for topline in made().told(language).toplines
        for entry in topline.entries
        for line in entry.lines
    ]
    columns = ("questionnaire", "question", "asked", "base", "code", "count")
    assert [tuple(each[name] for name in columns) for each in written if each["kind"] == "answer"] == lines


@any_words
@given(st.lists(nasty, min_size=1, max_size=12))
@example(["=1+1", "＝1+1", "\t=1", "\r=1", "-1", "'=1", " =1"])
@pytest.mark.req("X1")
def test_no_cell_begins_like_a_formula_and_every_word_is_there(words: list[str]) -> None:
    found = said_with(words)
    written = rows(as_csv(found, DRAFT, "en"))
    labels = [line.label for topline in found.en.toplines for entry in topline.entries for line in entry.lines]
    assert [each["label"] for each in written if each["kind"] == "answer"] == list(map(harmless, labels))
    for each in written:
        for cell in each.values():
            begins = cell.lstrip(" \N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\N{ZERO WIDTH NO-BREAK SPACE}")[:1]
            assert (
                begins not in {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"}
                or cell == "-1" == each["beyond"]
            )


@given(nasty)
def test_harmless_words_are_the_words_with_at_most_a_mark_before_them(words: str) -> None:
    assert harmless(words) in {printable(words), f"'{printable(words)}"}


# --- A web page ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_web_page_stands_alone_and_every_number_leads_to_its_figures(language: Language) -> None:
    content = as_web_page(made(quotations=QUOTED), DRAFT, language)
    page, told = WebPage(content), made().told(language)
    assert page.items == bullets(told)
    ids = list(page.attributes("id"))
    assert len(ids) == len(set(ids))
    links = list(page.attributes("href"))
    assert {each.removeprefix("#") for each in links if each.startswith("#")} <= set(ids)
    assert [each for each in links if not each.startswith("#")] == ["data:,"]
    assert not [tag for tag, _ in page.tags if tag in {"script", "img", "iframe", "object", "form"}]
    assert b"url(" not in content
    assert b"@import" not in content
    for words in QUOTED:
        assert words in page.words
    draft = ["Draft 3", "Drafft 3"][language == "cy"]
    assert f"<title>{draft}: " in content.decode()
    assert f'content: "{draft}"' in content.decode()


@any_words
@given(st.lists(nasty, min_size=1, max_size=12), st.sampled_from(LANGUAGES))
@example([*AWKWARD, "<script>alert(1)</script>", "</li>", "</style>", "&amp;"], "en")
def test_the_web_page_says_exactly_what_the_section_says(words: list[str], language: Language) -> None:
    found = said_with(words)
    page, told = WebPage(as_web_page(found, DRAFT, language)), found.told(language)
    assert page.items == bullets(told)
    annex = [cells for cells in page.cells if len(cells) == 7][1:]
    assert [cells[1] for cells in annex if cells[1] != page.cells[0][1]] or annex == []
    assert not [tag for tag, _ in page.tags if tag == "script"]


# --- All of them ---


@pytest.mark.req("X4")
@pytest.mark.parametrize("form", FORMS)
def test_the_same_snapshot_gives_the_same_bytes(form: str) -> None:
    write = next(each.write for name, each in WRITINGS.items() if name == form)
    again = read(made().as_json())
    assert again == made()
    assert again.as_json() == made().as_json()
    assert write(made(), DRAFT, "cy") == write(again, DRAFT, "cy")


@pytest.mark.req("X4")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mark_of_a_draft_goes_when_it_is_released(form: str, language: Language) -> None:
    write = next(each.write for name, each in WRITINGS.items() if name == form)
    content = {stamp: write(made(), stamp, language) for stamp in (DRAFT, RELEASED)}
    everything = {
        stamp: " ".join(parts(each).values()) if form in {"docx", "xlsx"} else each.decode()
        for stamp, each in content.items()
    }
    drafts = re.compile('draft 3|drafft 3|not released|heb ei ryddhau|,"draft",', re.IGNORECASE)
    assert drafts.search(everything[DRAFT])
    assert not drafts.search(everything[RELEASED])


@pytest.mark.parametrize("form", FORMS)
def test_an_inspection_without_a_survey_is_told_in_every_form(form: str) -> None:
    from reports.export.contents import contents  # noqa: PLC0415 - beside its one use
    from reports.perspective import Occasion  # noqa: PLC0415 - as above

    nothing = contents(Occasion("hertfordshire-2013", "Hertfordshire", "sqs"), [])
    content = next(each.write for name, each in WRITINGS.items() if name == form)(nothing, DRAFT, "en")
    if form != "csv":
        told = " ".join(parts(content).values()) if form in {"docx", "xlsx"} else content.decode()
        assert "There was no survey" in told


def test_statements_point_at_their_place_and_first_words() -> None:
    _, _, statements = next(audiences(made().told("en")))
    assert statements[0].reference.startswith("1. ")
    assert statements[0].reference.endswith(" …")
