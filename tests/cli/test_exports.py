"""Other outputs of a report: written beside it, and never over what somebody has changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

NAMES = {"html": "report.html", "markdown": "report.md", "docx": "report-draft.docx"}
KINDS = pytest.mark.parametrize("kind", NAMES)


@pytest.fixture
def audit(report: Path) -> Path:
    """The folder of the concluded audit."""
    return report.parent


@KINDS
@pytest.mark.slow
def test_an_output_is_written_beside_the_audit(
    run: Run, concluded: Path, audit: Path, kind: str
) -> None:
    ran = run("report", concluded, "--format", kind)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"Report: {audit / NAMES[kind]}.\n"
    written = (audit / NAMES[kind]).read_bytes()
    if kind != "docx":
        assert "Two locks, both turned." in written.decode().replace("\\", "")
    assert run("report", concluded, "--format", kind).code == 0
    assert (audit / NAMES[kind]).read_bytes() == written


@KINDS
@pytest.mark.slow
def test_another_view_has_a_name_of_its_own(
    run: Run, concluded: Path, audit: Path, kind: str
) -> None:
    assert run("report", concluded, "--format", kind, "--view", "owner").code == 0
    assert (audit / NAMES[kind].replace("report", "owner")).is_file()
    assert not (audit / NAMES[kind]).exists()


@KINDS
@pytest.mark.parametrize("there", [b"", b"My notes.\n", b"%PDF-1.7 signed, perhaps"])
def test_a_file_of_somebody_else_is_not_overwritten(
    run: Run, concluded: Path, here: Path, kind: str, there: bytes
) -> None:
    (here / "mine").write_bytes(there)
    ran = run("report", concluded, "--format", kind, "-o", "mine")
    assert ran.code == 2
    assert ran.err.startswith("“mine” is no ")
    assert ran.err.endswith("Name another file with -o.\n")
    assert ran.err.count("\n") == 1
    assert (here / "mine").read_bytes() == there


@KINDS
def test_what_somebody_has_written_into_an_output_is_not_overwritten(
    run: Run, concluded: Path, audit: Path, kind: str
) -> None:
    assert run("report", concluded, "--format", kind).code == 0
    path = audit / NAMES[kind]
    if kind == "docx":
        import docx  # noqa: PLC0415 - loads a large library

        opened = docx.Document(str(path))
        opened.add_paragraph("A sentence of counsel's.")
        opened.save(str(path))
    else:
        path.write_bytes(path.read_bytes().replace(b"Two locks", b"Three locks"))
    changed = path.read_bytes()
    ran = run("report", concluded, "--format", kind)
    assert ran.code == 2
    assert "somebody has changed it since" in ran.err
    assert path.read_bytes() == changed


@KINDS
def test_a_folder_is_no_place_for_an_output(
    run: Run, concluded: Path, here: Path, kind: str
) -> None:
    ran = run("report", concluded, "--format", kind, "-o", here)
    assert ran.code == 2
    assert ran.err == f"“{here}” is a folder; name a file, such as {NAMES[kind]}.\n"


def test_a_huge_file_and_a_pipe_are_refused_without_waiting(
    run: Run, concluded: Path, here: Path
) -> None:
    with (here / "huge").open("wb") as stream:
        stream.truncate(2**30)
    os.mkfifo(here / "pipe")
    for name in ("huge", "pipe"):
        ran = run("report", concluded, "--format", "html", "-o", name)
        assert ran.code == 2
        assert ran.err.startswith(f"“{name}” is ")
        assert ran.err.count("\n") == 1


def test_another_format_is_not_written_over_the_signed_report(
    run: Run, concluded: Path, report: Path
) -> None:
    before = report.read_bytes()
    for kind in NAMES:
        assert run("report", concluded, "--format", kind, "-o", report).code == 2
    assert report.read_bytes() == before


@pytest.mark.slow
def test_an_audit_that_is_under_way_says_so_in_every_output(run: Run, begun: Path) -> None:
    for kind in NAMES:
        ran = run("report", begun, "--format", kind)
        assert ran.code == 0
        assert "The audit is not finished; every page says so." in ran.out
    page = next(begun.rglob("report.html")).read_text(encoding="utf-8")
    assert page.index("UNFINISHED AUDIT") < page.index("<main")
