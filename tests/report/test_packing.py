"""A packed report shows and announces what WeasyPrint's own would, in fewer words."""

import gc
import warnings
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from typing import Any

import pikepdf
import pytest
import weasyprint

from compliance.audit.result import Result
from compliance.report import pdf as pdf_room
from compliance.report.context import build_context
from compliance.report.fonts import only_bundled_fonts
from compliance.report.html import render_html
from compliance.report.pdf import render_pdf

from .conftest import AT


@pytest.fixture(scope="module")
def html(sunrise: Result) -> str:
    return render_html(build_context(sunrise.as_data()))


@pytest.fixture(scope="module")
def packed(sunrise_pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(sunrise_pdf)) as found:
        yield found


@pytest.fixture(scope="module")
def plain(html: str) -> Iterator[pikepdf.Pdf]:
    with only_bundled_fonts(), warnings.catch_warnings():
        # WeasyPrint leaves its own colour profile to be closed by chance.
        warnings.filterwarnings("ignore", ".*sRGB2014.icc", ResourceWarning)
        raw = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/a-3a")
        gc.collect()
    with pikepdf.open(BytesIO(raw)) as found:
        yield found


def kids(element: Any) -> list[Any]:  # noqa: ANN401 - pikepdf has no types for them
    """Return what an element holds: tags, and numbers of marked content; not what is no tag."""
    held = element.get("/K", [])
    listed = list(held) if isinstance(held, pikepdf.Array) else [held]
    return [int(kid) if isinstance(kid, int) else kid for kid in listed if _counts(kid)]


def _counts(kid: Any) -> bool:  # noqa: ANN401 - the same
    return isinstance(kid, int) or "/S" in kid


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the tags in reading order."""
    pending = [pdf.Root.StructTreeRoot.K[0]]
    while pending:
        element = pending.pop()
        yield element
        pending.extend(kid for kid in reversed(kids(element)) if not isinstance(kid, int))


def announced(pdf: pikepdf.Pdf) -> list[tuple[int, int]]:
    """Return page and number of all tagged text in the order in which it is announced."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}

    def walk(element: Any) -> Iterator[tuple[int, int]]:  # noqa: ANN401 - the same
        for kid in kids(element):
            if isinstance(kid, int):
                yield numbers[element.Pg.objgen], kid
            else:
                yield from walk(kid)

    return list(walk(pdf.Root.StructTreeRoot.K[0]))


def roles(pdf: pikepdf.Pdf) -> list[str]:
    """Return the kinds of the tags in reading order, spans left out."""
    return [str(element.S) for element in elements(pdf) if element.S != "/Span"]


def test_every_text_is_announced_in_the_same_order_under_the_same_tags(
    packed: pikepdf.Pdf, plain: pikepdf.Pdf
) -> None:
    assert announced(packed) == announced(plain)
    assert roles(packed) == roles(plain)


def test_a_paragraph_holds_its_text_itself(packed: pikepdf.Pdf, plain: pikepdf.Pdf) -> None:
    holders = {"/P", "/H1", "/H2", "/H3", "/H4", "/TD", "/TH"}
    inside = [kid for element in elements(packed) if element.S in holders for kid in kids(element)]
    assert "/Span" not in {str(kid.S) for kid in inside if not isinstance(kid, int)}
    assert sum(1 for _ in elements(packed)) < sum(1 for _ in elements(plain)) / 2


def test_each_text_names_the_tag_that_holds_it(packed: pikepdf.Pdf) -> None:
    pages = {page.obj.objgen: page.obj.StructParents for page in packed.pages}
    nums = packed.Root.StructTreeRoot.ParentTree.Nums
    tree = {int(nums[at]): nums[at + 1] for at in range(0, len(nums), 2)}
    for element in elements(packed):
        for number in (kid for kid in kids(element) if isinstance(kid, int)):
            assert tree[int(pages[element.Pg.objgen])][number].objgen == element.objgen


def test_pages_draw_the_same_letters_in_the_same_places(
    packed: pikepdf.Pdf, plain: pikepdf.Pdf
) -> None:
    for ours, theirs in zip(packed.pages, plain.pages, strict=True):
        unpacked = theirs.Contents.read_bytes().replace(b">0<", b"")
        assert ours.Contents.read_bytes() == unpacked


def test_html_that_is_no_xml_is_mended_and_gives_the_same_pages(
    html: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loose = html.replace('<meta charset="utf-8"/>', '<meta charset="utf-8">')
    assert loose != html
    given = {"attachments": [], "title": "Same", "created": AT, "identifier": b"same"}
    strict = render_pdf(html, **given)
    tries = count()
    monkeypatch.setattr(pdf_room, "_without_unused", lambda sheet: (next(tries), sheet)[1])
    assert render_pdf(loose, **given) == strict
    assert next(tries) == 0
