"""Two editions of the checklists side by side: pure, two libraries in, every difference out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from compliance.change.checklists import ChecklistChange, compare_checklists
from compliance.change.parts import PartChange, compare_parts
from compliance.change.problems import Problem, find_problems
from compliance.change.requirements import RequirementChange, compare_requirements
from compliance.checklist.fact import FactSheet
from compliance.checklist.library import Library


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every difference; `before` and `after` count all requirements, changed or not."""

    before: int
    after: int
    requirements: tuple[RequirementChange, ...]
    checklists: tuple[ChecklistChange, ...]
    sources: tuple[PartChange, ...]
    facts: tuple[PartChange, ...]
    packs: tuple[PartChange, ...]
    problems: tuple[Problem, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is no difference that anybody who reads or audits would notice."""
        parts = (self.requirements, self.checklists, self.sources, self.facts, self.packs)
        return not any(parts)

    @property
    def losing(self) -> tuple[RequirementChange, ...]:
        """The requirements whose answers, given before, would not carry."""
        return tuple(one for one in self.requirements if one.loses_answers)


def compare(old: Library, new: Library) -> Comparison:
    """Return what differs between two libraries."""
    requirements = compare_requirements(old, new)
    checklists = compare_checklists(old, new, requirements)
    return Comparison(
        len(old.entries),
        len(new.entries),
        requirements,
        checklists,
        compare_parts(_dump_sources(old), _dump_sources(new)),
        compare_parts(dict(_dump_facts(old.sheet)), dict(_dump_facts(new.sheet))),
        compare_parts(_dump_packs(old), _dump_packs(new)),
        tuple(find_problems(old, new, requirements, checklists)),
    )


def _dump_sources(library: Library) -> Mapping[str, dict[str, Any]]:
    return {name: one.model_dump(mode="json") for name, one in library.sources.items()}


def _dump_facts(sheet: FactSheet) -> Iterator[tuple[str, dict[str, Any]]]:
    """Facts of the clinic by name, groups by name, and their facts as `group.name`."""
    for fact in sheet.clinic:
        yield fact.id, fact.model_dump(mode="json")
    for group in sheet.groups:
        yield f"{group.id} (group)", group.model_dump(mode="json", exclude={"facts"})
        for fact in group.facts:
            yield f"{group.id}.{fact.id}", fact.model_dump(mode="json")


def _dump_packs(library: Library) -> Mapping[str, dict[str, Any]]:
    return {one.pack.name: one.pack.model_dump(mode="json") for one in library.packs}
