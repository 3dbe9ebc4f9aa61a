"""Between `clinic.yaml` and the journal: a profile as events, and where the two disagree."""

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.checklist.fact import Fact, FactSheet, Group, Value
from compliance.clinic.profile import Facts, Profile, Thing
from compliance.clinic.profile_file import without_dangling
from compliance.walk.event import Event
from compliance.walk.session import fact_event


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where file and journal disagree, and the event that adopts the file's side.

    The journal's side is adopted by recording nothing and writing the file anew.
    """

    sentence: str
    event: Event


def declare_profile(profile: Profile, sheet: FactSheet) -> list[Event]:
    """Return the events that make an empty profile equal to this one.

    Raises:
        ValueError: a fact that must be known is unknown.
    """
    return [difference.event for difference in profile_difference(Profile(), profile, sheet)]


def profile_difference(journal: Profile, file: Profile, sheet: FactSheet) -> list[Difference]:
    """Return where the file says something else than the journal.

    What the file leaves out is no disagreement: the walk may have learned it since the file was
    written. A thing that is missing from a section that is there was taken off the list.
    Recording the events of all of them, in this order, leaves no difference.
    """
    return list(_Comparison(without_dangling(journal, sheet), file, sheet).differences())


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Both sides, and what the names in them mean."""

    journal: Profile
    file: Profile
    sheet: FactSheet

    def differences(self) -> Iterator[Difference]:
        clinic = self.sheet.clinic
        yield from self._compare_facts(clinic, self.journal.facts, self.file.facts, "", "")
        groups = [group for group in self.sheet.groups if group.id in self.file.things]
        for group in groups:
            yield from self._compare_lists(group)
        for group in groups:
            for thing in self.file.things[group.id]:
                yield from self._compare_things(group, thing)

    def _compare_lists(self, group: Group) -> Iterator[Difference]:
        before = {thing.id: thing for thing in self.journal.things.get(group.id, ())}
        after = {thing.id: thing for thing in self.file.things[group.id]}
        if not after and group.id not in self.journal.things:
            sentence = f"{group.title}: the file lists none; the audit has not asked yet."
            yield Difference(sentence, Event("group", {"group": group.id}))
        for thing_id, thing in before.items():
            if thing_id not in after:
                sentence = f"{group.title} “{thing.name}”: no longer in the file."
                event = Event("thing-removed", {"group": group.id, "id": thing_id})
                yield Difference(sentence, event)
        for thing_id, thing in after.items():
            old = before.get(thing_id)
            if old is None or old.name != thing.name:
                was = f"called “{old.name}” in the audit." if old else "new in the file."
                event = Event("thing", {"group": group.id, "id": thing_id}, {"name": thing.name})
                yield Difference(f"{group.title} “{thing.name}”: {was}", event)

    def _compare_things(self, group: Group, thing: Thing) -> Iterator[Difference]:
        old = self.journal.thing(group.id, thing.id)
        before = old.facts if old else {}
        for one in self._compare_facts(group.facts, before, thing.facts, group.id, thing.id):
            yield Difference(f"{thing.name}: {one.sentence}", one.event)

    def _compare_facts(
        self, facts: tuple[Fact, ...], before: Facts, after: Facts, group: str, thing: str
    ) -> Iterator[Difference]:
        for fact in facts:
            if fact.id not in after or _same(fact, before, after):
                continue
            value = after[fact.id]
            raw = None if value is None else fact.write(value)
            event = fact_event(fact, raw, group=group, thing=thing)
            said = self._show(self.file, fact, after[fact.id])
            held = "nothing"
            if fact.id in before:
                held = self._show(self.journal, fact, before[fact.id])
            yield Difference(f"{fact.ask} The file says {said}; the audit has {held}.", event)

    def _show(self, profile: Profile, fact: Fact, value: Value | None) -> str:
        if value is None:
            return "“unknown”"
        if fact.of is None:
            return f"“{fact.show(value)}”"
        named = value if isinstance(value, tuple) else (str(value),)
        things = ((one, profile.thing(fact.of, one)) for one in named)
        return (
            "“" + (", ".join(thing.name if thing else one for one, thing in things) or "none") + "”"
        )


def _same(fact: Fact, before: Facts, after: Facts) -> bool:
    """Whether both say the same; the order in which things are listed says nothing."""
    if fact.id not in before:
        return False
    one, other = before[fact.id], after[fact.id]
    if isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    return one == other
