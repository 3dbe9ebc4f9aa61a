"""How far scenarios reach: which answers no one gives, and which conditions never turn out both ways."""

from collections.abc import Iterable
from dataclasses import dataclass

from compliance.checklist.condition import AllOf, Truth
from compliance.checklist.library import Library
from compliance.scenario.running import Run


@dataclass(frozen=True, slots=True)
class Reach:
    """Requirements, by `checklist/requirement`, that no scenario has shown one way or the other."""

    never_conforming: tuple[str, ...]
    never_nonconforming: tuple[str, ...]
    never_true: tuple[str, ...]
    never_false: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is left."""
        return not any(
            (self.never_conforming, self.never_nonconforming, self.never_true, self.never_false)
        )


def measure_reach(library: Library, runs: Iterable[Run], checklists: Iterable[str]) -> Reach:
    """Return what the runs leave unreached in the named checklists."""
    answered: dict[str, set[str]] = {"yes": set(), "no": set()}
    seen: dict[Truth, set[str]] = {truth: set() for truth in Truth}
    for run in runs:
        for item in run.applicability.items:
            seen[item.truth].add(item.entry.key)
            given = run.given.get(item.key)
            if given and given.outcome in answered and item.standing == "asked":
                answered[given.outcome].add(item.entry.key)
    wanted = set(checklists)
    entries = [entry for entry in library.entries if entry.checklist_key in wanted]
    decided = [entry.key for entry in entries if entry.condition != AllOf()]
    keys = [entry.key for entry in entries]
    return Reach(
        tuple(key for key in keys if key not in answered["yes"]),
        tuple(key for key in keys if key not in answered["no"]),
        tuple(key for key in decided if key not in seen[Truth.YES]),
        tuple(key for key in decided if key not in seen[Truth.NO]),
    )
