"""A fact that no condition names."""

from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield the facts that nothing looks at; ties, addresses and what is edited in are no such."""
    subjects = (one for condition in material.conditions for one in condition.facts())
    named = {one.fact.id for one in subjects if one.fact}
    named |= {group.by for group in material.library.sheet.groups if group.by}
    for one in material.facts:
        fact = one.fact
        needed = fact.id in named or fact.required == "yes" or fact.of
        if not needed and fact.asked == "when-needed":
            message = f"No condition names “{fact.id}”, so it is never asked."
            yield one.diagnose("id", message, "Use it, or remove it.")


RULE = Rule(
    code="G112",
    name="unused-fact",
    severity="warning",
    what="A fact of `facts.yaml` that no condition looks at.",
    why="It is never asked, and an author who names it later may find that it means something else.",
    bad="clinic:\n  - {id: paints_walls, type: yes_no, ask: Do you paint the walls?}",
    good="clinic:\n  - {id: paints_walls, type: yes_no, ask: Do you paint the walls?, asked: always}",
    example="facts",
    check=check,
)
