from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner

from compliance.errors import InputError
from compliance.signing import reader
from compliance.signing.identity import certificate_pem
from compliance.signing.inspect import FieldState, SignatureVerdict, attachments, inspect_pdf
from compliance.signing.stack import deeply

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Made, People


def _only(pdf: bytes, at: datetime, *trust: bytes) -> SignatureVerdict:
    (verdict,) = inspect_pdf(pdf, trust=trust, at=at).signatures
    assert verdict.trouble == ""
    return verdict


def test_a_fresh_report_has_two_empty_fields_and_no_signature(report: bytes, now: datetime) -> None:
    seen = inspect_pdf(report, at=now)
    assert [field.signed for field in seen.fields] == [False, False]
    assert seen.signatures == ()
    assert not seen.whole_file_covered


def test_one_signature_is_told_in_full(signed_once: bytes, people: People, now: datetime) -> None:
    seen = inspect_pdf(signed_once, at=now)
    assert seen.fields == (
        FieldState("sig_auditor", signed=True),
        FieldState("sig_owner", signed=False),
    )
    assert seen.signatures == (
        SignatureVerdict(
            field="sig_auditor",
            signer="Dana Reyes",
            fingerprint=people.auditor.fingerprint,
            intact=True,
            valid=True,
            changes_after="none",
            docmdp_ok=True,
            covers="whole file",
            claimed_time=now,
            certificate_validity="valid",
            trust="self-made",
            self_made=True,
            certifies=True,
            timestamp=None,
            judged_at=now,
            revocation="none",
            valid_from=people.auditor.not_before,
            valid_until=people.auditor.not_after,
            revision=1,
        ),
    )
    assert (seen.whole_file_covered, seen.trailing_bytes) == (True, 0)


def test_a_second_signature_keeps_the_first_one_good(signed_twice: bytes, now: datetime) -> None:
    seen = inspect_pdf(signed_twice, at=now)
    first, second = seen.signatures
    assert [first.signer, second.signer] == ["Dana Reyes", "Ann Lee"]
    assert (first.intact, first.valid, first.docmdp_ok) == (True, True, True)
    assert (first.changes_after, first.covers, first.certifies) == (
        "allowed",
        "whole revision",
        True,
    )
    assert (second.changes_after, second.covers, second.certifies) == ("none", "whole file", False)
    assert second.claimed_time == now + timedelta(hours=1)
    assert seen.whole_file_covered


def test_signatures_come_in_the_order_they_were_made(
    report: bytes, people: People, sign: Callable[..., bytes], now: datetime
) -> None:
    owner_first = sign(sign(report, people.owner, "sig_owner"), people.auditor)
    seen = inspect_pdf(owner_first, at=now)
    assert [verdict.field for verdict in seen.signatures] == ["sig_owner", "sig_auditor"]
    assert [field.name for field in seen.fields] == ["sig_auditor", "sig_owner"]


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_a_self_made_certificate_that_was_given_is_trusted(
    signed_once: bytes, people: People, now: datetime, encoding: Encoding
) -> None:
    given = people.auditor.certificate.public_bytes(encoding)
    verdict = _only(signed_once, now, given)
    assert (verdict.trust, verdict.self_made) == ("trusted", True)


def test_a_bundle_of_certificates_is_read_whole(
    signed_twice: bytes, people: People, now: datetime
) -> None:
    bundle = certificate_pem(people.owner) + certificate_pem(people.auditor)
    seen = inspect_pdf(signed_twice, trust=[bundle], at=now)
    assert [verdict.trust for verdict in seen.signatures] == ["trusted", "trusted"]


def test_somebody_else_s_certificate_vouches_for_nobody(
    signed_once: bytes, people: People, now: datetime
) -> None:
    assert _only(signed_once, now, certificate_pem(people.owner)).trust == "not-chained"


def test_a_namesake_is_not_trusted(
    report: bytes,
    make: Callable[..., Made],
    people: People,
    sign: Callable[..., bytes],
    now: datetime,
) -> None:
    namesake = make(people.auditor.name).identity
    verdict = _only(sign(report, namesake), now, certificate_pem(people.auditor))
    assert (verdict.signer, verdict.trust) == ("Dana Reyes", "not-chained")


