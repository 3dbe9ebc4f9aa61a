import os
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document as Draft
from docx.oxml.ns import qn

from compliance.export.document import Cell, Document, Listing, Paragraph, Picture, Run, Table
from compliance.export.draft import DraftLook, render_draft
from compliance.export.draft_tables import column_widths
from compliance.export.packing import is_as_packed
from compliance.export.reading import read_document

AT = datetime(2026, 11, 24, 0, 41, 30, tzinfo=UTC)
LOOK = DraftLook("letter", large_print=False, accent="#1f5f74")
ROOT = Path(__file__).resolve().parents[2]
PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture(scope="module")
def raw(html: str) -> bytes:
    return render_draft(read_document(html), LOOK, AT)


@pytest.fixture(scope="module")
def draft(raw: bytes) -> Draft:
    return docx.Document(BytesIO(raw))


def of(*blocks: object, look: DraftLook = LOOK) -> Draft:
    document = Document("T", "de-CH", "", "", "", "", "", blocks)  # type: ignore[arg-type]
    return docx.Document(BytesIO(render_draft(document, look, AT)))


def test_every_page_and_the_first_paragraph_say_that_it_is_an_unsigned_draft(draft: Draft) -> None:
    assert "UNSIGNED DRAFT" in draft.sections[0].header.paragraphs[0].text
    assert draft.paragraphs[0].text.startswith("UNSIGNED DRAFT\n")
    assert "Only the full report, as a PDF, can be signed" in draft.paragraphs[0].text


def test_an_unfinished_audit_is_marked_on_every_page(html: str) -> None:
    marked = html.replace('data-mark=""', 'data-mark="UNFINISHED AUDIT"')
    made = docx.Document(BytesIO(render_draft(read_document(marked), LOOK, AT)))
    assert "UNSIGNED DRAFT · UNFINISHED AUDIT" in made.sections[0].header.paragraphs[0].text


def test_headings_are_headings(html: str, draft: Draft) -> None:
    for level in range(1, 5):
        found = [p for p in draft.paragraphs if p.style and p.style.name == f"Heading {level}"]
        assert len(found) == len(re.findall(f"<h{level}", html))
    assert not [p.text for p in draft.paragraphs if "Heading" in p.style.name and not p.text]  # type: ignore[union-attr, operator]


def test_the_head_of_a_table_stands_on_every_page_and_no_row_is_cut(draft: Draft) -> None:
    assert len(draft.tables) > 3
    for table in draft.tables:
        assert table.style
        assert table.style.name == "Table Grid"
        heads = [row for row in table.rows if row._tr.find(f".//{qn('w:tblHeader')}") is not None]
        assert len(heads) == 1
        whole = [row for row in table.rows if row._tr.find(f".//{qn('w:cantSplit')}") is not None]
        assert len(whole) == len(table.rows)


def test_columns_share_the_width_of_the_text(draft: Draft) -> None:
    section = draft.sections[0]
    room = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    for table in draft.tables:
        widths = [column.width or 0 for column in table.columns]
        assert min(widths) > 0
        assert sum(widths) == pytest.approx(room, rel=0.01)


def test_a_column_to_write_in_by_hand_has_room() -> None:
    def row(*texts: str) -> tuple[Cell, ...]:
        return tuple(
            Cell((Paragraph((Run(text),)),) if text else (), heads=False) for text in texts
        )

    table = Table((), (row("No.", "Action", "Done"),), (row("1", "Lock it", ""),))
    number, _, by_hand = column_widths(table, 1000)
    assert by_hand > 1.5 * number


def test_links_lead_to_bookmarks_and_each_has_a_name_that_word_allows(draft: Draft) -> None:
    body = draft.element.body
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    ids = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    links = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} - {None}
    assert len(links) > 12
    assert links <= set(marks)
    assert len(set(marks)) == len(marks) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name) for name in marks)


def test_language_title_and_dates_are_those_of_the_report(draft: Draft) -> None:
    said = draft.core_properties
    assert said.title == "Sunrise Ketamine Clinic: self-audit report as of 2026-11-23"
    assert said.author == "Dana Reyes, clinic manager"
    assert said.created == said.modified == datetime(2026, 11, 24, 0, 41, 30, tzinfo=UTC)
    assert said.content_status == "Draft"
    assert said.language == "en-US"
    languages = {e.get(qn("w:val")) for e in of().styles.element.iter(qn("w:lang"))}
    assert languages == {"de-CH"}


