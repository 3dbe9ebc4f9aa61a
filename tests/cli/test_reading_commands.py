"""Commands that only read: checklists, show, try, lint, status, and what machines are given."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

WHO = ("--auditor", "Dana Reyes", "--role", "Manager")
STORAGE = Path(__file__).parents[2] / "checklists" / "federal" / "storage-security.yaml"
PACK = "name: doors\ntitle: Doors\nedition: 2026-11-01\npublisher: Us\nlicence: MIT\n"


def test_the_checklists_are_listed_for_people_and_for_machines(run: Run) -> None:
    ran = run("checklists")
    assert ran.code == 0
    listed = json.loads(run("checklists", "--json").out)
    assert {one["id"] for one in listed} >= {"storage-security", "dea-registration"}
    assert all(one["id"] in ran.out and one["title"] in ran.out for one in listed)


def test_a_requirement_is_shown_with_its_source(run: Run) -> None:
    ran = run("show", "storage-security/locked-cabinet")
    assert ran.code == 0
    for words in ("Yes if:", "No if:", "Why:", "Fix:", "21 CFR 1301.75"):
        assert words in ran.out


def test_a_worksheet_has_every_question_of_its_checklist(run: Run) -> None:
    ran = run("show", "storage-security", "--worksheet")
    assert ran.code == 0
    listed = json.loads(run("checklists", "--json").out)
    depths = next(one["depths"] for one in listed if one["id"] == "storage-security")
    assert ran.out.count("Where, what was seen:") == sum(depths.values())


@pytest.fixture
def draft(here: Path) -> Path:
    """An author's copy of a checklist."""
    return Path(shutil.copy(STORAGE, here / "storage-security.yaml"))


def test_an_authors_typo_is_said_with_line_column_and_what_was_meant(run: Run, draft: Path) -> None:
    text = draft.read_text("utf-8")
    draft.write_text(text.replace("grade: critical", "grade: criticl", 1), "utf-8")
    line = text[: text.index("grade: critical")].count("\n") + 1
    for command, code in (("lint", 1), ("try", 2)):
        ran = run(command, draft.name)
        assert ran.code == code
        assert f"storage-security.yaml:{line}:" in ran.said
        assert "Did you mean “critical”?" in ran.said
        assert "^" in ran.said


def test_nothing_is_found_in_a_clean_file(run: Run, here: Path) -> None:
    text = STORAGE.read_text("utf-8")
    start, end = text.index("sections:"), text.index("      - id: solid-cabinet")
    (here / "clean.yaml").write_text(
        text[:start].replace("id: storage-security", "id: clean") + text[start:end], "utf-8"
    )
    ran = run("lint", "clean.yaml")
    assert (ran.code, ran.out) == (0, "1 file, nothing found.\n")


def test_our_own_checklists_have_no_error(run: Run) -> None:
    ran = run("lint")
    assert ran.code == 0, ran.out


def test_every_broken_file_of_several_is_said(run: Run, here: Path) -> None:
    for name in ("one", "two"):
        (here / f"{name}.yaml").write_text("a: &x y\n", "utf-8")
    ran = run("lint", "one.yaml", "two.yaml")
    assert ran.code == 1
    assert "one.yaml:1:" in ran.out
    assert "two.yaml:1:" in ran.out
    assert "2 files, 2 errors." in ran.out


def test_a_draft_is_walked_and_nothing_is_saved(run: Run, draft: Path) -> None:
    before = sorted(draft.parent.rglob("*"))
    for name in (draft.name, f"{draft.name}/locked-cabinet"):
        ran = run("try", name)
        assert ran.code == 0
        assert ran.out.startswith("This is a try: nothing is saved.")
        assert ran.out.endswith("Nothing was saved.\n")
        assert "compliance audit" not in ran.out
    assert sorted(draft.parent.rglob("*")) == before


def test_a_requirement_the_draft_lacks_is_said(run: Run, draft: Path) -> None:
    ran = run("try", f"{draft.name}/locked-cabinett")
    assert ran.code == 2
    assert "has no requirement “locked-cabinett”. Did you mean “locked-cabinet”?" in ran.err


@pytest.fixture
def pack(here: Path) -> Path:
    """A second pack of checklists."""
    folder = here / "pack"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK, "utf-8")
    return folder


@pytest.mark.slow
def test_a_second_pack_is_listed_shown_and_audited(run: Run, files: Path, pack: Path) -> None:
    text = STORAGE.read_text("utf-8").replace("id: storage-security", "id: our-storage", 1)
    text = text.replace("Is this unit locked right now?", "Is our unit locked right now?")
    (pack / "our-storage.yaml").write_text(text, "utf-8")
    ran = run("lint", pack.name)
    assert ran.code == 0, ran.out
    added = ("--checklists", pack.name)
    assert "our-storage" in run("checklists", *added).out
    assert "Is our unit locked right now?" in run("show", "doors:our-storage", *added).out
    given = ("--profile", "profile.yaml", *added, "--only", "doors:our-storage", *WHO)
    ran = run("audit", "clinic", *given, typed="go locked-cabinet\nstop\n")
    assert ran.code == 0, ran.said
    assert "Is our unit locked right now?" in ran.out
    assert (files / "clinic").exists()
    shutil.rmtree(pack)
    again = run("audit", "clinic", typed="go locked-cabinet\nstop\n")
    assert "Is our unit locked right now?" in again.out


def test_the_end_of_a_walk_as_json_is_all_that_stands_on_standard_output(
    run: Run, begun: Path
) -> None:
    del begun
    ran = run("audit", "clinic", "--json", typed="stop\n")
    assert ran.code == 0
    data = json.loads(ran.out)
    assert (data["finished"], data["signed"]) == (False, False)
    assert "Go on with: compliance audit clinic" in ran.err


@pytest.mark.usefixtures("quick_pdf")
def test_the_end_of_an_answers_file_as_json_is_all_that_stands_on_standard_output(
    run: Run, files: Path
) -> None:
    del files
    given = ("--profile", "profile.yaml", "--answers", "answers.yaml", "--as-of", "2026-11-20")
    ran = run("audit", "clinic", *given, *WHO, "--json")
    assert ran.code == 0
    data = json.loads(ran.out)
    assert data["finished"] is True
    assert data["report"] == "clinic/audits/2026-11-20/report.pdf"
    assert "questions are still open" in ran.err


def test_where_an_audit_stands_is_told(run: Run, begun: Path) -> None:
    del begun
    ran = run("status", "clinic")
    assert ran.code == 0
    assert ran.out.startswith("Sunrise, audit as of 2026-11-20 (America/Denver), depth core.")
    assert "Go on: compliance audit clinic" in ran.out


def test_where_a_concluded_audit_stands_is_told(run: Run, concluded: Path) -> None:
    del concluded
    ran = run("status", "clinic")
    assert ran.code == 0
    assert "Concluded " in ran.out
    assert "Its report: compliance report clinic" in ran.out
