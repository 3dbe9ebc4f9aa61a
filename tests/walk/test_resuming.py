"""Beginning and resuming on disk: whole or not at all, one at a time, and killed at any moment."""

import errno
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest

from compliance.checklist.library import Library
from compliance.checklist.pack_files import PackFiles
from compliance.errors import InputError, SurroundingsError
from compliance.walk.event import Event
from compliance.walk.journal import read_journal, write_lines
from compliance.walk.recording import Recording, begin, list_audits, look, parse_day, resume

Clock = Callable[[], datetime]
Begin = Callable[..., Recording]


@pytest.fixture
def begin_small(tmp_path: Path, small_pack: PackFiles, small: Library, clock: Clock) -> Begin:
    """Begin an audit of the small pack in a clinic's folder."""

    def make(day: str = "2026-11-23") -> Recording:
        data = {
            "as_of": day,
            "time_zone": "America/Denver",
            "depth": "core",
            "order": "law",
            "only": [],
            "packs": ["small-pack"],
            "digests": [small.packs[0].digest],
            "tool": "0",
        }
        begun = Event("begun", data, {"auditor": "Dana", "role": "Manager", "privilege": ""})
        return begin(tmp_path / "clinic", begun, [small_pack], small, clock=clock, by="Dana")

    return make


@pytest.fixture
def begun(begin_small: Begin) -> Recording:
    """An audit that was begun and let go."""
    recording = begin_small()
    recording.release()
    return recording


def answer(number: int) -> Event:
    return Event("answer", {"key": f"desk/q-{number}", "digest": "d", "answer": "yes"}, {})


def note(text: str) -> Event:
    return Event("note", {"key": "desk/last-count"}, {"note": text})


def test_an_audit_begins_with_copies_of_its_checklists_and_one_line(
    begun: Recording, small_pack: PackFiles
) -> None:
    copies = begun.folder / "checklists" / "small-pack"
    found = {p.relative_to(copies).as_posix(): p.read_bytes() for p in copies.rglob("*.yaml")}
    assert found == small_pack.files
    assert len(begun.journal.read_bytes().splitlines()) == 1


def test_what_was_recorded_is_there_again_with_its_checklists(
    begin_small: Begin, clock: Clock
) -> None:
    with begin_small() as recording:
        recording.record(answer(1), note("seen"))
        recording.record(Event("skip", {"key": "desk/c"}))
    with resume(recording.folder, clock) as again:
        assert (again.state, again.head) == (recording.state, recording.head)
        assert (again.by, again.set_aside) == ("Dana", 0)
        assert [e.key for e in again.library.entries] == [e.key for e in recording.library.entries]


def test_the_newest_audit_stands_last(begin_small: Begin, tmp_path: Path) -> None:
    for _ in range(11):
        begin_small().release()
    begin_small(day="2025-11-20").release()
    names = [folder.name for folder in list_audits(tmp_path / "clinic")]
    numbered = [f"2026-11-23-{number}" for number in range(2, 12)]
    assert names == ["2025-11-20", "2026-11-23", *numbered]
    assert list_audits(tmp_path / "nowhere") == []


def test_nothing_of_the_machine_stands_in_the_journal(begin_small: Begin) -> None:
    with begin_small() as recording:
        recording.record(answer(1))
    raw = recording.journal.read_bytes()
    events = read_journal(raw, "journal.jsonl").events
    assert {(event.at, event.by) for event in events} == {("2026-11-23T10:20:00-07:00", "Dana")}
    for told in (str(recording.folder), os.uname().nodename):
        assert told.encode() not in raw


def test_looking_mends_nothing(begun: Recording, clock: Clock) -> None:
    with begun.journal.open("ab") as stream:
        stream.write(b"torn")
    before = begun.journal.read_bytes()
    assert look(begun.folder, clock).set_aside == 4
    assert begun.journal.read_bytes() == before


def test_two_torn_lines_within_a_second_are_both_kept(begun: Recording, clock: Clock) -> None:
    for torn in (b"one", b"two"):
        with begun.journal.open("ab") as stream:
            stream.write(torn)
        resume(begun.folder, clock).release()
    kept = {path.read_bytes() for path in begun.folder.glob("journal.torn-*")}
    assert kept == {b"one", b"two"}


