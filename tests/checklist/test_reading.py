import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.checklist.library import Library, read_library
from compliance.checklist.pack_files import PackFiles, gather, read_bounded
from compliance.checklist.reading import MOST_ERRORS
from compliance.errors import InputError
from compliance.text.diagnostic import Diagnostic

JARGON = re.compile(
    r"\b(input|valid|dict|dictionary|tuple|string|str|int|None|mapping|sequence|null)\b"
)
HERE = Path(__file__).parent
FORMS = yaml.safe_load((HERE / "wrong_requirements.yaml").read_text())
FILES = yaml.safe_load((HERE / "wrong_files.yaml").read_text())
FindTroubles = Callable[..., list[Diagnostic]]
ReadSmall = Callable[..., tuple[Library | None, list[Diagnostic]]]


def say(trouble: Diagnostic) -> str:
    place = f"{trouble.file}:{trouble.position.line}:{trouble.position.column}"
    return f"{place}: {trouble.message} {trouble.hint}".strip()


def test_every_mistake_of_a_file_is_told_at_once_with_place_and_remedy(
    read_small: ReadSmall, trial_files: Callable[..., dict[str, str | None]]
) -> None:
    mistakes = (HERE / "mistakes" / "trial.yaml").read_text()
    library, diagnostics = read_small({**trial_files("id: a"), "trial.yaml": mistakes})
    said = "".join(f"{one.render()}\n" for one in diagnostics)
    assert library is None
    assert said == (HERE / "mistakes" / "said.txt").read_text()


@pytest.mark.parametrize("case", FORMS, ids=lambda case: case["write"].replace("\n", " "))
def test_a_requirement_written_wrongly_is_told_where_and_why(
    case: dict[str, str], find_troubles: FindTroubles
) -> None:
    [trouble] = find_troubles(f"id: a\n{case['write']}\n\nid: b")
    line, caret = trouble.excerpt.split("\n")
    assert f"{trouble.message} {trouble.hint}".strip() == case["says"]
    assert line[caret.index("^") :].startswith(case["at"])


@pytest.mark.parametrize("case", FILES, ids=lambda case: f"{case['file']}: {case['by'][:50]}")
def test_a_file_written_wrongly_is_told_where_and_why(
    case: dict[str, str], read_small: ReadSmall, small_pack: PackFiles
) -> None:
    text = small_pack.files[case["file"]].decode()
    assert case["replace"] in text
    library, diagnostics = read_small({case["file"]: text.replace(case["replace"], case["by"], 1)})
    assert library is None
    assert [say(one) for one in diagnostics] == case["says"]


@pytest.mark.parametrize(
    ("says", "file"),
    [(case["says"], "wrong_requirements.yaml") for case in FORMS]
    + [(says.split(": ", 1)[1], "wrong_files.yaml") for case in FILES for says in case["says"]],
)
def test_every_sentence_is_one_and_none_speaks_the_programs_language(says: str, file: str) -> None:
    assert re.match(r"[“A-Z0-9]", says)
    assert says.endswith((".", "?", "…"))
    assert not JARGON.search(says)


WHOLE_FILES = [
    ({"facts.yaml": None}, ["facts.yaml:1:1: The pack has no facts.yaml. Add it."]),
    ({"pack.yaml": None}, ["pack.yaml:1:1: The pack has no pack.yaml. Add it."]),
    (
        {"desk.yaml": "- a\n"},
        ["desk.yaml:1:1: This file must hold names with values. Write them as “name: value”."],
    ),
    (
        {"desk.yaml": ""},
        ["desk.yaml:1:1: This file must hold names with values. Write them as “name: value”."],
    ),
    (
        {"desk.yaml": b"id: d\xff"},
        ["desk.yaml:1:6: Byte 0xFF is not UTF-8. Save the file as UTF-8 in your editor."],
    ),
    (
        {"sources/all.yaml": "a: b\n"},
        ["sources/all.yaml:1:1: A file of sources is a list. Begin each with “- id:”."],
    ),
]


