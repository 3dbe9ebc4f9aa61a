"""Tables of a draft: columns as wide as their words need, and heads that stand on every page."""

from itertools import zip_longest
from math import sqrt

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table as DraftTable
from docx.table import _Row

from compliance.export.document import Block, Cell, Heading, Listing, Paragraph, Table, text_of

_LEAST, _MOST, _BY_HAND = 6, 18, 11
"""Letters that a column makes room for: at the least, at the most, and to be written by hand."""


def lay_out(laid: DraftTable, table: Table, width: int) -> None:
    """Give a table its borders, the widths of its columns and its repeated heads."""
    laid.style = "Table Grid"
    laid.autofit = False
    _give_air(laid)
    widths = [Length(part) for part in column_widths(table, width)]
    for column, part in zip(laid.columns, widths, strict=True):
        column.width = part
    for number, row in enumerate(laid.rows):
        for cell, part in zip(row.cells, widths, strict=True):
            cell.width = part
        _say(row, "w:cantSplit")
        if number < len(table.head):
            _say(row, "w:tblHeader")


def column_widths(table: Table, width: int) -> list[int]:
    """Return the widths of the columns, which share `width`."""
    columns = zip_longest(*_said(table), fillvalue="")
    needs = [_need_of_column(texts) for texts in columns]
    return [round(width * need / sum(needs)) for need in needs]


def _said(table: Table) -> list[list[str]]:
    """Return the words of each cell; one that spans several columns asks none for more room."""
    return [[word for cell in row for word in _shares(cell)] for row in (*table.head, *table.body)]


def _shares(cell: Cell) -> list[str]:
    return [_words(cell.blocks)] if cell.span == 1 else [""] * cell.span


def _need_of_column(texts: tuple[str, ...]) -> float:
    """Return how much room a column asks for; one that is empty below its head is written into."""
    empty = len(texts) > 1 and not any(texts[1:])
    return max(_BY_HAND if empty else 0, *map(_need, texts))


def _need(text: str) -> float:
    """Return how much room a text asks for: its longest word, or the square that it would fill."""
    longest = max(map(len, text.split()), default=0)
    return max(_LEAST, min(_MOST, longest) + 2, min(_MOST, sqrt(5 * len(text))))


def _words(blocks: tuple[Block, ...]) -> str:
    return " ".join(_own_words(block) for block in blocks)


def _own_words(block: Block) -> str:
    if isinstance(block, Heading | Paragraph):
        return text_of(block.runs)
    if isinstance(block, Listing):
        return " ".join(map(_words, block.items))
    return ""


def _give_air(laid: DraftTable) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 50), ("left", 90), ("bottom", 50), ("right", 90)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = laid._tbl.tblPr  # noqa: SLF001 - python-docx has no words for it
    properties.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def _say(row: _Row, property_name: str) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no words for it
    properties.append(OxmlElement(property_name))
    properties[-1].set(qn("w:val"), "true")
