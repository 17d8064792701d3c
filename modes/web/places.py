"""Where a page of the questionnaire stands for this respondent, and which comes next. Pages are numbered from 1."""

from dataclasses import dataclass

from surveys.interview import Interview
from surveys.questionnaire import Information, Page

CHECK = "/check"


@dataclass(frozen=True, slots=True)
class Place:
    """A page's number, which question it is of those asked (none for a page to read), and where Back leads."""

    number: int
    ordinal: int | None
    asked: int
    back: str
    changing: bool


class Places:
    """The pages that one respondent is shown, by number."""

    def __init__(self, interview: Interview) -> None:
        """Number the pages on the route."""
        numbers = {page.id: number for number, page in enumerate(interview.questionnaire.pages, start=1)}
        self._answers = interview.answers
        self.on_route = {numbers[page.id]: page for page in interview.pages}
        self._questions = [n for n, page in self.on_route.items() if not isinstance(page, Information)]

    def place(self, number: int, *, changing: bool) -> Place:
        """Where that page stands; it must be on the route."""
        before = [earlier for earlier in self.on_route if earlier < number]
        back = f"/question/{before[-1]}" if before else "/safe"
        ordinal = self._questions.index(number) + 1 if number in self._questions else None
        return Place(number, ordinal, len(self._questions), CHECK if changing else back, changing)

    def after(self, number: int, *, changing: bool) -> str:
        """The address that follows: the next page; after a change, what it has opened and then the check page."""
        later = (each for each in self.on_route if each > number)
        if not changing:
            return next((f"/question/{each}" for each in later), CHECK)
        return next((f"/question/{each}?change=yes" for each in later if self._is_open(each)), CHECK)

    @property
    def last(self) -> str:
        """The address of the last page on the route: where Back leads from the check page."""
        return f"/question/{max(self.on_route, default=1)}"

    def right_one(self) -> str:
        """The address of the first page that still waits: what to read lies before the question it belongs to."""
        waiting = next((each for each in self._questions if self._is_open(each)), None)
        if waiting is None:
            return CHECK
        answered = max((each for each in self._questions if each < waiting), default=0)
        return f"/question/{next(each for each in self.on_route if each > answered)}"

    def _is_open(self, number: int) -> bool:
        page = self.on_route[number]
        return not isinstance(page, Information) and page.id not in self._answers


def page_numbered(interview: Interview, typed: str) -> tuple[int, Page] | None:
    """The page with the number that stands in the address; none where that is no number of a page."""
    numbered = enumerate(interview.questionnaire.pages, start=1)
    return next(((number, page) for number, page in numbered if str(number) == typed), None)
