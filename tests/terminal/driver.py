"""Walks the small pack in a terminal: `driver.py FOLDER`; run by the test of the terminal."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from compliance.checklist.library import read_library
from compliance.checklist.pack_files import gather
from compliance.terminal.prompts import Screen
from compliance.terminal.walkthrough import walk
from compliance.walk.event import Event
from compliance.walk.recording import begin, list_audits, resume


def main(folder: Path) -> None:
    audits = list_audits(folder)
    if audits:
        recording = resume(audits[-1], lambda: datetime.now(UTC))
    else:
        packs = [gather(Path(__file__).parent / "pack")]
        library, _ = read_library(packs)
        assert library
        scope = {"as_of": "2026-11-23", "time_zone": "UTC", "depth": "core", "order": "law"}
        named = {"packs": ["small"], "digests": [library.packs[0].digest], "only": [], "tool": ""}
        begun = Event("begun", scope | named, {"auditor": "", "role": "", "privilege": ""})
        clock = lambda: datetime.now(UTC)  # noqa: E731 - a clock is a small thing
        recording = begin(folder, begun, packs, library, clock=clock, by="")
    with recording:
        ending = walk(recording, Screen(sys.stdin, sys.stdout), base=folder, resumed=bool(audits))
    sys.stdout.write(f"{ending.kind}, {ending.left} left\n")


main(Path(sys.argv[1]))
