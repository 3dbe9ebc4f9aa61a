"""What applies to this clinic, and which fact decided."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

from compliance.checklist.condition import Given, Truth
from compliance.checklist.frozen import DEPTHS, Depth
from compliance.checklist.library import Entry, Library
from compliance.clinic.membership import Member, MemberWorld, lies_elsewhere, list_members
from compliance.clinic.profile import Profile

Standing = Literal["asked", "out of scope", "deeper", "not chosen"]
NONE = "none"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen to be audited: the depth, and the checklists (none named = all)."""

    depth: Depth = "core"
    only: tuple[str, ...] = ()

    def admits(self, entry: Entry) -> Standing:
        """Return whether a requirement is within what was chosen."""
        if self.only and entry.checklist_key not in self.only:
            return "not chosen"
        if DEPTHS.index(entry.requirement.depth) > DEPTHS.index(self.depth):
            return "deeper"
        return "asked"


@dataclass(frozen=True, slots=True)
class Item:
    """A requirement for one thing (or once), whether it is asked, and why.

    An item whose thing is `@none` cannot be answered: the group should have members and has none.
    """

    key: str
    entry: Entry
    member: Member | None
    standing: Standing
    truth: Truth
    because: str
    elsewhere: bool = False
    """Whether its whole checklist is that of a state with which the clinic has nothing to do."""

    @property
    def empty(self) -> bool:
        """Whether it stands for a group that has no members though it should."""
        return self.key.endswith(f"@{NONE}")

    @property
    def title(self) -> str:
        """The name of its thing; empty for a question asked once."""
        return self.member.title if self.member else ""


@dataclass(frozen=True)
class Applicability:
    """Every item in law order."""

    items: tuple[Item, ...]

    @cached_property
    def by_key(self) -> Mapping[str, Item]:
        """Items by `checklist/requirement@thing`."""
        return {item.key: item for item in self.items}

    @cached_property
    def asked(self) -> tuple[Item, ...]:
        """The items that are asked."""
        return tuple(item for item in self.items if item.standing == "asked")


def key_of(entry_key: str, thing: str | None) -> str:
    """Return `checklist/requirement@thing`, without the last part for a question asked once."""
    return f"{entry_key}@{thing}" if thing else entry_key


def decide(
    library: Library,
    profile: Profile,
    given: Mapping[str, Given],
    chosen: Chosen,
    as_of: date,
) -> Applicability:
    """Decide for every requirement and every thing whether it is asked.

    `given` maps an item's key to its answer as conditions see it. Unknown applies.
    """
    return Applicability(tuple(_Decision(library, profile, given, chosen, as_of).items()))


@dataclass(slots=True)
class _Decision:
    """One pass in law order; what was decided earlier is seen by the follow-ups."""

    library: Library
    profile: Profile
    given: Mapping[str, Given]
    chosen: Chosen
    as_of: date
    out_of_scope: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    members: dict[str, tuple[Member, ...] | None] = field(default_factory=dict)
    states: dict[str, bool] = field(default_factory=dict)

    def items(self) -> Iterator[Item]:
        for entry in self.library.entries:
            if (state := entry.checklist.state) and self._lies_elsewhere(state):
                because = (
                    f"No site lies in {entry.checklist.title}, and nobody treats patients there."
                )
                item = Item(
                    entry.key, entry, None, "out of scope", Truth.NO, because, elsewhere=True
                )
                self.known.add(item.key)
                self.out_of_scope.add(item.key)
                yield item
                continue
            for item in self._items_of(entry):
                self.known.add(item.key)
                if item.standing == "out of scope":
                    self.out_of_scope.add(item.key)
                yield item

    def _lies_elsewhere(self, state: str) -> bool:
        if state not in self.states:
            found = lies_elsewhere(self.library, self.profile, state, self.as_of)
            self.states[state] = found
        return self.states[state]

    def _items_of(self, entry: Entry) -> Iterator[Item]:
        group = self.library.group_of(entry)
        if group is None:
            yield self._item(entry, None)
            return
        if group.id not in self.members:
            self.members[group.id] = list_members(self.library, self.profile, group, self.as_of)
        members = self.members[group.id]
        if members:
            for member in members:
                yield self._item(entry, member)
        else:
            yield self._empty_item(entry)

    def _item(self, entry: Entry, member: Member | None) -> Item:
        key = key_of(entry.key, member.id if member else None)
        world = self._world(member)
        truth = entry.condition.holds(world)
        admitted = self.chosen.admits(entry)
        standing: Standing = "out of scope" if truth is Truth.NO else admitted
        because = entry.condition.explain(world, truth)
        return Item(key, entry, member, standing, truth, because)

    def _world(self, member: Member | None) -> "AnsweredWorld":
        return AnsweredWorld(
            self.library,
            self.profile,
            self.as_of,
            member,
            self.given,
            self.out_of_scope,
            self.known,
        )

    def _empty_item(self, entry: Entry) -> Item:
        """A group without members: not determined where it should have some, else not asked.

        One whose members were never listed may have some: ignorance never hides a duty.
        """
        group = self.library.group_of(entry)
        key = key_of(entry.key, NONE)
        world = self._world(None)
        truth = entry.condition.holds(world)
        condition = self.library.group_conditions.get(group.id) if group else None
        expected = Truth.YES if condition is None else condition.holds(world)
        title = group.title.lower() if group else ""
        if truth is Truth.NO:
            because = entry.condition.explain(world, truth)
            return Item(key, entry, None, "out of scope", truth, because)
        listed = group is not None and self.members[group.id] is not None
        needed = group is not None and group.at_least
        if expected is Truth.NO or (listed and not needed):
            because = f"No {title} was listed."
            return Item(key, entry, None, "out of scope", Truth.NO, because)
        because = f"No {title} was listed, though there should be one."
        if not listed:
            because = f"It was not said whether there is a {title}."
        return Item(key, entry, None, self.chosen.admits(entry), truth, because)


@dataclass(frozen=True, slots=True)
class AnsweredWorld(MemberWorld):
    """What a condition sees while deciding: the profile, and the answers to earlier questions."""

    given: Mapping[str, Given] = field(default_factory=dict)
    out_of_scope: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)

    def members(self, group: str) -> "tuple[AnsweredWorld, ...] | None":
        """Return the members of a group, each as its own world, with its own answers."""
        declared = self.library.sheet.group(group)
        found = list_members(self.library, self.profile, declared, self.as_of) if declared else None
        return None if found is None else tuple(replace(self, member=one) for one in found)

    def answer_to(self, requirement: str) -> Given:
        """Return the answer given once or for the same thing; one that was not asked equals nothing."""
        for key in (requirement, key_of(requirement, self.member.id if self.member else NONE)):
            if key in self.out_of_scope:
                return Given(None, out_of_scope=True)
            if key in self.known:
                return self.given.get(key, Given(None))
        return Given(None, out_of_scope=True)
