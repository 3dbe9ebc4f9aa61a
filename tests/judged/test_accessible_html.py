"""axe in headless Chromium finds nothing on the report's HTML, and does find what was broken."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from compliance.export.page import render_page
from compliance.report.context import build_context
from compliance.report.html import render_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.slow

# A browser of its own, which asks nobody for anything.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
NAMES = ("chromium", "chromium-browser", "chromium-headless-shell", "google-chrome", "chrome")
WIDE, NARROW = 1280, 400
RUN = "axe.run(document, {resultTypes: ['violations', 'incomplete']})"
PAGE = """<!DOCTYPE html><html lang="en"><head><title>A page</title></head><body><main>
<h1>A page</h1><p style="color: #333">Words upon white.</p><table><tr><th scope="col">Gap</th></tr>
<tr><td>The safe</td></tr></table></main></body></html>"""

BROKEN = {
    "nothing": ("", "", set()),
    "an image without a text": ("<table>", '<img src="data:,"><table>', {"image-alt"}),
    "a chart without a text": (
        "<table>",
        '<svg role="img" width="9" height="9"><rect width="9" height="9"/></svg><table>',
        {"svg-img-alt"},
    ),
    "pale letters": ("#333", "#bbb", {"color-contrast"}),
    "no language": (' lang="en"', "", {"html-has-lang"}),
    "no title": ("<title>A page</title>", "", {"document-title"}),
    "no main part": ("main>", "div>", {"landmark-one-main", "region"}),
    "a heading that skips a level": ("<table>", "<h3>Plan</h3><table>", {"heading-order"}),
    "a box without a label": ("<table>", '<input type="checkbox"><table>', {"label"}),
    "a link without words": ("<table>", '<a href="#x"></a><table>', {"link-name"}),
    "a list of no items": ("<table>", "<ul><p>One</p></ul><table>", {"list"}),
}


def web_page(data: dict[str, Any]) -> str:
    """Return the HTML that people read in a browser."""
    return render_page(render_html(build_context(data)), accent="#1f5f74")


Judged = tuple[dict[str, list[str]], dict[str, list[str]], list[str]]


@pytest.fixture(scope="module")
def axe() -> Iterator[Callable[..., Judged]]:
    """Show HTML in a browser; return axe's findings, what it could not judge, and what was fetched."""
    driver = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    package = find_spec("axe_playwright_python")
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if not program or not package or not package.submodule_search_locations:
        pytest.skip("needs Chromium and axe-playwright-python, which carries axe-core")
    script = Path(package.submodule_search_locations[0], "axe.min.js").read_text(encoding="utf-8")

    with driver.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=QUIET)

        def judge(html: str, width: int = WIDE) -> Judged:
            # Past the page's own policy, so that axe may run in it; offline, so that nothing is had.
            context = browser.new_context(
                bypass_csp=True, offline=True, viewport={"width": width, "height": 900}
            )
            page = context.new_page()
            fetched: list[str] = []
            page.on("request", lambda request: fetched.append(request.url))
            page.set_content(html)
            page.evaluate(script)
            found = page.evaluate(RUN)
            context.close()
            return _by_rule(found["violations"]), _by_rule(found["incomplete"]), fetched

        yield judge
        browser.close()


def _by_rule(found: list[dict[str, Any]]) -> dict[str, list[str]]:
    return {rule["id"]: [node["html"] for node in rule["nodes"]] for rule in found}


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_nothing_on_the_report(
    axe: Callable[..., Judged], sunrise_data: dict[str, Any], width: int
) -> None:
    findings, unjudged, fetched = axe(web_page(sunrise_data), width)
    assert findings == {}
    # Letters upon the bars of a chart: another test measures their contrast.
    assert set(unjudged) <= {"color-contrast"}
    letters = unjudged.get("color-contrast", [])
    assert [html for html in letters if not html.startswith("<text")] == []
    assert fetched == []


@pytest.mark.parametrize("what", BROKEN)
def test_axe_finds_what_was_broken(axe: Callable[..., Judged], what: str) -> None:
    whole, broken, expected = BROKEN[what]
    assert whole in PAGE
    findings, _, _ = axe(PAGE.replace(whole, broken) if whole else PAGE)
    assert set(findings) == expected
