"""The same audit gives the same report, byte for byte, whatever machine and folder it is made in."""

from __future__ import annotations

import re
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


def views(compliance: Callable[..., str], folder: Path) -> list[str]:
    """Return the views of the report that the command's own help names."""
    told = compliance(folder, "report", "--help", COLUMNS="200")
    found = re.search(r"--view\s+[\[<]?([a-z|]+)", told)
    return found[1].split("|") if found else []
