"""Whether a report, made again from its data, is the file that was signed, byte for byte.

A signature only adds to a file, so a signed report begins with exactly what was there before.
"""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

from compliance import __version__
from compliance.errors import InputError
from compliance.report.carried import RESULT
from compliance.report.received import receive
from compliance.signing.boundary import guarded
from compliance.signing.sign import prepare_for_signing
from compliance.verification.check import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.report.carried import Files

QUESTION = "The pages, made again from the data"


def check_remade(pdf: bytes, files: Files) -> Check:
    """Make the whole report again and compare the bytes.

    Other versions of what sets the pages may set them otherwise, which is told and proves nothing.

    Raises:
        SurroundingsError: a system library is missing.
    """
    from compliance.report.making import make_pdf  # noqa: PLC0415 - loads WeasyPrint's room

    try:
        received = receive(files)
        remade = prepare_for_signing(make_pdf(received))
        if pdf.startswith(remade):
            return Check(QUESTION, "holds", "They are the same file, byte for byte.")
        with guarded("The pages cannot be compared"):
            others = _find_others(pdf, received)
            changed = _find_changed(pdf, remade)
    except InputError as error:
        return Check(QUESTION, "fails", str(error), "unreadable")
    if others:
        sentence = f"{others}, so this proves nothing. Check with the versions that made it."
        return Check(QUESTION, "told", sentence, "other-versions")
    return Check(QUESTION, "fails", f"They are another file: {changed}.", "another-file")


def _find_others(pdf: bytes, files: Files) -> str:
    """Return which versions made the file, where they are not ours."""
    tool = str(json.loads(files[RESULT])["tool"])
    pairs = {tool: f"clinic-compliance {__version__}", _producer(pdf): _our_producer()}
    return " and ".join(
        f"The report was made by {theirs}, and this is {ours}"
        for theirs, ours in pairs.items()
        if theirs != ours
    )


def _producer(pdf: bytes) -> str:
    """Return what says that it set the pages; behind a semicolon stands what signed."""
    import pikepdf  # noqa: PLC0415 - loaded only when needed

    with pikepdf.open(BytesIO(pdf), attempt_recovery=False) as opened:
        return str(opened.docinfo.get("/Producer", "an unknown program")).partition(";")[0]


def _our_producer() -> str:
    import weasyprint  # type: ignore[import-untyped]  # noqa: PLC0415 - no types; loaded only when needed

    return f"WeasyPrint {weasyprint.__version__}"


def _find_changed(pdf: bytes, remade: bytes) -> str:
    """Return which pages are drawn otherwise, as far as their drawings tell."""
    import pikepdf  # noqa: PLC0415 - loaded only when needed

    with (
        pikepdf.open(BytesIO(pdf), attempt_recovery=False) as theirs,
        pikepdf.open(BytesIO(remade)) as ours,
    ):
        if len(theirs.pages) != len(ours.pages):
            return f"it has {len(theirs.pages)} pages and not {len(ours.pages)}"
        pairs = zip(theirs.pages, ours.pages, strict=True)
        changed = [str(at) for at, pair in enumerate(pairs, start=1) if len(set(_drawn(pair))) > 1]
    if not changed:
        return "its pages are drawn alike, and something else in it differs"
    shown = ", ".join(changed[:5]) + (" and others" if len(changed) > 5 else "")  # noqa: PLR2004 - enough to look at
    return f"drawn otherwise is page {shown}"


def _drawn(pages: tuple[Any, ...]) -> Iterator[bytes]:
    """Yield what draws each page, unpacked."""
    from compliance.verification.unpacking import Unpacking  # noqa: PLC0415 - loads pikepdf

    for page in pages:
        yield Unpacking().unpack(page.obj.get("/Contents"))