def test_the_same_report_gives_the_same_bytes_in_another_process(html: str, raw: bytes) -> None:
    code = (
        "import sys, datetime\n"
        "from compliance.export.draft import DraftLook, render_draft\n"
        "from compliance.export.reading import read_document\n"
        "at = datetime.datetime.fromisoformat('2026-11-24T00:41:30+00:00')\n"
        "look = DraftLook('letter', large_print=False, accent='#1f5f74')\n"
        "html = sys.stdin.buffer.read().decode()\n"
        "sys.stdout.buffer.write(render_draft(read_document(html), look, at))\n"
    )
    surroundings = {
        **os.environ,
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": str(ROOT),
        "TZ": "Asia/Tokyo",
    }
    again = subprocess.run(
        [sys.executable, "-c", code],
        input=html.encode(),
        capture_output=True,
        check=True,
        env=surroundings,
        cwd=ROOT,
    ).stdout
    assert again == raw


def test_nothing_in_it_tells_of_the_machine(raw: bytes) -> None:
    with zipfile.ZipFile(BytesIO(raw)) as packed:
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in packed.namelist() if "thumbnail" in name]
        said = packed.read("docProps/core.xml").decode() + packed.read("docProps/app.xml").decode()
    assert "python-docx" not in said


def test_a_draft_that_was_saved_again_is_told_from_ours(raw: bytes, draft: Draft) -> None:
    saved = BytesIO()
    draft.save(saved)
    assert is_as_packed(raw)
    assert not is_as_packed(saved.getvalue())


def test_a_cell_that_spans_columns_takes_their_places() -> None:
    def cell(text: str, span: int = 1) -> Cell:
        return Cell((Paragraph((Run(text),)),), heads=False, span=span)

    made = of(Table((), (), ((cell("a", 2), cell("b")), (cell("c"), cell("d"), cell("e")))))
    rows = [[place.text for place in row.cells] for row in made.tables[0].rows]
    assert rows == [["a", "a", "b"], ["c", "d", "e"]]


def test_a_label_stands_beside_what_it_says_unless_it_is_long() -> None:
    short = Paragraph((Run("Answer", "label"), Run(" no")))
    long = Paragraph((Run("What kind of unit is it, and where?", "label"), Run(" a safe")))
    made = of(short, long).paragraphs[1:]
    assert [p.text for p in made] == [
        "Answer\tno",
        "What kind of unit is it, and where?\na safe",
    ]


def test_each_numbered_list_begins_at_one() -> None:
    items = tuple((Paragraph((Run(word),)),) for word in ("a", "b"))
    made = of(Listing(True, items), Listing(True, items))
    numbers = [p._p.pPr.numPr.numId.val for p in made.paragraphs if p.text in {"a", "b"}]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_a_picture_has_its_words_and_a_damaged_one_stands_in_them() -> None:
    made = of(Picture("A safe", PIXEL), Picture("A cart", "data:image/png;base64,AAAA"))
    (shape,) = made.inline_shapes
    assert shape._inline.docPr.get("descr") == "A safe"
    assert made.paragraphs[-1].text == "Picture: A cart"


def test_an_address_that_runs_something_is_no_link() -> None:
    made = of(Paragraph((Run("x", target="javascript:alert(1)"), Run("y", target="https://a.b"))))
    (link,) = made.element.body.iter(qn("w:hyperlink"))
    assert made.part.rels[link.get(qn("r:id"))].target_ref == "https://a.b"


@pytest.mark.parametrize(("paper", "width"), [("letter", 8.5), ("a4", 8.27)])
def test_the_paper_is_the_one_that_was_asked_for(paper: str, width: float) -> None:
    look = DraftLook(paper, large_print=True, accent="#7a1f4c")  # type: ignore[arg-type]
    made = of(look=look)
    assert made.sections[0].page_width.inches == pytest.approx(width, abs=0.01)  # type: ignore[union-attr]
    assert made.styles["Normal"].font.size.pt == 15.5  # type: ignore[attr-defined]
    assert str(made.styles["Heading 2"].font.color.rgb) == "7A1F4C"  # type: ignore[attr-defined]
