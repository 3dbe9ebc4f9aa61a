"""A small clinic to walk through, over two streams, with a fixed clock and fixed salts."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest

from compliance.checklist.library import read_library
from compliance.checklist.pack_files import gather
from compliance.terminal.prompts import Screen
from compliance.terminal.walkthrough import Ending, walk
from compliance.walk.event import Event
from compliance.walk.journal import read_journal
from compliance.walk.recording import Recording, begin, list_audits, resume

PACK = Path(__file__).parent / "pack"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("America/Denver"))

FACTS = (
    "Sunrise Clinic",  # name
    "1,3",  # routes: IV and nasal
    "office",
    "no",  # at night
    "1,200 patients",
    "2019-04-01",
    "Main Street",
    "Orchard",
    "",
    "CO",
    "Utah",
    "Ann Lee",
    "",
    "all",  # works at
    "Cabinet A",
    "Safe",
    "",
    "Main Street",
    "2",  # Orchard
)
"""What answers every question about the clinic."""


class CountingReader(StringIO):
    """Lines to read, counting how many were taken."""

    taken = 0

    def readline(self, size: int = -1, /) -> str:
        line = super().readline(size)
        self.taken += line.endswith("\n")
        return line


@dataclass(frozen=True)
class Sat:
    """How one sitting went: what stood on the screen, how it ended, which line was saved last."""

    screen: str
    ending: Ending
    saved: int

    def after(self, text: str) -> str:
        """Return what stood on the screen after the first mention of a text."""
        assert text in self.screen
        return self.screen.partition(text)[2]


@dataclass
class Clinic:
    """A clinic's folder and the sittings in it."""

    facts: ClassVar[tuple[str, ...]] = FACTS
    folder: Path
    depth: str = "core"
    order: str = "law"

    def sit(self, lines: Iterable[str], **options: object) -> Sat:
        """Walk with these lines as input, beginning the audit or going on with it."""
        reader, writer = CountingReader("".join(f"{line}\n" for line in lines)), StringIO()
        new = not list_audits(self.folder)
        with self.open() as recording:
            saved = self._note_saving(recording, reader)
            screen = Screen(reader, writer)
            given: dict[str, Any] = {"base": self.folder, "resumed": not new, **options}
            ending = walk(recording, screen, **given)
        return Sat(writer.getvalue(), ending, saved[-1])

    def open(self) -> Recording:
        """Open the audit, or begin it."""
        audits = list_audits(self.folder)
        recording = resume(audits[-1], lambda: NOON) if audits else self._begin()
        recording.new_salt = lambda size: b"s" * size
        return recording

    def _begin(self) -> Recording:
        packs = [gather(PACK)]
        library, diagnostics = read_library(packs)
        assert library, diagnostics
        data = {
            "as_of": "2026-11-23",
            "time_zone": "America/Denver",
            "depth": self.depth,
            "order": self.order,
            "only": [],
            "packs": ["small"],
            "digests": [edition.digest for edition in library.packs],
            "tool": "test",
        }
        begun = Event("begun", data, {"auditor": "Dana", "role": "owner", "privilege": ""})
        return begin(self.folder, begun, packs, library, clock=lambda: NOON, by="Dana")

    def _note_saving(self, recording: Recording, reader: CountingReader) -> list[int]:
        """Note after which line of input the disk had something new."""
        saved = [0]

        def tell_time() -> datetime:
            saved.append(reader.taken)
            return NOON

        recording.clock = tell_time
        return saved

    def events(self) -> list[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
        """Return what the journal holds."""
        path = list_audits(self.folder)[-1] / "journal.jsonl"
        events = read_journal(path.read_bytes(), path.name).events
        return [(one.kind, one.data, one.texts) for one in events]

    def last(self, kind: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Return data and texts of the newest event of a kind."""
        return next((data, texts) for name, data, texts in reversed(self.events()) if name == kind)

    def kinds(self) -> list[str]:
        """Return the kinds of all events."""
        return [kind for kind, _, _ in self.events()]

    def at(self, requirement: str, lines: Iterable[str] = (), **options: object) -> Sat:
        """Walk with the facts said, beginning at one requirement."""
        return self.sit((*FACTS, f"go {requirement}", *lines), **options)


@pytest.fixture(autouse=True, scope="session")
def _quick_disk() -> Iterator[None]:
    """Do not wait for the disk: what it takes to is tested with the journal."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _handle: None)
        yield


@pytest.fixture(scope="session")
def new_clinic() -> type[Clinic]:
    """Make a clinic that was never audited, in a folder."""
    return Clinic


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    """A clinic that was never audited."""
    return Clinic(tmp_path / "sunrise")
