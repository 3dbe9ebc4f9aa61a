"""The order of the walk, on the bundled checklists and the example clinic."""

from pathlib import Path

import pytest

from compliance.checklist.library import Library, read_library
from compliance.checklist.pack_files import gather
from compliance.clinic.applicability import Item
from compliance.clinic.profile_file import read_profile
from compliance.resources import bundled_folder
from compliance.walk.event import Event
from compliance.walk.profile_events import declare_profile
from compliance.walk.session import Session
from compliance.walk.state import AuditState

PROFILE = Path(__file__).resolve().parents[2] / "examples" / "sunrise" / "clinic.yaml"


@pytest.fixture(scope="module")
def library() -> Library:
    library, _ = read_library([gather(bundled_folder("checklists"))])
    assert library is not None
    return library


def begin(library: Library, order: str) -> Session:
    """A session at its beginning, all facts of the example known."""
    data = {"as_of": "2026-11-23", "time_zone": "UTC", "depth": "core", "order": order, "only": []}
    state = AuditState(library.sheet)
    state.take(Event("begun", {**data, "packs": [], "tool": ""}))
    read, _ = read_profile(PROFILE.read_bytes(), "clinic.yaml", library.sheet)
    assert read is not None
    for event in declare_profile(read.profile, library.sheet):
        state.take(event)
    return Session(library, state)


def walk(session: Session, *, skipping: bool = False) -> list[str]:
    """Answer or skip whatever comes next; return the keys as they came."""
    seen = []
    while (step := session.next_step()) is not None:
        assert isinstance(step, Item)
        seen.append(step.key)
        kind = "skip" if skipping else "answer"
        answer = {} if skipping else {"answer": "unknown", "digest": step.entry.digest}
        session.state.take(Event(kind, {"key": step.key, **answer}))
        session.refresh()
    return seen


@pytest.mark.parametrize("order", ["law", "building"])
@pytest.mark.slow
def test_every_question_comes_once(library: Library, order: str) -> None:
    session = begin(library, order)
    expected = sorted(item.key for item in session.queue)
    assert sorted(walk(session)) == expected


@pytest.mark.slow
def test_a_follow_up_waits_for_its_parent(library: Library) -> None:
    seen = walk(begin(library, "law"))
    assert seen.index("storage-security/losses") < seen.index("storage-security/loss-notice")


@pytest.mark.slow
def test_what_was_skipped_is_not_offered_again_in_the_same_round(library: Library) -> None:
    session = begin(library, "law")
    count = len(session.queue)
    assert len(walk(session, skipping=True)) == count
    assert len(session.open_items()) == count


def test_building_order_goes_site_by_site(library: Library) -> None:
    session = begin(library, "building")
    sites = [
        site.id
        for item in session.queue
        if item.member is not None and (site := item.member.part("site")) is not None
    ]
    assert list(dict.fromkeys(sites)) == ["main-street", "orchard"]
    assert sites == sorted(sites)
