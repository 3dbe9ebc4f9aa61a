"""A clinic's profile: its facts and its things, each with facts of its own.

A fact that is absent was never asked; a fact that is None was asked and is not known.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from compliance.checklist.fact import Value

Facts = Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class Thing:
    """A site, a person, a storage unit: its id is made once from its name and never changes."""

    id: str
    name: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """The facts of the clinic, and the things of each declared group; an absent group was not asked."""

    facts: Facts = field(default_factory=dict)
    things: Mapping[str, tuple[Thing, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The clinic's name, or a stand-in before it was asked."""
        name = self.facts.get("name")
        return name if isinstance(name, str) else "The clinic"

    def thing(self, group: str, thing_id: str) -> Thing | None:
        """Return the thing of that id, if the group has it."""
        return next((one for one in self.things.get(group, ()) if one.id == thing_id), None)

    def with_fact(self, name: str, value: Value | None) -> "Profile":
        """Return the profile with one fact of the clinic said."""
        return replace(self, facts={**self.facts, name: value})

    def with_group(self, group: str) -> "Profile":
        """Return the profile with the group declared, though it may have no member yet."""
        return replace(self, things={group: (), **self.things})

    def with_thing(self, group: str, thing: Thing) -> "Profile":
        """Return the profile with one more thing, or with the thing of that id replaced."""
        others = self.things.get(group, ())
        known = any(one.id == thing.id for one in others)
        members = (
            tuple(thing if one.id == thing.id else one for one in others)
            if known
            else (*others, thing)
        )
        return replace(self, things={**self.things, group: members})

    def without_thing(self, group: str, thing_id: str) -> "Profile":
        """Return the profile without that thing."""
        members = tuple(one for one in self.things.get(group, ()) if one.id != thing_id)
        return replace(self, things={**self.things, group: members})

    def with_own_fact(self, group: str, thing_id: str, name: str, value: Value | None) -> "Profile":
        """Return the profile with one fact of one thing said.

        Raises:
            KeyError: there is no such thing.
        """
        thing = self.thing(group, thing_id)
        if thing is None:
            raise KeyError(f"{group}/{thing_id}")
        return self.with_thing(group, replace(thing, facts={**thing.facts, name: value}))

    def each_fact(self) -> Iterator[tuple[str, str, str, Value | None]]:
        """Yield group, thing id, fact and value; group and thing are empty for the clinic's own."""
        for name, value in self.facts.items():
            yield "", "", name, value
        for group, things in self.things.items():
            for thing in things:
                for name, value in thing.facts.items():
                    yield group, thing.id, name, value


_LONGEST_ID = 60
_TAKEN = frozenset({"none", "unknown"})
"""Words that mean something else where an id may stand."""


def make_id(name: str, taken: Collection[str]) -> str:
    """Return a kebab-case id for a name, with a number behind it when it is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_ID].strip("-") or "unnamed"
    candidate, number = stem, 2
    while candidate in taken or candidate in _TAKEN:
        candidate, number = f"{stem}-{number}", number + 1
    return candidate
