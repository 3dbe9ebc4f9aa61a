"""Numbers of a known form with a check digit: the DEA number and the NPI."""

from collections.abc import Callable

_DEA_NUMBER_LENGTH, _NPI_LENGTH, _LUHN_WRAP = 9, 10, 9


def is_dea_number(text: str) -> bool:
    """Whether the text has the form of a DEA number and its check digit agrees.

    Two letters (the second may be a 9), seven digits; the last digit of
    (1st + 3rd + 5th) + 2 x (2nd + 4th + 6th) is the seventh.
    """
    if len(text) != _DEA_NUMBER_LENGTH or not text.isascii() or not text[2:].isdigit():
        return False
    if not text[0].isalpha() or not (text[1].isalpha() or text[1] == "9"):
        return False
    d = [int(c) for c in text[2:]]
    return (d[0] + d[2] + d[4] + 2 * (d[1] + d[3] + d[5])) % 10 == d[6]


def is_npi(text: str) -> bool:
    """Whether the text is a ten-digit NPI whose Luhn check digit, over the prefix 80840, agrees."""
    if len(text) != _NPI_LENGTH or not (text.isascii() and text.isdigit()):
        return False
    total = 0
    for place, digit in enumerate(reversed("80840" + text)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - _LUHN_WRAP if value > _LUHN_WRAP else value
    return total % 10 == 0


PATTERNS: dict[str, Callable[[str], bool]] = {"dea-number": is_dea_number, "npi": is_npi}
