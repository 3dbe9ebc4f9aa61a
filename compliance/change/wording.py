"""What the formats for people share: counts, names of changes, and values on one line."""

from collections.abc import Iterable
from typing import Any

from compliance.change.comparison import Comparison
from compliance.change.requirements import RequirementChange
from compliance.text.hidden import drop_hidden

_CALLED = {
    "ask": "re-worded",
    "yes_if": "re-worded",
    "no_if": "re-worded",
    "partly_if": "re-worded",
    "grade": "re-graded",
    "cite": "re-cited",
    "section": "moved",
    "look_at": "advice",
    "why": "advice",
    "fix": "advice",
    "minutes": "advice",
}


def name_changes(change: RequirementChange) -> list[str]:
    """Return what happened to a requirement that stayed, such as `re-worded` or `depth`."""
    names = []
    for one in change.fields:
        field = one.field.rpartition(".")[2]
        field = "conditions" if field in {"applies_when", "unless"} else field
        names.append(_CALLED.get(field, field))
    return list(dict.fromkeys(names))


def count_changes(comparison: Comparison) -> list[tuple[str, int]]:
    """Return how many requirements came, went or changed, without the kinds that did not occur."""
    changed = [one for one in comparison.requirements if one.change == "changed"]
    counts = {
        kind: sum(one.change == kind for one in comparison.requirements)
        for kind in ("added", "retired", "vanished", "removed")
    }
    normative = sum(one.normative for one in changed)
    counts |= {"changed": normative, "changed unnormatively": len(changed) - normative}
    return [(kind, number) for kind, number in counts.items() if number]


def summarize(comparison: Comparison) -> tuple[str, str]:
    """Return what happened, and whether answers given before carry, in a sentence each."""
    if comparison.is_empty:
        return "No difference.", "Every answer carries."
    counts = ", ".join(f"{number} {kind}" for kind, number in count_changes(comparison))
    said = f"{count(comparison.after, 'requirement')}: {counts or 'none changed'}."
    losing = len(comparison.losing)
    lost = f"Answers given before would not carry for {losing} of {comparison.before}."
    return said, lost if losing else "Every answer carries."


def count(number: int, word: str) -> str:
    """Return `1 answer` or `2 answers`."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def show(value: Any) -> str:  # noqa: ANN401 - plain data
    """Return plain data on one line, as a checklist would write it; what cannot be seen is dropped."""
    if value is None:
        return "(nothing)"
    if isinstance(value, dict):
        given = ((key, one) for key, one in value.items() if one is not None)
        return "{" + _join(f"{key}: {show(one)}" for key, one in given) + "}"
    if isinstance(value, list | tuple):
        return "[" + _join(show(one) for one in value) + "]"
    return drop_hidden(str(value))


def _join(parts: Iterable[str]) -> str:
    return ", ".join(parts)
