"""A condition that nothing can fulfil."""

from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield the innermost condition that leaves no clinic to ask."""
    for verdict in material.verdicts:
        if verdict.judgement != "never":
            continue
        message = "No clinic can ever fulfil this together with the conditions it stands under."
        hint = "Nobody would be asked. Take out what contradicts."
        if verdict.lifts:
            message = "Every clinic that could be asked fulfils this “unless”."
        yield verdict.document.diagnose(verdict.path, message, hint, key=True)


RULE = Rule(
    code="G110",
    name="never-asked",
    severity="error",
    what=(
        "A condition that cannot hold, found by trying every value that its words tell apart, "
        "together with the conditions of section and checklist, of its parents' questions and of "
        "the group it is asked for."
    ),
    why="A duty that nobody is asked about looks like one that everybody fulfils.",
    bad="applies_when: {buys_stock: yes}\nunless: {buys_stock: yes}",
    good="applies_when: {buys_stock: yes}",
    check=check,
)
