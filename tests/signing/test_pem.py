"""A key of one's own in PEM: locked, and with the certificate that belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, x25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)

from compliance.errors import InputError
from compliance.signing.identity import (
    Identity,
    certificate_pem,
    check_usable,
    load_pem_identity,
    readers_note,
)
from compliance.signing.inspect import inspect_pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from conftest import Made

PASSPHRASE = b"four plain words here"


def locked(
    key: object,
    form: PrivateFormat = PrivateFormat.PKCS8,
    lock: KeySerializationEncryption | None = None,
) -> bytes:
    return key.private_bytes(Encoding.PEM, form, lock or BestAvailableEncryption(PASSPHRASE))


def opened(key: bytes, certificates: bytes, passphrase: bytes = PASSPHRASE) -> Identity:
    return load_pem_identity(
        key, certificates, passphrase, key_label="key.pem", certificate_label="cert.pem"
    )


@pytest.mark.parametrize("kind", ["P-256", "P-384", "RSA", "Ed25519"])
def test_a_locked_key_with_its_certificate_signs(
    report: bytes, make: Callable[..., Made], sign: Callable[..., bytes], now: datetime, kind: str
) -> None:
    made = make("Kim Park", kind)
    identity = opened(locked(made.key), made.certificate.public_bytes(Encoding.PEM))
    trust = [certificate_pem(identity)]
    (verdict,) = inspect_pdf(sign(report, identity), trust=trust, at=now).signatures
    assert (verdict.signer, verdict.valid, verdict.trust) == ("Kim Park", True, "trusted")


def test_the_older_form_of_a_locked_key_is_read_too(make: Callable[..., Made]) -> None:
    made = make()
    old = locked(made.key, PrivateFormat.TraditionalOpenSSL)
    assert b"Proc-Type: 4,ENCRYPTED" in old
    assert opened(old, made.certificate.public_bytes(Encoding.PEM)).name == "Dana Reyes"


def test_a_certificate_in_der_is_read_too(make: Callable[..., Made]) -> None:
    made = make()
    identity = opened(locked(made.key), made.certificate.public_bytes(Encoding.DER))
    assert identity.name == "Dana Reyes"


def test_the_chain_may_stand_in_any_order(make: Callable[..., Made]) -> None:
    root = make("Root", authority=True)
    leaf = make("Kim Park", issuer=root)
    pem = [one.certificate.public_bytes(Encoding.PEM) for one in (root, leaf)]
    identity = opened(locked(leaf.key), b"".join(pem))
    assert (identity.name, identity.chain) == ("Kim Park", (root.certificate,))


def test_a_wrong_passphrase_is_said_with_the_file(make: Callable[..., Made]) -> None:
    made = make()
    with pytest.raises(InputError, match=r"passphrase does not open “key\.pem”"):
        opened(locked(made.key), made.certificate.public_bytes(Encoding.PEM), b"wrong")


def test_a_key_without_a_passphrase_is_refused_with_the_way_to_lock_it(
    make: Callable[..., Made],
) -> None:
    made = make()
    bare = locked(made.key, lock=NoEncryption())
    with pytest.raises(InputError, match=r"has no passphrase, .* lock it: openssl pkcs8 -topk8"):
        opened(bare, made.certificate.public_bytes(Encoding.PEM))


def test_a_certificate_of_another_key_is_refused(make: Callable[..., Made]) -> None:
    other = make("Somebody Else").certificate.public_bytes(Encoding.PEM)
    with pytest.raises(
        InputError, match=r"“cert\.pem” holds no certificate that belongs to its key"
    ):
        opened(locked(make().key), other)


@pytest.mark.parametrize("data", [b"", b"hello", b"-----BEGIN CERTIFICATE-----\nAA==\n"])
def test_what_is_no_certificate_is_said(make: Callable[..., Made], data: bytes) -> None:
    with pytest.raises(InputError, match=r"“cert\.pem” is no certificate in PEM or DER"):
        opened(locked(make().key), data)


@pytest.mark.parametrize("data", [b"", b"hello", b"-----BEGIN CERTIFICATE-----\nAA==\n"])
def test_what_is_no_key_is_said(make: Callable[..., Made], data: bytes) -> None:
    with pytest.raises(InputError, match=r"“key\.pem” is no private key in PEM\."):
        opened(data, make().certificate.public_bytes(Encoding.PEM))


@pytest.mark.parametrize(
    "key", [ec.generate_private_key(ec.SECP521R1()), x25519.X25519PrivateKey.generate()]
)
def test_a_key_of_another_kind_is_refused(make: Callable[..., Made], key: object) -> None:
    with pytest.raises(InputError, match="must be P-256, P-384, RSA of at least 2048 bits"):
        opened(locked(key), make().certificate.public_bytes(Encoding.PEM))


def test_an_authority_s_certificate_signs_nothing(make: Callable[..., Made], now: datetime) -> None:
    authority = make("Root", authority=True).identity
    with pytest.raises(InputError, match="is an authority's, which vouches for other certificates"):
        check_usable(authority, now)


def test_only_ed25519_comes_with_a_warning(make: Callable[..., Made]) -> None:
    assert "Some readers cannot check" in readers_note(make(kind="Ed25519").identity)
    assert [readers_note(make(kind=kind).identity) for kind in ("P-256", "P-384", "RSA")] == [
        ""
    ] * 3
