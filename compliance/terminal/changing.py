"""Changing something that was said before: what would appear or vanish is said first."""

from compliance.terminal.prompts import Screen
from compliance.terminal.sitting import Prompt, Sitting
from compliance.terminal.wording import count, name_items
from compliance.walk.event import Event
from compliance.walk.session import Change, Step

_AGREED, _DECLINED = {"1", "yes", "change it"}, {"2", "no", "leave it"}


def agree_to_change(sitting: Sitting, at: Step, *events: Event) -> bool:
    """Return whether to record events that change something that was said before.

    Nothing is asked when no question appears or vanishes.
    """
    change = sitting.session.preview(*events)
    if not (change.appearing or change.vanishing):
        return True
    _say_change(sitting, change)
    while True:
        line = sitting.ask(Prompt(at, lambda: _show_ways(sitting.screen), back=at)).lower()
        if line in _AGREED:
            return True
        if line in _DECLINED:
            sitting.screen.say("Nothing was changed.")
            return False
        sitting.screen.say(f"“{line}” is not among 1 to 2.")


def _show_ways(screen: Screen) -> None:
    screen.say_items(["1 yes, change it", "2 no, leave it"])


def _say_change(sitting: Sitting, change: Change) -> None:
    say = sitting.screen.say
    if change.appearing:
        say(
            f"This adds {count(len(change.appearing), 'question')}: {name_items(change.appearing)}."
        )
    if change.vanishing:
        gone = count(len(change.vanishing), "question")
        say(f"This takes away {gone}: {name_items(change.vanishing)}.")
        answered = [one for one in change.vanishing if one.key in sitting.session.state.answers]
        if answered:
            say(
                f"{len(answered)} of them answered already: the answers are kept aside, "
                "and count again if their questions come back."
            )
    say("Change it?")
