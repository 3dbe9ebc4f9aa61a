"""What is said of a requirement that came, went, moved or says something else."""

from collections.abc import Callable

import pytest

from compliance.change.comparison import Comparison, compare
from compliance.change.requirements import RequirementChange
from compliance.change.wording import name_changes
from compliance.checklist.library import Library

Trial = Callable[..., Library]

PLAIN = """
id: one
ask: Is it locked?
for_each: site
look_at: [the door]
why: Because.
fix: Lock it.
yes_if: It is locked.
no_if: It is open.
partly_if: It is half open.
applies_when: {routes: {includes: iv}}
unless: {telehealth: yes}
minutes: 2

id: two
ask: Is it clean?
"""
TOP = "applies_when: {setting: office}"

# what is written otherwise, how the change is called, and the field that is named
NORMATIVE = {
    "a question": ("Is it locked?", "Is it shut?", "re-worded", "ask"),
    "what a yes means": ("It is locked.", "It is shut.", "re-worded", "yes_if"),
    "what a no means": ("It is open.", "It is ajar.", "re-worded", "no_if"),
    "what a partly means": ("It is half open.", "It is loose.", "re-worded", "partly_if"),
    "a grade": ("minutes: 2", "grade: major", "re-graded", "grade"),
    "a source": ("minutes: 2", "cite: [some-rule]", "re-cited", "cite"),
    "a force": ("minutes: 2", "force: consensus", "force", "force"),
    "evidence": ("minutes: 2", "evidence: required", "evidence", "evidence"),
    "whom it is asked for": ("for_each: site", "for_each: staff", "for_each", "for_each"),
    "an answer": (
        "partly_if: It is half open.",
        "answer: {type: number, unit: locks, conforms_when: {at_least: 1}}",
        "answer",
        "answer",
    ),
    "its condition": ("includes: iv", "includes: im", "conditions", "applies_when"),
    "its exception": ("telehealth: yes", "telehealth: no", "conditions", "unless"),
}
UNNORMATIVE = {
    "a depth": ("minutes: 2", "depth: deep", "depth", "depth"),
    "where to look": ("[the door]", "[the lock]", "advice", "look_at"),
    "a reason": ("Because.", "For a reason.", "advice", "why"),
    "a remedy": ("Lock it.", "Shut it.", "advice", "fix"),
    "the minutes": ("minutes: 2", "minutes: 3", "advice", "minutes"),
}


@pytest.fixture(scope="module")
def before(read_trial: Trial) -> Library:
    return read_trial(PLAIN, TOP)


def the_one(comparison: Comparison) -> RequirementChange:
    [change] = comparison.requirements
    return change


@pytest.mark.parametrize("case", NORMATIVE.values(), ids=NORMATIVE)
def test_a_normative_change_is_named_and_loses_the_answers(
    case: tuple[str, str, str, str], read_trial: Trial, before: Library
) -> None:
    old, new, called, field = case
    assert old in PLAIN
    change = the_one(compare(before, read_trial(PLAIN.replace(old, new), TOP)))
    assert (change.key, change.change) == ("trial/one", "changed")
    assert called in name_changes(change)
    assert field in [one.field for one in change.fields if one.normative]
    assert change.loses_answers


@pytest.mark.parametrize("case", UNNORMATIVE.values(), ids=UNNORMATIVE)
def test_advice_and_depth_are_unnormative_and_every_answer_carries(
    case: tuple[str, str, str, str], read_trial: Trial, before: Library
) -> None:
    old, new, called, field = case
    assert old in PLAIN
    comparison = compare(before, read_trial(PLAIN.replace(old, new), TOP))
    change = the_one(comparison)
    assert called in name_changes(change)
    assert field in [one.field for one in change.fields]
    assert not any(one.normative for one in change.fields)
    assert not change.loses_answers
    assert comparison.losing == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [(case[0], case[1]) for case in (*NORMATIVE.values(), *UNNORMATIVE.values())]
    + [("Is it locked?", "Is  it\n  locked?"), ("why: Because.\nfix: Lock it.", "fix: Lock it.")],
)
def test_answers_carry_exactly_where_the_digest_stays(
    old: str, new: str, read_trial: Trial, before: Library
) -> None:
    after = read_trial(PLAIN.replace(old, new), TOP)
    stays = before.by_key["trial/one"].digest == after.by_key["trial/one"].digest
    assert bool(compare(before, after).losing) != stays


def test_what_a_requirement_inherits_says_from_where(read_trial: Trial, before: Library) -> None:
    comparison = compare(before, read_trial(PLAIN, "applies_when: {setting: hospital}"))
    fields = [one.field for change in comparison.requirements for one in change.fields]
    assert fields == ["checklist.applies_when"] * 2
    comparison = compare(before, read_trial(PLAIN, TOP, jurisdiction="US-CO"))
    fields = [one.field for change in comparison.requirements for one in change.fields]
    assert fields == ["checklist.jurisdiction"] * 2


def test_the_same_library_has_no_difference(before: Library) -> None:
    comparison = compare(before, before)
    assert comparison.is_empty
    assert (comparison.before, comparison.after) == (2, 2)
    assert (comparison.losing, comparison.problems) == ((), ())


def test_white_space_and_the_order_of_keys_are_no_difference(
    read_trial: Trial, before: Library
) -> None:
    other = PLAIN.replace("Is it locked?", "Is  it\n  locked?")
    other = other.replace("why: Because.\nfix: Lock it.", "fix: Lock it.\nwhy: Because.")
    assert compare(before, read_trial(other, TOP)).is_empty


