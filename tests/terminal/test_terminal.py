"""The walk on a real terminal of 80 columns, and narrower ones."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pytest

from compliance.terminal.wrapping import measure

if TYPE_CHECKING:
    from conftest import Clinic

DRIVER = Path(__file__).with_name("driver.py")

LINES = (
    "no",
    "The drawer was open, and it had been open for so long that nobody could say since when.",
    "Ann Lee",
    "2026-12-01",
    "why",
    "list",
    "list skipped",
    "status",
    "?",
    "yes seen",
    "partly",
    "",
    "evidence /nowhere/at/all/in/a/folder/whose/name/is/much/longer/than/a/line/of/the/terminal/x",
    "go routes",
    "2",
    "1",
)


def _read_to_prompt(child: pexpect.spawn[str]) -> str:
    if child.expect(["> $", pexpect.EOF]):
        pytest.fail(f"The walk ended before its input did:\n{child.before}")
    return f"{child.before}{child.after}"


def walk_in_terminal(folder: Path, lines: tuple[str, ...], columns: int) -> str:
    """Return everything that stood on a terminal while the lines were typed."""
    child = pexpect.spawn(
        sys.executable,
        [str(DRIVER), str(folder)],
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        dimensions=(50, columns),
        timeout=20,
    )
    shown = _read_to_prompt(child)
    for line in lines:
        child.sendline(line)
        shown += _read_to_prompt(child)
    child.sendeof()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    return shown + child.before


def test_a_line_that_the_terminal_cut_off_is_refused(clinic: Clinic) -> None:
    """A terminal hands over 4095 bytes at most; what is beyond is gone before anybody sees it."""
    shown = walk_in_terminal(clinic.folder, ("é" * 3000, "Sunrise"), 80)
    assert "nothing of it was taken" in " ".join(shown.split())
    assert clinic.last("fact")[1] == {"value": "Sunrise"}


@pytest.mark.parametrize("columns", [80, 40, 200])
@pytest.mark.slow
def test_nothing_is_wider_than_the_terminal_and_no_escape_code_is_written(
    columns: int, clinic: Clinic
) -> None:
    shown = walk_in_terminal(clinic.folder, (*clinic.facts, *LINES), columns)
    assert "ended, " in shown
    assert not [c for c in shown if ord(c) < 32 and c not in "\r\n"]
    said = [line for line in shown.replace("\r", "").split("\n") if not line.startswith("> ")]
    assert max(measure(line) for line in said) <= min(columns, 100)
    assert max(measure(line) for line in said) > min(columns, 100) - 8


def test_force_and_grade_stand_at_the_right_edge(clinic: Clinic) -> None:
    shown = walk_in_terminal(clinic.folder, clinic.facts, 80).replace("\r", "")
    header = next(line for line in shown.split("\n") if line.startswith("The cabinet · 1 of 6"))
    assert header == "The cabinet · 1 of 6 · Cabinet A" + " " * 34 + "law · critical"


def test_what_is_typed_stands_behind_the_prompt(clinic: Clinic) -> None:
    shown = walk_in_terminal(clinic.folder, ("Sunrise",), 80)
    assert "\r\n> Sunrise\r\n" in shown


def test_a_sitting_in_a_terminal_goes_on_in_another(clinic: Clinic) -> None:
    walk_in_terminal(clinic.folder, (*clinic.facts, "no", "Open."), 80)
    shown = walk_in_terminal(clinic.folder, ("Ann", ""), 80)
    assert "You were at “Is this unit locked right now?” (Cabinet A) and answered: no." in shown
    assert "Set: Ann, no date yet." in shown
