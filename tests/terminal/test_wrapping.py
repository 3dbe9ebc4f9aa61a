"""Lines are broken at a width that is counted in columns."""

import pytest

from compliance.terminal.wrapping import fold, fold_items, measure


def test_a_paragraph_is_broken_between_words_and_hangs() -> None:
    assert fold("one two three four", 7, "  ") == ["one two", "  three", "  four"]


def test_blanks_before_a_paragraph_stay() -> None:
    assert fold("  one two", 6) == ["  one", "two"]


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert fold("abcdefgh", 5) == ["abcde", "fgh"]


def test_an_empty_paragraph_is_one_empty_line() -> None:
    assert fold("", 10) == [""]


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("한국", 4), ("e\u0301", 1), ("a\u200fb", 2)],
)
def test_a_text_is_measured_in_columns(text: str, columns: int) -> None:
    assert columns == measure(text)


@pytest.mark.parametrize("width", [1, 2, 7, 20, 80])
def test_no_line_is_wider_than_was_asked(width: int) -> None:
    text = "The cabinet 한국어 is a-very-long-word-without-any-blank-in-it, see?"
    lines = fold(text, max(width, 2), "")
    assert all(measure(line) <= max(width, 2) for line in lines)
    assert "".join(text.split()) == "".join("".join(lines).split())


def test_items_are_kept_whole() -> None:
    assert fold_items(["1 yes", "2 no", "3 don't know"], 16) == ["  1 yes   2 no", "  3 don't know"]
