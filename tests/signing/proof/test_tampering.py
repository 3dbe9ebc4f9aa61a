"""The table of the design notes again, for files that an authority's time and evidence were added to."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from compliance.signing import archiving
from compliance.signing.archiving import PdfTimeStamper, archive
from compliance.signing.identity import certificate_pem
from compliance.signing.inspect import inspect_pdf
from compliance.signing.proof import Proof
from compliance.signing.revocation import Store
from compliance.signing.timestamping import CheckedTimeStamper
from compliance.verification.places import read_places
from compliance.verification.signatures import check_signatures

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from conftest import People, World

    from compliance.verification.check import Check

    Files = dict[str, bytes]
    Ask = Callable[..., dict[str, Check]]

BYTES, AFTER, EXPECTED = "Unchanged since signing", "Nothing added after", "Who was to sign"
TIME, KEPT = "When the auditor signed", "Kept for the long term"
KINDS = ("with a timestamp", "kept", "kept twice")


@pytest.fixture(scope="module")
def files(
    report: bytes, world: World, prove: Callable[..., bytes], now: datetime
) -> dict[str, bytes]:
    dana, olga = world.identity("dana"), world.identity("olga")
    kept = prove(report, dana, Proof(world.tsa(), long_term=True))
    later, proof = now + timedelta(minutes=2), Proof(world.tsa(), long_term=True)
    return {
        "with a timestamp": prove(report, dana, Proof(world.tsa())),
        "kept": kept,
        "kept twice": prove(kept, olga, proof, "sig_owner", later),
    }


@pytest.fixture
def ask(world: World, now: datetime) -> Callable[..., dict[str, Check]]:
    """Ask what is told of a file, with the world's root trusted unless it is said otherwise."""

    def asked(pdf: bytes, trust: tuple[bytes, ...] | None = None) -> dict[str, Check]:
        given = (world.certificate("root"),) if trust is None else trust
        seen = inspect_pdf(pdf, trust=given, at=now)
        checks = check_signatures(seen, read_places(None), trust_given=bool(given))
        return {check.question: check for check in checks}

    return asked


def failed(told: dict[str, Check]) -> set[str]:
    return {question for question, check in told.items() if check.verdict == "fails"}


@pytest.mark.parametrize("kind", KINDS)
def test_untouched_all_holds(files: Files, ask: Ask, kind: str) -> None:
    told = ask(files[kind])
    assert {check.verdict for check in told.values()} == {"holds"}
    assert (KEPT in told) == (kind != "with a timestamp")


def update(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], object]) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def one_bit(pdf: bytes) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as opened:
        drawn = opened.pages[0].Contents.read_raw_bytes()
    place = pdf.index(drawn) + len(drawn) // 2
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def white_box(writer: IncrementalPdfFileWriter) -> None:
    paint = generic.StreamObject(stream_data=b"1 1 1 rg 0 0 600 900 re f")
    writer.add_stream_to_page(0, writer.add_object(paint))


def note(writer: IncrementalPdfFileWriter) -> None:
    box = generic.ArrayObject(map(generic.NumberObject, (10, 10, 90, 40)))
    words = {
        pdf_name("/Type"): pdf_name("/Annot"),
        pdf_name("/Subtype"): pdf_name("/FreeText"),
        pdf_name("/Rect"): box,
        pdf_name("/Contents"): generic.pdf_string("No gaps were found."),
    }
    page = writer.find_page_for_modification(0)[0]
    writer.register_annotation(page, writer.add_object(generic.DictionaryObject(words)))


def other_file(writer: IncrementalPdfFileWriter) -> None:
    specification: Any = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
    content = generic.StreamObject(stream_data=b'{"gaps": 0}')
    specification["/EF"][pdf_name("/F")] = writer.add_object(content)
    writer.update_container(specification["/EF"])


def rewritten(pdf: bytes) -> bytes:
    written = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.attachments["extra.txt"] = pikepdf.AttachedFileSpec(opened, b"extra")
        opened.save(written)
    return written.getvalue()


def in_the_first_signature(pdf: bytes) -> bytes:
    """Change a digit near the end of the first signature, where its timestamp is."""
    start = pdf.index(b"/Contents <30") + 11
    end = start + len(pdf[start : pdf.index(b">", start)].rstrip(b"0"))
    digit = b"1" if pdf[end - 40 : end - 39] != b"1" else b"2"
    return pdf[: end - 40] + digit + pdf[end - 39 :]


