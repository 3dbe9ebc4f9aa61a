"""A second pack beside the first: its own name, its own facts, and what it may refer to."""

from collections.abc import Callable
from datetime import date

import pytest

from compliance.checklist.condition import Given
from compliance.checklist.library import Library, read_library
from compliance.checklist.pack_files import PackFiles
from compliance.clinic.applicability import Chosen, decide
from compliance.clinic.needs import NeedFact, list_needs
from compliance.clinic.profile import Profile
from compliance.text.diagnostic import Diagnostic

ReadSmall = Callable[..., tuple[Library | None, list[Diagnostic]]]
TODAY = date(2026, 11, 23)
PACK = "name: {name}\ntitle: Ours\nedition: 2026-11-23\npublisher: North\nlicence: MIT\n"
FACTS = "clinic:\n  - {id: ramp, type: yes_no, ask: Is there a ramp?}\n"
SOURCES = """
- {id: our-paper, citation: Ours, title: Ours, publisher: North, kind: consensus, says: So.,
   read: full-text, text_as_of: 2026-04-05}
"""
CHECKLIST = """
id: desk
title: Our own desk
edition: 2026-11-23
jurisdiction: US
about: What we add.
sections:
  - title: More
    requirements:
      - id: first
        ask: Is it so?
        force: consensus
        grade: minor
        cite: [our-paper, some-paper]
        applies_when: {ramp: yes, routes: {includes: iv}}
      - id: second
        ask: Is it so, too?
        for_each: staff
        force: consensus
        grade: minor
        cite: [our-paper]
        applies_when: {answers: {ANSWERS}}
"""


def ours(answers: str = "desk/first: no", name: str = "north", **more: str) -> PackFiles:
    files = {
        "pack.yaml": PACK.format(name=name),
        "facts.yaml": FACTS,
        "sources/ours.yaml": SOURCES,
        "desk.yaml": CHECKLIST.replace("{ANSWERS}", "{" + answers + "}"),
        **more,
    }
    return PackFiles("mine", {path: text.encode() for path, text in files.items() if text})


@pytest.fixture
def both(read_small: ReadSmall) -> Library:
    library, diagnostics = read_small({}, ours())
    assert library, "\n".join(one.render() for one in diagnostics)
    return library


def test_what_is_added_carries_its_packs_name_and_comes_after(both: Library) -> None:
    assert list(both.checklists) == ["desk", "rooms", "north:desk"]
    assert [e.key for e in both.entries][-2:] == ["north:desk/first", "north:desk/second"]
    assert [edition.pack.name for edition in both.packs] == ["small-pack", "north"]
    assert len({edition.digest for edition in both.packs}) == 2


def test_its_own_facts_are_asked_with_the_first_packs(both: Library) -> None:
    asked = list_needs(both, Profile({"routes": ("iv",)}), Chosen(), TODAY)
    assert "ramp" in [need.fact.id for need in asked if isinstance(need, NeedFact)]


def standing(library: Library, said: str, key: str = "north:desk/first") -> str:
    profile = Profile({"ramp": "yes", "routes": ("iv",)})
    given = {key: Given(said)}
    decided = decide(library, profile, given, Chosen(), TODAY)
    return decided.by_key["north:desk/second@none"].standing


@pytest.mark.parametrize("name", ["desk/first", "north:desk/first"])
def test_inside_a_pack_its_own_requirements_go_by_their_short_names_too(
    read_small: ReadSmall, name: str
) -> None:
    library, _ = read_small({}, ours(f'"{name}": no'))
    assert library
    assert (standing(library, "no"), standing(library, "yes")) == ("asked", "out of scope")


def test_it_may_look_back_at_the_first_pack(read_small: ReadSmall) -> None:
    library, _ = read_small({}, ours("desk/key-keeper: no"))
    assert library
    assert standing(library, "no", "desk/key-keeper") == "asked"
    assert standing(library, "yes", "desk/key-keeper") == "out of scope"


def test_the_first_pack_reads_the_same_with_and_without_another(
    both: Library, small: Library
) -> None:
    shared = len(small.entries)
    assert [(e.key, e.digest) for e in both.entries[:shared]] == [
        (e.key, e.digest) for e in small.entries
    ]


def test_a_third_pack_does_not_see_the_short_names_of_the_second(read_small: ReadSmall) -> None:
    third = ours("desk/first: no", name="south", **{"facts.yaml": "", "sources/ours.yaml": ""})
    text = (
        third.files["desk.yaml"]
        .decode()
        .replace("id: first", "id: other")
        .replace("ramp: yes, ", "")
    )
    third.files["desk.yaml"] = text.encode()
    library, [trouble] = read_small({}, ours(), third)
    assert library is None
    assert trouble.message == "There is no requirement “desk/first”."
    third.files["desk.yaml"] = text.replace("desk/first", "north:desk/first").encode()
    assert read_small({}, ours(), third)[1] == []


SPOILT = [
    ({"pack.yaml": PACK.format(name="small-pack")}, "Two packs are called “small-pack”."),
    ({"pack.yaml": ""}, "The pack has no pack.yaml."),
    ({"facts.yaml": FACTS.replace("ramp", "routes")}, "The fact “routes” is declared twice."),
    (
        {"sources/ours.yaml": SOURCES.replace("our-paper", "some-paper")},
        "The source “some-paper” stands in sources/all.yaml too.",
    ),
    ({"sources/ours.yaml": ""}, "There is no source “our-paper”."),
    ({"facts.yaml": ""}, "There is no fact “ramp”."),
]


@pytest.mark.parametrize(("files", "said"), SPOILT, ids=[one[1] for one in SPOILT])
def test_what_two_packs_cannot_both_have_is_told_at_the_second(
    read_small: ReadSmall, files: dict[str, str], said: str
) -> None:
    library, diagnostics = read_small({}, ours(**files))
    assert library is None
    assert said in [one.message for one in diagnostics]
    assert {one.file.split("/")[0] for one in diagnostics} == {"mine"}


def test_a_pack_that_is_added_needs_no_facts_of_its_own(read_small: ReadSmall) -> None:
    added = ours(**{"facts.yaml": ""})
    added.files["desk.yaml"] = added.files["desk.yaml"].replace(b"ramp: yes, ", b"")
    library, diagnostics = read_small({}, added)
    assert diagnostics == []
    assert library


def test_a_real_pack_can_be_added_to(real_pack: PackFiles) -> None:
    added = ours("storage-security/locked-cabinet: no")
    text = added.files["desk.yaml"].decode()
    text = text.replace("for_each: staff", "for_each: storage_unit")
    text = text.replace("some-paper", "cfr-21-1301-75-b").replace(
        "routes: {includes: iv}", "buys_stock: yes"
    )
    added.files["desk.yaml"] = text.encode()
    library, diagnostics = read_library([real_pack, added])
    assert diagnostics == []
    assert library
    assert library.entries[-1].key == "north:desk/second"
