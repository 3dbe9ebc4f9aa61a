"""The report as Markdown: CommonMark with pipe tables, in which everything typed reads as typed."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape as escape_html
from itertools import groupby
from textwrap import indent

from compliance.export.document import (
    Block,
    Cell,
    Document,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Row,
    Run,
    Runs,
    SignaturePlace,
    Table,
    columns_of,
)
from compliance.export.markdown_text import as_cell, as_lines, as_one_line
from compliance.export.wording import CHART, COPY, ONLY_IN_THE_PDF, PICTURE


def render_markdown(document: Document) -> str:
    """Return the whole report as Markdown, in its order."""
    notes = [as_lines((Run(text),)) for text in (document.mark, document.foot, COPY) if text]
    return "\n\n".join([*_write_all(document.blocks), "---", *notes]) + "\n"


def _write_all(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield each block; labelled lines that follow each other become one list."""
    for labelled, group in groupby(blocks, _is_labelled):
        if labelled:
            yield "\n".join(_item("-", _write(block)) for block in group)
        else:
            yield from (_write(block) for block in group)


def _is_labelled(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.runs[0].kind == "label"


def _write(block: Block) -> str:
    match block:
        case Heading(level, runs, anchors):
            return f"{'#' * level} {_name(anchors)}{as_one_line(runs)}"
        case Paragraph(runs, anchors):
            return _name(anchors) + as_lines(runs)
        case Listing():
            return _write_list(block)
        case Table():
            return _write_table(block)
        case Picture() | SignaturePlace():
            return as_lines(_in_words(block))


def _in_words(block: Picture | SignaturePlace) -> Runs:
    if isinstance(block, Picture):
        kind = PICTURE if block.source else CHART
        return (Run(kind.strip(), "label"), Run(f" {block.alternative}"))
    return (Run(block.alternative, "label"), Run(f" {ONLY_IN_THE_PDF}"))


def _name(anchors: tuple[str, ...]) -> str:
    """Return names that links find; Markdown has none of its own that all readers know."""
    return "".join(f'<a id="{escape_html(anchor)}"></a>' for anchor in anchors)


def _write_list(listing: Listing) -> str:
    marks = (f"{n}." if listing.ordered else "*" for n in range(1, len(listing.items) + 1))
    texts = ("\n\n".join(_write_all(item)) for item in listing.items)
    return "\n".join(_item(mark, text) for mark, text in zip(marks, texts, strict=True))


def _item(mark: str, text: str) -> str:
    room = " " * (len(mark) + 1)
    return f"{mark} {indent(text, room).removeprefix(room)}"


def _write_table(table: Table) -> str:
    columns = columns_of(table) or 1
    nothing: Row = (Cell((), heads=True),) * columns
    first, *more = table.head or (nothing,)
    lines = [_write_row(first, columns), "|" + " --- |" * columns]
    lines += [_write_row(row, columns) for row in (*more, *table.body)]
    caption = as_one_line(tuple(replace(run, kind="strong") for run in table.caption))
    return "\n\n".join([*filter(None, [caption]), "\n".join(lines)])


def _write_row(row: Row, columns: int) -> str:
    cells = [text for cell in row for text in (_write_cell(cell.blocks), *[""] * (cell.span - 1))]
    cells += [""] * (columns - len(cells))
    return "| " + " | ".join(cells) + " |"


def _write_cell(blocks: tuple[Block, ...]) -> str:
    return "<br>".join(text for block in blocks for text in _flat(block) if text)


def _flat(block: Block) -> Iterator[str]:
    """Yield a block as texts for a cell, which holds nothing but text."""
    match block:
        case Heading(_, runs, anchors) | Paragraph(runs, anchors):
            yield _name(anchors) + as_cell(runs)
        case Listing(_, items):
            yield from (f"• {_write_cell(item)}" for item in items)
        case Table(caption, head, body):
            yield as_cell(caption)
            yield from (_write_cell(cell.blocks) for row in (*head, *body) for cell in row)
        case Picture() | SignaturePlace():
            yield as_cell(_in_words(block))
