"""Lines broken at a width, counted in columns of a terminal."""

import unicodedata
from collections.abc import Iterator, Sequence


def measure(text: str) -> int:
    """Return how many columns a text takes: two for wide characters, none for combining ones."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def fold(text: str, width: int, hang: str = "") -> list[str]:
    """Return the lines of one paragraph; those after the first begin with `hang`.

    Blanks at the beginning stay. A word that is longer than a line is cut.
    """
    lead = text[: len(text) - len(text.lstrip(" "))]
    lines, line = [], lead
    for word in text.split():
        for piece in _cut(word, max(width - measure(hang), 1)):
            joined = line + piece if line in {lead, hang} else f"{line} {piece}"
            if measure(joined) > width and line.strip():
                lines.append(line)
                joined = hang + piece
            line = joined
    return [*lines, line]


def fold_items(items: Sequence[str], width: int, lead: str = "  ", gap: str = "   ") -> list[str]:
    """Return lines of items that are kept whole, as many to a line as fit."""
    lines: list[str] = []
    for item in items:
        if lines and measure(lines[-1] + gap + item) <= width:
            lines[-1] += gap + item
        else:
            lines.append(lead + item)
    return lines


def _cut(word: str, width: int) -> Iterator[str]:
    piece = ""
    for character in word:
        if piece and measure(piece + character) > width:
            yield piece
            piece = ""
        piece += character
    yield piece
