"""Numbered lists of a draft: each begins at one again."""

from docx.document import Document as Draft
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

NUMBERED = "List Number"


def restart(draft: Draft) -> int:
    """Return the number of a new list that looks as all numbered ones do."""
    numbering = draft.part.numbering_part.element
    usual = draft.styles[NUMBERED].element.find(f".//{qn('w:numId')}").get(qn("w:val"))
    known = next(num for num in numbering.num_lst if str(num.numId) == usual)
    made = numbering.add_num(known.abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    number: int = made.numId
    return number


def set_number(paragraph: Paragraph, number: int) -> None:
    """Make a paragraph an item of a list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - python-docx has no lists to write
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number
