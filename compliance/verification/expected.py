"""The text that the pages of a report have to show, taken from the HTML that its data gives.

The HTML holds all of it but what the style sheet generates: page numbers behind cross references and
entries of the contents, signs before the items of lists, table heads repeated on a next page, and
what stands around each page. `GENERATED`, `AROUND` and templates/report/audit.css belong together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["text", "page", "sign", "anchor", "table", "table end"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One step through the text: words, or a place where the style sheet adds some.

    `words` are the text, for a page number the anchor that it leads to, for an anchor its name,
    for a table what its head says.
    """

    kind: Kind
    words: str = ""
    pattern: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """The text in order; what stands around every page but the first, and once in a section."""

    pieces: tuple[Piece, ...]
    always: tuple[str, ...]
    after_the_first: tuple[str, ...]
    sections: frozenset[str]


GENERATED: Mapping[str, re.Pattern[str]] = {
    "a.page": re.compile(r",page([0-9]{1,5})"),
    ".contents a": re.compile(r"\.*([0-9]{1,5})"),
    "li": re.compile(r"[•–]?"),
}
"""What the style sheet adds behind a reference, behind an entry of the contents, before an item."""

AROUND = {"always": ("data-mark", "data-foot"), "after the first": ("data-head",)}
"""Attributes of the body whose words stand at the edge of each page; so does a section's heading."""

_UNPRINTED = frozenset({"style", "title", "script", "template", "desc"})
_VOID = frozenset({"meta", "input", "br", "col", "img", "hr", "link", "wbr"})
_SPACE = re.compile(r"\s+")


def squeezed(text: str) -> str:
    """Return a text without any white space: where lines break is the printer's business."""
    return _SPACE.sub("", text)


def read_html(html: str) -> Expected:
    """Return what the pages made of an HTML text of ours have to show."""
    walk = _Walk()
    walk.feed(html)
    walk.close()
    return Expected(
        tuple(walk.pieces),
        tuple(walk.always),
        tuple(walk.after_the_first),
        frozenset(walk.sections),
    )


class _Walk(HTMLParser):
    """Collects the pieces while the HTML is read from end to end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.always: list[str] = []
        self.after_the_first: list[str] = []
        self.sections: set[str] = set()
        self._open: list[tuple[str, str, str]] = []  # tag, class, where it leads
        self._hidden = 0
        self._gathered: dict[str, list[str]] = {}  # words within what is open of h2 and thead
        self._tables: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins here: an anchor, an item, a table."""
        said = {key: value or "" for key, value in attrs}
        if tag == "body":
            self.always += [said.get(name, "") for name in AROUND["always"]]
            self.after_the_first += [said.get(name, "") for name in AROUND["after the first"]]
        if "id" in said:
            self.pieces.append(Piece("anchor", said["id"]))
        if tag == "li":
            self.pieces.append(Piece("sign", "", GENERATED["li"]))
        if tag == "table":
            self._tables.append(len(self.pieces))
            self.pieces.append(Piece("table"))
        if tag in {"h2", "thead"}:
            self._gathered[tag] = []
        if tag not in _VOID:
            self._hidden += tag in _UNPRINTED
            self._open.append((tag, said.get("class", ""), said.get("href", "").lstrip("#")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that closes itself holds no text; of SVG, most."""

    def handle_endtag(self, tag: str) -> None:
        """Note what ends here: a reference with its number, a table, a head."""
        name, kind, target = self._open.pop()
        if name != tag:
            raise ValueError(f"our HTML closes “{tag}” where “{name}” is open")
        self._hidden -= tag in _UNPRINTED
        if tag == "a":
            self._end_reference(kind, target)
        elif tag == "table":
            self._tables.pop()
            self.pieces.append(Piece("table end"))
        elif tag == "thead":
            self.pieces[self._tables[-1]] = Piece(
                "table", squeezed("".join(self._gathered.pop(tag)))
            )
        elif tag == "h2":
            self.sections.add("".join(self._gathered.pop(tag)))

    def handle_data(self, data: str) -> None:
        """Take words that are printed."""
        if self._hidden or not data.strip():
            return
        for gathered in self._gathered.values():
            gathered.append(data)
        self.pieces.append(Piece("text", data))

    def _end_reference(self, kind: str, target: str) -> None:
        if "page" in kind.split():
            self.pieces.append(Piece("page", target, GENERATED["a.page"]))
        elif any("contents" in outer.split() for _, outer, _ in self._open):
            self.pieces.append(Piece("page", target, GENERATED[".contents a"]))