@pytest.mark.parametrize(("files", "said"), WHOLE_FILES, ids=[str(one[0]) for one in WHOLE_FILES])
def test_a_file_that_is_missing_or_of_another_kind_is_told_once(
    files: dict[str, str | bytes | None], said: list[str], read_small: ReadSmall
) -> None:
    library, diagnostics = read_small(files)
    assert library is None
    assert [say(one) for one in diagnostics] == said


def test_what_refers_to_a_broken_file_is_not_blamed_for_it(read_small: ReadSmall) -> None:
    library, diagnostics = read_small({"desk.yaml": "a: [\n", "facts.yaml": "b: [\n"})
    assert library is None
    assert {one.file for one in diagnostics} == {"desk.yaml", "facts.yaml"}


def test_a_broken_source_is_told_where_it_stands_and_not_where_it_is_cited(
    read_small: ReadSmall, small_pack: PackFiles
) -> None:
    text = small_pack.files["sources/all.yaml"].decode().replace("says: Cabinets", "sais: Cabinets")
    _, diagnostics = read_small({"sources/all.yaml": text})
    assert {one.file for one in diagnostics} == {"sources/all.yaml"}


def test_a_count_in_a_pack_without_groups_is_told(read_small: ReadSmall) -> None:
    _, diagnostics = read_small({"facts.yaml": "clinic: []\n"})
    told = [say(one) for one in diagnostics if "“staff”" in one.message]
    assert told[-1].endswith("There is no group “staff”. Groups are declared in facts.yaml.")


def test_an_id_stands_in_one_folder_only(read_small: ReadSmall, small_pack: PackFiles) -> None:
    _, [trouble] = read_small({"more/desk.yaml": small_pack.files["desk.yaml"]})
    assert say(trouble).startswith("more/desk.yaml:1:5: The checklist “desk” stands in desk.yaml")


def test_law_may_rest_on_a_label_that_says_whom_it_binds(
    find_troubles: FindTroubles, read_trial: Callable[..., Library]
) -> None:
    assert read_trial("id: a\nforce: law\ncite: [some-label]")
    assert read_trial("id: a\nforce: law\ncite: [some-paper, some-statute]")
    [trouble] = find_troubles("id: a\nforce: law\ncite: [loose-label, some-paper]")
    assert "must cite a statute or a regulation" in trouble.message


def test_an_unread_source_may_stand_beside_one_that_was_read(
    read_trial: Callable[..., Library],
) -> None:
    assert read_trial("id: a\nforce: law\ngrade: critical\ncite: [unread-rule, some-rule]")


def test_what_is_left_out_has_its_default(read_trial: Callable[..., Library]) -> None:
    requirement = read_trial("id: a").entries[0].requirement
    assert (requirement.depth, requirement.evidence, requirement.minutes) == ("core", "none", 1)
    assert (requirement.answer.type, requirement.for_each) == ("yes_no", None)


@pytest.mark.parametrize(
    ("order", "walked"),
    [
        ("desk, rooms", ["desk", "rooms", "trial"]),
        ("trial, desk", ["trial", "desk", "rooms"]),
        ("", ["trial", "desk", "rooms"]),
    ],
)
def test_checklists_are_walked_in_the_packs_order_and_the_rest_by_path(
    order: str,
    walked: list[str],
    read_small: ReadSmall,
    small_pack: PackFiles,
    trial_files: Callable[..., dict[str, str | None]],
) -> None:
    pack = small_pack.files["pack.yaml"].decode().replace("desk, rooms", order)
    trial = trial_files("id: a")["trial.yaml"]
    library, _ = read_small({"a/trial.yaml": trial, "pack.yaml": pack})
    assert library
    assert list(library.checklists) == walked


def test_no_more_than_two_hundred_errors_of_form_are_told_of_one_file(
    read_small: ReadSmall, small_pack: PackFiles
) -> None:
    text = small_pack.files["desk.yaml"].decode() + "".join(f"k{i}: 1\n" for i in range(999))
    _, diagnostics = read_small({"desk.yaml": text})
    assert len(diagnostics) == MOST_ERRORS + 1
    assert "There are 799 more errors in this file." in [one.message for one in diagnostics]


