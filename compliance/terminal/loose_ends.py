"""Where a sitting that was cut off had stopped: a list half typed, an answer not followed up."""

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.clinic.applicability import Item
from compliance.clinic.needs import NeedThings
from compliance.terminal.followups import (
    Part,
    ask_proof,
    close_section,
    follow_up,
    list_parts,
)
from compliance.terminal.sitting import Sitting
from compliance.terminal.verdict import say_saved
from compliance.terminal.wording import name_item
from compliance.walk.event import Event
from compliance.walk.journal import read_journal
from compliance.walk.outcome import say_answer

_ORDER: tuple[Part, ...] = ("note", "evidence", "action")


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """An answered item whose last part was being asked, or a list that was being typed."""

    list: NeedThings | None = None
    item: Item | None = None
    parts: tuple[Part, ...] = ()
    proof: bool = False
    first: bool = False


def find_loose_end(sitting: Sitting) -> LooseEnd:
    """Return what the end of the journal leaves open."""
    recording = sitting.recording
    events = list(read_journal(recording.journal.read_bytes(), recording.journal.name).events)
    recovered = False
    while events[-1].kind == "recovered":
        events.pop()
        recovered = True
    last = events[-1]
    if last.kind in {"thing", "thing-removed"} or (last.kind == "group" and recovered):
        group = sitting.session.library.sheet.group(last.data["group"])
        return LooseEnd(list=NeedThings(group) if group else None)
    item = sitting.session.applicability.by_key.get(last.data.get("key", ""))
    if item is None or item.standing != "asked":
        return LooseEnd()
    return _find_open_parts(sitting, item, events)


def _find_open_parts(sitting: Sitting, item: Item, events: Sequence[Event]) -> LooseEnd:
    """Return the parts that come after the last one that was recorded right after the answer."""
    done: list[str] = []
    for place in range(len(events) - 1, -1, -1):
        event = events[place]
        if event.data.get("key") != item.key or event.kind == "skip":
            return LooseEnd()
        if event.kind == "answer":
            break
        done.append(event.kind)
    first = not any(one.data.get("key") == item.key for one in events[:place] if _settles(one))
    if events[-1].kind == "correction":
        return LooseEnd(item=item, proof=True, first=first)
    if {"correction", "action"} & set(done):
        return LooseEnd()
    reached = max((_ORDER.index(kind) for kind in _ORDER if kind in done), default=-1)
    parts = list_parts(sitting.session, item, _ORDER[: reached + 1])
    return LooseEnd(item=item, parts=tuple(parts), first=first) if parts else LooseEnd()


def _settles(event: Event) -> bool:
    return event.kind in {"answer", "skip"}


def tie_up(sitting: Sitting, end: LooseEnd) -> None:
    """Ask what is left of the question that was answered last."""
    item, state = end.item, sitting.session.state
    if item is None:
        return
    said = say_answer(item.entry, state.answers[item.key].said)
    sitting.screen.say()
    sitting.screen.say(f"You were at {name_item(item)} and answered: {said}.")
    if end.proof:
        ask_proof(sitting, item)
        sitting.screen.say(say_saved(sitting.session))
        close_section(sitting, item, first=end.first)
    else:
        follow_up(sitting, item, end.parts, first=end.first)
