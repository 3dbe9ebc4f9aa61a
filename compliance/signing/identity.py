"""Who signs: a private key and a certificate, kept in a passphrase-protected PKCS#12 file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from compliance.errors import InputError
from compliance.signing.boundary import guarded

if TYPE_CHECKING:
    from cryptography import x509

    from compliance.signing.keyfile import SigningKey

LONGEST_NAME = 64  # characters of a common or organisation name (X.520, upper bounds)
_DIGITS_TO_READ = 16


@dataclass(frozen=True)
class Identity:
    """Somebody who can sign now: what the certificate says, and the opened key.

    `self_made` is a certificate that nobody but its owner vouches for.
    `fingerprint` is the certificate's SHA-256 in hex; two identities are equal when these agree.
    `chain` holds the other certificates of the file; they travel inside each signature.
    """

    name: str
    organisation: str
    not_before: datetime
    not_after: datetime
    fingerprint: str
    self_made: bool
    key: SigningKey = field(repr=False, compare=False)
    certificate: x509.Certificate = field(repr=False, compare=False)
    chain: tuple[x509.Certificate, ...] = field(repr=False, compare=False)


def fingerprint_words(fingerprint: str) -> str:
    """Return the first 16 hex digits in groups of four, to be compared over the phone.

    64 bits keep chance away, not somebody who makes keys until one fits; for that, compare all 256.
    """
    start = fingerprint[:_DIGITS_TO_READ].upper()
    return " ".join(start[i : i + 4] for i in range(0, len(start), 4))


def new_identity(
    name: str,
    *,
    organisation: str | None,
    passphrase: bytes,
    now: datetime,
    years: int = 3,
) -> bytes:
    """Make a P-256 key and a certificate signed with it; return both as a PKCS#12 file.

    The certificate is for signing documents, and cannot vouch for another certificate.

    Raises:
        InputError: the name is empty, too long or unprintable, or the passphrase is empty.
    """
    person = _tidy(name, what="name")
    group = _tidy(organisation, what="organisation") if organisation else ""
    if not passphrase:
        raise InputError("An identity needs a passphrase; an empty one protects nothing.")
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - loaded only when needed

    from compliance.signing import certificate, keyfile  # noqa: PLC0415 - they load cryptography

    key = ec.generate_private_key(ec.SECP256R1())
    made = certificate.make_certificate(person, group, key, start=now, years=years)
    return keyfile.pack(person, key, made, passphrase)


def load_identity(p12: bytes, passphrase: bytes, *, label: str) -> Identity:
    """Open a PKCS#12 file; `label` is what errors call it.

    Accepted keys: P-256, P-384, RSA from 2048 bits, Ed25519.

    Raises:
        InputError: not a PKCS#12 file, a passphrase that does not open it, no key, no certificate
            that belongs to the key, or another kind of key.
    """
    from compliance.signing import certificate, keyfile  # noqa: PLC0415 - they load cryptography

    opened = keyfile.unpack(p12, passphrase, label)
    own = opened.certificate
    with guarded(f"The certificate in “{label}” cannot be read"):
        return Identity(
            name=certificate.name_of(own),
            organisation=certificate.organisation_of(own),
            not_before=own.not_valid_before_utc,
            not_after=own.not_valid_after_utc,
            fingerprint=certificate.fingerprint_of(own),
            self_made=certificate.is_self_made(own),
            key=opened.key,
            certificate=own,
            chain=opened.chain,
        )


def check_usable(identity: Identity, at: datetime) -> None:
    """Make sure that the certificate allows signing a document at this moment.

    Raises:
        InputError: not yet valid, expired, or made for something else.
    """
    from compliance.signing import certificate  # noqa: PLC0415 - it loads cryptography

    who = f"The certificate of {identity.name}"
    first, last, now = _minute(identity.not_before), _minute(identity.not_after), _minute(at)
    if at < identity.not_before:
        raise InputError(f"{who} is valid only from {first}, and it is {now}; check the clock.")
    if at > identity.not_after:
        raise InputError(f"{who} expired on {last}, and it is {now}; sign with a new one.")
    with guarded(f"{who} cannot be read"):
        fit = certificate.is_for_signing(identity.certificate)
    if not fit:
        raise InputError(
            f"{who} ({first} to {last}) was not made for signing documents; sign with another."
        )


def certificate_pem(identity: Identity) -> bytes:
    """Return the certificate alone, as its owner may hand it out to whoever verifies."""
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 - loaded only when needed

    return identity.certificate.public_bytes(Encoding.PEM)


def _tidy(text: str, *, what: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise InputError(f"The {what} of an identity is empty; give the one that people know.")
    if not name.isprintable() or len(name) > LONGEST_NAME:
        raise InputError(
            f"The {what} of an identity must be printable and have at most {LONGEST_NAME} characters."
        )
    return name


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
