"""Walks through the text that pages show and the text that they have to show, side by side."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from compliance.verification.expected import Expected, Piece, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BEFORE, _AFTER = 24, 48  # characters shown around a difference
_LOOK_AHEAD = 16


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the pages leave the data: the page, what it shows, and what it has to show."""

    page: int
    shows: str
    should: str


@dataclass(slots=True)
class _Walk:
    """The place in the printed text, and what was met on the way there."""

    printed: str
    ends: list[int]
    at: int = 0
    heads: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)
    numbers: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def page(self) -> int:
        """The page of the next character, from 0."""
        return min(bisect.bisect_right(self.ends, self.at), len(self.ends) - 1)


def compare(pages: Sequence[str], expected: Expected) -> Iterator[Difference]:
    """Yield the first place where the pages' texts differ from what they have to be.

    Then, if the texts agree, every page number that leads to another page than it says.
    """
    shown = [squeezed(page) for page in pages]
    walk = _Walk("".join(shown), list(accumulate(map(len, shown))))
    for place, piece in enumerate(expected.pieces):
        missing = _take(walk, piece, expected.pieces, place)
        if missing is not None:
            yield _difference(walk, pages, _rest(expected.pieces, place, missing))
            return
    if walk.at < len(walk.printed):
        yield _difference(walk, pages, "nothing more")
        return
    for target, number, page in walk.numbers:
        really = walk.anchors.get(target, -1) + 1
        if number != really:
            yield Difference(page + 1, f"page {number} for “{target}”", f"page {really}")


def _take(walk: _Walk, piece: Piece, pieces: Sequence[Piece], place: int) -> str | None:
    """Go over one piece; return what of it is not there, None when all is."""
    if piece.kind == "text":
        return _take_text(walk, squeezed(piece.words))
    if piece.kind == "anchor":
        walk.waiting.append(piece.words)
    elif piece.kind == "table":
        walk.heads.append(piece.words)
    elif piece.kind == "table end":
        walk.heads.pop()
    elif piece.kind == "sign" and piece.pattern:
        found = piece.pattern.match(walk.printed, walk.at)
        if found and not walk.printed.startswith(_next_text(pieces, place), walk.at):
            walk.at = found.end()
    else:
        return _take_number(walk, piece, _next_text(pieces, place))
    return None


def _take_text(walk: _Walk, text: str) -> str | None:
    """Go over a text, which may run over pages; a table's head may stand again on each."""
    done = 0
    while done < len(text):
        page = walk.page
        length = min(len(text) - done, walk.ends[page] - walk.at)
        if length and walk.printed.startswith(text[done : done + length], walk.at):
            while walk.waiting:
                walk.anchors.setdefault(walk.waiting.pop(), page)
            walk.at += length
            done += length
        elif not (length and _pass_head(walk, page)):
            return text[done:]
    return None


def _pass_head(walk: _Walk, page: int) -> bool:
    """Go over a table's head that is repeated where a page begins within the table."""
    start = walk.ends[page - 1] if page else 0
    for head in walk.heads:
        if head and walk.at == start and walk.printed.startswith(head, walk.at):
            walk.at += len(head)
            return True
    return False


def _take_number(walk: _Walk, piece: Piece, following: str) -> str | None:
    """Go over a page number; digits behind it may be the next text's, so the shortest try comes last."""
    found = piece.pattern.match(walk.printed, walk.at) if piece.pattern else None
    if found is None:
        return "a page number"
    page = walk.page
    digits = found[1]
    for length in range(len(digits), 0, -1):
        end = found.end() - len(digits) + length
        if walk.printed.startswith(following, end) or length == 1:
            walk.at = end
            walk.numbers.append((piece.words, int(digits[:length]), page))
            break
    return None


def _next_text(pieces: Sequence[Piece], place: int) -> str:
    """Return the beginning of the text that follows, as far as nothing generated can interrupt it."""
    for piece in pieces[place + 1 : place + 6]:
        if piece.kind == "text":
            return squeezed(piece.words)[:_LOOK_AHEAD]
        if piece.kind in {"page", "sign"}:
            break
    return ""


def _rest(pieces: Sequence[Piece], place: int, missing: str) -> str:
    """Return what has to come, with its spaces, from the missing part of a piece on."""
    words = pieces[place].words if pieces[place].kind == "text" else missing
    shown = _from(words, len(squeezed(words)) - len(missing))
    for piece in pieces[place + 1 : place + 12]:
        if len(shown) > _AFTER:
            break
        shown += f" {piece.words}" if piece.kind == "text" else ""
    return " ".join(shown.split())[:_AFTER]


def _difference(walk: _Walk, pages: Sequence[str], should: str) -> Difference:
    page = walk.page
    start = walk.ends[page - 1] if page else 0
    raw = pages[page]
    at = len(raw) - len(_from(raw, walk.at - start))
    before = raw[max(0, at - _BEFORE) : at]
    after = raw[at : at + _AFTER]
    return Difference(
        page + 1,
        " ".join(f"{before}{after}".split()) or "nothing",
        " ".join(f"{before}{should}".split()),
    )


def _from(text: str, skipped: int) -> str:
    """Return a text from behind its first `skipped` characters that are no white space."""
    for at, character in enumerate(text):
        if not character.isspace():
            if skipped == 0:
                return text[at:]
            skipped -= 1
    return ""