def test_an_authority_that_was_given_vouches_for_its_people(
    report: bytes, make: Callable[..., Made], sign: Callable[..., bytes], now: datetime
) -> None:
    root = make("Clinic Root", authority=True)
    signed = sign(report, make("Kim Park", issuer=root).identity)
    assert _only(signed, now).trust == "unknown-issuer"
    assert not _only(signed, now).self_made
    assert _only(signed, now, certificate_pem(root.identity)).trust == "trusted"


def test_a_person_s_own_certificate_vouches_for_no_other(
    report: bytes, make: Callable[..., Made], sign: Callable[..., bytes], now: datetime
) -> None:
    person = make("Dana Reyes")
    signed = sign(report, make("Kim Park", issuer=person).identity)
    assert _only(signed, now, certificate_pem(person.identity)).trust == "not-chained"


def test_a_certificate_for_another_purpose_does_not_chain(
    report: bytes,
    make: Callable[..., Made],
    sign: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
    now: datetime,
) -> None:
    root = make("Clinic Root", authority=True)
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    server = make("www.example.org", issuer=root, extensions=(purpose,)).identity
    monkeypatch.setattr("compliance.signing.sign.check_usable", lambda *_: None)
    assert _only(sign(report, server), now, certificate_pem(root.identity)).trust == "not-chained"


@pytest.mark.parametrize("case", [(-2, "not yet valid"), (0, "valid"), (2000, "expired")])
def test_the_certificate_is_held_against_the_claimed_time(
    report: bytes,
    people: People,
    sign: Callable[..., bytes],
    now: datetime,
    case: tuple[int, str],
) -> None:
    days, validity = case
    claimed = now + timedelta(days=days)
    lenient = replace(
        people.auditor,
        not_before=claimed - timedelta(days=1),
        not_after=claimed + timedelta(days=1),
    )
    signed = sign(report, lenient, at=claimed)
    assert _only(signed, now).certificate_validity == validity


def test_a_report_stays_good_when_its_certificate_expires_later(
    signed_once: bytes, people: People, now: datetime
) -> None:
    verdict = _only(signed_once, now + timedelta(days=9000), certificate_pem(people.auditor))
    assert (verdict.certificate_validity, verdict.trust) == ("valid", "trusted")


def test_a_time_that_is_not_claimed_is_none(signed_once: bytes, now: datetime) -> None:
    silent = signed_once.replace(b"/M (D", b"/X (D")
    (verdict,) = inspect_pdf(silent, at=now).signatures
    assert verdict.claimed_time is None
    assert (verdict.certificate_validity, verdict.intact) == ("valid", False)


def test_a_time_without_a_zone_names_no_moment(signed_once: bytes, now: datetime) -> None:
    bare = re.sub(rb"(/M \(D[^Z)]*)Z\)", rb"\1) ", signed_once)
    assert bare != signed_once
    (verdict,) = inspect_pdf(bare, at=now).signatures
    assert verdict.claimed_time is None


def test_a_signature_that_cannot_be_read_gets_the_worst_verdict(
    signed_twice: bytes, now: datetime
) -> None:
    broken = signed_twice.replace(b"/Contents <30", b"/Contents <31", 1)
    readable, unreadable = inspect_pdf(broken, at=now).signatures
    assert (readable.signer, readable.intact) == ("Ann Lee", False)
    assert unreadable.trouble
    assert (unreadable.field, unreadable.signer) == ("sig_auditor", "")
    assert (unreadable.intact, unreadable.valid, unreadable.docmdp_ok) == (False, False, False)
    assert (unreadable.covers, unreadable.trust) == ("part", "unknown-issuer")


@pytest.mark.parametrize(("method", "valid"), [("sha1", False), ("sha256", True)])
def test_a_signature_by_weak_methods_is_not_valid(
    report: bytes, make: Callable[..., Made], now: datetime, method: str, valid: bool
) -> None:
    signer = SimpleSigner.load_pkcs12_data(make(kind="RSA").p12, [], b"four plain words here")
    metadata = PdfSignatureMetadata(field_name="sig_auditor", md_algorithm=method)
    output = PdfSigner(metadata, signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(report)))
    verdict = _only(output.getvalue(), now)
    assert (verdict.valid, verdict.intact, verdict.certifies) == (valid, True, False)


