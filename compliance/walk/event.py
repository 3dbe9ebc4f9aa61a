"""The events of an audit. Everything an audit knows is a fold over these."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "begun",
    "fact",
    "thing",
    "group",
    "thing-removed",
    "answer",
    "skip",
    "note",
    "evidence",
    "correction",
    "action",
    "withdraw",
    "concluded",
    "recovered",
]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    `data` is plain and stays; `texts` is what a person typed, which can be withdrawn: a text
    that was withdrawn is None. `number`, `at` and `by` are given when it is recorded.
    """

    kind: Kind
    data: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str | None] = field(default_factory=dict)
    number: int = 0
    at: str = ""
    by: str = ""

    def text(self, name: str) -> str:
        """Return a typed text; a withdrawn one reads `[withdrawn]`."""
        says = self.texts.get(name, "")
        return "[withdrawn]" if says is None else says
