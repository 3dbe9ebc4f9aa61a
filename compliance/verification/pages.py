"""Whether the pages of a report say what its data says: the text compared, character by character."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance.errors import InputError
from compliance.report.received import receive
from compliance.signing.boundary import guarded
from compliance.verification.check import Check, combine
from compliance.verification.expected import Expected, read_html, squeezed
from compliance.verification.matching import compare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.report.carried import Files
    from compliance.verification.printed import PrintedPage

QUESTION = "The pages say what the data says"
_HOLDS = "The text of all {} pages is the text that the data inside gives, to the last digit."


def check_pages(pdf: bytes, files: Files) -> Check:
    """Compare what the pages print with what the files give, made into the same text again."""
    try:
        received = receive(files)
        with guarded("The pages cannot be read"):
            from compliance.verification.printed import read_pages  # noqa: PLC0415 - loads pikepdf

            pages = read_pages(pdf)
    except InputError as error:
        return Check(QUESTION, "fails", str(error), "unreadable")
    troubles = _find_troubles(pages, _expect(received))
    return combine(QUESTION, troubles, _HOLDS.format(len(pages)), "differs")


def _expect(files: Files) -> Expected:
    from compliance.report.html import render_html  # noqa: PLC0415 - loads the report's room
    from compliance.report.making import carried_look, make_context  # noqa: PLC0415 - the same

    return read_html(render_html(make_context(files, carried_look(files))))


def _find_troubles(pages: Sequence[PrintedPage], expected: Expected) -> Iterator[str]:
    differences = list(compare([page.text for page in pages], expected))
    for found in differences:
        yield f"Page {found.page} shows “{found.shows}”; the data says “{found.should}”."
    for number, page in enumerate(pages, start=1):
        if page.unseen.strip():
            yield f"Page {number} holds text that nobody sees: “{page.unseen.strip()[:48]}”."
        for note in page.notes:
            yield f"Something lies over page {number} that no report has ({note})."
        wrong = "" if differences else _find_around(page.around, number, len(pages), expected)
        if wrong:
            yield f"At the edge of page {number}: {wrong}."


def _find_around(around: str, number: int, last: int, expected: Expected) -> str:
    """Return what is wrong with the words around a page: those of the report, and no others."""
    left = squeezed(around)
    needed = [*expected.always, f"Page {number} of {last}"]
    needed += expected.after_the_first if number > 1 else ()
    for words in sorted(needed, key=len, reverse=True):
        if squeezed(words) not in left:
            return f"“{words[:48]}” is missing"
        left = left.replace(squeezed(words), "\0", 1)
    rest = re.sub("\0+", " ", left).strip()
    if rest and rest not in {squeezed(title) for title in expected.sections}:
        return f"“{rest[:48]}” is not of the report"
    return ""
