"""A report that was signed: what verifying says of it, and of everything done to it after."""

from __future__ import annotations

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
from compliance.errors import InputError
from compliance.report.pdf import render_card
from compliance.signing.identity import certificate_pem
from compliance.signing.sign import sign_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Made

    from compliance.signing.identity import Identity
    from compliance.verification.check import Check, Verification

    Verify = Callable[..., Verification]

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
BYTES, AFTER, EXPECTED = "Unchanged since signing", "Nothing added after", "Who was to sign"
SIGNER, DATA, SHIPPED = "Signed as auditor", "The audit's data inside", "Which checklists"


def verdicts(found: Verification) -> dict[str, str]:
    return {check.question: check.verdict for check in found.checks}


def sentence(found: Verification, question: str) -> str:
    return next(check.sentence for check in found.checks if check.question == question)


def failed(found: Verification) -> set[str]:
    return {check.question for check in found.checks if check.verdict == "fails"}


# As it was signed.


def test_each_question_of_a_signed_report_has_its_own_verdict(made: Made, check: Verify) -> None:
    assert verdicts(check(made.signed)) == {
        BYTES: "holds",
        AFTER: "holds",
        EXPECTED: "holds",
        SIGNER: "told",
        "When the auditor signed": "holds",
        "The auditor's certificate then": "holds",
        DATA: "holds",
        SHIPPED: "told",
    }
    assert check(made.signed).holds


def test_a_self_made_identity_is_vouched_for_by_nobody(made: Made, check: Verify) -> None:
    said = sentence(check(made.signed), SIGNER)
    assert "Dana Reyes" in said
    assert "self-made and not vouched for by anyone" in said


def test_the_signers_own_certificate_vouches_for_the_signature(made: Made, check: Verify) -> None:
    found = check(made.signed, trust=[made.certificate])
    assert found.holds
    assert verdicts(found)[SIGNER] == "holds"


def test_another_certificate_does_not(made: Made, owner: Identity, check: Verify) -> None:
    found = check(made.signed, trust=[certificate_pem(owner)])
    assert failed(found) == {SIGNER}
    assert "does not chain to the certificates that you gave" in sentence(found, SIGNER)


def test_one_of_several_certificates_is_enough(made: Made, owner: Identity, check: Verify) -> None:
    assert check(made.signed, trust=[certificate_pem(owner), made.certificate]).holds


def test_the_owners_signature_is_no_change(made: Made, countersigned: bytes, check: Verify) -> None:
    found = check(countersigned)
    assert found.holds
    assert sentence(found, EXPECTED) == "The auditor signed. So did the owner."
    assert "Olga Owner" in sentence(found, "Signed as owner")
    assert "The place for the owner is empty." in sentence(check(made.signed), EXPECTED)


def test_with_trust_every_signer_has_to_chain(
    made: Made, countersigned: bytes, check: Verify
) -> None:
    assert failed(check(countersigned, trust=[made.certificate])) == {"Signed as owner"}


def test_a_report_that_only_the_owner_signed_lacks_its_auditor(
    made: Made, owner: Identity, check: Verify
) -> None:
    card = render_card(name="Olga Owner", role="Owner", meaning="", at="", fingerprint="")
    signed = sign_pdf(
        made.unsigned, owner, field="sig_owner", card=card, reason="", location=None, at=NOW
    )
    found = check(signed)
    assert failed(found) == {EXPECTED}
    assert sentence(found, EXPECTED) == "The auditor has not signed."


def test_the_owner_cannot_sign_before_the_auditor(made: Made, owner: Identity) -> None:
    with pytest.raises(InputError, match=r"^The auditor signs first\.$"):
        sign_report(made.unsigned, Signer(owner, "owner", "Owner"), NOW)


def test_a_place_that_is_signed_names_the_next(made: Made, countersigned: bytes) -> None:
    signer = Signer(made.identity, "auditor", "manager")
    with pytest.raises(InputError, match="signed already; the next is the owner's: --as owner"):
        sign_report(made.signed, signer, NOW)
    with pytest.raises(InputError, match="is signed already; nobody else is to sign"):
        sign_report(countersigned, signer, NOW)


def test_an_unsigned_report_does_not_hold(made: Made, check: Verify) -> None:
    found = check(made.unsigned)
    assert failed(found) == {BYTES}
    assert sentence(found, BYTES) == "The file is not signed."
    assert verdicts(found)[DATA] == "holds"


# What is done to it after.


