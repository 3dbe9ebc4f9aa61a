"""The same audit gives the same report, byte for byte, whatever machine and folder it is made in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.slow

SURROUNDINGS = {
    "one": {
        "PYTHONHASHSEED": "1",
        "TZ": "UTC",
        "LC_ALL": "C",
        "LANGUAGE": "en",
        "PANGO_LANGUAGE": "en",
    },
    "another": {
        "PYTHONHASHSEED": "2",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "tr:ja",
        "PANGO_LANGUAGE": "ja",
        "SOURCE_DATE_EPOCH": "1",
        "COLUMNS": "40",
    },
}


def make(
    compliance: Callable[..., str], audited: Path, folder: Path, place: str, *options: str
) -> bytes:
    """Render the report of an audit again, in a place of its own with a home of its own."""
    here = folder / place
    (here / "tmp").mkdir(parents=True)
    around = {**SURROUNDINGS[place], "HOME": str(here), "TMPDIR": str(here / "tmp")}
    target = here / "again.pdf"
    compliance(here, "report", audited, "-o", target, *options, **around)
    assert not list((here / "tmp").iterdir())
    return target.read_bytes()


def test_another_process_seed_zone_language_and_folder_give_the_same_bytes(
    compliance: Callable[..., str], sunrise: Path, sunrise_pdf: Path, tmp_path: Path
) -> None:
    made = {place: make(compliance, sunrise / "clinic", tmp_path, place) for place in SURROUNDINGS}
    assert made["one"] == made["another"]
    assert made["one"] == sunrise_pdf.read_bytes()


@pytest.mark.parametrize("view", ["owner", "actions", "binder"])
def test_so_does_every_other_view(
    compliance: Callable[..., str], small: Path, tmp_path: Path, view: str
) -> None:
    made = [
        make(compliance, small / "clinic", tmp_path, place, "--view", view)
        for place in SURROUNDINGS
    ]
    assert made[0] == made[1]
