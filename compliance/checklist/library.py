"""Packs of checklists put together: every name resolved, every condition read, every digest made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from compliance.checklist.condition import AllOf, Condition, InState, Not, Subject
from compliance.checklist.condition_reading import Asked, Reader
from compliance.checklist.fact import FactSheet, Group
from compliance.checklist.identity import digest_data, digest_files, digest_requirement
from compliance.checklist.model import Checklist, Conditional, Pack, Requirement, Section
from compliance.checklist.pack_files import PackFiles
from compliance.checklist.pack_reading import PackRead, read_pack
from compliance.checklist.rules import check_pack
from compliance.checklist.source import Source
from compliance.text.diagnostic import Diagnostic
from compliance.text.yaml_text import Document, Path


@dataclass(frozen=True, slots=True)
class Entry:
    """A requirement in its place, with its whole condition: checklist, section and its own."""

    key: str
    checklist: Checklist
    checklist_key: str
    section: Section
    requirement: Requirement
    condition: Condition
    digest: str


@dataclass(frozen=True, slots=True)
class PackEdition:
    """A pack that was read: what it says of itself, and the digest of its files."""

    pack: Pack
    digest: str


@dataclass(frozen=True)
class Library:
    """Everything an audit needs of its checklists; `entries` stand in walking order."""

    packs: tuple[PackEdition, ...]
    sheet: FactSheet
    sources: Mapping[str, Source]
    checklists: Mapping[str, Checklist]
    entries: tuple[Entry, ...]
    group_conditions: Mapping[str, Condition]
    memberships: Mapping[str, Condition]

    @cached_property
    def by_key(self) -> Mapping[str, Entry]:
        """Entries by `checklist/requirement`."""
        return {entry.key: entry for entry in self.entries}

    def group_of(self, entry: Entry) -> Group | None:
        """Return the group that a requirement is asked for."""
        name = entry.requirement.for_each
        return self.sheet.group(name) if name else None

    def digest_of(self, checklist_key: str) -> str:
        """Return one digest over the digests of a checklist's requirements."""
        digests = {e.key: e.digest for e in self.entries if e.checklist_key == checklist_key}
        return digest_data(digests)


def read_library(packs: Sequence[PackFiles]) -> tuple[Library | None, list[Diagnostic]]:
    """Read packs, the first being the one whose facts and sources the others may use.

    Returns the library, or None with every diagnostic of every file.
    """
    reads = [read_pack(files, lead=index == 0) for index, files in enumerate(packs)]
    diagnostics = [one for read in reads for one in read.diagnostics]
    sheet = FactSheet(
        clinic=tuple(fact for read in reads for fact in read.facts),
        groups=tuple(group for read in reads for group in read.groups),
    )
    assembly = _Assembly(sheet, {s.id: s for read in reads for s in read.sources}, diagnostics)
    for read in reads:
        assembly.add_conditions_of_groups(read)
    for read in reads:
        diagnostics += check_pack(read, sheet, assembly.sources)
        assembly.add_checklists(read)
    if diagnostics:
        unique = dict.fromkeys(diagnostics)
        return None, sorted(unique, key=lambda one: (one.file, one.position, one.message))
    editions = [
        PackEdition(read.pack, digest_files(files.files))
        for read, files in zip(reads, packs, strict=True)
        if read.pack
    ]
    return assembly.finish(editions), []


Parts = tuple[Checklist, Section, Requirement]


@dataclass(slots=True)
class _Assembly:
    """What has been put together so far."""

    sheet: FactSheet
    sources: dict[str, Source]
    diagnostics: list[Diagnostic]
    asked: dict[str, Asked] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    checklists: dict[str, Checklist] = field(default_factory=dict)
    group_conditions: dict[str, Condition] = field(default_factory=dict)
    memberships: dict[str, Condition] = field(default_factory=dict)

    def add_conditions_of_groups(self, read: PackRead) -> None:
        if read.facts_document is None:
            return
        for index, group in enumerate(read.groups):
            path = ("groups", index)
            if group.applies_when is not None:
                reader = self._reader(read.facts_document, None)
                condition = reader.read(group.applies_when, (*path, "applies_when"))
                self.group_conditions[group.id] = condition
            if group.where is not None:
                reader = self._reader(read.facts_document, group)
                self.memberships[group.id] = reader.read(group.where, (*path, "where"))

    def add_checklists(self, read: PackRead) -> None:
        """Add the checklists in walking order, so that a condition sees earlier answers only.

        Inside an added pack its own requirements are known by their short names, too.
        """
        visible: dict[str, Asked] = dict(self.asked)
        for document, checklist in read.in_order():
            self.checklists[read.prefix + checklist.id] = checklist
            for s, section in enumerate(checklist.sections):
                for r, requirement in enumerate(section.requirements):
                    place: Path = ("sections", s, "requirements", r)
                    parts = (checklist, section, requirement)
                    condition = self._read_conditions(document, parts, place, visible)
                    short = f"{checklist.id}/{requirement.id}"
                    visible[short] = visible[read.prefix + short] = requirement
                    self._add(read.prefix, parts, condition)
        self.asked |= visible

    def _read_conditions(
        self, document: Document, parts: Parts, place: Path, visible: Mapping[str, Asked]
    ) -> Condition:
        checklist, _, requirement = parts
        group = self.sheet.group(requirement.for_each) if requirement.for_each else None
        reader = self._reader(document, group, visible)
        conditions: list[Condition] = []
        if checklist.state:
            conditions.append(InState(checklist.state, (_STATE_OF_SITE,)))
        placed: list[tuple[Conditional, Path]]
        placed = list(zip(parts, ((), place[:2], place), strict=True))
        for part, path in placed:
            if part.applies_when is not None:
                conditions.append(reader.read(part.applies_when, (*path, "applies_when")))
            if part.unless is not None:
                conditions.append(Not(reader.read(part.unless, (*path, "unless"))))
        return conditions[0] if len(conditions) == 1 else AllOf(tuple(conditions))

    def _add(self, prefix: str, parts: Parts, condition: Condition) -> None:
        checklist, section, requirement = parts
        name = prefix + checklist.id
        key = f"{name}/{requirement.id}"
        digest = digest_requirement(checklist, section, requirement)
        self.entries.append(Entry(key, checklist, name, section, requirement, condition, digest))

    def _reader(
        self, document: Document, group: Group | None, asked: Mapping[str, Asked] | None = None
    ) -> Reader:
        def report(path: Path, message: str, hint: str) -> None:
            self.diagnostics.append(document.diagnose(path, message, hint, key=True))

        return Reader(self.sheet, report, group, asked or {})

    def finish(self, editions: list[PackEdition]) -> Library:
        return Library(
            tuple(editions),
            self.sheet,
            self.sources,
            self.checklists,
            tuple(self.entries),
            self.group_conditions,
            self.memberships,
        )


_STATE_OF_SITE = Subject("member", ("state",), "site")