def update(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def rewrite(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    written = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        opened.save(written)
    return written.getvalue()


def flip_a_byte(pdf: bytes) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as opened:
        contents = opened.pages[0].Contents
        drawn = (contents[0] if isinstance(contents, pikepdf.Array) else contents).read_raw_bytes()
    place = pdf.index(drawn) + len(drawn) // 2
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def paint_white(pdf: bytes) -> bytes:
    def paint(writer: IncrementalPdfFileWriter) -> None:
        box = generic.StreamObject(stream_data=b"1 1 1 rg 0 0 600 900 re f")
        writer.add_stream_to_page(0, writer.add_object(box))

    return update(pdf, paint)


def write_over(pdf: bytes) -> bytes:
    def write(writer: IncrementalPdfFileWriter) -> None:
        note = {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (10, 10, 90, 40))),
            pdf_name("/Contents"): generic.pdf_string("No gaps were found."),
        }
        page = writer.find_page_for_modification(0)[0]
        writer.register_annotation(page, writer.add_object(generic.DictionaryObject(note)))

    return update(pdf, write)


def replace_attachment(pdf: bytes) -> bytes:
    def replace(writer: IncrementalPdfFileWriter) -> None:
        names: Any = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
        specification = names[list(names).index("result.json") + 1]
        content = generic.StreamObject(stream_data=b'{"schema": "clinic-compliance/result/1"}')
        specification["/EF"][pdf_name("/F")] = writer.add_object(content)
        writer.update_container(specification["/EF"])

    return update(pdf, replace)


def strip_signatures(pdf: bytes) -> bytes:
    def strip(opened: pikepdf.Pdf) -> None:
        for field in opened.Root.AcroForm.Fields:
            if "/V" in field:
                del field.V

    return rewrite(pdf, strip)


def add_a_file(pdf: bytes) -> bytes:
    def add(opened: pikepdf.Pdf) -> None:
        opened.attachments["extra.txt"] = pikepdf.AttachedFileSpec(opened, b"extra")

    return rewrite(pdf, add)


TAMPERED = {
    "one byte of a page": (flip_a_byte, {BYTES}),
    "a white box over a page": (paint_white, {AFTER}),
    "a note written over a page": (write_over, {AFTER}),
    "the result replaced": (replace_attachment, {AFTER, DATA}),
    "written anew without signatures": (strip_signatures, {BYTES}),
    "written anew with one more file": (add_a_file, {BYTES, AFTER}),
    "garbage behind the end": (lambda pdf: pdf + b"garbage", {AFTER}),
    "a line end behind the end": (lambda pdf: pdf + b"\n", {AFTER}),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_whatever_is_done_to_a_signed_report_is_found(made: Made, check: Verify, what: str) -> None:
    tamper, questions = TAMPERED[what]
    found = check(tamper(made.signed), trust=[made.certificate])
    assert not found.holds
    assert questions <= failed(found)


@pytest.mark.parametrize("what", ["a white box over a page", "a note written over a page"])
def test_what_was_put_over_a_page_is_told_apart_from_changed_bytes(
    made: Made, check: Verify, what: str
) -> None:
    found = check(TAMPERED[what][0](made.signed))
    assert verdicts(found)[BYTES] == "holds"
    assert "pages or data were changed after this signature" in sentence(found, AFTER)


def test_garbage_is_counted(made: Made, check: Verify) -> None:
    said = sentence(check(made.signed + b"garbage"), AFTER)
    assert said == "7 bytes were added behind the end."


def test_a_signature_that_nobody_asked_for_is_named(
    made: Made, owner: Identity, check: Verify
) -> None:
    field = SigFieldSpec("sig_friend")
    with_field = update(made.signed, lambda writer: append_signature_field(writer, field))
    card = render_card(name="A Friend", role="", meaning="", at="", fingerprint="")
    signed = sign_pdf(
        with_field, owner, field="sig_friend", card=card, reason="", location=None, at=NOW
    )
    found = check(signed)
    assert EXPECTED in failed(found)
    assert "“sig_friend” is no place for a signature in our reports." in sentence(found, EXPECTED)


def test_a_countersignature_that_was_cut_off_is_an_empty_place(
    made: Made, countersigned: bytes, check: Verify
) -> None:
    found = check(countersigned[: len(made.signed)])
    assert found.holds
    assert "The place for the owner is empty." in sentence(found, EXPECTED)


def test_the_same_questions_come_again_for_an_intact_file(made: Made, check: Verify) -> None:
    def shape(one: Check) -> tuple[str, str]:
        return one.question, one.sentence

    first, second = check(made.signed), check(made.signed)
    assert list(map(shape, first.checks)) == list(map(shape, second.checks))
