import re
from dataclasses import asdict, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import UndefinedError

from compliance.audit.result import Result
from compliance.report.context import ReportContext, build_context
from compliance.report.fonts import printable
from compliance.report.html import render_html
from compliance.resources import bundled_folder

TEMPLATES = sorted((bundled_folder("templates") / "report").rglob("*.j2"))
NAME = r"[a-z_]+(?:\.[a-z_]+)*"
STATEMENT = re.compile(
    rf"for [a-z]+ in {NAME}|if {NAME}|else|endif|endfor|endmacro|macro [a-z]+\([a-z, ]*\)"
    r'|include part|(?:include|import) "partials/[a-z_]+\.html\.j2"(?: as pieces)?'
)
PRINTED = re.compile(
    rf'{NAME}|report\.headings\["[a-z-]+"\]\.title|(?:css|report\.summary\.(?:bars|timeline))\|safe'
    rf'|(?:pieces\.)?[a-z]+\((?:{NAME}(?:, )?|report\.headings\["[a-z-]+"\])*\)'
)


@pytest.fixture(scope="module")
def context(sunrise: Result) -> ReportContext:
    return build_context(sunrise.as_data())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_only_loops_and_prints(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    found = re.findall(r"\{% (.*?) %\}", text)
    assert not [words for words in found if not STATEMENT.fullmatch(words)]
    found = re.findall(r"\{\{ (.*?) \}\}", text)
    assert not [words for words in found if not PRINTED.fullmatch(words)]


def test_markup_that_was_typed_stays_text(sunrise: Result) -> None:
    evil = '</title><script>alert("1")</script>'
    html = render_html(build_context(replace(sunrise, clinic=evil).as_data()))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_variable_that_the_context_lacks_fails_loudly(context: ReportContext) -> None:
    lacking = {key: getattr(context, key) for key in asdict(context) if key != "tasks"}
    with pytest.raises(UndefinedError, match="tasks"):
        render_html(SimpleNamespace(**lacking))  # type: ignore[arg-type]  # on purpose


def test_everything_printed_has_a_glyph(context: ReportContext) -> None:
    html = render_html(context)
    assert html == printable(html)


def test_the_html_asks_for_no_other_file(context: ReportContext) -> None:
    html = render_html(context)
    assert not re.search(
        r"\bsrc=|<link|@import|url\((?!#hatch)", html.replace("attr(href url)", "")
    )


def test_another_style_sheet_takes_the_place_of_ours(context: ReportContext) -> None:
    assert "<style>p { color: red }</style>" in render_html(context, css="p { color: red }")


def test_the_fonts_come_with_their_licence() -> None:
    folder = bundled_folder("templates") / "report" / "fonts"
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.md").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in folder.iterdir()) < 1_500_000
