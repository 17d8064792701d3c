"""Every form in which the section leaves the office."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from reports.export.comma_separated import as_csv
from reports.export.contents import Contents
from reports.export.docx import as_docx
from reports.export.stamp import Stamp
from reports.export.web_page import as_web_page
from reports.export.xlsx import as_xlsx
from surveys.text import Language

Form = Literal["docx", "html", "xlsx", "csv"]
FORMS: tuple[Form, ...] = get_args(Form)


@dataclass(frozen=True, slots=True)
class Writing:
    """How a form is written, and what browsers call it."""

    write: Callable[[Contents, Stamp, Language], bytes]
    media_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
WRITINGS: dict[Form, Writing] = {
    "docx": Writing(as_docx, f"{_OFFICE}.wordprocessingml.document"),
    "html": Writing(as_web_page, "text/html; charset=utf-8"),
    "xlsx": Writing(as_xlsx, f"{_OFFICE}.spreadsheetml.sheet"),
    "csv": Writing(as_csv, "text/csv; charset=utf-8"),
}
