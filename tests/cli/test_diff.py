"""Two files, folders or revisions compared: what is said, where it goes, and how it ends."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]
    Git = Callable[..., str]
    Commit = Callable[[dict[str, str]], None]

CHECKLISTS = Path(__file__).parents[2] / "checklists"
SMALL = Path(__file__).parents[1] / "checklist" / "small"
STORAGE = "federal/storage-security.yaml"
LOCKED = re.findall(r"ask: (.+)", (CHECKLISTS / STORAGE).read_text("utf-8"))[0]
EDITION = re.findall(r"\nedition: (.+)", (CHECKLISTS / STORAGE).read_text("utf-8"))[0]
COUNT = (CHECKLISTS / STORAGE).read_text("utf-8").count(" ask: ")
LATER = (f"edition: {EDITION}", "edition: 2099-12-01")


def edit(path: Path, *pairs: tuple[str, str]) -> Path:
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def packs(here: Path) -> Path:
    """Two copies of our pack; in the newer one a question is worded otherwise."""
    shutil.copytree(CHECKLISTS, here / "old")
    shutil.copytree(CHECKLISTS, here / "new")
    edit(here / "new" / STORAGE, (LOCKED, "Is this unit locked at this moment?"), LATER)
    return here


@pytest.fixture
def small(commit: Commit) -> Path:
    """A repository whose first commit, v1, is the small pack; main words a question otherwise."""
    files = {f"checklists/{p.relative_to(SMALL)}": p.read_text() for p in SMALL.rglob("*.yaml")}
    commit(files)
    return Path.cwd() / "checklists"


@pytest.fixture
def two(small: Path, git: Git, commit: Commit) -> Path:
    git("tag", "v1")
    edit(small / "desk.yaml", ("Who keeps the key?", "Who has the key?"))
    commit({})
    return small


def test_two_folders_are_compared(run: Run, packs: Path) -> None:
    del packs
    ran = run("diff", "old", "new")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("old → new\n")
    assert "Answers given before would not carry for 1 of " in ran.out
    assert f"ask: {LOCKED} → Is this unit locked at this moment?" in ran.out
    assert f"edition: {EDITION} → 2099-12-01" in ran.out


def test_a_pack_and_itself_have_no_difference(run: Run, packs: Path) -> None:
    del packs
    for names in (("old", "old"), ("old", str(CHECKLISTS)), (f"old/{STORAGE}", f"old/{STORAGE}")):
        ran = run("diff", *names, "--exit-code")
        assert (ran.code, ran.out.splitlines()[1]) == (0, "No difference. Every answer carries.")


NAMES = [
    ("v1", "main"),
    ("v1", "HEAD"),
    ("HEAD~1", "main:checklists"),
    ("v1", "checklists"),
    ("v1:checklists", "."),
    ("v1:checklists/desk.yaml", "main:checklists/desk.yaml"),
    ("v1", "checklists/desk.yaml"),
    ("v1", "./checklists/desk.yaml"),
]


@pytest.mark.parametrize("names", NAMES, ids=" ".join)
def test_revisions_folders_and_files_may_be_mixed(
    run: Run, two: Path, names: tuple[str, str]
) -> None:
    del two
    ran = run("diff", *names, "--format", "json")
    assert ran.code == 0, ran.err
    data = json.loads(ran.out)
    assert (data["old"], data["new"]) == (names[0], names[1].removeprefix("./"))
    assert [one["key"] for one in data["requirements"]] == ["desk/key-keeper"]


def test_what_was_not_committed_is_compared_from_any_folder(
    run: Run, two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(two / "rooms.yaml", ("Is this unit locked?", "Is this unit shut?"))
    monkeypatch.chdir(two)
    for new in (".", "rooms.yaml", "../checklists"):
        data = json.loads(run("diff", "main", new, "--format", "json").out)
        assert [one["key"] for one in data["requirements"]] == ["rooms/locked"]


def test_a_revision_beside_a_path_is_the_pack_around_that_path(
    run: Run, two: Path, git: Git, commit: Commit
) -> None:
    shutil.copytree(two, "client/pack")
    commit({})
    edit(Path("client/pack/rooms.yaml"), ("Is this unit locked?", "Is this unit shut?"))
    ran = run("diff", "main", "client/pack", "--format", "json")
    assert [one["key"] for one in json.loads(ran.out)["requirements"]] == ["rooms/locked"]


def test_a_pack_in_the_current_folder_is_not_taken_for_one_around_another_path(
    run: Run, packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(packs / "old")
    shutil.copy(packs / "new" / STORAGE, packs / "mine.yaml")
    for name in ("../mine.yaml", str(packs / "mine.yaml")):
        assert "1 changed" in run("diff", STORAGE, name).out


def test_a_checklist_that_moved_to_another_folder_is_the_same(
    run: Run, two: Path, git: Git
) -> None:
    (two / "papers").mkdir()
    git("mv", "checklists/desk.yaml", "checklists/papers/desk.yaml")
    for names in (("main", "checklists"), ("main", "checklists/papers/desk.yaml")):
        assert "No difference." in run("diff", *names).out


@pytest.mark.slow
def test_a_copy_of_a_checklist_may_have_any_name(run: Run, packs: Path) -> None:
    shutil.copy(packs / "old" / STORAGE, packs / "mailed in march.yaml")
    shutil.copy(packs / "new" / STORAGE, packs / "mine.yaml")
    expected = ["storage-security/locked-cabinet"]
    for names in (
        ("mailed in march.yaml", "mine.yaml"),
        ("mailed in march.yaml", "new"),
        ("old", "mine.yaml"),
        (f"old/{STORAGE}", "mine.yaml"),
    ):
        ran = run("diff", *names, "--format", "json")
        assert ran.code == 0, ran.err
        data = json.loads(ran.out)
        assert [one["key"] for one in data["requirements"]] == expected
        assert data["summary"]["requirements"]["old"] == COUNT
        assert data["facts"] == data["packs"] == data["sources"] == []


def test_a_pack_that_is_added_to_ours_is_compared_beside_it(run: Run, here: Path) -> None:
    for name, ask in (("old", "Is our unit locked?"), ("new", "Is our unit shut?")):
        folder = here / name
        folder.mkdir()
        pack = "name: doors\ntitle: Doors\nedition: 2026-11-01\npublisher: Us\nlicence: MIT\n"
        (folder / "pack.yaml").write_text(pack, "utf-8")
        text = (CHECKLISTS / STORAGE).read_text("utf-8").replace(LOCKED, ask)
        text = text.replace("id: storage-security", "id: our-storage", 1)
        (folder / "our-storage.yaml").write_text(text, "utf-8")
    data = json.loads(run("diff", "old", "new", "--format", "json").out)
    assert [one["key"] for one in data["requirements"]] == ["doors:our-storage/locked-cabinet"]
    assert data["summary"]["requirements"] == {"old": COUNT, "new": COUNT}


@pytest.mark.slow
def test_the_answers_of_an_audit_that_would_not_carry_are_named(
    run: Run, packs: Path, concluded: Path
) -> None:
    del packs
    for folder in ("clinic", "clinic/audits/2026-11-20"):
        ran = run("diff", "old", "new", "--audit", folder)
        assert ran.code == 0
        assert ran.out.endswith(
            "The audit of 2026-11-20: 1 answer would carry, 1 would not.\n"
            "  - changed   storage-security/locked-cabinet@cabinet-a\n"
        )
    assert run("diff", "old", "new", "--audit", concluded, "--exit-code").code == 1
    assert run("diff", "old", "old", "--audit", "clinic", "--exit-code").code == 0
    assert run("diff", "new", "new", "--audit", "clinic", "--exit-code").code == 1


def test_the_exit_code_tells_of_answers_only_when_asked(run: Run, packs: Path) -> None:
    assert run("diff", "old", "new").code == 0
    assert run("diff", "old", "new", "--exit-code").code == 1
    edit(packs / "new" / STORAGE, ("Is this unit locked at this moment?", LOCKED))
    edit(packs / "new" / STORAGE, ("depth: quick", "depth: core"))
    ran = run("diff", "old", "new", "--exit-code")
    assert ran.code == 0
    assert "depth: quick → core (unnormative)" in ran.out


def test_a_file_is_written_without_the_machines_folders(run: Run, packs: Path) -> None:
    names = (packs / "old", packs / "new")
    for form in ("text", "json", "markdown"):
        ran = run("diff", *names, "--format", form, "--output", f"out.{form}")
        assert (ran.code, ran.out) == (0, f"Written: out.{form}\n")
        written = Path(f"out.{form}").read_text("utf-8")
        assert str(packs) not in written
        assert written.count("locked-cabinet") >= 1
    again = run("diff", *names, "-o", "out.text")
    assert again.code == 0


@pytest.mark.parametrize("name", ["new", f"new/{STORAGE}"])
def test_a_checklist_or_a_folder_is_never_written_over(run: Run, packs: Path, name: str) -> None:
    before = (packs / "new" / STORAGE).read_bytes()
    ran = run("diff", "old", "new", "--output", name)
    assert ran.code == 2
    assert "name a" in ran.err
    assert (packs / "new" / STORAGE).read_bytes() == before


def test_an_old_edition_that_cannot_be_read_is_said_with_every_place(
    run: Run, two: Path, git: Git, commit: Commit
) -> None:
    edit(two / "desk.yaml", ("grade: critical", "grade: crtical"), ("ask: Who", "aks: Who"))
    commit({})
    git("tag", "broken")
    git("checkout", "--quiet", "v1")
    for names in (("broken", "v1"), ("v1", "broken"), ("broken", "checklists/rooms.yaml")):
        ran = run("diff", *names)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("“broken” cannot be read, so nothing was compared.\n")
        assert "broken:checklists/desk.yaml:14:16: “crtical” is not among" in ran.err
        assert "There is no key “aks” here. Did you mean “ask”?" in ran.err


def test_a_copy_that_cannot_be_read_is_said_by_its_own_name(run: Run, packs: Path) -> None:
    shutil.copy(packs / "old" / STORAGE, packs / "mine.yaml")
    edit(packs / "mine.yaml", ("grade: critical", "grade: crtical"))
    ran = run("diff", "mine.yaml", "new")
    assert ran.code == 2
    assert re.search(r"^mine\.yaml:\d+:\d+: “crtical”", ran.err, re.MULTILINE)


def test_of_hundreds_of_mistakes_the_first_are_enough(run: Run, packs: Path) -> None:
    text = (packs / "old" / STORAGE).read_text("utf-8")
    (packs / "old" / STORAGE).write_text(text.replace("grade: ", "grad: "), "utf-8")
    ran = run("diff", "old", "new")
    assert ran.code == 2
    assert len(re.findall(r"^old/", ran.err, re.MULTILINE)) == 20
    assert re.search(r"There are \d+ more\.$", ran.err)


# what is typed, how it ends, and a word of what is said
WRONG = {
    "a misspelt branch": (("v1", "mian"), 2, "Did you mean “main”?"),
    "an empty name": (("", "main"), 2, "A name is empty."),
    "the index": ((":desk.yaml", "main"), 2, "write it as main:checklists"),
    "a path that the revision lacks": (("v1", "main:desk"), 2, "has no file or folder “desk”"),
    "a folder of sources": (("v1", "main:checklists/sources"), 2, "name its folder"),
    "facts": (("v1", "checklists/facts.yaml"), 2, "name its folder"),
    "a folder without a pack": (("v1", ".."), 2, "lies in no pack"),
    "a folder of the revision without a pack": (("v1", "main:docs"), 2, "lies in no pack"),
    "a folder for an audit": (("v1", "main", "--audit", "."), 2, "There is no audit in “.”"),
    "no audit": (("v1", "main", "--audit", "gone"), 2, "There is no audit in “gone”"),
    "another format": (("v1", "main", "--format", "html"), 2, "is not one of"),
    "one name": (("v1",), 2, "Missing argument 'NEW'"),
    "an option": (("--", "-p", "main"), 2, "“-p” is no file or folder here"),
}


@pytest.mark.parametrize(("given", "code", "word"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_compared_is_said_in_a_sentence(
    run: Run, two: Path, commit: Commit, given: tuple[str, ...], code: int, word: str
) -> None:
    del two
    commit({"docs/a.md": "x"})
    ran = run("diff", *given)
    assert (ran.code, ran.out) == (code, "")
    assert word in ran.err
    assert "Traceback" not in ran.err


def test_without_git_a_revision_is_the_surroundings_fault(
    run: Run, two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del two
    monkeypatch.setenv("PATH", "")
    ran = run("diff", "v1", "main")
    assert ran.code == 3
    assert "Install git" in ran.err
    assert run("diff", "checklists", "checklists").code == 0


HOSTILE = {
    "bytes": bytes(range(256)),
    "zeros": b"\0" * 1000,
    "too large": b"a" * (4 * 1024 * 1024 + 1),
    "deep": b"[" * 100_000,
    "anchors": b"a: &a [*a]\n",
    "a number": b"7\n",
    "nothing": b"",
    "an id of another shape": b"id: [a]\n",
    "a path for an id": b"id: ../../pack\n",
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.slow
def test_a_hostile_file_is_refused_in_a_sentence(run: Run, packs: Path, raw: bytes) -> None:
    (packs / "bad.yaml").write_bytes(raw)
    for names in (("bad.yaml", "new"), ("old", "bad.yaml"), ("bad.yaml", "bad.yaml")):
        ran = run("diff", *names)
        assert ran.code == 2
        assert "bad.yaml" in ran.err
        assert "Traceback" not in ran.err
        assert len(ran.err) < 20_000


def test_a_pipe_in_a_files_place_does_not_hang(run: Run, packs: Path, make_pipe: Any) -> None:  # noqa: ANN401 - a fixture
    make_pipe(packs / "pipe")
    ran = run("diff", "pipe", "new")
    assert (ran.code, ran.err) == (2, "“pipe” is not a file.\n")


def test_thousands_of_requirements_are_compared_quickly(run: Run, packs: Path) -> None:
    text = (packs / "old" / STORAGE).read_text("utf-8")
    start = text.index("      - id: locked-cabinet")
    one = text[start : text.index("      - id: solid-cabinet")]
    many = "".join(one.replace("locked-cabinet", f"locked-{n}") for n in range(2_000))
    for name, ask in (("old", LOCKED), ("new", "Is it shut?")):
        whole = text[:start] + many.replace(LOCKED, ask) + text[start:]
        (packs / name / STORAGE).write_text(whole, "utf-8")
    ran = run("diff", "old", "new", "--format", "markdown")
    assert ran.code == 0
    assert "would not carry for 2000 of" in ran.out
    assert len(ran.out) < 65_536


@pytest.fixture
def make_pipe() -> Callable[[Path], None]:
    """Make a pipe, where the system has them."""
    import os  # noqa: PLC0415 - only here

    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    return os.mkfifo
