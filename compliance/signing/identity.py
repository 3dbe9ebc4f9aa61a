"""Who signs: a private key and a certificate, kept in a passphrase-protected PKCS#12 file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

from compliance.errors import InputError, SurroundingsError
from compliance.signing.boundary import guarded

if TYPE_CHECKING:
    from collections.abc import Callable

    from cryptography import x509

    from compliance.signing.keyfile import Opened, SigningKey

ED25519_NOTE = (
    "Some readers cannot check a signature made with Ed25519, pdfsig among them; "
    "a P-256 or RSA key is read by all."
)
LONGEST_NAME = 64  # characters of a common or organisation name (X.520, upper bounds)
_DIGITS_TO_READ = 16
_LOCKED = (b"-----BEGIN ENCRYPTED PRIVATE KEY-----", b"Proc-Type: 4,ENCRYPTED")


@dataclass(frozen=True)
class TokenKey:
    """A private key that never leaves its token; `sign` takes data and a digest's name."""

    sign: Callable[[bytes, str], bytes] = field(repr=False)


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
    key: SigningKey | TokenKey = field(repr=False, compare=False)
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
    from compliance.signing import keyfile  # noqa: PLC0415 - it loads cryptography

    return _identity(keyfile.unpack(p12, passphrase, label), label)


def check_lock(key: bytes, *, label: str) -> None:
    """Make sure that a file is a private key in PEM behind a passphrase, before that is asked for.

    Raises:
        InputError: it is no private key, or whoever copies the file could sign with it.
    """
    if b"PRIVATE KEY-----" not in key:
        raise InputError(f"“{label}” is no private key in PEM.")
    if not any(mark in key for mark in _LOCKED):
        raise InputError(
            f"The key in “{label}” has no passphrase, so whoever copies the file can sign; "
            f"lock it: openssl pkcs8 -topk8 -in {label} -out locked.pem"
        )


def load_pem_identity(
    key: bytes, certificates: bytes, passphrase: bytes, *, key_label: str, certificate_label: str
) -> Identity:
    """Open a private key in PEM with its certificate, whose file may hold those above it, too.

    Accepted keys are those of `load_identity`, behind a passphrase.

    Raises:
        InputError: the key has no passphrase or another one, the files are no PEM, the certificate
            does not belong to the key, or another kind of key.
    """
    from compliance.signing import pemfile  # noqa: PLC0415 - it loads cryptography

    check_lock(key, label=key_label)
    opened = pemfile.unpack(key, certificates, passphrase, key_label, certificate_label)
    return _identity(opened, certificate_label)


def check_token_support() -> None:
    """Make sure that the package that speaks PKCS#11 is installed, before a PIN is asked for.

    Raises:
        SurroundingsError: it is not.
    """
    if find_spec("pkcs11") is None:
        raise SurroundingsError(
            "Signing with a token needs the package python-pkcs11; "
            "install it: pip install 'clinic-compliance[pkcs11]'"
        )


def load_token_identity(
    module: str, token: str, pin: bytes, *, key_label: str | None, certificates: bytes | None
) -> Identity:
    """Open a key on a PKCS#11 token; `module` is the library that comes with the token.

    The certificate is the one on the token that belongs to the key, unless `certificates` has it.

    Raises:
        InputError: no such module, token or key, a PIN that does not open it, several keys and no
            label, no certificate that belongs to the key, or another kind of key.
        SurroundingsError: the package that speaks PKCS#11 is not installed.
    """
    check_token_support()
    from compliance.signing import token as tokens  # noqa: PLC0415 - it loads cryptography

    return _identity(tokens.unpack(module, token, pin, key_label, certificates), token)


def _identity(opened: Opened, label: str) -> Identity:
    from compliance.signing import certificate  # noqa: PLC0415 - it loads cryptography

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
    if certificate.may_issue(identity.certificate):
        raise InputError(
            f"{who} is an authority's, which vouches for other certificates; "
            "sign with one that is for signing only."
        )
    if not fit:
        raise InputError(
            f"{who} ({first} to {last}) was not made for signing documents; sign with another."
        )


def readers_note(identity: Identity) -> str:
    """Return what the signer should know of readers that cannot check this key, else nothing."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - loaded only when needed

    ed25519 = isinstance(identity.certificate.public_key(), Ed25519PublicKey)
    return ED25519_NOTE if ed25519 else ""


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
