"""A condition that decides nothing."""

from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield conditions that hold whenever those around them do."""
    for verdict in material.verdicts:
        if verdict.judgement != "always":
            continue
        message = "This always holds where it is looked at, so it decides nothing."
        if verdict.lifts:
            message = "This “unless” never holds where it is looked at, so it lifts nothing."
        yield verdict.document.diagnose(verdict.path, message, "Remove it.", key=True)


RULE = Rule(
    code="G111",
    name="condition-always-holds",
    severity="warning",
    what="A condition that holds for everybody who is still to be asked, or an `unless` that never does.",
    why="A reader believes that it lets somebody off, and it does not.",
    bad="applies_when: {any_of: [{buys_stock: yes}, {buys_stock: no}]}",
    good="applies_when: {buys_stock: yes}",
    check=check,
)
