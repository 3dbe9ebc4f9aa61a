"""Four views of the same data, on two papers, in usual and in large letters."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any, get_args

import pikepdf
import pytest

from compliance.report.context import build_context
from compliance.report.html import render_html
from compliance.report.look import Look, View
from compliance.report.making import make_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from compliance.audit.result import Result

VIEWS: tuple[View, ...] = get_args(View)
SECTIONS = {
    "full": [
        "Signatures",
        "Summary",
        "Contents, and how to read this",
        "Findings",
        "Not determined",
        "Corrective actions",
        "What lapses",
        "Every requirement",
        "What was not asked, and why",
        "Notes, changed answers, withdrawals",
        "The clinic’s profile",
        "Evidence register",
        "Sources",
        "Method and limits",
        "Digests",
    ],
    "owner": ["Summary", "Corrective actions", "What lapses", "Not determined"],
    "actions": ["Corrective actions", "What lapses"],
    "binder": ["Where each paper is"],
}
AUDITED = re.compile(
    r"audit|\bscore|conforming|\bgaps?\b|finding|critical|\bmajor\b|\bminor\b|determined"
    r"|certificate, not|legal|Dana|requirement|answer|\bseen\b|SHA-256|journal|\.json",
    re.IGNORECASE,
)
"""Words that would tell an inspector that somebody looked, and what was seen."""


@pytest.fixture(scope="module")
def views(carried: Mapping[str, bytes]) -> dict[View, bytes]:
    """The same data in each view."""
    return {view: make_pdf(carried, Look(view=view)) for view in VIEWS}


@pytest.fixture(scope="module")
def binder(views: Mapping[View, bytes]) -> bytes:
    return views["binder"]


def text_of(pdf: bytes, *options: str) -> str:
    command = ["pdftotext", "-raw", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_has_its_sections_and_no_other(views: Mapping[View, bytes], view: View) -> None:
    with pikepdf.open(BytesIO(views[view])) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Cover", *SECTIONS[view]]


@pytest.mark.parametrize("view", VIEWS)
def test_a_section_that_a_view_lacks_is_not_on_its_pages(
    views: Mapping[View, bytes], view: View
) -> None:
    lines = text_of(views[view]).splitlines()
    others = {title for titles in SECTIONS.values() for title in titles} - {*SECTIONS[view]}
    assert not others & set(lines)


@pytest.mark.parametrize("view", VIEWS)
def test_only_the_full_report_carries_its_data_and_places_to_sign(
    views: Mapping[View, bytes], view: View
) -> None:
    with pikepdf.open(BytesIO(views[view])) as pdf:
        whole = view == "full"
        assert len(pdf.attachments) == (5 if whole else 0)
        assert ("/AF" in pdf.Root) == whole
        assert ("/AcroForm" in pdf.Root) == whole
        widgets = [one for page in pdf.pages for one in page.get("/Annots", []) if "/FT" in one]
        assert len(widgets) == (2 if whole else 0)


@pytest.mark.parametrize("view", ["owner", "actions"])
def test_an_extract_has_the_plan_and_not_the_record(
    views: Mapping[View, bytes], view: View, sunrise: Result
) -> None:
    words = text_of(views[view])
    assert "Ann Lee 2026-11-30" in words
    notes = [n.text for f in sunrise.findings for t in f.things for n in t.notes if n.text]
    assert notes
    assert not [note for note in notes if note.split("\n")[0] in words]
    assert not re.search(r"\b[0-9a-f]{64}\b", words)


def test_the_binder_says_where_each_paper_is(binder: bytes) -> None:
    words = " ".join(text_of(binder).split())
    assert "1 DEA certificates, one for each person and address" in words
    assert "second shelf behind the front desk, Orchard" in words
    assert "DEA certificate Lee.pdf" in words


def test_the_binder_has_a_blank_only_for_whom_nothing_is_known(
    carried: Mapping[str, bytes],
) -> None:
    made = build_context(json.loads(carried["result.json"]), Look(view="binder"))
    for tab in made.tabs:
        known = {shelf.whose for shelf in tab.shelves if shelf.place or shelf.copy}
        blank = {shelf.whose for shelf in tab.shelves if not shelf.place and not shelf.copy}
        assert not known & blank
    assert all(tab.shelves for tab in made.tabs)


def test_a_picture_of_a_gap_is_no_paper_for_an_inspector(
    binder: bytes, strings_of: Callable[[bytes], Iterator[str]]
) -> None:
    assert "drawer.jpg" not in text_of(binder)
    assert not [text for text in strings_of(binder) if "drawer.jpg" in text]


def test_where_a_paper_is_stays_though_a_gap_was_seen_in_it(sunrise: Result) -> None:
    lapsed = next(one for one in sunrise.findings if one.requirement.endswith("biennial-inventory"))
    held = replace(lapsed.things[0].evidence[0], kept_at="Blue binder, tab 4")
    thing = replace(lapsed.things[0], title="Main Street", evidence=(held,))
    found = replace(lapsed, things=(thing,), requirement="records-inventory/last-inventory")
    made = build_context(replace(sunrise, findings=(found,)).as_data(), Look(view="binder"))
    shelves = [shelf for tab in made.tabs for shelf in tab.shelves if shelf.whose]
    assert [(x.whose, x.place, x.copy) for x in shelves] == [
        ("Main Street", "Blue binder, tab 4", "")
    ]


def test_nobody_is_listed_twice_where_a_copy_is_known(sunrise: Result) -> None:
    lapsed = next(one for one in sunrise.findings if one.things[0].evidence)
    thing = replace(lapsed.things[0], title="Joel Hart", conclusion="conforming")
    bare = replace(thing, evidence=())
    findings = tuple(
        replace(
            lapsed,
            things=(one,),
            requirement=f"records-inventory/{key}",
            evidence_needed="required",
        )
        for key, one in {"last-inventory": thing, "inventory-complete": bare}.items()
    )
    made = build_context(replace(sunrise, findings=findings).as_data(), Look(view="binder"))
    shelves = [shelf for tab in made.tabs for shelf in tab.shelves if shelf.whose]
    assert [shelf.whose for shelf in shelves] == ["Joel Hart"]


def test_no_word_of_the_binder_tells_that_an_audit_was_made(
    binder: bytes, strings_of: Callable[[bytes], Iterator[str]]
) -> None:
    assert not AUDITED.findall(text_of(binder))
    assert not [found for text in strings_of(binder) for found in AUDITED.findall(text)]


def test_no_note_reason_or_action_is_in_the_binder(binder: bytes, sunrise: Result) -> None:
    things = [thing for finding in sunrise.findings for thing in finding.things]
    told = [x.reason for x in things] + [n.text for x in things for n in x.notes]
    told += [one.text for x in things for one in (*x.actions, *x.corrections)]
    told += [finding.ask for finding in sunrise.findings] + [sunrise.conclusion.headline]
    words = re.sub(r"\s", "", text_of(binder))
    assert not [text for text in told if text and re.sub(r"\s", "", text) in words]


def test_those_words_are_found_where_they_stand(
    views: Mapping[View, bytes], strings_of: Callable[[bytes], Iterator[str]]
) -> None:
    """The two tests above can fail: the same search finds plenty in an owner's extract."""
    assert len({w.lower() for t in strings_of(views["owner"]) for w in AUDITED.findall(t)}) > 4


