"""A question that is hard to read."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic

MOST_GRADE = 9
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)
_OWNER = re.compile(r"['’]s?$")
_SENTENCE = re.compile(r"[.!?:;](?=\s|$)")

# Hyphenation finds no syllable of one letter at a word's end, so it misses about one in seven. Over
# the words in tests/lint/syllables.yaml this factor makes up for it; the test there holds it.
UNSEEN = 1.22

# Words of the trade that its people read at a glance count as two syllables.
_OF_THE_TRADE = frozenset(
    {
        "anesthesia",
        "anesthesiologist",
        "anesthesiologists",
        "anesthetic",
        "anesthetist",
        "anesthetists",
        "applicable",
        "authority",
        "benzodiazepine",
        "certificate",
        "clinician",
        "clinicians",
        "controlled",
        "defibrillator",
        "depression",
        "diagnosis",
        "emergency",
        "esketamine",
        "evaluation",
        "infusion",
        "infusions",
        "injection",
        "inspector",
        "insurer",
        "inventory",
        "invoice",
        "ketamine",
        "laboratory",
        "license",
        "licensed",
        "medicaid",
        "medicare",
        "medication",
        "monitoring",
        "naloxone",
        "opioid",
        "opioids",
        "oxygen",
        "patient",
        "patients",
        "pharmacy",
        "physician",
        "practitioner",
        "practitioners",
        "prescriber",
        "prescription",
        "prescriptions",
        "privacy",
        "psychiatric",
        "psychiatrist",
        "psychiatrists",
        "refrigerator",
        "registered",
        "registrant",
        "registration",
        "sedation",
        "signature",
        "telemedicine",
    }
)


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield questions that, read out with what yes and no mean, lie above grade nine."""
    for one in material.asked:
        texts = [text for _, text in one.texts("ask", "yes_if", "no_if")]
        passage = " ".join(text if text[-1] in ".!?" else f"{text}." for text in texts)
        if _measure(passage, count_vowels) < MOST_GRADE + 0.5:
            continue  # most are so plain that the dictionary need not be loaded
        grade = measure_grade(passage)
        if grade >= MOST_GRADE + 0.5:
            message = f"Read out with yes_if and no_if, this is of grade {grade:.0f}."
            hint = f"At most {MOST_GRADE} is meant: shorter words, or shorter sentences."
            yield one.diagnose("ask", message, hint)


def measure_grade(text: str) -> float:
    """Return the school grade by Flesch and Kincaid (1975); syllables by hyphenation.

    The formula is made for a passage, so a question is measured with what is read out beside it.
    """
    return _measure(text, count_syllables)


def _measure(text: str, count: Callable[[str], float]) -> float:
    words = _WORD.findall(text)
    if not words:
        return 0
    sentences = max(1, len(_SENTENCE.findall(text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(count, words)) / len(words) - 15.59


@cache
def count_vowels(word: str) -> float:
    """Return a bound that `count_syllables` does not exceed: runs of vowels, made up alike."""
    if _OWNER.sub("", word.lower()) in _OF_THE_TRADE:
        return 2
    runs = len(_VOWELS.findall(word))
    return runs * UNSEEN if runs > 1 else 1.0


@cache
def count_syllables(word: str) -> float:
    """Return the syllables that hyphenation finds, made up for those it leaves unseen."""
    word = _OWNER.sub("", word.lower())
    if word in _OF_THE_TRADE:
        return 2
    parts = [part for part in word.split("-") if part]
    seen = sum(1 + len(_hyphenation().positions(part)) for part in parts)
    return seen * UNSEEN if seen > 1 else float(max(seen, 1))


@cache
def _hyphenation() -> Any:  # noqa: ANN401 - the library has no types
    import pyphen  # type: ignore[import-untyped]  # noqa: PLC0415 - its dictionary is slow to load

    return pyphen.Pyphen(lang="en_US", left=2, right=2)


RULE = Rule(
    code="W304",
    name="reading-grade",
    severity="warning",
    what=(
        f"A question that, with its `yes_if` and `no_if`, lies above grade {MOST_GRADE} by Flesch and "
        "Kincaid; words of the trade count as short."
    ),
    why="It is read aloud in a corridor, and answered by whoever holds the key.",
    bad=(
        "ask: Are comprehensive institutional accountability procedures documenting pharmaceutical "
        "reconciliation discrepancies systematically implemented?"
    ),
    good="ask: Does somebody write down each count that is off?",
    check=check,
)
