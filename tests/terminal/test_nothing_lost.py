"""Whatever goes wrong, what the screen called saved is in the journal."""

from __future__ import annotations

import os
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from compliance.errors import SurroundingsError
from compliance.terminal.prompts import Screen
from compliance.terminal.walkthrough import walk

if TYPE_CHECKING:
    from conftest import Clinic


class Interrupted(StringIO):
    """Lines to read, and Ctrl-C where they end."""

    def readline(self, size: int = -1, /) -> str:
        line = super().readline(size)
        if not line:
            raise KeyboardInterrupt
        return line


@pytest.mark.parametrize("typed", ["", "no\n", "no\nOpen.\n", "no\nOpen.\nAnn\n", "yes\n"])
def test_ctrl_c_goes_through_and_what_was_saved_stays(typed: str, clinic: Clinic) -> None:
    clinic.sit(clinic.facts)
    with clinic.open() as recording, pytest.raises(KeyboardInterrupt):
        walk(recording, Screen(Interrupted(typed), StringIO()), base=clinic.folder)
    assert clinic.kinds().count("answer") == typed.startswith("no")
    assert clinic.kinds().count("note") == ("Open." in typed)


def test_a_full_disk_is_said_and_nothing_is_called_saved(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.sit((*clinic.facts, "yes seen"))
    before, writer = clinic.events(), StringIO()

    def refuse(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with clinic.open() as recording:
        monkeypatch.setattr(os, "fsync", refuse)
        with pytest.raises(SurroundingsError, match="No space left"):
            walk(recording, Screen(StringIO("yes seen\n"), writer), base=clinic.folder)
        monkeypatch.undo()
    assert "Saved (" not in writer.getvalue()
    assert clinic.events() == before


def test_what_was_called_saved_is_what_the_journal_holds(clinic: Clinic) -> None:
    """The count on the screen never runs ahead of the journal, answer by answer."""
    lines = ["no", "", "", "", "yes seen", "5", "1", "5", "5", "5"]
    for number in range(len(lines)):
        sat = clinic.sit((*clinic.facts, *lines[: number + 1]) if number == 0 else [lines[number]])
        answers = {data["key"] for kind, data, _ in clinic.events() if kind == "answer"}
        if "Saved (" in sat.screen:
            last = sat.screen.rpartition("Saved (")[2].partition(" ")[0]
            assert int(last) == len(answers)


def test_what_was_typed_is_cleaned_before_it_is_kept(clinic: Clinic) -> None:
    sat = clinic.sit((*clinic.facts, "no", "The \x1b[31mdrawer\x1b[0m\twas\x07 open.\x1b[A"))
    assert clinic.last("note")[1] == {"note": "The drawer was open."}
    assert "\x1b" not in sat.screen


def test_a_line_that_is_too_long_is_refused_at_any_prompt(clinic: Clinic) -> None:
    sat = clinic.sit((*clinic.facts, "no", "x" * 4001, "Open."))
    assert "That line is longer than 4000 characters" in sat.screen
    assert clinic.last("note")[1] == {"note": "Open."}


def test_nothing_that_applies_is_said_and_ends(clinic: Clinic) -> None:
    clinic.depth = "quick"
    sat = clinic.sit(("Sunrise", "1", "12", "2019-01-01", "none", "none"))
    assert "No question of these checklists can be asked of this clinic." in sat.screen
    assert "No storage unit was listed, though there should be one." in sat.screen
    assert (sat.ending.kind, sat.ending.left) == ("finished", 0)
