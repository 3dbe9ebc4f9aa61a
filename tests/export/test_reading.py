import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from compliance.export.document import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Run,
    SignaturePlace,
    Table,
    columns_of,
    text_of,
)
from compliance.export.reading import KEEPS_BREAKS, read_document
from compliance.resources import bundled_folder


def blocks(body: str) -> tuple[Block, ...]:
    return read_document(f"<!DOCTYPE html><html lang=en-US><body>{body}</body></html>").blocks


def words(found: tuple[Block, ...]) -> Iterator[str]:
    """Yield every text of blocks, in order."""
    for block in found:
        match block:
            case Heading(_, runs) | Paragraph(runs):
                yield text_of(runs)
            case Picture(alternative) | SignaturePlace(alternative):
                yield alternative
            case Listing(_, items):
                for item in items:
                    yield from words(item)
            case Table(caption, head, body):
                yield text_of(caption)
                for row in (*head, *body):
                    for cell in row:
                        yield from words(cell.blocks)


def test_every_word_of_the_report_is_read_in_its_order(
    html: str, seen_in_html: Callable[[str], str]
) -> None:
    charted = re.sub(r"(<svg.*?</title>).*?</svg>", r"\1</svg>", html, flags=re.DOTALL)
    told = re.sub(r'<input[^>]* title="([^"]*)"/?>', r"\1", charted)
    assert "".join(words(read_document(html).blocks)).split() != []
    assert squeezed("".join(words(read_document(html).blocks))) == squeezed(seen_in_html(told))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    "style_sheet",
    [Path("report", "audit.css"), Path("web", "report.css")],
    ids=["the PDF's", "the page's"],
)
def test_line_breaks_are_kept_where_the_style_sheets_keep_them(style_sheet: Path) -> None:
    css = (bundled_folder("templates") / style_sheet).read_text(encoding="utf-8")
    rules = re.findall(r"^\s*([^{}@/]+)\{[^}]*white-space: pre-line", css, re.MULTILINE)
    named = {selector.split()[-1] for rule in rules for selector in rule.split(",")}
    assert named == {f".{name}" for name in KEEPS_BREAKS}


def test_an_element_that_nobody_foresaw_keeps_its_text() -> None:
    assert blocks("<figure>one<blink>two</blink><dl><dt>three<dd>four</dl></figure>") == (
        Paragraph((Run("one"),)),
        Paragraph((Run("two"),)),
        Paragraph((Run("three"),)),
        Paragraph((Run("four"),)),
    )


def test_white_space_collapses_as_in_a_browser() -> None:
    assert blocks("<p> a\n  b <span> c</span>\n</p> <p>  </p>") == (Paragraph((Run("a b c"),)),)
    assert blocks("<p class=typed> a \n  b\n\nc </p>") == (Paragraph((Run("a\nb\n\nc"),)),)


def test_a_label_is_told_from_what_it_says() -> None:
    (line,) = blocks(
        '<p class="line"><span class="label">Two\nwords</span> said\nhere <b>now</b></p>'
    )
    assert line == Paragraph((Run("Two words", "label"), Run(" said\nhere "), Run("now", "strong")))


def test_a_link_keeps_its_target_and_what_it_leads_to_its_name() -> None:
    first, second, third = blocks(
        '<p>see <a href="#x">there</a></p><section id="w"><h2 id="x">Here</h2><p id="y">and</p></section>'
    )
    assert first == Paragraph((Run("see "), Run("there", target="#x")))
    assert second == Heading(2, (Run("Here"),), ("w", "x"))
    assert third == Paragraph((Run("and"),), ("y",))


def test_a_picture_within_a_paragraph_parts_it() -> None:
    assert blocks('<p>a <img alt="b" src="data:x"> c</p>') == (
        Paragraph((Run("a"),)),
        Picture("b", "data:x"),
        Paragraph((Run("c"),)),
    )
    assert blocks("<h2>a <svg><title>b</title><text>1</text></svg></h2>") == (
        Heading(2, (Run("a b"),)),
    )


def test_a_chart_without_a_title_is_told_by_what_is_written_in_it() -> None:
    assert blocks("<svg><text>6 of 10</text><text>law</text></svg>") == (Picture("6 of 10 law"),)


def test_a_table_is_read_with_its_heads() -> None:
    (table,) = blocks(
        "<table><caption>c</caption><thead><tr><th>h<thead><tbody><tr><th>r<td><p>a<p>b</table>"
    )
    assert isinstance(table, Table)
    assert text_of(table.caption) == "c"
    assert [cell.heads for row in table.head for cell in row] == [True]
    assert [[len(cell.blocks) for cell in row] for row in table.body] == [[1, 2]]


def test_a_cell_that_spans_columns_says_so() -> None:
    (table,) = blocks("<table><tbody><tr><th scope=rowgroup colspan=3>a<tr><td>b<td>c<td>d</table>")
    assert isinstance(table, Table)
    assert [[cell.span for cell in row] for row in table.body] == [[3], [1, 1, 1]]
    assert columns_of(table) == 3


def test_a_comment_is_not_read() -> None:
    assert blocks("<p>a<!-- no --> b</p>") == (Paragraph((Run("a b"),)),)
