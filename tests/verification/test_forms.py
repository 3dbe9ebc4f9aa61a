"""An audit whose questions come from forms is the audit of the same questions, written out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from compliance.checklist.pack_files import PackFiles, gather
from compliance.conduct.closing import result_of
from compliance.conduct.rendering import render_report
from compliance.signing.inspect import attachments
from compliance.verification.verifying import check_data
from compliance.walk.recording import look

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance.walk.recording import Recording

    Conduct = Callable[[Path, PackFiles], Path]

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LIBRARY = Path(__file__).parents[1] / "audit" / "library"
FORMS = """
- id: there-is
  ask: Is there a {thing}?
  force: law
  grade: major
  partly_if: The {part} is there and not current.
- id: confirmed
  ask: Has the clinic confirmed with {whom} what it asks?
"""
LINES = {
    "id: key-list, ask: Is there a list of keys?, force: law, grade: major, cite: [statute],"
    " partly_if: The list is there and not current.": (
        "id: key-list, like: there-is, with: {thing: list of keys, part: list},"
        " reads: Is there a list of keys?, cite: [statute]"
    ),
    "id: board, ask: Has the clinic confirmed with the board what it asks?": (
        "id: board, like: confirmed, with: {whom: the board},"
        " reads: Has the clinic confirmed with the board what it asks?"
    ),
}


def with_forms() -> PackFiles:
    pack = gather(LIBRARY)
    rooms = pack.files["rooms.yaml"].decode()
    for written, like in LINES.items():
        assert written in rooms
        rooms = rooms.replace(written, like)
    more = {"forms.yaml": FORMS.encode(), "rooms.yaml": rooms.encode()}
    return PackFiles(pack.folder, dict(sorted({**pack.files, **more}.items())))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, conduct: Conduct) -> Path:
    """The folder of an audit that was begun with forms."""
    return conduct(tmp_path_factory.mktemp("forms"), with_forms())


def reopen(folder: Path) -> Recording:
    return look(folder, lambda: NOW)


def judged(folder: Path) -> dict[str, Any]:
    data = result_of(reopen(folder)).as_data()
    return {key: one for key, one in data.items() if key not in {"packs", "journal"}}


def test_forms_are_copied_with_the_checklists_that_lean_on_them(folder: Path) -> None:
    copies = gather(next((folder / "checklists").iterdir())).files
    assert copies == with_forms().files


def test_the_result_does_not_tell_which_questions_came_from_forms(
    folder: Path, tmp_path: Path, conduct: Conduct
) -> None:
    assert judged(folder) == judged(conduct(tmp_path, gather(LIBRARY)))


def test_the_report_is_laid_out_again_from_the_copies_to_the_byte(folder: Path) -> None:
    first, again = (reopen(folder) for _ in range(2))
    pdf = render_report(first, result_of(first))
    assert pdf == render_report(again, result_of(again))
    verdicts = {one.question: one.verdict for one in check_data(attachments(pdf), None)}
    assert verdicts["The audit's data inside"] == "holds"