def test_the_binder_names_nobody_as_its_author(binder: bytes) -> None:
    with pikepdf.open(BytesIO(binder)) as pdf:
        assert not str(pdf.docinfo.get("/Author", ""))
        assert (
            str(pdf.docinfo.Title) == "Sunrise Ketamine Clinic: binder of papers as of 2026-11-23"
        )


def test_a_binder_of_an_unfinished_audit_does_not_say_so(unfinished: Result) -> None:
    html = render_html(build_context(unfinished.as_data(), Look(view="binder")))
    assert "nfinished" not in html.partition("<body")[2]
    assert "UNFINISHED" not in html


@pytest.mark.parametrize("view", ["owner", "actions"])
def test_an_extract_of_an_unfinished_audit_says_so(unfinished: Result, view: View) -> None:
    html = render_html(build_context(unfinished.as_data(), Look(view=view)))
    assert 'data-mark="UNFINISHED AUDIT"' in html


BODY = ("-x", "0", "-y", "65", "-W", "620")
"""Below the running heads; the height is that of the paper less heads and feet."""


def body_lines(pdf: bytes, height: float) -> list[str]:
    """Return the lines of the text without page numbers, and without table heads set again."""
    read = text_of(pdf, *BODY, "-H", str(round(height - 65 - 58))).replace("\f", "")
    lines = [
        re.sub(r"( ?\.){2,} ?\d+$|page \d+|(gap \d+), \d+", r"\2", x) for x in read.split("\n")
    ]
    return [line for line in lines if line and not line.startswith(("No. ", "Of whom"))]