def test_after_a_torn_line_the_audit_goes_on(begun: Recording, clock: Clock) -> None:
    with begun.journal.open("ab") as stream:
        stream.write(b"torn")
    with resume(begun.folder, clock) as again:
        again.record(answer(2))
    read = read_journal(begun.journal.read_bytes(), "journal.jsonl")
    assert [event.kind for event in read.events] == ["begun", "recovered", "answer"]
    assert read.torn == b""


def test_withdrawn_text_is_nowhere_in_the_folder_and_the_chain_goes_on(
    begin_small: Begin, clock: Clock
) -> None:
    with begin_small() as recording:
        recording.record(note("Jane Roe limps"), answer(1))
        recording.withdraw(2, "a patient's name")
        recording.record(answer(2))
        attached = recording.state.attached_to("desk/last-count")
        assert attached.notes[0].text("note") == "[withdrawn]"
    everything = [path.read_bytes() for path in recording.folder.rglob("*") if path.is_file()]
    assert not [raw for raw in everything if b"Jane" in raw]
    with resume(recording.folder, clock) as again:
        assert (again.head, again.state) == (recording.head, recording.state)


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch, left: int = 0) -> Iterator[None]:
    """Let so many flushes through and refuse all that follow."""
    real, allowed = os.fsync, iter(range(left))

    def fsync(handle: int) -> None:
        if next(allowed, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fsync)
        yield


