"""Which texts a list asks for, a page at a time, the latest first."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from urllib.parse import urlencode

from telephone.refusals import Refused
from telephone.texts import Text

MOST_ON_A_PAGE = 1000
ON_A_PAGE = 50
FILTERS = ("To", "From", "DateSent", "DateSent<", "DateSent>")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, with the queries that ask for it, for the first page and for the next."""

    texts: tuple[Text, ...]
    number: int
    size: int
    own: str
    first: str
    following: str | None


def page_of(texts: Sequence[Text], query: Mapping[str, str]) -> Page:
    """The page that the query asks for, of texts that come the latest first.

    A page begins after the text that ended the one before, so that texts arriving meanwhile shift nothing.

    Raises:
        Refused: a date, a size or a place in the query cannot be read.
    """
    size = min(_whole(query.get("PageSize"), ON_A_PAGE), MOST_ON_A_PAGE)
    number = _whole(query.get("Page"), 0)
    before = _whole(query.get("PageToken", "").removeprefix("PA") or None, 0)
    asked_for = _filter(query)
    begin = bisect_right(texts, -before, key=lambda text: -text.place) if before else 0
    matching = (text for text in islice(texts, begin, None) if asked_for(text))
    found = list(islice(matching, size + 1))
    kept = {name: query[name] for name in FILTERS if query.get(name)} | {"PageSize": str(size)}
    shown = tuple(found[:size])
    following = None
    if len(found) > size:
        following = urlencode(kept | {"Page": str(number + 1), "PageToken": f"PA{shown[-1].place}"})
    return Page(shown, number, size, urlencode(dict(query)), urlencode(kept | {"Page": "0"}), following)


def _filter(query: Mapping[str, str]) -> Callable[[Text], bool]:
    """Whether a text is asked for. A day is that day; before and after are to the second, and include it."""
    to, sender = query.get("To"), query.get("From")
    on, until, since = (_moment(query.get(name)) for name in ("DateSent", "DateSent<", "DateSent>"))

    def asked_for(text: Text) -> bool:
        when = (text.sent or text.created).replace(microsecond=0)
        return (
            (not to or to == text.to)
            and (not sender or sender == text.sender)
            and (not on or on.date() == when.date())
            and (not until or when <= until)
            and (not since or when >= since)
        )

    return asked_for


def _moment(written: str | None) -> datetime | None:
    if not written:
        return None
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise Refused(20001) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _whole(written: str | None, otherwise: int) -> int:
    if not written:
        return otherwise
    if not written.isdecimal():
        raise Refused(20001)
    return int(written)