TWO = "\nid: two\nask: Is it clean?\n"
RETIRED = "retired: [{id: two, on: 2026-12-01, reason: Asked as one.}]"


def test_a_requirement_that_goes_unlisted_vanishes_and_must_be_listed(read_trial: Trial) -> None:
    comparison = compare(read_trial("id: one\n" + TWO), read_trial("id: one"))
    assert the_one(comparison).change == "vanished"
    [ids, edition] = comparison.problems
    assert (ids.kind, ids.key) == ("not-retired", "trial/two")
    assert "list it under “retired” of “trial”" in ids.message
    assert edition.kind == "edition-stands"


def test_a_requirement_that_is_listed_is_retired_with_its_day_and_reason(
    read_trial: Trial,
) -> None:
    top = RETIRED.replace("2026-12-01", "2026-11-24")
    comparison = compare(read_trial("id: one\n" + TWO), read_trial("id: one", top))
    change = the_one(comparison)
    assert (change.change, change.on) == ("retired", "2026-11-24")
    assert change.reason == "Asked as one."
    assert [one.kind for one in comparison.problems] == ["edition-stands"]


def test_an_id_that_changes_is_one_that_vanishes_and_its_twin_that_comes(
    read_trial: Trial,
) -> None:
    comparison = compare(
        read_trial("id: one\n" + TWO), read_trial("id: one\n" + TWO.replace("id: two", "id: three"))
    )
    came, gone = comparison.requirements
    assert (came.change, came.key, came.twin) == ("added", "trial/three", "trial/two")
    assert (gone.change, gone.key, gone.twin) == ("vanished", "trial/two", "trial/three")
    assert comparison.losing == (gone,)
    assert "It seems to be “trial/three” now." in comparison.problems[0].message


def test_two_requirements_alike_are_each_the_twin_of_one(read_trial: Trial) -> None:
    old = read_trial("id: one\n\nid: a\n\nid: b")
    new = read_trial("id: one\n\nid: c\n\nid: d")
    twins = {one.key: one.twin for one in compare(old, new).requirements}
    assert len([twin for twin in twins.values() if twin]) == len(set(twins.values()) - {""})
    assert all(twins[twin] == key for key, twin in twins.items() if twin)


Desk = Callable[[dict[str, str | None]], tuple[Library | None, object]]


@pytest.fixture
def move(small_pack: object, read_small: Desk) -> Callable[..., Library]:
    """Read the small pack with texts replaced, each in its file."""

    def moved(edits: dict[str, list[tuple[str, str]]]) -> Library:
        files: dict[str, str | None] = {}
        for file, pairs in edits.items():
            text = small_pack.files[file].decode()
            for old, new in pairs:
                assert old in text
                text = text.replace(old, new, 1)
            files[file] = text
        library, diagnostics = read_small(files)
        assert library, diagnostics
        return library

    return moved


LOCKED = """\
      - id: locked
        ask: Is this unit locked?
        for_each: storage_unit
        depth: quick
        force: law
        grade: critical
        cite: [some-rule]
        unless: {this.kind: cart}
"""
MENDED = ("applies_when: {answers: {rooms/locked: [no, partly]}}", "minutes: 1")


def test_a_requirement_that_moves_to_another_section_keeps_its_answers(
    small: Library, move: Callable[..., Library]
) -> None:
    people = "  - title: People\n    requirements:\n"
    edits = {"rooms.yaml": [(LOCKED, ""), (people, people + LOCKED), MENDED]}
    changes = {one.key: one for one in compare(small, move(edits)).requirements}
    assert name_changes(changes["rooms/locked"]) == ["moved"]
    assert not changes["rooms/locked"].loses_answers
    [field] = changes["rooms/locked"].fields
    assert (field.field, field.old, field.new) == ("section", "Stock", "People")


def test_a_section_that_is_called_otherwise_moves_nothing(
    small: Library, move: Callable[..., Library]
) -> None:
    comparison = compare(small, move({"rooms.yaml": [("title: Stock", "title: What is kept")]}))
    assert comparison.requirements == ()
    [checklist] = comparison.checklists
    assert [(one.field, one.old, one.new) for one in checklist.fields] == [
        ("section", "Stock", "What is kept")
    ]


def test_a_requirement_that_moves_to_another_checklist_is_its_own_twin(
    small: Library, move: Callable[..., Library]
) -> None:
    first = "    requirements:\n"
    edits = {"rooms.yaml": [(LOCKED, ""), MENDED], "desk.yaml": [(first, first + LOCKED)]}
    changes = {one.key: one for one in compare(small, move(edits)).requirements}
    assert changes["desk/locked"].twin == "rooms/locked"
    assert (changes["rooms/locked"].change, changes["rooms/locked"].twin) == (
        "vanished",
        "desk/locked",
    )


def test_a_checklist_that_goes_takes_its_requirements_along(
    small: Library, small_pack: object, read_small: Desk
) -> None:
    pack = small_pack.files["pack.yaml"].decode().replace("order: [desk, rooms]\n", "")
    after, _ = read_small({"rooms.yaml": None, "pack.yaml": pack})
    assert after
    comparison = compare(small, after)
    assert {one.change for one in comparison.requirements} == {"removed"}
    assert [(one.key, one.change) for one in comparison.checklists] == [("rooms", "removed")]
    assert len(comparison.losing) == 5
    back = compare(after, small)
    assert {one.change for one in back.requirements} == {"added"}
    assert back.losing == ()
