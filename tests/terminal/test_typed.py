"""What a terminal would act on never gets into the journal, nor onto the screen."""

import pytest

from compliance.terminal.typed import clean, harmless, is_unknown


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  drawer open \r\n", "drawer open"),
        ("one\ttwo", "one two"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("left\x1b[D\x1b[Dright", "leftright"),
        ("\x1b]0;a title\x07text", "text"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("a\x1bOPb", "aPb"),
        ("\x9b31mred", "red"),
        ("bell\x07 null\x00 delete\x7f c1\x90", "bell null delete c1"),
        ("ends in an escape\x1b", "ends in an escape"),
        ("override\u202egnp.exe", "overridegnp.exe"),
        ("isolate\u2066a\u2069", "isolatea"),
        ("mark\u200fof direction", "mark\u200fof direction"),
        ("line\u2028break", "line break"),
        ("not UTF-8 \udcff", "not UTF-8 \ufffd"),
        ("Zoë Ólafsdóttir, 한국", "Zoë Ólafsdóttir, 한국"),
    ],
)
def test_a_typed_line_is_kept_without_what_a_terminal_acts_on(typed: str, kept: str) -> None:
    assert kept == clean(typed)


def test_cleaning_twice_changes_nothing_more() -> None:
    once = clean("\x1b\x1b[[31mx\x1b[3\x1b[0m1m")
    assert once == clean(once)
    assert "\x1b" not in once


def test_blanks_at_the_beginning_of_a_printed_line_stay() -> None:
    assert harmless("  1 yes") == "  1 yes"


@pytest.mark.parametrize(
    "said", ["unknown", "Don't know", "don’t know", "I don't know.", "not known"]
)
def test_not_knowing_can_be_said_in_several_ways(said: str) -> None:
    assert is_unknown(said)


@pytest.mark.parametrize("said", ["no", "know", "d", ""])
def test_other_words_are_no_dont_know(said: str) -> None:
    assert not is_unknown(said)
