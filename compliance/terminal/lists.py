"""`list`, `list skipped` and `status`: what is open, what is not asked, how far it is."""

from collections.abc import Collection, Sequence
from itertools import groupby

from compliance.clinic.applicability import Item
from compliance.terminal.places import find_run
from compliance.terminal.prompts import Screen
from compliance.terminal.verdict import count_findings
from compliance.terminal.wording import count, duration, listing
from compliance.walk.session import Session


def list_open(screen: Screen, session: Session) -> None:
    """Print what is still open, section by section."""
    left = session.open_items()
    if not left:
        screen.say("Nothing is open: every question has an answer.")
        return
    screen.say(f"{count(len(left), 'question')} still open.")
    sections: dict[str, list[Item]] = {}
    for item in left:
        title = f"{item.entry.checklist.title}: {item.entry.section.title}"
        sections.setdefault(title, []).append(item)
    for title, items in sections.items():
        screen.say()
        screen.say(title)
        _say_asks(screen, items, session.state.skipped)


def list_not_asked(screen: Screen, session: Session) -> None:
    """Print what was skipped, then what is not asked, under the reason for it."""
    skipped = [item for item in session.open_items() if item.key in session.state.skipped]
    screen.say(f"Skipped by you: {len(skipped) or 'nothing'}.")
    _say_asks(screen, skipped, set())
    reasons: dict[str, list[Item]] = {}
    for item in session.applicability.items:
        if item.standing != "asked":
            reasons.setdefault(_say_reason(item), []).append(item)
    for reason, items in reasons.items():
        screen.say()
        screen.say(f"{reason} ({count(len(items), 'question')})")
        _say_asks(screen, items, set())


def say_status(screen: Screen, session: Session) -> None:
    """Print how far the walk has come, and what was found."""
    needs, progress = session.needs(), session.progress()
    if needs:
        screen.say(f"{count(len(needs), 'question')} about the clinic left; then the audit itself.")
    skipped = sum(item.key in session.state.skipped for item in session.open_items())
    words = f"{progress.answered} of {progress.total} answered"
    words += f", {skipped} skipped" if skipped else ""
    screen.say(f"{words}; about {duration(progress.minutes_left)} left.")
    answered = [item for item in session.queue if item.key in session.state.answers]
    if answered:
        screen.say(f"So far: {count_findings(session, answered)}.")


def say_next(session: Session) -> str:
    """Return where the walk goes on: the section, and which of its questions."""
    step = session.next_step()
    if not isinstance(step, Item):
        return ""
    run = find_run(session, step)
    number = [item.key for item in run].index(step.key) + 1
    return f"{step.entry.section.title} {number} of {len(run)}"


def _say_reason(item: Item) -> str:
    if item.standing == "deeper":
        depth = item.entry.requirement.depth
        return f"For another audit, begun with “--depth {depth}”."
    if item.standing == "not chosen":
        return "In a checklist that was not chosen for this audit."
    return f"Does not apply. {item.because}".rstrip()


def _say_asks(screen: Screen, items: Sequence[Item], skipped: Collection[str]) -> None:
    """Print each question once, with the things that it is asked for."""
    for _, group in groupby(items, key=lambda item: item.entry.key):
        same = list(group)
        whom = [item.title + _mark(item, skipped) for item in same if item.title]
        after = f" ({listing(whom)})" if whom else _mark(same[0], skipped)
        screen.say_labelled("  - ", same[0].entry.requirement.ask + after)


def _mark(item: Item, skipped: Collection[str]) -> str:
    return " [skipped]" if item.key in skipped else ""