def test_each_object_stream_is_taken_apart_once(
    laid_out: bytes,
    people: People,
    sign: Callable[..., bytes],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signed = sign(sign(laid_out, people.auditor), people.owner, "sig_owner")
    taken = []

    def counted(stream: object) -> object:
        taken.append(stream)
        return parse(stream)

    parse = reader._parsed
    monkeypatch.setattr(reader, "_parsed", counted)
    assert len(inspect_pdf(signed, at=now).signatures) == 2
    assert len(taken) == signed.count(b"/ObjStm") > 0


def test_hundreds_of_headings_in_a_row_can_be_compared(
    long_report: bytes, people: People, sign: Callable[..., bytes], now: datetime
) -> None:
    signed = sign(sign(long_report, people.auditor), people.owner, "sig_owner")
    first, second = inspect_pdf(signed, at=now).signatures
    assert (first.trouble, first.changes_after, first.docmdp_ok) == ("", "allowed", True)
    assert (second.trouble, second.changes_after) == ("", "none")


def test_a_certificate_to_trust_that_is_none_is_said(signed_once: bytes, now: datetime) -> None:
    for garbage in (b"", b"trust me", b"-----BEGIN CERTIFICATE-----\nAAAA\n"):
        with pytest.raises(InputError, match="certificate to trust cannot be read"):
            inspect_pdf(signed_once, trust=[garbage], at=now)


def test_nothing_is_logged_and_the_logs_are_as_before(
    signed_once: bytes, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    talkative = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    levels = [logger.level for logger in talkative]
    inspect_pdf(signed_once, at=now)
    inspect_pdf(signed_once.replace(b"/FT /Sig", b"/FT /Sug"), at=now)
    assert caplog.records == []
    assert [logger.level for logger in talkative] == levels


def test_the_files_come_out_by_name(signed_twice: bytes) -> None:
    assert attachments(signed_twice) == {
        "report.json": b'{"gaps": 1}',
        "journal.txt": b"head " * 50,
    }


def test_a_pdf_without_files_has_none(card: bytes) -> None:
    assert attachments(card) == {}


def _with_files(pdf: bytes, files: dict[str, bytes], *, called: str | None = None) -> bytes:
    written = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        for name, content in files.items():
            opened.attachments[name] = pikepdf.AttachedFileSpec(
                opened, content, filename=called or name
            )
        opened.save(written)
    return written.getvalue()


def test_two_files_of_one_name_are_refused(card: bytes) -> None:
    twice = _with_files(card, {"a": b"one", "b": b"two"}, called="report.json")
    with pytest.raises(InputError, match=r"two files named “report\.json”"):
        attachments(twice)


def test_a_file_that_unpacks_to_too_much_is_refused_by_name(card: bytes) -> None:
    bomb = _with_files(card, {"bomb.json": bytes(65 * 2**20)})
    assert len(bomb) < 2**20
    with pytest.raises(
        InputError, match=r"“bomb\.json” in the PDF is too large: the limit is 64 MiB"
    ):
        attachments(bomb)


def test_one_file_listed_a_thousand_times_is_not_unpacked_without_end(card: bytes) -> None:
    written = BytesIO()
    with pikepdf.open(BytesIO(card)) as opened:
        content = opened.make_stream(bytes(60 * 2**20))
        leaves = pikepdf.Array()
        for number in range(1000):
            leaves.append(f"{number:04}")
            name = f"{number}.json"
            leaves.append(pikepdf.Dictionary(F=name, UF=name, EF=pikepdf.Dictionary(F=content)))
        opened.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=leaves))
        opened.save(written)
    with pytest.raises(InputError, match="256 MiB for all"):
        attachments(written.getvalue())


def test_a_tree_of_files_that_runs_in_a_circle_ends(card: bytes) -> None:
    written = BytesIO()
    with pikepdf.open(BytesIO(card)) as opened:
        node = opened.make_indirect(pikepdf.Dictionary())
        node.Kids = pikepdf.Array([node, node])
        opened.Root.Names = pikepdf.Dictionary(EmbeddedFiles=node)
        opened.save(written)
    with pytest.raises(InputError, match="runs in a circle"):
        attachments(written.getvalue())


def test_deep_calls_have_room_and_errors_come_out() -> None:
    def depth(left: int) -> int:
        return 0 if not left else 1 + depth(left - 1)

    assert deeply(lambda: depth(5000)) == 5000
    with pytest.raises(ZeroDivisionError):
        deeply(lambda: 1 // 0)
