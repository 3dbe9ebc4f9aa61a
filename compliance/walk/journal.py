"""The journal: every event a line, append-only, each line chained to the one before.

A line is one canonical JSON object (RFC 8785). Its hash is the SHA-256 of the same object with
every typed text replaced by the text's salted SHA-256; that is what the next line carries as
`prev`. So a text can be blanked for good, and the chain still holds.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import rfc8785

from compliance.errors import InputError
from compliance.walk.event import Event

FIRST = "0" * 64
_SALT_BYTES = 16
_TYPES = {"n": int, "at": str, "by": str, "event": str, "prev": str, "data": dict, "text": dict}

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """How many lines there are, and the hash of the last."""

    count: int = 0
    hash: str = FIRST


@dataclass(frozen=True, slots=True)
class JournalRead:
    """What a journal's bytes hold; `torn` is what stands after the last newline."""

    events: tuple[Event, ...]
    head: Head
    torn: bytes


def write_lines(
    events: Sequence[Event], head: Head, *, at: str, by: str, new_salt: Callable[[int], bytes]
) -> tuple[bytes, Head, tuple[Event, ...]]:
    """Return the bytes of new lines, the head after them, and the events as they were numbered."""
    raw = bytearray()
    recorded = []
    for event in events:
        number = head.count + 1
        line: Line = {
            "n": number,
            "at": at,
            "by": by,
            "event": event.kind,
            "prev": head.hash,
            "data": dict(event.data),
            "text": {
                name: {"salt": new_salt(_SALT_BYTES).hex(), "says": says}
                for name, says in event.texts.items()
            },
        }
        raw += rfc8785.dumps(line) + b"\n"
        head = Head(number, hash_line(line))
        recorded.append(_event_of(line))
    return bytes(raw), head, tuple(recorded)


def hash_line(line: Line) -> str:
    """Return the hash of a line over its masked form, which `withdraw` does not change."""
    masked = {**line, "text": {name: _mask(part) for name, part in line["text"].items()}}
    return hashlib.sha256(rfc8785.dumps(masked)).hexdigest()


def read_journal(raw: bytes, name: str) -> JournalRead:
    """Return the events in a journal's bytes, checked line by line.

    Raises:
        InputError: a complete line is damaged, edited, missing or out of order; says which.
    """
    *lines, torn = raw.split(b"\n")
    head = Head()
    events = []
    for number, text in enumerate(lines, start=1):
        line, own_hash = _read_line(text, number, name)
        if line["n"] != number or line["prev"] != head.hash:
            raise InputError(_broken(name, number, "does not follow from the line before it"))
        head = Head(number, own_hash)
        events.append(_event_of(line))
    return JournalRead(tuple(events), head, torn)


def blank_texts(raw: bytes, number: int) -> bytes:
    """Return the journal's bytes with the texts of line `number` blanked, salt and all.

    Raises:
        InputError: there is no such line, or it holds no text.
    """
    lines = raw.split(b"\n")
    if not 1 <= number < len(lines):
        raise InputError(f"The journal has no event {number}; it has {len(lines) - 1}.")
    line: Line = json.loads(lines[number - 1])
    if not any("says" in part for part in line["text"].values()):
        raise InputError(f"Event {number} of the journal holds no text that could be withdrawn.")
    line["text"] = {name: _mask(part) for name, part in line["text"].items()}
    lines[number - 1] = rfc8785.dumps(line)
    return b"\n".join(lines)


def _read_line(text: bytes, number: int, name: str) -> tuple[Line, str]:
    """Return a line and its hash."""
    try:
        line: Any = json.loads(text)
        if _is_line(line) and rfc8785.dumps(line) == text:
            return line, hash_line(line)
    except (ValueError, AttributeError, TypeError, RecursionError, rfc8785.CanonicalizationError):
        raise InputError(_broken(name, number, "cannot be read")) from None
    raise InputError(_broken(name, number, "is not a line that this program wrote"))


def _is_line(line: Any) -> bool:  # noqa: ANN401 - whatever the JSON holds
    return (
        isinstance(line, dict)
        and {key: type(value) for key, value in line.items()} == _TYPES
        and all(_is_text(part) for part in line["text"].values())
    )


def _broken(name: str, number: int, what: str) -> str:
    return (
        f"Line {number} of {name} {what}: it was damaged or edited. "
        "Nothing was changed. Put the file back from a copy (git, backup) and try again."
    )


def _is_text(part: dict[str, str]) -> bool:
    return set(part) in ({"salt", "says"}, {"sha256"})


def _mask(part: dict[str, str]) -> dict[str, str]:
    if "sha256" in part:
        return part
    salted = bytes.fromhex(part["salt"]) + part["says"].encode()
    return {"sha256": hashlib.sha256(salted).hexdigest()}


def _event_of(line: Line) -> Event:
    texts = {name: part.get("says") for name, part in line["text"].items()}
    return Event(line["event"], line["data"], texts, line["n"], line["at"], line["by"])
