"""`why`: which source asks it, how far that was read, why it matters, and why it is asked here."""

from datetime import date

from compliance.checklist.source import Source
from compliance.clinic.applicability import Item
from compliance.terminal.prompts import Screen
from compliance.walk.session import Session


def say_why(screen: Screen, session: Session, item: Item) -> None:
    """Print everything that stands behind a question."""
    requirement = item.entry.requirement
    for name in requirement.cite:
        source = session.library.sources[name]
        screen.say_labelled("- ", _say_source(source, session.state.as_of))
    if requirement.why:
        screen.say()
        screen.say(requirement.why)
    screen.say(f"Asked because: {item.because or _say_always(session, item)}")


def _say_source(source: Source, as_of: date) -> str:
    """Return what a source says, and how far it was read; of an unread one, no rule is stated."""
    says = "" if source.read == "not-read" else f"{source.says} "
    return f"{source.citation}, {source.publisher}. {says}{source.describe_reading(as_of)}"


def _say_always(session: Session, item: Item) -> str:
    group = session.library.group_of(item.entry)
    each = f", for each {group.title.lower()}" if group else ""
    return f"it is asked of every clinic{each}."
