"""Verifying a report: from its bytes alone, or with the audit's folder beside it."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from compliance.checklist.library import read_library
from compliance.errors import InputError
from compliance.signing.inspect import attachments, inspect_pdf
from compliance.verification.attached import (
    QUESTION,
    check_attached,
    find_data,
    read_checklists,
)
from compliance.verification.changes import tell_changes
from compliance.verification.check import Check, Verification, harmless
from compliance.verification.folder import check_folder
from compliance.verification.pages import check_pages
from compliance.verification.places import Place, read_places
from compliance.verification.remaking import check_remade
from compliance.verification.signatures import check_signatures


def verify(
    pdf: bytes,
    *,
    trust: Sequence[bytes] = (),
    at: datetime,
    folder: Path | None = None,
    remake: bool = False,
) -> Verification:
    """Check a report and say what came of it, one question at a time.

    With `remake` the whole report is made again and compared byte for byte, which takes longest.
    Not for several threads at once: collecting garbage is set aside for the whole process.

    Raises:
        InputError: the bytes are no PDF that can be read, or a certificate cannot be read.
        SurroundingsError: a system library is missing that `remake` needs.
    """
    with _no_collecting():
        seen = inspect_pdf(pdf, trust=trust, at=at)
        files = _read_files(pdf)
        signatures = check_signatures(seen, _find_places(files), trust_given=bool(trust))
        checks = [*signatures, *tell_changes(pdf, seen)]
        if isinstance(files, Check):
            checks.append(files)
        else:
            checks += check_data(files, folder, pdf, remake=remake)
    return Verification(tuple(harmless(check) for check in checks))


def _read_files(pdf: bytes) -> Mapping[str, bytes] | Check:
    """Return what the PDF carries; a file that cannot be what we write is a verdict, no trouble."""
    try:
        return attachments(pdf)
    except InputError as error:
        return Check(QUESTION, "fails", str(error), "unreadable")


def _find_places(files: Mapping[str, bytes] | Check) -> tuple[Place, ...]:
    """Return who was to sign; without a result that says so, auditor and owner."""
    data = files if isinstance(files, Check) else find_data(files)
    return read_places(None if isinstance(data, Check) else data)


def check_data(
    files: Mapping[str, bytes],
    folder: Path | None,
    pdf: bytes | None = None,
    *,
    remake: bool = False,
) -> list[Check]:
    """Check the files that a report carries, of any shape; its pages and its folder if given."""
    data = find_data(files)
    if isinstance(data, Check):
        return [data]
    packs = read_checklists(files)
    checks = list(check_attached(data, packs, files))
    if pdf is not None:
        checks.append(check_pages(pdf, files))
    if pdf is not None and remake:
        checks.append(check_remade(pdf, files))
    library, _ = read_library(packs) if packs else (None, [])
    if folder is not None and library is not None:
        checks += check_folder(data, library, folder)
    return checks


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Leave garbage lie meanwhile: looking for it costs a third, and there is next to none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
