"""Forms: what is written once is asked as if it stood in each checklist, and mistakes are told once."""

import json
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.checklist.library import Library, Reading, read_packs
from compliance.checklist.pack_files import PackFiles
from compliance.checklist.reading import MOST_ERRORS
from compliance.checklist.slot import fill, list_slots
from compliance.lint.rules import rules_by_name
from compliance.text.diagnostic import Diagnostic
from compliance.text.yaml_text import Document

HERE = Path(__file__).parent
FORMS = (HERE / "forms" / "forms.yaml").read_text("utf-8")
HEAD = (HERE / "forms" / "trial.yaml").read_text("utf-8")
CASES = yaml.safe_load((HERE / "wrong_forms.yaml").read_text("utf-8"))
JARGON = re.compile(
    r"\b(input|valid|dict|dictionary|tuple|string|str|int|None|mapping|sequence|null)\b"
)
USE = """
- id: a
  like: posted
  with: {what: the list, who: patients}
  reads: Does the list hang where patients see it?
  force: law
  grade: minor
  cite: [some-rule]
"""
WRITTEN_OUT = """
- id: a
  ask: Does the list hang where patients see it?
  depth: quick
  force: law
  grade: minor
  cite: [some-rule]
  yes_if: It hangs at eye level.
  no_if: the list lies in a drawer.
  look_at: [the wall, the the list itself]
  minutes: 2
"""
KEPT = """
- id: a
  like: kept
  with: {what: the log, term: two  years}
  force: law
  cite: [some-rule]
"""
KEPT_WRITTEN_OUT = """
- id: a
  ask: How long is the log kept?
  for_each: site
  answer:
    type: choice
    choices: {long: As long as the board says, short: Shorter than two years}
    conforms_when: {one_of: [long]}
  force: law
  grade: major
  cite: [some-rule]
  applies_when: {this.state: CO}
"""

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def read(small_pack: PackFiles) -> Read:
    """Read requirements beside forms in the small pack."""

    def read_them(uses: str, forms: str | None = FORMS, **more: str) -> Reading:
        return read_packs([make_pack(small_pack, uses, forms, more)])

    return read_them


def make_pack(small: PackFiles, uses: str, forms: str | None, more: Mapping[str, str]) -> PackFiles:
    trial = HEAD + indent(uses.strip("\n"), " " * 6) + "\n"
    files = {"trial.yaml": trial, **more} | ({} if forms is None else {"forms.yaml": forms})
    return PackFiles("", {**small.files, **{name: text.encode() for name, text in files.items()}})


def whole(reading: Reading) -> Library:
    assert not reading.diagnostics, "\n".join(one.render() for one in reading.diagnostics)
    return reading.library


def say(trouble: Diagnostic) -> str:
    place = f"{trouble.file}:{trouble.position.line}:{trouble.position.column}"
    return f"{place}: {trouble.message} {trouble.hint}".strip()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["wrong"])
def test_a_form_or_a_use_that_is_wrong_is_told_where_it_is_mended(
    case: Mapping[str, Any], read: Read
) -> None:
    forms = FORMS
    if "replace" in case:
        assert case["replace"] in FORMS
        forms = FORMS.replace(case["replace"], case["by"], 1)
    assert [say(one) for one in read(case["use"], forms).diagnostics] == case["says"]


@pytest.mark.parametrize(
    "says", [says.split(": ", 1)[1] for case in CASES for says in case["says"]]
)
def test_every_sentence_is_one_and_none_speaks_the_programs_language(says: str) -> None:
    assert re.match(r"[“A-Z0-9]", says)
    assert says.endswith((".", "?"))
    assert not JARGON.search(says)


@pytest.mark.parametrize(("use", "written_out"), [(USE, WRITTEN_OUT), (KEPT, KEPT_WRITTEN_OUT)])
def test_a_filled_form_is_the_requirement_that_is_written_out(
    use: str, written_out: str, read: Read
) -> None:
    filled = whole(read(use)).by_key["trial/a"]
    out = whole(read(written_out, None)).by_key["trial/a"]
    assert filled.requirement == out.requirement
    assert (filled.digest, filled.condition) == (out.digest, out.condition)


