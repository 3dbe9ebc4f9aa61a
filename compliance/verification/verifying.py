"""Verifying a report: from its bytes alone, or with the audit's folder beside it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from compliance.checklist.library import read_library
from compliance.signing.inspect import attachments, inspect_pdf
from compliance.verification.attached import check_attached, read_checklists, read_result
from compliance.verification.check import Check, Verification
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
    checks: list[Check] = list(check_signatures(seen, trust_given=bool(trust)))
    files = attachments(pdf)
    try:
        checks += _check_data(files, folder)
    except (KeyError, TypeError, AttributeError, ValueError):
        # The attachment is somebody else's JSON until proven ours: any shape may come.
        sentence = "It is not formed as this program writes it."
        checks.append(Check("The audit's data inside", "fails", sentence))
    return Verification(tuple(checks))


def _check_data(files: Mapping[str, bytes], folder: Path | None) -> list[Check]:
    data, packs = read_result(files), read_checklists(files)
    checks = list(check_attached(data, packs, files))
    library, _ = read_library(packs) if packs else (None, [])
    if folder is not None and data is not None and library is not None:
        checks += check_folder(data, library, folder)
    return checks
