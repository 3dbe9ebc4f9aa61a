"""`compliance door`: the sheet for an inspector's visit, which reads a folder and changes nothing in it."""

from __future__ import annotations

import io
import re
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from compliance.cli.app import main
from compliance.conduct import rendering
from compliance.conduct.door import make_sheets
from compliance.walk.journal import read_journal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[..., Any]

HERE = Path(__file__).parent
PROFILE = HERE.parents[1] / "examples" / "sunrise" / "clinic.yaml"
DAY = "2026-11-23"
TODAY = date(2026, 12, 1)
AUDITED = ("--as-of", DAY, "--auditor", "Dana Whitfield", "--role", "Manager")


@pytest.fixture(scope="session")
def _sunrise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example clinic with its audit, made once; its report is laid out by nobody."""
    clinic = tmp_path_factory.mktemp("door") / "clinic"
    given = ("--profile", PROFILE, "--answers", HERE / "door" / "answers.yaml")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rendering, "render_report", lambda *_: b"%PDF-1.7 laid out by nobody")
        patched.setattr(sys, "argv", ["compliance", "audit", *map(str, (clinic, *given, *AUDITED))])
        patched.setattr(sys, "stdin", io.StringIO())
        patched.setattr(sys, "stdout", io.StringIO())
        with pytest.raises(SystemExit) as left:
            main()
    assert not left.value.code
    return clinic


@pytest.fixture
def sunrise(_sunrise: Path, here: Path) -> Path:
    """The example clinic's folder."""
    shutil.copytree(_sunrise, here / "clinic")
    return here / "clinic"


@pytest.fixture
def bare(here: Path) -> Path:
    """A folder whose profile is empty and that has no audit."""
    (here / "clinic").mkdir()
    (here / "clinic" / "clinic.yaml").touch()
    return here / "clinic"


def content(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return every file of a folder: its bytes, and when it was written."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("clinic", ["sunrise", "bare"])
@pytest.mark.slow
def test_the_sheet_is_the_one_that_was_looked_at(
    clinic: str, request: pytest.FixtureRequest
) -> None:
    """A new one is made with `make_sheets(folder, None, None, TODAY)`, and read whole by a person."""
    expected = (HERE / "door" / f"{clinic}.txt").read_text("utf-8")
    text, _ = make_sheets(request.getfixturevalue(clinic), None, None, TODAY)
    assert expected == text


@pytest.mark.parametrize("clinic", ["sunrise", "bare"])
@pytest.mark.parametrize("given", [(), ("--output", "sheet.txt")], ids=["screen", "file"])
def test_nothing_in_the_folder_is_changed(
    run: Run, clinic: str, given: tuple[str, ...], request: pytest.FixtureRequest
) -> None:
    folder = request.getfixturevalue(clinic)
    before = content(folder)
    assert before
    assert run("door", "clinic", *given).code == 0
    assert content(folder) == before


def typed_texts(folder: Path) -> Iterator[str]:
    """Yield everything that was typed into the audit, but names and places."""
    journal = folder / "audits" / DAY / "journal.jsonl"
    for event in read_journal(journal.read_bytes(), "journal").events:
        if event.kind in {"answer", "note", "correction", "action"}:
            yield from (text for name, text in event.texts.items() if text and name != "owner")


def test_nothing_that_was_found_or_noted_is_on_it(run: Run, sunrise: Path) -> None:
    said = " ".join(run("door", "clinic").out.split())
    texts = list(typed_texts(sunrise))
    assert len(texts) > 10
    assert [text for text in texts if text in said] == []


VERDICTS = "audit conforming nonconforming gap critical major minor finding score overdue expired"


@pytest.mark.parametrize("word", VERDICTS.split())
@pytest.mark.slow
def test_it_does_not_tell_how_the_clinic_did(run: Run, sunrise: Path, word: str) -> None:
    del sunrise
    assert not re.search(rf"\b{word}", run("door", "clinic").out, re.IGNORECASE)


def test_each_site_has_its_sheet(run: Run, sunrise: Path) -> None:
    del sunrise
    fronts = run("door", "clinic").out.split("\f")[::2]
    assert [front.splitlines()[1] for front in fronts] == [
        "Sunrise Ketamine Clinic, Main Street",
        "Sunrise Ketamine Clinic, Orchard",
    ]


def test_one_site_can_be_asked_for(run: Run, sunrise: Path) -> None:
    del sunrise
    ran = run("door", "clinic", "--site", "orchard")
    assert ran.out.count("\f") == 1
    assert "Invoice binder, Orchard, November" in ran.out
    assert "Invoice binder, Main Street" not in ran.out
    assert "Dr Marcus Webb" not in ran.out


@pytest.mark.slow
def test_a_person_who_left_is_not_on_it(run: Run, sunrise: Path) -> None:
    profile = sunrise / "clinic.yaml"
    text = profile.read_text("utf-8")
    assert "Dr Marcus Webb, Psychiatrist" in run("door", "clinic").out
    left = text.replace("name: Dr Marcus Webb\n", "name: Dr Marcus Webb\n    left: 2026-11-24\n")
    profile.write_text(left, "utf-8")
    assert "Dr Marcus Webb, Psychiatrist" not in run("door", "clinic").out


def test_the_profile_alone_gives_names_and_blanks(run: Run, here: Path) -> None:
    (here / "clinic").mkdir()
    shutil.copy(PROFILE, here / "clinic")
    ran = run("door", "clinic")
    assert ran.code == 0
    assert "Priya Nair, Nurse practitioner, registered at ____" in ran.out
    assert "binder" not in ran.out
    assert ran.err == "There is no audit yet, so the places of papers are left blank.\n"


@pytest.mark.slow
def test_an_audit_under_way_gives_its_places(run: Run, begun: Path) -> None:
    del begun
    typed = "go leavers-keys\nevidence\n2\nKey binder, desk\nstop\n"
    assert run("audit", "clinic", typed=typed).code == 0
    ran = run("door", "clinic")
    assert "    Key binder, desk\n" in ran.out
    assert "audit of 2026-11-20" in ran.err


@pytest.mark.slow
def test_another_audit_can_be_asked_for(run: Run, sunrise: Path) -> None:
    later = ("--as-of", "2026-11-24", "--auditor", "Dana", "--role", "Manager")
    assert run("audit", "clinic", *later, typed="stop\n").code == 0
    assert len(list((sunrise / "audits").iterdir())) == 2
    assert "Personnel file, Lee" not in run("door", "clinic").out
    assert "Personnel file, Lee" in run("door", "clinic", "--audit", DAY).out


def test_the_audit_tells_the_names_where_clinic_yaml_is_gone(run: Run, sunrise: Path) -> None:
    (sunrise / "clinic.yaml").unlink()
    assert "Sunrise Ketamine Clinic, Main Street" in run("door", "clinic").out


@pytest.mark.slow
def test_a_withdrawn_place_is_not_on_it(run: Run, sunrise: Path) -> None:
    journal = sunrise / "audits" / DAY / "journal.jsonl"
    events = read_journal(journal.read_bytes(), "journal").events
    [event] = [one for one in events if one.text("kept_at").startswith("Incident file")]
    assert "Incident file" in run("door", "clinic").out
    assert run("withdraw", "clinic", str(event.number), "--why", "Typed by mistake.").code == 0
    said = run("door", "clinic").out
    assert "Incident file" not in said
    assert "withdrawn" not in said


@pytest.mark.slow
def test_a_file_is_written_once(run: Run, bare: Path) -> None:
    del bare
    ran = run("door", "clinic", "--output", "sheet.txt")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "Written: sheet.txt")
    written = Path("sheet.txt").read_text("utf-8")
    assert written == run("door", "clinic").out
    again = run("door", "clinic", "--output", "sheet.txt")
    assert again.code == 2
    assert again.err == "“sheet.txt” exists already and is not overwritten. Name another file.\n"


