"""Damaged journals and failing disks: what was acknowledged stays, and the trouble is named."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[..., Any]

WHO = ("--auditor", "Dana Reyes", "--role", "Manager")
GIVEN = ("--profile", "profile.yaml", "--answers", "answers.yaml", *WHO)
DAY = "2026-11-20"


def _without_line_5(lines: list[bytes]) -> list[bytes]:
    return [*lines[:4], *lines[5:]]


def _swapped(lines: list[bytes]) -> list[bytes]:
    return [*lines[:2], lines[3], lines[2], *lines[4:]]


def _edited(lines: list[bytes]) -> list[bytes]:
    return [lines[0].replace(b'"core"', b'"deep"'), *lines[1:]]


def _respaced(lines: list[bytes]) -> list[bytes]:
    return [lines[0], lines[1].replace(b":", b": ", 1), *lines[2:]]


def _garbage(lines: list[bytes]) -> list[bytes]:
    return [*lines[:6], b"\xff\x00{", *lines[7:]]


def _doubled(lines: list[bytes]) -> list[bytes]:
    return [*lines[:3], *lines[2:]]


DAMAGES = {
    "a missing line": (_without_line_5, "Line 5 of "),
    "two lines in the wrong order": (_swapped, "Line 3 of "),
    "an edited line": (_edited, "Line 2 of "),
    "a line written anew": (_respaced, "Line 2 of "),
    "garbage": (_garbage, "Line 7 of "),
    "a line twice": (_doubled, "Line 4 of "),
}
COMMANDS = [("status",), ("audit",), ("answers",), ("withdraw",), ("report", "-o", "new.pdf")]


@pytest.mark.parametrize(("damage", "said"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_line_is_named_by_every_command_and_nothing_is_changed(
    run: Run, journal: Path, damage: Callable[[list[bytes]], list[bytes]], said: str
) -> None:
    lines = journal.read_bytes().splitlines()
    journal.write_bytes(b"\n".join(damage(lines)) + b"\n")
    before = journal.read_bytes()
    for name, *rest in COMMANDS:
        ran = run(name, "clinic", *rest)
        assert ran.code == 2, name
        assert ran.err.startswith(f"{said}clinic/audits/{DAY}/journal.jsonl"), name
        assert "Put the file back from a copy" in ran.err
    assert journal.read_bytes() == before
    assert not Path("new.pdf").exists()


def test_a_torn_last_line_is_set_aside_and_said(run: Run, journal: Path) -> None:
    whole = journal.read_bytes()
    journal.write_bytes(whole + b'{"at":"2026-11-2')
    assert "torn" in run("status", "clinic").out
    assert run("audit", "clinic").code == 0
    assert [one.read_bytes() for one in journal.parent.glob("journal.torn-*")] == [
        b'{"at":"2026-11-2'
    ]
    last = json.loads(journal.read_bytes().splitlines()[-1])
    assert (last["event"], last["data"]) == ("recovered", {"bytes": 16})
    assert journal.read_bytes().startswith(whole)


def test_an_empty_journal_holds_no_audit(run: Run, journal: Path) -> None:
    journal.write_bytes(b"")
    for command in ("status", "audit"):
        ran = run(command, "clinic")
        assert ran.code == 2
        assert "holds no audit" in ran.err


def test_an_edited_copy_of_a_checklist_is_named(run: Run, journal: Path) -> None:
    copy = next((journal.parent / "checklists").rglob("storage-security.yaml"))
    copy.chmod(0o644)
    copy.write_bytes(copy.read_bytes() + b"# edited\n")
    ran = run("status", "clinic")
    assert ran.code == 2
    assert "were changed after the audit began" in ran.err


def test_lost_copies_of_the_checklists_are_said(run: Run, journal: Path) -> None:
    shutil.rmtree(journal.parent / "checklists")
    ran = run("status", "clinic")
    assert ran.code == 2
    assert "Traceback" not in ran.said


def _fill(patched: pytest.MonkeyPatch, left: int) -> None:
    """Let so many flushes through and refuse all that follow."""
    real, allowed = os.fsync, iter(range(left))

    def fsync(handle: int) -> None:
        if next(allowed, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    patched.setattr(os, "fsync", fsync)


@pytest.mark.usefixtures("quick_pdf")
@pytest.mark.parametrize("left", range(0, 48, 3))
@pytest.mark.slow
def test_a_disk_that_fills_at_any_moment_leaves_an_audit_that_goes_on(
    run: Run, files: Path, left: int
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        _fill(patched, left)
        ran = run("audit", "clinic", "--as-of", DAY, *GIVEN)
    assert ran.code in {0, 3}
    assert ("No space left on device" in ran.said) is (ran.code == 3)
    assert not [one for one in files.rglob(".*") if one.name != ".lock"]
    assert run("audit", "clinic", "--as-of", DAY, *GIVEN).code == 0
    assert run("status", "clinic").code == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MiB; skipped by name where mounting is refused."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield disk
    subprocess.run([str(shutil.which("umount")), str(disk)], check=True)


@pytest.mark.usefixtures("quick_pdf")
def test_a_disk_that_is_really_full_takes_no_half_line(
    run: Run, files: Path, small_disk: Path
) -> None:
    clinic = small_disk / "clinic"
    ran = run("audit", clinic, "--profile", "profile.yaml", *WHO)
    assert ran.code == 0, ran.said
    journal = next(clinic.rglob("journal.jsonl"))
    before = journal.read_bytes()
    with contextlib.suppress(OSError), (small_disk / "filler").open("ab", 0) as filler:
        while True:
            filler.write(b"x" * 4096)
    (files / "long.yaml").write_text(
        f"storage-security/locked-cabinet@cabinet-a: {{answer: no, note: {'long ' * 2000}}}\n",
        "utf-8",
    )
    ran = run("audit", clinic, "--answers", "long.yaml")
    assert ran.code == 3
    assert "No space left on device" in ran.err
    assert journal.read_bytes() == before
    (small_disk / "filler").unlink()
    ran = run("audit", clinic, "--answers", "long.yaml")
    assert ran.code == 0, ran.said


def test_a_folder_that_may_not_be_written_is_named(
    run: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "mkdir", refused)
        ran = run("audit", "clinic", *GIVEN)
    assert ran.code == 3
    assert "cannot be written: Read-only file system." in ran.err
    assert not (files / "clinic").exists()
