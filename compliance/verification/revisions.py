"""What was changed in a PDF after it was signed: the revision that was signed against the file as it is.

Loads pikepdf when imported, so it is imported only inside functions. The revisions of a file number
their objects alike: an object that reads otherwise was changed, and so was each page that uses it.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

Place = tuple[int, int]
_REFERENCE = re.compile(rb"\b(\d+) (\d+) R\b")
_APART = ("/Annots", "/Parent", "/StructParents")
"""What is not a page's own drawing: compared for itself, or leading away from the page."""

_LONGEST = 60


def tell_changes(pdf: bytes, field: str) -> Iterator[str]:
    """Yield in plain words what was changed after the signature in a field.

    What a further signature changes is left out, a timestamp's too; so nothing is yielded for those.

    Raises:
        Exception: whatever pikepdf makes of a damaged file; callers stand at the boundary.
    """
    with pikepdf.open(BytesIO(pdf)) as now:
        end = _signed_end(now, field)
        if not 0 < end < len(pdf):
            return
        with pikepdf.open(BytesIO(pdf[:end])) as then:
            yield from _compare_files(then, now)
            yield from _compare_pages(then, now)
            yield from _compare_places(then, now)


def _signed_end(pdf: Any, field: str) -> int:  # noqa: ANN401 - pikepdf's objects are of any kind
    """Return where the revision ends that a signature covers, by its own word."""
    signature = _places(pdf).get(field, {}).get("/V", {})
    return sum(int(one) for one in list(signature.get("/ByteRange", ()))[-2:])


def _places(pdf: Any) -> dict[str, Any]:  # noqa: ANN401 - pikepdf's objects are of any kind
    fields = pdf.Root.get("/AcroForm", {}).get("/Fields", ())
    return {str(one.get("/T", "")): one for one in fields}


def _compare_files(then: Any, now: Any) -> Iterator[str]:  # noqa: ANN401 - pikepdf's objects are of any kind
    old, new = _files(then), _files(now)
    for name in old.keys() | new.keys():
        if old.get(name) != new.get(name):
            done = "added" if name not in old else "replaced" if name in new else "taken out"
            yield f"the file “{name}” was {done}"


def _files(pdf: Any) -> dict[str, bytes]:  # noqa: ANN401 - pikepdf's objects are of any kind
    return {name: one.get_file().obj.read_raw_bytes() for name, one in pdf.attachments.items()}


def _compare_pages(then: Any, now: Any) -> Iterator[str]:  # noqa: ANN401 - pikepdf's objects are of any kind
    old = {page.obj.objgen: page.obj for page in then.pages}
    pages = {page.obj.objgen: page.obj for page in now.pages}
    gone = len(old.keys() - pages.keys())
    if gone:
        yield "1 page was taken out" if gone == 1 else f"{gone} pages were taken out"
    changed = _find_changed(then, now)
    for number, (place, page) in enumerate(pages.items(), start=1):
        if place not in old:
            yield f"page {number} was added"
            continue
        if _own(old[place]) != _own(page) or _reaches(now, _own(page), changed):
            yield f"page {number} was drawn over or changed"
        yield from _compare_notes(old[place], page, number)


def _find_changed(then: Any, now: Any) -> set[Place]:  # noqa: ANN401 - pikepdf's objects are of any kind
    """Return every object that reads otherwise now."""
    return {
        one.objgen
        for one in now.objects
        if isinstance(one, pikepdf.Object) and _read(one) != _read(then.get_object(one.objgen))
    }


def _read(one: Any) -> bytes:  # noqa: ANN401 - pikepdf's objects are of any kind
    """Return an object as it is written; other objects in it are there by their number alone."""
    if isinstance(one, pikepdf.Stream):
        return bytes(one.stream_dict.unparse(resolved=True)) + one.read_raw_bytes()
    return one.unparse(resolved=True) if isinstance(one, pikepdf.Object) else repr(one).encode()


def _own(page: Any) -> bytes:  # noqa: ANN401 - pikepdf's objects are of any kind
    """Return how a page itself is written, without its notes and its place among the pages."""
    copied = pikepdf.Dictionary({key: page[key] for key in page if key not in _APART})
    return copied.unparse(resolved=True)


def _reaches(pdf: Any, text: bytes, changed: set[Place]) -> bool:  # noqa: ANN401 - pikepdf's objects are of any kind
    """Whether an object that is written so leads to a changed one; other pages are not entered."""
    pending, seen = [text], set[Place]()
    while pending:
        for number, generation in _REFERENCE.findall(pending.pop()):
            place = (int(number), int(generation))
            if place in changed:
                return True
            if place not in seen:
                seen.add(place)
                written = _dictionary(pdf.get_object(place))
                pending += [] if b"/Type /Page " in written else [written]
    return False


def _dictionary(one: Any) -> bytes:  # noqa: ANN401 - pikepdf's objects are of any kind
    kept = one.stream_dict if isinstance(one, pikepdf.Stream) else one
    return kept.unparse(resolved=True) if isinstance(kept, pikepdf.Object) else b""


def _compare_notes(before: Any, after: Any, number: int) -> Iterator[str]:  # noqa: ANN401 - pikepdf's objects are of any kind
    """Yield what was laid over a page; places for signatures are compared for themselves."""
    old, new = _notes(before), _notes(after)
    for place, note in new.items():
        if place not in old:
            says = str(note.get("/Contents", ""))[:_LONGEST]
            words = f", which says “{says}”" if says else ""
            kind = str(note.get("/Subtype", "")).lstrip("/")
            yield f"a note was laid over page {number} ({kind}){words}"
        elif _read(note) != _read(old[place]):
            yield f"a link or note on page {number} was changed"
    if old.keys() - new.keys():
        yield f"a link or note on page {number} was taken out"


def _notes(page: Any) -> dict[Place, Any]:  # noqa: ANN401 - pikepdf's objects are of any kind
    return {
        note.objgen: note
        for note in page.get("/Annots", ())
        if str(note.get("/FT", "")) != "/Sig" and str(note.get("/Subtype", "")) != "/Popup"
    }


def _compare_places(then: Any, now: Any) -> Iterator[str]:  # noqa: ANN401 - pikepdf's objects are of any kind
    """Yield what became of the places for signatures, but for those that were signed since."""
    old, new = _places(then), _places(now)
    for name, place in new.items():
        stamped = str(place.get("/V", {}).get("/Type", "")) == "/DocTimeStamp"
        if name not in old and not stamped:
            yield f"a place for a signature was added, “{name}”"
        elif name in old and "/V" in old[name] and _read(place) != _read(old[name]):
            yield f"the signature “{name}” was changed"
        elif name in old and str(place.get("/Rect", "")) != str(old[name].get("/Rect", "")):
            yield f"the place for the signature “{name}” was moved"
    yield from (
        f"the place for the signature “{name}” was taken out" for name in old if name not in new
    )
