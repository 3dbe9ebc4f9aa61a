"""A source that nothing cites."""

from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield the sources that no requirement cites."""
    cited = {name for entry in material.library.entries for name in entry.requirement.cite}
    for one in material.sources:
        if one.source.id not in cited:
            message = f"No requirement cites “{one.source.id}”."
            yield one.diagnose("id", message, "Cite it, or remove it.")


RULE = Rule(
    code="A209",
    name="never-cited",
    severity="warning",
    what="A source under `sources/` that no requirement cites.",
    why="It has to be reviewed every year for nothing, or a requirement forgot it.",
    bad="id: forgotten",
    good="id: paper",
    example="source",
    check=check,
)