# what is asked for in the folder of the example clinic, and the sentence that says what is wrong
WRONG = {
    "no such folder": (
        ("nowhere",),
        "There is no folder “nowhere”. Name the clinic's own, or begin: compliance audit nowhere",
    ),
    "a file": (
        ("clinic/clinic.yaml",),
        "“clinic/clinic.yaml” is a file; name the clinic's folder.",
    ),
    "no profile": (
        ("clinic/audits",),
        "“clinic/audits” holds no clinic.yaml and no audit, so nothing is known of the clinic. Begin: compliance audit clinic/audits",
    ),
    "no such audit": (
        ("clinic", "--audit", "2020-01-01"),
        "There is no audit of 2020-01-01 in “clinic”. Begin one: compliance audit clinic",
    ),
    "a slip in the site": (
        ("clinic", "--site", "orchad"),
        "The profile has no site “orchad”. Did you mean “orchard”?",
    ),
    "no such site": (
        ("clinic", "--site", "x"),
        "The profile has no site “x”. There are main-street, orchard.",
    ),
}


@pytest.mark.parametrize(("given", "sentence"), WRONG.values(), ids=WRONG)
@pytest.mark.slow
def test_what_is_not_there_is_said_in_a_sentence(
    run: Run, sunrise: Path, given: tuple[str, ...], sentence: str
) -> None:
    del sunrise
    ran = run("door", *given)
    assert (ran.code, ran.out, ran.err) == (2, "", f"{sentence}\n")


def test_a_site_of_a_clinic_that_lists_none_is_said(run: Run, bare: Path) -> None:
    del bare
    ran = run("door", "clinic", "--site", "main")
    assert (ran.code, ran.err) == (2, "The profile has no site “main”. It lists none.\n")


def test_a_broken_profile_is_said_with_its_line(run: Run, sunrise: Path) -> None:
    (sunrise / "clinic.yaml").write_text("facts:\n  nam: Sunrise\n", "utf-8")
    ran = run("door", "clinic")
    assert ran.code == 2
    assert "clinic.yaml:2:3: The clinic has no fact “nam”. Did you mean “name”?" in ran.err
