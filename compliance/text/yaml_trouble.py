"""What the YAML parser complains of, in sentences that an author without code understands."""

from dataclasses import dataclass
from typing import Any

import yaml

from compliance.text.diagnostic import Diagnostic, Position, draw_excerpt

LINE_BREAKS = "\x85\u2028\u2029"
"""Characters that the parser counts as line ends and no editor does."""


class Refused(Exception):  # noqa: N818 - never leaves this room
    """Carries where and why out of the event loop."""

    def __init__(
        self, position: Position, message: str, hint: str = "", *, rule: str = "not-yaml"
    ) -> None:
        super().__init__(message)
        self.position, self.message, self.hint, self.rule = position, message, hint, rule

    def diagnose(self, file: str, lines: list[str]) -> Diagnostic:
        """Return it as a diagnostic with its excerpt."""
        excerpt = draw_excerpt(lines, self.position)
        return Diagnostic(file, self.position, self.message, self.hint, excerpt, self.rule)


@dataclass(frozen=True, slots=True)
class _Complaint:
    """One of the parser's complaints, known by words of it; `opened`: the place is where it began."""

    words: str
    sentence: str
    hint: str
    opened: bool = False


_COMPLAINTS = (
    _Complaint(
        "while scanning a quoted scalar",
        "A quotation mark is opened here and never closed.",
        "Close it.",
        opened=True,
    ),
    _Complaint(
        "did not find expected ',' or",
        "A bracket is opened here, and what follows does not fit in it.",
        "Close it, put a comma between two entries, or put the text in quotes.",
        opened=True,
    ),
    _Complaint(
        "did not find expected node content",
        "A value is missing here, or a bracket was opened before and never closed.",
        "Write the value, or close the bracket.",
    ),
    _Complaint(
        "mapping values are not allowed",
        "A second “: ” stands in this line, or the line before has no colon.",
        "Put a text that holds “: ” in quotes, or check the indent.",
    ),
    _Complaint(
        "could not find expected ':'",
        "A key is not followed by a colon.",
        "A key needs a colon and a space after it.",
        opened=True,
    ),
    _Complaint(
        "did not find expected key",
        "This line does not fit the lines above it.",
        "Check the indent, and put a text that goes on after a quotation mark in quotes as a whole.",
    ),
    _Complaint(
        "did not find expected '-'",
        "This line does not fit the list above it.",
        "Begin each entry with “- ” at the same indent.",
    ),
    _Complaint(
        "block sequence entries are not allowed",
        "A list cannot begin here.",
        "Begin it on a line of its own, or put the text in quotes.",
    ),
    _Complaint(
        "control characters are not allowed",
        "A character that cannot be seen stands here.",
        "Delete it and type the text anew.",
    ),
    _Complaint("unknown directive", "A line cannot begin with “%”.", "Put the text in quotes."),
    _Complaint(
        "unknown escape character",
        "The “\\” in this text means nothing.",
        "Write “\\\\”, or use single quotes.",
    ),
)
_CANNOT_BEGIN = "cannot start any token"
_TOO_DEEP = "maximum nesting depth"  # the parser looks ahead, and gives up before we count


def explain(error: yaml.YAMLError, text: str) -> Refused:
    """Return the parser's complaint in our words, at the place where it is mended."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    context = str(getattr(error, "context", None) or "")
    mark = getattr(error, "problem_mark", None)
    here = _position(mark) if mark else _place_of_byte(getattr(error, "position", 0) or 0, text)
    if _TOO_DEEP in problem:
        return Refused(here, "Nested too deep.", "Make it flatter.", rule="too-large")
    if _CANNOT_BEGIN in problem:
        return _explain_character(here, text)
    known = next((c for c in _COMPLAINTS if c.words in problem or c.words in context), None)
    if known is None:
        return Refused(here, f"This is not YAML: {problem}.")
    opening = getattr(error, "context_mark", None) if known.opened else None
    return Refused(_position(opening) if opening else here, known.sentence, known.hint)


def find_hidden_break(text: str) -> Refused | None:
    """Return the first line break that no editor shows as one; positions behind it would be wrong."""
    offsets = [at for at in (text.find(one) for one in LINE_BREAKS) if at >= 0]
    if not offsets:
        return None
    at = min(offsets)
    message = f"A hidden line break (U+{ord(text[at]):04X}) stands here."
    return Refused(_place_of(at, text), message, "Delete it; it often comes with pasted text.")


def _explain_character(here: Position, text: str) -> Refused:
    line = text.split("\n")[here.line - 1]
    character = line[here.column - 1 : here.column]
    if character == "\t":
        return Refused(here, "A tab stands here.", "Indent with spaces, not with tabs.")
    return Refused(here, f"A text cannot begin with “{character}”.", "Put it in quotes.")


def _position(mark: Any) -> Position:  # noqa: ANN401 - the parser's own type, in C or in Python
    return Position(mark.line + 1, mark.column + 1)


def _place_of_byte(offset: int, text: str) -> Position:
    return _place_of(len(text.encode()[:offset].decode(errors="ignore")), text)


def _place_of(offset: int, text: str) -> Position:
    return Position(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
