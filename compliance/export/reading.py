"""From the report's elements to blocks and runs: whatever has text comes along, known or not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from xml.etree.ElementTree import Element

from compliance.export.document import (
    Block,
    Cell,
    Document,
    Heading,
    Kind,
    Listing,
    Paragraph,
    Picture,
    Row,
    Run,
    SignaturePlace,
    Table,
)
from compliance.export.parsing import chart_words, classes, find_body, meta, parse_report
from compliance.export.spacing import Piece, settle

KEEPS_BREAKS = frozenset({"line", "said", "typed"})
"""The classes whose line breaks the report's style sheet keeps (`white-space: pre-line`)."""

_KINDS: dict[Kind, str] = {
    "label": "label",
    "mark": "mark",
    "plain": "said",
    "aside": "aside place where note hash over fact quiet who",
    "strong": (
        "ask banner day firm fix headline kind place-of plan reason statement value verdict whose"
    ),
}
"""The classes by what their text is; where an element has two, the first kind holds."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "code",
        "em",
        "i",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    }
)
_UNSEEN = frozenset({"script", "style", "template", "colgroup", "col"})


@dataclass(frozen=True, slots=True)
class _Style:
    """What an element hands down to its text."""

    kind: Kind = "plain"
    target: str = ""
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A name by which links find what follows."""

    name: str


_Part = Piece | _Anchor | Block


def read_document(html: str) -> Document:
    """Return a report's HTML as a tree of blocks."""
    root = parse_report(html)
    body = find_body(root)
    return Document(
        title=root.findtext("head/title", ""),
        language=root.get("lang", "en-US"),
        author=meta(root, "author"),
        generator=meta(root, "generator"),
        head=body.get("data-head", ""),
        mark=body.get("data-mark", ""),
        foot=body.get("data-foot", ""),
        blocks=_read_blocks(body, _Style()),
    )


def _read_blocks(element: Element, style: _Style) -> tuple[Block, ...]:
    return tuple(_settle_parts(_parts(element, style)))


def _settle_parts(parts: Iterable[_Part]) -> Iterator[Block]:
    """Make paragraphs of the pieces between blocks, and give each anchor to the next one."""
    waiting: tuple[str, ...] = ()
    for loose, group in groupby(parts, lambda part: isinstance(part, Piece | _Anchor)):
        if not loose:
            for block in group:
                given, waiting = _anchored(block, waiting)  # type: ignore[arg-type] # told by the grouping
                yield given
            continue
        members = list(group)
        waiting += tuple(part.name for part in members if isinstance(part, _Anchor))
        runs = settle(part for part in members if isinstance(part, Piece))
        if runs:
            yield Paragraph(runs, waiting)
            waiting = ()


def _anchored(block: Block, waiting: tuple[str, ...]) -> tuple[Block, tuple[str, ...]]:
    if waiting and isinstance(block, Heading | Paragraph):
        return replace(block, anchors=waiting + block.anchors), ()
    return block, waiting


def _parts(element: Element, style: _Style) -> Iterator[_Part]:
    """Yield what an element holds, in order: its own text, and what its children come to."""
    if element.text:
        yield Piece(Run(element.text, style.kind, style.target), style.keeps)
    for child in element:
        if child.tag not in _UNSEEN:
            yield from _child(child, style)
        if child.tail:
            yield Piece(Run(child.tail, style.kind, style.target), style.keeps)


def _child(child: Element, above: _Style) -> Iterator[_Part]:
    if child.get("id") and child.tag not in _HEADINGS:
        yield _Anchor(child.get("id", ""))
    style = _style(child, above)
    if child.tag == "br":
        yield Piece(Run("\n", style.kind, style.target), keeps=True)
    elif child.tag in _INLINE:
        yield from _parts(child, style)
    elif child.tag in _LEAVES:
        yield _LEAVES[child.tag](child, style)
    else:
        yield from _read_blocks(child, style)


def _style(element: Element, above: _Style) -> _Style:
    own = classes(element)
    named: Iterator[Kind] = (kind for kind, names in _KINDS.items() if own & {*names.split()})
    kind = next(named, "strong" if element.tag in {"b", "strong"} else above.kind)
    keeps = (above.keeps or bool(own & KEEPS_BREAKS)) and kind != "label"
    target = element.get("href", "") if element.tag == "a" else above.target
    return _Style(kind, target, keeps)


def _heading(element: Element, style: _Style) -> Block:
    own = element.get("id")
    runs = settle(_flat(element, style))
    return Heading(_HEADINGS[element.tag], runs, (own,) if own else ())


def _flat(element: Element, style: _Style) -> Iterator[Piece]:
    """Yield all that an element says as pieces of one paragraph; a picture in its words."""
    if element.text:
        yield Piece(Run(element.text, style.kind, style.target), style.keeps)
    for child in element:
        if child.tag == "svg":
            yield Piece(Run(chart_words(child), style.kind), keeps=False)
        elif child.get("alt"):
            yield Piece(Run(child.get("alt", ""), style.kind), keeps=False)
        else:
            yield from _flat(child, _style(child, style))
        if child.tail:
            yield Piece(Run(child.tail, style.kind, style.target), style.keeps)


def _list(element: Element, style: _Style) -> Block:
    items = (item for item in element if item.tag == "li")
    read = tuple(_read_blocks(item, _style(item, style)) for item in items)
    return Listing(element.tag == "ol", read)


def _picture(element: Element, _: _Style) -> Block:
    if element.tag == "svg":
        return Picture(chart_words(element))
    return Picture(element.get("alt", ""), element.get("src", ""))


def _place(element: Element, _: _Style) -> Block:
    return SignaturePlace(element.get("title", ""))


def _table(element: Element, style: _Style) -> Block:
    caption = element.find("caption")
    head = {id(row) for row in element.findall("thead/tr")}
    rows = [(id(row) in head, _row(row, style)) for row in element.iter("tr")]
    return Table(
        caption=() if caption is None else settle(_flat(caption, _style(caption, style))),
        head=tuple(row for is_head, row in rows if is_head),
        body=tuple(row for is_head, row in rows if not is_head),
    )


def _row(row: Element, style: _Style) -> Row:
    below = _style(row, style)
    return tuple(
        Cell(
            _read_blocks(cell, _style(cell, below)),
            heads=cell.tag == "th",
            span=int(cell.get("colspan", "1")),
        )
        for cell in row
        if cell.tag in {"td", "th"}
    )


_LEAVES = {
    **dict.fromkeys(_HEADINGS, _heading),
    **dict.fromkeys(("ul", "ol"), _list),
    **dict.fromkeys(("svg", "img"), _picture),
    "input": _place,
    "table": _table,
}
