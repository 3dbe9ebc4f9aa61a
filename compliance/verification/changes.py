"""What was changed after signing, said only where something was changed that may not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.errors import InputError
from compliance.signing.boundary import guarded
from compliance.verification.check import Check, combine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.signing.inspect import Inspection

QUESTION = "What was changed after signing"
_UNTOLD = "Something that is neither a page, a note, a file nor a place for a signature."


def tell_changes(pdf: bytes, seen: Inspection) -> Iterator[Check]:
    """Yield what was changed after the first signature whose bytes still stand and that forbids it."""
    broken = [
        one.field for one in seen.signatures if one.changes_after == "forbidden" and one.intact
    ]
    if not broken:
        return
    try:
        with guarded("What was changed cannot be told"):
            from compliance.verification import revisions  # noqa: PLC0415 - loads pikepdf

            found = [
                f"{said[0].upper()}{said[1:]}." for said in revisions.tell_changes(pdf, broken[0])
            ]
    except InputError as error:
        found = [str(error)]
    yield combine(QUESTION, found or [_UNTOLD], "", "changed")
