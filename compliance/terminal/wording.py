"""Small pieces of sentences that several parts of the walk print."""

from collections.abc import Sequence

from compliance.clinic.applicability import Item

NAMED = 5
"""How many questions are named before “and N more”."""

_LONG = 90


def count(number: int, one: str, many: str = "") -> str:
    """Return `1 question`, `2 questions`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def duration(minutes: int) -> str:
    """Return `80 minutes`, and beyond an hour and a half `2 hours`, in halves."""
    if minutes <= _LONG:
        return count(minutes, "minute")
    halves = round(minutes / 30)
    return f"{halves // 2}{'½' if halves % 2 else ''} hours"


def listing(words: Sequence[str], joiner: str = "and") -> str:
    """Return `a`, `a and b`, `a, b and c`."""
    return f" {joiner} ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def sentence(error: Exception) -> str:
    """Return what an error says, from a capital letter to a full stop."""
    text = str(error)
    return capital(text) + ("" if text.endswith((".", "?", "!")) else ".")


def name_item(item: Item) -> str:
    """Return the question and, where it is asked for something, for what."""
    ask = f"“{item.entry.requirement.ask}”"
    return f"{ask} ({item.title})" if item.title else ask


def name_items(items: Sequence[Item]) -> str:
    """Return up to five of the questions, and how many more there are."""
    named = [name_item(item) for item in items[:NAMED]]
    rest = len(items) - len(named)
    return "; ".join(named) + (f"; and {rest} more" if rest else "")


def capital(text: str) -> str:
    """Return the text with a capital first letter and the rest untouched."""
    return text[:1].upper() + text[1:]
