"""The page that teaches the language says what the code does."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from compliance.checklist.condition import AllOf, AnyOf, Not, Truth
from compliance.conduct.linting import read_draft

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "writing-a-checklist.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
TABLE = PAGE.partition("| a | b | a and b | a or b | not a |")[2].partition("\n\n")[0]
ROWS = re.findall(r"^\| (\w+) \| (\w+) \| (\w+) \| (\w+) \| (\w+) \|$", TABLE, re.MULTILINE)
TRUTHS = {"no": Truth.NO, "unknown": Truth.UNKNOWN, "yes": Truth.YES}


@dataclass(frozen=True)
class Fixed:
    """A condition whose truth is given."""

    truth: Truth

    def holds(self, world: object) -> Truth:  # noqa: ARG002 - a condition has a world
        return self.truth


def read(folder: Path, *lines: str) -> list[str]:
    """Return what is wrong with the smallest checklist when lines are put into its requirement."""
    more = "".join(f"        {line}\n" for line in lines)
    draft = folder / "cart-check.yaml"
    draft.write_text(BLOCKS[0].replace("        force:", f"{more}        force:"), encoding="utf-8")
    return [one.message for one in read_draft(draft)[1]]


def test_the_smallest_checklist_can_be_read(tmp_path: Path) -> None:
    assert read(tmp_path) == []


@pytest.mark.parametrize("line", [one for one in BLOCKS[1].splitlines() if one])
def test_each_answer_on_the_page_can_be_read(line: str, tmp_path: Path) -> None:
    assert read(tmp_path, line) == []


def test_the_condition_on_the_page_can_be_read(tmp_path: Path) -> None:
    assert read(tmp_path, "for_each: staff", *BLOCKS[2].splitlines()) == []


@pytest.mark.parametrize(("a", "b", "both", "either", "negated"), ROWS)
def test_the_truth_table_is_the_code_s(
    a: str, b: str, both: str, either: str, negated: str
) -> None:
    parts = (Fixed(TRUTHS[a]), Fixed(TRUTHS[b]))
    world = None
    assert AllOf(parts).holds(world) is TRUTHS[both]
    assert AnyOf(parts).holds(world) is TRUTHS[either]
    assert Not(parts[0]).holds(world) is TRUTHS[negated]


def test_the_truth_table_is_whole() -> None:
    assert len(ROWS) == len(TRUTHS) ** 2
