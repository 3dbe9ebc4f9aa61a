"""What applies to a clinic: things, subsets, pairs, states, depth, and ignorance that hides nothing."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.checklist.condition import Given, Truth
from compliance.checklist.fact import Value
from compliance.checklist.frozen import Depth
from compliance.checklist.library import Library
from compliance.clinic.applicability import Chosen, decide
from compliance.clinic.profile import Profile, Thing

Trial = Callable[..., Library]
TODAY = date(2026, 11, 23)


def thing(name: str, **facts: Value | None) -> Thing:
    return Thing(name, name.capitalize(), facts)


def clinic(facts: Mapping[str, Value | None] | None = None, **groups: tuple[Thing, ...]) -> Profile:
    return Profile(facts or {}, groups)


def standings(
    library: Library,
    profile: Profile,
    answers: Mapping[str, Given] | None = None,
    chosen: Chosen | None = None,
) -> dict[str, str]:
    decided = decide(library, profile, answers or {}, chosen or Chosen(), TODAY)
    return {item.key.removeprefix("trial/"): item.standing for item in decided.items}


def asked(
    library: Library, profile: Profile, answers: Mapping[str, Given] | None = None
) -> list[str]:
    found = standings(library, profile, answers)
    return [key for key, standing in found.items() if standing == "asked"]


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ({"setting": "office"}, "asked"),
        ({"setting": "hospital"}, "out of scope"),
        ({"setting": None}, "asked"),
        ({}, "asked"),
        ({"setting": "office", "telehealth": "yes"}, "out of scope"),
        ({"setting": "office", "telehealth": None}, "asked"),
        ({"telehealth": "yes"}, "out of scope"),
        ({"setting": "hospital", "telehealth": None}, "out of scope"),
    ],
)
def test_what_is_unknown_applies(
    read_trial: Trial, facts: dict[str, Value | None], standing: str
) -> None:
    library = read_trial("id: one\napplies_when: {setting: office}\nunless: {telehealth: yes}")
    assert standings(library, clinic(facts)) == {"one": standing}


def test_the_conditions_of_checklist_section_and_requirement_are_joined(read_trial: Trial) -> None:
    library = read_trial(
        "id: one\napplies_when: {telehealth: yes}", "applies_when: {setting: office}"
    )
    for setting, telehealth, standing in (
        ("office", "yes", "asked"),
        ("hospital", "yes", "out of scope"),
        ("office", "no", "out of scope"),
    ):
        facts: dict[str, Value | None] = {"setting": setting, "telehealth": telehealth}
        assert standings(library, clinic(facts)) == {"one": standing}


FOLLOWED = [
    ("yes", "out of scope"),
    ("no", "asked"),
    ("partly", "asked"),
    ("not-applicable", "out of scope"),
    (None, "asked"),
]


@pytest.mark.parametrize(("said", "standing"), FOLLOWED)
def test_a_follow_up_reads_the_answer_of_its_own_thing(
    small: Library, said: str | None, standing: str
) -> None:
    units = (thing("east"), thing("west"))
    answers = {"rooms/locked@east": Given(said), "rooms/locked@west": Given("yes")}
    found = standings(small, clinic(storage_unit=units), answers)
    assert found["rooms/lock-mended@east"] == standing
    assert found["rooms/lock-mended@west"] == "out of scope"


def test_a_follow_up_of_what_is_out_of_scope_is_not_asked_whatever_was_said(small: Library) -> None:
    cart = clinic(storage_unit=(thing("cart", kind="cart"),))
    found = standings(small, cart, {"rooms/locked@cart": Given("no")})
    assert found["rooms/locked@cart"] == "out of scope"
    assert found["rooms/lock-mended@cart"] == "out of scope"


ROLES = st.sampled_from(["doctor", "crna", "clerk", None])
SAID = st.sampled_from([None, "yes", "partly", "no", "not-applicable"])
PEOPLE = st.dictionaries(st.sampled_from("abcdef"), st.tuples(ROLES, SAID), max_size=5)


@pytest.fixture(scope="module")
def two_step(read_trial: Trial) -> Library:
    return read_trial("""
        id: first
        for_each: staff
        applies_when: {this.role: [doctor, crna]}

        id: second
        for_each: staff
        applies_when: {answers: {trial/first: [no, partly]}}
    """)


@given(PEOPLE, st.randoms(use_true_random=False))
def test_nobody_sees_a_siblings_facts_or_answers(
    two_step: Library, people: dict[str, tuple[str | None, str | None]], dice: Random
) -> None:
    names = dice.sample(sorted(people), len(people))
    staff = tuple(thing(name, role=people[name][0]) for name in names)
    answers = {f"trial/first@{name}": Given(people[name][1]) for name in names}
    together = standings(two_step, clinic(staff=staff), answers)
    if not names:
        assert together == {"first@none": "asked", "second@none": "asked"}
        return
    alone: dict[str, str] = {}
    for one in staff:
        own = {f"trial/first@{one.id}": answers[f"trial/first@{one.id}"]}
        alone |= standings(two_step, clinic(staff=(one,)), own)
    assert together == alone


SITES = (thing("denver", state="CO"), thing("provo", state="UT"), thing("somewhere"))
TIES: list[tuple[str, dict[str, Value | None], str]] = [
    ("staff", {}, "asked"),
    ("staff", {"works_at": None}, "asked"),
    ("staff", {"works_at": ("denver", "provo")}, "asked"),
    ("staff", {"works_at": ("provo",)}, "out of scope"),
    ("staff", {"works_at": ("provo", "somewhere")}, "asked"),
    ("storage_unit", {}, "asked"),
    ("storage_unit", {"site": "denver"}, "asked"),
    ("storage_unit", {"site": "provo"}, "out of scope"),
    ("storage_unit", {"site": "somewhere"}, "asked"),
]


@pytest.mark.parametrize(("group", "facts", "standing"), TIES)
def test_a_states_question_follows_people_and_cabinets_to_their_sites(
    read_trial: Trial, group: str, facts: dict[str, Value | None], standing: str
) -> None:
    library = read_trial(f"id: one\nfor_each: {group}", jurisdiction="US-CO")
    profile = Profile({}, {"site": SITES, group: (thing("x", **facts),)})
    assert standings(library, profile) == {"one@x": standing}


def test_a_states_question_for_each_site_is_asked_at_its_own_sites(read_trial: Trial) -> None:
    library = read_trial("id: one\nfor_each: site", jurisdiction="US-CO")
    found = standings(library, clinic(site=SITES))
    assert found == {"one@denver": "asked", "one@provo": "out of scope", "one@somewhere": "asked"}


def test_a_states_question_for_a_pair_looks_at_the_site_of_the_pair(read_trial: Trial) -> None:
    library = read_trial("id: one\nfor_each: practice_location", jurisdiction="US-CO")
    ann = thing("ann", prescribes="yes", works_at=("denver", "provo"))
    found = standings(library, clinic(site=SITES, staff=(ann,)))
    assert found == {"one@ann+denver": "asked", "one@ann+provo": "out of scope"}


@pytest.mark.parametrize(
    ("sites", "standing"),
    [
        (SITES[:2], "asked"),
        (SITES[1:2], "out of scope"),
        (SITES[1:], "asked"),
        ((), "asked"),
        (None, "asked"),
    ],
    ids=["one of them", "none of them", "perhaps", "no sites", "not listed"],
)
def test_a_states_question_asked_once_needs_any_site_there(
    read_trial: Trial, sites: tuple[Thing, ...] | None, standing: str
) -> None:
    library = read_trial("id: one", jurisdiction="US-CO")
    profile = clinic() if sites is None else clinic(site=sites)
    assert standings(library, profile) == {"one": standing}


def test_pairs_come_from_works_at_and_every_pair_is_possible_where_that_is_unknown(
    read_trial: Trial,
) -> None:
    library = read_trial("id: one\nfor_each: practice_location")
    staff = (
        thing("ann", prescribes="yes", works_at=("denver",)),
        thing("bo", prescribes="yes", works_at=None),
        thing("cy", prescribes="yes"),
        thing("di", prescribes="yes", works_at=()),
        thing("ed", prescribes="no", works_at=("denver",)),
    )
    found = asked(library, clinic(site=SITES[:2], staff=staff))
    expected = ["ann+denver", "bo+denver", "bo+provo", "cy+denver", "cy+provo"]
    assert found == [f"one@{pair}" for pair in expected]


def test_somebody_of_whom_it_is_not_known_is_a_possible_member_of_a_subset(
    read_trial: Trial,
) -> None:
    library = read_trial("id: one\nfor_each: practitioner")
    staff = (thing("ann", prescribes="yes"), thing("bo", prescribes="no"), thing("cy"))
    assert asked(library, clinic(staff=staff)) == ["one@ann", "one@cy"]


@pytest.mark.parametrize(
    ("left", "gone"),
    [
        (date(2026, 11, 22), True),
        (date(2026, 11, 23), True),
        (date(2026, 11, 24), False),
        (None, False),
    ],
)
def test_somebody_who_left_is_no_member_from_that_day_on(
    read_trial: Trial, left: date | None, gone: bool
) -> None:
    library = read_trial("""
        id: each
        for_each: staff

        id: pair
        for_each: practice_location

        id: counted
        applies_when: {count: {of: staff, where: {role: crna}, at_least: 1}}
    """)
    ann = thing("ann", role="crna", prescribes="yes", works_at=("denver",), left=left)
    bo = thing("bo", role="clerk", prescribes="yes", works_at=("denver",))
    found = asked(library, clinic(site=SITES[:1], staff=(ann, bo)))
    here = ["each@ann", "each@bo", "pair@ann+denver", "pair@bo+denver", "counted"]
    assert found == (["each@bo", "pair@bo+denver"] if gone else here)


EMPTY = [
    # group, facts, things listed, standing of @none
    ("site", {}, {"site": ()}, "asked"),
    ("site", {}, {}, "asked"),
    ("practitioner", {}, {"staff": (thing("bo", prescribes="no"),)}, "asked"),
    ("practice_location", {}, {"staff": (), "site": ()}, "asked"),
    ("vehicle", {}, {"vehicle": ()}, "out of scope"),
    ("vehicle", {}, {}, "asked"),
    ("storage_unit", {"routes": ("iv",)}, {"storage_unit": ()}, "asked"),
    ("storage_unit", {}, {"storage_unit": ()}, "asked"),
    ("storage_unit", {"routes": ("home",)}, {"storage_unit": ()}, "out of scope"),
    ("storage_unit", {"routes": ("home",)}, {}, "out of scope"),
]


@pytest.mark.parametrize(("group", "facts", "things", "standing"), EMPTY)
def test_a_group_that_should_have_members_and_has_none_is_asked_of_none(
    read_trial: Trial,
    group: str,
    facts: dict[str, Value | None],
    things: dict[str, tuple[Thing, ...]],
    standing: str,
) -> None:
    library = read_trial(f"id: one\nfor_each: {group}")
    (item,) = decide(library, Profile(facts, things), {}, Chosen(), TODAY).items
    assert (item.key, item.empty, item.member, item.standing) == (
        "trial/one@none",
        True,
        None,
        standing,
    )
    assert item.because


DEPTH: list[tuple[Depth, dict[str, str]]] = [
    ("quick", {"q": "asked", "c": "deeper", "d": "deeper", "hidden": "out of scope"}),
    ("core", {"q": "asked", "c": "asked", "d": "deeper", "hidden": "out of scope"}),
    ("deep", {"q": "asked", "c": "asked", "d": "asked", "hidden": "out of scope"}),
]


@pytest.mark.parametrize(("depth", "expected"), DEPTH)
def test_a_depth_asks_its_own_and_what_is_shallower(
    read_trial: Trial, depth: Depth, expected: dict[str, str]
) -> None:
    library = read_trial("""
        id: q
        depth: quick

        id: c

        id: d
        depth: deep

        id: hidden
        depth: deep
        applies_when: {setting: office}
    """)
    found = standings(library, clinic({"setting": "hospital"}), chosen=Chosen(depth))
    assert found == expected


def test_only_the_chosen_checklists_are_asked(small: Library) -> None:
    found = standings(small, clinic(), chosen=Chosen("deep", ("rooms",)))
    assert {found[key] for key in found if key.startswith("desk/")} == {"not chosen"}
    assert {found[key] for key in found if key.startswith("rooms/")} == {"asked"}


def test_each_item_says_which_fact_decided(read_trial: Trial) -> None:
    library = read_trial("id: one\napplies_when: {patients: {at_least: 30}}")
    for value, because in (
        (Decimal(12), "How many patients a year? 12 patients."),
        (Decimal(30), "How many patients a year? 30 patients."),
        (None, "How many patients a year? Not known yet, so it is asked."),
    ):
        (item,) = decide(library, clinic({"patients": value}), {}, Chosen(), TODAY).items
        assert item.because == because
        assert (item.truth is Truth.UNKNOWN) is (value is None)
