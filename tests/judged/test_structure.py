"""Poppler and the tags themselves tell the report's structure, and that it is read in a good order."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from compliance.report.context import build_context

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

# Pictures and the marks of lists: WeasyPrint draws them after the text that is read after them.
DRAWN_LAST = (Name.Figure, Name.Lbl)
MADE_OF = {"Table": {"Caption", "THead", "TBody", "TFoot", "TR"}, "TR": {"TH", "TD"}, "L": {"LI"}}


@pytest.fixture(scope="module")
def structure(sunrise_pdf: Path) -> list[tuple[int, str]]:
    """How deep each line of the structure stands, and what it says, as poppler tells it."""
    told = subprocess.run(
        ["pdfinfo", "-struct", sunrise_pdf], capture_output=True, text=True, check=True
    )
    assert told.stderr == ""
    lines = [line for line in told.stdout.splitlines() if line.strip()]
    return [((len(line) - len(line.lstrip())) // 2, line.strip()) for line in lines]


def kind(line: str) -> str:
    return re.split(r"[ :<(]", line, maxsplit=1)[0]


def test_headings_skip_no_level(structure: list[tuple[int, str]]) -> None:
    levels = [int(line[1]) for _, line in structure if re.match(r"H\d\b", line)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [deeper for higher, deeper in pairwise(levels) if deeper > higher + 1] == []


def test_every_header_cell_says_what_it_heads(structure: list[tuple[int, str]]) -> None:
    headers = [index for index, (_, line) in enumerate(structure) if kind(line) == "TH"]
    told = [" ".join(line for _, line in structure[index + 1 : index + 3]) for index in headers]
    assert len(headers) > 30
    assert [text for text in told if not re.search(r"/Scope /(Column|Row)", text)] == []
    assert {"Column", "Row"} == {
        match[1] for text in told if (match := re.search(r"/Scope /(\w+)", text))
    }


def test_lists_and_tables_are_made_of_their_own_parts(structure: list[tuple[int, str]]) -> None:
    above: list[str] = []
    wrong = []
    for depth, line in structure:
        del above[depth:]
        if (
            above
            and above[-1] in MADE_OF
            and kind(line) not in MADE_OF[above[-1]]
            and line[0] != "/"
        ):
            wrong.append((above[-1], line))
        above.append(kind(line))
    assert wrong == []


def test_the_tags_are_read_in_the_order_of_the_page(sunrise_pdf: Path) -> None:
    with pikepdf.open(sunrise_pdf) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        read = list(marks(pdf.Root.StructTreeRoot.K, 0, pages))
    assert len(read) > 5000
    assert [(one, two) for one, two in pairwise(read) if two <= one] == []


def marks(
    part: pikepdf.Object | int, page: int, pages: dict[tuple[int, int], int]
) -> Iterator[tuple[int, int]]:
    """Yield page and number of every marked piece of text in the order in which it is read aloud."""
    if isinstance(part, Array):
        for item in part:
            yield from marks(item, page, pages)
    elif isinstance(part, int):
        yield page, part
    elif part.get("/S") not in DRAWN_LAST and part.get("/Type") != Name.OBJR:
        page = pages[part.Pg.objgen] if "/Pg" in part else page
        if part.get("/Type") == Name.MCR:
            yield page, int(part.MCID)
        elif isinstance(part, Dictionary) and "/K" in part:
            yield from marks(part.K, page, pages)


def test_the_sections_come_in_the_order_of_the_contents(
    sunrise_pdf: Path, sunrise_data: dict[str, Any]
) -> None:
    command = ["pdftotext", "-raw", sunrise_pdf, "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = "\n" + text.stdout.replace("\f", "\n")
    titles = [heading.title for heading in build_context(sunrise_data).contents]
    starts = [lines.find(f"\n{title}\n") for title in titles]
    assert -1 not in starts
    assert starts == sorted(starts)
