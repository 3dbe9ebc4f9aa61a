"""Evidence: files kept under their SHA-256."""

import contextlib
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from compliance.checklist.pack_files import read_bounded
from compliance.errors import InputError
from compliance.walk.storing import write_beside

MAX_EVIDENCE_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file that was taken in: its hash, its name when it was given, and its size in bytes."""

    sha256: str
    name: str
    size: int


def read_evidence(path: Path) -> tuple[EvidenceFile, bytes]:
    """Read a file that somebody names as evidence.

    Raises:
        InputError: it is missing, a folder, empty, unreadable or larger than 200 MiB.
    """
    raw = read_bounded(path, MAX_EVIDENCE_BYTES)
    if not raw:
        raise InputError(f"“{path}” is empty, so it shows nothing.")
    return EvidenceFile(hashlib.sha256(raw).hexdigest(), path.name, len(raw)), raw


def keep_evidence(folder: Path, file: EvidenceFile, raw: bytes) -> None:
    """Put a file under its hash, once."""
    target = folder / file.sha256
    if not target.exists():
        write_beside(target, raw)
        with contextlib.suppress(OSError):
            os.chmod(target, 0o444)  # noqa: PTH101 - evidence is not edited


def check_evidence(folder: Path, sha256: str) -> str:
    """Return what is wrong with a kept file, or nothing: `missing` or `changed`."""
    target = folder / sha256
    if not target.is_file():
        return "missing"
    with target.open("rb") as stream:
        return "" if hashlib.file_digest(stream, "sha256").hexdigest() == sha256 else "changed"
