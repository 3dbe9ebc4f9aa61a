"""Where papers are: what evidence says, for the people and things of one site, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from compliance.audit.paper import Paper
from compliance.checklist.library import Library
from compliance.clinic.profile import Profile, Thing
from compliance.door.places import Place, find_places
from compliance.walk.event import Event
from compliance.walk.profile_events import declare_profile
from compliance.walk.session import Session
from compliance.walk.state import AuditState

Trial = Callable[..., Library]
BEGUN = {
    "as_of": "2026-11-23",
    "time_zone": "UTC",
    "order": "law",
    "tool": "",
    "depth": "core",
    "only": [],
    "packs": [],
}
PROFILE = Profile(
    {"setting": "office"},
    {
        "site": (Thing("main", "Main"), Thing("north", "North")),
        "staff": (
            Thing("ann", "Ann", {"works_at": ("main", "north"), "prescribes": "yes"}),
            Thing("ben", "Ben", {"works_at": ("north",), "prescribes": "yes"}),
            Thing("cy", "Cy", {"left": date(2026, 1, 1)}),
        ),
        "storage_unit": (
            Thing("safe", "Safe", {"site": "north"}),
            Thing("cart", "Cart"),
        ),
    },
)
MAIN = PROFILE.thing("site", "main")
PAPERS = (
    Paper(title="One", named_by=("trial/one", "trial/again")),
    Paper(title="Two", named_by=("trial/two",)),
)


@dataclass(frozen=True)
class Places:
    """What was found at the main site, paper by paper."""

    one: tuple[Place, ...]
    two: tuple[Place, ...]


def find(library: Library, *evidence: tuple[str, dict[str, str | None]]) -> Places:
    state = AuditState(library.sheet)
    said = [Event("evidence", {"key": key}, texts) for key, texts in evidence]
    for event in (Event("begun", BEGUN), *declare_profile(PROFILE, library.sheet), *said):
        state.take(event)
    found = find_places(PAPERS, Session(library, state), MAIN)
    return Places(found["One"], found["Two"])


def test_a_place_and_a_copy_are_found(read_trial: Trial) -> None:
    library = read_trial("id: one")
    found = find(library, ("trial/one", {"kept_at": "Binder 3"}), ("trial/one", {"name": "a.pdf"}))
    assert found.one == (Place("", ("Binder 3",), ("a.pdf",)),)


def test_a_paper_of_which_nothing_was_asked_has_no_place(read_trial: Trial) -> None:
    assert find(read_trial("id: one")).one == ()


@pytest.mark.parametrize("evidence", ["required", "recommended"])
def test_where_evidence_is_asked_for_and_not_given_a_place_waits(
    evidence: str, read_trial: Trial
) -> None:
    library = read_trial(f"id: one\nfor_each: practitioner\nevidence: {evidence}")
    assert find(library).one == (Place("Ann"),)


OF_THE_SITE = {
    "site": ("main", "north", ""),
    "practice_location": ("ann+main", "ann+north", "Ann"),
    "storage_unit": ("cart", "safe", "Cart"),
    "staff": ("ann", "ben", "Ann"),
}


@pytest.mark.parametrize("group", OF_THE_SITE)
def test_a_sheet_shows_the_papers_of_its_own_site(group: str, read_trial: Trial) -> None:
    here, elsewhere, whose = OF_THE_SITE[group]
    library = read_trial(f"id: one\nfor_each: {group}")
    said = [(f"trial/one@{thing}", {"kept_at": thing}) for thing in (here, elsewhere)]
    assert find(library, *said).one == (Place(whose, (here,)),)


def test_what_does_not_apply_is_not_shown(read_trial: Trial) -> None:
    library = read_trial("id: one\nevidence: required\napplies_when: {setting: hospital}")
    assert find(library, ("trial/one", {"kept_at": "Binder 3"})).one == ()


def test_people_who_left_are_not_shown(read_trial: Trial) -> None:
    library = read_trial("id: one\nfor_each: staff")
    assert find(library, ("trial/one@cy", {"kept_at": "Binder 3"})).one == ()


def test_a_withdrawn_text_says_nothing(read_trial: Trial) -> None:
    assert find(read_trial("id: one"), ("trial/one", {"kept_at": None})).one == ()


def test_what_a_terminal_would_act_on_is_dropped(read_trial: Trial) -> None:
    found = find(read_trial("id: one"), ("trial/one", {"kept_at": "Binder\x1b[2J\n 3"}))
    assert found.one == (Place("", ("Binder[2J 3",)),)


def test_several_requirements_may_name_one_paper(read_trial: Trial) -> None:
    library = read_trial("id: one\nfor_each: staff\n\nid: again\nfor_each: staff")
    found = find(
        library,
        ("trial/one@ann", {"kept_at": "Binder 3"}),
        ("trial/again@ann", {"kept_at": "Binder 3"}),
        ("trial/again@ann", {"kept_at": "Drawer"}),
    )
    assert found.one == (Place("Ann", ("Binder 3", "Drawer")),)


def test_where_no_evidence_is_asked_for_no_place_waits(read_trial: Trial) -> None:
    library = read_trial("id: one\n\nid: again\nevidence: required")
    assert find(library, ("trial/one", {"kept_at": "Binder 3"})).one == (Place("", ("Binder 3",)),)
    assert find(read_trial("id: one")).one == ()


def test_what_names_no_paper_is_not_shown(read_trial: Trial) -> None:
    library = read_trial("id: one\n\nid: other\nevidence: required")
    found = find(library, ("trial/other", {"kept_at": "Binder 3"}))
    assert (found.one, found.two) == ((), ())
