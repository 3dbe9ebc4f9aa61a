from __future__ import annotations

import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest

from compliance.errors import InputError
from compliance.signing.identity import certificate_pem
from compliance.signing.inspect import attachments, inspect_pdf
from compliance.signing.sign import (
    FieldState,
    prepare_for_signing,
    sign_pdf,
    signature_fields,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Made, People


def test_a_report_has_its_two_fields_empty(report: bytes) -> None:
    expected = (FieldState("sig_auditor", signed=False), FieldState("sig_owner", signed=False))
    assert signature_fields(report) == expected


def test_signing_fills_one_field_and_adds_at_the_end(report: bytes, signed_once: bytes) -> None:
    assert signed_once.startswith(report)
    assert [field.signed for field in signature_fields(signed_once)] == [True, False]


@pytest.mark.parametrize("kind", ["P-256", "P-384", "RSA", "Ed25519"])
def test_every_accepted_kind_of_key_signs(
    report: bytes,
    make: Callable[..., Made],
    sign: Callable[..., bytes],
    now: datetime,
    kind: str,
) -> None:
    identity = make("Kim Park", kind).identity
    (verdict,) = inspect_pdf(
        sign(report, identity), trust=[certificate_pem(identity)], at=now
    ).signatures
    assert (verdict.intact, verdict.valid, verdict.trust) == (True, True, "trusted")
    assert (verdict.signer, verdict.fingerprint) == ("Kim Park", identity.fingerprint)


@pytest.mark.parametrize("kind", ["P-256", "RSA"])
def test_another_program_agrees_that_the_signature_is_valid(
    report: bytes,
    make: Callable[..., Made],
    sign: Callable[..., bytes],
    tmp_path: Path,
    kind: str,
) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(sign(report, make("Kim Park", kind).identity))
    shown = subprocess.run(["pdfsig", file], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid." in shown
    assert "Total document signed" in shown
    assert "Kim Park" in shown
    assert "ETSI.CAdES.detached" in shown


def test_the_claimed_time_is_the_one_that_was_given(
    report: bytes, people: People, sign: Callable[..., bytes], now: datetime
) -> None:
    moment = datetime(2026, 11, 23, 9, 15, 30, tzinfo=timezone(timedelta(hours=-5)))
    signed = sign(report, people.auditor, at=moment)
    (verdict,) = inspect_pdf(signed, at=now).signatures
    assert verdict.claimed_time == moment
    assert verdict.claimed_time.utcoffset() == timedelta(hours=-5)


def test_the_reason_the_place_and_the_card_are_in_the_field(signed_once: bytes) -> None:
    with pikepdf.open(BytesIO(signed_once)) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        assert str(field.V.Reason) == "I saw it"
        assert str(field.V.Location) == "Main Street"
        assert str(field.V.SubFilter) == "/ETSI.CAdES.detached"
        assert "/Card" in field.AP.N.Resources.XObject


def test_only_the_first_signature_certifies_and_allows_no_more_than_form_filling(
    signed_twice: bytes,
) -> None:
    with pikepdf.open(BytesIO(signed_twice)) as pdf:
        first, second = (field.V for field in pdf.Root.AcroForm.Fields)
        assert pdf.Root.Perms.DocMDP == first
        assert first.Reference[0].TransformParams.P == 2
        assert "/Reference" not in second


def test_the_certificates_above_the_signer_travel_with_the_signature(
    report: bytes, make: Callable[..., Made], sign: Callable[..., bytes], now: datetime
) -> None:
    root = make("Root", authority=True)
    middle = make("Middle", issuer=root, authority=True)
    leaf = make("Kim Park", issuer=middle)
    (verdict,) = inspect_pdf(
        sign(report, leaf.identity), trust=[certificate_pem(root.identity)], at=now
    ).signatures
    assert verdict.trust == "trusted"


def test_the_gap_for_the_signature_is_hardly_larger_than_the_signature(
    signed_once: bytes,
) -> None:
    with pikepdf.open(BytesIO(signed_once)) as pdf:
        contents = bytes(pdf.Root.AcroForm.Fields[0].V.Contents)
    assert len(contents) - len(contents.rstrip(b"\0")) <= 32


def test_a_missing_field_is_named_with_those_there_are(
    report: bytes, people: People, sign: Callable[..., bytes]
) -> None:
    with pytest.raises(InputError, match="no signature field “sig_x”; it has “sig_auditor”, “sig_"):
        sign(report, people.auditor, "sig_x")


def test_a_pdf_without_any_field_says_so(
    card: bytes, people: People, sign: Callable[..., bytes]
) -> None:
    with pytest.raises(InputError, match="it has none"):
        sign(card, people.auditor)


def test_a_signed_field_is_not_signed_again(
    signed_once: bytes, people: People, sign: Callable[..., bytes]
) -> None:
    with pytest.raises(InputError, match="“sig_auditor” is signed already"):
        sign(signed_once, people.owner)


def test_a_pdf_that_allows_no_change_is_left_alone(
    signed_once: bytes, people: People, sign: Callable[..., bytes]
) -> None:
    closed = signed_once.replace(b"/P 2\n", b"/P 1\n")
    assert closed != signed_once
    with pytest.raises(InputError, match="forbids any other"):
        sign(closed, people.owner, "sig_owner")


def test_an_expired_certificate_signs_nothing(
    report: bytes, make: Callable[..., Made], sign: Callable[..., bytes], now: datetime
) -> None:
    expired = make(first=now - timedelta(days=9), last=now - timedelta(days=2)).identity
    with pytest.raises(InputError, match="expired on 2026-11-21"):
        sign(report, expired)


def test_stray_bytes_at_the_end_are_not_signed_over(
    report: bytes, people: People, sign: Callable[..., bytes]
) -> None:
    with pytest.raises(InputError, match="5 stray bytes after its end"):
        sign(report + b"stray", people.auditor)


def test_a_card_that_is_no_pdf_is_said_in_a_sentence(
    report: bytes, people: People, now: datetime
) -> None:
    with pytest.raises(InputError, match="The PDF cannot be signed"):
        sign_pdf(
            report,
            people.auditor,
            field="sig_auditor",
            card=b"a card",
            reason="",
            location=None,
            at=now,
        )


def test_preparing_gives_the_same_bytes_for_the_same_pdf(laid_out: bytes) -> None:
    first = prepare_for_signing(laid_out)
    time.sleep(1.1)  # the identifier of a PDF is made of the clock's seconds unless told otherwise
    assert prepare_for_signing(laid_out) == first


def test_preparing_keeps_files_tags_and_metadata(laid_out: bytes) -> None:
    prepared = prepare_for_signing(laid_out)
    assert attachments(prepared) == attachments(laid_out)
    with pikepdf.open(BytesIO(laid_out)) as old, pikepdf.open(BytesIO(prepared)) as new:
        assert len(new.Root.AF) == len(old.Root.AF) > 0
        assert new.Root.AF[0].AFRelationship == "/Data"
        assert new.Root.Metadata.read_bytes() == old.Root.Metadata.read_bytes()
        assert new.Root.MarkInfo.Marked
        assert len(new.Root.StructTreeRoot.K) == len(old.Root.StructTreeRoot.K)
        assert new.pages[0].Contents.read_bytes() == old.pages[0].Contents.read_bytes()
        assert new.pdf_version == old.pdf_version


def test_preparing_does_not_break_a_signature(signed_once: bytes) -> None:
    with pytest.raises(InputError, match="would break the signature"):
        prepare_for_signing(signed_once)


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, compliance.signing.identity, compliance.signing.sign;"
        "import compliance.signing.inspect;"
        "print([m for m in ('pyhanko', 'cryptography', 'pikepdf', 'asyncio') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"
