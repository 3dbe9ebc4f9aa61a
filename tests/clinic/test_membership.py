"""Who is a member of what, where each thing leads, and what of it is only possible."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from compliance.checklist.condition import Truth
from compliance.checklist.library import Library
from compliance.checklist.pack_files import PackFiles
from compliance.clinic.membership import Member, MemberWorld, has_left, list_members
from compliance.clinic.profile import Profile, Thing, make_id

MakeProfile = Callable[..., Profile]
TODAY = date(2026, 11, 23)
SITES = {"east": {"state": "CO", "stock_kept": "yes"}, "west": {"state": "UT"}, "north": {}}
STAFF: Mapping[str, Mapping[str, object]] = {
    "ann": {"prescribes": "yes", "works_at": ["east"], "role": "doctor"},
    "bob": {"prescribes": "no", "works_at": ["east", "west"]},
    "cyd": {"prescribes": None, "works_at": ["west"]},
    "dee": {"prescribes": "yes"},
    "eve": {"prescribes": "yes", "works_at": ["east"], "left": "2026-11-23"},
}


@pytest.fixture
def profile(small: Library, make_profile: MakeProfile) -> Profile:
    units = {"safe": {"site": "east", "kind": "safe"}, "cart": {}, "lost": {"site": "nowhere"}}
    return make_profile(small, {}, site=SITES, staff=STAFF, storage_unit=units)


def members(library: Library, profile: Profile, group: str) -> dict[str, str] | None:
    declared = library.sheet.group(group)
    assert declared
    found = list_members(library, profile, declared, TODAY)
    return None if found is None else {one.id: one.belongs.name.lower() for one in found}


MEMBERS = [
    ("staff", {"ann": "yes", "bob": "yes", "cyd": "yes", "dee": "yes"}),
    ("practitioner", {"ann": "yes", "cyd": "unknown", "dee": "yes"}),
    (
        "practice_location",
        {
            "ann+east": "yes",
            "cyd+west": "unknown",
            "dee+east": "unknown",
            "dee+west": "unknown",
            "dee+north": "unknown",
        },
    ),
    ("storage_unit", {"safe": "yes", "cart": "yes", "lost": "yes"}),
    ("vehicle", None),
]


@pytest.mark.parametrize(("group", "expected"), MEMBERS)
def test_members_are_certain_or_possible(
    small: Library, profile: Profile, group: str, expected: dict[str, str] | None
) -> None:
    assert members(small, profile, group) == expected


@pytest.mark.parametrize("missing", ["site", "staff"])
def test_a_group_of_groups_is_not_known_before_each_was_listed(
    small: Library, profile: Profile, missing: str
) -> None:
    things = {name: those for name, those in profile.things.items() if name != missing}
    assert members(small, Profile({}, things), "practice_location") is None


def test_a_subset_of_a_subset_asks_for_both(
    read_small: Callable[..., tuple[Library | None, object]],
    small_pack: PackFiles,
    make_profile: MakeProfile,
) -> None:
    facts = (
        "  - id: busy\n    title: Busy practitioner\n    subset_of: practitioner\n"
        "    where: {this.cases: {at_least: 9}}\n"
    )
    library, _ = read_small({"facts.yaml": small_pack.files["facts.yaml"].decode() + facts})
    assert library
    people = {
        "ann": {"prescribes": "yes", "cases": 9},
        "bob": {"prescribes": "no", "cases": 9},
        "cyd": {"prescribes": "yes", "cases": 8},
        "dee": {"prescribes": None, "cases": 10},
        "eve": {"prescribes": "yes"},
    }
    found = members(library, make_profile(library, staff=people), "busy")
    assert found == {"ann": "yes", "dee": "unknown", "eve": "unknown"}


OWN = [
    ("storage_unit", "safe", ("kind",), "safe"),
    ("storage_unit", "safe", ("site", "state"), "CO"),
    ("storage_unit", "cart", ("site", "state"), None),
    ("storage_unit", "lost", ("site", "state"), None),
    ("practice_location", "ann+east", ("practitioner", "role"), "doctor"),
    ("practice_location", "ann+east", ("site", "stock_kept"), "yes"),
    ("practice_location", "cyd+west", ("site", "stock_kept"), None),
]


@pytest.mark.parametrize(("group", "thing", "path", "value"), OWN)
def test_a_thing_leads_to_its_own_facts_and_up(
    small: Library, profile: Profile, group: str, thing: str, path: tuple[str, ...], value: object
) -> None:
    declared = small.sheet.group(group)
    assert declared
    found = list_members(small, profile, declared, TODAY) or ()
    [member] = [one for one in found if one.id == thing]
    assert MemberWorld(small, profile, TODAY, member).own_fact(path) == value


def test_without_a_thing_nothing_of_it_is_known(small: Library, profile: Profile) -> None:
    world = MemberWorld(small, profile, TODAY)
    assert world.own_fact(("kind",)) is None
    assert world.find_owner(("site", "state")) is None
    assert world.belongs is Truth.YES


def test_a_thing_that_can_name_no_site_belongs_to_the_whole_clinic(
    small: Library, make_profile: MakeProfile
) -> None:
    profile = make_profile(small, site={"east": {"state": "CO"}}, vehicle={"van": {}})
    van = Member("van", "Van", "vehicle", (("vehicle", profile.things["vehicle"][0]),))
    world = MemberWorld(small, profile, TODAY, van)
    assert world.works_in("CO") is Truth.YES
    assert world.works_in("UT") is Truth.NO


LEFT = [
    (date(2026, 11, 22), True),
    (TODAY, True),
    (date(2026, 11, 24), False),
    (None, False),
    ("yes", False),
]


@pytest.mark.parametrize(("day", "gone"), LEFT)
def test_somebody_has_left_once_the_day_has_come(day: date | str | None, gone: bool) -> None:
    assert has_left(Thing("ann", "Ann", {"left": day}), TODAY) is gone
    assert not has_left(Thing("ann", "Ann"), TODAY)


NAMES = [
    ("Main Street", (), "main-street"),
    ("Dr. José Núñez, MD", (), "dr-jose-nunez-md"),
    ("Ann Lee", ("ann-lee",), "ann-lee-2"),
    ("Ann Lee", ("ann-lee", "ann-lee-2"), "ann-lee-3"),
    ("none", (), "none-2"),
    ("李", (), "unnamed"),
    ("???", ("unnamed",), "unnamed-2"),
    ("a+b@c", (), "a-b-c"),
]


@pytest.mark.parametrize(("name", "taken", "made"), NAMES)
def test_an_id_is_made_of_a_name_and_is_free(name: str, taken: tuple[str, ...], made: str) -> None:
    assert make_id(name, taken) == made


def test_a_profile_is_changed_by_making_another(small: Library, profile: Profile) -> None:
    changed = profile.with_own_fact("storage_unit", "cart", "kind", "cart")
    assert profile.things["storage_unit"][1].facts == {}
    assert [one.id for one in changed.things["storage_unit"]] == ["safe", "cart", "lost"]
    assert changed.without_thing("storage_unit", "cart").thing("storage_unit", "cart") is None
    with pytest.raises(KeyError, match="storage_unit/gone"):
        profile.with_own_fact("storage_unit", "gone", "kind", "cart")
