"""An audit on disk: its folder, its lock, its journal, and the state folded from it."""

import contextlib
import secrets
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Self

import filelock

from compliance.checklist.library import Library, read_library
from compliance.checklist.pack_files import PackFiles, gather
from compliance.errors import InputError
from compliance.walk.event import Event
from compliance.walk.evidence import EvidenceFile, keep_evidence
from compliance.walk.journal import Head, blank_texts, read_journal, write_lines
from compliance.walk.state import AuditState
from compliance.walk.storing import append_flushed, disk_trouble_named, make_folder, write_beside

JOURNAL, CHECKLISTS, EVIDENCE, REPORT = "journal.jsonl", "checklists", "evidence", "report.pdf"
_LOCK = ".lock"

Clock = Callable[[], datetime]


@dataclass(slots=True)
class Recording:
    """One audit: what was recorded so far, and the way to record more.

    Nothing is acknowledged before the disk has it.
    """

    folder: Path
    library: Library
    state: AuditState
    head: Head
    clock: Clock
    by: str = ""
    new_salt: Callable[[int], bytes] = secrets.token_bytes
    set_aside: int = 0
    size: int = 0
    _lock: filelock.FileLock | None = field(default=None, repr=False)

    @property
    def journal(self) -> Path:
        """Where the journal lies."""
        return self.folder / JOURNAL

    def record(self, *events: Event) -> None:
        """Append events, wait for the disk, then fold them into the state.

        Raises:
            SurroundingsError: the disk refuses; then nothing was recorded.
        """
        at = self.clock().isoformat(timespec="seconds")
        raw, head, numbered = write_lines(
            events, self.head, at=at, by=self.by, new_salt=self.new_salt
        )
        append_flushed(self.journal, raw, self.size)
        self.head, self.size = head, self.size + len(raw)
        for event in numbered:
            self.state.take(event)

    def keep(self, file: EvidenceFile, raw: bytes) -> None:
        """Put a file into this audit's evidence."""
        keep_evidence(self.folder / EVIDENCE, file, raw)

    def withdraw(self, number: int, why: str) -> None:
        """Blank the texts of one event for good, and record who did so and why.

        Raises:
            InputError: there is no such event, or it holds no text.
        """
        blanked = blank_texts(self.journal.read_bytes(), number)
        self._rewrite(blanked, Event("withdraw", {"n": number}, {"why": why}))

    def _rewrite(self, raw: bytes, *events: Event) -> None:
        """Write the journal anew with more events behind it: all of it, or nothing."""
        at = self.clock().isoformat(timespec="seconds")
        lines, _, _ = write_lines(events, self.head, at=at, by=self.by, new_salt=self.new_salt)
        whole = raw + lines
        write_beside(self.journal, whole)
        read = read_journal(whole, JOURNAL)
        self.head, self.size = read.head, len(whole)
        self.state = _fold(self.library, read.events)

    def undo(self) -> None:
        """Remove the folder of an audit that was only just begun, before anything was acknowledged."""
        self.release()
        shutil.rmtree(self.folder, ignore_errors=True)
        with contextlib.suppress(OSError):
            self.folder.parent.rmdir()  # only when it is empty

    def release(self) -> None:
        """Let another process have the audit."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def begin(
    clinic: Path,
    begun: Event,
    packs: Sequence[PackFiles],
    library: Library,
    *,
    clock: Clock,
    by: str,
) -> Recording:
    """Make a new audit in the clinic's folder: copies of the checklists, and the first event.

    Raises:
        InputError: another process has the audit.
        SurroundingsError: the disk refuses.
    """
    folder = _new_folder(clinic / "audits", str(begun.data["as_of"]))
    lock = _take_lock(folder)
    state = AuditState(library.sheet)
    recording = Recording(folder, library, state, Head(), clock, by, _lock=lock)
    try:
        for name, files in zip(begun.data["packs"], packs, strict=True):
            for relative, raw in files.files.items():
                write_beside(folder / CHECKLISTS / name / relative, raw)
        recording._rewrite(b"", begun)  # noqa: SLF001 - our own class
    except BaseException:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)  # this call made it, and nothing is in it yet
        raise
    return recording


def resume(folder: Path, clock: Clock, by: str = "") -> Recording:
    """Open an audit that was begun, with the checklists it was begun with, and lock it.

    A torn last line is set aside into a file of its own, and said in the journal.

    Raises:
        InputError: the journal is damaged, or another process has the audit.
    """
    lock = _take_lock(folder)
    try:
        recording = look(folder, clock)
        recording.by, recording._lock = by or recording.by, lock  # noqa: SLF001 - our own class
        _set_torn_aside(recording)
    except BaseException:
        lock.release()
        raise
    return recording


def look(folder: Path, clock: Clock) -> Recording:
    """Read an audit without locking or mending it.

    Raises:
        InputError: the journal is damaged or missing, or a copied checklist was edited.
    """
    path = folder / JOURNAL
    if not path.is_file():
        raise InputError(f"“{folder}” holds no audit: {JOURNAL} is missing.")
    with disk_trouble_named(path):
        raw = path.read_bytes()
    read = read_journal(raw, str(path))
    if not read.events or read.events[0].kind != "begun":
        raise InputError(f"{path} has no beginning: it holds no audit. Begin a new one.")
    library = _read_copies(folder, read.events[0])
    state = _fold(library, read.events)
    by = read.events[-1].by
    torn = len(read.torn)
    return Recording(
        folder, library, state, read.head, clock, by, set_aside=torn, size=len(raw) - torn
    )


def _read_copies(folder: Path, begun: Event) -> Library:
    """Read the checklists that were copied when the audit began; they must be what they were."""
    packs = [gather(folder / CHECKLISTS / name) for name in begun.data["packs"]]
    library, diagnostics = read_library(packs)
    if library is None:
        raise InputError("\n".join(one.render() for one in diagnostics[:5]))
    for edition, digest in zip(library.packs, begun.data["digests"], strict=True):
        if edition.digest != digest:
            raise InputError(
                f"The copied checklists of “{edition.pack.name}” in {folder / CHECKLISTS} were "
                "changed after the audit began. Put them back from a copy, or begin a new audit."
            )
    return library


def _fold(library: Library, events: Sequence[Event]) -> AuditState:
    state = AuditState(library.sheet)
    for event in events:
        try:
            state.take(event)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise InputError(
                f"Line {event.number} of {JOURNAL} ({event.kind}) says something that this version "
                "of the program does not understand. Open the audit with the version that wrote it."
            ) from error
    return state


def _set_torn_aside(recording: Recording) -> None:
    if not recording.set_aside:
        return
    raw = recording.journal.read_bytes()
    whole, torn = raw[: -recording.set_aside], raw[-recording.set_aside :]
    stamp = recording.clock().strftime("%Y%m%dT%H%M%S")
    write_beside(recording.folder / f"journal.torn-{stamp}-{recording.head.count}", torn)
    recording._rewrite(whole, Event("recovered", {"bytes": len(torn)}))  # noqa: SLF001 - our own class


def list_audits(clinic: Path) -> list[Path]:
    """Return the folders of a clinic's audits, the oldest first."""
    audits = clinic / "audits"
    if not audits.is_dir():
        return []
    return sorted(
        (one for one in audits.iterdir() if (one / JOURNAL).is_file()),
        key=lambda one: (one.name[:10], len(one.name), one.name),
    )


def _new_folder(audits: Path, day: str) -> Path:
    make_folder(audits)
    for number in range(1, 1000):
        folder = audits / (day if number == 1 else f"{day}-{number}")
        with disk_trouble_named(folder):
            try:
                folder.mkdir()
            except FileExistsError:
                continue
            return folder
    raise InputError(f"There are too many audits of {day} in {audits}.")


def _take_lock(folder: Path) -> filelock.FileLock:
    lock = filelock.FileLock(folder / _LOCK)
    with disk_trouble_named(folder):
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            raise InputError(
                f"Somebody else has the audit in {folder} open. Close it there, then try again."
            ) from None
    return lock


def parse_day(text: str, today: date) -> date:
    """Return the day of an audit.

    Raises:
        InputError: it is no date, lies in the future, or before the year 2000.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InputError(f"“{text}” is not a date; write it as 2026-11-23.") from None
    if day > today:
        raise InputError(f"{day} lies in the future; an audit records what was seen.")
    if day < date(2000, 1, 1):
        raise InputError(f"{day} cannot be the day of an audit; give a year from 2000 on.")
    return day
