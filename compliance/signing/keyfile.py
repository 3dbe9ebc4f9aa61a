"""A private key and its certificates as a PKCS#12 file: packing and opening.

Loads cryptography when imported, so it is imported only inside functions.
"""

import hmac
import secrets
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from asn1crypto.pkcs12 import MacData, Pfx  # type: ignore[import-untyped]  # has no types
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

from compliance.errors import InputError
from compliance.signing.boundary import guarded
from compliance.signing.identity import TokenKey

SigningKey = EllipticCurvePrivateKey | Ed25519PrivateKey | RSAPrivateKey

_ROUNDS = 600_000  # PBKDF2-HMAC-SHA256, as OWASP's advice on storing passwords has it
_SMALLEST_RSA = 2048
_CURVES = ("secp256r1", "secp384r1")
_UNFIT = (
    "The key in “{label}” cannot be used: "
    "it must be P-256, P-384, RSA of at least 2048 bits, or Ed25519."
)


class Opened(NamedTuple):
    """A key, the certificate that belongs to it, and the others of the file."""

    key: SigningKey | TokenKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]


def pack(
    name: str, key: EllipticCurvePrivateKey, certificate: x509.Certificate, passphrase: bytes
) -> bytes:
    """Return a PKCS#12 file: AES-256 under PBKDF2 (PBES2), protected by a SHA-256 MAC.

    Raises:
        InputError: the passphrase is not UTF-8, which the format needs.
    """
    _as_utf16(passphrase)
    lock = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(_ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(SHA256())
        .build(passphrase)
    )
    weak = pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, None, lock)
    return _harden(weak, passphrase)


def unpack(p12: bytes, passphrase: bytes, label: str) -> Opened:
    """Open a PKCS#12 file that may be anything; `label` is what errors call it.

    Raises:
        InputError: see `compliance.signing.identity.load_identity`.
    """
    if not _begins_as_pkcs12(p12):
        raise InputError(f"“{label}” is not a PKCS#12 file (.p12 or .pfx).")
    with guarded(
        f"The passphrase does not open “{label}”, or the file is damaged; type it again",
        reason=False,
    ):
        bundle = pkcs12.load_pkcs12(p12, passphrase)
    if bundle.key is None:
        raise InputError(f"“{label}” holds no private key, so nothing can be signed with it.")
    key = accepted(bundle.key, label)
    certificates = [held.certificate for held in (bundle.cert, *bundle.additional_certs) if held]
    own, chain = pick_own(key.public_key(), certificates, label)
    return Opened(key, own, chain)


def pick_own(
    public: PublicKeyTypes, certificates: Sequence[x509.Certificate], label: str
) -> tuple[x509.Certificate, tuple[x509.Certificate, ...]]:
    """Return the certificate of a public key, and the others.

    Raises:
        InputError: none belongs to the key.
    """
    with guarded(f"The certificates in “{label}” cannot be read"):
        own = [found for found in certificates if found.public_key() == public]
    if not own:
        raise InputError(f"“{label}” holds no certificate that belongs to its key.")
    return own[0], tuple(found for found in certificates if found != own[0])


def _harden(p12: bytes, passphrase: bytes) -> bytes:
    """Make guessing at the MAC as slow as guessing at the encryption.

    The library derives the MAC's key in 2048 rounds, whatever rounds it is told,
    and who guesses passphrases would guess there.
    """
    file = Pfx.load(p12)
    salt = secrets.token_bytes(16)
    code = hmac.digest(_mac_key(passphrase, salt), file["auth_safe"]["content"].native, "sha256")
    method = file["mac_data"]["mac"]["digest_algorithm"]
    file["mac_data"] = MacData(
        {
            "mac": {"digest_algorithm": method, "digest": code},
            "mac_salt": salt,
            "iterations": _ROUNDS,
        }
    )
    return bytes(file.dump())


def _mac_key(passphrase: bytes, salt: bytes) -> bytes:
    """Derive the MAC's key by PKCS#12's own method (RFC 7292, B.2), with SHA-256 and one block."""
    block = sha256().block_size
    key = b"\x03" * block + _filled(salt, block) + _filled(_as_utf16(passphrase), block)
    for _ in range(_ROUNDS):
        key = sha256(key).digest()
    return key


def _filled(data: bytes, block: int) -> bytes:
    """Repeat the bytes up to the next whole block."""
    size = -(-len(data) // block) * block
    return (data * (size // len(data) + 1))[:size]


def _as_utf16(passphrase: bytes) -> bytes:
    try:
        return (passphrase.decode() + "\0").encode("utf-16-be")
    except UnicodeDecodeError as error:
        raise InputError("The passphrase is not text in UTF-8; choose another.") from error


def _begins_as_pkcs12(data: bytes) -> bool:
    """Say whether the bytes begin as every PKCS#12 file: a sequence whose first item is version 3."""
    start = data[:8]
    return start[:1] == b"\x30" and b"\x02\x01\x03" in start


def accepted(key: PrivateKeyTypes, label: str) -> SigningKey:
    """Return a key of a kind that signs reports.

    Raises:
        InputError: it is of another kind, or too short.
    """
    match key:
        case EllipticCurvePrivateKey() | RSAPrivateKey() | Ed25519PrivateKey():
            check_kind(key.public_key(), label)
            return key
        case _:
            raise InputError(_UNFIT.format(label=label))


def check_kind(public: PublicKeyTypes, label: str) -> None:
    """Make sure that a key is of a kind that signs reports.

    Raises:
        InputError: it is of another kind, or too short.
    """
    match public:
        case EllipticCurvePublicKey() if public.curve.name in _CURVES:
            return
        case RSAPublicKey() if public.key_size >= _SMALLEST_RSA:
            return
        case Ed25519PublicKey():
            return
        case _:
            raise InputError(_UNFIT.format(label=label))
