"""Judging each signature of a PDF with pyHanko.

Loads pyHanko when imported, so it is imported only inside functions.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from cryptography import x509
from pyhanko.pdf_utils.generic import IndirectObject
from pyhanko.pdf_utils.misc import IndirectObjectExpected
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel

from compliance.signing import certificate, revocation, times, trusting
from compliance.signing.boundary import one_line
from compliance.signing.reader import CachingReader, OpenedPdf
from compliance.signing.revocation import Store
from compliance.signing.stack import deeply
from compliance.signing.trusting import Grounds
from compliance.signing.verdict import (
    ArchiveVerdict,
    Changes,
    Coverage,
    Revocation,
    SignatureVerdict,
    Timestamp,
    Trust,
)

_CHANGES: dict[ModificationLevel, Changes] = {
    ModificationLevel.NONE: "none",
    ModificationLevel.LTA_UPDATES: "allowed",
    ModificationLevel.FORM_FILLING: "allowed",
}
_ANY_USAGE = KeyUsageConstraints(key_usage=())  # `certificate.is_for_signing` judges it instead


class _Case(NamedTuple):
    """A PDF, what its signatures are judged on, and its security store, None when forged."""

    opened: OpenedPdf
    grounds: Grounds
    store: Store | None


class Judged(NamedTuple):
    """Verdicts on signatures and on archive timestamps, each in signing order."""

    signatures: tuple[SignatureVerdict, ...]
    archives: tuple[ArchiveVerdict, ...]


def judge(opened: OpenedPdf, trusted: Sequence[x509.Certificate], at: datetime) -> Judged:
    """Return a verdict on whatever is in a signature field; what cannot be read comes last."""
    store, held = _store(opened.reader)
    case = _Case(opened, Grounds(tuple(trusted), at, held), store)
    fields = enumerate_sig_fields(opened.reader, filled_status=True)
    verdicts = deeply(lambda: [_verdict(case, str(name), field) for name, _, field in fields])
    verdicts.sort(key=lambda one: one.revision)
    return Judged(
        tuple(one for one in verdicts if isinstance(one, SignatureVerdict)),
        tuple(one for one in verdicts if isinstance(one, ArchiveVerdict)),
    )


def _store(reader: CachingReader) -> tuple[Store | None, tuple[x509.Certificate, ...]]:
    try:
        store = revocation.read_store(reader)
        return store, tuple(map(x509.load_der_x509_certificate, store.certificates))
    except Exception:  # noqa: BLE001 - a forged store may break the library anywhere
        return None, ()


def _verdict(case: _Case, name: str, field: IndirectObject) -> SignatureVerdict | ArchiveVerdict:
    """Return the verdict on one field, whatever it is filled with."""
    reader = case.opened.reader
    is_archive = False
    try:
        is_archive = field.get_object()["/V"].get("/Type") == "/DocTimeStamp"  # type: ignore[no-untyped-call]  # pyHanko leaves it bare
        found = EmbeddedPdfSignature(reader, field, name)  # type: ignore[arg-type]  # takes both
        return _judged_archive(case, found) if is_archive else _judged(case, found)
    except Exception as error:  # noqa: BLE001 - a forged signature may break the library anywhere
        trouble, last = one_line(error), reader.total_revisions
        if is_archive:
            return ArchiveVerdict(name, None, "part", last, trouble)
        return _unreadable(name, trouble, last, given=bool(case.grounds.trusted))


def _judged_archive(case: _Case, found: EmbeddedPdfSignature) -> ArchiveVerdict:
    """Judge a timestamp over the file; what came after it, the signatures before it tell."""
    found.compute_integrity_info(skip_diff=True)  # type: ignore[no-untyped-call]  # the same
    return ArchiveVerdict(
        field=found.field_name,
        timestamp=times.read_archive(found, case.grounds),
        covers=_coverage(case.opened, found, found.coverage),
        revision=found.signed_revision,
    )


def _judged(case: _Case, found: EmbeddedPdfSignature) -> SignatureVerdict:
    grounds = case.grounds
    signer = x509.load_der_x509_certificate(found.signer_cert.dump())
    claimed = _claimed_time(found)
    stamp = times.read_timestamp(found, grounds)
    confirmed = stamp.time if stamp and _counts(stamp) else None
    moment = confirmed or claimed or grounds.at
    context = trusting.context_for(grounds, min(moment, grounds.at))
    status = asyncio.run(
        async_validate_pdf_signature(found, context, key_usage_settings=_ANY_USAGE)
    )
    return SignatureVerdict(
        field=found.field_name,
        signer=certificate.name_of(signer),
        fingerprint=certificate.fingerprint_of(signer),
        intact=status.intact,
        valid=status.valid and trusting.is_strong(found.signer_info, found.signer_cert),
        changes_after=_changes(status),
        docmdp_ok=bool(status.docmdp_ok),
        covers=_coverage(case.opened, found, status.coverage),
        claimed_time=claimed,
        certificate_validity=trusting.validity_at(moment, signer),
        trust=_trust(signer, status, grounds.trusted),
        self_made=certificate.is_self_made(signer),
        certifies=_certifies(case.opened.reader, found),
        timestamp=stamp,
        judged_at=moment,
        revocation=_revocation(case, found, signer, confirmed or grounds.at),
        valid_from=signer.not_valid_before_utc,
        valid_until=signer.not_valid_after_utc,
        revision=found.signed_revision,
    )


def _counts(stamp: Timestamp) -> bool:
    """Say whether a timestamp says more of the time than the signer's clock does."""
    return stamp.sound and stamp.trust != "not-chained"


