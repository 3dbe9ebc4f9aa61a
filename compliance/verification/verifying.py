"""Verifying a report: from its bytes alone, or with the audit's folder beside it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from compliance.checklist.library import read_library
from compliance.errors import InputError
from compliance.signing.inspect import attachments, inspect_pdf
from compliance.verification.attached import QUESTION, check_attached, find_data, read_checklists
from compliance.verification.check import Check, Verification, harmless
from compliance.verification.folder import check_folder
from compliance.verification.signatures import check_signatures


def verify(
    pdf: bytes, *, trust: Sequence[bytes] = (), at: datetime, folder: Path | None = None
) -> Verification:
    """Check a report and say what came of it, one question at a time.

    Raises:
        InputError: the bytes are no PDF that can be read, or a certificate cannot be read.
    """
    seen = inspect_pdf(pdf, trust=trust, at=at)
    signatures = check_signatures(seen, trust_given=bool(trust))
    checks = [*signatures, *_check_files(pdf, folder)]
    return Verification(tuple(harmless(check) for check in checks))


def _check_files(pdf: bytes, folder: Path | None) -> list[Check]:
    """Check what the PDF carries; a file that cannot be what we write is a verdict, no trouble."""
    try:
        files = attachments(pdf)
    except InputError as error:
        return [Check(QUESTION, "fails", str(error), "unreadable")]
    return check_data(files, folder)


def check_data(files: Mapping[str, bytes], folder: Path | None) -> list[Check]:
    """Check the files that a report carries, of any shape, and the audit's folder if it is given."""
    data = find_data(files)
    if isinstance(data, Check):
        return [data]
    packs = read_checklists(files)
    checks = list(check_attached(data, packs, files))
    library, _ = read_library(packs) if packs else (None, [])
    if folder is not None and library is not None:
        checks += check_folder(data, library, folder)
    return checks
