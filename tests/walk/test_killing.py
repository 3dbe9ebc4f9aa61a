"""What was acknowledged outlives the process; two processes at once are kept apart."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from compliance.errors import InputError
from compliance.walk.recording import list_audits, look, resume

ENOUGH = 40
WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from compliance.checklist.library import read_library
from compliance.checklist.pack_files import gather
from compliance.resources import bundled_folder
from compliance.walk.event import Event
from compliance.walk.recording import begin

packs = [gather(bundled_folder("checklists"))]
library, _ = read_library(packs)
edition = library.packs[0]
data = {"as_of": "2026-11-23", "time_zone": "UTC", "depth": "core", "order": "law", "only": [],
        "packs": [edition.pack.name], "digests": [edition.digest], "tool": "test"}
begun = Event("begun", data, {"auditor": "A", "role": "B", "privilege": ""})
clock = lambda: datetime.now(UTC)
recording = begin(Path(sys.argv[1]), begun, packs, library, clock=clock, by="A")
for number in range(100_000):
    recording.record(Event("note", {}, {"note": f"note {number}"}))
    print(number, flush=True)
"""


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that records notes and says the number of each once it is recorded."""
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def read_until_enough(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= ENOUGH:
            return int(line)
    raise AssertionError("the writer ended early")


def test_a_killed_process_loses_nothing_that_it_acknowledged(
    writer: subprocess.Popen[str], tmp_path: Path
) -> None:
    acknowledged = read_until_enough(writer)
    writer.kill()
    writer.wait()
    (audit,) = list_audits(tmp_path)
    notes = [event.text("note") for event in look(audit, now).state.general_notes]
    assert notes[: acknowledged + 1] == [f"note {number}" for number in range(acknowledged + 1)]


def test_a_second_process_is_told_that_the_audit_is_open(
    writer: subprocess.Popen[str], tmp_path: Path
) -> None:
    read_until_enough(writer)
    (audit,) = list_audits(tmp_path)
    with pytest.raises(InputError, match="Somebody else has the audit"):
        resume(audit, now)
    writer.kill()
    writer.wait()
    with resume(audit, now) as recording:
        assert len(recording.state.general_notes) > ENOUGH