def _revocation(
    case: _Case, found: EmbeddedPdfSignature, signer: x509.Certificate, moment: datetime
) -> Revocation:
    if case.store is None:
        return "unclear"
    inside = [x509.load_der_x509_certificate(one.dump()) for one in found.other_embedded_certs]
    held = [*inside, *case.grounds.held]
    return revocation.judge_revocation(case.store, signer, held, case.grounds.trusted, moment)


def _unreadable(name: str, trouble: str, revision: int, *, given: bool) -> SignatureVerdict:
    return SignatureVerdict(
        field=name,
        signer="",
        fingerprint="",
        intact=False,
        valid=False,
        changes_after="forbidden",
        docmdp_ok=False,
        covers="part",
        claimed_time=None,
        certificate_validity="expired",
        trust="not-chained" if given else "unknown-issuer",
        self_made=False,
        certifies=False,
        revision=revision,
        trouble=trouble,
    )


def _claimed_time(found: EmbeddedPdfSignature) -> datetime | None:
    """Return the claimed time if it says its zone; without one it names no moment."""
    try:
        claimed = found.self_reported_timestamp
    except Exception:  # noqa: BLE001 - an unreadable date is as good as none
        return None
    return claimed if claimed and claimed.utcoffset() is not None else None


def _changes(status: PdfSignatureStatus) -> Changes:
    result = status.diff_result
    if not isinstance(result, DiffResult):
        return "forbidden"
    return _CHANGES.get(result.modification_level, "forbidden")


def _coverage(
    opened: OpenedPdf, found: EmbeddedPdfSignature, level: SignatureCoverageLevel | None
) -> Coverage:
    if not _fills_its_gap(opened.seen, found):
        return "part"
    match level:
        case SignatureCoverageLevel.ENTIRE_FILE if not opened.stray:
            return "whole file"
        case SignatureCoverageLevel.ENTIRE_FILE | SignatureCoverageLevel.ENTIRE_REVISION:
            return "whole revision"
        case _:
            return "part"


def _fills_its_gap(pdf: bytes, found: EmbeddedPdfSignature) -> bool:
    """Say whether the unsigned gap holds the signature in hex, zeros behind it, and nothing else.

    The library compares lengths only; a second file could hide in the gap,
    or one letter's case could change there unnoticed.
    """
    contents = found.pkcs7_content
    ranges = [int(number) for number in found.byte_range]
    gap = pdf[ranges[1] : ranges[2]]
    digits = contents.hex().encode()
    return (
        len(ranges) == 4  # noqa: PLR2004 - two stretches of offset and length
        and gap in (b"<" + digits + b">", b"<" + digits.upper() + b">")
        and not contents[_der_size(contents) :].strip(b"\0")
    )


def _der_size(data: bytes) -> int:
    """Return how long the DER value at the start is, head included (X.690, 8.1.3)."""
    if data[1] < 128:  # noqa: PLR2004 - the high bit says that a longer length follows
        return 2 + data[1]
    count = data[1] & 127
    return 2 + count + int.from_bytes(data[2 : 2 + count], "big")


def _trust(
    signer: x509.Certificate, status: PdfSignatureStatus, trusted: Sequence[x509.Certificate]
) -> Trust:
    chained = (
        status.trust_problem_indic is None
        and status.validation_path is not None
        and certificate.is_for_signing(signer)
    )
    return trusting.trust_in(signer, trusted, valid=status.valid, chained=chained)


def _certifies(reader: CachingReader, found: EmbeddedPdfSignature) -> bool:
    """Say whether the catalog names this signature as the one that certifies."""
    try:
        named = reader.root["/Perms"].get_value_as_reference("/DocMDP")
    except (KeyError, AttributeError, IndirectObjectExpected):
        return False
    return bool(named == found.sig_object.container_ref)
