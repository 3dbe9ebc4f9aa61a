"""The styles of a draft: few sizes, one accent, all of them named so that a person can change them."""

from dataclasses import dataclass
from typing import cast

from docx.document import Document as Draft
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Inches, Length, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from compliance.export.document import Paragraph

_FONT = "Calibri"
_QUIET = RGBColor(0x4A, 0x58, 0x60)
_INK = RGBColor(0x16, 0x23, 0x2B)
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
_BY_FIRST = {"mark": "Standing", "strong": "Opening"}
_LABEL_POINTS = 108
_LONGEST_LABEL = 24
"""In characters; a longer label stands above what it says, not beside it."""

HANGING = "Labelled line"
"""The style of a line whose label stands beside what it says."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Letters half as large again for large print."""

    large: bool

    def of(self, points: float) -> Pt:
        """Return a size for this print."""
        return Pt(points * 1.5 if self.large else points)


def set_styles(draft: Draft, sizes: Sizes, accent: str, language: str) -> None:
    """Give the draft its styles; `accent` is a color such as `#1f5f74`."""
    color = RGBColor.from_string(accent.lstrip("#").upper())
    _set_language(draft, language)
    normal = cast("ParagraphStyle", draft.styles["Normal"])
    _set_font(normal, sizes.of(10.5), _INK)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.15
    for level, (size, before) in enumerate(((26, 12), (17, 24), (13, 16), (11, 6)), start=1):
        heading = cast("ParagraphStyle", draft.styles[f"Heading {level}"])
        _set_font(heading, sizes.of(size), _INK if level in {1, 4} else color, bold=True)
        heading.font.italic = False
        heading.paragraph_format.space_before = Pt(before)
        heading.paragraph_format.space_after = Pt(4)
        heading.paragraph_format.keep_with_next = True
    _add_lines(draft, sizes)
    _set_lines(draft, sizes)
    _add_letters(draft, sizes, color)


def own_style(paragraph: Paragraph) -> str:
    """Return the style that a paragraph has by what it begins with."""
    first = paragraph.runs[0]
    if first.kind == "label":
        return HANGING if len(first.text) <= _LONGEST_LABEL else "Line below its label"
    return _BY_FIRST.get(first.kind, "Normal")


def _add_lines(draft: Draft, sizes: Sizes) -> None:
    hanging = _line(draft, HANGING).paragraph_format
    width = sizes.of(_LABEL_POINTS)
    hanging.left_indent, hanging.first_line_indent = width, Length(-width)
    hanging.tab_stops.add_tab_stop(width)
    _line(draft, "Line below its label")
    for name in _BY_FIRST.values():
        opening = _line(draft, name).paragraph_format
        opening.keep_with_next, opening.space_before = True, Pt(6)
    _line(draft, "Chart in words").paragraph_format.left_indent = Inches(0.2)
    _line(draft, "Signature place").font.italic = True
    banner = _line(draft, "Banner")
    _frame(banner)
    banner.paragraph_format.space_after = Pt(18)
    for name in ("Table text", "Table head", "After a table"):
        _line(draft, name).paragraph_format.space_after = Pt(0)
    head = cast("ParagraphStyle", draft.styles["Table head"])
    head.font.bold = head.paragraph_format.keep_with_next = True


def _set_lines(draft: Draft, sizes: Sizes) -> None:
    """Set those styles that the template has already."""
    caption = cast("ParagraphStyle", draft.styles["Caption"])
    _set_font(caption, sizes.of(10.5), _INK, bold=True)
    caption.paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Number", "List Continue"):
        listed = cast("ParagraphStyle", draft.styles[name]).paragraph_format
        listed.space_after, listed.left_indent = Pt(2), Inches(0.3)
        if name != "List Continue":
            listed.first_line_indent = Inches(-0.3)
    for name in ("Header", "Footer"):
        _set_font(cast("ParagraphStyle", draft.styles[name]), sizes.of(8.5), _QUIET)


def _add_letters(draft: Draft, sizes: Sizes, accent: RGBColor) -> None:
    for name in ("Label", "Aside"):
        style = _letters(draft, name)
        style.font.size, style.font.color.rgb = sizes.of(9), _QUIET
    mark = _letters(draft, "Mark")
    mark.font.bold = True
    mark.element.get_or_add_rPr().append(_border("bdr", size="4", space="0"))
    link = _letters(draft, "Hyperlink")
    link.font.underline, link.font.color.rgb = True, accent


def _line(draft: Draft, name: str) -> ParagraphStyle:
    style = cast("ParagraphStyle", draft.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    style.base_style = draft.styles["Normal"]
    return style


def _letters(draft: Draft, name: str) -> CharacterStyle:
    return cast("CharacterStyle", draft.styles.add_style(name, WD_STYLE_TYPE.CHARACTER))


def _set_font(style: CharacterStyle, size: Pt, ink: RGBColor, *, bold: bool = False) -> None:
    """Set the letters of a style, instead of what the template's theme would make of them."""
    style.font.name, style.font.size, style.font.color.rgb = _FONT, size, ink
    style.font.bold = bold
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _set_language(draft: Draft, language: str) -> None:
    for said in draft.styles.element.iter(qn("w:lang")):
        said.set(qn("w:val"), language)


def _frame(style: ParagraphStyle) -> None:
    """Draw lines around a paragraph: it is not overlooked, in grey neither."""
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(_border(side, size="12", space="6"))
    style.element.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def _border(name: str, *, size: str, space: str) -> BaseOxmlElement:
    line = OxmlElement(f"w:{name}")
    for key, value in (("val", "single"), ("sz", size), ("space", space), ("color", "16232B")):
        line.set(qn(f"w:{key}"), value)
    return line
