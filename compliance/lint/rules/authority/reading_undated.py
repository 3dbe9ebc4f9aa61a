"""A text was read, and it is not said of which day it is."""

from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield law that was read whole without the date of the text."""
    for one in material.sources:
        source = one.source
        law = source.kind in {"statute", "regulation"}
        if law and source.read == "full-text" and source.text_as_of is None:
            message = f"“{source.citation}” was read in full, and the day of that text is not said."
            yield one.diagnose("read", message, "Add text_as_of: the day the text was current.")


RULE = Rule(
    code="A214",
    name="reading-undated",
    severity="warning",
    what="A statute or regulation with `read: full-text` and no `text_as_of`.",
    why="A law is known only as of a day; without it nobody can tell whether it has changed since.",
    bad="kind: regulation\nread: full-text",
    good="kind: regulation\nread: full-text\ntext_as_of: 2026-04-05",
    example="source",
    check=check,
)
