"""Packs of checklists put together: every name resolved, every condition read, every digest made."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import cast

from compliance.checklist.condition import AllOf, Condition, InState, Not, Subject
from compliance.checklist.condition_reading import Reader
from compliance.checklist.fact import FactSheet, Group
from compliance.checklist.form import Form
from compliance.checklist.identity import digest_data, digest_files, digest_requirement
from compliance.checklist.mending import ChecklistRead
from compliance.checklist.model import Checklist, Conditional, Pack, Requirement, Section
from compliance.checklist.outcome_reading import Asked, Names
from compliance.checklist.pack_files import PackFiles
from compliance.checklist.pack_reading import PackRead, read_pack
from compliance.checklist.reading import MOST_ERRORS
from compliance.checklist.rules import Known, check_pack, each_requirement, know
from compliance.checklist.source import Source
from compliance.text.diagnostic import Diagnostic
from compliance.text.yaml_text import Document, Path


@dataclass(frozen=True)
class Entry:
    """A requirement in its place, with its whole condition: checklist, section and its own."""

    key: str
    checklist: Checklist
    checklist_key: str
    section: Section
    requirement: Requirement
    condition: Condition

    @cached_property
    def digest(self) -> str:
        """The digest of what it normatively says; made when it is first asked for."""
        return digest_requirement(self.checklist, self.section, self.requirement)


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
    fact_conditions: Mapping[tuple[str, str], Condition] = field(default_factory=dict)

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


FormPlace = tuple[str, int]


@dataclass(frozen=True)
class Reading:
    """Packs as far as they could be read, for those who look for more that is wrong.

    `library` holds what is sound in form; `unsound` are the keys of entries whose condition, or
    one they stand under, was left out in part. With no diagnostics it is whole. `forms` holds what
    forms say of when they apply, by file and number, where that can be judged by itself.
    """

    packs: tuple[PackRead, ...]
    library: Library
    forms: Mapping[FormPlace, Condition]
    unsound: frozenset[str]
    facts_broken: bool
    diagnostics: tuple[Diagnostic, ...]


def read_library(packs: Sequence[PackFiles]) -> tuple[Library | None, list[Diagnostic]]:
    """Read packs, the first being the one whose facts and sources the others may use.

    Returns the library, or None with every diagnostic of every file.
    """
    reading = read_packs(packs)
    return (None if reading.diagnostics else reading.library), list(reading.diagnostics)


def read_packs(packs: Sequence[PackFiles]) -> Reading:
    """Read packs as far as that goes, with everything that is wrong in them."""
    reads: list[PackRead] = []
    for files in packs:
        reads.append(read_pack(files, reads[0] if reads else None))
    diagnostics = [one for read in reads for one in read.diagnostics]
    known, troubles = know(reads)
    diagnostics += troubles
    assembly = _Assembly(known, diagnostics)
    for read in reads:
        with suppress(_EnoughError):
            assembly.add_conditions_of_groups(read)
    for index, read in enumerate(reads):
        diagnostics += islice(check_pack(read, reads[:index], known), MOST_ERRORS)
        with suppress(_EnoughError):
            assembly.add_forms(read)
            assembly.add_checklists(read)
    unique = sorted(
        dict.fromkeys(diagnostics), key=lambda one: (one.file, one.position, one.message)
    )
    editions = [
        PackEdition(read.pack, digest_files(files.files))
        for read, files in zip(reads, packs, strict=True)
        if read.pack
    ]
    return Reading(
        tuple(reads),
        assembly.finish(editions),
        assembly.forms,
        frozenset(assembly.unsound),
        known.facts_broken,
        tuple(unique),
    )


class _EnoughError(Exception):
    """More was found wrong than anybody would mend before reading again."""


Parts = tuple[Checklist, Section, Requirement]


@dataclass(slots=True)
class _Assembly:
    """What has been put together so far."""

    known: Known
    diagnostics: list[Diagnostic]
    asked: dict[str, Asked] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    checklists: dict[str, Checklist] = field(default_factory=dict)
    group_conditions: dict[str, Condition] = field(default_factory=dict)
    memberships: dict[str, Condition] = field(default_factory=dict)
    fact_conditions: dict[tuple[str, str], Condition] = field(default_factory=dict)
    unsound: set[str] = field(default_factory=set)
    forms: dict[FormPlace, Condition] = field(default_factory=dict)
    broken_parts: set[tuple[str, Path]] = field(default_factory=set)
    spared: int = 0

    def add_conditions_of_groups(self, read: PackRead) -> None:
        if read.facts_document is None or self.known.facts_broken:
            return
        for index, group in enumerate(read.groups):
            path = ("groups", index)
            if group.applies_when is not None:
                reader = self._reader(read.facts_document, None, Names())
                spot = (*path, "applies_when")
                self.group_conditions[group.id] = reader.read(group.applies_when, spot)
            if group.where is not None:
                self.memberships[group.id] = self._read_membership(read, group, (*path, "where"))
            for n, fact in enumerate(group.facts):
                if fact.applies_when is not None:
                    reader = self._reader(read.facts_document, None, Names())
                    condition = reader.read(fact.applies_when, (*path, "facts", n, "applies_when"))
                    self.fact_conditions[group.id, fact.id] = condition

    def _read_membership(self, read: PackRead, group: Group, path: Path) -> Condition:
        """A membership looks at one thing: if it counted others, it could count itself."""
        document = cast("Document", read.facts_document)
        condition = self._reader(document, group, Names()).read(group.where, path)
        if any(subject.kind == "group" for subject in condition.facts()):
            message = "“where” looks at one thing at a time, so it cannot count."
            hint = "Name facts of the thing."
            self.diagnostics.append(document.diagnose(path, message, hint, rule="broken-group"))
        return condition

    def add_forms(self, read: PackRead) -> None:
        """Read the conditions of forms by themselves, so that what is wrong in them is said once.

        A form may look back at any requirement: which come before, is seen where it is used.
        """
        everything = dict(self.asked)
        for one in read.checklists:
            for path, requirement in each_requirement(one):
                short = f"{one.checklist.id}/{requirement.id}"
                asked = _describe(read.prefix + short, one, path, requirement)
                everything[short] = everything[asked.key] = asked
        names = Names(everything, frozenset(), frozenset(read.broken_checklists))
        for form in read.forms.by_name.values():
            self._add_form(form, names)

    def _add_form(self, form: Form, names: Names) -> None:
        name = form.requirement.for_each
        group = self.known.sheet.group(name) if name else None
        if self.known.facts_broken or (name and not group):
            return
        began = len(self.diagnostics), self.spared
        reader = self._reader(form.document, group, names, () if group else _OF_A_THING)
        conditions: list[Condition] = []
        for key in _CONDITIONS:
            raw, before = getattr(form.requirement, key), len(self.diagnostics)
            if raw is None:
                continue
            condition = reader.read(raw, (form.index, key))
            conditions.append(Not(condition) if key == "unless" else condition)
            if len(self.diagnostics) > before:
                self.broken_parts.add((form.document.file, (form.index, key)))
        if (len(self.diagnostics), self.spared) == began:
            self.forms[form.document.file, form.index] = _join(conditions)

    def add_checklists(self, read: PackRead) -> None:
        """Add the checklists in walking order, so that a condition sees earlier answers only.

        Inside an added pack its own requirements are known by their short names, too.
        """
        visible = dict(self.asked)
        later = frozenset(
            prefix + f"{one.checklist.id}/{requirement.id}"
            for one in read.checklists
            for _, requirement in each_requirement(one)
            for prefix in ("", read.prefix)
        )
        names = Names(visible, later, frozenset(read.broken_checklists))
        for one in read.in_order():
            name = read.prefix + one.checklist.id
            self.checklists[name] = one.checklist
            for path, requirement in each_requirement(one):
                section = one.checklist.sections[int(path[1])]
                parts = (one.checklist, section, requirement)
                key, before = f"{name}/{requirement.id}", len(self.diagnostics)
                condition = self._read_conditions(one, parts, path, names)
                unknown = requirement.for_each and not self.known.sheet.group(requirement.for_each)
                broken = any(self._is_broken(one.document, (*path, n)) for n in _CONDITIONS)
                if len(self.diagnostics) > before or one.mended or unknown or broken:
                    self.unsound.add(key)
                self._add(name, parts, condition)
                asked = _describe(key, one, path, requirement)
                visible[f"{one.checklist.id}/{requirement.id}"] = visible[key] = asked
                self.asked[key] = asked

    def _read_conditions(
        self, one: ChecklistRead, parts: Parts, place: Path, names: Names
    ) -> Condition:
        checklist, _, requirement = parts
        conditions: list[Condition] = []
        if checklist.state:
            conditions.append(InState(checklist.state, tuple(self._list_ties(requirement))))
        group = self.known.sheet.group(requirement.for_each) if requirement.for_each else None
        thing_unknown = one.is_mended((*place, "for_each")) or (requirement.for_each and not group)
        if thing_unknown or self.known.facts_broken:
            return AllOf()
        reader = self._reader(one.document, group, names)
        placed: list[tuple[Conditional, Path]]
        placed = list(zip(parts, ((), place[:2], place), strict=True))
        for part, path in placed:
            for name in _CONDITIONS:
                raw, spot = getattr(part, name), (*path, name)
                if raw is not None and not self._is_broken(one.document, spot):
                    condition = reader.read(raw, spot)
                    conditions.append(Not(condition) if name == "unless" else condition)
        return _join(conditions)

    def _is_broken(self, document: Document, path: Path) -> bool:
        """Whether a condition comes from a form and is wrong there, where it has been said."""
        lent = document.lent.get(path)
        return lent is not None and (lent.document.file, lent.path) in self.broken_parts

    def _list_ties(self, requirement: Requirement) -> Iterator[Subject]:
        """Yield what ties a question to a state: where sites lie, and whom people treat from afar."""
        yield _STATE_OF_SITE
        group = self.known.sheet.group(requirement.for_each) if requirement.for_each else None
        base = self.known.sheet.base(group) if group else None
        if base and (fact := base.fact(TREATS_INTO)):
            yield Subject("own", (TREATS_INTO,), base.id, fact, fact.ask)

    def _add(self, name: str, parts: Parts, condition: Condition) -> None:
        checklist, section, requirement = parts
        key = f"{name}/{requirement.id}"
        self.entries.append(Entry(key, checklist, name, section, requirement, condition))

    def _reader(
        self,
        document: Document,
        group: Group | None,
        names: Names,
        spared: Collection[str] = (),
    ) -> Reader:
        """Return a reader that reports in a document, but for rules that cannot be judged there."""

        def report(
            path: Path,
            message: str,
            hint: str = "",
            *,
            key: bool = False,
            rule: str = "malformed-condition",
        ) -> None:
            if rule in spared and "count" not in path:
                self.spared += 1
                return
            self.diagnostics.append(document.diagnose(path, message, hint, key=key, rule=rule))
            if len(self.diagnostics) > MOST_ERRORS:
                raise _EnoughError

        return Reader(self.known.sheet, report, group, names)

    def finish(self, editions: list[PackEdition]) -> Library:
        """Return what was put together."""
        return Library(
            tuple(editions),
            self.known.sheet,
            self.known.sources,
            self.checklists,
            tuple(self.entries),
            self.group_conditions,
            self.memberships,
            self.fact_conditions,
        )


def _describe(key: str, one: ChecklistRead, path: Path, requirement: Requirement) -> Asked:
    answer = None if one.is_mended((*path, "answer")) else requirement.answer
    return Asked(key, requirement.ask, requirement.for_each, answer)


def _join(conditions: Sequence[Condition]) -> Condition:
    return conditions[0] if len(conditions) == 1 else AllOf(tuple(conditions))


_CONDITIONS = ("applies_when", "unless")

_OF_A_THING = ("this-without-repeat", "foreign-answer")
"""What cannot be said of a form that leaves open what is asked for; inside a count it is known."""

TREATS_INTO = "treats_into"
"""The fact of a person that names other states whose patients they treat from afar."""

_STATE_OF_SITE = Subject("member", ("state",), "site")
