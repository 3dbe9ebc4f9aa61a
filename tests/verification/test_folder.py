"""A report beside the audit's folder: whether journal and evidence still say the same."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from compliance.audit.judging import judge
from compliance.report.carried import to_json
from compliance.verification.verifying import check_data
from compliance.walk.event import Event
from compliance.walk.journal import read_journal
from compliance.walk.journal import write_lines as write_journal
from compliance.walk.recording import Recording, resume

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from conftest import Made

    from compliance.verification.check import Check, Verification

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
JOURNAL, AGAIN, EVIDENCE = (
    "The journal",
    "The result, made again from the journal",
    "The evidence",
)


def of_folder(found: Verification) -> dict[str, tuple[str, str]]:
    """Return verdict and sentence of what was checked in the folder."""
    told = {check.question: (check.verdict, check.sentence) for check in found.checks}
    return {question: told[question] for question in (JOURNAL, AGAIN, EVIDENCE) if question in told}


def lines_of(folder: Path) -> list[bytes]:
    return (folder / "journal.jsonl").read_bytes().splitlines(keepends=True)


def write_lines(folder: Path, lines: list[bytes]) -> None:
    (folder / "journal.jsonl").write_bytes(b"".join(lines))


def scans(folder: Path) -> list[Path]:
    return sorted((folder / "evidence").iterdir())


def reopen(folder: Path) -> Recording:
    return resume(folder, lambda: NOW, "Dana Reyes")


def test_an_untouched_folder_agrees_with_its_report(
    made: Made, folder: Path, check: Callable[..., Verification]
) -> None:
    found = check(made.signed, folder=folder)
    assert found.holds
    assert of_folder(found) == {
        JOURNAL: ("holds", "It is the one that this report was made from, to the last line."),
        AGAIN: ("holds", "It is the same."),
        EVIDENCE: ("holds", "2 files, each as its hash says."),
    }


def test_an_edited_line_is_named(
    made: Made, folder: Path, check: Callable[..., Verification]
) -> None:
    lines = lines_of(folder)
    place = next(n for n, line in enumerate(lines) if b'"answer":"no"' in line)
    lines[place] = lines[place].replace(b'"answer":"no"', b'"answer":"yes"')
    write_lines(folder, lines)
    found = check(made.signed, folder=folder)
    verdict, said = of_folder(found)[JOURNAL]
    assert verdict == "fails"
    assert f"Line {place + 2} of journal.jsonl does not follow from the line before it" in said


def test_the_last_line_edited_is_another_journal(
    made: Made, folder: Path, check: Callable[..., Verification]
) -> None:
    lines = lines_of(folder)
    lines[-1] = lines[-1].replace(b"gaps", b"caps")
    write_lines(folder, lines)
    found = check(made.signed, folder=folder)
    said = "It is not the journal that this report was made from."
    assert of_folder(found)[JOURNAL] == ("fails", said)


@pytest.mark.parametrize("lost", [1, 3])
def test_a_tail_that_was_cut_off_is_counted(
    made: Made, folder: Path, check: Callable[..., Verification], lost: int
) -> None:
    lines = lines_of(folder)
    write_lines(folder, lines[:-lost])
    verdict, said = of_folder(check(made.signed, folder=folder))[JOURNAL]
    assert verdict == "fails"
    assert said.startswith(f"It holds {len(lines) - lost} of the {len(lines)} events")


def test_a_line_taken_out_is_found(
    made: Made, folder: Path, check: Callable[..., Verification]
) -> None:
    lines = lines_of(folder)
    write_lines(folder, lines[:4] + lines[5:])
    verdict, said = of_folder(check(made.signed, folder=folder))[JOURNAL]
    assert verdict == "fails"
    assert "Line 5 of journal.jsonl" in said


def test_events_after_the_report_are_told_and_do_not_fail(
    made: Made, folder: Path, check: Callable[..., Verification]
) -> None:
    with reopen(folder) as recording:
        recording.record(Event("note", {}, {"note": "Locked since."}))
    found = check(made.signed, folder=folder)
    assert found.holds
    assert of_folder(found)[JOURNAL] == ("told", "It holds; 1 event was added after the report.")
    assert of_folder(found)[AGAIN][0] == "holds"


def test_a_torn_line_behind_the_end_is_told(
    made: Made, folder: Path, check: Callable[..., Verification]
) -> None:
    write_lines(folder, [*lines_of(folder), b'{"n":'])
    found = check(made.signed, folder=folder)
    assert found.holds
    assert of_folder(found)[JOURNAL][0] == "told"


def test_a_damaged_line_behind_the_end_fails(
    made: Made, folder: Path, check: Callable[..., Verification]
) -> None:
    write_lines(folder, [*lines_of(folder), b'{"n":\n'])
    assert of_folder(check(made.signed, folder=folder))[JOURNAL][0] == "fails"


def test_evidence_that_was_changed_is_named_and_so_is_its_namesake(
    made: Made, folder: Path, check: Callable[..., Verification]
) -> None:
    first, second = scans(folder)
    first.chmod(0o644)
    first.write_bytes(b"another page")
    verdict, said = of_folder(check(made.signed, folder=folder))[EVIDENCE]
    assert verdict == "fails"
    assert said == f"“scan.png” ({first.name[:12]}…) is changed."
    second.unlink()
    said = of_folder(check(made.signed, folder=folder))[EVIDENCE][1]
    assert f"({second.name[:12]}…) is missing." in said
    assert f"({first.name[:12]}…) is changed." in said


def test_evidence_that_cannot_be_read_is_no_traceback(
    made: Made,
    folder: Path,
    check: Callable[..., Verification],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("compliance.verification.folder.check_evidence", refuse)
    verdict, said = of_folder(check(made.signed, folder=folder))[EVIDENCE]
    assert verdict == "fails"
    assert "unreadable (Permission denied)" in said


def withdraw(folder: Path, kind: str) -> None:
    with reopen(folder) as recording:
        events = [json.loads(line) for line in lines_of(folder)]
        number = next(e["n"] for e in events if e["event"] == kind and e["text"])
        recording.withdraw(number, "named a patient")


def test_a_note_that_was_withdrawn_is_told(
    made: Made, folder: Path, check: Callable[..., Verification]
) -> None:
    withdraw(folder, "note")
    found = check(made.signed, folder=folder)
    assert found.holds
    assert of_folder(found)[AGAIN] == (
        "told",
        "It is the same but for texts that were withdrawn since.",
    )


def test_an_answer_that_was_withdrawn_is_told(
    made: Made, folder: Path, check: Callable[..., Verification]
) -> None:
    withdraw(folder, "answer")
    found = check(made.signed, folder=folder)
    assert found.holds
    assert of_folder(found)[AGAIN] == (
        "told",
        "An answer was withdrawn since, so its finding cannot be made again.",
    )


def test_a_folder_that_is_no_audit_is_said(
    made: Made, folder: Path, check: Callable[..., Verification]
) -> None:
    verdict, said = of_folder(check(made.signed, folder=folder.parent))[JOURNAL]
    assert verdict == "fails"
    assert "holds no journal.jsonl; name the audit's own folder" in said


def test_another_audits_folder_is_not_this_reports(
    made: Made, folder: Path, check: Callable[..., Verification]
) -> None:
    lines = lines_of(folder)
    with reopen(folder) as recording:
        recording.record(Event("note", {}, {"note": "Another."}))
    other = lines_of(folder)[len(lines) :]
    write_lines(folder, [*lines[:-1], *other])
    assert of_folder(check(made.signed, folder=folder))[JOURNAL][0] == "fails"


# A result that its signer made prettier before signing.


@pytest.fixture
def files(made: Made) -> Mapping[str, bytes]:
    return made.files


def told(checks: list[Check], question: str) -> tuple[str, str]:
    return next((one.verdict, one.sentence) for one in checks if one.question == question)


@pytest.mark.parametrize("blanked", [False, True])
def test_a_result_that_the_journal_does_not_give_fails(
    files: Mapping[str, bytes], folder: Path, blanked: bool
) -> None:
    if blanked:
        withdraw(folder, "note")
    data = json.loads(files["result.json"])
    data["findings"][0]["conclusion"] = "conforming"
    pretty = {**files, "result.json": to_json(data)}
    found = check_data(pretty, folder)
    assert told(found, AGAIN) == ("fails", "It is another result than the one in the report.")


def test_the_result_is_the_one_that_the_journal_gives(made: Made, folder: Path) -> None:
    with reopen(folder) as recording:
        again = judge(recording.library, recording.state, recording.head).as_data()
    assert again["conclusion"]["headline"] == "Critical gaps: 1 of law."
    assert json.loads(json.dumps(again))["journal"]["events"] == len(lines_of(made.folder))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("explode", {}),
        ("answer", {}),
        ("answer", {"key": "rooms/key-list", "digest": "", "answer": [7]}),
        ("fact", {"fact": "patients", "value": {}}),
        ("fact", {"fact": "state", "group": "site", "thing": "nowhere", "value": "CO"}),
        ("thing", {"group": [], "id": 7}),
        ("evidence", {"key": "rooms/policy", "sha256": 7}),
        ("begun", {"as_of": "never"}),
        ("withdraw", {"n": {}}),
    ],
)
def test_a_journal_that_holds_together_and_makes_no_sense_is_no_traceback(
    files: Mapping[str, bytes], folder: Path, kind: str, data: dict[str, object]
) -> None:
    raw = (folder / "journal.jsonl").read_bytes()
    head = read_journal(raw, "journal").head
    strange = Event(kind, data)  # type: ignore[arg-type]  # strange on purpose
    more, head, _ = write_journal([strange], head, at="", by="", new_salt=bytes)
    (folder / "journal.jsonl").write_bytes(raw + more)
    result = json.loads(files["result.json"])
    result["journal"] = {"events": head.count, "head": head.hash}
    changed = {"result.json": to_json(result), "journal-head.json": to_json(result["journal"])}
    checks = check_data({**files, **changed}, folder)
    assert "fails" in {one.verdict for one in checks}
