import pytest

from telephone.numbers import e164, is_landline, shown


@pytest.mark.parametrize(
    "typed", ["07700 900123", "07700900123", "+447700900123", "+44 7700 900123", "0044 7700-900123", "(07700) 900.123"]
)
def test_a_number_may_be_typed_in_many_ways(typed: str) -> None:
    assert e164(typed) == "+447700900123"


@pytest.mark.parametrize("typed", ["", "12", "07700 90012x", "+0123456789", "nobody", "+4477009001231234567"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="is no telephone number"):
        e164(typed)


@pytest.mark.parametrize(
    ("number", "read"),
    [
        ("+447700900123", "07700 900123"),
        ("+442079460123", "020 7946 0123"),
        ("+441632960123", "01632 960123"),
        ("+15005550006", "+15005550006"),
    ],
)
def test_a_number_is_shown_as_people_read_it(number: str, read: str) -> None:
    assert shown(number) == read
    assert e164(read) == number


def test_landlines_are_known_by_their_range() -> None:
    assert [is_landline(each) for each in ("+442079460123", "+441632960123", "+447700900123")] == [True, True, False]
