"""Which things a question is asked for: declared ones, subsets of them, and pairs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from compliance.checklist.condition import Given, Truth
from compliance.checklist.fact import Group, Value
from compliance.checklist.library import TREATS_INTO, Library
from compliance.clinic.profile import Profile, Thing


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a group; a pair has two parts, everything else one.

    `parts` maps a group to the thing of it, so that `this.site.state` finds its way.
    `belongs` is unknown when it is not known whether it is a member at all.
    """

    id: str
    title: str
    group: str
    parts: tuple[tuple[str, Thing], ...]
    belongs: Truth = Truth.YES

    def part(self, group: str) -> Thing | None:
        """Return the part of a pair that is of this group."""
        return next((thing for name, thing in self.parts if name == group), None)


def list_members(
    library: Library, profile: Profile, group: Group, as_of: date
) -> tuple[Member, ...] | None:
    """Return the members of a group, possible ones included; None when it was not declared yet.

    People who left on or before `as_of` are no members. A person of whom it is not known whether
    they belong is a possible member: ignorance never hides a duty.
    """
    if group.pairs:
        return _list_pairs(library, profile, group, as_of)
    base = library.sheet.base(group)
    things = profile.things.get(base.id)
    if things is None:
        return None
    present = [thing for thing in things if not has_left(thing, as_of)]
    members = (Member(one.id, one.name, base.id, ((base.id, one),)) for one in present)
    placed = (
        replace(one, belongs=_belongs(library, profile, group, one, as_of)) for one in members
    )
    return tuple(one for one in placed if one.belongs is not Truth.NO)


def has_left(thing: Thing, as_of: date) -> bool:
    """Whether the thing has a day of leaving that has come."""
    day = thing.facts.get("left")
    return isinstance(day, date) and day <= as_of


def _belongs(
    library: Library, profile: Profile, group: Group, member: Member, as_of: date
) -> Truth:
    """Return whether the member is of the group, and of those that it is drawn from."""
    truth = Truth.YES
    for one in library.sheet.line(group):
        if condition := library.memberships.get(one.id):
            truth = min(truth, condition.holds(MemberWorld(library, profile, as_of, member)))
    return truth


def _list_pairs(
    library: Library, profile: Profile, group: Group, as_of: date
) -> tuple[Member, ...] | None:
    if group.pairs is None:
        return None
    sides = [library.sheet.group(name) for name in group.pairs]
    lists = [list_members(library, profile, side, as_of) if side else None for side in sides]
    first, second = lists
    if first is None or second is None:
        return None
    pairs = (_pair(group, one, other) for one in first for other in second)
    return tuple(pair for pair in pairs if pair.belongs is not Truth.NO)


def _goes_with(group: Group, one: Member, other: Member) -> Truth:
    """Whether the first names the second; when it is not known, every pair is possible."""
    if group.by is None:
        return Truth.YES
    named = one.parts[0][1].facts.get(group.by)
    if not isinstance(named, tuple):
        return Truth.UNKNOWN
    return Truth.YES if other.id in named else Truth.NO


def _pair(group: Group, one: Member, other: Member) -> Member:
    names = group.pairs or ("", "")
    parts = ((names[0], one.parts[0][1]), (names[1], other.parts[0][1]))
    belongs = min(one.belongs, other.belongs, _goes_with(group, one, other))
    return Member(f"{one.id}+{other.id}", f"{one.title}, {other.title}", group.id, parts, belongs)


