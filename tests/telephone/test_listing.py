"""Pages of a list hold every text once, whatever the size of the page and whatever arrives meanwhile."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from telephone.listing import page_of
from telephone.texts import Text

WHEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def text(place: int) -> Text:
    return Text(f"SM{place:032}", place, "inbound", "+447700900123", "+447700900999", "1", "received", WHEN, WHEN)


@given(there=st.integers(0, 40), size=st.integers(1, 12), arriving=st.lists(st.integers(0, 3), max_size=40))
def test_every_text_is_on_one_page(there: int, size: int, arriving: list[int]) -> None:
    texts = [text(place) for place in range(there, 0, -1)]
    query: dict[str, str] = {"PageSize": str(size), "From": "+447700900123"}
    seen: list[int] = []
    for more in [*arriving, *[0] * 100]:
        page = page_of(texts, query)
        assert len(page.texts) <= size
        seen += [each.place for each in page.texts]
        if page.following is None:
            break
        query = dict(parse_qsl(page.following))
        latest = texts[0].place
        texts = [text(place) for place in range(latest + more, latest, -1)] + texts
    assert seen == list(range(there, 0, -1))
