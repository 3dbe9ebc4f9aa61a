"""The text of the pages against the data: every digit counts, and only what the style sheet adds does not."""

from __future__ import annotations

import json
import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from compliance.conduct.rendering import render_files
from compliance.report.carried import to_json
from compliance.report.html import render_html
from compliance.report.look import Look, look_data
from compliance.report.making import carried_look, make_context
from compliance.verification.expected import read_html, squeezed
from compliance.verification.glyphs import UNKNOWN, Decoder, read_font
from compliance.verification.matching import Difference, compare
from compliance.verification.pages import check_pages
from compliance.verification.printed import read_pages
from compliance.verification.unpacking import Unpacking

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conftest import Made

RESULT = "result.json"


def changed(files: Mapping[str, bytes], change: Callable[[Any], object]) -> dict[str, bytes]:
    data = json.loads(files[RESULT])
    change(data)
    return {**files, RESULT: to_json(data)}


def drawn(pdf: bytes, page: int, instructions: bytes) -> bytes:
    """Return the PDF with more drawn onto a page, the font being the page's first."""
    written = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        font = next(iter(opened.pages[page].Resources.Font)).lstrip("/").encode()
        opened.pages[page].contents_add(instructions.replace(b"FONT", font))
        opened.save(written)
    return written.getvalue()


# As it is made.


@pytest.mark.parametrize(
    "look", [Look(), Look(paper="a4", large_print=True)], ids=["usual", "large"]
)
def test_the_pages_of_a_report_say_what_its_data_says(made: Made, look: Look) -> None:
    files = {**made.files, "look.json": to_json(look_data(look))}
    check = check_pages(render_files(files), files)
    assert (check.verdict, check.reason) == ("holds", ""), check.sentence


def test_a_signature_s_card_is_no_part_of_the_pages(made: Made, countersigned: bytes) -> None:
    assert check_pages(countersigned, made.files).verdict == "holds"


def test_everything_that_the_html_prints_is_read_from_the_pages(made: Made) -> None:
    words = " ".join(page.text for page in read_pages(made.unsigned))
    for said in ("Top drawer open.", "Key in the lock.", "Main Street", "Critical gaps: 1 of law."):
        assert said in words


# One of the two changed.

