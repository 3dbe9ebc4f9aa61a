"""Choices of a fact that no condition tells apart from “none of these”."""

from collections.abc import Iterator

from compliance.checklist.condition import AllOf, AnyOf, Compare, Condition, Count, Not
from compliance.checklist.fact import list_words
from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic

_CATCH_ALL = "other"


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield each fact that is named in conditions with the choices that are not."""
    named: dict[str, set[str]] = {}
    for condition in material.conditions:
        _collect(condition, named)
    for checklist in material.library.checklists.values():
        if checklist.state:
            named.setdefault("state", set()).add(checklist.state)
    for one in material.facts:
        used = named.get(one.fact.id, set())
        left = [word for word in one.fact.choices or () if word not in used | {_CATCH_ALL}]
        if used and left:
            message = f"No condition names {list_words(left)} of “{one.fact.id}”."
            hint = "Use them, join them to “other”, or say here why they stand."
            yield one.diagnose("choices", message, hint, key=True)


def _collect(condition: Condition, named: dict[str, set[str]]) -> None:
    """Add the words that a condition compares each fact with."""
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            _collect(part, named)
    elif isinstance(condition, Not):
        _collect(condition.part, named)
    elif isinstance(condition, Count):
        _collect(condition.where, named)
    elif isinstance(condition, Compare) and condition.subject.fact:
        words = condition.operand if isinstance(condition.operand, tuple) else ()
        named.setdefault(condition.subject.fact.id, set()).update(words)


RULE = Rule(
    code="G117",
    name="unused-choice",
    severity="note",
    what="Choices of a fact that no condition names, though it names others. “other” is expected.",
    why="A choice that decides nothing makes the list longer to read.",
    bad="clinic:\n  - {id: buys_stock, type: choice, ask: Do you?, choices: {yes: Yes, no: No, may: Perhaps}}",
    good="clinic:\n  - {id: buys_stock, type: choice, ask: Do you?, choices: {yes: Yes, no: No, other: Else}}",
    example="facts",
    check=check,
)
