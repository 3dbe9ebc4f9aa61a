"""`why`: which source asks it, how far that was read, why it matters, and why it is asked here."""

from compliance.checklist.source import Source
from compliance.clinic.applicability import Item
from compliance.terminal.prompts import Screen
from compliance.walk.session import Session


def say_why(screen: Screen, session: Session, item: Item) -> None:
    """Print everything that stands behind a question."""
    requirement = item.entry.requirement
    for name in requirement.cite:
        source = session.library.sources[name]
        screen.say(_say_source(source))
        screen.say("    " + source.describe_reading(session.state.as_of), "    ")
    if requirement.why:
        screen.say()
        screen.say(requirement.why)
    screen.say(f"Asked because: {item.because or 'it is asked of every clinic.'}")


def _say_source(source: Source) -> str:
    """Return what a source says; of one that nobody read, no rule is stated."""
    head = f"{source.citation}, {source.publisher}."
    return head if source.read == "not-read" else f"{head} {source.says}"