@pytest.mark.parametrize("view", ["owner", "binder"])
def test_lines_break_alike_on_letter_and_on_a4(
    carried: Mapping[str, bytes], views: Mapping[View, bytes], view: View
) -> None:
    a4 = make_pdf(carried, Look(view=view, paper="a4"))
    with pikepdf.open(BytesIO(a4)) as opened:
        boxes = [page.mediabox for page in opened.pages]
        assert {(round(float(box[2])), round(float(box[3]))) for box in boxes} == {(595, 842)}
    assert body_lines(a4, 842) == body_lines(views[view], 792)


def letter_sizes(pdf: bytes) -> Iterator[tuple[float, float]]:
    """Yield for each piece of text its height above the foot of the page and its letters' size, in pt."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        for page in opened.pages:
            yield from _sizes(page, (1.0, 0.0))


def _sizes(holder: Any, matrix: tuple[float, float]) -> Iterator[tuple[float, float]]:  # noqa: ANN401
    """Follow scale and height through the operators; nothing on our pages is turned or slanted."""
    stack, size, text = [], 0.0, (1.0, 0.0)
    for operands, operator in pikepdf.parse_content_stream(holder):
        name, numbers = str(operator), operands
        if name == "q":
            stack.append(matrix)
        elif name == "Q":
            matrix = stack.pop()
        elif name == "cm":
            matrix = (matrix[0] * abs(float(numbers[3])), matrix[1] + matrix[0] * float(numbers[5]))
        elif name == "Tf":
            size = float(numbers[1])
        elif name == "Tm":
            text = (abs(float(numbers[3])), float(numbers[5]))
        elif name in {"Tj", "TJ"}:
            yield matrix[1] + matrix[0] * text[1], size * text[0] * matrix[0]
        elif name == "Do":
            form = holder.Resources.XObject[str(numbers[0])]
            if form.Subtype == "/Form":
                yield from _sizes(form, matrix)


@pytest.mark.parametrize("view", ["owner", "binder"])
def test_large_print_has_no_letters_under_twelve_points(
    carried: Mapping[str, bytes], view: View
) -> None:
    pdf = make_pdf(carried, Look(view=view, large_print=True))
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert float(opened.pages[0].mediabox[3]) == 792
    sizes = [size for _, size in letter_sizes(pdf)]
    assert max(sizes) > 28
    body = sorted(size for size in sizes if abs(size - 10) > 0.1)  # the running heads have 10
    assert body[0] >= 12


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_large_print_cuts_no_date_in_two(carried: Mapping[str, bytes], paper: str) -> None:
    look = Look(view="actions", large_print=True, paper=paper)  # type: ignore[arg-type]  # one of both
    words = text_of(make_pdf(carried, look))
    made = build_context(json.loads(carried["result.json"]), look)
    dates = [task.due for task in made.tasks] + [x.on for x in (*made.lapses, *made.later)]
    assert len(dates) > 8
    assert not [day for day in dates if day not in words]


def test_the_usual_letters_are_measured_right(views: Mapping[View, bytes]) -> None:
    sizes = {round(size, 1) for _, size in letter_sizes(views["binder"])}
    assert {9.6, 8.3, 19.0} <= sizes
