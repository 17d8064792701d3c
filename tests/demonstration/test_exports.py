"""Over every inspection of the demonstration: page, JSON and every file tell the same counts on the same bases."""

from collections.abc import Iterator
from datetime import date

import pytest

from demonstration.reconstruction import reconstructed
from demonstration.records import Record, records
from reports.export.comma_separated import as_csv
from reports.export.contents import Contents, InLanguage, contents
from reports.export.docx import as_docx
from reports.export.stamp import Stamp
from reports.export.web_page import as_web_page
from reports.export.xlsx import as_xlsx
from reports.perspective import Occasion, perspective
from reports.pooling import Fieldwork
from reports.rendering.page import page_of
from reports.rendering.structured import structured
from surveys.loading import definition
from surveys.text import LANGUAGES, Language
from tests.reports.export.opened import WebPage, rows, sheets, tables

DRAFT = Stamp(1, date(2026, 11, 21))
Count = tuple[str, int, int]  # the question as it was asked, how many, of how many


def fieldwork(record: Record) -> list[Fieldwork]:
    names = record.inspection.as_new().names
    asked = [(wave, definition(wave.questionnaire)) for wave in record.waves]
    return [Fieldwork(questionnaire, names, reconstructed(wave, questionnaire)) for wave, questionnaire in asked]


def occasion(record: Record) -> Occasion:
    new = record.inspection.as_new()
    return Occasion(new.slug, new.name, new.programme, new.note)


def stated(told: InLanguage) -> Iterator[Count]:
    for audience in told.section.audiences:
        for bullet in audience.bullets:
            yield from ((each.wording, each.numerator, each.base) for each in bullet.findings)


def first_number(words: str) -> int:
    return int(words.partition(" ")[0].replace(",", ""))


def annex(cells: list[list[str]]) -> list[Count]:
    return [(row[1], first_number(row[3]), first_number(row[4])) for row in cells]


def counted(told: InLanguage) -> list[tuple[str, str, str, int, int]]:
    return [
        (topline.questionnaire, entry.question, line.code, line.count, entry.base)
        for topline in told.toplines
        for entry in topline.entries
        for line in entry.lines
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("record", records(), ids=lambda record: record.inspection.slug)
def test_every_file_tells_the_counts_of_the_page_and_of_the_json(record: Record, language: Language) -> None:
    waves = fieldwork(record)
    made: Contents = contents(occasion(record), waves)
    told, live = made.told(language), perspective(occasion(record), waves, language)
    assert (told.section, told.page) == (structured(live), page_of(live))

    of_the_section = list(stated(told))
    document = tables(as_docx(made, DRAFT, language))
    of_the_annex = [row for table in document if len(table[0]) == 7 for row in table[1:]]
    assert annex(of_the_annex) == of_the_section
    page = WebPage(as_web_page(made, DRAFT, language))
    assert annex([cells for cells in page.cells if len(cells) == 7 and cells[3][:1].isdigit()]) == of_the_section
    book = sheets(as_xlsx(made, DRAFT, language))
    section = list(book.values())[1][1:]
    assert [(row[2], row[4], row[5]) for row in section] == of_the_section

    toplines = counted(told)
    written = [each for each in rows(as_csv(made, DRAFT, language)) if each["kind"] == "answer"]
    assert [
        (each["questionnaire"], each["question"], each["code"], int(each["count"]), int(each["base"]))
        for each in written
    ] == toplines
    in_sheets = [
        (name, row[0], str(row[5]), row[7], row[4])
        for name, sheet in book.items()
        if name in {each.questionnaire for each in told.toplines}
        for row in sheet[1:]
        if row[5] is not None
    ]
    assert in_sheets == toplines
