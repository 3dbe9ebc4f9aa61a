"""The identity of a requirement: its id, and the digest of what it normatively says."""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

from compliance.checklist.model import Checklist, Requirement, Section

_NORMATIVE = (
    "ask",
    "for_each",
    "force",
    "grade",
    "cite",
    "yes_if",
    "no_if",
    "partly_if",
    "evidence",
)


def digest_data(data: Any) -> str:  # noqa: ANN401 - any JSON
    """Return the SHA-256, in hex, of the RFC 8785 form of plain data."""
    return hashlib.sha256(rfc8785.dumps(data)).hexdigest()


def digest_requirement(checklist: Checklist, section: Section, requirement: Requirement) -> str:
    """Return the digest of the normative fields, inherited conditions and defaults included.

    White space was folded when the texts were read.
    """
    written = requirement.model_dump(mode="json")
    data = {name: written[name] for name in _NORMATIVE}
    data["answer"] = written["answer"]
    data["jurisdiction"] = checklist.jurisdiction
    for name in ("applies_when", "unless"):
        data[name] = [getattr(part, name) for part in (checklist, section, requirement)]
    return digest_data(data)


def digest_files(files: Mapping[str, bytes]) -> str:
    """Return one digest over the names and bytes of a pack's files, in the order of the names."""
    whole = {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()}
    return digest_data(whole)
