"""Critical on the strength of other people's accounts."""

from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic

_READ = ("full-text", "partial")


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield critical requirements of which no source was read even in part."""
    for one in material.asked:
        levels = {source.read for source in material.cited(one.requirement)}
        if one.requirement.grade == "critical" and "secondary" in levels and not levels & {*_READ}:
            message = "What this cites is known from other people's accounts only."
            hint = "Read one of the texts, cite one that was read, or lower the grade."
            yield one.diagnose("grade", message, hint)


RULE = Rule(
    code="A212",
    name="critical-on-hearsay",
    severity="error",
    what="The grade is `critical`, and the best-read source is `secondary`.",
    why="Critical means to stop giving the drug; a stranger's summary may be wrong.",
    bad="grade: critical\ncite: [told]",
    good="grade: critical\ncite: [paper]",
    check=check,
)
