"""Stopping, coming back, two at once, and a profile that was edited in between."""

from __future__ import annotations

import getpass
import json
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from compliance.terminal.prompts import Screen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

WHO = ("--auditor", "Dana Reyes", "--role", "Manager")
GIVEN = ("--profile", "profile.yaml", "--answers", "answers.yaml", *WHO)
DAY = "2026-11-20"


def test_the_end_of_input_before_a_name_begins_nothing(run: Run, here: Path) -> None:
    ran = run("audit", "clinic", typed="Dana Reyes\n")
    assert ran.code == 0
    assert "Nothing was begun." in ran.out
    assert not (here / "clinic").exists()


def test_stop_and_the_end_of_input_both_save_and_say_how_to_go_on(run: Run, begun: Path) -> None:
    del begun
    for typed in ("stop\n", ""):
        ran = run("audit", "clinic", typed=typed)
        assert ran.code == 0
        assert ran.out.rstrip().endswith("Go on with: compliance audit clinic")


def test_a_sitting_that_goes_on_says_so(run: Run, begun: Path) -> None:
    del begun
    ran = run("audit", "clinic")
    assert "new audit" not in ran.out
    assert "0 of " in ran.out


@pytest.mark.parametrize("at", [1, 3])
def test_ctrl_c_ends_with_130_and_says_how_to_go_on(
    run: Run, begun: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    del begun
    asked = iter(range(1, at))

    def interrupted(*_: object) -> str:
        if next(asked, None) is None:
            raise KeyboardInterrupt
        return "skip"

    monkeypatch.setattr(Screen, "ask", interrupted)
    ran = run("audit", "clinic")
    assert ran.code == 130
    assert "Everything that was acknowledged is saved." in ran.out
    assert "Go on with: compliance audit clinic" in ran.out
    assert "Traceback" not in ran.said


def _edit_profile(clinic: Path) -> Path:
    profile = clinic / "clinic.yaml"
    text = profile.read_text("utf-8")
    assert "412 Main Street" in text
    profile.write_text(text.replace("412 Main Street", "9 Side Street"), "utf-8")
    return profile


def test_an_edited_profile_is_refused_with_an_answers_file_and_stays_as_edited(
    run: Run, begun: Path, journal: Path
) -> None:
    edited = _edit_profile(begun).read_bytes()
    before = journal.read_bytes()
    ran = run("audit", "clinic", "--answers", "answers.yaml")
    assert ran.code == 2
    assert "disagree" in ran.err
    assert "9 Side Street" in ran.err
    assert "Settle it in a walk: compliance audit clinic" in ran.err
    assert (begun / "clinic.yaml").read_bytes() == edited
    assert journal.read_bytes() == before


@pytest.mark.parametrize(("choice", "holds"), [("1", "9 Side Street"), ("2", "412 Main Street")])
def test_an_edited_profile_is_settled_by_the_person(
    run: Run, begun: Path, journal: Path, choice: str, holds: str
) -> None:
    profile = _edit_profile(begun)
    ran = run("audit", "clinic", typed=f"{choice}\nstop\n")
    assert ran.code == 0
    assert "clinic.yaml was changed since this audit was last open:" in ran.out
    assert holds in profile.read_text("utf-8")
    assert ("9 Side Street" in journal.read_text("utf-8")) is (choice == "1")
    assert "was changed" not in run("audit", "clinic", typed="stop\n").out


def test_an_edited_profile_that_nobody_settled_stays_as_edited(
    run: Run, begun: Path, journal: Path
) -> None:
    edited = _edit_profile(begun).read_bytes()
    before = journal.read_bytes()
    ran = run("audit", "clinic", typed="")
    assert ran.code == 0
    assert "Go on with: compliance audit clinic" in ran.out
    assert (begun / "clinic.yaml").read_bytes() == edited
    assert journal.read_bytes() == before


def test_two_at_once_are_kept_apart(run: Run, journal: Path) -> None:
    hold = (
        "import filelock, sys; lock = filelock.FileLock(sys.argv[1]); lock.acquire(); "
        "print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", hold, str(journal.parent / ".lock")]
    before = journal.read_bytes()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        for arguments in (("audit", "clinic"), ("withdraw", "clinic", "1", "--why", "x")):
            ran = run(*arguments)
            assert ran.code == 2
            assert "Somebody else has the audit in" in ran.err
            assert "Close it there, then try again." in ran.err
        assert run("status", "clinic").code == 0
        other.stdin.close()
    assert journal.read_bytes() == before
    assert run("audit", "clinic").code == 0


@pytest.mark.usefixtures("quick_pdf")
def test_after_a_concluded_audit_the_next_begins_with_a_number(run: Run, files: Path) -> None:
    for _ in range(3):
        assert run("audit", "clinic", "--as-of", DAY, *GIVEN).code == 0
    audits = files / "clinic" / "audits"
    assert sorted(one.name for one in audits.iterdir()) == [DAY, f"{DAY}-2", f"{DAY}-3"]
    ran = run("audit", "clinic", "--audit", DAY)
    assert ran.code == 2
    assert "was concluded on" in ran.err


@pytest.mark.usefixtures("quick_pdf")
def test_answers_that_stand_already_are_not_recorded_again(
    run: Run, files: Path, journal: Path
) -> None:
    (files / "partial.yaml").write_text(
        "storage-security/locked-cabinet@cabinet-a: {answer: yes, basis: seen}\n", "utf-8"
    )
    typed = run("answers", "clinic").out
    assert "locked-cabinet@cabinet-a" in typed
    assert run("audit", "clinic", "--answers", "partial.yaml").code == 0
    events = [json.loads(line)["event"] for line in journal.read_bytes().splitlines()]
    assert (events.count("answer"), events[-1]) == (1, "concluded")


@pytest.mark.usefixtures("quick_pdf")
def test_an_answers_file_that_was_written_out_and_filled_is_taken(
    run: Run, files: Path, journal: Path
) -> None:
    assert run("answers", "clinic", "-o", "open.yaml").code == 0
    again = run("answers", "clinic", "-o", "open.yaml")
    assert again.code == 2
    assert "“open.yaml” exists already and is not overwritten." in again.err
    path = files / "open.yaml"
    key = "storage-security/locked-cabinet@cabinet-a:"
    lines = path.read_text("utf-8").splitlines()
    assert all(line.startswith("#") or not line for line in lines)
    filled = [f"{key} yes" if key in line else line for line in lines]
    path.write_text("\n".join(filled) + "\n", "utf-8")
    ran = run("audit", "clinic", "--answers", "open.yaml")
    assert ran.code == 0, ran.said
    assert "1 answers read" in ran.out or "1 answer read" in ran.out
    answered = [json.loads(line) for line in journal.read_bytes().splitlines()]
    assert [one["data"]["key"] for one in answered if one["event"] == "answer"] == [key[:-1]]


def test_nothing_of_the_machine_stands_in_what_is_written(run: Run, begun: Path) -> None:
    run("audit", "clinic", typed="stop\n")
    for path in begun.rglob("*"):
        if path.is_file() and path.suffix in {".jsonl", ".yaml"} and "checklists" not in path.parts:
            text = path.read_text("utf-8")
            assert str(begun.parent) not in text
            assert f'"{getpass.getuser()}"' not in text
            assert socket.gethostname() not in text


def test_a_text_is_withdrawn_for_good_and_the_chain_holds(run: Run, journal: Path) -> None:
    listed = run("withdraw", "clinic")
    assert listed.code == 0
    assert "Dana Reyes" in listed.out
    ran = run("withdraw", "clinic", "1", "--why", "Wrong name", "--auditor", "Ann Lee")
    assert ran.code == 0
    assert "blanked for good" in ran.out
    assert "Dana Reyes" not in json.loads(journal.read_bytes().splitlines()[0])["text"].values()
    assert '"says":"Dana Reyes"' not in journal.read_text("utf-8")
    assert run("status", "clinic").code == 0
    assert "holds no text" in run("withdraw", "clinic", "1", "--why", "Again").err
