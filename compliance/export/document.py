"""A report as a small tree of blocks and runs, without a word about how it looks."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["plain", "label", "strong", "aside", "mark"]


@dataclass(frozen=True, slots=True)
class Run:
    r"""A stretch of text of one kind; `\n` in it is a line break. `target` is where a link leads."""

    text: str
    kind: Kind = "plain"
    target: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6, and the names by which links find it."""

    level: int
    runs: Runs
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; where its first run is a label, the rest is what the label says."""

    runs: Runs
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in words; `source` is its `data:` address, empty for a chart."""

    alternative: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """Where the PDF can be signed, and whose place it is."""

    alternative: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each item holds blocks of its own."""

    ordered: bool
    items: "tuple[tuple[Block, ...], ...]"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; a heading cell names its row or its column; `span` counts columns."""

    blocks: "tuple[Block, ...]"
    heads: bool
    span: int = 1


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what it shows, the rows that head its columns, and all others."""

    caption: Runs
    head: tuple[Row, ...]
    body: tuple[Row, ...]


def columns_of(table: Table) -> int:
    """Return how many columns the widest row has."""
    return max((sum(cell.span for cell in row) for row in (*table.head, *table.body)), default=0)


Block = Heading | Paragraph | Picture | SignaturePlace | Listing | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report; `head`, `mark` and `foot` stand on every page."""

    title: str
    language: str
    author: str
    generator: str
    head: str
    mark: str
    foot: str
    blocks: tuple[Block, ...]


def text_of(runs: Runs) -> str:
    """Return what the runs say."""
    return "".join(run.text for run in runs)
