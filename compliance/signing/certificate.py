"""What a certificate says of its owner, what it may be used for, and how one is made.

Loads cryptography when imported, so it is imported only inside functions.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from compliance.signing.boundary import guarded

_DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36"  # RFC 9336
_FIT_PURPOSES = {
    _DOCUMENT_SIGNING,
    "1.2.840.113583.1.1.5",  # a vendor's document signing, older than the RFC
    "1.3.6.1.4.1.311.10.3.12",  # another vendor's
    "1.3.6.1.5.5.7.3.4",  # e-mail protection
    "2.5.29.37.0",  # any purpose
}
_OTHER_USAGES = (
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def fingerprint_of(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of the certificate's DER bytes, 64 hex digits."""
    return certificate.fingerprint(SHA256()).hex()


def name_of(certificate: x509.Certificate) -> str:
    """Return the common name, else the organisation, else the whole subject."""
    return (
        _first(certificate, NameOID.COMMON_NAME)
        or organisation_of(certificate)
        or certificate.subject.rfc4514_string()
    )


def organisation_of(certificate: x509.Certificate) -> str:
    """Return the organisation named in the certificate, or an empty text."""
    return _first(certificate, NameOID.ORGANIZATION_NAME)


def is_self_made(certificate: x509.Certificate) -> bool:
    """Say whether the certificate was signed with its own key: only its owner vouches for it."""
    try:
        certificate.verify_directly_issued_by(certificate)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def may_issue(certificate: x509.Certificate) -> bool:
    """Say whether the certificate is an authority's, which can vouch for other certificates."""
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def is_for_signing(certificate: x509.Certificate) -> bool:
    """Say whether key usage and extended key usage allow a signature on a document.

    A certificate without these extensions is allowed everything (RFC 5280, 4.2.1.3 and 4.2.1.12).
    """
    return all(_allows_signing(extension.value) for extension in certificate.extensions)


def is_for_timestamping(certificate: x509.Certificate) -> bool:
    """Say whether a certificate is for timestamps and nothing else (RFC 3161, 2.3)."""
    try:
        extension = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        return False
    return extension.critical and list(extension.value) == [ExtendedKeyUsageOID.TIME_STAMPING]


def read_certificates(data: bytes) -> tuple[x509.Certificate, ...]:
    """Read one DER certificate, or all of a PEM text.

    Raises:
        InputError: the bytes are neither.
    """
    with guarded(
        "The certificate to trust cannot be read; give a certificate as PEM or DER", reason=False
    ):
        if b"-----BEGIN" in data:
            return tuple(x509.load_pem_x509_certificates(data))
        return (x509.load_der_x509_certificate(data),)


def make_certificate(
    name: str, organisation: str, key: EllipticCurvePrivateKey, *, start: datetime, years: int
) -> x509.Certificate:
    """Make a certificate signed with its own key: for documents only, and not an authority."""
    owner = x509.Name(_owner(name, organisation))
    first = start.astimezone(UTC).replace(microsecond=0)
    builder = (
        x509.CertificateBuilder()
        .subject_name(owner)
        .issuer_name(owner)
        .serial_number(x509.random_serial_number())
        .public_key(key.public_key())
        .not_valid_before(first)
        .not_valid_after(_years_later(first, years))
    )
    for extension, critical in _extensions(key):
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(key, SHA256())


def _first(certificate: x509.Certificate, kind: x509.ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(kind)
    return str(found[0].value) if found else ""


def _allows_signing(extension: x509.ExtensionType) -> bool:
    match extension:
        case x509.KeyUsage():
            return extension.digital_signature or extension.content_commitment
        case x509.ExtendedKeyUsage():
            return any(purpose.dotted_string in _FIT_PURPOSES for purpose in extension)
        case _:
            return True


def _owner(name: str, organisation: str) -> Iterator[x509.NameAttribute[str]]:
    yield x509.NameAttribute(NameOID.COMMON_NAME, name)
    if organisation:
        yield x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation)


def _extensions(key: EllipticCurvePrivateKey) -> Iterator[tuple[x509.ExtensionType, bool]]:
    """Yield what the certificate is good for, each with whether a reader must understand it."""
    others = dict.fromkeys(_OTHER_USAGES, False)
    yield x509.BasicConstraints(ca=False, path_length=None), True
    yield x509.KeyUsage(digital_signature=True, content_commitment=True, **others), True
    yield x509.ExtendedKeyUsage([x509.ObjectIdentifier(_DOCUMENT_SIGNING)]), False
    yield x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False


def _years_later(start: datetime, years: int) -> datetime:
    """Return the same day of a later year; 29 February becomes 28 February."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)