CHANGES: dict[str, tuple[Callable[[Any], object], str]] = {
    "one digit": (
        lambda data: data["scores"][0].update(conforming=data["scores"][0]["conforming"] + 1),
        "shows “",
    ),
    "the clinic": (lambda data: data.update(clinic="Sunset"), "Page 1 shows “"),
    "a note": (
        lambda data: data["findings"][0]["things"][0]["notes"][0].update(text="Top drawer shut."),
        "Top drawer open.",
    ),
    "a finding left out": (lambda data: data["findings"].pop(), "shows “"),
    "a conclusion": (
        lambda data: data["findings"][0]["things"][0].update(reason="No gap."),
        "the data says “",
    ),
    "the last hash": (
        lambda data: data["checklists"][-1].update(digest="ab" * 32),
        "abababab",
    ),
    "the mark of an audit under way": (lambda data: data.update(finished=False), "Page 1"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_data_that_was_changed_is_not_what_the_pages_say(made: Made, what: str) -> None:
    change, said = CHANGES[what]
    check = check_pages(made.unsigned, changed(made.files, change))
    assert (check.verdict, check.reason) == ("fails", "differs")
    assert said in check.sentence


def test_both_texts_are_shown_with_their_page(made: Made) -> None:
    check = check_pages(
        made.unsigned, changed(made.files, lambda data: data.update(clinic="Sunset"))
    )
    found = re.match(r"Page 1 shows “(.*?)”; the data says “(.*?)”\.", check.sentence)
    assert found, check.sentence
    assert found[1].replace("rise", "set")[:10] == found[2][:10]


def test_each_digit_of_a_page_counts(made: Made) -> None:
    """Whatever single digit of the text is changed, the comparison says so."""
    expected = read_html(render_html(make_context(made.files, carried_look(made.files))))
    pages = [page.text for page in read_pages(made.unsigned)]
    assert list(compare(pages, expected)) == []
    whole = "\f".join(pages)
    digits = [found.start() for found in re.finditer("[0-9]", whole)]
    for at in digits[:: max(1, len(digits) // 150)]:
        other = whole[:at] + str((int(whole[at]) + 1) % 10) + whole[at + 1 :]
        assert list(compare(other.split("\f"), expected)), whole[at - 30 : at + 10]


OVERLAYS = {
    "more words": b"BT /FONT 12 Tf 1 0 0 1 72 400 Tm <00010002> Tj ET",
    "words in a figure": b"/Figure <</MCID 9999>> BDC BT /FONT 9 Tf <0003> Tj ET EMC",
    "words as furniture": b"/Artifact BMC BT /FONT 9 Tf <0003> Tj ET EMC",
    "the same words twice": b"/Span <</MCID 1>> BDC BT /FONT 9 Tf <0003> Tj ET EMC",
}


@pytest.mark.parametrize("what", OVERLAYS)
@pytest.mark.parametrize("page", [0, 2])
def test_words_that_were_drawn_onto_a_page_are_found(made: Made, page: int, what: str) -> None:
    check = check_pages(drawn(made.unsigned, page, OVERLAYS[what]), made.files)
    assert check.verdict == "fails"
    assert f"age {page + 1}" in check.sentence


def test_words_that_nobody_sees_are_found(made: Made) -> None:
    unseen = b"/Span <</MCID 1>> BDC BT 3 Tr /FONT 9 Tf <0003> Tj ET EMC"
    check = check_pages(drawn(made.unsigned, 0, unseen), made.files)
    assert "Page 1 holds text that nobody sees" in check.sentence


def test_the_furniture_of_a_page_is_known(made: Made) -> None:
    written = BytesIO()
    with pikepdf.open(BytesIO(made.unsigned)) as opened:
        opened.pages.insert(1, opened.pages[2])
        opened.save(written)
    check = check_pages(written.getvalue(), made.files)
    assert check.verdict == "fails"


def test_a_note_that_lies_over_a_page_is_found(made: Made) -> None:
    written = BytesIO()
    with pikepdf.open(BytesIO(made.unsigned)) as opened:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText)
        note.Rect = pikepdf.Array([10, 10, 90, 40])
        opened.pages[1].obj.Annots = pikepdf.Array([opened.make_indirect(note)])
        opened.save(written)
    check = check_pages(written.getvalue(), made.files)
    assert "Something lies over page 2 that no report has (FreeText)." in check.sentence


def test_pages_without_structure_say_nothing_that_can_be_compared(made: Made) -> None:
    written = BytesIO()
    with pikepdf.open(BytesIO(made.unsigned)) as opened:
        del opened.Root.StructTreeRoot
        opened.save(written)
    assert check_pages(written.getvalue(), made.files).verdict == "fails"


# What the style sheet adds.

CONTENTS = '<ol class="contents"><li><a class="page" href="#two">Two</a></li></ol>'
HTML = f"""<body data-head="H" data-mark="" data-foot="F">{CONTENTS}
<p>See <a class="page" href="#two">two</a>.</p><h2 id="two">Two</h2>
<table><thead><tr><th>No.</th></tr></thead><tbody><tr><td>7 8 9</td></tr></tbody></table></body>"""
FIRST, SECOND = "Two, page 2 See two, page 2.", "TwoNo.7 8 9"


def differ(*pages: str) -> list[Difference]:
    return list(compare(pages, read_html(HTML)))


@pytest.mark.parametrize(
    "pages",
    [
        (FIRST, SECOND),
        ("• Two, page 2 See two, page 2.", SECOND),
        ("– Two,page2See two, page 2.", "TwoNo.7 8", "No.9"),
        (FIRST, "Two", "No.7 8 9"),
        (FIRST, "TwoNo.7", "8", "9"),
    ],
)
def test_page_numbers_signs_and_repeated_heads_are_let_pass(pages: tuple[str, ...]) -> None:
    assert differ(*pages) == []


@pytest.mark.parametrize(
    ("pages", "page"),
    [
        ((FIRST.replace("page 2", "page 3"), SECOND), 1),
        ((FIRST.replace("Two, page 2", "Two, page 9"), SECOND), 1),
        ((FIRST.replace("Two, page 2", "Two, page 12"), SECOND), 1),
        ((FIRST.replace(", page 2", ""), SECOND), 1),
        ((FIRST.replace("See", "• See"), SECOND), 1),
        ((FIRST, "TwoNo.7 No.8 9"), 2),
        ((FIRST, "TwoNo.7 8 9", "No."), 3),
        ((FIRST, SECOND, "And more"), 3),
        ((FIRST, "TwoNo.7 8"), 2),
        ((FIRST,), 1),
    ],
)
def test_they_are_let_pass_nowhere_else(pages: tuple[str, ...], page: int) -> None:
    assert [one.page for one in differ(*pages)][:1] == [page]


def test_what_is_not_printed_is_not_expected() -> None:
    html = "<style>a{}</style><svg><title>A chart</title><desc>x</desc><text>Law</text></svg><p>A&amp;B</p>"
    assert [one.words for one in read_html(html).pieces] == ["Law", "A&B"]


def test_spaces_of_every_kind_are_the_printers_business() -> None:
    assert squeezed("1\u00a0000\u2002of\n2\u2009km") == "1000of2km"


# Glyphs.


def font(cmap: bytes | None, kind: str = "/Type0") -> Decoder:
    with pikepdf.new() as pdf:
        made = pikepdf.Dictionary(Subtype=pikepdf.Name(kind))
        if cmap is not None:
            made.ToUnicode = pdf.make_stream(cmap)
        return read_font(made, Unpacking())


@pytest.mark.parametrize(
    ("cmap", "raw", "text"),
    [
        (b"1 beginbfchar <0003> <00660069> endbfchar", b"\0\3", "fi"),
        (b"1 beginbfchar\n<0003>\n<D83DDE00>\nendbfchar", b"\0\3\0\4", "😀" + UNKNOWN),
        (b"beginbfrange <0001> <0003> <0041> endbfrange", b"\0\1\0\2\0\3", "ABC"),
        (b"beginbfrange <0001> <0002> [<0058> <0059>] endbfrange", b"\0\1\0\2", "XY"),
        (b"beginbfrange <0000> <FFFFFFFF> <0041> endbfrange", b"\0\1", "B"),
        (b"beginbfchar <> <> endbfchar", b"\0\1", UNKNOWN),
        (None, b"\0\1", UNKNOWN),
    ],
)
def test_a_font_says_what_its_glyphs_stand_for(cmap: bytes | None, raw: bytes, text: str) -> None:
    assert font(cmap).decode(raw) == text


def test_a_simple_font_has_codes_of_one_byte() -> None:
    assert font(b"beginbfchar <41> <0042> endbfchar", "/TrueType").decode(b"AA") == "BB"


# Unpacking.


def packed(made: Made, raw: bytes, packing: str = "/FlateDecode") -> bytes:
    written = BytesIO()
    with pikepdf.open(BytesIO(made.unsigned)) as opened:
        contents = opened.make_stream(b"")
        contents.write(raw, filter=pikepdf.Name(packing))
        opened.pages[0].obj.Contents = contents
        opened.save(
            written,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
    return written.getvalue()


def test_a_page_that_unpacks_without_end_is_refused_before_it_does(made: Made) -> None:
    packer = zlib.compressobj(9)
    raw = b"".join(packer.compress(b"0 0 m " * 2**18) for _ in range(100)) + packer.flush()
    assert len(raw) < 2**20
    check = check_pages(packed(made, raw), made.files)
    assert check.verdict == "fails"
    assert "it unpacks to more than 128 MiB" in check.sentence


@pytest.mark.parametrize(
    ("raw", "packing", "said"),
    [
        (b"ab>", "/ASCIIHexDecode", "packed in a way that this program never uses"),
        (zlib.compress(b"0 0 m" * 99)[:-9], "/FlateDecode", "a page is damaged"),
        (b"nonsense", "/FlateDecode", "The pages cannot be read"),
    ],
)
def test_a_page_that_is_packed_otherwise_is_a_verdict(
    made: Made, raw: bytes, packing: str, said: str
) -> None:
    check = check_pages(packed(made, raw, packing), made.files)
    assert check.verdict == "fails"
    assert said in check.sentence


def test_drawings_within_drawings_come_to_an_end(made: Made) -> None:
    written = BytesIO()
    with pikepdf.open(BytesIO(made.unsigned)) as opened:
        inner = opened.make_stream(b" ", Subtype=pikepdf.Name.Form)
        for _ in range(10):
            outer = opened.make_stream(b"/X Do " * 50, Subtype=pikepdf.Name.Form)
            outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
            inner = outer
        opened.pages[0].obj.Resources.XObject = pikepdf.Dictionary(X=inner)
        opened.pages[0].obj.Contents = opened.make_stream(b"/X Do")
        opened.save(written)
    assert "more than 128 MiB" in check_pages(written.getvalue(), made.files).sentence
