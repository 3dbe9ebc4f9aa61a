"""Between `clinic.yaml` and the journal: a profile as events, and where the two differ."""

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.checklist.fact import Fact, FactSheet, Value
from compliance.clinic.profile import Facts, Profile
from compliance.walk.event import Event
from compliance.walk.session import fact_event


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where file and journal disagree, and the event that adopts the file's side."""

    sentence: str
    event: Event


def declare_profile(profile: Profile, sheet: FactSheet) -> list[Event]:
    """Return the events that make an empty profile equal to this one."""
    return [difference.event for difference in profile_difference(Profile(), profile, sheet)]


def profile_difference(journal: Profile, file: Profile, sheet: FactSheet) -> list[Difference]:
    """Return where the file says something else than the journal."""
    differences = list(_compare_facts(journal.facts, file.facts, sheet.clinic))
    for group in sheet.groups:
        if group.declared:
            differences += _compare_group(journal, file, group.id, sheet)
    return differences


def _compare_group(
    journal: Profile, file: Profile, group: str, sheet: FactSheet
) -> Iterator[Difference]:
    declared = sheet.group(group)
    title = declared.title if declared else group
    if group in file.things and group not in journal.things:
        yield Difference(f"{title}: listed in the file.", Event("group", {"group": group}))
    before = {thing.id: thing for thing in journal.things.get(group, ())}
    after = {thing.id: thing for thing in file.things.get(group, ())}
    for gone in before.keys() - after.keys():
        event = Event("thing-removed", {"group": group, "id": gone})
        yield Difference(f"{title} “{before[gone].name}”: no longer in the file.", event)
    for thing_id, thing in after.items():
        old = before.get(thing_id)
        if old is None or old.name != thing.name:
            said = f"{title} “{thing.name}”: " + (
                f"was “{old.name}”." if old else "new in the file."
            )
            yield Difference(
                said, Event("thing", {"group": group, "id": thing_id}, {"name": thing.name})
            )
        facts = declared.facts if declared else ()
        for one in _compare_facts(old.facts if old else {}, thing.facts, facts, group, thing_id):
            yield Difference(f"{title} “{thing.name}”: {one.sentence}", one.event)


def _compare_facts(
    before: Facts,
    after: Facts,
    facts: tuple[Fact, ...],
    group: str = "",
    thing: str = "",
) -> Iterator[Difference]:
    for fact in facts:
        if fact.id in after and (fact.id not in before or before[fact.id] != after[fact.id]):
            raw = after[fact.id]
            event = fact_event(
                fact, None if raw is None else fact.write(raw), group=group, thing=thing
            )
            yield Difference(f"{fact.ask} {_show(fact, before)} → {_show(fact, after)}", event)


def _show(fact: Fact, facts: Facts) -> str:
    if fact.id not in facts:
        return "(not said)"
    value: Value | None = facts[fact.id]
    return "not known" if value is None else f"“{fact.show(value)}”"