@dataclass(frozen=True, slots=True)
class MemberWorld:
    """What a condition sees of the profile: the clinic and one thing (None: any thing, unknown)."""

    library: Library
    profile: Profile
    as_of: date
    member: Member | None = None

    @property
    def belongs(self) -> Truth:
        """Whether the thing is a member of the group that was asked for."""
        return self.member.belongs if self.member else Truth.YES

    def clinic_fact(self, name: str) -> Value | None:
        """Return a fact of the clinic."""
        return self.profile.facts.get(name)

    def own_fact(self, path: tuple[str, ...]) -> Value | None:
        """Return a fact of the thing, going up along `thing` facts and the parts of a pair."""
        owner = self.find_owner(path)
        if owner is None:
            return None
        return () if self.spares(owner[0], path[-1]) else owner[1].facts.get(path[-1])

    def spares(self, group: str, fact: str) -> bool:
        """Whether a fact of a group's things does not apply to this clinic, so that it is none."""
        condition = self.library.fact_conditions.get((group, fact))
        if condition is None:
            return False
        return condition.holds(replace(self, member=None)) is Truth.NO

    def find_owner(self, path: tuple[str, ...]) -> tuple[str, Thing] | None:
        """Return the group and the thing that has the last fact of a path, when it is known."""
        if self.member is None:
            return None
        group, thing = self.member.parts[0]
        steps = list(path[:-1])
        if len(self.member.parts) > 1 and steps:
            part = self.member.part(steps[0])
            if part is None:
                return None
            group, thing = steps.pop(0), part
        for step in steps:
            following = self._follow(group, thing, step)
            if following is None:
                return None
            group, thing = following
        return self._base_id(group), thing

    def _follow(self, group: str, thing: Thing, step: str) -> tuple[str, Thing] | None:
        declared = self.library.sheet.group(self._base_id(group))
        fact = declared.fact(step) if declared else None
        name = thing.facts.get(step)
        if fact is None or fact.of is None or not isinstance(name, str):
            return None
        found = self.profile.thing(fact.of, name)
        return (fact.of, found) if found else None

    def _base_id(self, group: str) -> str:
        declared = self.library.sheet.group(group)
        return self.library.sheet.base(declared).id if declared else group

    def members(self, group: str) -> "tuple[MemberWorld, ...] | None":
        """Return the members of a group, each as its own world."""
        declared = self.library.sheet.group(group)
        found = list_members(self.library, self.profile, declared, self.as_of) if declared else None
        if found is None:
            return None
        return tuple(MemberWorld(self.library, self.profile, self.as_of, one) for one in found)

    def works_in(self, state: str) -> Truth:
        """Return whether one of the sites this concerns lies in the state, or a patient afar does."""
        sites = self._sites()
        if sites is None:
            return max(Truth.UNKNOWN, self._treats_into(state))
        states = [site.facts.get("state") for site in sites]
        if state in states:
            return Truth.YES
        nowhere_yet = not sites and self.member is None  # a clinic has a site; a person need not
        here = Truth.UNKNOWN if None in states or nowhere_yet else Truth.NO
        return max(here, self._treats_into(state))

    def _treats_into(self, state: str) -> Truth:
        """Return whether this is a person who treats patients in the state from somewhere else."""
        if self.member is None or len(self.member.parts) > 1:
            return Truth.NO
        declared = self.library.sheet.group(self._base_id(self.member.group))
        if declared is None or declared.fact(TREATS_INTO) is None:
            return Truth.NO
        states = self.own_fact((TREATS_INTO,))
        if not isinstance(states, tuple):
            return Truth.UNKNOWN
        return Truth.YES if state in states else Truth.NO

    def _sites(self) -> tuple[Thing, ...] | None:
        """Return the sites of the thing: itself, or those it names; all where it can name none."""
        everything = self.profile.things.get("site")
        if self.member is None:
            return everything
        if own := self.member.part("site"):
            return (own,)
        group, thing = self.member.parts[0]
        declared = self.library.sheet.group(self._base_id(group))
        tie = (
            next((fact for fact in declared.facts if fact.of == "site"), None) if declared else None
        )
        return _sites_named(thing.facts.get(tie.id), everything or ()) if tie else everything

    def answer_to(self, requirement: str) -> Given:  # noqa: ARG002 - see the docstring
        """A profile has no answers: every one of them is unknown."""
        return Given(None)


def lies_elsewhere(library: Library, profile: Profile, state: str, as_of: date) -> bool:
    """Whether a state is certainly none of the clinic's: no site there, and nobody treats into it."""
    world = MemberWorld(library, profile, as_of)
    if world.works_in(state) is not Truth.NO:
        return False
    for group in library.sheet.groups:
        if group.declared and group.fact(TREATS_INTO):
            members = list_members(library, profile, group, as_of)
            if members is None or any(
                replace(world, member=one).works_in(state) is not Truth.NO for one in members
            ):
                return False
    return True


def _sites_named(named: object, sites: tuple[Thing, ...]) -> tuple[Thing, ...] | None:
    if named is None:
        return None
    return tuple(s for s in sites if s.id in (named if isinstance(named, tuple) else (named,)))


def each_member_of_bases(
    library: Library, profile: Profile, group: Group
) -> Iterator[tuple[str, Thing]]:
    """Yield group and thing of every declared thing that a group is drawn from."""
    for name in group.pairs or (group.id,):
        side = library.sheet.group(name)
        base = library.sheet.base(side) if side else None
        for thing in profile.things.get(base.id, ()) if base else ():
            yield (base.id if base else "", thing)
