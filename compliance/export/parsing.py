"""From the report's HTML to a tree of elements, as the renderer of the PDF sees it too."""

import re
from xml.etree.ElementTree import Element

from compliance.export.hidden import name_hidden

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
"""What was typed cannot look like one: its angle brackets are escaped."""


def parse_report(html: str) -> Element:
    """Return the root element; every name stands without its namespace.

    The parser is WeasyPrint's own, so that no output reads the HTML otherwise than the PDF does.
    """
    from tinyhtml5 import parse  # type: ignore[import-untyped]  # noqa: PLC0415 - no types; loaded only when needed

    root: Element = parse(_COMMENT.sub("", name_hidden(html)), namespace_html_elements=False)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        for name in [name for name in element.attrib if name.startswith("{")]:
            del element.attrib[name]  # declares a namespace, which HTML does without
    return root


def find_body(root: Element) -> Element:
    """Return the body; the parser makes one where there is none."""
    body = root.find("body")
    if body is None:
        raise ValueError("an HTML parser always makes a body")
    return body


def meta(root: Element, name: str) -> str:
    """Return what the head says under a name; empty where it says nothing."""
    found = root.find(f"head/meta[@name='{name}']")
    return "" if found is None else found.get("content", "")


def classes(element: Element) -> frozenset[str]:
    """Return the classes of an element."""
    return frozenset(element.get("class", "").split())


def chart_words(svg: Element) -> str:
    """Return a chart in words: its title, else whatever is written in it."""
    said = "".join(svg.findtext("title", "")).strip() or svg.get("aria-label", "")
    return said or " ".join(" ".join(svg.itertext()).split())
