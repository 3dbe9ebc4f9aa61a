"""A section does not say where to stand."""

from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield sections without `where`."""
    for read in material.checklists:
        for index, section in enumerate(read.checklist.sections):
            path = ("sections", index)
            if not section.where and not read.is_mended((*path, "where")):
                message = f"The section “{section.title}” does not say where to stand."
                yield read.document.diagnose(path, message, "Add where: such as “At the cabinet.”.")


RULE = Rule(
    code="F522",
    name="section-without-where",
    severity="warning",
    what="A section without `where`.",
    why="The walk follows the building; an auditor who is sent back and forth gives up.",
    bad="sections:\n  - title: All\n    requirements: [{id: asked, ask: Is it so?, force: consensus, grade: minor, cite: [paper]}]",
    good="sections:\n  - title: All\n    where: At the cart.\n    requirements: [{id: asked, ask: Is it so?, force: consensus, grade: minor, cite: [paper]}]",
    example="checklist",
    check=check,
)
