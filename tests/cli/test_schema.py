"""The schemas handed out: the committed ones, on the screen or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

ROOT = Path(__file__).parents[2]
PLACES = {
    **dict.fromkeys(["checklist", "facts", "sources", "forms", "pack"], ROOT / "checklists"),
    **dict.fromkeys(["result", "verification"], ROOT / "docs" / "schemas"),
}


@pytest.mark.parametrize("kind", PLACES)
def test_the_schema_of_each_kind_is_the_committed_one(run: Run, here: Path, kind: str) -> None:
    committed = (PLACES[kind] / f"{kind}.schema.json").read_text("utf-8")
    ran = run("schema", kind)
    assert (ran.code, ran.out, ran.err) == (0, committed, "")
    ran = run("schema", kind, "--output", "mine.json")
    assert (ran.code, ran.out) == (0, "Written: mine.json\n")
    assert (here / "mine.json").read_bytes() == committed.encode()


def test_a_checklist_is_meant_when_nothing_is_said(run: Run) -> None:
    assert run("schema").out == run("schema", "checklist").out


def test_a_schema_is_written_over_the_one_before_and_into_a_new_folder(
    run: Run, here: Path
) -> None:
    for _ in range(2):
        assert run("schema", "pack", "-o", "schemas/pack.schema.json").code == 0
    assert [one.name for one in (here / "schemas").iterdir()] == ["pack.schema.json"]


@pytest.mark.parametrize(
    ("given", "word"),
    [
        (("scenario",), "'checklist', 'facts', 'sources', 'forms', 'pack'"),
        (("pack", "facts"), "unexpected extra argument"),
        (("-o", "."), "“.” is a folder; name a file."),
        (("-o", "facts.yaml"), "“facts.yaml” would be taken for a checklist; name another file."),
    ],
)
def test_wrong_use_ends_with_2_and_writes_nothing(
    run: Run, here: Path, given: tuple[str, ...], word: str
) -> None:
    ran = run("schema", *given)
    assert (ran.code, ran.out) == (2, "")
    assert word in ran.err
    assert list(here.iterdir()) == []


def test_a_folder_that_takes_no_file_is_the_surroundings_fault(run: Run, here: Path) -> None:
    (here / "file").write_text("", "utf-8")
    ran = run("schema", "-o", "file/schema.json")
    assert ran.code == 3
    assert "cannot be written" in ran.err
