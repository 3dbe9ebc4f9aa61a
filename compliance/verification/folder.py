"""Whether the audit's folder still says what the signed report says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from compliance.audit.judging import judge
from compliance.checklist.library import Library
from compliance.checklist.pack_files import read_bounded
from compliance.errors import ComplianceError
from compliance.verification.check import Check, combine
from compliance.walk.event import Event
from compliance.walk.evidence import check_evidence
from compliance.walk.journal import Head, JournalRead, read_journal
from compliance.walk.recording import EVIDENCE, JOURNAL
from compliance.walk.state import AuditState

Data = Mapping[str, Any]
_QUESTION = "The journal"
_NONSENSE = (LookupError, TypeError, AttributeError, ValueError, ArithmeticError, RecursionError)
"""What judging events of any shape may raise: a chain of hashes proves no sense."""

_HASH = re.compile("[0-9a-f]{64}")
_MAX_JOURNAL = 512 * 1024 * 1024


def check_folder(data: Data, library: Library, folder: Path) -> Iterator[Check]:
    """Yield whether journal and evidence in an audit's folder agree with the report."""
    if not (folder / JOURNAL).is_file():
        sentence = f"“{folder}” holds no {JOURNAL}; name the audit's own folder, such as my-clinic/audits/2026-11-23."
        yield Check(_QUESTION, "fails", sentence, "no-journal")
        return
    head = Head(data["journal"]["events"], data["journal"]["head"])
    try:
        raw = read_bounded(folder / JOURNAL, _MAX_JOURNAL)
        everything = read_journal(raw, JOURNAL)
    except ComplianceError as error:
        yield Check(_QUESTION, "fails", str(error), "broken")
        return
    concluded = _read_until(raw, everything, head)
    if concluded.head != head:
        yield Check(_QUESTION, "fails", _say_other(everything, head), "another")
        return
    yield _say_later(everything, head)
    yield _check_retelling(data, library, concluded)
    yield _check_evidence(concluded.events, folder / EVIDENCE)


def _read_until(raw: bytes, everything: JournalRead, head: Head) -> JournalRead:
    """Return the journal as it was when the report was made; all of it when it is shorter."""
    if everything.head.count <= head.count:
        return everything
    lines = raw.split(b"\n")[: head.count]
    return read_journal(b"".join(line + b"\n" for line in lines), JOURNAL)


def _say_other(everything: JournalRead, head: Head) -> str:
    if everything.head.count < head.count:
        return (
            f"It holds {everything.head.count} of the {head.count} events that the report was made "
            "from: its end was cut off, or it belongs to another audit."
        )
    return "It is not the journal that this report was made from."


def _say_later(everything: JournalRead, head: Head) -> Check:
    later = everything.head.count - head.count
    if later:
        added = "1 event was" if later == 1 else f"{later} events were"
        return Check(_QUESTION, "told", f"It holds; {added} added after the report.", "longer")
    if everything.torn:
        return Check(_QUESTION, "told", "It holds; behind it stands a line that was torn.", "torn")
    return Check(
        _QUESTION, "holds", "It is the one that this report was made from, to the last line."
    )


def _check_retelling(data: Data, library: Library, concluded: JournalRead) -> Check:
    """Judge the journal again; texts that were withdrawn later are blank in it, so they may differ."""
    question = "The result, made again from the journal"
    again = _judge_again(library, concluded)
    if again is None:
        sentence = "The journal holds together, and tells of no audit of these checklists."
        return Check(question, "fails", sentence, "makes-no-sense")
    again["tool"] = data["tool"]
    if again == data:
        return Check(question, "holds", "It is the same.")
    blanked = {
        (event.kind, name)
        for event in concluded.events
        for name, text in event.texts.items()
        if text is None
    }
    if blanked and _is_blanked(again, data):
        return Check(
            question, "told", "It is the same but for texts that were withdrawn since.", "withdrawn"
        )
    if blanked & {("answer", "value"), ("fact", "value")}:
        sentence = "An answer was withdrawn since, so its finding cannot be made again."
        return Check(question, "told", sentence, "withdrawn")
    return Check(question, "fails", "It is another result than the one in the report.", "another")


def _judge_again(library: Library, concluded: JournalRead) -> dict[str, Any] | None:
    """Return the result that a journal gives; None for one that nobody wrote by auditing."""
    state = AuditState(library.sheet)
    try:
        for event in concluded.events:
            state.take(event)
        judged: dict[str, Any] = _plain(judge(library, state, concluded.head).as_data())
    except _NONSENSE:
        return None
    return judged


def _is_blanked(again: Any, then: Any) -> bool:  # noqa: ANN401 - plain data of any shape
    """Whether two results differ in nothing but texts that now read `[withdrawn]`."""
    if isinstance(again, dict) and isinstance(then, dict):
        return again.keys() == then.keys() and all(_is_blanked(again[k], then[k]) for k in again)
    if isinstance(again, list) and isinstance(then, list):
        return len(again) == len(then) and all(map(_is_blanked, again, then))
    if isinstance(again, str) and isinstance(then, str) and "[withdrawn]" in again:
        return True
    return bool(again == then)


def _check_evidence(events: Sequence[Event], folder: Path) -> Check:
    """Check every file that was ever attached, also where its question was hidden later."""
    held = [event for event in events if event.kind == "evidence" and event.data.get("sha256")]
    names = {str(event.data["sha256"]): event.text("name") for event in held}
    states = {sha256: _find_state(folder, sha256) for sha256 in names}
    troubles = [
        f"“{names[one]}” ({one[:12]}…) is {state}." for one, state in states.items() if state
    ]
    files = "1 file" if len(names) == 1 else f"{len(names)} files"
    good = f"{files}, each as its hash says." if names else "No file was attached."
    return combine("The evidence", troubles, good, "missing-or-changed")


def _find_state(folder: Path, sha256: str) -> str:
    if not _HASH.fullmatch(sha256):
        return "under no hash"
    try:
        return check_evidence(folder, sha256)
    except OSError as error:
        return f"unreadable ({error.strerror})"


def _plain(data: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """Turn tuples into lists, as JSON does."""
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    return [_plain(one) for one in data] if isinstance(data, list | tuple) else data
