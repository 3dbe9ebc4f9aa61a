"""Asking for the things that repeat: sites, people, storage units, one name a line."""

from compliance.checklist.fact import Group
from compliance.clinic.needs import NeedThings
from compliance.clinic.profile import Thing
from compliance.terminal.changing import agree_to_change
from compliance.terminal.facts import say_heading
from compliance.terminal.sitting import Prompt, Sitting
from compliance.terminal.typed import is_unknown, plain_words
from compliance.terminal.wording import listing
from compliance.walk.event import Event
from compliance.walk.session import thing_events

_REMOVE = ":remove "


def ask_things(sitting: Sitting, need: NeedThings) -> None:
    """Ask for the members of a group; each name is saved as it is typed, an empty line ends."""
    sitting.screen.say()
    sitting.screen.say(say_heading(sitting, need))
    if need.group.help:
        sitting.screen.say(need.group.help)
    settled = not sitting.session.needs()
    _say_so_far(sitting, need.group)
    prompt = Prompt(need, lambda: None, free=True, own=(_REMOVE,))
    sitting.screen.say(
        "One name a line; an empty line ends the list. “:remove NAME” takes one off it."
    )
    while True:
        line = sitting.ask(prompt)
        if line.startswith(_REMOVE):
            _remove(sitting, need, line.removeprefix(_REMOVE), settled=settled)
        elif line and plain_words(line) != "none":
            _add(sitting, need, line, settled=settled)
        elif _end(sitting, need.group, line):
            return


def _things(sitting: Sitting, group: Group) -> tuple[Thing, ...]:
    return sitting.session.state.profile.things.get(group.id, ())


def _say_so_far(sitting: Sitting, group: Group) -> None:
    things = _things(sitting, group)
    if things:
        sitting.screen.say(f"So far: {listing([one.name for one in things])}.")


def _find(sitting: Sitting, group: Group, name: str) -> Thing | None:
    wanted = plain_words(name)
    return next((one for one in _things(sitting, group) if plain_words(one.name) == wanted), None)


def _add(sitting: Sitting, need: NeedThings, name: str, *, settled: bool) -> None:
    group = need.group
    if is_unknown(name):
        sitting.screen.say("Type the names that you know; an empty line ends the list.")
        return
    if plain_words(name) in {"yes", "no"} or name.isdecimal():
        sitting.screen.say(f"“{name}” is hardly a name; nothing was added.")
        return
    if _find(sitting, group, name):
        sitting.screen.say(
            f"“{name}” is on the list already. If there are two, add what tells them apart."
        )
        return
    state = sitting.session.state
    declared = group.id in state.profile.things
    events = [
        event
        for event in thing_events(state, group.id, [name])
        if not (declared and event.kind == "group")
    ]
    if not settled or agree_to_change(sitting, need, *events):
        sitting.record(*events)


def _remove(sitting: Sitting, need: NeedThings, name: str, *, settled: bool) -> None:
    thing = _find(sitting, need.group, name)
    if thing is None:
        sitting.screen.say(f"“{name}” is not on the list.")
        return
    event = Event("thing-removed", {"group": need.group.id, "id": thing.id})
    if not settled or agree_to_change(sitting, need, event):
        sitting.record(event)
        sitting.screen.say(f"{thing.name} was taken off the list.")


def _end(sitting: Sitting, group: Group, line: str) -> bool:
    """Whether the list may end here; an empty one is declared, where that is allowed."""
    things = _things(sitting, group)
    if things and line:
        sitting.screen.say(f"The list has {listing([one.name for one in things])}; nothing added.")
        return False
    if things:
        sitting.screen.say(f"{len(things)}: {listing([one.name for one in things])}.")
        return True
    if group.at_least and not line:
        sitting.screen.say(
            "There should be at least one. Type its name; or type “none” if there truly is none."
        )
        return False
    if group.id not in sitting.session.state.profile.things:
        sitting.record(Event("group", {"group": group.id}))
    sitting.screen.say(
        "None listed. What is asked about each one will count as not determined."
        if group.at_least
        else "None listed."
    )
    return True
