"""Follow-ups that wait for each other."""

from collections.abc import Iterator, Mapping
from typing import Any

from compliance.lint.material import Asked, Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield each ring of references once, at its first requirement, with its path."""
    asked = {one.entry.key: one for one in material.asked}
    short = {f"{one.checklist.id}/{one.requirement.id}": key for key, one in asked.items()}
    graph = {key: _parents(one, short) for key, one in asked.items()}
    for ring in _find_rings(graph):
        one = asked[ring[0]]
        path = " → ".join(asked[key].requirement.id for key in (*ring, ring[0]))
        message = f"These wait for each other's answers: {path}."
        yield one.diagnose("id", message, "Take one of the references out.")


def _parents(one: Asked, short: Mapping[str, str]) -> list[str]:
    """Return what a requirement reads, as it is written: the reader leaves out what comes later."""
    parts = (one.checklist, one.section, one.requirement)
    raw = (condition for part in parts for condition in (part.applies_when, part.unless))
    names = (name for condition in raw for name in _names(condition))
    return [short[name] for name in names if name in short]


def _names(raw: Any) -> Iterator[str]:  # noqa: ANN401 - as written
    if isinstance(raw, list):
        for one in raw:
            yield from _names(one)
    elif isinstance(raw, dict):
        for key, value in raw.items():
            if key == "answers" and isinstance(value, dict):
                yield from value
            else:
                yield from _names(value)


def _find_rings(graph: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Yield rings by walking back from each requirement, without recursion."""
    done: set[str] = set()
    for start in graph:
        trail, branches = [start], [iter(graph[start])]
        while trail and start not in done:
            following = next(branches[-1], None)
            if following is None:
                done.add(trail.pop())
                branches.pop()
            elif following in trail:
                yield trail[trail.index(following) :]
            elif following not in done:
                trail.append(following)
                branches.append(iter(graph[following]))


RULE = Rule(
    code="G106",
    name="follow-up-cycle",
    severity="error",
    what="Follow-ups read each other's answers, directly or around several corners.",
    why="Each would wait for the other, and none would ever be offered.",
    bad="applies_when: {answers: {trial/tried: no}}",
    good="applies_when: {answers: {trial/first: no}}",
    check=check,
)
