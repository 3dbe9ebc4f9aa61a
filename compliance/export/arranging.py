"""What a browser needs and paper does not: names for charts, labels for cells, no empty form."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from compliance.export.parsing import chart_words, classes
from compliance.export.wording import ONLY_IN_THE_PDF

_ROLES = {
    "table": "table",
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tr": "row",
    "td": "cell",
}
"""Said once more in words: on a phone cells stand below each other, and browsers then forget them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    target: str
    title: str


def arrange(body: Element) -> None:
    """Change the report's elements in place; no text of theirs goes."""
    for parent in list(body.iter()):
        for index, child in enumerate(list(parent)):
            if child.tag == "form":
                child.tag = "div"
            elif child.tag == "input":
                parent[index] = _place(child)
            elif child.tag == "svg":
                parent[index] = _window(child)
            elif child.tag == "table":
                _label_cells(child)


def contents(body: Element) -> tuple[Entry, ...]:
    """Return the chapters that links can lead to."""
    found = ((h2.get("id", ""), "".join(h2.itertext())) for h2 in body.iter("h2"))
    return tuple(Entry(f"#{anchor}", title) for anchor, title in found if anchor)


def _place(field: Element) -> Element:
    """Return what stands in the place of a signature: a browser could only show a box to tick."""
    words = Element("p", {"class": "signature"})
    words.text = f"{field.get('title', '')}. {ONLY_IN_THE_PDF}".lstrip(". ")
    words.tail = field.tail
    return words


def _window(svg: Element) -> Element:
    """Return a chart in a frame that scrolls on its own where the screen is narrow."""
    frame = Element("div", {"class": "window", "role": "group", "tabindex": "0"})
    frame.set("aria-label", "Chart")
    svg.set("role", "img")
    if svg.find("title") is None:
        svg.set("aria-label", chart_words(svg))
    frame.tail, svg.tail = svg.tail, None
    frame.append(svg)
    return frame


def _label_cells(table: Element) -> None:
    """Say the role of each part, and in each cell the head of its column."""
    for part in table.iter():
        if part.tag in _ROLES:
            part.set("role", _ROLES[part.tag])
    heads = ["".join(head.itertext()) for head in table.iterfind("thead/tr/th")]
    for head in table.iterfind("thead/tr/th"):
        head.attrib.update(scope="col", role="columnheader")
    for row in table.iterfind("tbody/tr"):
        for cell, label in _beside(row, heads):
            if label and "colspan" not in cell.attrib:
                cell.set("data-label", label)
            if cell.tag == "th":
                cell.attrib.setdefault("scope", "row")
                cell.set("role", "rowheader")
            if not "".join(cell.itertext()).strip():
                cell.set("class", " ".join(sorted({*classes(cell), "empty"})))


def _beside(row: Element, heads: list[str]) -> Iterator[tuple[Element, str]]:
    """Yield each cell with the head of its column; cells that span several count as many."""
    column = 0
    for cell in row:
        if cell.tag in {"td", "th"}:
            yield cell, heads[column] if column < len(heads) else ""
            column += int(cell.get("colspan", "1"))
