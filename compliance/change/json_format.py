"""A comparison as JSON for other programs; `docs/diff.md` says what stands where."""

import dataclasses
import json
from typing import Any

from compliance.change.report import Report
from compliance.change.requirements import RequirementChange
from compliance.change.wording import name_changes

VERSION = 1
"""Rises when a key changes its meaning or goes; a new key does not raise it."""


def write_json(report: Report) -> str:
    """Return the report as JSON that ends with a line feed."""
    return json.dumps(_dump(report), ensure_ascii=False, indent=2) + "\n"


def _dump(report: Report) -> dict[str, Any]:
    comparison = report.comparison
    return {
        "version": VERSION,
        "old": report.old,
        "new": report.new,
        "summary": {
            "requirements": {"old": comparison.before, "new": comparison.after},
            "answers_would_not_carry": len(comparison.losing),
            "problems": len(comparison.problems),
        },
        "problems": [dataclasses.asdict(one) for one in comparison.problems],
        "checklists": [dataclasses.asdict(one) for one in comparison.checklists],
        "requirements": [_dump_requirement(one) for one in comparison.requirements],
        "sources": [dataclasses.asdict(one) for one in comparison.sources],
        "facts": [dataclasses.asdict(one) for one in comparison.facts],
        "packs": [dataclasses.asdict(one) for one in comparison.packs],
        "audit": dataclasses.asdict(report.earlier) if report.earlier else None,
    }


def _dump_requirement(change: RequirementChange) -> dict[str, Any]:
    data = dataclasses.asdict(change)
    names = {"changes": name_changes(change), "answers_carry": not change.loses_answers}
    fields = data.pop("fields")
    return {**data, **names, "fields": fields}
