"""The pages of a draft: paper, margins, and what stands at the head and the foot of each."""

from typing import Literal

from docx.document import Document as Draft
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Length, Mm
from docx.text.paragraph import Paragraph

from compliance.export.document import Document
from compliance.export.wording import DRAFT

_PAPERS: dict[str, tuple[Length, Length]] = {
    "letter": (Inches(8.5), Inches(11)),
    "a4": (Mm(210), Mm(297)),
}
_MARGIN = Inches(0.9)


def set_pages(draft: Draft, document: Document, paper: Literal["letter", "a4"]) -> int:
    """Set the paper, the heads and the feet; return how wide the text is, in EMU."""
    section = draft.sections[0]
    section.page_width, section.page_height = _PAPERS[paper]
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = Inches(1)
    width = section.page_width - 2 * _MARGIN
    marks = [DRAFT.upper(), *([document.mark] if document.mark else [])]
    _write(section.header.paragraphs[0], document.head, " · ".join(marks), width)
    section.footer.paragraphs[0].add_run(document.foot)
    foot = section.footer.add_paragraph("Page ", style="Footer")
    _number(foot, "PAGE")
    foot.add_run(" of ")
    _number(foot, "NUMPAGES")
    return width


def _write(paragraph: Paragraph, left: str, right: str, width: int) -> None:
    """Write one text at the left and one at the right; the style's own tab stops are cleared."""
    stops = paragraph.paragraph_format.tab_stops
    for stop in paragraph.style.paragraph_format.tab_stops if paragraph.style else ():
        stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(Length(width), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(left)
    paragraph.add_run("\t")
    paragraph.add_run(right).bold = True


def _number(paragraph: Paragraph, field: str) -> None:
    """Write a field that the word processor fills in."""
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), field)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    element.append(run)
    paragraph._p.append(element)  # noqa: SLF001 - python-docx has no fields to write
