import pytest

from compliance.report.wording import (
    capital,
    clipped,
    count,
    first_sentence,
    joined,
    listing,
    long_day,
    minute,
    share,
    size,
    until,
)


def test_counts_agree_with_their_noun() -> None:
    assert [count(number, "gap") for number in (0, 1, 1200)] == ["0 gaps", "1 gap", "1,200 gaps"]


def test_a_share_is_rounded_down_and_needs_a_denominator() -> None:
    assert [
        share(199, 200),
        share(3, 3),
        share(0, 3),
        share(0, 0),
    ] == ["99%", "100%", "0%", "–"]


@pytest.mark.parametrize(
    ("words", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_a_list_reads_as_a_person_says_it(words: list[str], said: str) -> None:
    assert said == listing(words)


def test_days_and_moments_read_well_and_odd_ones_are_kept() -> None:
    assert long_day("2026-11-23") == "Monday, November 23, 2026"
    assert minute("2026-11-23T10:20:11-07:00") == "2026-11-23 10:20"
    assert (long_day("soon"), minute(""), minute("noon")) == ("soon", "", "noon")


def test_distances_and_sizes_say_their_unit() -> None:
    assert [until(days) for days in (0, 1, -9)] == ["today", "in 1 day", "9 days ago"]
    assert [size(octets) for octets in (1, 999, 212_480, 1_848_320)] == [
        "1 byte",
        "999 bytes",
        "212 KB",
        "1.8 MB",
    ]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("One thing. Another.", "One thing."),
        ("As 21 U.S.C. 822 has it. More.", "As 21 U.S.C. 822 has it."),
        ("Only one thing, of 21 CFR 1301.75(b).", "Only one thing, of 21 CFR 1301.75(b)."),
        ("", ""),
    ],
)
def test_a_text_opens_with_its_first_sentence(text: str, begins: str) -> None:
    assert first_sentence(text) == begins


def test_a_long_text_is_cut_between_words_and_says_so() -> None:
    assert clipped("one two three", 13) == "one two three"
    assert clipped("one two, three", 13) == "one two …"


def test_parts_that_say_nothing_leave_no_mark() -> None:
    assert joined(["a", "", "b"]) == "a · b"
    assert capital("mcCoy") == "McCoy"
