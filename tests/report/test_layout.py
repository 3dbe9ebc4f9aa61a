"""Where things fall on the pages: no lone heading, no row cut in two, heads above every table."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from compliance.cli.app import main
from compliance.report.look import Look
from compliance.report.making import make_pdf
from compliance.signing.inspect import attachments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from compliance.audit.result import Result

EXAMPLE = Path(__file__).parents[2] / "examples" / "sunrise"
HEADINGS = {"/H2", "/H3", "/H4"}


@dataclass(frozen=True)
class Leaf:
    """A piece of a page: on which page it stands, and the tags around it, outermost first."""

    page: int
    tags: tuple[str, ...]
    elements: tuple[int, ...]


def leaves(pdf: bytes) -> list[Leaf]:
    """Return everything on the pages in the order in which it is read aloud."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        pages = {page.obj.objgen: number for number, page in enumerate(opened.pages, start=1)}
        return list(_walk(opened.Root.StructTreeRoot, pages, 0, (), ()))


def _walk(
    node: Any,  # noqa: ANN401 - a structure element, or a mark on a page
    pages: Mapping[tuple[int, int], int],
    page: int,
    tags: tuple[str, ...],
    elements: tuple[int, ...],
) -> Iterator[Leaf]:
    if not isinstance(node, pikepdf.Dictionary):
        yield Leaf(page, tags, elements)
        return
    page = pages[node.Pg.objgen] if "/Pg" in node else page
    if "/S" in node:
        tags, elements = (*tags, str(node.S)), (*elements, node.objgen[0])
    elif "/K" not in node:
        yield Leaf(page, tags, elements)
        return
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        yield from _walk(kid, pages, page, tags, elements)


def lone_headings(found: list[Leaf]) -> list[int]:
    """Return the pages at whose foot a heading stands without anything of what it heads."""
    heads = [bool(HEADINGS & {*leaf.tags}) for leaf in found]
    lone = []
    for at, leaf in enumerate(found):
        after = [n for n in range(at + 1, len(found)) if not heads[n]][:1]
        if heads[at] and after and found[after[0]].page != leaf.page:
            lone.append(leaf.page)
    return lone


def cut_rows(found: list[Leaf]) -> list[int]:
    """Return the pages on which a row of a table begins that ends on another."""
    rows: dict[int, set[int]] = {}
    for leaf in found:
        if "/TR" in leaf.tags:
            rows.setdefault(leaf.elements[leaf.tags.index("/TR")], set()).add(leaf.page)
    assert rows
    return [min(on) for on in rows.values() if len(on) > 1]


def texts(pdf: bytes) -> list[str]:
    """Return the text of each page."""
    command = ["pdftotext", "-layout", "-", "-"]
    read = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return read.split("\f")[:-1]


def chapters(pdf: bytes) -> dict[str, int]:
    """Return on which page each section begins, as the bookmarks say."""
    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_outline() as outline:
        pages = {page.obj.objgen: number for number, page in enumerate(opened.pages, start=1)}
        return {
            item.title: pages[(item.destination or item.action.D)[0].objgen]
            for item in outline.root
        }


def check(pdf: bytes) -> None:
    found = leaves(pdf)
    assert len(found) > 40
    assert not lone_headings(found)
    assert not cut_rows(found)
    pages = texts(pdf)
    total = len(pages)
    feet = [re.findall(r"Page (\d+) of (\d+)", page)[-1:] for page in pages]
    assert feet == [[(str(number), str(total))] for number in range(1, total + 1)]
    check_heads(pages)


TABLES = {
    r"^ {0,12}\d+ +(?:critical|major|minor), ": "Action +Who +By when",
    r"^ {0,12}\d+ +\d{4}-\d\d-\d\d? +(?:in \d|lapsed|today)": "What +Whose",
    r"^ {0,12}(?:\d+ +)?Other: ": "Where it is +Copy taken",
}
"""How a row of a table begins, and words of the table's head."""


def check_heads(pages: list[str]) -> None:
    """The head of a table that goes over several pages stands on each of them."""
    for page in pages:
        for row, head in TABLES.items():
            assert re.search(head, page) or not re.search(row, page, re.MULTILINE)


def test_no_heading_is_alone_and_no_row_is_cut(sunrise_pdf: bytes) -> None:
    check(sunrise_pdf)


def test_the_summary_is_one_page(sunrise_pdf: bytes) -> None:
    at = chapters(sunrise_pdf)
    assert at["Contents, and how to read this"] - at["Summary"] == 1


def test_these_checks_can_fail() -> None:
    head = Leaf(1, ("/Document", "/H3"), (1, 2))
    text = Leaf(2, ("/Document", "/P"), (1, 3))
    row = ("/Table", "/TR", "/TD")
    assert lone_headings([head, text]) == [1]
    assert lone_headings([head, Leaf(1, ("/Document", "/H4"), (1, 4)), text]) == [1, 1]
    assert lone_headings([Leaf(2, head.tags, head.elements), text]) == []
    assert cut_rows([Leaf(1, row, (5, 6, 7)), Leaf(2, row, (5, 6, 8))]) == [1]


@pytest.mark.slow
def test_three_hundred_requirements_fall_well_too(
    large: Result, make_report: Callable[..., bytes]
) -> None:
    check(make_report(large.as_data()))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The report of the invented clinic that the documentation shows."""
    folder = tmp_path_factory.mktemp("example")
    given = ["--profile", EXAMPLE / "clinic.yaml", "--answers", EXAMPLE / "answers.yaml"]
    who = ["--auditor", "Dana Whitfield", "--role", "Compliance officer", "--as-of", "2026-11-23"]
    with pytest.MonkeyPatch.context() as patched:
        command = ["compliance", "audit", folder / "clinic", *given, *who]
        patched.setattr(sys, "argv", [str(word) for word in command])
        patched.setattr(sys, "stdin", io.StringIO())
        patched.setattr(sys, "stdout", io.StringIO())
        with pytest.raises(SystemExit) as left:
            main()
    assert not left.value.code
    return (folder / "clinic" / "audits" / "2026-11-23" / "report.pdf").read_bytes()


@pytest.mark.slow
def test_the_example_falls_well_and_its_summary_is_one_page(example: bytes) -> None:
    check(example)
    at = chapters(example)
    assert at["Contents, and how to read this"] - at["Summary"] == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "look",
    [
        Look(paper="a4"),
        Look(large_print=True),
        Look(view="owner", paper="a4"),
        Look(view="actions", large_print=True),
        Look(view="binder"),
    ],
    ids=["A4", "large print", "owner", "actions in large print", "binder"],
)
def test_the_example_falls_well_in_every_look(example: bytes, look: Look) -> None:
    check(make_pdf(attachments(example), look))
