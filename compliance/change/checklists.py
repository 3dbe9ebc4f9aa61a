"""Checklists that came, went or changed, and whether their edition says so."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from compliance.change.parts import Change, FieldChange, compare_fields
from compliance.change.requirements import RequirementChange
from compliance.change.sections import find_renamed_sections
from compliance.checklist.library import Library
from compliance.checklist.model import Checklist

_NORMATIVE = ("jurisdiction", "applies_when", "unless")
_ADVICE = ("title", "about")


@dataclass(frozen=True, slots=True)
class ChecklistChange:
    """One checklist; `text_changed` when a requirement of it came, went or says something else."""

    key: str
    change: Change
    title: str
    requirements: int
    old_edition: str = ""
    new_edition: str = ""
    text_changed: bool = False
    fields: tuple[FieldChange, ...] = ()

    @property
    def edition_stands(self) -> bool:
        """Whether the text changed and the edition is no later than before."""
        return self.text_changed and self.new_edition <= self.old_edition


def compare_checklists(
    old: Library, new: Library, requirements: Iterable[RequirementChange]
) -> tuple[ChecklistChange, ...]:
    """Return the changes, new ones and those that stay in walking order first."""
    touched = {one.checklist for one in requirements if one.normative or one.change != "changed"}
    sections = find_renamed_sections(old, new)
    kept = (_compare(key, old, new, sections, key in touched) for key in new.checklists)
    gone = (
        ChecklistChange(key, "removed", one.title, _count(old, key), old_edition=str(one.edition))
        for key, one in old.checklists.items()
        if key not in new.checklists
    )
    return (*(one for one in kept if one), *gone)


def _compare(
    key: str,
    old: Library,
    new: Library,
    sections: Mapping[tuple[str, str], str],
    touched: bool,  # noqa: FBT001 - one of two states of a checklist
) -> ChecklistChange | None:
    now = new.checklists[key]
    edition, count = str(now.edition), _count(new, key)
    if key not in old.checklists:
        return ChecklistChange(key, "added", now.title, count, new_edition=edition)
    was = old.checklists[key]
    renamed = {title: later for (name, title), later in sections.items() if name == key}
    fields = (
        *compare_fields(_pick(was, _NORMATIVE), _pick(now, _NORMATIVE), normative=True),
        *compare_fields(_pick(was, _ADVICE), _pick(now, _ADVICE)),
        *_compare_sections(was, now, renamed),
        *compare_fields({"order": _order(old, new, key)}, {"order": _order(new, old, key)}),
        *compare_fields(_list_retired(was, key, old), _list_retired(now, key, old)),
    )
    if not (touched or fields or was.edition != now.edition):
        return None
    before = str(was.edition)
    return ChecklistChange(key, "changed", now.title, count, before, edition, touched, fields)


def _compare_sections(
    old: Checklist, new: Checklist, renamed: Mapping[str, str]
) -> Iterator[FieldChange]:
    """What a section says besides its conditions, which every requirement of it inherits."""
    yield from (FieldChange("section", title, later) for title, later in renamed.items())
    after = {section.title: section.where for section in new.sections}
    for section in old.sections:
        title = renamed.get(section.title, section.title)
        if title in after and after[title] != section.where:
            yield FieldChange(f"where of “{title}”", section.where, after[title])


def _pick(checklist: Checklist, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(checklist, name) for name in names}


def _order(library: Library, other: Library, key: str) -> list[str]:
    """The order of the requirements that both have."""
    mine = (entry for entry in library.entries if entry.checklist_key == key)
    return [entry.requirement.id for entry in mine if entry.key in other.by_key]


def _list_retired(checklist: Checklist, key: str, old: Library) -> dict[str, Any]:
    """The ids that are listed, but for those of requirements that are retired by this change."""
    ids = (one.id for one in checklist.retired)
    return {"retired": [one for one in ids if f"{key}/{one}" not in old.by_key]}


def _count(library: Library, key: str) -> int:
    return sum(entry.checklist_key == key for entry in library.entries)
