"""The ways to change a report, before it is signed and after, and what verifying says of each."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from compliance.conduct.closing import Signer, sign_report
from compliance.conduct.rendering import render_files
from compliance.report.carried import to_json
from compliance.report.pdf import render_card
from compliance.signing.identity import load_identity, new_identity
from compliance.signing.sign import sign_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Made

    from compliance.signing.identity import Identity
    from compliance.verification.check import Verification

    Verify = Callable[..., Verification]

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
BYTES, AFTER, EXPECTED = "Unchanged since signing", "Nothing added after", "Who was to sign"
CHANGED, SIGNER, DATA = (
    "What was changed after signing",
    "Signed as auditor",
    "The audit's data inside",
)
PAGES, AGAIN = "The pages say what the data says", "The pages, made again from the data"
RESULT, CHECKLISTS, LOOK = "result.json", "checklists.json", "look.json"


@dataclass(frozen=True)
class Scene:
    """What an attacker has: the report in all its states, and an identity of the auditor's name."""

    made: Made
    countersigned: bytes
    stranger: Identity


@dataclass(frozen=True)
class Row:
    """What is done, which questions fail of it, and what is said; nothing fails where it holds."""

    tamper: Callable[[Scene], bytes]
    fails: set[str] = field(default_factory=set)
    says: str = ""
    remake: bool = False
    trust: bool = True


@pytest.fixture(scope="session")
def scene(made: Made, countersigned: bytes) -> Scene:
    p12 = new_identity("Dana Reyes", organisation=None, passphrase=b"four other words", now=NOW)
    return Scene(made, countersigned, load_identity(p12, b"four other words", label="x.p12"))


# Ways to change bytes.


