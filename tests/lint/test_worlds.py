"""Whether a condition can hold is found exactly: trying a few worlds is as good as trying all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, combinations, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.checklist.condition import AllOf, AnyOf, Compare, Condition, Not, Subject, Truth
from compliance.lint.worlds import TooManyWorldsError, find_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compliance.checklist.fact import Value
    from compliance.checklist.library import Library

ROUTES = ("iv", "im", "home")
DAYS = [date(2026, 11, day) for day in range(20, 28)]
TODAYS = DAYS[1:-1]
NUMBERS = [Decimal(n) / 2 for n in range(-2, 12)]
WHOLE = st.integers(0, 4).map(Decimal)


@dataclass(frozen=True)
class Everything:
    """A world in which every fact is known."""

    facts: dict[str, Value]
    as_of: date

    def clinic_fact(self, name: str) -> Value:
        return self.facts[name]


def every_world() -> Iterator[Everything]:
    subsets = chain.from_iterable(combinations(ROUTES, n) for n in range(4))
    words = product(subsets, ("office", "hospital"), ("yes", "no"), NUMBERS, DAYS, TODAYS)
    for routes, setting, telehealth, patients, opened, today in words:
        facts: dict[str, Value] = {
            "routes": routes,
            "setting": setting,
            "telehealth": telehealth,
            "patients": patients,
            "opened": opened,
        }
        yield Everything(facts, today)


WORLDS = list(every_world())


@pytest.fixture(scope="module")
def leaf(small: Library) -> Callable[[str, str, object], Compare]:
    """A comparison with a fact of the small pack."""

    def make(name: str, operator: str, operand: object) -> Compare:
        fact = small.sheet.fact(name)
        return Compare(Subject("clinic", (name,), None, fact, ""), operator, operand)  # type: ignore[arg-type]

    return make


LEAVES = st.one_of(
    st.tuples(
        st.just("routes"),
        st.just("any_of"),
        st.sets(st.sampled_from(ROUTES), min_size=1).map(tuple),
    ),
    st.tuples(st.just("setting"), st.just("any_of"), st.sampled_from([("office",), ("hospital",)])),
    st.tuples(st.just("telehealth"), st.just("any_of"), st.sampled_from([("yes",), ("no",)])),
    st.tuples(st.just("patients"), st.sampled_from(["at_least", "at_most"]), WHOLE),
    st.tuples(
        st.just("opened"),
        st.sampled_from(["before", "after"]),
        st.sampled_from(["today", *DAYS[2:-2]]),
    ),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(st.just("all"), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.just("any"), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.just("not"), inner),
    ),
    max_leaves=5,
)


def build(tree: tuple, leaf: Callable[[str, str, object], Compare]) -> Condition:  # type: ignore[type-arg]
    if tree[0] == "all":
        return AllOf(tuple(build(one, leaf) for one in tree[1]))
    if tree[0] == "any":
        return AnyOf(tuple(build(one, leaf) for one in tree[1]))
    return Not(build(tree[1], leaf)) if tree[0] == "not" else leaf(*tree)


@settings(max_examples=40)
@given(tree=TREES)
def test_a_world_is_found_exactly_when_there_is_one(
    tree: tuple,  # type: ignore[type-arg]
    leaf: Callable[[str, str, object], Compare],
    small: Library,
) -> None:
    condition = build(tree, leaf)
    there_is = any(condition.holds(world) is Truth.YES for world in WORLDS)  # type: ignore[arg-type]
    assert find_world(small, [condition], None) == there_is


@settings(max_examples=40)
@given(outer=TREES, inner=TREES)
def test_a_condition_is_said_to_add_nothing_exactly_when_it_adds_nothing(
    outer: tuple,  # type: ignore[type-arg]
    inner: tuple,  # type: ignore[type-arg]
    leaf: Callable[[str, str, object], Compare],
    small: Library,
) -> None:
    first, second = build(outer, leaf), build(inner, leaf)
    adds = any(
        first.holds(world) is Truth.YES and second.holds(world) is Truth.NO  # type: ignore[arg-type]
        for world in WORLDS
    )
    assert find_world(small, [first], second) == adds


CASES = {
    "a follow-up of what is never asked there": (
        """
        id: parent
        applies_when: {routes: home}

        id: child
        applies_when: {routes: {includes: iv}, answers: {trial/parent: no}}
        unless: {routes: home}
        """,
        ["never unless"],
    ),
    "both halves of a yes": (
        """
        id: parent

        id: child
        applies_when: {answers: {trial/parent: [yes, partly, no, not-applicable]}}
        """,
        ["always applies_when"],
    ),
    "a choice and its outcome that exclude each other": (
        """
        id: parent
        answer: {type: choice, choices: {own: Own, lent: Lent}, conforms_when: {one_of: [own]}}

        id: child
        applies_when: {answers: {trial/parent: lent}}
        unless: {answers: {trial/parent: no}}
        """,
        ["never unless"],
    ),
    "a number beyond the bound that the parent's answer needs": (
        """
        id: parent
        answer: {type: number, unit: minutes, conforms_when: {at_least: 120}}

        id: child
        applies_when: {answers: {trial/parent: yes}}

        id: grandchild
        applies_when: {answers: {trial/parent: {at_most: 60}}}
        """,
        [],
    ),
    "a count of what nobody can be": (
        """
        id: only
        applies_when: {count: {of: staff, where: {role: doctor, any_of: [{role: clerk}]}, at_least: 1}}
        """,
        ["never applies_when"],
    ),
    "a count between bounds that do not meet": (
        """
        id: only
        applies_when: {count: {of: staff, at_least: 3}}
        unless: {count: {of: staff, at_least: 2}}
        """,
        ["never unless"],
    ),
    "members of a subset have what makes them members": (
        """
        id: only
        for_each: practitioner
        applies_when: {this.prescribes: yes}
        """,
        ["always applies_when"],
    ),
}


@pytest.mark.parametrize(("requirements", "expected"), CASES.values(), ids=CASES)
def test_conditions_are_judged_within_those_around_them(
    requirements: str, expected: list[str], judge_trial: Callable[..., list[str]]
) -> None:
    assert judge_trial(requirements) == expected


def test_another_state_than_the_checklists_own_is_never_met(
    judge_trial: Callable[..., list[str]],
) -> None:
    requirement = "id: only\nfor_each: site\napplies_when: {this.state: UT}"
    assert judge_trial(requirement, jurisdiction="US-CO") == ["never applies_when"]
    assert judge_trial(requirement.replace("UT", "CO"), jurisdiction="US-CO") == [
        "always applies_when"
    ]


def test_what_is_too_much_to_try_is_said(small: Library, leaf: Callable[..., Compare]) -> None:
    many = AnyOf(
        tuple(
            AllOf((leaf("patients", "at_least", Decimal(n)), leaf("opened", "after", day)))
            for n, day in enumerate([date(2000 + year, 1, 1) for year in range(40)])
        )
    )
    with pytest.raises(TooManyWorldsError):
        find_world(small, [many], None)
