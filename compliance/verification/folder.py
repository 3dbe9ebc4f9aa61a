"""Whether the audit's folder still says what the signed report says."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from compliance.audit.judging import judge
from compliance.checklist.library import Library
from compliance.errors import ComplianceError
from compliance.verification.check import Check, combine
from compliance.walk.evidence import check_evidence
from compliance.walk.journal import Head, read_journal
from compliance.walk.recording import EVIDENCE, JOURNAL
from compliance.walk.state import AuditState

Data = Mapping[str, Any]


def check_folder(data: Data, library: Library, folder: Path) -> Iterator[Check]:
    """Yield whether journal and evidence in an audit's folder agree with the report."""
    question = "The journal"
    path = folder / JOURNAL
    if not path.is_file():
        yield Check(question, "fails", f"“{folder}” holds no {JOURNAL}.")
        return
    try:
        raw = path.read_bytes()
        count = data["journal"]["events"]
        everything = read_journal(raw, JOURNAL)
        concluded = read_journal(
            b"".join(line + b"\n" for line in raw.split(b"\n")[:count]), JOURNAL
        )
    except ComplianceError as error:
        yield Check(question, "fails", str(error))
        return
    if concluded.head != Head(count, data["journal"]["head"]):
        yield Check(
            question,
            "fails",
            "It is not the journal that this report was made from, or its end was cut off.",
        )
        return
    yield _say_later(everything.head.count - count)
    yield _check_retelling(data, library, concluded.events, concluded.head)
    yield _check_evidence(data, folder / EVIDENCE)


def _say_later(later: int) -> Check:
    if later:
        return Check(
            "The journal", "told", f"It holds; {later} events were added after the report."
        )
    return Check(
        "The journal", "holds", "It is the one that this report was made from, to the last line."
    )


def _check_retelling(data: Data, library: Library, events: Any, head: Head) -> Check:  # noqa: ANN401 - a tuple of events
    """Judge the journal again; texts that were withdrawn later are blank in it, so they may differ."""
    question = "The result, made again from the journal"
    state = AuditState(library.sheet)
    for event in events:
        state.take(event)
    again = _plain(judge(library, state, head).as_data())
    then = dict(data)
    again["tool"] = then["tool"]
    blanked = any(text is None for event in events for text in event.texts.values())
    if again == then:
        return Check(question, "holds", "It is the same.")
    if blanked and again["scores"] == then["scores"]:
        return Check(question, "told", "Texts were withdrawn since; the counts are the same.")
    return Check(question, "fails", "It is another result than the one in the report.")


def _check_evidence(data: Data, folder: Path) -> Check:
    held = {
        evidence["sha256"]: evidence["name"]
        for finding in data["findings"]
        for thing in finding["things"]
        for evidence in thing["evidence"]
        if evidence["sha256"]
    }
    states = {name: check_evidence(folder, sha) for sha, name in held.items()}
    troubles = [f"“{name}” is {state}." for name, state in states.items() if state]
    return combine("The evidence", troubles, f"{len(held)} files, each as its hash says.")


def _plain(data: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """Turn tuples into lists, as JSON does."""
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    return [_plain(one) for one in data] if isinstance(data, list | tuple) else data