def no_signatures(pdf: bytes) -> bytes:
    written = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        for field in opened.Root.AcroForm.Fields:
            if "/V" in field:
                del field.V
        opened.save(written)
    return written.getvalue()


def no_evidence(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/DSS"]
    writer.update_root()


TAMPERED: dict[str, tuple[Callable[[bytes], bytes], set[str]]] = {
    "one bit of a page": (one_bit, {BYTES}),
    "a white box": (lambda pdf: update(pdf, white_box), {AFTER}),
    "a note": (lambda pdf: update(pdf, note), {AFTER}),
    "another file inside": (lambda pdf: update(pdf, other_file), {AFTER}),
    "written anew": (rewritten, {BYTES, AFTER}),
    "signatures taken out": (no_signatures, {BYTES}),
    "garbage behind the end": (lambda pdf: pdf + b"garbage", {AFTER}),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", TAMPERED)
def test_whatever_is_done_is_found(files: Files, ask: Ask, kind: str, what: str) -> None:
    change, questions = TAMPERED[what]
    assert questions <= failed(ask(change(files[kind])))


def test_a_timestamp_that_was_changed_is_no_timestamp(files: Files, ask: Ask) -> None:
    told = ask(in_the_first_signature(files["with a timestamp"]))
    assert TIME in failed(told)


@pytest.mark.parametrize("kind", ["kept", "kept twice"])
def test_a_change_inside_the_first_signature_breaks_the_archive(
    files: Files, ask: Ask, kind: str
) -> None:
    assert KEPT in failed(ask(in_the_first_signature(files[kind])))


@pytest.mark.parametrize("kind", ["kept", "kept twice"])
def test_evidence_that_was_taken_out_is_a_change(files: Files, ask: Ask, kind: str) -> None:
    assert AFTER in failed(ask(update(files[kind], no_evidence)))


def test_an_archive_timestamp_that_was_cut_off_leaves_an_earlier_file(
    files: Files, ask: Ask
) -> None:
    ends = [
        match for match in range(len(files["kept"])) if files["kept"].startswith(b"%%EOF", match)
    ]
    earlier = files["kept"][: ends[-2] + 6]
    told = ask(earlier)
    assert KEPT not in told
    assert failed(told) == set()


def test_an_uninvited_signature_is_not_taken_for_a_timestamp(
    files: Files, people: People, sign: Callable[..., bytes], ask: Ask
) -> None:
    spec = SigFieldSpec("timestamp_9")
    with_field = update(files["kept twice"], lambda writer: append_signature_field(writer, spec))
    told = ask(sign(with_field, people.stranger, "timestamp_9"))
    assert EXPECTED in failed(told)
    assert "“timestamp_9” is no place for a signature" in told[EXPECTED].sentence


def renamed(pdf: bytes) -> bytes:
    """Call a signature a timestamp, by an update that leaves all signed bytes alone."""

    def rename(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        field["/V"][pdf_name("/Type")] = pdf_name("/DocTimeStamp")
        writer.update_container(field["/V"])

    return update(pdf, rename)


def test_a_signature_that_is_called_a_timestamp_is_neither(files: Files, ask: Ask) -> None:
    assert failed(ask(renamed(files["with a timestamp"]))) != set()


def test_a_stranger_s_archive_timestamp_is_no_signer_and_no_harm(
    signed_once: bytes, people: People, world: World, now: datetime, ask: Ask
) -> None:
    pdf = archive(signed_once, Store(), CheckedTimeStamper(world.tsa(), now))
    told = ask(pdf, trust=(certificate_pem(people.auditor),))
    assert failed(told) == set()
    assert "no place for a signature" not in told[EXPECTED].sentence
    assert told[KEPT].verdict == "told"
    assert "an archive timestamp of 2026-11-23 14:30 UTC by World Time" in told[KEPT].sentence
    assert "We were not told to trust World Time" in told[KEPT].sentence


def test_a_timestamp_in_a_signer_s_place_is_no_signature(
    signed_once: bytes, world: World, now: datetime, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    class InTheOwnersPlace(PdfTimeStamper):
        def __init__(self, stamper: CheckedTimeStamper, **_: object) -> None:
            super().__init__(stamper, field_name="sig_owner")

    monkeypatch.setattr(archiving, "PdfTimeStamper", InTheOwnersPlace)
    told = ask(archive(signed_once, Store(), CheckedTimeStamper(world.tsa(), now)), trust=())
    assert EXPECTED in failed(told)
    sentence = "The place for the owner holds a timestamp, which is nobody's signature."
    assert sentence in told[EXPECTED].sentence
