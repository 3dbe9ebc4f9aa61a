"""Remarks in a file that silence a rule: `# lint-ignore W303: the reason`.

A remark behind something speaks of its own line; one that stands alone, of the next line that
is no remark.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from compliance.text.diagnostic import Diagnostic, Position, draw_excerpt
from compliance.text.yaml_text import Document

_REMARK = re.compile(r"#\s*lint-ignore\b[ \t]*(?P<words>[^:\n]*?)[ \t]*(?::[ \t]*(?P<reason>.*))?$")


@dataclass(frozen=True, slots=True)
class Remark:
    """One word of a remark: which rule it silences, on which line, and why."""

    document: Document
    position: Position
    word: str
    reason: str
    target: int

    def diagnose(self, rule: str, message: str, hint: str) -> Diagnostic:
        """Return a diagnostic at the remark."""
        excerpt = draw_excerpt(self.document.lines, self.position)
        anchor = f"remark/{self.word}"
        file = self.document.file
        return Diagnostic(file, self.position, message, hint, excerpt, rule, anchor)


def find_remarks(document: Document) -> Iterator[Remark]:
    """Yield the remarks of a document; one that names no rule has one empty word."""
    if "lint-ignore" not in document.text:
        return
    for number, line in enumerate(document.lines, start=1):
        match = _REMARK.search(line)
        if match is None or (match.start() and line[match.start() - 1] not in " \t"):
            continue
        alone = not line[: match.start()].strip()
        target = _next_line(document.lines, number) if alone else number
        position = Position(number, match.start() + 1)
        words = [word for word in re.split(r"[,\s]+", match["words"]) if word]
        for word in words or [""]:
            yield Remark(document, position, word, (match["reason"] or "").strip(), target)


def _next_line(lines: list[str], number: int) -> int:
    for at in range(number, len(lines)):
        if (stripped := lines[at].strip()) and not stripped.startswith("#"):
            return at + 1
    return number


def remove_remark(document: Document, diagnostic: Diagnostic) -> str | None:
    """Return the text without the remark that a diagnostic points at; None if it names more rules."""
    lines = list(document.lines)
    index = diagnostic.position.line - 1
    match = _REMARK.search(lines[index])
    if match is None or len(re.split(r"[,\s]+", match["words"].strip())) > 1:
        return None
    lines[index] = lines[index][: match.start()].rstrip()
    if not lines[index]:
        del lines[index]
    return "\n".join(lines)
