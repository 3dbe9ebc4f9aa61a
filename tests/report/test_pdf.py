import gc
import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from compliance.audit.result import Remark, Result
from compliance.errors import SurroundingsError
from compliance.report import pdf as pdf_room
from compliance.report.carried import Attached
from compliance.report.context import build_context
from compliance.report.fonts import printable
from compliance.report.html import render_html
from compliance.report.pdf import render_pdf

AT = datetime(2026, 11, 24, 0, 41, 30, tzinfo=UTC)


def words_of(pdf: bytes) -> str:
    """Return the text within the margins, in the order in which it is read."""
    margins = ["-x", "60", "-y", "62", "-W", "492", "-H", "674"]
    command = ["pdftotext", "-raw", *margins, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", printable(text))


def make(result: Result, *attachments: Attached) -> bytes:
    return render_pdf(
        render_html(build_context(result.as_data())),
        attachments=attachments,
        title="Sunrise",
        created=AT,
        identifier=b"3c9909af",
    )


def attached(name: str, data: bytes = b"{}", media_type: str = "application/json") -> Attached:
    return Attached(name, data, media_type, f"The file {name}", "Data", AT)


def with_note(result: Result, text: str) -> Result:
    note = Remark(text=text, by="Dana Reyes", at="2026-11-23T14:30:00-07:00", withdrawn="")
    return replace(result, general_notes=(note,))


@pytest.fixture(scope="module")
def opened(sunrise_pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(sunrise_pdf)) as pdf:
        yield pdf


def test_every_typed_text_is_on_the_pages(
    sunrise: Result, sunrise_pdf: bytes, typed_in: Callable[[object], Iterator[str]]
) -> None:
    seen = squeezed(words_of(sunrise_pdf))
    expected = {text for text in typed_in(sunrise.as_data()) if text}
    assert len(expected) > 130
    assert not {text for text in expected if squeezed(text) not in seen}


@pytest.mark.parametrize(
    "text",
    [
        "W" * 900,
        "דוד בן־גוריון and 漢字 😀👩‍⚕️ and Ђорђе, Ψυχίατρος, Nguyễn",
        "\u202egnp.exe \x00 a\u00adb \u2028",
        "</p><script>alert('x')</script> {{ 7 * 7 }} {% raw %}",
        "fi ffi fl – “quotes” … ½ ≥ 10 µg",
    ],
    ids=["a long word", "other scripts", "hidden characters", "markup", "ligatures"],
)
def test_odd_text_survives_whole(nothing: Result, text: str) -> None:
    assert squeezed(text) in squeezed(words_of(make(with_note(nothing, text))))


def test_typed_line_breaks_are_kept(nothing: Result) -> None:
    lines = [f"line {number:03d}" for number in range(200)]
    read = words_of(make(with_note(nothing, "\n".join(lines)))).splitlines()
    assert lines == [found[0] for line in read if (found := re.findall(r"line \d{3}", line))]


def test_a_plan_longer_than_a_page_is_printed_whole(sunrise: Result) -> None:
    steps = [f"step {number:03d}" for number in range(120)]
    first = sunrise.findings[1]
    action = replace(first.things[0].actions[0], text="\n".join(steps), owner="Y" * 300)
    thing = replace(first.things[0], actions=(action,))
    only = replace(sunrise, findings=(replace(first, things=(thing,)),))
    read = words_of(make(only))
    assert {2} == {read.count(step) for step in steps}
    assert "Y" * 300 in squeezed(read)


def test_an_unfinished_audit_says_so_on_every_page(unfinished: Result) -> None:
    command = ["pdftotext", "-raw", "-", "-"]
    text = subprocess.run(command, input=make(unfinished), capture_output=True, check=True)
    pages = text.stdout.decode().split("\f")[:-1]
    assert len(pages) > 5
    assert all("UNFINISHED AUDIT" in page for page in pages)


def test_pages_say_which_of_how_many(sunrise_pdf: bytes, opened: pikepdf.Pdf) -> None:
    command = ["pdftotext", "-raw", "-", "-"]
    text = subprocess.run(command, input=sunrise_pdf, capture_output=True, check=True)
    pages = text.stdout.decode().split("\f")[:-1]
    number = len(opened.pages)
    assert [f"Page {page} of {number}" in text for page, text in enumerate(pages, 1)] == [
        True
    ] * number


def test_the_pdf_says_its_language_title_and_standards(opened: pikepdf.Pdf) -> None:
    assert str(opened.Root.Lang) == "en-US"
    assert str(opened.docinfo.Title) == "Sunrise Ketamine Clinic: self-audit report"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    xmp = opened.Root.Metadata.read_bytes()
    assert b'pdfaid:part="3"' in xmp
    assert b'pdfaid:conformance="A"' in xmp
    assert b'pdfuaid:part="1"' in xmp
    assert str(opened.docinfo.CreationDate) == "D:20261124004130+00'00"


def test_the_pages_are_letter_and_numbered_in_the_window(opened: pikepdf.Pdf) -> None:
    assert {(612.0, 792.0)} == {(float(p.mediabox[2]), float(p.mediabox[3])) for p in opened.pages}
    assert [page.label for page in opened.pages][:2] == ["1", "2"]


def test_the_outline_lists_the_sections_in_their_order(
    opened: pikepdf.Pdf, sunrise: Result
) -> None:
    with opened.open_outline() as outline:
        titles = [item.title for item in outline.root]
    contents = build_context(sunrise.as_data()).contents
    listed = [heading.title for heading in contents]
    assert titles[:2] == ["Cover", "Signatures"]
    assert titles[2:] == [listed[0], "Contents, and how to read this", *listed[1:]]


def signature_fields(pdf: pikepdf.Pdf) -> dict[str, Any]:
    return {str(field.T): field for field in pdf.Root.AcroForm.Fields}


def test_both_signature_fields_wait_empty_on_one_page(opened: pikepdf.Pdf) -> None:
    fields = signature_fields(opened)
    assert list(fields) == ["sig_auditor", "sig_owner"]
    assert {"/Sig"} == {str(field.FT) for field in fields.values()}
    assert not [field for field in fields.values() if "/V" in field]
    assert str(fields["sig_auditor"].TU) == "Signature of the auditor, Dana Reyes"
    assert len({field.P.objgen for field in fields.values()}) == 1


def test_a_signature_field_is_80_by_28_mm_and_has_an_appearance(opened: pikepdf.Pdf) -> None:
    for field in signature_fields(opened).values():
        left, low, right, high = map(float, field.Rect)
        assert (round((right - left) / 72 * 25.4), round((high - low) / 72 * 25.4)) == (80, 28)
        assert str(field.AP.N.Subtype) == "/Form"
    assert not {"/NeedAppearances", "/DR", "/DA"} & set(opened.Root.AcroForm.keys())


def test_a_form_element_holds_its_field_outside_an_array(opened: pikepdf.Pdf) -> None:
    forms = [
        item
        for item in opened.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Form"
    ]
    assert len(forms) == 2
    assert all(isinstance(form.K, pikepdf.Dictionary) for form in forms)


def test_headings_tables_and_charts_are_tagged(opened: pikepdf.Pdf) -> None:
    tags = [
        item
        for item in opened.objects
        if isinstance(item, pikepdf.Dictionary) and "/S" in item and "/K" in item
    ]
    kinds = {str(tag.S) for tag in tags}
    assert {"/H1", "/H2", "/H3", "/H4", "/TH", "/TD", "/Figure", "/L", "/LI"} <= kinds
    charts = [str(tag.get("/Alt", "")) for tag in tags if tag.S == "/Figure"]
    assert len(charts) == 2
    assert charts[0].startswith("Requirements by force. Law: 6 of 10 conforming, 1 partly")
    assert "2026-12-15: DEA registration · Ann Lee at Main Street" in charts[1]


def test_each_attachment_carries_name_type_relationship_and_date(nothing: Result) -> None:
    files = (
        attached("z.json", b"same"),
        Attached("a.yaml", b"same", "application/yaml", "Checklist", "Source", AT),
    )
    with pikepdf.open(BytesIO(make(nothing, *files))) as pdf:
        found = {name: pdf.attachments[name] for name in pdf.attachments}
        assert list(found) == ["a.yaml", "z.json"]
        assert found["a.yaml"].get_file().read_bytes() == b"same"
        assert found["a.yaml"].get_file().mime_type == "application/yaml"
        assert [str(found[name].obj.AFRelationship) for name in found] == ["/Source", "/Data"]
        assert found["z.json"].get_file().mod_date == AT
        assert found["a.yaml"].description == "Checklist"
        assert len(pdf.Root.AF) == 2


def test_the_same_input_gives_the_same_bytes(nothing: Result) -> None:
    first, second = (make(nothing, attached("a.json")) for _ in range(2))
    assert first == second


AGAIN = """
import hashlib, json, sys
from datetime import UTC, datetime
from compliance.report.carried import Attached
from compliance.report.context import build_context
from compliance.report.html import render_html
from compliance.report.pdf import render_pdf
at = datetime(2026, 11, 24, tzinfo=UTC)
html = render_html(build_context(json.load(sys.stdin)))
files = [Attached("a.json", b"1", "application/json", "", "Data", at)]
pdf = render_pdf(html, attachments=files, title="t", created=at, identifier=b"i")
print(hashlib.sha256(pdf).hexdigest())
"""


@pytest.mark.slow
def test_another_process_hash_seed_and_zone_give_the_same_bytes(
    sunrise: Result, tmp_path: Path
) -> None:
    def run(seed: str, zone: str, folder: str) -> str:
        place = tmp_path / folder
        place.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "TMPDIR": str(place)}
        data = json.dumps(sunrise.as_data())
        command = [sys.executable, "-W", "error", "-c", AGAIN]
        made = subprocess.run(
            command, input=data, env=environment, capture_output=True, text=True, check=True
        )
        assert not made.stderr
        assert not list(place.iterdir())
        return made.stdout

    assert run("1", "UTC", "one") == run("2", "America/Denver", "another place")


def test_nothing_is_fetched_not_even_a_file_of_this_machine(
    caplog: pytest.LogCaptureFixture,
) -> None:
    html = '<html lang="en"><title>t</title><img alt="x" src="file:///etc/hostname"><img alt="y" src="http://127.0.0.1:9/x.png">'
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        render_pdf(html, attachments=(), title="t", created=AT, identifier=b"i")
    said = [record.getMessage() for record in caplog.records]
    caplog.clear()
    assert len([words for words in said if "the report opens no address" in words]) == 2


def test_collecting_garbage_and_fonts_are_put_back(nothing: Result) -> None:
    before = os.environ.get("FONTCONFIG_FILE")
    make(nothing)
    assert gc.isenabled()
    assert before == os.environ.get("FONTCONFIG_FILE")


def test_missing_system_libraries_are_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str, *rest: object) -> object:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest)

    real: Callable[..., Any] = __import__
    monkeypatch.setattr("builtins.__import__", fail)
    with pytest.raises(SurroundingsError, match="Pango"):
        pdf_room.render_card(name="a", role="b", meaning="c", at="d", fingerprint="e")
