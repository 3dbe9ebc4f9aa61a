"""A small tagged report with two signature fields and two attachments, and people to sign it."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pydyf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from weasyprint import HTML, Attachment

from compliance.signing.identity import Identity, load_identity
from compliance.signing.sign import prepare_for_signing, sign_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
PASSPHRASE = b"four plain words here"
PAGE = """
<html lang="en"><head><title>A small report</title>
<style>.sig {appearance: auto; width: 80mm; height: 28mm; display: block}</style></head>
<body><h1>Findings</h1><p>The safe was open.</p><form>
<input type="checkbox" class="sig" name="sig_auditor" title="Signature of the auditor">
<input type="checkbox" class="sig" name="sig_owner" title="Signature of the owner">
</form></body></html>
"""
CARD = """
<html><style>@page {size: 80mm 28mm; margin: 2mm} p {margin: 0}</style>
<p>Signed by Dana Reyes</p></html>
"""


@dataclass(frozen=True)
class People:
    """The two who sign, and somebody nobody asked."""

    auditor: Identity
    owner: Identity
    stranger: Identity


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def laid_out() -> bytes:
    """What WeasyPrint writes: everything in one object stream."""
    return lay_out(PAGE)


@pytest.fixture(scope="session")
def long_report() -> bytes:
    """A report of 400 headings in a row, as WeasyPrint writes it."""
    headings = "".join(f"<h2>Requirement {number}</h2>" for number in range(400))
    return lay_out(PAGE.replace("<form>", headings + "<form>"))


def lay_out(page: str) -> bytes:
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    files = [
        Attachment(string=content, name=name, relationship="Data", created=moment, modified=moment)
        for name, content in (("report.json", b'{"gaps": 1}'), ("journal.txt", b"head " * 50))
    ]
    return written(
        page,
        finisher=_signature_fields,
        pdf_variant="pdf/a-3a",
        pdf_forms=True,
        attachments=files,
    )


def written(page: str, **options: object) -> bytes:
    with warnings.catch_warnings():
        # WeasyPrint leaves its colour profile open
        warnings.simplefilter("ignore", ResourceWarning)
        return HTML(string=page).write_pdf(**options)


def _signature_fields(document: object, pdf: pydyf.PDF) -> None:
    """Turn each checkbox whose name begins with `sig_` into a signature field."""
    for key in ("NeedAppearances", "DR", "DA"):
        pdf.catalog["AcroForm"].pop(key, None)
    for found in pdf.objects:
        if not isinstance(found, dict):
            continue
        if found.get("Subtype") == "/Widget" and found["T"].string.startswith("sig_"):
            _make_signature_field(pdf, found)
        elif found.get("S") == "/Form" and len(found["K"]) == 1:
            found["K"] = found["K"][0]


def _make_signature_field(pdf: pydyf.PDF, widget: pydyf.Dictionary) -> None:
    x1, y1, x2, y2 = widget["Rect"]
    widget["Rect"] = pydyf.Array((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
    look = pdf.objects[int(widget["AP"]["N"]["on"].split()[0])]
    look.stream = []
    look.extra["BBox"] = pydyf.Array((0, 0, abs(x2 - x1), abs(y2 - y1)))
    look.extra["Resources"] = pydyf.Dictionary()
    for key in ("V", "AS", "MK", "Border", "Ff"):
        widget.pop(key, None)
    widget.update(
        FT="/Sig", F=4 + 128, AP=pydyf.Dictionary({"N": look.reference}), Contents=widget["TU"]
    )


@pytest.fixture(scope="session")
def report(laid_out: bytes) -> bytes:
    return prepare_for_signing(laid_out)


@pytest.fixture(scope="session")
def card() -> bytes:
    return written(CARD, pdf_variant="pdf/a-3b")


def _key(kind: str) -> pkcs12.PKCS12PrivateKeyTypes:
    match kind:
        case "RSA":
            return rsa.generate_private_key(65537, 2048)
        case "Ed25519":
            return ed25519.Ed25519PrivateKey.generate()
        case "P-384":
            return ec.generate_private_key(ec.SECP384R1())
        case _:
            return ec.generate_private_key(ec.SECP256R1())


def _certificate(
    name: str,
    key: pkcs12.PKCS12PrivateKeyTypes,
    issuer: tuple[x509.Certificate, pkcs12.PKCS12PrivateKeyTypes] | None,
    *,
    authority: bool,
    extensions: tuple[x509.ExtensionType, ...],
    first: datetime,
    last: datetime,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signing_key = issuer[1] if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0].subject if issuer else subject)
        .serial_number(x509.random_serial_number())
        .public_key(key.public_key())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    digest = None if isinstance(signing_key, ed25519.Ed25519PrivateKey) else SHA256()
    return builder.sign(signing_key, digest)


@dataclass(frozen=True)
class Made:
    """A key with its certificate, and as the file that a person would have."""

    key: pkcs12.PKCS12PrivateKeyTypes
    certificate: x509.Certificate
    p12: bytes

    @property
    def identity(self) -> Identity:
        return load_identity(self.p12, PASSPHRASE, label="test.p12")


@pytest.fixture(scope="session")
def make() -> Callable[..., Made]:
    """Make a person or an authority, as any other software would."""

    def made(
        name: str = "Dana Reyes",
        kind: str = "P-256",
        *,
        issuer: Made | None = None,
        authority: bool = False,
        extensions: tuple[x509.ExtensionType, ...] = (),
        first: datetime = NOW - timedelta(days=1),
        last: datetime = NOW + timedelta(days=1000),
    ) -> Made:
        key = _key(kind)
        certificate = _certificate(
            name,
            key,
            (issuer.certificate, issuer.key) if issuer else None,
            authority=authority,
            extensions=extensions,
            first=first,
            last=last,
        )
        chain = [issuer.certificate] if issuer else None
        lock = BestAvailableEncryption(PASSPHRASE)
        p12 = pkcs12.serialize_key_and_certificates(b"test", key, certificate, chain, lock)
        return Made(key, certificate, p12)

    return made


@pytest.fixture(scope="session")
def people(make: Callable[..., Made]) -> People:
    names = ("Dana Reyes", "Ann Lee", "Nobody Asked")
    return People(*(make(name).identity for name in names))


@pytest.fixture(scope="session")
def sign(card: bytes) -> Callable[..., bytes]:
    """Sign with everything filled in that a test does not care about."""

    def signed(
        pdf: bytes, identity: Identity, field: str = "sig_auditor", at: datetime = NOW
    ) -> bytes:
        return sign_pdf(
            pdf, identity, field=field, card=card, reason="I saw it", location="Main Street", at=at
        )

    return signed


@pytest.fixture(scope="session")
def signed_once(report: bytes, people: People, sign: Callable[..., bytes]) -> bytes:
    return sign(report, people.auditor)


@pytest.fixture(scope="session")
def signed_twice(signed_once: bytes, people: People, sign: Callable[..., bytes]) -> bytes:
    return sign(signed_once, people.owner, "sig_owner", NOW + timedelta(hours=1))
