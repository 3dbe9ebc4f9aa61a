"""A rule: what it is called, how grave it is, what it says of itself, and how it looks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from compliance.lint.material import Material
from compliance.text.diagnostic import Diagnostic
from compliance.text.yaml_text import Document

Severity = Literal["error", "warning", "note"]
Example = Literal["requirement", "checklist", "source", "facts", "pack", "form"]
Check = Callable[[Material], Iterator[Diagnostic]]
Fix = Callable[[Document, Diagnostic], str | None]
"""Takes a document and what is wrong in it; returns the mended text, or None if it cannot."""

FAMILIES = {
    "G": ("graph", "facts, requirements and conditions"),
    "A": ("authority", "sources and what rests on them"),
    "W": ("wording", "how a question reads"),
    "Q": ("answers", "what can be answered"),
    "F": ("form", "the file, its keys, and what is left out"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule and its documentation.

    `bad` and `good` are YAML; `example` says which part of a pack they show. A rule without a
    `check` is one that the reader or the engine itself finds. `calendar`: time alone can break it.
    `rewrites` is the one key of requirements whose value the `fix` may change.
    """

    code: str
    name: str
    severity: Severity
    what: str
    why: str
    bad: str
    good: str
    example: Example = "requirement"
    check: Check | None = None
    fix: Fix | None = None
    calendar: bool = False
    rewrites: str = ""

    @property
    def family(self) -> str:
        """The family that the code's letter names."""
        return FAMILIES[self.code[0]][0]

    def is_meant_by(self, word: str) -> bool:
        """Whether a code, the beginning of one, a name or a family means this rule."""
        folded = word.strip()
        return (
            self.code.startswith(folded.upper()) or folded.lower() in {self.name, self.family}
        ) and bool(folded)
