"""What is said before the first question, after the facts, and on coming back."""

from collections.abc import Sequence

from compliance.clinic.applicability import Item
from compliance.clinic.needs import Need, NeedThings
from compliance.terminal.lists import say_next
from compliance.terminal.sitting import Sitting
from compliance.terminal.wording import count, duration
from compliance.walk.session import Session

_SAVED = (
    "Everything you type is saved at once. Stop any time with “stop”; nothing is sent anywhere."
)
_BEFORE = (
    "Before your first note: what you write stays, even if you change it later, and others may "
    "read it, in a lawsuit too. Write what you saw. No guesses, no blame, no patient names. "
    "If drugs may be missing or records altered, stop and call a lawyer: a one-business-day "
    "clock may be running."
)
_REMINDER = (
    "As before: what you write stays. Write what you saw; no guesses, no blame, no patient names."
)


def greet(sitting: Sitting, *, resumed: bool) -> None:
    """Say which audit this is, what becomes of what is typed, and what comes first."""
    say = sitting.screen.say
    needs = sitting.session.needs()
    if resumed:
        say(_say_resumed(sitting.session, needs))
        if sitting.recording.set_aside:
            say("The last line was cut off while it was written; all that was saved is here.")
        say(_REMINDER)
        return
    say(_say_new(sitting.session))
    say(_SAVED)
    say()
    say(_BEFORE)
    if needs:
        say()
        say(_say_facts_first(needs))
    else:
        say()
        say_plan(sitting)


def _say_facts_first(needs: Sequence[Need]) -> str:
    """Return how many questions about the clinic come first; those about each thing come on top."""
    listed = any(isinstance(need, NeedThings) for need in needs)
    on_top = ", and a few about each place and person that you name" if listed else ""
    short = count(len(needs), "short question")
    return (
        f"First, {short} about the clinic{on_top}. They decide what applies to you. “?” explains."
    )


def _say_new(session: Session) -> str:
    state = session.state
    name = state.profile.facts.get("name")
    day = f"as of {state.as_of} ({state.time_zone})."
    return f"{name}: new audit, {day}" if name else f"New audit, {day}"


def _say_resumed(session: Session, needs: tuple[Need, ...]) -> str:
    state, progress = session.state, session.progress()
    begun = f"{state.profile.name}, begun {state.begun_at[:10]}."
    if needs:
        return f"{begun} {count(len(needs), 'question')} about the clinic left."
    following = say_next(session)
    answered = f"{progress.answered} of {progress.total} answered"
    return f"{begun} {answered}; next: {following}." if following else f"{begun} {answered}."


def say_plan(sitting: Sitting) -> None:
    """Say how many questions there are, how long they take, and what is left out."""
    session, say = sitting.session, sitting.screen.say
    progress = session.progress()
    if progress.answered:
        left = duration(progress.minutes_left)
        say(f"{progress.total} questions apply now; about {left} left.")
        return
    if not progress.total:
        say("No question of these checklists can be asked of this clinic.")
    else:
        minutes = duration(progress.minutes_left)
        say(
            f"That makes {count(progress.total, 'question')}, about {minutes}{_say_quick(session)}."
        )
    _say_left_out(sitting)


def _say_quick(session: Session) -> str:
    progress = session.progress()
    if session.state.order != "law" or not 0 < progress.quick_left < progress.total:
        return ""
    return (
        f"; the {progress.quick_left} that an inspector asks first come first "
        f"({duration(progress.quick_minutes)})"
    )


def _say_left_out(sitting: Sitting) -> None:
    items = sitting.session.applicability.items
    deeper = [item for item in items if item.standing == "deeper"]
    outside = sum(item.standing == "out of scope" for item in items)
    parts = []
    if deeper:
        deep = any(item.entry.requirement.depth == "deep" for item in deeper)
        depth = "deep" if deep else "core"
        ones = count(len(deeper), "deeper one waits", "deeper ones wait")
        parts.append(f"{ones} for an audit with “--depth {depth}”")
    if outside:
        parts.append(count(outside, "does not apply", "do not apply"))
    if parts:
        sitting.screen.say(f"{'; '.join(parts)} (“list skipped” shows why).")
    for because in dict.fromkeys(item.because for item in items if item.empty and _is_open(item)):
        sitting.screen.say(f"{because} What is asked about each one counts as not determined.")


def _is_open(item: Item) -> bool:
    return item.standing == "asked"
