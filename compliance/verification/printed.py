"""The text that the pages of a PDF show, in the order in which it is read, and what lies over them.

Loads pikepdf when imported, so it is imported only inside functions. The text is taken from the
drawing itself, exactly: no reader's guess at spaces or hyphens stands between page and comparison.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf

from compliance.verification.glyphs import Decoder, read_font
from compliance.verification.structure import Place, reading_order
from compliance.verification.unpacking import Unpacking

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TEXT = frozenset({"Tj", "TJ", "'", '"'})
_MARKS = frozenset({"BDC", "BMC", "EMC"})
_OPERATORS = " ".join(sorted(_TEXT | _MARKS | {"Tf", "Tr", "q", "Q", "Do"}))
_UNSEEN = frozenset({3, 7})  # ISO 32000-1, 9.3.6: neither filled nor stroked
_DEEPEST = 12
_OURS = {"/Link", "/Widget"}


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page: its text as it is read, and what is drawn around it, outside of the reading order.

    `unseen` is text that is there and not drawn; `notes` are the kinds of annotations that a report
    of ours never has.
    """

    text: str
    around: str
    unseen: str
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Drawing:
    """What was drawn on one page so far: text by its mark, in the order of drawing."""

    marked: dict[int, list[str]] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)

    def add(self, text: str, mark: int | None, *, hidden: bool) -> None:
        if hidden:
            self.unseen.append(text)
        (self.loose if mark is None else self.marked.setdefault(mark, [])).append(text)


def read_pages(pdf: bytes) -> list[PrintedPage]:
    """Return what each page shows.

    Raises:
        Exception: whatever pikepdf makes of a damaged file; callers stand at the boundary.
    """
    with pikepdf.open(BytesIO(pdf), attempt_recovery=False) as opened:
        order = reading_order(opened)
        reader = _Reader(opened, Unpacking())
        return [_read_page(page, order.get(page.obj.objgen, []), reader) for page in opened.pages]


def _read_page(page: Any, order: list[int], reader: _Reader) -> PrintedPage:  # noqa: ANN401 - pikepdf's objects are of any kind
    drawing = reader.begin()
    reader.read(page.obj.get("/Contents"), page.obj.get("/Resources", {}), None, 0)
    read = " ".join("".join(drawing.marked.pop(mark, ())) for mark in order)
    left = "".join("".join(texts) for texts in drawing.marked.values())
    return PrintedPage(
        read, "".join(drawing.loose) + left, "".join(drawing.unseen), tuple(_foreign_notes(page))
    )


def _foreign_notes(page: Any) -> Iterator[str]:  # noqa: ANN401 - pikepdf's objects are of any kind
    for note in page.obj.get("/Annots", ()):
        kind = str(note.get("/Subtype", "unknown"))
        if kind not in _OURS or (kind == "/Widget" and str(note.get("/FT", "")) != "/Sig"):
            yield kind.lstrip("/")


@dataclass(slots=True)
class _Pen:
    """The font and the way in which text is drawn, as they were kept and put back."""

    font: Decoder = field(default_factory=lambda: Decoder({}, 1))
    mode: int = 0
    kept: list[tuple[Decoder, int]] = field(default_factory=list)

    def keep(self) -> None:
        self.kept.append((self.font, self.mode))

    def put_back(self) -> None:
        if self.kept:
            self.font, self.mode = self.kept.pop()


class _Reader:
    """Walks through drawings and the drawings set into them."""

    def __init__(self, pdf: pikepdf.Pdf, unpacking: Unpacking) -> None:
        self._pdf = pdf
        self._unpacking = unpacking
        self._fonts: dict[Place, Decoder] = {}
        self._drawing = _Drawing()

    def begin(self) -> _Drawing:
        """Return what the next page is drawn into."""
        self._drawing = _Drawing()
        return self._drawing

    def read(self, drawn: Any, resources: Any, around: int | None, depth: int) -> None:  # noqa: ANN401 - pikepdf's objects are of any kind
        """Read a page's drawing, or one that is set into it at the mark `around`."""
        if depth > _DEEPEST:
            raise ValueError("drawings are set into each other without end")
        pen = _Pen()
        marks: list[int | None] = []
        stream = pikepdf.Stream(self._pdf, self._unpacking.unpack(drawn))
        for step in pikepdf.parse_content_stream(stream, _OPERATORS):
            name, given = str(step.operator), step.operands
            if name in _TEXT:
                mark = _innermost(marks, around)
                self._drawing.add(_decode(pen.font, given), mark, hidden=pen.mode in _UNSEEN)
            elif name == "Do":
                self._enter(resources, str(given[0]), _innermost(marks, around), depth)
            elif name in _MARKS:
                _follow_mark(marks, name, given, resources if around is None else None)
            else:
                self._follow_pen(pen, name, given, resources)

    def _enter(self, resources: Any, name: str, mark: int | None, depth: int) -> None:  # noqa: ANN401 - pikepdf's objects are of any kind
        inner = resources["/XObject"][name]
        if inner.get("/Subtype") == "/Form":
            self.read(inner, inner.get("/Resources", resources), mark, depth + 1)

    def _follow_pen(self, pen: _Pen, name: str, given: Any, resources: Any) -> None:  # noqa: ANN401 - pikepdf's objects are of any kind
        if name == "q":
            pen.keep()
        elif name == "Q":
            pen.put_back()
        elif name == "Tr":
            pen.mode = int(given[0])
        else:
            pen.font = self._font(resources["/Font"][str(given[0])])

    def _font(self, font: Any) -> Decoder:  # noqa: ANN401 - pikepdf's objects are of any kind
        place = font.objgen
        if place not in self._fonts or place == (0, 0):
            self._fonts[place] = read_font(font, self._unpacking)
        return self._fonts[place]


def _follow_mark(marks: list[int | None], name: str, given: Any, resources: Any) -> None:  # noqa: ANN401 - pikepdf's objects are of any kind
    """Open or close a mark; within a form that is set in (no resources) marks name nothing here."""
    if name != "EMC":
        marks.append(None if resources is None else _mark(given, resources))
    elif marks:
        marks.pop()


def _innermost(marks: list[int | None], around: int | None) -> int | None:
    return next((mark for mark in reversed(marks) if mark is not None), around)


def _mark(given: Any, resources: Any) -> int | None:  # noqa: ANN401 - pikepdf's objects are of any kind
    """Return the number of marked content that the structure may name; furniture has none."""
    if len(given) < 2 or str(given[0]) == "/Artifact":  # noqa: PLR2004 - a tag, and its properties
        return None
    said: Mapping[str, Any] = given[1]
    if isinstance(given[1], pikepdf.Name):
        said = resources["/Properties"][str(given[1])]
    return int(said["/MCID"]) if "/MCID" in said else None


def _decode(font: Decoder, given: Any) -> str:  # noqa: ANN401 - pikepdf's objects are of any kind
    """Return the characters of a text-showing operator; its text stands last, alone or in a list."""
    shown = given[-1]
    parts = shown if isinstance(shown, pikepdf.Array) else [shown]
    raw = [bytes(part) for part in parts if isinstance(part, pikepdf.String)]
    if any(len(part) % font.width for part in raw):
        raise ValueError("a text ends within a character")
    return font.decode(b"".join(raw))
