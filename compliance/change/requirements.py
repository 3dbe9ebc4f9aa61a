"""Requirements that came, went or changed, and whether the answers given before still carry."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from compliance.change.parts import FieldChange, compare_fields, list_advice, list_digested
from compliance.change.sections import find_renamed_sections
from compliance.checklist.library import Entry, Library

Kind = Literal["added", "retired", "vanished", "removed", "changed"]
"""Gone are: *retired*, listed so in its checklist; *vanished*, listed nowhere; *removed*, together
with its whole checklist."""


_LIKENESSES: tuple[Callable[[Entry], Hashable], ...] = (
    lambda entry: (entry.requirement.id, entry.digest),
    lambda entry: entry.digest,
    lambda entry: entry.requirement.id,
)
"""What makes one requirement the twin of another under a new key; the surest first."""


@dataclass(frozen=True, slots=True)
class RequirementChange:
    """One requirement. `twin` is the one that it seems to have become, or to have been.

    `on` and `reason` are what `retired` says.
    """

    key: str
    checklist: str
    change: Kind
    fields: tuple[FieldChange, ...] = ()
    twin: str = ""
    on: str = ""
    reason: str = ""

    @property
    def normative(self) -> bool:
        """Whether what it normatively says changed."""
        return any(one.normative for one in self.fields)

    @property
    def loses_answers(self) -> bool:
        """Whether answers given before would not carry: they are kept under id and digest."""
        return self.change != "added" and (self.change != "changed" or self.normative)


def compare_requirements(old: Library, new: Library) -> tuple[RequirementChange, ...]:
    """Return the changes, in the new walking order; what is gone follows in the old one."""
    gone = [entry for entry in old.entries if entry.key not in new.by_key]
    came = [entry for entry in new.entries if entry.key not in old.by_key]
    twins = _find_twins(gone, came)
    sections = find_renamed_sections(old, new)
    changes = [*_list_new(old, new, twins, sections)]
    return (*changes, *(_describe_gone(entry, new, twins) for entry in gone))


def _list_new(
    old: Library,
    new: Library,
    twins: Mapping[str, str],
    sections: Mapping[tuple[str, str], str],
) -> Iterator[RequirementChange]:
    for entry in new.entries:
        key, name = entry.key, entry.checklist_key
        before = old.by_key.get(key)
        if before is None:
            yield RequirementChange(key, name, "added", twin=twins.get(key, ""))
        elif fields := _compare(before, entry, sections):
            yield RequirementChange(key, name, "changed", fields)


def _compare(
    old: Entry, new: Entry, sections: Mapping[tuple[str, str], str]
) -> tuple[FieldChange, ...]:
    title = sections.get((old.checklist_key, old.section.title), old.section.title)
    return (
        *compare_fields(list_digested(old), list_digested(new), normative=True),
        *compare_fields(list_advice(old), list_advice(new)),
        *compare_fields({"section": title}, {"section": new.section.title}),
    )


def _describe_gone(entry: Entry, new: Library, twins: Mapping[str, str]) -> RequirementChange:
    key, name = entry.key, entry.checklist_key
    twin = twins.get(key, "")
    checklist = new.checklists.get(name)
    if checklist is None:
        return RequirementChange(key, name, "removed", twin=twin)
    for one in checklist.retired:
        if one.id == entry.requirement.id:
            on = str(one.on)
            return RequirementChange(key, name, "retired", twin=twin, on=on, reason=one.reason)
    return RequirementChange(key, name, "vanished", twin=twin)


def _find_twins(gone: Iterable[Entry], came: Iterable[Entry]) -> dict[str, str]:
    """Pair what went with what came: the same id in another checklist, or the same text.

    Returns each key of a pair with the other.
    """
    twins: dict[str, str] = {}
    for same in _LIKENESSES:
        free = {same(entry): entry.key for entry in came if entry.key not in twins}
        for entry in gone:
            twin = free.pop(same(entry), None) if entry.key not in twins else None
            if twin:
                twins[entry.key], twins[twin] = twin, entry.key
    return twins
