"""The files that a report carries: everything that it was made from, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime

Files = Mapping[str, bytes]
"""The content of each file by its name."""

Relationship = Literal["Data", "Source", "Supplement", "Alternative", "Unspecified"]

RESULT, CHECKLISTS, JOURNAL_HEAD = "result.json", "checklists.json", "journal-head.json"
LOOK, THUMBNAILS = "look.json", "thumbnails.json"

_KNOWN: Mapping[str, tuple[str, Relationship]] = {
    RESULT: ("The result of the audit", "Data"),
    CHECKLISTS: ("The checklists that were used", "Source"),
    JOURNAL_HEAD: ("How many events the journal holds, and the hash of the last", "Data"),
    LOOK: ("How the pages look: paper, size of letters, theme", "Supplement"),
    THUMBNAILS: ("Small pictures of the evidence, by hash", "Supplement"),
}


@dataclass(frozen=True, slots=True)
class Attached:
    """A file to attach: `relationship` is the PDF's AFRelationship, `at` (with zone) its date.

    Names are unique within a PDF, and in ASCII.
    """

    name: str
    data: bytes
    media_type: str
    description: str
    relationship: Relationship
    at: datetime


def attach(files: Files, at: datetime) -> list[Attached]:
    """Return the files as attachments of that moment; those that no report carries are left out."""
    return [
        Attached(name, files[name], "application/json", description, relationship, at)
        for name, (description, relationship) in _KNOWN.items()
        if name in files
    ]


def to_json(data: Any) -> bytes:  # noqa: ANN401 - plain data of any shape
    """Return plain data as JSON that a person can read."""
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"
