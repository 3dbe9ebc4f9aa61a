"""Checking a report that lies in a file, against certificates that lie in files."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from compliance.checklist.pack_files import read_bounded
from compliance.conduct.closing import MAX_PDF
from compliance.conduct.naming import file_named
from compliance.errors import InputError
from compliance.verification.check import Verification
from compliance.verification.verifying import verify


def check_file(
    file: Path, trust: Sequence[Path], folder: Path | None, *, remake: bool = False
) -> Verification:
    """Return what a report's signatures and data are worth; `folder` is its audit's.

    With `remake` its pages are made again, too.

    Raises:
        InputError: the file is no PDF that can be read, a certificate cannot be read, or there is
            no such folder.
    """
    if folder is not None and not folder.is_dir():
        raise InputError(
            f"There is no folder “{folder}”; name the audit's own, such as my-clinic/audits/2026-11-23."
        )
    pdf = read_bounded(file, MAX_PDF)
    certificates = [_read_trusted(path) for path in trust]
    with file_named(file):
        return verify(pdf, trust=certificates, at=datetime.now(UTC), folder=folder, remake=remake)


def _read_trusted(path: Path) -> bytes:
    """Return a certificate's bytes, once it is sure that it can be read."""
    from compliance.signing.certificate import read_certificates  # noqa: PLC0415 - loads cryptography

    raw = read_bounded(path)
    with file_named(path):
        read_certificates(raw)
    return raw
