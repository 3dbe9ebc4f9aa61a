"""The digest of a requirement follows what it normatively says, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.checklist.identity import digest_data, digest_files
from compliance.checklist.library import Library

Trial = Callable[..., Library]
DESK = Path(__file__).with_name("small").joinpath("desk.yaml").read_text(encoding="utf-8")

PLAIN = """
id: one
ask: Is it locked?
look_at: [the door]
why: Because.
fix: Lock it.
yes_if: It is locked.
no_if: It is open.
partly_if: It is half open.
applies_when: {routes: {includes: iv}}
unless: {telehealth: yes}
evidence: recommended
minutes: 2
"""
TOP = """
applies_when: {setting: office}
unless: {routes: [home]}
"""

NORMATIVE = {
    "ask": ("Is it locked?", "Is it closed?"),
    "yes_if": ("It is locked.", "It is shut."),
    "no_if": ("It is open.", "It is ajar."),
    "partly_if": ("It is half open.", "It is loose."),
    "no yes_if": ("yes_if: It is locked.\n", ""),
    "applies_when": ("includes: iv", "includes: im"),
    "unless": ("{telehealth: yes}", "{telehealth: no}"),
    "no unless": ("unless: {telehealth: yes}\n", ""),
    "evidence": ("recommended", "required"),
    "for_each": ("minutes: 2", "for_each: site"),
    "force": ("minutes: 2", "force: consensus"),
    "grade": ("minutes: 2", "grade: major"),
    "cite": ("minutes: 2", "cite: [some-paper, some-rule]"),
    "answer": (
        "partly_if: It is half open.\n",
        "answer: {type: number, unit: locks, conforms_when: {at_least: 1}}\n",
    ),
}

OF_NO_MATTER = {
    "white space in a text": ("Is it locked?", "Is  it\n  locked?"),
    "a folded block": ("ask: Is it locked?", "ask: >\n  Is it\n  locked?"),
    "spaces around": ("Is it locked?", "'  Is it locked? '"),
    "look_at": ("[the door]", "[the door, the window]"),
    "why": ("Because.", "For a reason."),
    "fix": ("Lock it.", "Shut it."),
    "minutes": ("minutes: 2", "minutes: 3"),
    "depth": ("minutes: 2", "depth: deep"),
    "a default that is written out": ("minutes: 2", "answer: {type: yes_no}"),
    "the order of keys": ("why: Because.\nfix: Lock it.", "fix: Lock it.\nwhy: Because."),
}


def digest(library: Library) -> str:
    return library.by_key["trial/one"].digest


@pytest.fixture(scope="module")
def before(read_trial: Trial) -> str:
    return digest(read_trial(PLAIN, TOP))


@pytest.mark.parametrize(("old", "new"), NORMATIVE.values(), ids=NORMATIVE)
def test_each_normative_field_changes_the_digest(
    read_trial: Trial, before: str, old: str, new: str
) -> None:
    assert old in PLAIN
    assert digest(read_trial(PLAIN.replace(old, new), TOP)) != before


@pytest.mark.parametrize(("old", "new"), OF_NO_MATTER.values(), ids=OF_NO_MATTER)
def test_white_space_advice_and_layout_leave_the_digest_alone(
    read_trial: Trial, before: str, old: str, new: str
) -> None:
    assert old in PLAIN
    assert digest(read_trial(PLAIN.replace(old, new), TOP)) == before


@pytest.mark.parametrize(
    ("old", "new"), [("office", "hospital"), ("[home]", "[im]"), ("unless: {routes: [home]}", "")]
)
def test_a_condition_that_is_inherited_changes_the_digest(
    read_trial: Trial, before: str, old: str, new: str
) -> None:
    assert digest(read_trial(PLAIN, TOP.replace(old, new))) != before


def test_the_jurisdiction_changes_the_digest(read_trial: Trial, before: str) -> None:
    assert digest(read_trial(PLAIN, TOP, jurisdiction="US-CO")) != before


def test_where_the_auditor_stands_leaves_the_digest_alone(
    read_small: Callable[..., tuple[Library, object]], small: Library
) -> None:
    digests = {e.key: e.digest for e in small.entries}
    raw = DESK.replace("where: At the desk.", "where: In the hall.")
    assert raw != DESK
    library, _ = read_small({"desk.yaml": raw})
    assert {e.key: e.digest for e in library.entries} == digests


def test_another_requirement_changes_the_checklists_digest_and_not_its_neighbours(
    read_trial: Trial,
) -> None:
    one, two = read_trial("id: one"), read_trial("id: one\n\nid: two")
    assert digest(one) == digest(two)
    assert one.digest_of("trial") != two.digest_of("trial")


def test_a_packs_digest_is_over_names_and_bytes_in_any_order() -> None:
    files = {"a.yaml": b"1", "b.yaml": b"2"}
    assert digest_files(files) == digest_files(dict(reversed(files.items())))
    assert digest_files(files) != digest_files({"a.yaml": b"2", "b.yaml": b"1"})
    assert digest_files(files) != digest_files({"a.yaml": b"1", "b.yaml": b"2\n"})


def test_the_digest_of_data_is_the_sha_256_of_its_canonical_form() -> None:
    # printf '{"a":1,"b":"\xc3\xa9"}' | sha256sum
    expected = "09ad9fd2fb648cb2f62141215828ea00a62c299db05d20aa9ade2f527a301cc6"
    assert digest_data({"b": "é", "a": 1}) == expected
