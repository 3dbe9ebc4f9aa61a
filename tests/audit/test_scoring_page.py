"""The worked example of docs/scoring.md, worked out again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Audit

    from compliance.checklist.library import Library

SCORING = Path(__file__).parents[2] / "docs" / "scoring.md"


def read_tables() -> list[list[dict[str, str]]]:
    """Return the tables of the worked example, row by row."""
    example = SCORING.read_text("utf-8").partition("## A worked example")[2]
    blocks = [part.splitlines() for part in example.split("\n\n") if part.startswith("|")]
    rows = [[[c.strip() for c in line.split("|")[1:-1]] for line in block] for block in blocks]
    return [[dict(zip(block[0], row, strict=True)) for row in block[2:]] for block in rows]


NOTES: dict[str, dict[str, Any]] = {
    "": {},
    "corrected on the spot": {},
    "`partly_if` says what is lesser": {"partly_if": "It is there and not current."},
    "nobody read the rule": {"cite": ["unread"]},
    "evidence required, none given": {"evidence": "required"},
}
SAID = {"don't know": "unknown", "not applicable": "not-applicable"}


@pytest.fixture(scope="module")
def example(make_library: Callable[..., Library], begin: Callable[..., Audit]) -> Audit:
    rows = read_tables()[0]
    each = ["site" if ":" in row["answers"] else None for row in rows]
    made = [
        {"id": row["requirement"], "force": row["force"], "grade": row["grade"], "for_each": group}
        | NOTES[row["note"]]
        for row, group in zip(rows, each, strict=True)
    ]
    audit = begin(make_library(*made))
    audit.declare("site", "Main Street", "Orchard")
    for row in rows:
        for part in row["answers"].split("; "):
            thing, _, said = part.rpartition(": ")
            key = f"only/{row['requirement']}" + (
                f"@{thing.lower().replace(' ', '-')}" * bool(thing)
            )
            if said != "not answered":
                audit.answer(key, SAID.get(said, said))
            if said == "no" and row["note"].startswith("corrected"):
                audit.add("correction", key, correction="Mended.")
    return audit


def test_the_worked_example_counts_each_requirement_as_the_page_says(example: Audit) -> None:
    said = {f"only/{row['requirement']}": row["counts as"] for row in read_tables()[0]}
    assert {one.requirement: one.conclusion for one in example.judge().findings} == said


def test_the_worked_example_has_the_figures_of_the_page(example: Audit) -> None:
    figures = [
        {
            "force": one.force,
            "conforming": str(one.conforming),
            "partly": str(one.partly),
            "nonconforming": str(one.nonconforming),
            "not determined": str(one.not_determined),
            "counted": str(one.counted),
            "declared not applicable": str(one.not_applicable),
        }
        for one in example.judge().scores
    ]
    assert figures == read_tables()[1]


def test_the_worked_example_concludes_as_the_page_says(example: Audit) -> None:
    block = SCORING.read_text("utf-8").partition("```text\n")[2].partition("```")[0]
    assert list(example.judge().conclusion.lines) == block.splitlines()
