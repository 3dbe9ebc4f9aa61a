"""veraPDF refuses a report from which one thing was broken, by the rule that stands for that thing."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from compliance.report.carried import Attached
from compliance.report.chart import Bar, draw_bars
from compliance.report.pdf import render_pdf
from compliance.signing.sign import prepare_for_signing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    Verdicts = Mapping[tuple[str, str], Any]

pytestmark = pytest.mark.slow

AT = datetime(2026, 11, 24, 0, 41, 30, tzinfo=UTC)
CHART = draw_bars([Bar("Law", (6, 1, 2, 1), "6 of 10")], "Requirements by force.")
DOT = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR42mOUjy9hYGBgYmBgYGBgAAALLQD20t4hIAAAAABJRU5ErkJggg=="
PAGE = f"""
<html lang="en-US"><head><title>A report</title>
<style>* {{font-family: "Source Sans 3"}} .sig {{appearance: auto; width: 80mm; height: 28mm; display: block}}</style>
</head><body><h1>Findings</h1><p>The safe was open. <a href="#plan">See the plan</a>.</p>{CHART}
<h2 id="plan">Plan</h2><img alt="A dot" src="{DOT}">
<table><thead><tr><th scope="col">Gap</th><th scope="col">Owner</th></tr></thead>
<tbody><tr><th scope="row">The safe</th><td>Dana</td></tr></tbody></table>
<form><input type="checkbox" class="sig" name="sig_auditor" title="Signature of the auditor"></form>
</body></html>
"""


def make(page: str = PAGE) -> bytes:
    """Make a report of one page as the program makes reports."""
    file = Attached("result.json", b"{}", "application/json", "The result", "Data", AT)
    pdf = render_pdf(page, attachments=[file], title="A report", created=AT, identifier=b"i")
    return prepare_for_signing(pdf)


def dictionaries(pdf: pikepdf.Pdf, key: str, value: str) -> Iterator[Any]:
    for item in pdf.objects:
        if isinstance(item, Dictionary | pikepdf.Stream) and item.get(key) == Name(value):
            yield item


def drop_claim(claim: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        xmp = pdf.Root.Metadata.read_bytes()
        assert claim in xmp
        pdf.Root.Metadata.write(xmp.replace(claim, b""))

    return change


def drop(kind: tuple[str, str], *keys: str) -> Callable[[pikepdf.Pdf], None]:
    """Drop entries from the first object of a kind."""

    def change(pdf: pikepdf.Pdf) -> None:
        found = next(dictionaries(pdf, *kind))
        for key in keys:
            del found[key]

    return change


def drop_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def hide_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def add_untagged_note(pdf: pikepdf.Pdf) -> None:
    rectangle = Array([0, 0, 20, 20])
    look = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=rectangle)
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Square,
        Rect=rectangle,
        F=4,
        Contents=String("Sold as seen"),
        AP=Dictionary(N=look),
    )
    pdf.pages[0].Annots.append(pdf.make_indirect(note))


def add_untagged_text(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 m 10 10 l S")


def add_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('x')"))


def forget_relationship(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF
    for file in dictionaries(pdf, "/Type", "/Filespec"):
        del file.AFRelationship


def smooth_pictures(pdf: pikepdf.Pdf) -> None:
    for picture in dictionaries(pdf, "/Subtype", "/Image"):
        picture.Interpolate = True


def need_appearances(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.NeedAppearances = True


def untie_headers(pdf: pikepdf.Pdf) -> None:
    """Take from a table what ties its cells to their headers."""
    for kind in ("/TH", "/TD"):
        for cell in dictionaries(pdf, "/S", kind):
            cell.A = Dictionary(O=Name.Table)


def nothing(pdf: pikepdf.Pdf) -> None:
    """Leave the report as it is."""


# What is broken, and the rules of PDF/A-3a and of PDF/UA-1 that stand for it.
BROKEN: dict[str, tuple[Callable[[pikepdf.Pdf], None], str, str]] = {
    "as it is": (nothing, "", ""),
    "no claim of PDF/A": (drop_claim(b'pdfaid:part="3" pdfaid:conformance="A"'), "6.6.4-1", ""),
    "no claim of PDF/UA": (drop_claim(b'pdfuaid:part="1"'), "", "5-1"),
    "no language": (drop_language, "", "7.2-2 7.2-22 7.2-24 7.2-25 7.2-33 7.2-34"),
    "the file's name for a title": (hide_title, "", "7.1-10"),
    "a chart without a text": (drop(("/S", "/Figure"), "/Alt"), "", "7.3-1"),
    "headers tied to no cell": (untie_headers, "", "7.5-1"),
    "a font that is not in the file": (
        drop(("/Type", "/FontDescriptor"), "/FontFile2"),
        "6.2.11.4.1-1",
        "7.21.4.1-1",
    ),
    "letters without Unicode": (
        drop(("/Subtype", "/Type0"), "/ToUnicode"),
        "6.2.11.7.2-1",
        "7.21.7-1",
    ),
    "a note outside the structure": (add_untagged_note, "", "7.18.1-1"),
    "a line outside the structure": (add_untagged_text, "", "7.1-3"),
    "a script": (add_script, "6.5.1-1", ""),
    "a file of no relationship": (forget_relationship, "6.8-3 6.8-4", ""),
    "a smoothed picture": (smooth_pictures, "6.2.8-3", ""),
    "fields drawn by the reader": (need_appearances, "6.4.1-3", ""),
    "a field without a text": (drop(("/FT", "/Sig"), "/TU", "/Contents"), "", "7.18.1-3"),
}


MADE_WRONG: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "a character without a glyph": (
        lambda: make(PAGE.replace("open", "open 漢")),
        "6.2.11.4.1-2 6.2.11.5-1 6.2.11.8-1",
        "7.21.4.1-2 7.21.5-1 7.21.8-1",
    ),
    "cut off": (lambda: make()[:9000], "unreadable", "unreadable"),
}


@pytest.fixture(scope="module")
def verdicts(
    vera: Callable[[Mapping[str, Path]], Verdicts], tmp_path_factory: pytest.TempPathFactory
) -> Verdicts:
    """Have all of them judged in one run."""
    folder = tmp_path_factory.mktemp("broken")
    whole = make()
    files = {name: folder / f"{number}.pdf" for number, name in enumerate([*BROKEN, *MADE_WRONG])}
    for name, (change, *_) in BROKEN.items():
        with pikepdf.open(BytesIO(whole)) as pdf:
            change(pdf)
            pdf.save(files[name])
    for name, (write, *_) in MADE_WRONG.items():
        files[name].write_bytes(write())
    return vera(files)


@pytest.mark.parametrize("name", [*BROKEN, *MADE_WRONG])
def test_what_is_broken_is_refused_by_its_own_rule(verdicts: Verdicts, name: str) -> None:
    _, archival, accessible = {**BROKEN, **MADE_WRONG}[name]
    expected = {"PDF/A-3a": archival.split(), "PDF/UA-1": accessible.split()}
    assert {by: list(verdicts[name, by].broken) for by in expected} == expected