@pytest.mark.parametrize(
    "line",
    [
        "ask: Is the list on the wall?",
        "depth: deep",
        "yes_if: Nobody has to look for it.",
        "look_at: [the door]",
        "minutes: 9",
        "applies_when: {telehealth: yes}",
    ],
)
def test_what_a_requirement_says_itself_wins_over_its_form(line: str, read: Read) -> None:
    filled = whole(read(f"{USE}  {line}\n")).by_key["trial/a"]
    [key] = yaml.safe_load(line)
    kept = "".join(one for one in WRITTEN_OUT.splitlines(True) if not one.startswith(f"  {key}:"))
    assert filled == whole(read(f"{kept}  {line}\n", None)).by_key["trial/a"]


def test_a_slot_need_not_be_filled_where_the_requirement_says_the_text_itself(read: Read) -> None:
    use = USE.replace(", who: patients", "") + "  ask: Is the list on the wall?\n"
    assert whole(read(use)).by_key["trial/a"].requirement.ask == "Is the list on the wall?"
    spare = USE + "  ask: Is the list on the wall?\n"
    assert whole(read(spare))


def test_braces_outside_a_form_stay_what_they_are(read: Read) -> None:
    use = USE + '  why: "The {what} tells them."\n'
    assert whole(read(use)).by_key["trial/a"].requirement.why == "The {what} tells them."
    written = WRITTEN_OUT + '  why: "The {what} tells them."\n'
    assert whole(read(written)).by_key["trial/a"].requirement.why == "The {what} tells them."


def test_a_form_serves_every_checklist_of_its_pack(read: Read) -> None:
    other = HEAD.replace("id: trial", "id: xx") + indent(USE.strip("\n"), " " * 6)
    library = whole(read(USE, **{"states/xx.yaml": other}))
    assert library.by_key["xx/a"].digest == library.by_key["trial/a"].digest


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("ask",), (10, 15)),
        (("look_at", 1), (10, 15)),
        (("yes_if",), (10, 15)),
        ((), (10, 15)),
        (("like",), (10, 15)),
        (("with", "who"), (11, 37)),
        (("reads",), (12, 16)),
        (("cite", 0), (15, 16)),
        (("id",), (9, 13)),
    ],
)
def test_what_comes_from_a_form_stands_at_like_and_the_rest_where_it_was_written(
    path: tuple[str | int, ...], place: tuple[int, int], read: Read
) -> None:
    document = document_of(read(USE))
    at = document.locate(("sections", 0, "requirements", 0, *path))
    assert (at.line, at.column) == place


def document_of(reading: Reading) -> Document:
    return next(
        one.document
        for pack in reading.packs
        for one in pack.checklists
        if one.checklist.id == "trial"
    )


@pytest.mark.parametrize(
    ("path", "origin"),
    [
        (("ask",), ("forms.yaml", 2, "posted/ask")),
        (("look_at", 1), ("forms.yaml", 6, "posted/look_at/1")),
        (("grade",), None),
        (("with", "who"), None),
        (("reads",), None),
    ],
)
def test_each_part_tells_where_it_was_written(
    path: tuple[str | int, ...], origin: tuple[str, int, str] | None, read: Read
) -> None:
    found = document_of(read(USE)).find_origin(("sections", 0, "requirements", 0, *path))
    assert (found and (found.file, found.position.line, found.anchor)) == origin


MISTAKES = ["gradee: minor", "depth: quickk", "retired: 1", "applies_when: {rutes: iv}"]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_elsewhere_in_the_file_leaves_the_forms_filled(mistake: str, read: Read) -> None:
    other = WRITTEN_OUT.replace("id: a", "id: b") + f"  {mistake}\n"
    reading = read(f"{USE.rstrip()}\n{other.lstrip()}")
    assert {one.position.line for one in reading.diagnostics} <= {*range(16, 40)}
    sound = whole(read(USE)).by_key["trial/a"]
    assert reading.library.by_key["trial/a"].requirement == sound.requirement


