"""The fields of a part of a checklist, a source or a fact, before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from compliance.checklist.identity import list_normative
from compliance.checklist.library import Entry

Change = Literal["added", "removed", "changed"]

INHERITED = ("checklist.", "section.")
"""How the name of a field begins that a requirement has from what it stands in."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, as plain data; None where it was not there. A normative one is in the digest."""

    field: str
    old: Any
    new: Any
    normative: bool = False

    @property
    def inherited(self) -> bool:
        """Whether the requirement has it from its section or checklist."""
        return self.field.startswith(INHERITED)


@dataclass(frozen=True, slots=True)
class PartChange:
    """A source, fact, group or pack that came, went or changed."""

    key: str
    change: Change
    fields: tuple[FieldChange, ...] = ()


def compare_parts(
    old: Mapping[str, dict[str, Any]], new: Mapping[str, dict[str, Any]]
) -> tuple[PartChange, ...]:
    """Return what came, went or changed between parts that are known by a key."""
    changes = [
        PartChange(key, "added") if key not in old else PartChange(key, "changed", fields)
        for key, data in new.items()
        if key not in old or (fields := compare_fields(old[key], data))
    ]
    return (*changes, *(PartChange(key, "removed") for key in old if key not in new))


def compare_fields(
    old: Mapping[str, Any], new: Mapping[str, Any], *, normative: bool = False
) -> tuple[FieldChange, ...]:
    """Return the fields that differ, in the order of the new ones."""
    return tuple(
        FieldChange(name, old.get(name), new.get(name), normative)
        for name in dict.fromkeys([*new, *old])
        if old.get(name) != new.get(name)
    )


def list_digested(entry: Entry) -> dict[str, Any]:
    """Return what the digest of a requirement covers; what it inherits says from where."""
    data = list_normative(entry.checklist, entry.section, entry.requirement)
    jurisdiction = {"checklist.jurisdiction": data.pop("jurisdiction")}
    conditions = {
        f"{owner}{name}": condition
        for name in ("applies_when", "unless")
        for owner, condition in zip((*INHERITED, ""), data.pop(name), strict=True)
    }
    return {**data, **conditions, **jurisdiction}


def list_advice(entry: Entry) -> dict[str, Any]:
    """Return what the digest leaves out: how deep it is asked, and the help around it."""
    written = entry.requirement.model_dump(mode="json")
    return {name: written[name] for name in ("depth", "look_at", "why", "fix", "minutes")}
