import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.checklist.condition import Given, Truth
from compliance.checklist.library import Library
from compliance.clinic.applicability import Applicability, Chosen, decide
from compliance.clinic.profile import Profile

AS_OF = date(2026, 11, 23)
DEEP = Chosen("deep")
MakeProfile = Callable[..., Profile]
ReadTrial = Callable[..., Library]


def options(*raw: object) -> st.SearchStrategy[Any]:
    return st.sampled_from(raw)


ROLES, KINDS, STATES = ["doctor", "crna", "clerk"], ["cabinet", "safe", "cart"], ["CO", "UT", "TX"]
CLINIC_FACTS = {
    "routes": st.lists(options("iv", "im", "home"), unique=True),
    "setting": options("office", "hospital"),
    "telehealth": options("yes", "no"),
    "patients": st.integers(0, 4),
    "opened": options("2025-01-01", "2026-11-23", "2026-12-01"),
}
SITE_FACTS = {"state": options(*STATES), "stock_kept": options("yes", "no")}
STAFF_FACTS = {
    "role": options(*ROLES),
    "works_at": st.lists(options("east", "west"), unique=True),
    "prescribes": options("yes", "no"),
}
UNIT_FACTS = {"site": options("east", "west"), "kind": options(*KINDS)}


def facts(of: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(dict(of))


def some(ids: list[str], of: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    return st.dictionaries(options(*ids), facts(of))


CLINICS = st.fixed_dictionaries(
    {
        "facts": facts(CLINIC_FACTS),
        "site": st.fixed_dictionaries({"east": facts(SITE_FACTS), "west": facts(SITE_FACTS)}),
        "staff": some(["ann", "bob", "cyd"], STAFF_FACTS),
        "storage_unit": some(["a", "b", "c"], UNIT_FACTS),
    }
)


def bounds() -> st.SearchStrategy[dict[str, int]]:
    either = options("at_least", "at_most")
    return st.dictionaries(either, st.integers(0, 3), min_size=1)


def one_of_words(words: list[str]) -> st.SearchStrategy[Any]:
    return st.lists(options(*words), min_size=1, unique=True) | options(*words)


OF_THE_CLINIC = st.one_of(
    one_of_words(["iv", "im", "home"]).map(lambda words: {"routes": words}),
    one_of_words(["iv", "im", "home"]).map(lambda words: {"routes": {"includes": words}}),
    one_of_words(["office", "hospital"]).map(lambda words: {"setting": words}),
    options("yes", "no").map(lambda word: {"telehealth": word}),
    bounds().map(lambda both: {"patients": both}),
    st.integers(0, 4).map(lambda number: {"patients": number}),
    options("before", "after").map(lambda operator: {"opened": {operator: "today"}}),
)
OF_A_UNIT = st.one_of(
    one_of_words(KINDS).map(lambda words: {"kind": words}),
    one_of_words(STATES).map(lambda words: {"site.state": words}),
)
OF_A_PERSON = st.one_of(
    one_of_words(ROLES).map(lambda words: {"role": words}),
    options("yes", "no").map(lambda word: {"prescribes": word}),
)
OF_A_PAIR = st.one_of(
    one_of_words(STATES).map(lambda words: {"site.state": words}),
    one_of_words(ROLES).map(lambda words: {"practitioner.role": words}),
)
OWN = {"storage_unit": OF_A_UNIT, "staff": OF_A_PERSON, "practice_location": OF_A_PAIR}


def counts() -> st.SearchStrategy[Any]:
    def count(group: str, where: Any, limits: dict[str, int]) -> dict[str, Any]:  # noqa: ANN401
        return {"count": {"of": group, **({"where": where} if where else {}), **limits}}

    wheres = {**OWN, "practitioner": OF_A_PERSON}
    return st.one_of(
        *(st.builds(count, st.just(g), st.none() | where, bounds()) for g, where in wheres.items())
    )


def this(condition: dict[str, Any]) -> dict[str, Any]:
    return {f"this.{key}": value for key, value in condition.items()}


def answers(group: str) -> st.SearchStrategy[Any]:
    words = one_of_words(["yes", "partly", "no", "not-applicable"])
    return st.dictionaries(options("trial/once", "trial/each"), words, min_size=1).map(
        lambda wanted: {"answers": wanted}
    )


def conditions(group: str, *, across: bool) -> st.SearchStrategy[Any]:
    simple = OF_THE_CLINIC | OWN[group].map(this) | answers(group)
    simple = simple | counts() if across else simple
    alternatives = st.lists(simple, min_size=1, max_size=3).map(lambda parts: {"any_of": parts})
    both = st.tuples(simple | alternatives, simple).map(lambda pair: {**pair[0], **pair[1]})
    return st.recursive(
        simple | alternatives | both,
        lambda inner: st.lists(inner, min_size=1, max_size=2).map(lambda parts: {"any_of": parts}),
        max_leaves=4,
    )


def trials(*, across: bool) -> st.SearchStrategy[tuple[str, str]]:
    """A group, and a checklist in which something is asked for each of it under a condition."""

    def write(group: str, applies: object, unless: object) -> tuple[str, str]:
        text = f"id: once\n\nid: each\nfor_each: {group}\n\nid: asked\nfor_each: {group}\n"
        text += f"applies_when: {json.dumps(applies)}\n" if applies else ""
        return group, text + (f"unless: {json.dumps(unless)}\n" if unless else "")

    return options(*OWN).flatmap(
        lambda group: st.builds(
            write,
            st.just(group),
            st.none() | conditions(group, across=across),
            st.none() | conditions(group, across=across),
        )
    )


OUTCOMES = options("yes", "partly", "no", "not-applicable")


def keys_of(group: str) -> list[str]:
    ids = {
        "storage_unit": ["a", "b", "c"],
        "staff": ["ann", "bob", "cyd"],
        "practice_location": [f"{p}+{s}" for p in ("ann", "bob", "cyd") for s in ("east", "west")],
    }
    return ["trial/once", *(f"trial/each@{one}" for one in ids[group])]


def run(library: Library, profile: Profile, said: Mapping[str, str | None]) -> Applicability:
    given_answers = {key: Given(outcome) for key, outcome in said.items()}
    return decide(library, profile, given_answers, DEEP, AS_OF)


def hide(data: st.DataObject, whole: dict[str, Any]) -> dict[str, Any]:
    """Make some facts unknown: said to be so, or never asked."""
    kept = {}
    for name, value in whole.items():
        fate = data.draw(options("kept", "kept", "not known", "not asked"))
        if fate != "not asked":
            kept[name] = value if fate == "kept" else None
    return kept


@given(
    trial=trials(across=True),
    clinic=CLINICS,
    jurisdiction=options("US", "US-CO"),
    data=st.data(),
)
def test_learning_what_was_unknown_never_turns_a_decided_condition(
    trial: tuple[str, str],
    clinic: dict[str, Any],
    jurisdiction: str,
    data: st.DataObject,
    read_trial: ReadTrial,
    make_profile: MakeProfile,
) -> None:
    group, text = trial
    library = read_trial(text, jurisdiction=jurisdiction)
    said = {key: data.draw(OUTCOMES) for key in keys_of(group)}
    less_said = {key: data.draw(options(outcome, None)) for key, outcome in said.items()}
    less = {
        name: {one: hide(data, own) for one, own in members.items()}
        for name, members in clinic.items()
        if name != "facts"
    }
    things = {name: members for name, members in clinic.items() if name != "facts"}
    before = run(library, make_profile(library, hide(data, clinic["facts"]), **less), less_said)
    after = run(library, make_profile(library, clinic["facts"], **things), said)
    for key, item in before.by_key.items():
        if key in after.by_key and not item.empty and item.truth is not Truth.UNKNOWN:
            assert after.by_key[key].truth is item.truth


@given(trial=trials(across=False), clinic=CLINICS, data=st.data())
def test_no_thing_sees_the_facts_or_the_answers_of_another(
    trial: tuple[str, str],
    clinic: dict[str, Any],
    data: st.DataObject,
    read_trial: ReadTrial,
    make_profile: MakeProfile,
) -> None:
    group, text = trial
    library = read_trial(text)
    said = {key: data.draw(OUTCOMES | st.none()) for key in keys_of(group)}
    base = "staff" if group == "practice_location" else group
    members = clinic[base]
    others = {name: clinic[name] for name in ("site", "staff", "storage_unit") if name != base}
    order = data.draw(st.permutations(list(members)))
    shuffled = {name: members[name] for name in order}
    crowd = run(library, make_profile(library, clinic["facts"], **others, **{base: shuffled}), said)
    for name in members:
        alone = make_profile(library, clinic["facts"], **others, **{base: {name: members[name]}})
        own = {key: outcome for key, outcome in said.items() if "@" not in key or name in key}
        for key, item in run(library, alone, own).by_key.items():
            if item.member:
                assert (crowd.by_key[key].truth, crowd.by_key[key].standing) == (
                    item.truth,
                    item.standing,
                )
    assert {item.member.id for item in crowd.items if item.member} == {
        item.member.id
        for name in members
        for item in run(
            library,
            make_profile(library, clinic["facts"], **others, **{base: {name: members[name]}}),
            {},
        ).items
        if item.member
    }


@given(trial=trials(across=True), clinic=CLINICS, data=st.data())
def test_the_order_in_which_things_were_listed_decides_nothing(
    trial: tuple[str, str],
    clinic: dict[str, Any],
    data: st.DataObject,
    read_trial: ReadTrial,
    make_profile: MakeProfile,
) -> None:
    group, text = trial
    library = read_trial(text)
    said = {key: data.draw(OUTCOMES | st.none()) for key in keys_of(group)}
    things = {name: clinic[name] for name in ("site", "staff", "storage_unit")}
    shuffled = {
        name: {one: members[one] for one in data.draw(st.permutations(list(members)))}
        for name, members in things.items()
    }
    one = run(library, make_profile(library, clinic["facts"], **things), said)
    two = run(library, make_profile(library, clinic["facts"], **shuffled), said)
    assert {k: i.truth for k, i in one.by_key.items()} == {
        k: i.truth for k, i in two.by_key.items()
    }


def test_one_whose_membership_is_not_known_counts_as_possible_only(
    read_trial: ReadTrial, make_profile: MakeProfile
) -> None:
    library = read_trial(
        "id: a\napplies_when: {count: {of: practitioner, at_least: 1}}\n\n"
        "id: b\nunless: {count: {of: practitioner, at_least: 1}}"
    )
    profile = make_profile(library, staff={"ann": {"prescribes": None}})
    assert [item.truth for item in run(library, profile, {}).items] == [Truth.UNKNOWN] * 2


def test_inside_a_count_the_answers_of_each_member_are_read(
    read_trial: ReadTrial, make_profile: MakeProfile
) -> None:
    library = read_trial(
        "id: each\nfor_each: staff\n\n"
        "id: total\napplies_when: {count: {of: staff, where: {answers: {trial/each: no}}, at_least: 2}}"
    )
    profile = make_profile(library, staff={"ann": {}, "bob": {}, "cyd": {}})
    for outcomes, truth in (
        (("no", "no", None), Truth.YES),
        (("no", None, "yes"), Truth.UNKNOWN),
        (("no", "yes", "partly"), Truth.NO),
    ):
        said = dict(
            zip(("trial/each@ann", "trial/each@bob", "trial/each@cyd"), outcomes, strict=True)
        )
        assert run(library, profile, said).by_key["trial/total"].truth is truth


EXPLAINED = [
    (
        "applies_when: {routes: iv}",
        {"routes": ["iv", "im"]},
        "Which routes? IV infusion, IM injection.",
    ),
    ("applies_when: {routes: iv}", {"routes": []}, "Which routes? none of these."),
    ("applies_when: {routes: iv}", {}, "Which routes? Not known yet, so it is asked."),
    (
        "applies_when: {patients: {at_least: 3}}",
        {"patients": 2},
        "How many patients a year? 2 patients.",
    ),
    (
        "applies_when: {routes: iv, telehealth: yes}",
        {"routes": ["im"], "telehealth": "no"},
        "Which routes? IM injection.",
    ),
    ("unless: {telehealth: yes}", {"telehealth": "yes"}, "Is anybody treated from afar? yes."),
    (
        "applies_when: {count: {of: staff, where: {role: crna}, at_least: 1}}",
        {},
        "Who works there? Of the 2 listed, 1 counts.",
    ),
]


@pytest.mark.parametrize(("condition", "said", "because"), EXPLAINED)
def test_what_decided_is_told_with_the_fact(
    condition: str,
    said: dict[str, Any],
    because: str,
    read_trial: ReadTrial,
    make_profile: MakeProfile,
) -> None:
    library = read_trial(f"id: a\n{condition}")
    staff = {"ann": {"role": "crna"}, "bob": {"role": "clerk"}}
    [item] = run(library, make_profile(library, said, staff=staff), {}).items
    assert item.because == because


TRUTH_TABLE = [
    # setting is office, telehealth is yes: both, either, the first unless the second
    ("hospital", "no", "NO", "NO", "NO"),
    ("hospital", None, "NO", "UNKNOWN", "NO"),
    ("hospital", "yes", "NO", "YES", "NO"),
    (None, "no", "NO", "UNKNOWN", "UNKNOWN"),
    (None, None, "UNKNOWN", "UNKNOWN", "UNKNOWN"),
    (None, "yes", "UNKNOWN", "YES", "NO"),
    ("office", "no", "NO", "YES", "YES"),
    ("office", None, "UNKNOWN", "YES", "UNKNOWN"),
    ("office", "yes", "YES", "YES", "NO"),
]
THREE_WAYS = """
id: both
applies_when: {setting: office, telehealth: yes}

id: either
applies_when: {any_of: [{setting: office}, {telehealth: yes}]}

id: first-unless-second
applies_when: {setting: office}
unless: {telehealth: yes}
"""


@pytest.mark.parametrize(("first", "second", "both", "either", "unless"), TRUTH_TABLE)
def test_and_or_and_unless_follow_the_truth_table(
    read_trial: Callable[..., Library],
    first: str | None,
    second: str | None,
    both: str,
    either: str,
    unless: str,
) -> None:
    profile = Profile({"setting": first, "telehealth": second})
    items = run(read_trial(THREE_WAYS), profile, {}).items
    assert [item.truth.name for item in items] == [both, either, unless]


FOUR_WORDS = ("yes", "partly", "no", "not-applicable")


@pytest.mark.parametrize("word", FOUR_WORDS)
@pytest.mark.parametrize("said", [*FOUR_WORDS, None])
@pytest.mark.parametrize("setting", ["office", "hospital"])
def test_an_answer_equals_its_own_outcome_and_one_out_of_scope_equals_nothing(
    read_trial: Callable[..., Library], word: str, said: str | None, setting: str
) -> None:
    library = read_trial(
        "id: parent\napplies_when: {setting: office}\n\n"
        f"id: child\napplies_when: {{answers: {{trial/parent: {word}}}}}"
    )
    profile = Profile({"setting": setting})
    decided = decide(library, profile, {"trial/parent": Given(said)}, DEEP, AS_OF)
    expected = "NO" if setting == "hospital" else "UNKNOWN" if said is None else ""
    expected = expected or ("YES" if said == word else "NO")
    assert decided.by_key["trial/child"].truth.name == expected