def test_a_form_that_is_wrong_in_one_field_still_says_the_others(read: Read) -> None:
    reading = read(USE, FORMS.replace("depth: quick", "depth: quik"))
    assert [one.file for one in reading.diagnostics] == ["forms.yaml"]
    requirement = reading.library.by_key["trial/a"].requirement
    assert (requirement.ask, requirement.depth) == (
        "Does the list hang where patients see it?",
        "core",
    )


FILES = {
    "- id: [": "forms.yaml:2:1: A value is missing here, or a bracket was opened before and never closed. Write the value, or close the bracket.",
    "a: b": "forms.yaml:1:1: A file of forms is a list. Begin each with “- id:”.",
    "": "forms.yaml:1:1: A file of forms is a list. Begin each with “- id:”.",
    "- posted": "forms.yaml:1:3: This must hold names with values. Write them as “name: value”.",
}


@pytest.mark.parametrize(("forms", "says"), FILES.items())
def test_what_is_like_a_form_is_not_blamed_for_a_file_that_cannot_be_read(
    forms: str, says: str, read: Read
) -> None:
    assert [say(one) for one in read(USE, forms).diagnostics] == [says]


def test_an_empty_file_of_forms_is_one(read: Read) -> None:
    assert whole(read(WRITTEN_OUT, "[]"))


def add(uses: str, forms: str | None, name: str = "north") -> PackFiles:
    pack = f"name: {name}\ntitle: Ours\nedition: 2026-11-23\npublisher: North\nlicence: MIT\n"
    files = {"pack.yaml": pack, "trial.yaml": HEAD + indent(uses.strip("\n"), " " * 6)}
    files |= {"forms.yaml": forms} if forms else {}
    return PackFiles("mine", {path: text.encode() for path, text in files.items()})


OURS = "- id: ours\n  ask: Is {what} ours?\n"
LIKE_OURS = "- {id: a, like: ours, with: {what: it}, force: law, grade: minor, cite: [some-rule]}"


def test_an_added_pack_may_use_its_own_forms_and_the_first_packs(small_pack: PackFiles) -> None:
    first = make_pack(small_pack, USE, FORMS, {})
    library = whole(read_packs([first, add(f"{USE}{LIKE_OURS.replace('id: a', 'id: b')}", OURS)]))
    assert library.by_key["north:trial/a"].digest == library.by_key["trial/a"].digest
    assert library.by_key["north:trial/b"].requirement.ask == "Is it ours?"


def test_a_third_pack_does_not_see_the_forms_of_the_second(small_pack: PackFiles) -> None:
    third = add(LIKE_OURS, None, "south")
    reading = read_packs([small_pack, add(LIKE_OURS, OURS), third])
    assert [one.message for one in reading.diagnostics] == ["There is no form “ours”."]


def test_the_first_pack_does_not_see_the_forms_of_an_added_one(small_pack: PackFiles) -> None:
    first = make_pack(small_pack, LIKE_OURS, FORMS, {})
    reading = read_packs([first, add(LIKE_OURS, OURS)])
    assert [say(one) for one in reading.diagnostics] == [
        "trial.yaml:9:23: There is no form “ours”. Forms are declared in forms.yaml."
    ]


def test_an_added_pack_declares_no_form_of_the_first_again(small_pack: PackFiles) -> None:
    first = make_pack(small_pack, USE, FORMS, {})
    reading = read_packs([first, add(USE, FORMS[: FORMS.index("- id: kept")])])
    assert [say(one) for one in reading.diagnostics] == [
        "mine/forms.yaml:1:7: The form “posted” stands in forms.yaml too. Give one of them another id."
    ]


