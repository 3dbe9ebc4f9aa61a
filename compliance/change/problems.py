"""What a change must not leave behind: ids that vanish or come back, editions that stand still."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from compliance.change.checklists import ChecklistChange
from compliance.change.requirements import RequirementChange
from compliance.checklist.library import Library

Kind = Literal["not-retired", "used-again", "no-longer-retired", "edition-stands"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a requirement or a checklist, and what to do."""

    kind: Kind
    key: str
    message: str


def find_problems(
    old: Library,
    new: Library,
    requirements: Iterable[RequirementChange],
    checklists: Iterable[ChecklistChange],
) -> Iterator[Problem]:
    """Yield the problems, ids first."""
    for one in requirements:
        if one.change == "vanished":
            yield Problem("not-retired", one.key, _say_vanished(one))
    yield from _check_retired(old, new)
    for checklist in checklists:
        if checklist.edition_stands:
            yield Problem("edition-stands", checklist.key, _say_edition(checklist))


def _say_vanished(change: RequirementChange) -> str:
    twin = f" It seems to be “{change.twin}” now." if change.twin else ""
    return (
        "is gone and not listed. An id is never used again: list it under “retired” of "
        f"“{change.checklist}”, with its day and reason.{twin}"
    )


def _check_retired(old: Library, new: Library) -> Iterator[Problem]:
    """An id that was retired stays listed, and no requirement takes it."""
    for name, checklist in old.checklists.items():
        if name not in new.checklists:
            continue
        listed = {one.id for one in new.checklists[name].retired}
        for one in checklist.retired:
            key = f"{name}/{one.id}"
            if key in new.by_key:
                message = f"was retired on {one.on} and is used again. Choose a new id."
                yield Problem("used-again", key, message)
            elif one.id not in listed:
                message = f"was retired on {one.on} and is listed no more. Put it back."
                yield Problem("no-longer-retired", key, message)


def _say_edition(checklist: ChecklistChange) -> str:
    if checklist.new_edition < checklist.old_edition:
        return (
            f"says something else, and its edition went back from {checklist.old_edition} to "
            f"{checklist.new_edition}. Write the day of the change."
        )
    return (
        f"says something else, and its edition is still {checklist.old_edition}. "
        "Write the day of the change."
    )
