from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from compliance.errors import InputError
from compliance.signing.identity import (
    Identity,
    certificate_pem,
    check_usable,
    fingerprint_words,
    load_identity,
    new_identity,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PASSPHRASE = "vier schöne Wörter 🔑".encode()
BORN = datetime(2024, 2, 29, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture(scope="module")
def p12() -> bytes:
    return new_identity(
        " Dana  Reyes ", organisation="Reyes & Lee", passphrase=PASSPHRASE, now=BORN
    )


@pytest.fixture(scope="module")
def identity(p12: bytes) -> Identity:
    return load_identity(p12, PASSPHRASE, label="dana.p12")


def test_a_new_identity_is_who_it_says_for_three_years(identity: Identity) -> None:
    assert identity.name == "Dana Reyes"
    assert identity.organisation == "Reyes & Lee"
    assert identity.not_before == datetime(2024, 2, 29, 12, tzinfo=UTC)
    assert identity.not_after == datetime(2027, 2, 28, 12, tzinfo=UTC)
    assert identity.self_made


def test_a_new_certificate_is_for_signing_documents_and_nothing_else(identity: Identity) -> None:
    extensions = identity.certificate.extensions
    usage = extensions.get_extension_for_oid(ExtensionOID.KEY_USAGE)
    constraints = extensions.get_extension_for_oid(ExtensionOID.BASIC_CONSTRAINTS)
    purposes = extensions.get_extension_for_oid(ExtensionOID.EXTENDED_KEY_USAGE)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    assert not constraints.value.ca
    assert [oid.dotted_string for oid in purposes.value] == ["1.3.6.1.5.5.7.3.36"]


def test_the_key_is_never_shown(identity: Identity) -> None:
    assert "key" not in repr(identity)


def test_two_new_identities_differ(p12: bytes, identity: Identity) -> None:
    other = new_identity("Dana Reyes", organisation=None, passphrase=b"another", now=BORN)
    loaded = load_identity(other, b"another", label="other.p12")
    assert loaded != identity
    assert loaded.organisation == ""
    assert loaded.certificate.serial_number != identity.certificate.serial_number


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")
def test_the_file_is_locked_as_strongly_as_claimed(p12: bytes, tmp_path: Path) -> None:
    file = tmp_path / "dana.p12"
    file.write_bytes(new_identity("Dana", organisation=None, passphrase=b"plain", now=BORN))
    shown = subprocess.run(
        ["openssl", "pkcs12", "-in", file, "-passin", "pass:plain", "-info", "-noout"],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    assert "MAC: sha256, Iteration 600000" in shown
    assert shown.count("PBES2, PBKDF2, AES-256-CBC, Iteration 600000") == 2


@pytest.mark.parametrize(
    ("name", "organisation", "passphrase", "said"),
    [
        ("  ", None, b"x", "name of an identity is empty"),
        ("Dana", " \t", b"x", "organisation of an identity is empty"),
        ("D" * 65, None, b"x", "at most 64 characters"),
        ("Dana\x00Reyes", None, b"x", "must be printable"),
        ("Dana", None, b"", "needs a passphrase"),
        ("Dana", None, b"\xff\xfe", "not text in UTF-8"),
    ],
)
def test_an_identity_is_not_made_from_nothing(
    name: str, organisation: str | None, passphrase: bytes, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        new_identity(name, organisation=organisation, passphrase=passphrase, now=BORN)


@pytest.mark.parametrize("passphrase", [b"", b"wrong", PASSPHRASE + b" ", b"\xff"])
def test_a_wrong_passphrase_is_said_with_the_file(p12: bytes, passphrase: bytes) -> None:
    with pytest.raises(InputError, match=r"passphrase does not open “dana\.p12”"):
        load_identity(p12, passphrase, label="dana.p12")


def test_a_damaged_file_is_not_opened(p12: bytes) -> None:
    damaged = p12[:200] + bytes([p12[200] ^ 1]) + p12[201:]
    with pytest.raises(InputError, match="or the file is damaged"):
        load_identity(damaged, PASSPHRASE, label="dana.p12")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"-----BEGIN CERTIFICATE-----", b"0\x82"])
def test_what_is_no_pkcs12_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(InputError, match=r"“notes\.txt” is not a PKCS#12 file"):
        load_identity(data, PASSPHRASE, label="notes.txt")


def _packed(
    key: pkcs12.PKCS12PrivateKeyTypes | None, certificate: x509.Certificate | None
) -> bytes:
    lock = BestAvailableEncryption(PASSPHRASE)
    return pkcs12.serialize_key_and_certificates(b"odd", key, certificate, None, lock)


def test_a_file_without_a_key_is_refused(identity: Identity) -> None:
    with pytest.raises(InputError, match="holds no private key"):
        load_identity(_packed(None, identity.certificate), PASSPHRASE, label="odd.p12")


def test_a_file_without_a_certificate_is_refused() -> None:
    p12 = _packed(ec.generate_private_key(ec.SECP256R1()), None)
    with pytest.raises(InputError, match="no certificate that belongs to its key"):
        load_identity(p12, PASSPHRASE, label="odd.p12")


@pytest.mark.parametrize(
    "make_key",
    [
        lambda: rsa.generate_private_key(65537, 1024),  # noqa: S505 - that it is weak is the point
        lambda: ec.generate_private_key(ec.SECP521R1()),
        lambda: dsa.generate_private_key(2048),
    ],
)
def test_a_key_that_cannot_be_used_is_refused_with_those_that_can(
    make_key: Callable[[], pkcs12.PKCS12PrivateKeyTypes],
) -> None:
    with pytest.raises(InputError, match="must be P-256, P-384, RSA of at least 2048 bits"):
        load_identity(_packed(make_key(), None), PASSPHRASE, label="odd.p12")


def test_an_identity_is_usable_from_its_first_to_its_last_second(identity: Identity) -> None:
    check_usable(identity, identity.not_before)
    check_usable(identity, identity.not_after)


def test_an_expired_certificate_is_refused_with_both_dates(identity: Identity) -> None:
    with pytest.raises(InputError, match=r"expired on 2027-02-28 12:00 UTC.*2027-03-01 12:00 UTC"):
        check_usable(identity, identity.not_after + timedelta(days=1))


def test_a_certificate_of_tomorrow_is_refused_with_both_dates(identity: Identity) -> None:
    with pytest.raises(InputError, match=r"valid only from 2024-02-29.*it is 2024-02-28"):
        check_usable(identity, identity.not_before - timedelta(days=1))


@pytest.mark.parametrize(
    "extension",
    [
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]),
        x509.KeyUsage(
            digital_signature=False,
            content_commitment=False,
            key_encipherment=True,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=False,
            crl_sign=False,
            encipher_only=False,
            decipher_only=False,
        ),
    ],
)
def test_a_certificate_for_something_else_is_refused(
    make: Callable[..., object], now: datetime, extension: x509.ExtensionType
) -> None:
    identity = make(extensions=(extension,)).identity
    with pytest.raises(InputError, match="was not made for signing documents"):
        check_usable(identity, now)


def test_the_certificate_alone_can_be_handed_out(identity: Identity) -> None:
    pem = certificate_pem(identity)
    assert x509.load_pem_x509_certificate(pem) == identity.certificate
    assert b"PRIVATE" not in pem


def test_a_fingerprint_is_read_in_groups_of_four() -> None:
    assert fingerprint_words("0a8007ae80f2f10b3746dc61") == "0A80 07AE 80F2 F10B"


def test_equality_is_the_certificate_s(identity: Identity) -> None:
    assert replace(identity, key=ec.generate_private_key(ec.SECP256R1())) == identity