TEXTS = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs", "Cc"]))
NAMES = st.from_regex(r"[a-z][a-z0-9]{0,4}(_[a-z0-9]{1,4}){0,2}", fullmatch=True)
DATA = st.recursive(
    TEXTS | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(data=DATA, slots=st.dictionaries(NAMES, TEXTS))
def test_what_has_no_slots_is_left_as_it_is(data: object, slots: dict[str, str]) -> None:
    assert fill(data, slots) == data


@given(
    parts=st.lists(TEXTS, min_size=1),
    names=st.data(),
    slots=st.dictionaries(NAMES, TEXTS, min_size=1),
)
def test_each_slot_gives_way_to_its_text_and_nothing_else_changes(
    parts: list[str], names: st.DataObject, slots: dict[str, str]
) -> None:
    chosen = [names.draw(st.sampled_from(sorted(slots))) for _ in parts]
    text = "".join(f"{part}{{{name}}}" for part, name in zip(parts, chosen, strict=True))
    assert list_slots(text) == chosen
    assert fill(text, slots) == "".join(
        part + slots[name] for part, name in zip(parts, chosen, strict=True)
    )


WORDS = st.from_regex(r"[A-Za-z][A-Za-z ,.'é-]{0,20}", fullmatch=True)


@given(what=WORDS, who=WORDS)
def test_the_digest_does_not_tell_how_a_text_was_made(what: str, who: str, read: Read) -> None:
    slots = f"with: {{what: {json.dumps(what)}, who: {json.dumps(who)}}}"
    filled = whole(read(USE.replace("with: {what: the list, who: patients}", slots)))
    requirement = {
        **yaml.safe_load(WRITTEN_OUT)[0],
        "ask": f"Does {what} hang where {who} see it?",
        "no_if": f"{what} lies in a drawer.",
        "look_at": ["the wall", f"the {what} itself"],
    }
    out = whole(read(f"- {json.dumps(requirement)}", None))
    assert filled.by_key["trial/a"] == out.by_key["trial/a"]


def test_forms_cannot_make_a_file_larger_than_a_file_may_be(read: Read) -> None:
    forms = "- {id: long, ask: Is it " + "{a} " * 50_000 + "so?}"
    forms = forms.replace("ask: ", 'ask: "').replace("so?", 'so?"')
    use = "- {id: a, like: long, with: {a: %s}, force: law, grade: minor, cite: [some-rule]}"
    uses = "\n".join([use % ("x" * 2_000)] * 3)
    [trouble, *rest] = read(uses, forms).diagnostics
    assert say(trouble) == (
        "trial.yaml:9:23: With its forms filled, this file is larger than 4 MiB. Split it."
    )
    assert [one.rule for one in rest] == ["duplicate-id"] * 2


def test_a_file_with_thousands_of_wrong_uses_is_refused_quickly(read: Read) -> None:
    began = time.process_time()
    diagnostics = read("- {id: a, like: nothing, cite: [some-rule]}\n" * 20_000).diagnostics
    assert len([one for one in diagnostics if one.rule == "unknown-form"]) <= MOST_ERRORS + 1
    assert "There are more errors like these." in [one.message for one in diagnostics]
    assert time.process_time() - began < 20


TOKENS = re.compile(r"\s+|[^\s:,\[\]{}]+|[:,\[\]{}]")
GIBBERISH = st.sampled_from(
    [
        ": ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "\n",
        "'",
        '"',
        "null",
        "like",
        "with",
        "reads",
        "{what}",
        "cite",
    ]
)


@settings(max_examples=100)
@given(data=st.data(), place=st.sampled_from(["forms", "uses"]))
def test_mutated_forms_and_uses_end_in_diagnostics_or_in_a_library(
    data: st.DataObject, place: str, read: Read
) -> None:
    texts = {"forms": FORMS, "uses": USE + KEPT.strip("\n").replace("id: a", "id: b")}
    tokens = TOKENS.findall(texts[place])
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(tokens) - 1))
        end = at + data.draw(st.integers(0, 1))
        tokens[at:end] = data.draw(st.lists(GIBBERISH | st.sampled_from(tokens), max_size=1))
    texts[place] = "".join(tokens)
    for one in read(texts["uses"], texts["forms"]).diagnostics:
        assert one.message
        assert one.rule in rules_by_name()
