"""Verifying a report: from its bytes alone, or with the audit's folder beside it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from compliance.checklist.library import read_library
from compliance.errors import InputError
from compliance.signing.inspect import attachments, inspect_pdf
from compliance.verification.attached import check_attached, read_checklists, read_result
from compliance.verification.check import Check, Verification, harmless
from compliance.verification.folder import check_folder
from compliance.verification.places import Place, read_places
from compliance.verification.signatures import check_signatures

_MISSHAPEN = (LookupError, TypeError, AttributeError, ValueError, ArithmeticError, RecursionError)
"""What reading somebody else's JSON as ours may raise: it is not ours until proven."""


def verify(
    pdf: bytes, *, trust: Sequence[bytes] = (), at: datetime, folder: Path | None = None
) -> Verification:
    """Check a report and say what came of it, one question at a time.

    Raises:
        InputError: the bytes are no PDF that can be read, or a certificate cannot be read.
    """
    seen = inspect_pdf(pdf, trust=trust, at=at)
    signatures = check_signatures(seen, _places(pdf), trust_given=bool(trust))
    checks = [*signatures, *_check_files(pdf, folder)]
    return Verification(tuple(harmless(check) for check in checks))


def _places(pdf: bytes) -> tuple[Place, ...]:
    """Return who was to sign; files that cannot be read are said by `_check_files`."""
    try:
        return read_places(read_result(attachments(pdf)))
    except InputError:
        return read_places(None)


def _check_files(pdf: bytes, folder: Path | None) -> list[Check]:
    """Check what the PDF carries; a file that cannot be what we write is a verdict, no trouble."""
    try:
        return check_data(attachments(pdf), folder)
    except InputError as error:
        sentence = str(error)
    return [Check("The audit's data inside", "fails", sentence)]


def check_data(files: Mapping[str, bytes], folder: Path | None) -> list[Check]:
    """Check the files that a report carries, of any shape, and the audit's folder if it is given."""
    checks: list[Check] = []
    try:
        data, packs = read_result(files), read_checklists(files)
        checks += check_attached(data, packs, files)
        library, _ = read_library(packs) if packs else (None, [])
        if folder is not None and data is not None and library is not None:
            checks += check_folder(data, library, folder)
    except _MISSHAPEN:
        sentence = "It is not formed as this program writes it."
        checks.append(Check("The audit's data inside", "fails", sentence))
    return checks
