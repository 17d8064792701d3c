"""The sheet on which responses from elsewhere come in, and ours go out: a column a question, its codes in the cells."""

from collections.abc import Mapping
from typing import assert_never, get_args

from fieldwork.table_file import STARTS_A_FORMULA
from surveys.interview import Mode
from surveys.questionnaire import MultipleChoice, OpenEnded, Question, Questionnaire, Scale, SingleChoice
from surveys.text import LANGUAGES

MODES: tuple[Mode, ...] = get_args(Mode)
FIXED = ("serial", "mode", "language")
ALLOWED_ROW = "(allowed)"
BETWEEN_CODES = ";"
YES = "yes"
WORDS = "words"
_MAY_QUOTE = "_may_quote"

# What a spreadsheet takes for a formula at the start of a cell, full-width twins too.


def may_quote_column(question_id: str) -> str:
    """The column that says whether the words may be printed."""
    return question_id + _MAY_QUOTE


def allowed_in(questionnaire: Questionnaire) -> Mapping[str, str]:
    """Every column of the sheet in its order, and what its cells may hold."""
    columns = {"serial": ALLOWED_ROW, "mode": BETWEEN_CODES.join(MODES), "language": BETWEEN_CODES.join(LANGUAGES)}
    for question in questionnaire.questions:
        columns[question.id] = allowed(question)
        if isinstance(question, OpenEnded):
            columns[may_quote_column(question.id)] = YES
    return columns


def allowed(question: Question) -> str:
    """What a cell of this question may hold: its codes, its range, or words."""
    match question:
        case SingleChoice() | MultipleChoice():
            return BETWEEN_CODES.join(category.code for category in question.categories)
        case Scale():
            return f"{question.minimum}-{question.maximum}"
        case OpenEnded():
            return WORDS
        case _:
            assert_never(question)


def template(questionnaire: Questionnaire) -> list[list[str]]:
    """The two rows of an empty sheet: the columns, and what is allowed in each."""
    columns = allowed_in(questionnaire)
    return [list(columns), list(columns.values())]


def guarded(text: str) -> str:
    """The words for a cell, so that no spreadsheet takes them for a formula."""
    return "'" + text if text.lstrip("'").startswith(STARTS_A_FORMULA) else text


def unguarded(cell: str) -> str:
    """The words that `guarded` made a cell of."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(STARTS_A_FORMULA) else cell
