"""Reports as HTML to export, and what a reader of each output sees."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

import docx
import pytest
import yaml
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from tinyhtml5 import parse

from compliance.audit.result import Remark, Result
from compliance.conduct.exporting import write_html_as
from compliance.report.context import build_context
from compliance.report.html import render_html
from compliance.report.look import USUAL

AT = datetime(2026, 11, 24, 0, 41, 30, tzinfo=UTC)
REPORT = Path(__file__).parent.parent / "report"
_BLOCKS = {"p", "div", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "caption", "section", "ul"}

MakeHtml = Callable[[Result], str]


def _fill(kind: type, given: object) -> Result:
    """Make a result of plain data, as the tests of the report do."""
    spec = spec_from_file_location("report_conftest", REPORT / "conftest.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.fill(kind, given)  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def sunrise() -> Result:
    """An audit with every kind of thing in it."""
    return _fill(Result, yaml.safe_load((REPORT / "sunrise.yaml").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def nothing(sunrise: Result) -> Result:
    """An audit in which nothing was in scope."""
    conclusion = {"headline": "Nothing was audited", "lines": ["Nothing was audited."]}
    kept = ("schema", "tool", "clinic", "as_of", "time_zone", "begun_at", "auditor", "scope")
    own = {name: getattr(sunrise, name) for name in kept}
    return replace(_fill(Result, {"conclusion": conclusion}), **own, finished=True)


@pytest.fixture(scope="session")
def make_html() -> MakeHtml:
    """Make a report's HTML with the characters as they were typed."""

    def make(result: Result) -> str:
        data = json.loads(json.dumps(result.as_data()))
        return render_html(build_context(data, as_typed=True))

    return make


@pytest.fixture(scope="session")
def html(sunrise: Result, make_html: MakeHtml) -> str:
    """The report of the audit with everything in it."""
    return make_html(sunrise)


@pytest.fixture(scope="session")
def with_note() -> Callable[[Result, str], Result]:
    """Put one note upon the audit as a whole."""
    return _with_note


def _with_note(result: Result, text: str) -> Result:
    note = Remark(text=text, by="Dana Reyes", at="2026-11-23T14:30:00-07:00", withdrawn="")
    return replace(result, general_notes=(note,))


@pytest.fixture(scope="session")
def seen_in() -> Callable[[str, str], str]:
    """Tell what a reader sees of a report's HTML in a format; blocks and breaks end a line."""
    return _seen_in


def _seen_in(kind: str, html: str) -> str:
    raw = write_html_as(kind, html, USUAL, AT)
    if kind == "docx":
        return "".join(_draft_texts(raw))
    text = raw.decode()
    return _seen_in_html(text if kind == "html" else _markdown_as_html(text))


@pytest.fixture(scope="session")
def seen_in_html() -> Callable[[str], str]:
    """Tell what a reader sees of any HTML."""
    return _seen_in_html


@pytest.fixture(scope="session")
def seen_in_markdown() -> Callable[[str], str]:
    """Tell what a reader sees of any Markdown."""
    return lambda text: _seen_in_html(_markdown_as_html(text))


def _markdown_as_html(text: str) -> str:
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(text)


def _seen_in_html(text: str) -> str:
    root: Element = parse(text, namespace_html_elements=False)
    body = root.find("body")
    assert body is not None
    return "".join(_texts(body))


def _texts(element: Element) -> Iterator[str]:
    """Yield text; a chart's is its title, and a line ends where a browser ends one."""
    tag = str(element.tag).rpartition("}")[2]
    if tag == "br" or tag in _BLOCKS:
        yield "\n"
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    if tag in _BLOCKS:
        yield "\n"


def _draft_texts(raw: bytes) -> Iterator[str]:
    for element in docx.Document(BytesIO(raw)).element.body.iter():
        if element.tag == qn("w:t"):
            yield element.text or ""
        elif element.tag in {qn("w:br"), qn("w:p")}:
            yield "\n"
        elif element.tag == qn("w:tab"):
            yield " "
