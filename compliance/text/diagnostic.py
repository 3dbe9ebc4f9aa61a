"""The one shape of trouble in a file that somebody wrote."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

EXCERPT_WIDTH = 100


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text; line and column count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text comes from that was not written at the place that is pointed at."""

    name: str
    file: str
    position: Position
    anchor: str

    def __str__(self) -> str:
        return f"{self.name}, {self.file}:{self.position.line}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is wrong, where, and what to do about it.

    `rule` names the rule that was broken, as `compliance explain` knows it. `anchor` is the place
    in words that stay the same when lines move: ids and keys joined by slashes. `origin` is there
    when the text was lent to this place by another. `instead` is the text that would be right
    there, where that is known.
    """

    file: str
    position: Position
    message: str
    hint: str = ""
    excerpt: str = ""
    rule: str = ""
    anchor: str = ""
    origin: Origin | None = None
    instead: str = ""

    def render(self) -> str:
        """Return the form a person reads: `file:line:column`, the sentence, the line with a caret."""
        head = f"{self.file}:{self.position.line}:{self.position.column}: {self.message}"
        if self.hint:
            head += f" {self.hint}"
        return f"{head}\n{self.excerpt}" if self.excerpt else head


def draw_excerpt(lines: list[str], position: Position) -> str:
    """Return the line at `position` with a caret below it, cut to a window when it is long.

    Characters that a terminal would act on are shown as a middle dot.
    """
    if not 1 <= position.line <= len(lines):
        return ""
    offset = position.column - 1
    start = max(0, offset - EXCERPT_WIDTH // 2)
    cut = lines[position.line - 1][start : start + EXCERPT_WIDTH]
    window = "".join(c if c.isprintable() else "·" for c in cut)
    margin = f"{position.line:>5} | "
    caret = " " * (len(margin) - 2) + "| " + " " * (offset - start) + "^"
    return f"{margin}{window}\n{caret}"


def suggest(word: str, candidates: Iterable[str]) -> str:
    """Return `Did you mean “…”?` for the nearest candidate, or nothing when none is near."""
    near = difflib.get_close_matches(word, list(candidates), n=1, cutoff=0.6)
    return f"Did you mean “{near[0]}”?" if near else ""
