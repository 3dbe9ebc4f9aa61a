"""Conditions looked at one after the other, each within those it stands under."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from compliance.checklist.condition import AllOf, Condition
from compliance.checklist.library import Library
from compliance.lint.worlds import TooManyWorldsError, find_world
from compliance.text.yaml_text import Document, Path

if TYPE_CHECKING:
    from compliance.lint.material import Asked

Judgement = Literal["never", "always", "unexamined"]


@dataclass(frozen=True, slots=True)
class Part:
    """One `applies_when` or `unless`, as what must hold; an `unless` is already turned round."""

    path: Path
    condition: Condition


@dataclass(frozen=True, slots=True)
class Verdict:
    """What trying found of one part: nothing fulfils it, everything does, or too much to try."""

    document: Document
    path: Path
    judgement: Judgement

    @property
    def lifts(self) -> bool:
        """Whether it is an `unless`."""
        return self.path[-1] == "unless"


def scrutinize(library: Library, asked: Iterable["Asked"]) -> Iterator[Verdict]:
    """Yield what is wrong with the conditions of requirements, each part once."""
    known: dict[tuple[str, Path], bool] = {}
    for one in asked:
        if one.sound:
            yield from _scrutinize_one(library, one, known)


def _scrutinize_one(
    library: Library, one: "Asked", known: dict[tuple[str, Path], bool]
) -> Iterator[Verdict]:
    outer, parts = _split(library, one)
    for part in parts:
        spot = (one.document.file, part.path)
        if spot not in known:
            judgement = _judge(library, outer, part.condition)
            known[spot] = judgement is None
            if judgement:
                yield Verdict(one.document, part.path, judgement)
        if not known[spot]:
            return
        outer.append(part.condition)


def _judge(library: Library, outer: list[Condition], inner: Condition) -> Judgement | None:
    try:
        if not find_world(library, [*outer, inner], None):
            return "never"
        return None if find_world(library, outer, inner) else "always"
    except TooManyWorldsError:
        return "unexamined"


def _split(library: Library, one: "Asked") -> tuple[list[Condition], list[Part]]:
    """Return the conditions that come with state and group, and the written ones, outermost first."""
    entry, path = one.entry, one.path
    places = zip((one.checklist, one.section, one.requirement), ((), path[:2], path), strict=True)
    written = [
        (*place, name)
        for part, place in places
        for name in ("applies_when", "unless")
        if getattr(part, name) is not None
    ]
    count = len(written) + bool(one.checklist.state)
    whole = entry.condition
    conditions = [whole] if count == 1 else list(whole.parts) if isinstance(whole, AllOf) else []
    given, rest = conditions[: count - len(written)], conditions[count - len(written) :]
    parts = [Part(spot, condition) for spot, condition in zip(written, rest, strict=True)]
    return [*_memberships(library, one), *given], parts


def _memberships(library: Library, one: "Asked") -> Iterator[Condition]:
    """Yield what holds of every member of the group that a question is asked for."""
    group = library.group_of(one.entry)
    for named in library.sheet.line(group) if group else ():
        if named.id in library.memberships:
            yield library.memberships[named.id]
