"""A profile becomes events, and what the file says otherwise than the journal is said."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.checklist.library import Library, read_library
from compliance.checklist.pack_files import gather
from compliance.clinic.profile import Profile, Thing
from compliance.clinic.profile_file import read_profile, without_dangling
from compliance.walk.event import Event
from compliance.walk.profile_events import declare_profile, profile_difference
from compliance.walk.state import AuditState

HERE = Path(__file__).parent


def read_pack() -> Library:
    library, diagnostics = read_library([gather(HERE / "pack")])
    assert library, [one.render() for one in diagnostics]
    return library


SHEET = read_pack().sheet


def read(text: str) -> Profile:
    said, diagnostics = read_profile(text.encode(), "clinic.yaml", SHEET)
    assert said, [one.render() for one in diagnostics]
    return said.profile


def fold(*events: Event, profile: Profile | None = None) -> Profile:
    state = AuditState(SHEET, profile=profile or Profile())
    for event in events:
        state.take(event)
    return state.profile


CLINIC = (HERE / "clinic.yaml").read_text("utf-8")
MORE = CLINIC + "safes: {}\n"
JOURNAL = read(MORE)

DIFFERENCES = {
    "another value": (
        ("routes: [iv]", "routes: [iv, home]"),
        ["Which routes? The file says “IV infusion, Taken at home”; the audit has “IV infusion”."],
    ),
    "a value that was not said": (
        ("routes: [iv]", "routes: [iv], patients: 30"),
        ["How many patients a year? The file says “30”; the audit has nothing."],
    ),
    "a value that nobody knows any more": (
        ("routes: [iv]", "routes: unknown"),
        ["Which routes? The file says “unknown”; the audit has “IV infusion”."],
    ),
    "a fact that is left out": (("routes: [iv]", ""), []),
    "a section that is left out": (("safes: {}", ""), []),
    "another name": (
        ("name: East", "name: East Side"),
        ["Site “East Side”: called “East” in the audit."],
    ),
    "another fact of a thing": (
        ("state: UT", "state: CO"),
        ["East: In which state is it? The file says “Colorado”; the audit has “Utah”."],
    ),
    "another place of work": (
        ("works_at: [main]", "works_at: [east]"),
        ["Dr Ann Lee: Where do they work? The file says “East”; the audit has “Main Street”."],
    ),
    "another order of places": (("works_at: [main, east]", "works_at: [east, main]"), []),
    "a new thing": (
        ("safes: {}", "safes: {box: {name: Box, site: east}}"),
        [
            "Safe “Box”: new in the file.",
            "Box: Where does it stand? The file says “East”; the audit has nothing.",
        ],
    ),
    "a thing that was taken off": (
        ("  cy: {name: Cy, role: doctor, works_at: [east], left: 2026-01-31}\n", ""),
        ["Staff member “Cy”: no longer in the file."],
    ),
}


@pytest.mark.parametrize("case", DIFFERENCES)
def test_where_the_file_says_otherwise_is_said_and_can_be_adopted(case: str) -> None:
    (old, new), expected = DIFFERENCES[case]
    assert old in MORE
    file = read(MORE.replace(old, new))
    differences = profile_difference(JOURNAL, file, SHEET)
    assert [one.sentence for one in differences] == expected
    adopted = fold(*(one.event for one in differences), profile=JOURNAL)
    assert profile_difference(adopted, file, SHEET) == []


def test_a_list_that_was_not_asked_yet_may_be_empty_in_the_file() -> None:
    (one,) = profile_difference(read(CLINIC), JOURNAL, SHEET)
    assert one.sentence == "Safe: the file lists none; the audit has not asked yet."
    assert one.event == Event("group", {"group": "safe"})


def test_a_profile_differs_from_itself_in_nothing() -> None:
    assert profile_difference(JOURNAL, JOURNAL, SHEET) == []


def test_a_profile_is_declared_by_events() -> None:
    assert fold(*declare_profile(JOURNAL, SHEET)) == JOURNAL


def test_a_text_is_declared_so_that_it_can_be_withdrawn() -> None:
    (event,) = declare_profile(read("facts: {name: Sunrise}"), SHEET)
    assert event == Event("fact", {"fact": "name"}, {"value": "Sunrise"})


def test_what_points_at_a_thing_that_is_gone_is_no_difference() -> None:
    journal = JOURNAL.without_thing("site", "east")
    file = without_dangling(journal, SHEET)
    assert profile_difference(journal, file, SHEET) == []
    assert file.thing("staff", "bo") == Thing("bo", "Bo", {"role": "clerk", "works_at": ("main",)})


PARTS = st.sampled_from(
    [
        ("routes: [iv]", "routes: unknown"),
        ("name: Sunrise", "name: Moonrise"),
        ("name: East", "name: West"),
        ("  east: {name: East, state: UT}", "  west: {name: West, state: UT}"),
        ("east]", "main]"),
        ("works_at: [main]", "works_at: []"),
        ("  bo:", "  bob:"),
        ("role: clerk, ", ""),
        ("safes: {}", "safes: {box: {name: Box}, chest: {name: Chest, site: main}}"),
        ("safes: {}", ""),
    ]
)


def change(parts: list[tuple[str, str]]) -> Profile:
    text = MORE
    for old, new in parts:
        text = text.replace(old, new)
    if "  west:" in text:
        text = text.replace("east]", "west]")
    return read(text)


@given(st.lists(PARTS), st.lists(PARTS))
def test_adopting_every_difference_leaves_none(
    one: list[tuple[str, str]], other: list[tuple[str, str]]
) -> None:
    journal, file = change(one), change(other)
    differences = profile_difference(journal, file, SHEET)
    adopted = fold(*(difference.event for difference in differences), profile=journal)
    assert profile_difference(adopted, file, SHEET) == []
    for group, things in file.things.items():
        assert {thing.id for thing in adopted.things[group]} == {thing.id for thing in things}
