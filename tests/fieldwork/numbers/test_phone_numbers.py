"""Which numbers are UK mobiles, however they are typed. Beside numbers for drama, examples come from the library."""

import re

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberType as Kind

from fieldwork.numbers import phone_numbers
from fieldwork.numbers.phone_numbers import NotAMobile, as_dialled, masked, mobile

NUMBER = "+447700900123"
REASONS = {value for name, value in vars(phone_numbers).items() if name.isupper() and isinstance(value, str)}


def example(region: str, kind: int) -> str:
    """A number of that kind which the library's makers give as an example."""
    found = phonenumbers.example_number_for_type(region, kind)
    assert found
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)


def reason(typed: str, *, practice: bool = True) -> str:
    with pytest.raises(NotAMobile) as fault:
        mobile(typed, practice=practice)
    return fault.value.reason


@pytest.mark.req("M12")
@pytest.mark.parametrize(
    "typed",
    [
        "7700900123",
        "07700900123",
        "07700 900123",
        "07700-900-123",
        "07700.900.123",
        "(07700) 900 123",
        "00447700900123",
        "00 44 7700900123",
        "447700900123",
        "44 7700 900123",
        "+447700900123",
        "+44 7700 900 123",
        "+44 (0)7700 900 123",
        "+44-07700-900123",
        "0044 (0) 7700 900123",
        "\u200b\t\t+44 (0)7700 \ufeff 900 123 \r\n",
        "07700\u00a0900\u2011123",
        "\u202a07700 900123\u202c",
        "٠٧٧٠٠ ٩٠٠١٢٣",
        "०७७०० ९००१२३",
        "０７７００９００１２３",
        "＋４４７７００９００１２３",
        "7700900123.0",
        "447700900123.00",
        " 7700900123.0 ",
    ],
)
def test_a_mobile_may_be_typed_as_people_and_spreadsheets_type(typed: str) -> None:
    assert mobile(typed, practice=True) == NUMBER


@pytest.mark.req("M12")
@pytest.mark.parametrize("region", ["GB", "GG", "JE", "IM"])
def test_mobiles_of_the_islands_are_ours_as_well(region: str) -> None:
    number = example(region, Kind.MOBILE)
    assert number.startswith("+447")
    assert mobile(number, practice=False) == number
    assert mobile("0" + number.removeprefix("+44"), practice=False) == number


@pytest.mark.req("M12")
@pytest.mark.parametrize("beginning", ["+447911", "+447624"])
def test_numbers_that_the_library_gives_to_guernsey_and_man_are_not_refused(beginning: str) -> None:
    number = beginning + "123456"  # as the examples of the library end
    assert phonenumbers.region_code_for_number(phonenumbers.parse(number)) in {"GG", "IM"}
    assert mobile(number, practice=False) == number


@pytest.mark.req("M12")
@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (example("GB", Kind.FIXED_LINE), phone_numbers.LANDLINE),
        (example("GG", Kind.FIXED_LINE), phone_numbers.LANDLINE),
        ("020 7946 0991", phone_numbers.LANDLINE),
        ("+44 20 7946 0991", phone_numbers.LANDLINE),
        ("01632 960123", phone_numbers.WRONG_LENGTH),
        (example("GB", Kind.PERSONAL_NUMBER), phone_numbers.PERSONAL),
        (example("GB", Kind.PAGER), phone_numbers.NO_MOBILE),
        (example("GB", Kind.TOLL_FREE), phone_numbers.NO_MOBILE),
        (example("GB", Kind.PREMIUM_RATE), phone_numbers.NO_MOBILE),
        (example("GB", Kind.VOIP), phone_numbers.NO_MOBILE),
        (example("GB", Kind.UAN), phone_numbers.NO_MOBILE),
        (example("IE", Kind.MOBILE), phone_numbers.ABROAD),
        (example("FR", Kind.MOBILE), phone_numbers.ABROAD),
        (example("US", Kind.FIXED_LINE_OR_MOBILE), phone_numbers.ABROAD),
        ("00" + example("PL", Kind.MOBILE).removeprefix("+"), phone_numbers.ABROAD),
        ("077009001234", phone_numbers.WRONG_LENGTH),
        ("0770090012", phone_numbers.WRONG_LENGTH),
        ("+44 7700 900 12", phone_numbers.WRONG_LENGTH),
        ("004477009001234", phone_numbers.WRONG_LENGTH),
        ("+44 00 7700 900123", phone_numbers.WRONG_LENGTH),
        ("+0 7700 900123", phone_numbers.WRONG_LENGTH),
        ("0", phone_numbers.WRONG_LENGTH),
        ("77009001234", phone_numbers.WRONG_LENGTH),
        ("", phone_numbers.NOT_A_NUMBER),
        ("   ", phone_numbers.NOT_A_NUMBER),
        ("07700 9x0123", phone_numbers.NOT_A_NUMBER),
        ("O7700 900123", phone_numbers.NOT_A_NUMBER),
        ("07700 900123☟☜⬇⬆☞☝", phone_numbers.NOT_A_NUMBER),
        ('07";DROP TABLE;"', phone_numbers.NOT_A_NUMBER),
        ("07700 900123 ext 4", phone_numbers.NOT_A_NUMBER),
        ("07700 900123 / 900124", phone_numbers.NOT_A_NUMBER),
        ("07700 900123+44", phone_numbers.NOT_A_NUMBER),
        ("++447700900123", phone_numbers.NOT_A_NUMBER),
        ("tel:+447700900123", phone_numbers.NOT_A_NUMBER),
        ("mum: 07700 900123", phone_numbers.NOT_A_NUMBER),
        ("7.7009E+09", phone_numbers.ROUNDED),
        ("7.7009e9", phone_numbers.ROUNDED),
        ("7700900123.5", phone_numbers.WRONG_LENGTH),
        ("0" * 41, phone_numbers.NOT_A_NUMBER),
        ("07700 900123\0", phone_numbers.NOT_A_NUMBER),
    ],
)
def test_what_is_no_uk_mobile_is_refused_with_the_reason(typed: str, why: str) -> None:
    assert reason(typed) == why


@pytest.mark.req("M12")
@pytest.mark.parametrize("number", ["000", "123", "999"])
def test_numbers_for_drama_are_for_practice_alone(number: str) -> None:
    assert mobile(f"07700 900{number}", practice=True) == f"+447700900{number}"
    assert reason(f"07700 900{number}", practice=False) == phone_numbers.DRAMA_ONLY


@pytest.mark.req("U3")
@given(st.text(max_size=50))
def test_whatever_is_typed_becomes_a_mobile_or_a_reason_without_a_digit_of_it(typed: str) -> None:
    try:
        assert re.fullmatch(r"\+447[0-9]{9}", mobile(typed, practice=True))
    except NotAMobile as fault:
        assert fault.reason in REASONS
        assert str(fault) == fault.reason


@given(st.text("+0123456789() -.٣", max_size=20))
def test_a_mobile_is_a_mobile_however_often_it_is_read(typed: str) -> None:
    try:
        number = mobile(typed, practice=True)
    except NotAMobile:
        return
    assert mobile(number, practice=True) == number


@pytest.mark.req("K5")
def test_no_more_than_the_last_three_digits_are_shown() -> None:
    assert masked(NUMBER) == "…123"


@pytest.mark.parametrize(("kept", "written"), [(NUMBER, "07700 900123"), ("+15550100", "+15550100"), ("", "")])
def test_a_number_is_written_as_people_dial_it_and_can_be_read_again(kept: str, written: str) -> None:
    assert as_dialled(kept) == written
    if kept == NUMBER:
        assert mobile(written, practice=True) == kept
