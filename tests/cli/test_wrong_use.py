"""Flags and names that do not fit: one sentence, exit code 2, and the audit stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

WHO = ("--auditor", "Dana Reyes", "--role", "Manager")

DAYS = {
    "2999-01-01": "lies in the future",
    "tomorrow": "“tomorrow” is not a date; write it as 2026-11-23.",
    "0001-01-01": "give a year from 2000 on",
    "2026-02-30": "is not a date",
    "23.11.2026": "is not a date",
}


@pytest.mark.parametrize(("day", "sentence"), DAYS.items())
def test_an_absurd_day_begins_nothing(run: Run, files: Path, day: str, sentence: str) -> None:
    ran = run("audit", "clinic", "--profile", "profile.yaml", "--as-of", day, *WHO)
    assert ran.code == 2
    assert sentence in ran.err
    assert not (files / "clinic").exists()


CONFLICTS = {
    "--as-of": "2026-11-21",
    "--depth": "deep",
    "--order": "building",
    "--only": "storage-security",
    "--privilege": "Counsel asked on 2026-11-01",
    "--role": "Owner",
}


@pytest.mark.parametrize(("flag", "value"), CONFLICTS.items())
@pytest.mark.slow
def test_a_flag_against_the_audit_under_way_is_refused(
    run: Run, journal: Path, flag: str, value: str
) -> None:
    before = journal.read_bytes()
    ran = run("audit", "clinic", flag, value)
    assert ran.code == 2
    assert f"{flag} {value} conflicts with the audit that is under way" in ran.err
    assert "Leave it out to resume that one." in ran.err
    assert journal.read_bytes() == before


def test_the_flags_an_audit_was_begun_with_may_be_said_again(run: Run, begun: Path) -> None:
    again = ("--as-of", "2026-11-20", "--depth", "core", "--order", "law")
    ran = run("audit", "clinic", "--profile", "profile.yaml", *again, *WHO)
    assert ran.code == 0
    assert "begun 20" in ran.out
    assert [one.name for one in (begun / "audits").iterdir()] == ["2026-11-20"]


def test_an_unknown_checklist_begins_nothing(run: Run, files: Path) -> None:
    ran = run("audit", "clinic", "--profile", "profile.yaml", "--only", "storage-securty", *WHO)
    assert ran.code == 2
    assert "--only storage-securty: there is no such checklist." in ran.err
    assert "Did you mean “storage-security”?" in ran.err
    assert not (files / "clinic").exists()


def test_an_audit_of_another_day_that_is_not_there_is_said(run: Run, begun: Path) -> None:
    del begun
    for command in ("audit", "status", "report", "answers", "withdraw"):
        ran = run(command, "clinic", "--audit", "2020-01-01")
        assert ran.code == 2
        assert ran.err.startswith("There is no audit of 2020-01-01 in “clinic”.")


def test_a_folder_without_an_audit_is_said(run: Run) -> None:
    for command in ("status", "report", "answers", "withdraw"):
        ran = run(command, "nowhere")
        assert ran.code == 2
        assert "Begin one: compliance audit nowhere" in ran.err


@pytest.mark.parametrize("given", [(), ("--auditor", "Dana Reyes"), ("--role", "Manager")])
def test_an_answers_file_needs_to_know_who_audits(
    run: Run, files: Path, given: tuple[str, ...]
) -> None:
    taken = ("--profile", "profile.yaml", "--answers", "answers.yaml")
    ran = run("audit", "clinic", *taken, *given)
    assert ran.code == 2
    assert "--auditor NAME" in ran.err
    assert "--role ROLE" in ran.err
    assert not (files / "clinic").exists()


def test_an_answers_file_without_a_profile_says_which_facts_are_missing(
    run: Run, files: Path
) -> None:
    ran = run("audit", "clinic", "--answers", "answers.yaml", *WHO)
    assert ran.code == 2
    assert "Traceback" not in ran.said
    assert not list(files.glob("clinic/audits/*"))


UNKNOWN = {
    "storage-securty": "Did you mean “storage-security”?",
    "storage-security/locked-cabine": "Did you mean “storage-security/locked-cabinet”?",
    "xyz": "There are ",
    "xyz/abc": "compliance checklists",
}


@pytest.mark.parametrize(("name", "hint"), UNKNOWN.items())
@pytest.mark.parametrize("form", [(), ("--worksheet",)], ids=["text", "worksheet"])
@pytest.mark.slow
def test_showing_what_is_not_there_says_what_may_be_meant(
    run: Run, name: str, hint: str, form: tuple[str, ...]
) -> None:
    ran = run("show", name, *form)
    assert ran.code == 2
    assert f"“{name}”" in ran.err
    assert hint in ran.err
    assert ran.out == ""


WITHDRAWALS = {
    "without a reason": (("2",), "--why TEXT"),
    "with a blank reason": (("2", "--why", "  "), "--why TEXT"),
    "of no event": (("999", "--why", "x"), "The journal has no event 999"),
    "of event 0": (("0", "--why", "x"), "The journal has no event 0"),
    "of an event without text": (("3", "--why", "x"), "Event 3 of the journal holds no text"),
}


@pytest.mark.parametrize(("given", "sentence"), WITHDRAWALS.values(), ids=WITHDRAWALS)
@pytest.mark.slow
def test_a_withdrawal_that_cannot_be_changes_nothing(
    run: Run, journal: Path, given: tuple[str, ...], sentence: str
) -> None:
    before = journal.read_bytes()
    ran = run("withdraw", "clinic", *given)
    assert ran.code == 2
    assert sentence in ran.err
    assert journal.read_bytes() == before


WRONG = [
    ("nonsense",),
    ("audit",),
    ("audit", "clinic", "--depth", "deeper"),
    ("sign", "report.pdf", "--as", "nurse"),
    ("verify", "--nonsense", "report.pdf"),
    ("withdraw", "clinic", "two"),
    ("identity",),
]


@pytest.mark.parametrize("command", WRONG, ids=" ".join)
def test_wrong_use_ends_with_2(run: Run, command: tuple[str, ...]) -> None:
    ran = run(*command)
    assert ran.code == 2
    assert "Traceback" not in ran.said


def test_a_pack_that_cannot_be_read_begins_nothing(run: Run, files: Path) -> None:
    (files / "empty").mkdir()
    for folder, sentence in {
        "nowhere": "There is no folder “nowhere” with checklists.",
        "empty": "“empty” holds no .yaml file.",
    }.items():
        ran = run("audit", "clinic", "--profile", "profile.yaml", "--checklists", folder, *WHO)
        assert (ran.code, ran.err) == (2, f"{sentence}\n")
    assert not (files / "clinic").exists()
