"""The walk: drives a session over a screen, from the first fact to the last question."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from compliance.clinic.applicability import Item
from compliance.clinic.needs import NeedThings
from compliance.terminal.acts import ACTS
from compliance.terminal.answering import ask_item
from compliance.terminal.commands import Stopped, Turn
from compliance.terminal.facts import ask_fact
from compliance.terminal.greeting import greet, say_plan
from compliance.terminal.loose_ends import LooseEnd, find_loose_end, tie_up
from compliance.terminal.menu import Choice, Menu
from compliance.terminal.places import list_said
from compliance.terminal.prompts import Ended, Screen
from compliance.terminal.sitting import LastAnswer, Sitting
from compliance.terminal.things import ask_things
from compliance.terminal.wording import count
from compliance.walk.recording import Recording
from compliance.walk.session import Session, Step

_NOW = Menu((Choice("yes", "yes"), Choice("no, finish", "no")))
_NO_LAST_TIME: Mapping[str, LastAnswer] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Ending:
    """How a sitting ended, and how many questions have no answer yet, skipped ones included.

    `finished`: nothing more is to be asked; `stopped`: the person typed `stop`; `ended`: the
    input ended.
    """

    kind: Literal["finished", "stopped", "ended"]
    left: int


def walk(
    recording: Recording,
    screen: Screen,
    *,
    base: Path,
    last_time: Mapping[str, LastAnswer] = _NO_LAST_TIME,
    resumed: bool | None = None,
) -> Ending:
    """Ask what is needed, record what is answered, and return how the sitting ended.

    `base` is the folder that evidence paths are relative to. `resumed` says whether the audit was
    begun in an earlier sitting; left out, it was when a question was answered or skipped already.
    Ctrl-C goes through as KeyboardInterrupt; whatever was saved stays.

    Raises:
        SurroundingsError: the disk refuses; nothing that was acknowledged is lost.
    """
    session = Session(recording.library, recording.state)
    sitting = Sitting(recording, screen, base, ACTS, last_time, session)
    sitting.needs_before = len(list_said(recording.state))
    if resumed is None:
        resumed = bool(recording.state.answers or recording.state.skipped)
    kind: Literal["finished", "stopped", "ended"] = "finished"
    try:
        greet(sitting, resumed=resumed)
        _go_through(sitting, find_loose_end(sitting) if resumed else LooseEnd())
    except Stopped:
        kind = "stopped"
    except Ended:
        kind = "ended"
    return Ending(kind, len(session.open_items()))


def _go_through(sitting: Sitting, end: LooseEnd) -> None:
    """Ask step after step; `back` and `go` turn to another one, then the walk goes on."""
    detour: Step | None = end.list
    facts_were_open = bool(sitting.session.needs())
    try:
        tie_up(sitting, end)
    except Turn as turn:
        detour = turn.to
    while True:
        facts_are_open = bool(sitting.session.needs())
        if facts_were_open and not facts_are_open and detour is None:
            sitting.screen.say()
            say_plan(sitting)
        facts_were_open = facts_are_open
        step = detour or sitting.next_step()
        detour = None
        try:
            if step is None and not _offer_skipped(sitting):
                return
            _ask(sitting, step)
        except Turn as turn:
            detour = turn.to


def _ask(sitting: Sitting, step: Step | None) -> None:
    if step is None:
        return
    if isinstance(step, Item):
        ask_item(sitting, step)
    elif isinstance(step, NeedThings):
        ask_things(sitting, step)
    else:
        ask_fact(sitting, step)


def _offer_skipped(sitting: Sitting) -> bool:
    """Whether to go through the skipped questions now; False where there is none, or later."""
    skipped = sitting.session.open_items()
    if not skipped:
        return False
    left = count(len(skipped), "question")
    sitting.screen.say()
    sitting.screen.say(
        f"That was the last one. You skipped {left}; what stays open counts as not determined."
    )
    if sitting.pick(None, "Go through what you skipped now?", _NOW) == "no":
        return False
    sitting.review = [item.key for item in skipped]
    return True
