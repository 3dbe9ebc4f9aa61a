"""The identity of a requirement: its id, and the digest of what it normatively says."""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

from compliance.checklist.model import Checklist, Requirement, Section

NORMATIVE = (
    "ask",
    "for_each",
    "force",
    "grade",
    "cite",
    "yes_if",
    "no_if",
    "partly_if",
    "evidence",
    "answer",
    "jurisdiction",
    "applies_when",
    "unless",
)
"""What a requirement normatively says; its checklist says the jurisdiction."""


def digest_data(data: Any) -> str:  # noqa: ANN401 - any JSON
    """Return the SHA-256, in hex, of the RFC 8785 form of plain data."""
    return hashlib.sha256(rfc8785.dumps(data)).hexdigest()


def digest_requirement(checklist: Checklist, section: Section, requirement: Requirement) -> str:
    """Return the digest of the normative fields, inherited conditions and defaults included."""
    return digest_data(list_normative(checklist, section, requirement))


def list_normative(
    checklist: Checklist, section: Section, requirement: Requirement
) -> dict[str, Any]:
    """Return what a requirement normatively says, as plain data; conditions from the top down.

    White space was folded when the texts were read.
    """
    written = requirement.model_dump(mode="json")
    written["jurisdiction"] = checklist.jurisdiction
    for name in ("applies_when", "unless"):
        written[name] = [getattr(part, name) for part in (checklist, section, requirement)]
    return {name: written[name] for name in NORMATIVE}


def digest_files(files: Mapping[str, bytes]) -> str:
    """Return one digest over the names and bytes of a pack's files, in the order of the names."""
    whole = {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()}
    return digest_data(whole)
