"""The report as a draft for a word processor: real headings, lists and tables, and no signature.

Loads python-docx, so it is itself only imported inside a function.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Literal, Protocol

import docx
from docx.document import Document as Draft
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.table import Table as DraftTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DraftParagraph

from compliance.export.document import (
    Block,
    Document,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Row,
    SignaturePlace,
    Table,
    columns_of,
)
from compliance.export.draft_lists import NUMBERED, restart, set_number
from compliance.export.draft_pages import set_pages
from compliance.export.draft_pictures import add_picture
from compliance.export.draft_styles import HANGING, Sizes, own_style, set_styles
from compliance.export.draft_tables import lay_out
from compliance.export.draft_text import Names, write_runs
from compliance.export.packing import pack
from compliance.export.wording import CHART, DRAFT, DRAFT_NOTE, ONLY_IN_THE_PDF


@dataclass(frozen=True, slots=True)
class DraftLook:
    """On which paper a draft is set, in which letters and in which color its headings are."""

    paper: Literal["letter", "a4"]
    large_print: bool
    accent: str


class _Room(Protocol):
    """What blocks are written into: the draft itself, or a cell of a table."""

    def add_paragraph(self) -> DraftParagraph: ...
    def add_table(self, rows: int, cols: int) -> DraftTable: ...


def render_draft(document: Document, look: DraftLook, at: datetime) -> bytes:
    """Return the draft as DOCX; the same arguments give the same bytes.

    `at` is the date that the file says of itself, with its zone.
    """
    draft = docx.Document()
    set_styles(draft, Sizes(look.large_print), look.accent, document.language)
    width = set_pages(draft, document, look.paper)
    _describe(draft, document, at)
    banner = draft.add_paragraph(style="Banner")
    banner.add_run(f"{DRAFT.upper()}\n").bold = True
    banner.add_run(DRAFT_NOTE)
    _Writer(draft, width).write(draft, document.blocks)
    written = BytesIO()
    draft.save(written)
    return pack(written.getvalue())


def _describe(draft: Draft, document: Document, at: datetime) -> None:
    """Fill in the properties of the file; it names no user and no machine."""
    related = draft.part.package.rels  # among them a picture of the empty template
    for key in [
        key for key, each in related.items() if each.reltype == RELATIONSHIP_TYPE.THUMBNAIL
    ]:
        del related[key]
    properties = draft.core_properties
    moment = at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    properties.title = document.title[:255]
    properties.author = document.author[:255]
    properties.last_modified_by = document.generator[:255]
    properties.language = document.language
    properties.comments = f"{DRAFT}. {DRAFT_NOTE}"
    properties.category = DRAFT
    properties.content_status = "Draft"
    properties.created = properties.modified = moment
    properties.revision = 1


class _Writer:
    """Writes blocks one below the other; it keeps which names were given out for links."""

    def __init__(self, draft: Draft, width: int) -> None:
        self._draft = draft
        self._names = Names(draft)
        self._width = width

    def write(self, room: _Room, blocks: tuple[Block, ...], usual: str | None = None) -> None:
        """Write blocks; `usual` is the style of a paragraph in place of its own."""
        for block in blocks:
            self._write(room, block, usual)

    def _write(self, room: _Room, block: Block, usual: str | None) -> None:
        match block:
            case Heading(level):
                self._say(room, block, f"Heading {level}")
            case Paragraph():
                self._say(room, block, usual or own_style(block))
            case Listing():
                self._write_list(room, block)
            case Table():
                self._write_table(room, block)
            case Picture(alternative, ""):
                self._add(room, "Chart in words").add_run(f"{CHART}{alternative}")
            case Picture():
                add_picture(room.add_paragraph(), block)
            case SignaturePlace(alternative):
                said = f"{alternative}. {ONLY_IN_THE_PDF}"
                self._add(room, "Signature place").add_run(said)

    def _add(self, room: _Room, style: str) -> DraftParagraph:
        paragraph = room.add_paragraph()
        self._names.style(paragraph, style)
        return paragraph

    def _say(self, room: _Room, block: Heading | Paragraph, style: str) -> DraftParagraph:
        paragraph = self._add(room, style)
        hangs = style == HANGING
        write_runs(paragraph, block.runs, self._names, block.anchors, hangs=hangs)
        return paragraph

    def _write_list(self, room: _Room, listing: Listing) -> None:
        number = restart(self._draft) if listing.ordered else None
        for item in listing.items:
            for place, block in enumerate(item):
                if place or not isinstance(block, Paragraph):
                    self._write(room, block, "List Continue")
                elif number is None:
                    self._say(room, block, "List Bullet")
                else:
                    set_number(self._say(room, block, NUMBERED), number)

    def _write_table(self, room: _Room, table: Table) -> None:
        if table.caption:
            self._say(room, Paragraph(table.caption), "Caption")
        rows, columns = (*table.head, *table.body), columns_of(table)
        if not columns:
            return
        laid = room.add_table(rows=len(rows), cols=columns)
        lay_out(laid, table, self._width)
        for number, (row, there) in enumerate(zip(rows, laid.rows, strict=True)):
            style = "Table head" if number < len(table.head) else "Table text"
            self._fill_row(there.cells, row, style)
        self._add(room, "After a table")

    def _fill_row(self, places: Sequence[_Cell], row: Row, style: str) -> None:
        """Write a row; a cell that spans several columns takes the places of all of them."""
        left = 0
        for cell in row:
            last = left + cell.span - 1
            place = places[left].merge(places[last]) if cell.span > 1 else places[left]
            self._fill(place, cell.blocks, "Table head" if cell.span > 1 else style)
            left = last + 1

    def _fill(self, place: _Cell, blocks: tuple[Block, ...], style: str) -> None:
        """Write into a cell, which begins with an empty paragraph of its own."""
        self.write(place, blocks, style)
        first, *more = place.paragraphs
        if more:
            first._element.getparent().remove(first._element)  # noqa: SLF001 - python-docx has no other way
        else:
            self._names.style(first, style)
