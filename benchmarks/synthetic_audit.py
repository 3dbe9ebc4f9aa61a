"""An audit of the invented pack, answered and concluded as the walk would, on disk.

As in a fair clinic: four of five answers are yes, and every other one has a note.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from measuring import BUILD
from synthetic_pack import NAME, make_pack

from compliance.checklist.library import Library, read_library
from compliance.clinic.applicability import Item
from compliance.conduct.closing import conclude
from compliance.walk.event import Event
from compliance.walk.recording import Recording, begin
from compliance.walk.session import Session, answer_event, fact_event, thing_events

_AT = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
AUDITOR = "Dana Whitfield"
_WORDS = (*["yes"] * 9, "no", *["yes"] * 6, "not-applicable", "yes", "partly", "unknown")
_BASES = ("record", "seen", "told")
_NOTES = (
    "Top drawer unlocked at 10:20, key in the lock, nobody in the room; locked again at once.",
    "Certificate reads 412 Main Street, Suite 3, as on the door.",
    "Two records of November were opened with Joel Hart; both have the line, with initials.",
)
_REASON = "Nothing of the kind happens here; Priya Nair and Tessa Quinn both say so."
_ACTION = "Agree with everybody who draws up doses, write it on one page, and check in two weeks."


def make_audit(count: int) -> Path:
    """Return the folder of a clinic whose audit of `count` requirements is concluded; made anew."""
    clinic = BUILD / "synthetic" / str(count)
    shutil.rmtree(clinic, ignore_errors=True)
    pack = make_pack(count)
    library, diagnostics = read_library([pack])
    if library is None:
        raise RuntimeError("\n".join(one.render() for one in diagnostics[:5]))
    begun = _begun(library)
    with begin(clinic, begun, [pack], library, clock=lambda: _AT, by=AUDITOR) as recording:
        recording.record(*_profile(library, recording))
        recording.record(*_answers(recording))
        conclude(recording)
    return clinic


def _begun(library: Library) -> Event:
    data = {
        "as_of": str(_AT.date()),
        "time_zone": "UTC",
        "depth": "deep",
        "order": "law",
        "only": [],
        "packs": [NAME],
        "digests": [edition.digest for edition in library.packs],
        "tool": "benchmark",
    }
    return Event("begun", data, {"auditor": AUDITOR, "role": "Compliance officer"})


def _profile(library: Library, recording: Recording) -> Iterator[Event]:
    facts = {fact.id: fact for fact in library.sheet.clinic}
    yield fact_event(facts["name"], "Sunrise Ketamine Clinic")
    yield from thing_events(recording.state, "site", ["Main Street"])


def _answers(recording: Recording) -> Iterator[Event]:
    session = Session(recording.library, recording.state)
    for number, item in enumerate(session.queue):
        yield from _answer(session, item, number)


def _answer(session: Session, item: Item, number: int) -> Iterator[Event]:
    word, note = _WORDS[number % len(_WORDS)], _NOTES[number % len(_NOTES)]
    reason = _REASON if word == "not-applicable" else ""
    yield answer_event(session, item, word, basis=_BASES[number % len(_BASES)], reason=reason)
    key = {"key": item.key}
    if number % 2:
        yield Event("note", key, {"note": note})
    if number % 12 == 0:
        yield Event("evidence", key, {"kept_at": f"Invoice binder, November, tab {number}"})
    if word in {"no", "partly"}:
        texts = {"action": _ACTION, "owner": "Joel Hart"}
        yield Event("action", {**key, "due": "2026-12-07"}, texts)
