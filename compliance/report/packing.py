"""What makes a long report small and quick to write: nothing twice, and no tag that says nothing.

Works on pydyf's objects just before the file is written. What a page shows and what a screen reader
announces stay as they are.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_HOLD_TEXT = frozenset({"/P", "/Span", "/H1", "/H2", "/H3", "/H4", "/TD", "/TH", "/Caption"})
"""Structure types that may hold marked content themselves (ISO 32000-1, 14.8.4.3 and 14.8.4.4)."""

_BARE = {"Type", "S", "K", "Pg", "P"}


@contextmanager
def pages_counted_once() -> Iterator[None]:
    """Let WeasyPrint find a page's reference without listing all pages again for every tag.

    Otherwise the time for tags grows with the square of the number of pages.
    """
    import pydyf  # type: ignore[import-untyped]  # noqa: PLC0415 - no types; loaded only when needed

    listing = pydyf.PDF.page_references
    pydyf.PDF.page_references = property(_page_references)
    try:
        yield
    finally:
        pydyf.PDF.page_references = listing


def _page_references(pdf: Any) -> tuple[bytes, ...]:  # noqa: ANN401 - pydyf has no types
    numbers = pdf.pages["Kids"][::3] if len(pdf.pages["Kids"]) != getattr(pdf, "listed", 0) else ()
    if numbers:
        pdf.listed = len(pdf.pages["Kids"])
        pdf.references = tuple(b"%d 0 R" % number for number in numbers)
    references: tuple[bytes, ...] = pdf.references
    return references


def drop_bare_spans(pdf: Any) -> None:  # noqa: ANN401 - pydyf has no types
    """Let a paragraph hold its text itself: WeasyPrint makes two elements of every run of text.

    A span without attributes says nothing to anybody, and there are thirty of them a requirement.
    """
    elements: dict[bytes, Any] = {element.reference: element for element in _elements(pdf)}
    moved: dict[bytes, bytes] = {}
    for reference, element in reversed(elements.items()):
        if element["S"] in _HOLD_TEXT:
            for kid in [kid for kid in element["K"] if _is_bare(elements.get(kid), element)]:
                moved[kid] = reference
            element["K"][:] = _with_text_lifted(element["K"], elements, moved)
    _point_to_holders(pdf, moved)
    for reference in moved:
        elements[reference].free = "f"


def _is_bare(kid: Any, holder: Any) -> bool:  # noqa: ANN401 - pydyf has no types
    """Whether an element is a span of the same page that only holds something."""
    return (
        kid is not None
        and kid["S"] == "/Span"
        and kid.keys() == _BARE
        and kid["Pg"] == holder["Pg"]
    )


def _with_text_lifted(
    kids: list[Any], elements: Mapping[bytes, Any], moved: Mapping[bytes, bytes]
) -> list[Any]:
    lifted: list[Any] = []
    for kid in kids:
        lifted.extend(elements[kid]["K"] if kid in moved else [kid])
    return lifted


def _point_to_holders(pdf: Any, moved: Mapping[bytes, bytes]) -> None:  # noqa: ANN401 - pydyf has no types
    """Let each marked content and each kid name the element that holds it now."""
    root = pdf.objects[int(pdf.catalog["StructTreeRoot"].split()[0])]
    tree = pdf.objects[int(root["ParentTree"].split()[0])]
    for holders in tree["Nums"]:
        if isinstance(holders, list):
            holders[:] = [_holder(reference, moved) for reference in holders]
    for element in _elements(pdf):
        element["P"] = _holder(element["P"], moved)


def _elements(pdf: Any) -> Iterator[Any]:  # noqa: ANN401 - pydyf has no types
    """Yield the elements of the tree of tags, each before its kids."""
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Type") == "/StructElem":
            yield item


def _holder(reference: bytes, moved: Mapping[bytes, bytes]) -> bytes:
    while reference in moved:
        reference = moved[reference]
    return reference


def pack_painted_pages(document: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """Let each page keep its drawing as one piece of bytes as soon as it is painted.

    WeasyPrint keeps every operator as an object until the file is written. The zero that it writes
    between all letters is taken out: it moves nothing, and is a quarter of the bytes.
    """
    for page in document.pages:
        page.paint = _packing(page.paint)


def _packing(paint: Callable[[Any, float], None]) -> Callable[[Any, float], None]:
    def paint_packed(stream: Any, scale: float = 1) -> None:  # noqa: ANN401 - WeasyPrint has no types
        paint(stream, scale)
        drawn = b"\n".join(_as_bytes(item) for item in stream.stream)
        stream.stream = [drawn.replace(b">0<", b"")]

    return paint_packed


def _as_bytes(item: Any) -> bytes:  # noqa: ANN401 - pydyf has no types
    if isinstance(item, bytes):
        return item
    written: bytes = item.encode("ascii") if isinstance(item, str) else item.data
    return written


def write_once(pdf: Any) -> None:  # noqa: ANN401 - pydyf has no types
    """Let each object be made into bytes once; for the file's identifier pydyf makes them twice.

    The objects are written one by one, because they are put into streams when the file is
    prepared for signing.
    """
    import pydyf  # noqa: PLC0415 - loaded only when needed

    class Written(pydyf.Object):  # type: ignore[misc] # pydyf has no types
        data = b""

    def made(item: Any) -> Written:  # noqa: ANN401 - pydyf has no types
        written = Written()
        written.number, written.free = item.number, item.free
        written.data = item.data if item.free == "n" else b""
        return written

    write = pdf.write

    def write_made(output: Any, version: bytes, identifier: bytes, _compress: object) -> None:  # noqa: ANN401 - pydyf has no types
        pdf.info = made(pdf.info)
        for number in range(1, len(pdf.objects)):
            pdf.objects[number] = made(pdf.objects[number])
        pdf.catalog = pdf.objects[pdf.catalog.number]
        write(output, version, identifier, compress=False)

    pdf.write = write_made
