"""What an answers file gives, checked whole, before anything of it is recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from compliance.errors import InputError
from compliance.walk.event import Event
from compliance.walk.evidence import EvidenceFile, read_evidence


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file that is named as evidence: where it lies, and what it was when it was checked."""

    path: Path
    file: EvidenceFile


@dataclass(frozen=True, slots=True)
class GivenAction:
    """What will be done about a gap; owner and due (an ISO date) are empty where none is set."""

    what: str
    owner: str
    due: str


@dataclass(frozen=True, slots=True)
class Given:
    """Everything that is given under one key; `answer` is the event it would be."""

    key: str
    answer: Event | None
    notes: tuple[str, ...] = ()
    evidence: tuple[GivenFile, ...] = ()
    kept_at: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    actions: tuple[GivenAction, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswersRead:
    """An answers file that can be recorded.

    `hidden` are the keys that are kept though nobody asks them: their question does not apply,
    lies deeper, was not chosen, or was asked for somebody who left.
    """

    given: tuple[Given, ...]
    hidden: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in the order of the file."""
        return tuple(one.key for one in self.given)

    @property
    def files(self) -> Iterator[tuple[EvidenceFile, bytes]]:
        """Every file of evidence once, read again, to be kept before the first event.

        One file is held in memory at a time.

        Raises:
            InputError: a file vanished or changed since it was checked.
        """
        named = {one.file.sha256: one for given in self.given for one in given.evidence}
        for one in named.values():
            file, raw = read_evidence(one.path)
            if file.sha256 != one.file.sha256:
                raise InputError(
                    f"“{one.path}” changed while it was read. Nothing was recorded; try again."
                )
            yield one.file, raw
