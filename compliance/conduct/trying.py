"""Walking a draft as it would be asked, saving nothing."""

import dataclasses
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from compliance.checklist.library import Library
from compliance.conduct.linting import DRAFT, read_draft
from compliance.conduct.opening import render_all
from compliance.errors import InputError
from compliance.terminal.prompts import Screen
from compliance.terminal.walkthrough import walk
from compliance.text.diagnostic import suggest
from compliance.walk.event import Event
from compliance.walk.recording import begin


def walk_draft(name: str) -> None:
    """Walk a checklist file, or one requirement of it.

    Raises:
        InputError: the file cannot be read, or has no such requirement.
    """
    path, wanted = _split(name)
    library, diagnostics = read_draft(path)
    if library is None:
        raise InputError(render_all(diagnostics))
    chosen = _narrow(library, path.stem, wanted)
    today = datetime.now(UTC).date()
    data = {
        "as_of": str(today),
        "time_zone": "UTC",
        "depth": "deep",
        "order": "law",
        "only": [],
        "packs": [],
        "digests": [],
        "tool": "",
    }
    begun = Event("begun", data, {"auditor": "", "role": "", "privilege": ""})
    screen = Screen(sys.stdin, sys.stdout)
    screen.say("This is a try: nothing is saved.")
    with tempfile.TemporaryDirectory() as scratch:
        clock = lambda: datetime.now(UTC)  # noqa: E731 - a clock is a small thing
        with begin(Path(scratch), begun, [], chosen, clock=clock, by="") as recording:
            walk(recording, screen, base=Path.cwd())
    screen.say("Nothing was saved.")


def _split(name: str) -> tuple[Path, str]:
    """Return the file and the requirement; the part after `.yaml/` is the requirement."""
    path, separator, wanted = name.partition(".yaml/")
    return (Path(f"{path}.yaml"), wanted) if separator else (Path(name), "")


def _narrow(library: Library, stem: str, wanted: str) -> Library:
    """Keep only the draft's requirements, or the one that was named."""
    mine = [e for e in library.entries if e.checklist.id == stem or e.key.startswith(f"{DRAFT}:")]
    if not wanted:
        return dataclasses.replace(library, entries=tuple(mine))
    one = [entry for entry in mine if entry.requirement.id == wanted]
    if not one:
        hint = suggest(wanted, [entry.requirement.id for entry in mine])
        raise InputError(f"{stem}.yaml has no requirement “{wanted}”. {hint}".rstrip())
    return dataclasses.replace(library, entries=tuple(one))
