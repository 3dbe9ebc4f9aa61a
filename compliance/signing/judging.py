"""Judging each signature of a PDF with pyHanko.

Loads pyHanko when imported, so it is imported only inside functions.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1
from pyhanko.pdf_utils.generic import IndirectObject
from pyhanko.pdf_utils.misc import IndirectObjectExpected
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko.sign.validation.utils import DEFAULT_ALGORITHM_USAGE_POLICY
from pyhanko_certvalidator import ValidationContext

from compliance.signing import certificate
from compliance.signing.boundary import one_line
from compliance.signing.reader import CachingReader, OpenedPdf
from compliance.signing.stack import deeply
from compliance.signing.verdict import Changes, Coverage, SignatureVerdict, Trust, Validity

_CHANGES: dict[ModificationLevel, Changes] = {
    ModificationLevel.NONE: "none",
    ModificationLevel.LTA_UPDATES: "allowed",
    ModificationLevel.FORM_FILLING: "allowed",
}
_ANY_USAGE = KeyUsageConstraints(key_usage=())  # `certificate.is_for_signing` judges it instead


def judge(
    opened: OpenedPdf, trusted: Sequence[x509.Certificate], at: datetime
) -> tuple[SignatureVerdict, ...]:
    """Return a verdict on each signature in signing order; those that cannot be read come last."""
    fields = enumerate_sig_fields(opened.reader, filled_status=True)
    verdicts = deeply(
        lambda: [_verdict(opened, str(name), field, trusted, at) for name, _, field in fields]
    )
    verdicts.sort(key=lambda placed: placed[0])
    return tuple(verdict for _, verdict in verdicts)


def _verdict(
    opened: OpenedPdf,
    name: str,
    field: IndirectObject,
    trusted: Sequence[x509.Certificate],
    at: datetime,
) -> tuple[int, SignatureVerdict]:
    """Return the revision that was signed and the verdict, whatever the signature is made of."""
    try:
        found = EmbeddedPdfSignature(opened.reader, field, name)  # type: ignore[arg-type]  # takes both
        return found.signed_revision, _judged(opened, found, trusted, at)
    except Exception as error:  # noqa: BLE001 - a forged signature may break the library anywhere
        return opened.reader.total_revisions, _unreadable(
            name, one_line(error), given=bool(trusted)
        )


def _judged(
    opened: OpenedPdf,
    found: EmbeddedPdfSignature,
    trusted: Sequence[x509.Certificate],
    at: datetime,
) -> SignatureVerdict:
    signer = x509.load_der_x509_certificate(found.signer_cert.dump())
    claimed = _claimed_time(found)
    context = _context(trusted, min(claimed or at, at))
    status = asyncio.run(
        async_validate_pdf_signature(found, context, key_usage_settings=_ANY_USAGE)
    )
    return SignatureVerdict(
        field=found.field_name,
        signer=certificate.name_of(signer),
        fingerprint=certificate.fingerprint_of(signer),
        intact=status.intact,
        valid=status.valid and _is_strong(found),
        changes_after=_changes(status),
        docmdp_ok=bool(status.docmdp_ok),
        covers=_coverage(opened, found, status),
        claimed_time=claimed,
        certificate_validity=_validity(signer, claimed or at),
        trust=_trust(signer, status, trusted),
        self_made=certificate.is_self_made(signer),
        certifies=_certifies(opened.reader, found),
    )


def _unreadable(name: str, trouble: str, *, given: bool) -> SignatureVerdict:
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
        trouble=trouble,
    )


def _claimed_time(found: EmbeddedPdfSignature) -> datetime | None:
    """Return the claimed time if it says its zone; without one it names no moment."""
    try:
        claimed = found.self_reported_timestamp
    except Exception:  # noqa: BLE001 - an unreadable date is as good as none
        return None
    return claimed if claimed and claimed.utcoffset() is not None else None


def _is_strong(found: EmbeddedPdfSignature) -> bool:
    """Say whether digest, signature method and key size are not known to be weak."""
    policy, info = DEFAULT_ALGORITHM_USAGE_POLICY, found.signer_info
    digest, method = info["digest_algorithm"], info["signature_algorithm"]
    return bool(
        policy.digest_algorithm_allowed(digest, None)
        and policy.signature_algorithm_allowed(method, None, found.signer_cert.public_key)
        and policy.digest_combination_allowed(method, digest, None)
    )


def _changes(status: PdfSignatureStatus) -> Changes:
    result = status.diff_result
    if not isinstance(result, DiffResult):
        return "forbidden"
    return _CHANGES.get(result.modification_level, "forbidden")


def _coverage(
    opened: OpenedPdf, found: EmbeddedPdfSignature, status: PdfSignatureStatus
) -> Coverage:
    if not _fills_its_gap(opened.seen, found):
        return "part"
    match status.coverage:
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


def _validity(signer: x509.Certificate, moment: datetime) -> Validity:
    if moment < signer.not_valid_before_utc:
        return "not yet valid"
    return "expired" if moment > signer.not_valid_after_utc else "valid"


def _context(trusted: Sequence[x509.Certificate], moment: datetime) -> ValidationContext:
    """Trust those that may vouch for others; a person's own certificate stands for that person only."""
    authorities = [found for found in trusted if certificate.may_issue(found)]
    return ValidationContext(
        trust_roots=[translate_pyca_cryptography_cert_to_asn1(found) for found in authorities],
        moment=moment,
        allow_fetching=False,
    )


def _trust(
    signer: x509.Certificate, status: PdfSignatureStatus, trusted: Sequence[x509.Certificate]
) -> Trust:
    if not trusted:
        return "self-made" if certificate.is_self_made(signer) else "unknown-issuer"
    chained = (
        status.trust_problem_indic is None
        and status.validation_path is not None
        and certificate.is_for_signing(signer)
    )
    return "trusted" if status.valid and (signer in trusted or chained) else "not-chained"


def _certifies(reader: CachingReader, found: EmbeddedPdfSignature) -> bool:
    """Say whether the catalog names this signature as the one that certifies."""
    try:
        named = reader.root["/Perms"].get_value_as_reference("/DocMDP")
    except (KeyError, AttributeError, IndirectObjectExpected):
        return False
    return bool(named == found.sig_object.container_ref)
