"""Only the facts that some still-possible requirement looks at are asked, each once."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.checklist.condition import Truth
from compliance.checklist.fact import Fact, Value
from compliance.checklist.library import Library
from compliance.clinic.applicability import Chosen, decide
from compliance.clinic.needs import Need, NeedFact, NeedThings, list_needs
from compliance.clinic.profile import Profile, Thing

Trial = Callable[..., Library]
Say = Callable[[NeedFact, Profile], Value | None]
TODAY = date(2026, 11, 23)
MOST_STEPS = 2000


def name_of(need: Need) -> str:
    if isinstance(need, NeedThings):
        return need.group.id
    return f"{need.group.id}/{need.thing}/{need.fact.id}" if need.group else need.fact.id


def needs(library: Library, profile: Profile, chosen: Chosen | None = None) -> list[str]:
    return [name_of(one) for one in list_needs(library, profile, chosen or Chosen(), TODAY)]


def say_fact(profile: Profile, need: NeedFact, value: Value | None) -> Profile:
    if need.group is None:
        return profile.with_fact(need.fact.id, value)
    return profile.with_own_fact(need.group.id, need.thing, need.fact.id, value)


def interview(
    library: Library, chosen: Chosen, name_things: Callable[[str], list[str]], say: Say
) -> Iterator[tuple[Need, Profile]]:
    """Answer the first need again and again; yield each with the profile after it."""
    profile = Profile()
    for _ in range(MOST_STEPS):
        pending = list_needs(library, profile, chosen, TODAY)
        if not pending:
            return
        need = pending[0]
        if isinstance(need, NeedThings):
            profile = profile.with_group(need.group.id)
            for name in name_things(need.group.id):
                profile = profile.with_thing(need.group.id, Thing(name, name.capitalize()))
        else:
            profile = say_fact(profile, need, say(need, profile))
        yield need, profile
    pytest.fail("the questions never end")


def draw_value(fact: Fact, profile: Profile, dice: Random) -> Value | None:
    words = [one.id for one in profile.things.get(fact.of or "", ())] or list(fact.words)
    if fact.type in {"things", "choices"}:
        return tuple(word for word in words if dice.random() < 0.5)
    if fact.type == "thing":
        return dice.choice(words) if words else None
    if fact.type == "number":
        return Decimal(dice.randint(0, 100))
    if fact.type == "date":
        return date(dice.randint(2020, 2030), dice.randint(1, 12), 1)
    return dice.choice(words) if words else "Something"


def test_a_fact_that_nothing_looks_at_is_not_asked(read_trial: Trial) -> None:
    assert needs(read_trial("id: one"), Profile()) == ["name"]


def test_the_facts_of_a_condition_are_asked_and_those_of_a_decided_one_are_not(
    read_trial: Trial,
) -> None:
    library = read_trial(
        "id: one\napplies_when: {setting: office, telehealth: yes}\nunless: {patients: {at_least: 9}}"
    )
    named = Profile({"name": "Sunrise"})
    assert needs(library, named) == ["setting", "telehealth", "patients"]
    assert needs(library, named.with_fact("setting", "office")) == ["telehealth", "patients"]
    assert needs(library, named.with_fact("setting", "hospital")) == []
    assert needs(library, named.with_fact("patients", Decimal(9))) == []


def test_what_somebody_does_not_know_is_not_asked_again(read_trial: Trial) -> None:
    library = read_trial("id: one\napplies_when: {setting: office}")
    assert needs(library, Profile({"name": "Sunrise", "setting": None})) == []


def test_what_was_not_chosen_needs_nothing(read_trial: Trial) -> None:
    library = read_trial("id: one\ndepth: deep\napplies_when: {setting: office}")
    named = Profile({"name": "Sunrise"})
    assert needs(library, named) == []
    assert needs(library, named, Chosen("deep")) == ["setting"]
    assert needs(library, named, Chosen("deep", ("another",))) == []


def test_a_fact_of_one_thing_is_asked_of_that_thing_only_while_it_matters(
    read_trial: Trial,
) -> None:
    library = read_trial(
        "id: one\nfor_each: storage_unit\napplies_when: {this.kind: safe, this.site.stock_kept: yes}"
    )
    things = {
        "site": (Thing("main", "Main", {"address": "1 A St"}),),
        "storage_unit": (
            Thing("safe", "Safe", {"site": "main"}),
            Thing("cart", "Cart", {"site": "main", "kind": "cart"}),
        ),
    }
    facts: dict[str, Value | None] = {"name": "Sunrise", "routes": ("iv",)}
    found = needs(library, Profile(facts, things))
    assert found == ["site/main/stock_kept", "storage_unit/safe/kind"]


def test_a_group_is_listed_only_where_it_can_have_members(read_trial: Trial) -> None:
    library = read_trial("id: one\nfor_each: storage_unit")
    named = Profile({"name": "Sunrise", "routes": ("home",)})
    assert needs(library, named) == []
    assert "storage_unit" in needs(library, named.with_fact("routes", ("iv",)))


def test_pairs_need_both_sides_and_what_ties_them(read_trial: Trial) -> None:
    library = read_trial("id: one\nfor_each: practice_location")
    profile = Profile({"name": "Sunrise"})
    assert needs(library, profile) == ["site", "staff"]
    site = Thing("main", "Main", {"address": "1 A St"})
    profile = profile.with_thing("site", site).with_thing("staff", Thing("ann", "Ann"))
    assert needs(library, profile) == ["staff/ann/works_at", "staff/ann/prescribes"]


def test_nothing_is_asked_of_somebody_who_left_nor_the_day_they_left(read_trial: Trial) -> None:
    library = read_trial("id: one\nfor_each: staff\napplies_when: {this.role: doctor}")
    gone = Thing("ann", "Ann", {"left": TODAY})
    here = Thing("bo", "Bo")
    profile = Profile({"name": "Sunrise"}, {"staff": (gone, here), "site": ()})
    assert needs(library, profile) == ["staff/bo/role", "staff/bo/works_at"]


def test_a_count_needs_the_group_and_the_fact_it_counts_by(read_trial: Trial) -> None:
    library = read_trial(
        "id: one\napplies_when: {count: {of: staff, where: {role: crna}, at_least: 1}}"
    )
    profile = Profile({"name": "Sunrise"}, {"site": ()})
    assert needs(library, profile) == ["staff"]
    assert "staff/bo/role" in needs(library, profile.with_thing("staff", Thing("bo", "Bo")))


def looks_at(library: Library, profile: Profile, chosen: Chosen, fact: str) -> bool:
    """Whether something that is not out of scope, a group included, names a fact of the clinic."""
    items = decide(library, profile, {}, chosen, TODAY).asked
    conditions = [item.entry.condition for item in items]
    conditions += [*library.group_conditions.values(), *library.memberships.values()]
    return any(("clinic", (fact,)) == (s.kind, s.path) for one in conditions for s in one.facts())


@pytest.mark.parametrize("which", ["small", pytest.param("real", marks=pytest.mark.slow)])
@settings(max_examples=20)
@given(dice=st.randoms(use_true_random=False))
def test_questions_end_and_each_is_asked_once_and_only_while_something_looks_at_it(
    request: pytest.FixtureRequest, which: str, dice: Random
) -> None:
    library: Library = request.getfixturevalue(which)
    chosen = Chosen(dice.choice(["quick", "core", "deep"]))
    profile = Profile()
    said: list[str] = []

    def say(need: NeedFact, before: Profile) -> Value | None:
        if need.group is None and need.fact.required == "no" and need.fact.asked != "always":
            assert looks_at(library, before, chosen, need.fact.id)
        if need.fact.required == "no" and dice.random() < 0.2:
            return None
        return draw_value(need.fact, before, dice)

    def name_things(group: str) -> list[str]:
        return [f"{group}-{n}" for n in range(dice.randint(0, 2))]

    for need, profile in interview(library, chosen, name_things, say):  # noqa: B007 - the last counts
        said.append(name_of(need))
    assert len(said) == len(set(said))
    assert profile.facts


@pytest.mark.parametrize("which", ["small", pytest.param("real", marks=pytest.mark.slow)])
@settings(max_examples=20)
@given(dice=st.randoms(use_true_random=False))
def test_who_knows_everything_leaves_nothing_unknown(
    request: pytest.FixtureRequest, which: str, dice: Random
) -> None:
    library: Library = request.getfixturevalue(which)
    *_, (_, profile) = interview(
        library,
        Chosen("deep"),
        lambda group: [f"{group}-{n}" for n in range(dice.randint(1, 2))],
        lambda need, before: draw_value(need.fact, before, dice),
    )
    items = decide(library, profile, {}, Chosen("deep"), TODAY).asked
    reads_answers = {
        item.key
        for item in items
        if any(s.kind in {"answer", "member-answer"} for s in item.entry.condition.facts())
    }
    open_items = [item for item in items if item.key not in reads_answers and not item.empty]
    assert [item.key for item in open_items if item.truth is not Truth.YES] == []


FIRST = Random(1)  # noqa: S311 - no secret
SINGLE_ROOM: dict[str, list[str]] = {"site": ["main"], "staff": ["ann"], "storage_unit": ["safe"]}
IV_CLINIC: dict[str, Value] = {
    "routes": ("iv",),
    "state": "CO",
    "stock_kept": "yes",
    "controlled_drugs_held": ("ketamine", "midazolam"),
    "treats": ("mood",),
    "role": "anesthesiologist",
    "site": "main",
    "works_at": ("main",),
    "buys_stock": "yes",
}


def answer_for_iv_clinic(need: NeedFact, profile: Profile) -> Value | None:
    fact = need.fact
    if fact.id in IV_CLINIC:
        return fact.read(IV_CLINIC[fact.id])
    return "yes" if need.group and fact.type == "yes_no" else draw_value(fact, profile, FIRST)


def test_a_single_room_iv_clinic_is_asked_at_most_twelve_facts_of_itself(real: Library) -> None:
    steps = list(
        interview(real, Chosen(), lambda name: SINGLE_ROOM.get(name, []), answer_for_iv_clinic)
    )
    of_the_clinic = [n for n, _ in steps if isinstance(n, NeedFact) and n.group is None]
    assert 1 <= len(of_the_clinic) <= 12
    profile = steps[-1][1]
    assert decide(real, profile, {}, Chosen(), TODAY).asked
