"""A follow-up that is asked where the question it follows is not."""

from collections.abc import Iterator

from compliance.checklist.frozen import DEPTHS
from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield follow-ups of a shallower depth than a question whose answer decides about them."""
    by_key = material.library.by_key
    for one in material.asked:
        depth = one.requirement.depth
        for subject in one.entry.condition.facts():
            parent = by_key.get(subject.path[0]) if subject.kind == "answer" else None
            if parent and DEPTHS.index(parent.requirement.depth) > DEPTHS.index(depth):
                message = f"This is {depth}, and “{parent.key}”, which it follows, is deeper."
                hint = "At that depth the answer is not known, so everybody is asked this."
                yield one.diagnose("depth" if depth != "core" else "id", message, hint)
                break


RULE = Rule(
    code="G120",
    name="shallow-follow-up",
    severity="warning",
    what="A requirement that follows an answer and has a shallower depth than the question it follows.",
    why="Where the parent is not asked its answer is unknown, so the follow-up is put to everybody.",
    bad="depth: quick\napplies_when: {answers: {trial/first: no}}",
    good="depth: deep\napplies_when: {answers: {trial/first: no}}",
    check=check,
)
