import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from compliance.export.page import render_page
from compliance.report.look import contrast_with_white
from compliance.resources import bundled_folder

CSS = (bundled_folder("templates") / "web" / "report.css").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(html: str) -> str:
    return render_page(html, accent="#1f5f74")


def elements(page: str) -> list[tuple[str, dict[str, str | None]]]:
    found: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    Reader().feed(page)
    return found


def test_every_word_of_the_report_is_on_the_page(
    html: str, page: str, seen_in_html: Callable[[str], str]
) -> None:
    seen = "".join(seen_in_html(page).split())
    told = re.sub(r'<input[^>]* title="([^"]*)"/?>', r"\1. Signed in the PDF only.", html)
    assert "".join(seen_in_html(told).split()) in seen


def test_it_asks_for_nothing_of_anybody(page: str) -> None:
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in page
    assert not re.search(r"<script|<link|<iframe|@import|@font-face|\son\w+=", page)
    assert not re.search(r"url\((?!#hatch)", page)
    sources = [given["src"] for _, given in elements(page) if "src" in given]
    assert all(source and source.startswith("data:") for source in sources)


def test_it_has_landmarks_a_skip_link_and_a_language(page: str) -> None:
    tags = [tag for tag, _ in elements(page)]
    assert [tags.count(landmark) for landmark in ("header", "main", "footer", "h1")] == [1] * 4
    navigation = [given for tag, given in elements(page) if tag == "nav"]
    assert all(given.get("aria-label") for given in navigation)
    assert '<html lang="en-US">' in page
    assert page.index('href="#report">Skip') < page.index("<header")
    assert '<main id="report"' in page


def test_headings_leave_no_level_out(page: str) -> None:
    levels = [int(tag[1]) for tag, _ in elements(page) if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_link_leads_somewhere(page: str) -> None:
    found = elements(page)
    names = {given["id"] for _, given in found if "id" in given}
    targets = {given["href"] for tag, given in found if tag == "a"}
    inside = {target[1:] for target in targets if target and target.startswith("#")}
    assert len(inside) > 12
    assert inside <= names


def test_every_head_of_a_table_says_what_it_heads(page: str) -> None:
    heads = [given for tag, given in elements(page) if tag == "th"]
    assert heads
    assert all(given.get("scope") in {"col", "row"} for given in heads)


def test_on_a_phone_every_cell_names_its_column(page: str) -> None:
    cells = [given for tag, given in elements(page) if tag == "td"]
    assert cells
    assert all(given.get("data-label") for given in cells)


def test_there_is_nothing_to_fill_in(page: str) -> None:
    tags = {tag for tag, _ in elements(page)}
    assert not tags & {"form", "input", "button", "textarea", "select"}
    assert page.count("Signed in the PDF only.") == 2


def test_a_chart_can_be_scrolled_to_with_the_keyboard(page: str) -> None:
    frames = [given for tag, given in elements(page) if given.get("class") == "window"]
    assert len(frames) == len([tag for tag, _ in elements(page) if tag == "svg"]) == 2
    assert all(given["tabindex"] == "0" and given["aria-label"] for given in frames)


def test_its_letters_are_dark_enough() -> None:
    inks = set(re.findall(r"(?<![-\w])color: (#[0-9a-f]{6})", CSS)) - {"#ffffff"}
    assert inks
    assert all(contrast_with_white(ink) > 7 for ink in inks)


def test_it_is_still_for_who_wants_no_motion() -> None:
    moving = re.search(r"scroll-behavior|transition|animation", CSS)
    assert moving
    assert CSS.index("prefers-reduced-motion: no-preference") < moving.start()
    assert len(re.findall(r"scroll-behavior|transition|animation", CSS)) == 1


def test_the_accent_is_that_of_the_theme(html: str) -> None:
    assert "--accent: #7a1f4c" in render_page(html, accent="#7a1f4c")


def test_an_unfinished_audit_says_so_at_the_top(html: str) -> None:
    marked = html.replace('data-mark=""', 'data-mark="UNFINISHED AUDIT"')
    page = render_page(marked, accent="#1f5f74")
    assert page.index("UNFINISHED AUDIT") < page.index("<main")
