"""Forms at the command line: a pack that uses them is linted, mended, and shown line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

PACK = "name: north\ntitle: Ours\nedition: 2026-11-23\npublisher: North\nlicence: MIT\n"
FORMS = """\
- id: state-csr
  ask: Does each practitioner hold a current {agency} registration?
  for_each: practitioner
  why: Without it the drug cannot be ordered.
"""
CHECKLIST = """\
id: xx
title: A state
edition: 2026-11-23
jurisdiction: US-CO
about: What the state asks.
sections:
  - title: The board
    where: At the desk.
    requirements:
      - id: state-registration
        like: state-csr
        with: {agency: Board of Pharmacy}
        force: law
        grade: major
        cite: [cfr-21-1301-75-b]
        why: The board asks for it.
"""


@pytest.fixture
def north(here: Path) -> Path:
    """The folder of a pack whose one requirement does not say what it reads."""
    folder = here / "north"
    (folder / "states").mkdir(parents=True)
    for name, text in {"pack.yaml": PACK, "forms.yaml": FORMS, "states/xx.yaml": CHECKLIST}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_reads_is_asked_for_and_written_by_fix(north: Path, run: Run) -> None:
    ran = run("lint", "north", "--select", "F523")
    assert ran.code == 1
    assert ran.out.startswith("north/states/xx.yaml:11:15: It is not said here what the question")
    assert "--fix can mend 1 of these." in ran.err
    assert run("lint", "north", "--fix", "--select", "F523").code == 0
    reads = "reads: Does each practitioner hold a current Board of Pharmacy registration?"
    wanted = CHECKLIST.replace("        force: law", f"        {reads}\n        force: law")
    assert (north / "states" / "xx.yaml").read_text("utf-8") == wanted


@pytest.mark.parametrize("name", ["north:xx/state-registration", "north:xx"])
def test_show_origin_tells_file_and_line_of_each_field(name: str, north: Path, run: Run) -> None:
    ran = run("show", name, "--origin", "--checklists", north)
    forms, checklist = north / "forms.yaml", north / "states" / "xx.yaml"
    assert ran.out.splitlines() == [
        "north:xx/state-registration is like the form “state-csr”",
        f"  id           checklist  {checklist}:10",
        f"  like         checklist  {checklist}:11",
        f"  with         checklist  {checklist}:12",
        f"  ask          form       {forms}:2",
        f"  for_each     form       {forms}:3",
        f"  force        checklist  {checklist}:13",
        f"  grade        checklist  {checklist}:14",
        f"  cite         checklist  {checklist}:15",
        f"  why          checklist  {checklist}:16",
    ]


def test_show_prints_the_question_as_it_is_asked(north: Path, run: Run) -> None:
    ran = run("show", "north:xx/state-registration", "--checklists", north)
    assert "hold a current Board of Pharmacy registration?" in ran.out


def test_show_origin_says_so_where_there_is_no_form(run: Run) -> None:
    ran = run("show", "storage-security/locked-cabinet", "--origin")
    assert ran.out.startswith(
        "storage-security/locked-cabinet is like no form\n  id           checklist"
    )


def test_a_name_that_does_not_exist_is_refused_with_a_suggestion(run: Run) -> None:
    ran = run("show", "storage-security/locked-cabinett", "--origin")
    assert ran.code == 2
    assert "Did you mean “storage-security/locked-cabinet”?" in ran.err


def test_a_checklist_is_tried_with_the_forms_of_its_pack(north: Path, run: Run) -> None:
    ran = run("try", north / "states" / "xx.yaml", typed="")
    assert ran.code == 0, ran.said
    assert "There is no form" not in ran.said
