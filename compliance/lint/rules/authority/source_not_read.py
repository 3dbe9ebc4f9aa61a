"""A cited source that nobody read."""

from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield the sources that are cited and not read."""
    cited = {name for entry in material.library.entries for name in entry.requirement.cite}
    for one in material.sources:
        if one.source.read == "not-read" and one.source.id in cited:
            message = f"“{one.source.citation}” is cited, and nobody has read it."
            yield one.diagnose("read", message, "Read it, and say how far.")


RULE = Rule(
    code="A206",
    name="source-not-read",
    severity="note",
    what="A source with `read: not-read` that a requirement cites.",
    why="What rests on it can only ask whether the clinic found out; reading it would let it say more.",
    bad="read: not-read",
    good="read: partial\ntext_as_of: 2026-05-01",
    example="source",
    check=check,
)
