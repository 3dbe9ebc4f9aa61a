"""Comparing two editions of the checklists, and an earlier audit's answers with the newer one."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from compliance.change.carrying import EarlierAnswers, sort_answers
from compliance.change.comparison import compare
from compliance.change.json_format import write_json
from compliance.change.markdown_format import write_markdown
from compliance.change.report import Report
from compliance.change.text_format import write_text
from compliance.checklist.library import Library
from compliance.conduct.opening import find_audit
from compliance.conduct.sides import find_sides, read_sides
from compliance.walk.recording import JOURNAL, look

Format = Literal["text", "json", "markdown"]
_WRITERS: Mapping[Format, Callable[[Report], str]] = {
    "text": write_text,
    "json": write_json,
    "markdown": write_markdown,
}


def compare_named(old: str, new: str, audit: Path | None = None) -> Report:
    """Return what differs between two files, folders or git revisions.

    `audit` is a clinic's folder, whose newest audit is meant, or the folder of one audit.

    Raises:
        InputError: a name means nothing, a checklist cannot be read, or there is no such audit.
        SurroundingsError: git is needed and is missing or fails.
    """
    sides = find_sides(old, new)
    before, after = read_sides(*sides)
    earlier = _look_at_answers(audit, before, after) if audit else None
    return Report(sides[0].label, sides[1].label, compare(before, after), earlier)


def write_report(report: Report, form: Format) -> str:
    """Return the report as text in one of the formats."""
    return _WRITERS[form](report)


def _look_at_answers(folder: Path, old: Library, new: Library) -> EarlierAnswers:
    audit = folder if (folder / JOURNAL).is_file() else find_audit(folder)
    state = look(audit, lambda: datetime.now(UTC)).state
    answers = ((key, answer.digest) for key, answer in state.answers.items())
    return sort_answers(audit.resolve().name, answers, old, new)
