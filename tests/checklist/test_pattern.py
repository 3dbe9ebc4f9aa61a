import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.checklist.pattern import is_dea_number, is_npi


def dea_check_digit(six: str) -> str:
    """The sum of the odd places, plus twice the sum of the even ones; its last digit."""
    odd, even = sum(map(int, six[0::2])), sum(map(int, six[1::2]))
    return str(odd + 2 * even)[-1]


def luhn_check_digit(digits: str) -> str:
    """Doubled from the right; the digits of the doubles are added one by one."""
    doubled = "".join(
        str(int(digit) * (2 if place % 2 == 0 else 1))
        for place, digit in enumerate(reversed(digits))
    )
    return str(-sum(map(int, doubled)) % 10)


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("AB1234563", True),  # 1+3+5 = 9, 2*(2+4+6) = 24, together 33
        ("B91234563", True),  # a business name that begins with no letter
        ("MR0000000", True),
        ("AB1234562", False),
        ("AB2134563", False),  # two digits changed places
        ("A11234563", False),
        ("9B1234563", False),
        ("AB123456", False),
        ("AB12345633", False),
        ("AB-234563", False),
        ("ÄB1234563", False),
        ("AB١234563", False),
        ("", False),
    ],
)
def test_a_dea_number_has_two_letters_and_a_check_digit(number: str, good: bool) -> None:
    assert is_dea_number(number) is good


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("1234567893", True),  # the example of the standard itself
        ("1245319599", True),
        ("1234567890", False),
        ("2134567893", False),
        ("123456789", False),
        ("12345678933", False),
        ("123456789x", False),
        ("١٢٣٤٥٦٧٨٩٣", False),
        ("", False),
    ],
)
def test_an_npi_has_ten_digits_and_a_check_digit_over_its_prefix(number: str, good: bool) -> None:
    assert is_npi(number) is good


@given(st.text("0123456789", min_size=6, max_size=6), st.text("0123456789", min_size=1, max_size=1))
def test_exactly_one_last_digit_makes_a_dea_number(six: str, last: str) -> None:
    assert is_dea_number(f"AB{six}{last}") is (last == dea_check_digit(six))


@given(st.text("0123456789", min_size=9, max_size=9), st.text("0123456789", min_size=1, max_size=1))
def test_exactly_one_last_digit_makes_an_npi(nine: str, last: str) -> None:
    assert is_npi(nine + last) is (last == luhn_check_digit("80840" + nine))


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_never_passes_as_an_npi(nine: str, place: int, shift: int) -> None:
    good = nine + luhn_check_digit("80840" + nine)
    wrong = str((int(good[place]) + shift) % 10)
    assert is_npi(good)
    assert not is_npi(good[:place] + wrong + good[place + 1 :])