def test_a_withdrawal_is_whole_or_not_at_all(
    begin_small: Begin, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with begin_small() as recording:
        recording.record(note("Jane Roe limps"))
        before = recording.journal.read_bytes()
        with full_disk(monkeypatch), pytest.raises(SurroundingsError, match="No space left"):
            recording.withdraw(2, "a name")
        assert recording.journal.read_bytes() == before
        recording.withdraw(2, "a name")
    read = read_journal(recording.journal.read_bytes(), "journal.jsonl")
    assert [event.kind for event in read.events] == ["begun", "note", "withdraw"]
    resume(recording.folder, clock).release()


@pytest.mark.parametrize("left", range(0, 12, 2))
def test_an_audit_begins_whole_or_not_at_all(
    begin_small: Begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: int
) -> None:
    with full_disk(monkeypatch, left), pytest.raises(SurroundingsError, match="No space left"):
        begin_small()
    assert [path for path in (tmp_path / "clinic").rglob("*") if path.name != "audits"] == []
    with begin_small() as recording:
        assert recording.folder.name == "2026-11-23"


def test_what_was_only_just_begun_can_be_undone(begin_small: Begin, tmp_path: Path) -> None:
    begin_small().undo()
    assert list_audits(tmp_path / "clinic") == []
    with begin_small() as recording:
        assert recording.folder.name == "2026-11-23"


APPENDING = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from compliance.walk.event import Event
from compliance.walk.recording import resume

with resume(Path(sys.argv[1]), lambda: datetime.now(timezone.utc)) as recording:
    for number in range(100_000):
        data = {"key": f"desk/q-{number}", "digest": "d", "answer": "yes"}
        recording.record(Event("answer", data, {"reason": "r" * (number * 37 % 5000)}))
        print(number, flush=True)
"""
HOLDING = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from compliance.walk.recording import resume

with resume(Path(sys.argv[1]), lambda: datetime.now(timezone.utc)):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def child(code: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    command, pipe = [sys.executable, "-c", code, str(folder)], subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as running:
        try:
            yield running
        finally:
            running.kill()


@pytest.mark.parametrize("after", [0.0, 0.05, 0.13])
def test_an_answer_that_was_acknowledged_survives_a_kill(
    begun: Recording, clock: Clock, after: float
) -> None:
    with child(APPENDING, begun.folder) as running:
        assert running.stdout
        assert running.stdout.readline() == "0\n"
        time.sleep(after)
        running.send_signal(signal.SIGKILL)
        acknowledged = {f"desk/q-{number}" for number in ["0", *running.stdout.read().split()]}
    with resume(begun.folder, clock) as again:
        assert acknowledged <= set(again.state.answers)
        assert len(again.state.answers) <= len(acknowledged) + 1
        again.record(answer(1_000_000))
    resume(begun.folder, clock).release()


def test_two_processes_are_kept_apart_and_told_so(begun: Recording, clock: Clock) -> None:
    with child(HOLDING, begun.folder) as running:
        assert running.stdout
        assert running.stdin
        assert running.stdout.readline() == "held\n"
        with pytest.raises(InputError) as caught:
            resume(begun.folder, clock)
        assert str(caught.value) == (
            f"Somebody else has the audit in {begun.folder} open. Close it there, then try again."
        )
        assert look(begun.folder, clock).head == begun.head  # reading is allowed
        running.stdin.close()
        running.wait()
    resume(begun.folder, clock).release()


def test_one_that_was_killed_holds_no_lock(begun: Recording, clock: Clock) -> None:
    with child(HOLDING, begun.folder) as running:
        assert running.stdout
        assert running.stdout.readline() == "held\n"
    resume(begun.folder, clock).release()


def test_a_journal_that_something_else_wrote_to_takes_no_more(begin_small: Begin) -> None:
    with begin_small() as recording:
        with recording.journal.open("ab") as stream:
            stream.write(b"more")
        with pytest.raises(SurroundingsError, match="was changed by something else"):
            recording.record(answer(1))
        assert recording.journal.read_bytes().endswith(b"more")
        assert recording.state.answers == {}


def break_copy(folder: Path) -> None:
    (folder / "checklists" / "small-pack" / "desk.yaml").write_text("a: [")


def drop_journal(folder: Path) -> None:
    (folder / "journal.jsonl").unlink()


def empty_journal(folder: Path) -> None:
    (folder / "journal.jsonl").write_bytes(b"")


def drop_copies(folder: Path) -> None:
    (folder / "checklists").rename(folder / "gone")


SPOILT = [
    (break_copy, r"desk\.yaml:1:4: |desk\.yaml:2:1: "),
    (drop_journal, r"holds no audit: journal\.jsonl is missing"),
    (empty_journal, "has no beginning: it holds no audit"),
    (drop_copies, "There is no folder .* with checklists"),
]


@pytest.mark.parametrize(("spoil", "said"), SPOILT, ids=[one[0].__name__ for one in SPOILT])
def test_an_audit_that_was_spoilt_is_refused_and_let_go(
    begun: Recording, clock: Clock, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(begun.folder)
    for _ in range(2):  # the lock was let go after the first
        with pytest.raises(InputError, match=said):
            resume(begun.folder, clock)


NOT_UNDERSTOOD = [
    Event("answer", {"key": "desk/a"}),
    Event("fact", {"fact": "patients", "value": "many"}),
    Event("fact", {"fact": "x", "group": "staff", "thing": "nobody", "value": "y"}),
    Event("from-the-future", {}),  # type: ignore[arg-type]  # no kind of ours
]


@pytest.mark.parametrize("event", NOT_UNDERSTOOD, ids=lambda event: event.kind)
def test_a_line_that_says_what_we_do_not_understand_is_named(
    begun: Recording, clock: Clock, event: Event
) -> None:
    raw, _, _ = write_lines([event], begun.head, at="", by="", new_salt=bytes)
    with begun.journal.open("ab") as stream:
        stream.write(raw)
    with pytest.raises(InputError) as caught:
        resume(begun.folder, clock)
    assert str(caught.value).startswith(f"Line 2 of journal.jsonl ({event.kind}) says something")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("23.11.2026", "“23.11.2026” is not a date; write it as 2026-11-23."),
        ("2026-11-24", "2026-11-24 lies in the future; an audit records what was seen."),
        ("1999-12-31", "1999-12-31 cannot be the day of an audit; give a year from 2000 on."),
        ("2025-02-29", "“2025-02-29” is not a date; write it as 2026-11-23."),
    ],
)
def test_a_day_that_no_audit_can_have_is_refused(text: str, said: str) -> None:
    with pytest.raises(InputError, match=f"^{re.escape(said)}$"):
        parse_day(text, date(2026, 11, 23))


def test_today_is_a_day_for_an_audit() -> None:
    assert parse_day("2026-11-23", date(2026, 11, 23)) == date(2026, 11, 23)
