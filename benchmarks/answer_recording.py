"""An acknowledged answer, from the typed word to the next question, early and late in a journal.

Acknowledged means that the disk has it: the line is flushed before anything else happens.
"""

import itertools
import os
import shutil
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from measuring import BUILD, ROOT, Row, Series, take_turns

from compliance.checklist.library import Library, read_library
from compliance.checklist.pack_files import PackFiles, gather
from compliance.clinic.profile_file import read_profile
from compliance.resources import bundled_folder
from compliance.walk.event import Event
from compliance.walk.profile_events import declare_profile
from compliance.walk.recording import Recording, begin
from compliance.walk.session import Session, answer_event

_ROUNDS = 41
_TARGET = 1.2
_LATE = 10_000
_FOLDER = BUILD / "recording"
_AT = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shipped:
    """The bundled checklists, and the example clinic's profile as the events that declare it."""

    pack: PackFiles
    library: Library
    profile: Sequence[Event]


def measure() -> Iterator[Row]:
    """Yield both clinics: one that was hardly described, which takes few events, and the example."""
    shutil.rmtree(_FOLDER, ignore_errors=True)
    shipped = _load()
    own = [event for event in shipped.profile if "group" not in event.data]
    yield from _compare(shipped, own[:8], "bare clinic")
    yield from _compare(shipped, shipped.profile, "example clinic")
    shutil.rmtree(_FOLDER)


def _compare(shipped: Shipped, profile: Sequence[Event], clinic: str) -> Iterator[Row]:
    """Yield late beside early, and early beside an append with fsync of as many bytes."""
    early = _begin(_FOLDER / clinic / "early", shipped, profile, 0)
    late = _begin(_FOLDER / clinic / "late", shipped, profile, _LATE)
    count = early.head.count + 1
    sides = (_answering(early), _answering(late), _appending(late.journal))
    first, last, bare = (
        tuple(s * 1000 for s in each) for each in take_turns(*sides, rounds=_ROUNDS)
    )
    at_first = Series(f"an answer at {count} events", first, "ms")
    yield Row(Series(f"an answer at {_LATE:,} events, {clinic}", last, "ms"), at_first, _TARGET)
    named = Series(f"an answer at {count} events, {clinic}", first, "ms")
    yield Row(named, Series("append and fsync alone", bare, "ms"))


def _load() -> Shipped:
    pack = gather(bundled_folder("checklists"))
    library, _ = read_library([pack])
    if library is None:
        raise RuntimeError("the bundled checklists cannot be read")
    raw = (ROOT / "examples" / "sunrise" / "clinic.yaml").read_bytes()
    said, _ = read_profile(raw, "clinic.yaml", library.sheet)
    if said is None:
        raise RuntimeError("the example's profile cannot be read")
    return Shipped(pack, library, declare_profile(said.profile, library.sheet))


def _begin(folder: Path, shipped: Shipped, profile: Sequence[Event], count: int) -> Recording:
    """Begin an audit and fill its journal with answers, in turn yes and no, up to `count` events."""
    begun = Event(
        "begun",
        {
            "as_of": str(_AT.date()),
            "time_zone": "UTC",
            "depth": "core",
            "order": "law",
            "only": [],
            "packs": [edition.pack.name for edition in shipped.library.packs],
            "digests": [edition.digest for edition in shipped.library.packs],
            "tool": "benchmark",
        },
        {"auditor": "Dana Whitfield", "role": "Compliance officer", "privilege": ""},
    )
    recording = begin(
        folder, begun, [shipped.pack], shipped.library, clock=lambda: _AT, by="Dana Whitfield"
    )
    recording.record(*profile)
    answers = _answers(Session(shipped.library, recording.state))
    recording.record(*itertools.islice(answers, max(0, count - recording.head.count)))
    return recording


def _answers(session: Session) -> Iterator[Event]:
    """Yield answers to every plain question of the queue, again and again."""
    plain = [item for item in session.queue if item.entry.requirement.answer.type == "yes_no"]
    for word in itertools.cycle(("yes", "no")):
        for item in plain:
            yield answer_event(session, item, word, reason="Top drawer unlocked, key in the lock.")


def _answering(recording: Recording) -> Callable[[], None]:
    session = Session(recording.library, recording.state)
    answers = _answers(session)

    def answer() -> None:
        recording.record(next(answers))
        session.refresh()
        session.next_step()

    return answer


def _appending(journal: Path) -> Callable[[], None]:
    lines = journal.read_bytes().splitlines(keepends=True)
    middling = b"x" * int(statistics.median(map(len, lines)))
    beside = journal.with_name("bare")
    beside.write_bytes(b"".join(lines))

    def append() -> None:
        with beside.open("ab") as stream:
            stream.write(middling)
            stream.flush()
            os.fsync(stream.fileno())

    return append
