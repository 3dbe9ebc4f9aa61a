"""veraPDF's verdicts: at every stage of signing the report is PDF/A-3a and PDF/UA-1 at once."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from compliance.report.context import build_context
from compliance.report.html import render_html
from compliance.report.pdf import render_pdf
from compliance.signing.sign import prepare_for_signing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Compliance = Callable[..., str]
    Once = Callable[[str, Callable[[Path], None]], Path]
    Verdicts = Mapping[tuple[str, str], Any]

pytestmark = pytest.mark.slow

STANDARDS = ("PDF/A-3a", "PDF/UA-1")
STAGES = ("unsigned", "signed", "countersigned", "timestamped")
AT = datetime(2026, 11, 24, 0, 41, 30, tzinfo=UTC)
PROFILE = """
time_zone: America/Denver
facts: {name: Sunrise, controlled_drugs_held: [ketamine], treats: [mood], buys_stock: yes,
  institution_registered: no, registration_changed: no,
  supply: [wholesaler], also_does: [], payers: [self], electronic_billing: no, lay_owner_or_manager: no}
sites:
  main-street: {name: Main Street, address: 412 Main Street, state: CO, routes: [im], stock_kept: yes}
staff:
  ann-lee: {name: Ann Lee, role: anesthesiologist, works_at: [main-street], orders_or_gives: yes,
    holds_dea_registration: yes, handles_controlled_drugs: yes, monitors_patients: yes}
storage_units:
  cabinet-a: {name: Cabinet A, site: main-street, kind: cabinet}
"""
ANSWER = "dea-registration/state-authority@ann-lee: {answer: no, note: Lapsed in June.}\n"
TYPED = {"name", "clinic", "text", "by", "owner", "role", "thing", "said", "reason", "because"}
HOSTILE = (
    " דוד בן־גוריון, مرحبا, 漢字, 😀👩‍⚕️, Ђорђе, Ψυχίατρος, Nguyễn, e\u0301, ffi fl ½ ≥ 10 µg"
    " \u202egnp.exe\u202c a\u00adb \u2028 \x00 \ue000 \U000f0000 \ufffe"
    " </p><script>alert('x')</script> {{ 7 * 7 }} " + "W" * 300
)


@pytest.fixture(scope="module")
def files(
    once: Once, sunrise_pdf: Path, compliance: Compliance, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The example's report at each stage, an audit without an answer, and one of hostile texts."""

    def make(folder: Path) -> None:
        _sign_in_stages(sunrise_pdf, folder, compliance)
        _audit_a_small_clinic(folder, compliance)

    folder = once("archival", make)
    names = (*STAGES, "nothing answered", "hostile texts")
    return {name: folder / f"{name.replace(' ', '-')}.pdf" for name in names}


def _sign_in_stages(unsigned: Path, folder: Path, compliance: Compliance) -> None:
    compliance(folder, "identity", "new", "Dana Whitfield")
    compliance(folder, "identity", "new", "Ann Lee")
    shutil.copy(unsigned, folder / "unsigned.pdf")
    before = "unsigned"
    for stage, place, who in (
        ("signed", "auditor", "Dana Whitfield"),
        ("countersigned", "owner", "Ann Lee"),
    ):
        shutil.copy(folder / f"{before}.pdf", folder / f"{stage}.pdf")
        compliance(folder, "sign", f"{stage}.pdf", "--as", place, "--sign-as", who)
        before = stage
    stamped = add_timestamp((folder / "countersigned.pdf").read_bytes())
    (folder / "timestamped.pdf").write_bytes(stamped)


def add_timestamp(pdf: bytes) -> bytes:
    """Add a timestamp over the whole file, as archives do, by an authority that lives in this process."""
    from asn1crypto.keys import PrivateKeyInfo  # noqa: PLC0415 - loaded only when needed
    from asn1crypto.x509 import Certificate  # noqa: PLC0415 - the same
    from pyhanko.pdf_utils.incremental_writer import (  # noqa: PLC0415 - the same
        IncrementalPdfFileWriter,
    )
    from pyhanko.sign import PdfTimeStamper  # noqa: PLC0415 - the same
    from pyhanko.sign.timestamps import DummyTimeStamper  # noqa: PLC0415 - the same

    certificate, key = _timestamp_authority()
    authority = DummyTimeStamper(Certificate.load(certificate), PrivateKeyInfo.load(key))
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    return PdfTimeStamper(authority).timestamp_pdf(writer, "sha256").getvalue()


def _timestamp_authority() -> tuple[bytes, bytes]:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Time authority")])
    use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .serial_number(1)
        .public_key(key.public_key())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=9))
        .add_extension(use, critical=True)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return certificate.public_bytes(Encoding.DER), private


def _audit_a_small_clinic(folder: Path, compliance: Compliance) -> None:
    (folder / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    (folder / "answers.yaml").write_text(ANSWER, encoding="utf-8")
    what = ("--profile", "profile.yaml", "--as-of", "2026-11-20", "--only", "dea-registration")
    who = ("--auditor", "Dana Reyes", "--role", "Manager")
    compliance(folder, "audit", "unanswered", *what, *who)
    compliance(folder, "report", "unanswered", "-o", "nothing-answered.pdf")
    compliance(folder, "audit", "clinic", *what, *who, "--answers", "answers.yaml")
    with pikepdf.open(folder / "clinic/audits/2026-11-20/report.pdf") as pdf:
        data = json.loads(pdf.attachments["result.json"].get_file().read_bytes())
    html = render_html(build_context(with_hostile_texts(data)))
    pdf = render_pdf(html, attachments=[], title=HOSTILE, created=AT, identifier=b"hostile")
    (folder / "hostile-texts.pdf").write_bytes(prepare_for_signing(pdf))


def with_hostile_texts(data: object) -> object:
    """Return the data of a result with odd characters behind every text that a person typed."""
    if isinstance(data, dict):
        return {
            key: value + HOSTILE
            if key in TYPED and isinstance(value, str) and value
            else with_hostile_texts(value)
            for key, value in data.items()
        }
    return [with_hostile_texts(item) for item in data] if isinstance(data, list) else data


def test_every_stage_and_every_text_keeps_both_standards(
    vera: Callable[[Mapping[str, Path]], Verdicts], files: dict[str, Path]
) -> None:
    verdicts = vera(files)
    print(table(verdicts, tuple(files)))  # noqa: T201 - shown with -rP, and when it fails
    words = {(name, by): verdicts[name, by].word for name in files for by in STANDARDS}
    assert words == dict.fromkeys(words, "passed")
    assert min(verdict.checks for verdict in verdicts.values()) > 50_000


def table(verdicts: Verdicts, names: tuple[str, ...]) -> str:
    """Lay the verdicts out as a table, each with how many checks it rests on."""
    rows = [
        (name, *(f"{one.word}, {one.checks:,} checks" for one in found))
        for name in names
        if (found := [verdicts[name, standard] for standard in STANDARDS])
    ]
    lines = [("", *STANDARDS), *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(3)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
