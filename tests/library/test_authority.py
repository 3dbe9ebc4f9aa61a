"""What the library may never do: grade on hearsay, state what nobody read, or ask only of a few."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.checklist.rules import CONFIRMED

if TYPE_CHECKING:
    from compliance.checklist.library import Entry, Library

MOST_CRITICAL = 0.2


def levels(entry: Entry, library: Library) -> set[str]:
    return {library.sources[name].read for name in entry.requirement.cite}


def test_nothing_that_nobody_read_is_critical_or_stated(real: Library) -> None:
    for entry in real.entries:
        if levels(entry, real) == {"not-read"}:
            assert entry.requirement.grade != "critical", entry.key
            assert entry.requirement.ask.startswith(CONFIRMED), entry.key


def test_at_most_a_fifth_of_the_library_is_critical(real: Library) -> None:
    grades = Counter(entry.requirement.grade for entry in real.entries)
    assert grades["critical"] / sum(grades.values()) <= MOST_CRITICAL


def test_every_requirement_says_what_each_answer_means_and_what_to_do(real: Library) -> None:
    for entry in real.entries:
        asked = entry.requirement
        assert asked.yes_if, entry.key
        assert asked.no_if, entry.key
        assert asked.look_at, entry.key
        assert asked.why, entry.key
        assert asked.fix, entry.key


def test_every_checklist_has_its_scenarios() -> None:
    folder = Path(__file__).parents[2] / "checklists"
    for path in folder.glob("*/*.yaml"):
        if path.parent.name != "sources" and not path.name.endswith(".test.yaml"):
            assert path.with_suffix(".test.yaml").is_file(), path


def test_a_question_of_the_quick_twenty_takes_minutes_that_were_counted(real: Library) -> None:
    quick = [entry for entry in real.entries if entry.requirement.depth == "quick"]
    assert all(entry.requirement.minutes <= 4 for entry in quick)
