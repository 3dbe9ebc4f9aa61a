"""A source whose text was read in an old edition."""

from collections.abc import Iterator

from compliance.checklist.source import STALE_YEARS
from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield the sources whose text is undated or over five years old."""
    for one in material.sources:
        source = one.source
        if source.read == "not-read" or not source.is_stale(material.as_of):
            continue
        age = f"is of {source.text_as_of}" if source.text_as_of else "has no date"
        message = f"The text of “{source.citation}” that was read {age}."
        hint = (
            f"Read one that is under {STALE_YEARS} years old; until then a reader is told to check."
        )
        yield one.diagnose("text_as_of", message, hint)


RULE = Rule(
    code="A208",
    name="old-text",
    severity="note",
    what="A source whose `text_as_of` is missing or over five years before the day of the lint.",
    why="The walk and the report print “check the current text” behind it, and the reader must.",
    bad="text_as_of: 2015-04-01",
    good="text_as_of: 2026-04-01",
    example="source",
    check=check,
    calendar=True,
)
