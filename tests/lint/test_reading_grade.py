"""The reading grade counts syllables as a dictionary does, but for a measured factor."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compliance.lint.rules.wording.reading_grade import (
    count_syllables,
    count_vowels,
    measure_grade,
)
from compliance.text.yaml_text import parse

if TYPE_CHECKING:
    from compliance.checklist.library import Library

WORDS, _ = parse(Path(__file__).with_name("syllables.yaml").read_text("utf-8"), "syllables.yaml")
assert WORDS


def test_the_factor_makes_up_for_what_hyphenation_leaves_unseen() -> None:
    counted = sum(count_syllables(word) for word in WORDS.data)
    assert counted == pytest.approx(sum(WORDS.data.values()), rel=0.02)


def test_runs_of_vowels_bound_the_syllables_of_nearly_every_word_we_ship(real: Library) -> None:
    texts = " ".join(f"{e.requirement.ask} {e.requirement.yes_if}" for e in real.entries)
    words = set(re.findall(r"[A-Za-z][A-Za-z'’-]*", texts))
    beyond = [word for word in words if count_syllables(word) > count_vowels(word)]
    assert len(beyond) <= len(words) / 50, beyond


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Is it locked?", -4, 2),
        ("Does somebody count the vials each week and write down the day?", 2, 8),
        ("Are comprehensive accountability procedures systematically implemented?", 18, 45),
        ("", 0, 0),
    ],
)
def test_plain_words_grade_low_and_long_ones_high(text: str, low: float, high: float) -> None:
    assert low <= measure_grade(text) <= high


def test_words_of_the_trade_count_as_short_with_and_without_their_owner() -> None:
    assert count_syllables("anesthesiologist") == count_syllables("anesthesiologist's") == 2