HEAVY = [
    "applies_when:\n" + "".join(f"  fact_{i}: x\n" for i in range(50_000)),
    "applies_when:\n  answers:\n" + "".join(f"    desk/fact-{i}: no\n" for i in range(50_000)),
    "retired:\n" + "  - 1\n" * 50_000,
    "about: x\n" * 50_000,
]


@pytest.mark.parametrize("heavy", HEAVY, ids=["facts", "answers", "entries", "keys"])
def test_a_file_with_tens_of_thousands_of_mistakes_is_refused_quickly(
    heavy: str, read_small: ReadSmall, small_pack: PackFiles
) -> None:
    began = time.process_time()
    library, diagnostics = read_small({"desk.yaml": small_pack.files["desk.yaml"].decode() + heavy})
    assert library is None
    assert len(diagnostics) <= 2 * MOST_ERRORS
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
        "\t",
        "&a",
        "*a",
        "!x",
        "'",
        '"',
        "true",
        "null",
        "1e999",
        "unknown",
        "this.",
        "answers",
        "count",
        "any_of",
        "yes",
        "📎",
        "#",
        "|",
        "<<",
        "~",
    ]
)


def check_outcome(library: Library | None, diagnostics: list[Diagnostic]) -> None:
    assert (library is None) == bool(diagnostics)
    for trouble in diagnostics:
        assert trouble.message
        assert trouble.position.line >= 1
        assert trouble.position.column >= 1


def mutate(text: str, data: st.DataObject) -> str:
    """Delete, insert or replace a few tokens."""
    tokens = TOKENS.findall(text)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(tokens) - 1))
        end = at + data.draw(st.integers(0, 1))
        tokens[at:end] = data.draw(st.lists(GIBBERISH | st.sampled_from(tokens), max_size=1))
    return "".join(tokens)


@pytest.mark.parametrize("name", ["desk.yaml", "rooms.yaml", "facts.yaml", "sources/all.yaml"])
@settings(max_examples=60)
@given(data=st.data())
def test_a_mutated_file_ends_in_diagnostics_or_in_a_library(
    name: str, data: st.DataObject, read_small: ReadSmall, small_pack: PackFiles
) -> None:
    text = mutate(small_pack.files[name].decode(), data)
    check_outcome(*read_small({name: text}))


@pytest.mark.slow
@settings(max_examples=150)
@given(data=st.data())
def test_a_mutated_real_file_ends_in_diagnostics_or_in_a_library(
    data: st.DataObject, real_pack: PackFiles
) -> None:
    name = data.draw(st.sampled_from(sorted(real_pack.files)))
    text = mutate(real_pack.files[name].decode(), data)
    files = {**real_pack.files, name: text.encode()}
    check_outcome(*read_library([PackFiles("", files)]))


def test_the_shipped_checklists_read_without_a_word(real: Library) -> None:
    assert len(real.entries) > 50


GATHERED = [
    (None, "There is no folder"),
    ({}, "holds no .yaml file"),
    ({"a.yml": b""}, "name it a.yaml"),
    ({"a.yaml": b"x" * (4 * 1024 * 1024 + 1)}, "is larger than 4 MiB"),
]


@pytest.mark.parametrize(("files", "said"), GATHERED, ids=[one[1] for one in GATHERED])
def test_a_folder_that_is_no_pack_is_refused_in_a_sentence(
    files: dict[str, bytes] | None, said: str, tmp_path: Path
) -> None:
    folder = tmp_path / "pack"
    if files is not None:
        folder.mkdir()
    for name, raw in (files or {}).items():
        (folder / name).write_bytes(raw)
    with pytest.raises(InputError, match=re.escape(said)):
        gather(folder)


def test_scenarios_and_what_is_hidden_are_left_out(tmp_path: Path) -> None:
    for name in ("a.yaml", "b/c.yaml", "a.test.yaml", ".github/x.yaml", ".hidden.yaml", "d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x: 1\n")
    assert list(gather(tmp_path).files) == ["a.yaml", "b/c.yaml"]


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    import os  # noqa: PLC0415 - only here

    os.mkfifo(tmp_path / "pipe")
    for name, said in (("pipe", "is not a file"), ("", "is a folder"), ("gone", "There is no")):
        with pytest.raises(InputError, match=said):
            read_bounded(tmp_path / name)
