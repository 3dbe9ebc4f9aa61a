"""Slots in the texts of a form: `{name}`, each filled with plain text."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from compliance.text.yaml_text import Path

_SLOT = re.compile(r"\{([a-z][a-z0-9]*(?:_[a-z0-9]+)*)\}")
_BRACE = re.compile(r"[{}]")
_TEXTS = frozenset({"ask", "yes_if", "no_if", "partly_if", "why", "fix", "look_at"})
_CHOICES = ("answer", "choices")
_TEXTS_OF_ANSWERS = frozenset({_CHOICES, ("answer", "unit")})


def list_slots(text: str) -> list[str]:
    """Return the name of each slot in a text, as often as it stands there."""
    return _SLOT.findall(text)


def has_brace(text: str) -> bool:
    """Whether a text holds a brace, be it that of a slot or not."""
    return _BRACE.search(text) is not None


def has_stray_brace(text: str) -> bool:
    """Whether a brace of a text belongs to no slot."""
    return has_brace(_SLOT.sub("", text))


def may_hold_slots(path: Path) -> bool:
    """Whether what stands at a path of a requirement is a text that people read."""
    return path[0] in _TEXTS or (path[:2] in _TEXTS_OF_ANSWERS and path != _CHOICES)


def fill(value: Any, slots: Mapping[str, str]) -> Any:  # noqa: ANN401 - a text, or texts in lists and mappings
    """Return a value with its slots filled, all at once: what fills a slot is not looked into."""
    if isinstance(value, str):
        return _SLOT.sub(lambda slot: slots[slot[1]], value)
    if isinstance(value, list):
        return [fill(one, slots) for one in value]
    if isinstance(value, dict):
        return {key: fill(one, slots) for key, one in value.items()}
    return value


def each_text(value: Any) -> Iterator[str]:  # noqa: ANN401 - plain data
    """Yield every text in plain data that is not the key of a mapping."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from each_text(one)
