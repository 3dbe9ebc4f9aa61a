"""Which facts are still needed: those that some still-possible requirement looks at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from compliance.checklist.condition import Condition, Subject, Truth
from compliance.checklist.fact import Fact, Group
from compliance.checklist.library import Entry, Library
from compliance.clinic.applicability import Chosen
from compliance.clinic.membership import (
    Member,
    MemberWorld,
    each_member_of_bases,
    has_left,
    lies_elsewhere,
    list_members,
)
from compliance.clinic.profile import Profile


@dataclass(frozen=True, slots=True)
class NeedFact:
    """A fact to be asked: of the clinic, or of one thing of a group."""

    fact: Fact
    group: Group | None = None
    thing: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class NeedThings:
    """A group whose members are to be listed."""

    group: Group


Need = NeedFact | NeedThings
Place = tuple[str, str, str]
"""Group, thing id and fact; group and thing are empty for the clinic's own facts."""


def list_needs(library: Library, profile: Profile, chosen: Chosen, as_of: date) -> tuple[Need, ...]:
    """Return what is still to be asked, the clinic's facts first, then things, then their facts.

    A fact that was answered “I don't know” is not asked again.
    """
    wanted = _Wanted(library, profile, chosen, as_of)
    needs: list[Need] = [
        NeedFact(fact)
        for fact in library.sheet.clinic
        if fact.id not in profile.facts and _wants(fact, ("", "", fact.id) in wanted.places)
    ]
    for group in library.sheet.groups:
        if group.declared and group.id in wanted.groups:
            needs += _needs_of_group(profile, group, wanted.places, as_of)
    return tuple(needs)


def _wants(fact: Fact, named: bool) -> bool:  # noqa: FBT001 - one verdict passed on
    if fact.asked == "never":
        return False
    return named or fact.required == "yes" or fact.asked == "always"


def _needs_of_group(
    profile: Profile, group: Group, places: set[Place], as_of: date
) -> Iterator[Need]:
    things = profile.things.get(group.id)
    if things is None:
        yield NeedThings(group)
        return
    for thing in things:
        if has_left(thing, as_of):
            continue
        for fact in group.facts:
            named = (group.id, thing.id, fact.id) in places
            if fact.id not in thing.facts and _wants(fact, named):
                yield NeedFact(fact, group, thing.id, thing.name)


class _Wanted:
    """Collects the facts and groups that possible requirements look at."""

    def __init__(self, library: Library, profile: Profile, chosen: Chosen, as_of: date) -> None:
        self.library, self.profile, self.as_of = library, profile, as_of
        self.places: set[Place] = set()
        self.groups: set[str] = set()
        self._taken: set[str] = set()
        self._members: dict[str, tuple[Member, ...] | None] = {}
        elsewhere = {
            state
            for state in {entry.checklist.state for entry in library.entries}
            if state and lies_elsewhere(library, profile, state, as_of)
        }
        for entry in library.entries:
            if chosen.admits(entry) == "asked" and entry.checklist.state not in elsewhere:
                self._take(entry)

    def _take(self, entry: Entry) -> None:
        group = self.library.group_of(entry)
        if group is None:
            self._look(entry.condition, None)
            return
        members = self._list(group) or ()
        worlds = (None, *members)  # what cannot hold for nobody in particular may hold for somebody
        if not any(self._is_possible(entry.condition, member) for member in worlds):
            return
        self._take_group(group)
        for member in worlds:
            self._look(entry.condition, member)

    def _list(self, group: Group) -> tuple[Member, ...] | None:
        if group.id not in self._members:
            members = list_members(self.library, self.profile, group, self.as_of)
            self._members[group.id] = members
        return self._members[group.id]

    def _is_possible(self, condition: Condition, member: Member | None) -> bool:
        world = MemberWorld(self.library, self.profile, self.as_of, member)
        return condition.holds(world) is not Truth.NO

    def _look(self, condition: Condition, member: Member | None) -> None:
        """Note every fact that a still-possible condition names."""
        if not self._is_possible(condition, member):
            return
        world = MemberWorld(self.library, self.profile, self.as_of, member)
        for subject in condition.facts():
            self._note(subject, world)

    def _note(self, subject: Subject, world: MemberWorld) -> None:
        if subject.kind == "clinic":
            self.places.add(("", "", subject.path[0]))
        elif subject.kind == "group":
            group = self.library.sheet.group(subject.path[0])
            if group:
                self._take_group(group)
        elif subject.kind == "member" and subject.group:
            self.groups.add(subject.group)
            for thing in self.profile.things.get(subject.group, ()):
                self.places.add((subject.group, thing.id, subject.path[-1]))
        elif subject.kind == "own" and (owner := world.find_owner(subject.path)):
            self._note_own(owner[0], owner[1].id, subject.path[-1], world)

    def _note_own(self, group: str, thing: str, fact: str, world: MemberWorld) -> None:
        """A fact that may not apply needs first what decides whether it does."""
        condition = self.library.fact_conditions.get((group, fact))
        if condition is not None:
            self._look(condition, None)
        if not world.spares(group, fact):
            self.places.add((group, thing, fact))

    def _take_group(self, group: Group) -> None:
        """A group that is needed needs the things it is drawn from, and what makes them members."""
        if group.id in self._taken:
            return
        self._taken.add(group.id)
        condition = self.library.group_conditions.get(group.id)
        if condition and not self._is_possible(condition, None):
            return
        if condition:
            self._look(condition, None)
        base = self.library.sheet.base(group)
        if base.declared:
            self.groups.add(base.id)
        pointed_at = [fact.of for fact in base.facts if fact.of]
        for name in (*(group.pairs or ()), *pointed_at):
            if side := self.library.sheet.group(name):
                self._take_group(side)
        self._note_ties(group)

    def _note_ties(self, group: Group) -> None:
        """Facts that tie things together: where it stands, where they work, who belongs."""
        memberships = self.library.memberships
        line = [
            memberships[one.id] for one in self.library.sheet.line(group) if one.id in memberships
        ]
        for base, thing in each_member_of_bases(self.library, self.profile, group):
            declared = self.library.sheet.group(base)
            ties = [fact.id for fact in declared.facts if fact.of] if declared else []
            self.places |= {(base, thing.id, name) for name in ties}
            for condition in line:
                self._look(condition, Member(thing.id, thing.name, base, ((base, thing),)))
