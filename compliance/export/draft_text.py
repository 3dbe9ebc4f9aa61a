"""Runs, links and the places they lead to, in a draft: what python-docx has no words for."""

import re

from docx.document import Document as Draft
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run as DraftRun

from compliance.export.document import Kind, Run, Runs

_STYLES: dict[Kind, str] = {
    "label": "Label",
    "strong": "Strong",
    "aside": "Aside",
    "mark": "Mark",
}
_FOLLOWED = ("http://", "https://", "mailto:")
_LONGEST_NAME = 30


class Names:
    """How a draft names things: bookmarks by the anchors of the report, and styles.

    Styles are looked up once: python-docx would search all of them for every run.
    """

    def __init__(self, draft: Draft) -> None:
        self._styles = {style.name: style.style_id for style in draft.styles}
        self._numbers: dict[str, int] = {}
        self._marks = 0

    def style(self, part: Paragraph | DraftRun, name: str) -> None:
        """Give a paragraph or a run a style."""
        part._element.style = self._styles[name]  # noqa: SLF001 - python-docx only takes names

    def name(self, anchor: str) -> str:
        """Return the bookmark's name for an anchor, always the same for the same one.

        Word allows 40 letters, digits and underscores.
        """
        number = self._numbers.setdefault(anchor, len(self._numbers) + 1)
        return f"to_{re.sub('[^A-Za-z0-9]', '_', anchor)[:_LONGEST_NAME]}_{number}"

    def next_id(self) -> str:
        """Return a number that no other bookmark has."""
        self._marks += 1
        return str(self._marks)


def write_runs(
    paragraph: Paragraph,
    runs: Runs,
    names: Names,
    anchors: tuple[str, ...] = (),
    *,
    hangs: bool = False,
) -> None:
    """Write runs into a paragraph; `hangs` puts a tab between a label and what it says."""
    for anchor in anchors:
        _bookmark(paragraph, names.name(anchor), names.next_id())
    for place, run in enumerate(runs):
        text = run.text
        if place == 1 and runs[0].kind == "label":
            text = ("\t" if hangs else "\n") + text.lstrip(" ")
        _write(paragraph, run, text, names)


def _write(paragraph: Paragraph, run: Run, text: str, names: Names) -> None:
    if run.target.startswith("#"):
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), names.name(run.target[1:]))
    elif run.target.startswith(_FOLLOWED):
        link = OxmlElement("w:hyperlink")
        related = paragraph.part.relate_to(
            run.target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        )
        link.set(qn("r:id"), related)
    else:
        written = paragraph.add_run(text)
        if run.kind in _STYLES:
            names.style(written, _STYLES[run.kind])
        return
    paragraph._p.append(link)  # noqa: SLF001 - python-docx has no links to write
    element = OxmlElement("w:r")
    link.append(element)
    linked = DraftRun(element, paragraph)
    linked.text = text
    names.style(linked, "Hyperlink")


def _bookmark(paragraph: Paragraph, name: str, number: str) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), number)
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), number)
    for element in (start, end):
        paragraph._p.append(element)  # noqa: SLF001 - python-docx has no bookmarks to write
