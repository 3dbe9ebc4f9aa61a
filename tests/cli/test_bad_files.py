"""Files that cannot be what was meant: one sentence with the place, exit code 2, nothing left behind."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

WHO = ("--auditor", "Dana Reyes", "--role", "Manager")

# what stands in the file, where the trouble is said to be, and a word of the sentence
BROKEN = {
    "not UTF-8": (b"\xff\xfe\x00bad", ":1:1:", "UTF-8"),
    "cut-off list": (b"a: [yes\n", ":1:4:", "bracket"),
    "tag": (b"a: !!python/object:os.system yes\n", ":1:4:", "Tags"),
    "anchor": (b"a: &x yes\nb: *x\n", ":1:4:", "Anchors"),
    "duplicate key": (b"a: yes\na: no\n", ":2:1:", "twice"),
    "list at the top": (b"- a\n", ":1:1:", ""),
    "zero byte": (b"a: \x00\n", ":1:4:", ""),
}


@pytest.mark.parametrize(("raw", "place", "word"), BROKEN.values(), ids=BROKEN)
@pytest.mark.slow
def test_a_broken_answers_file_is_refused_with_its_place(
    run: Run, files: Path, raw: bytes, place: str, word: str
) -> None:
    (files / "bad.yaml").write_bytes(raw)
    ran = run("audit", "clinic", "--profile", "profile.yaml", "--answers", "bad.yaml", *WHO)
    assert ran.code == 2
    assert f"bad.yaml{place}" in ran.err
    assert word in ran.err
    assert "Nothing of bad.yaml was recorded." in ran.err
    assert "Traceback" not in ran.said
    assert not list(files.glob("clinic/audits/*"))


@pytest.mark.parametrize(("raw", "place", "word"), BROKEN.values(), ids=BROKEN)
def test_a_broken_profile_is_refused_with_its_place(
    run: Run, files: Path, raw: bytes, place: str, word: str
) -> None:
    (files / "bad.yaml").write_bytes(raw)
    ran = run("audit", "clinic", "--profile", "bad.yaml", *WHO)
    assert ran.code == 2
    assert f"bad.yaml{place}" in ran.err
    assert word in ran.err
    assert not (files / "clinic").exists()


@pytest.mark.parametrize(("raw", "place", "word"), BROKEN.values(), ids=BROKEN)
def test_lint_says_file_line_and_column_and_ends_with_1(
    run: Run, here: Path, raw: bytes, place: str, word: str
) -> None:
    (here / "bad.yaml").write_bytes(raw)
    ran = run("lint", "bad.yaml")
    assert ran.code == 1
    assert f"bad.yaml{place}" in ran.out
    assert word in ran.out


# what stands in the profile, what is put there, where the trouble is said to be, and a word
PROFILES = {
    "a number for a yes": ("buys_stock: yes", "buys_stock: 7", "3:87:", "7"),
    "an unknown fact": ("buys_stock: yes", "bys_stock: yes", "3:75:", "buys_stock"),
    "an unknown choice": ("routes: [im]", "routes: [im, tea]", "7:", "tea"),
    "an unknown state": ("state: CO", "state: XX", "", "XX"),
    "a site that is not there": (
        "works_at: [main-street]",
        "works_at: [elsewhere]",
        "",
        "elsewhere",
    ),
    "an unknown time zone": ("America/Denver", "Mars/Olympus", "", "Mars/Olympus"),
}


@pytest.mark.parametrize("case", PROFILES.values(), ids=PROFILES)
@pytest.mark.slow
def test_a_profile_with_a_wrong_fact_is_refused(
    run: Run, files: Path, case: tuple[str, str, str, str]
) -> None:
    old, new, place, word = case
    path = files / "profile.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new, 1), "utf-8")
    ran = run("audit", "clinic", "--profile", "profile.yaml", *WHO)
    assert ran.code == 2
    assert word in ran.err
    assert f"profile.yaml:{place}" in ran.err
    assert not (files / "clinic").exists()


def test_every_entry_that_names_no_question_is_said_and_nothing_is_recorded(
    run: Run, files: Path, journal: Path
) -> None:
    before = journal.read_bytes()
    (files / "bad.yaml").write_text(
        "storage-security/locked-cabinet@cabinet-a: yes\n"
        "storage-security/locked-cabinets@cabinet-a: yes\n"
        "nowhere/nothing: yes\n"
        "dea-registration/state-authority@nobody: yes\n"
        "dea-registration/state-authority@ann-lee: {answer: maybe}\n",
        "utf-8",
    )
    ran = run("audit", "clinic", "--answers", "bad.yaml")
    assert ran.code == 2
    assert [f"bad.yaml:{line}:" in ran.err for line in range(1, 6)] == [False, *[True] * 4]
    assert "Did you mean “storage-security/locked-cabinet" in ran.err
    assert journal.read_bytes() == before


EVIDENCE = {"folder": "is a folder", "vanished.pdf": "There is no file", "empty.pdf": "is empty"}


@pytest.mark.parametrize(("name", "sentence"), EVIDENCE.items())
def test_evidence_that_is_no_file_is_refused_with_its_place(
    run: Run, files: Path, journal: Path, name: str, sentence: str
) -> None:
    before = journal.read_bytes()
    (files / "folder").mkdir()
    (files / "empty.pdf").touch()
    key = "storage-security/locked-cabinet@cabinet-a"
    (files / "bad.yaml").write_text(f"{key}: {{answer: yes, evidence: [{name}]}}\n", "utf-8")
    ran = run("audit", "clinic", "--answers", "bad.yaml")
    assert ran.code == 2
    assert "bad.yaml:1:" in ran.err
    assert sentence in ran.err
    assert journal.read_bytes() == before
    assert not list(journal.parent.glob("evidence/*"))


MISSING = [
    ("audit", "clinic", "--profile", "nope.yaml", *WHO),
    ("audit", "clinic", "--profile", "profile.yaml", "--answers", "nope.yaml", *WHO),
    ("verify", "nope.pdf"),
    ("sign", "nope.pdf", "--sign-as", "Dana Reyes"),
    ("lint", "nope.yaml"),
    ("try", "nope.yaml"),
]


@pytest.mark.parametrize("command", MISSING, ids=" ".join)
def test_a_file_that_is_not_there_is_named(run: Run, files: Path, command: tuple[str, ...]) -> None:
    ran = run(*command)
    assert ran.code == 2
    assert ran.err.startswith("There is no file “nope.")
    assert ran.out == ""
    assert not list(files.glob("clinic/audits/*"))


FOLDERS = [
    ("audit", "clinic", "--profile", "folder", *WHO),
    ("audit", "clinic", "--profile", "profile.yaml", "--answers", "folder", *WHO),
    ("verify", "folder"),
    ("sign", "folder", "--sign-as", "Dana Reyes"),
]


@pytest.mark.parametrize("command", FOLDERS, ids=" ".join)
def test_a_folder_in_a_files_place_is_refused(
    run: Run, files: Path, command: tuple[str, ...]
) -> None:
    (files / "folder").mkdir()
    ran = run(*command)
    assert (ran.code, ran.err) == (2, "“folder” is a folder, not a file.\n")


def test_a_file_in_the_clinics_place_is_refused(run: Run, files: Path) -> None:
    (files / "clinic").write_text("", "utf-8")
    for asked in (WHO, ()):
        ran = run("audit", "clinic", *asked)
        assert (ran.code, ran.said) == (2, "“clinic” is a file; name the clinic's folder.\n")


def test_a_file_that_may_not_be_read_is_named(run: Run, files: Path, not_root: None) -> None:
    del not_root
    (files / "profile.yaml").chmod(0)
    ran = run("audit", "clinic", "--profile", "profile.yaml", *WHO)
    assert ran.code == 2
    assert "“profile.yaml” cannot be read: Permission denied." in ran.err


def test_a_pipe_in_a_files_place_does_not_hang(run: Run, files: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(files / "pipe")
    ran = run("audit", "clinic", "--profile", "pipe", *WHO)
    assert (ran.code, ran.err) == (2, "“pipe” is not a file.\n")
