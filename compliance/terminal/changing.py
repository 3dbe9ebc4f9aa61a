"""Changing something that was said before: what would appear or vanish is said first."""

from compliance.terminal.menu import Choice, Menu
from compliance.terminal.sitting import Sitting
from compliance.terminal.wording import count, name_items
from compliance.walk.event import Event
from compliance.walk.session import Change, Step

_WAYS = Menu((Choice("yes", "yes"), Choice("no, leave it", "no")))


def agree_to_change(sitting: Sitting, at: Step, *events: Event) -> bool:
    """Return whether to record events that change something that was said before.

    Nothing is asked when no question appears or vanishes.
    """
    change = sitting.session.preview(*events)
    if not (change.appearing or change.vanishing):
        return True
    _say_change(sitting, change)
    agreed = sitting.pick(at, "Change it?", _WAYS, back=at) == "yes"
    if not agreed:
        sitting.screen.say("Nothing was changed.")
    return agreed


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