def update(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], object]) -> bytes:
    """Write a change behind the end, as a signature is."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def rewrite(pdf: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """Write the whole PDF anew."""
    written = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        opened.save(written)
    return written.getvalue()


def flip(pdf: bytes) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as opened:
        contents = opened.pages[0].Contents
        drawn = (contents[0] if isinstance(contents, pikepdf.Array) else contents).read_raw_bytes()
    place = pdf.index(drawn) + len(drawn) // 2
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def touch_first_signature(pdf: bytes) -> bytes:
    end = pdf.index(b">", pdf.index(b"/Contents <30") + 11) - 1
    return pdf[: end - 1] + b"1" + pdf[end:]


def paint(writer: IncrementalPdfFileWriter) -> None:
    box = generic.StreamObject(stream_data=b"1 1 1 rg 0 0 600 900 re f")
    writer.add_stream_to_page(0, writer.add_object(box))


def write_over(writer: IncrementalPdfFileWriter) -> None:
    note = {
        pdf_name("/Type"): pdf_name("/Annot"),
        pdf_name("/Subtype"): pdf_name("/FreeText"),
        pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (10, 10, 90, 40))),
        pdf_name("/Contents"): generic.pdf_string("No gaps were found."),
    }
    page = writer.find_page_for_modification(0)[0]
    writer.register_annotation(page, writer.add_object(generic.DictionaryObject(note)))


def replace_result(writer: IncrementalPdfFileWriter) -> None:
    names: Any = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    specification = names[list(names).index(RESULT) + 1]
    content = generic.StreamObject(stream_data=b'{"schema": "clinic-compliance/result/1"}')
    specification["/EF"][pdf_name("/F")] = writer.add_object(content)
    writer.update_container(specification["/EF"])


def add_page(writer: IncrementalPdfFileWriter) -> None:
    pages: Any = writer.root["/Pages"]
    media = generic.ArrayObject(map(generic.NumberObject, (0, 0, 612, 792)))
    page = {
        pdf_name("/Type"): pdf_name("/Page"),
        pdf_name("/Parent"): writer.root.raw_get("/Pages"),
        pdf_name("/MediaBox"): media,
    }
    pages["/Kids"].append(writer.add_object(generic.DictionaryObject(page)))
    pages[pdf_name("/Count")] = generic.NumberObject(int(pages["/Count"]) + 1)
    writer.update_container(pages)
    writer.update_container(pages["/Kids"])


def take_page_out(writer: IncrementalPdfFileWriter) -> None:
    pages: Any = writer.root["/Pages"]
    del pages["/Kids"][0]
    pages[pdf_name("/Count")] = generic.NumberObject(int(pages["/Count"]) - 1)
    writer.update_container(pages)
    writer.update_container(pages["/Kids"])


def strip(opened: pikepdf.Pdf) -> None:
    for place in opened.Root.AcroForm.Fields:
        if "/V" in place:
            del place.V


def attach(opened: pikepdf.Pdf, name: str, data: bytes) -> None:
    opened.attachments[name] = pikepdf.AttachedFileSpec(opened, data)


def draw(opened: pikepdf.Pdf, instructions: bytes) -> None:
    font = next(iter(opened.pages[0].Resources.Font)).lstrip("/").encode()
    opened.pages[0].contents_add(instructions.replace(b"FONT", font))


def annotate(opened: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp)
    note.Rect = pikepdf.Array([10, 10, 90, 40])
    opened.pages[0].obj.Annots.append(opened.make_indirect(note))


def befriend(scene: Scene) -> bytes:
    place = SigFieldSpec("sig_friend")
    pdf = update(scene.countersigned, lambda writer: append_signature_field(writer, place))
    card = render_card(name="A Friend", role="", meaning="", at="", fingerprint="")
    return sign_pdf(
        pdf, scene.stranger, field="sig_friend", card=card, reason="", location=None, at=NOW
    )


# What an attacker signs anew, in the auditor's name.


def sign(scene: Scene, pdf: bytes) -> bytes:
    return sign_report(pdf, Signer(scene.stranger, "auditor", "manager"), NOW)


def forge(change: Callable[[pikepdf.Pdf], object]) -> Callable[[Scene], bytes]:
    """Change the report before it is signed."""
    return lambda scene: sign(scene, rewrite(scene.made.unsigned, change))


def carry(name: str, change: Callable[[Any], object]) -> Callable[[Scene], bytes]:
    """Change a file that the report carries, and leave the pages as they are."""

    def forged(scene: Scene) -> bytes:
        data = json.loads(scene.made.files[name])
        change(data)
        return sign(
            scene, rewrite(scene.made.unsigned, lambda pdf: attach(pdf, name, to_json(data)))
        )

    return forged


def print_other(change: Callable[[Any], object]) -> Callable[[Scene], bytes]:
    """Print other data on the pages, and carry the true files."""

    def forged(scene: Scene) -> bytes:
        data = json.loads(scene.made.files[RESULT])
        change(data)
        pages = render_files({**scene.made.files, RESULT: to_json(data)})

        def put_back(pdf: pikepdf.Pdf) -> None:
            for name, raw in scene.made.files.items():
                attach(pdf, name, raw)

        return sign(scene, rewrite(pages, put_back))

    return forged


def answer_yes(data: Any) -> None:  # noqa: ANN401 - plain data
    data["findings"][0]["things"][0].update(said="yes", answer="yes")


def lower(packs: Any) -> None:  # noqa: ANN401 - plain data
    text = packs[0]["files"]["rooms.yaml"]
    packs[0]["files"]["rooms.yaml"] = text.replace("grade: critical", "grade: minor", 1)


AFTER_SIGNING = {
    "nothing": Row(lambda scene: scene.countersigned, trust=False),
    "one bit of a page": Row(lambda scene: flip(scene.countersigned), {BYTES}),
    "one digit inside the first signature": Row(
        lambda scene: touch_first_signature(scene.countersigned), {BYTES}, "Owner (Olga Owner)"
    ),
    "a white box over a page": Row(
        lambda scene: update(scene.countersigned, paint),
        {AFTER, CHANGED},
        "Page 1 was drawn over or changed.",
    ),
    "a note over a page": Row(
        lambda scene: update(scene.countersigned, write_over),
        {AFTER, CHANGED, PAGES},
        "A note was laid over page 1 (FreeText), which says “No gaps were found.”.",
    ),
    "the result replaced": Row(
        lambda scene: update(scene.countersigned, replace_result),
        {AFTER, CHANGED, DATA},
        "The file “result.json” was replaced.",
    ),
    "a page added": Row(
        lambda scene: update(scene.countersigned, add_page),
        {AFTER, CHANGED, PAGES},
        "was added.",
    ),
    "a page taken out": Row(
        lambda scene: update(scene.countersigned, take_page_out),
        {AFTER, CHANGED, PAGES},
        "1 page was taken out.",
    ),
    "written anew with one more file": Row(
        lambda scene: rewrite(scene.countersigned, lambda pdf: attach(pdf, "extra.txt", b"x")),
        {BYTES, AFTER},
    ),
    "written anew without signatures": Row(
        lambda scene: rewrite(scene.countersigned, strip), {BYTES}, "The file is not signed."
    ),
    "the countersignature cut off": Row(
        lambda scene: scene.countersigned[: len(scene.made.signed)],
        set(),
        "The place for the owner is empty.",
    ),
    "one more signature, by a stranger": Row(
        befriend, {EXPECTED}, "“sig_friend” is no place for a signature in our reports."
    ),
    "garbage behind the end": Row(
        lambda scene: scene.countersigned + b"garbage",
        {AFTER},
        "7 bytes were added behind the end.",
    ),
    "a line end behind the end": Row(lambda scene: scene.countersigned + b"\n", {AFTER}),
}

BEFORE_SIGNING = {
    "nothing, by a stranger of the auditor's name": Row(
        lambda scene: sign(scene, scene.made.unsigned), {SIGNER}, "does not chain"
    ),
    "the result changed and the pages not": Row(
        carry(RESULT, answer_yes), {PAGES}, "; the data says “", trust=False
    ),
    "the pages changed and the result not": Row(
        print_other(answer_yes), {PAGES}, "; the data says “", trust=False
    ),
    "a checklist changed": Row(
        carry(CHECKLISTS, lower), {DATA}, "differ from those the result names", trust=False
    ),
    "the look changed": Row(
        carry(LOOK, lambda look: look.update(paper="a4")), {AGAIN}, remake=True, trust=False
    ),
    "a white box over a page": Row(
        forge(lambda pdf: draw(pdf, b"1 1 1 rg 0 0 600 900 re f")),
        {AGAIN},
        "drawn otherwise is page 1.",
        remake=True,
        trust=False,
    ),
    "words over a page": Row(
        forge(lambda pdf: draw(pdf, b"BT /FONT 9 Tf <00030004> Tj ET")),
        {PAGES},
        "At the edge of page 1",
        trust=False,
    ),
    "words that nobody sees": Row(
        forge(lambda pdf: draw(pdf, b"BT 3 Tr /FONT 9 Tf <00030004> Tj ET")),
        {PAGES},
        "Page 1 holds text that nobody sees",
        trust=False,
    ),
    "a stamp over a page": Row(
        forge(annotate),
        {PAGES},
        "Something lies over page 1 that no report has (Stamp).",
        trust=False,
    ),
    "a page put in": Row(
        forge(lambda pdf: pdf.pages.insert(1, pdf.pages[0])), {PAGES}, trust=False
    ),
    "a page taken out": Row(forge(lambda pdf: pdf.pages.__delitem__(1)), {PAGES}, trust=False),
    "nothing, and made again": Row(lambda scene: scene.countersigned, remake=True, trust=False),
}


def verify(row: Row, scene: Scene, owner: Identity, check: Verify) -> Verification:
    from compliance.signing.identity import certificate_pem  # noqa: PLC0415 - used here only

    trust = [scene.made.certificate, certificate_pem(owner)] if row.trust else []
    return check(row.tamper(scene), trust=trust, remake=row.remake)


def confirm(row: Row, found: Verification) -> None:
    failed = {one.question for one in found.checks if one.verdict == "fails"}
    assert found.holds == (not row.fails)
    assert row.fails <= failed
    assert not failed - row.fails or row.fails & {BYTES, EXPECTED, AFTER}, failed
    assert row.says in " ".join(one.sentence for one in found.checks)
    assert all(one.sentence.isprintable() for one in found.checks)


@pytest.mark.parametrize("what", AFTER_SIGNING)
def test_whatever_is_done_to_a_signed_report_is_found(
    scene: Scene, owner: Identity, check: Verify, what: str
) -> None:
    row = AFTER_SIGNING[what]
    confirm(row, verify(row, scene, owner, check))


@pytest.mark.parametrize("what", BEFORE_SIGNING)
@pytest.mark.slow
def test_whatever_was_done_before_it_was_signed_is_found(
    scene: Scene, owner: Identity, check: Verify, what: str
) -> None:
    row = BEFORE_SIGNING[what]
    confirm(row, verify(row, scene, owner, check))


def test_a_white_box_that_was_signed_is_seen_only_when_the_pages_are_made_again(
    scene: Scene, owner: Identity, check: Verify
) -> None:
    row = BEFORE_SIGNING["a white box over a page"]
    pdf = row.tamper(scene)
    assert check(pdf).holds
    assert not check(pdf, remake=True).holds


def test_pages_set_by_another_version_are_told_and_prove_nothing(
    scene: Scene, check: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("weasyprint.__version__", "999.0")
    pdf = forge(lambda pdf: draw(pdf, b"0 0 m"))(scene)
    found = check(pdf, remake=True)
    told = next(one for one in found.checks if one.question == AGAIN)
    assert (told.verdict, told.reason) == ("told", "other-versions")
    assert "and this is WeasyPrint 999.0" in told.sentence
