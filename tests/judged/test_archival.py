"""veraPDF's verdicts: at every stage of signing the report is PDF/A-3a and PDF/UA-1 at once."""

from __future__ import annotations

import contextlib
import json
import shutil
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread
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
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from pyhanko.sign.timestamps import DummyTimeStamper

    Compliance = Callable[..., str]
    Files = dict[str, Path]
    Judge = Callable[[Mapping[str, Path]], "Verdicts"]
    Once = Callable[[str, Callable[[Path], None]], Path]
    Verdicts = Mapping[tuple[str, str], Any]

pytestmark = pytest.mark.slow

STANDARDS = ("PDF/A-3a", "PDF/UA-1")
MANY = 1_000  # checks; fewer would mean that the pages were not looked at
STAGES = ("unsigned", "signed", "countersigned", "timestamped", "archived")
EXTREMES = ("nothing answered", "hostile texts")
LOOKS = {
    "as letter": (),
    "for the owner": ("--view", "owner"),
    "of the actions": ("--view", "actions"),
    "as a binder": ("--view", "binder"),
    "in large print on A4": ("--paper", "a4", "--large-print"),
    "in a firm's theme": ("--theme", "theme.yaml"),
}
REPORT = "audits/2026-11-20/report.pdf"
AT = datetime(2026, 11, 24, 0, 41, 30, tzinfo=UTC)
TYPED = {"name", "clinic", "text", "by", "owner", "role", "thing", "said", "reason", "because"}
HOSTILE = (
    " דוד בן־גוריון, مرحبا, 漢字, 😀👩‍⚕️, Ђорђе, Ψυχίατρος, Nguyễn, e\u0301, ffi fl ½ ≥ 10 µg"
    " \u202egnp.exe\u202c a\u00adb \u2028 \x00 \ue000 \U000f0000 \ufffe"
    " </p><script>alert('x')</script> {{ 7 * 7 }} " + "W" * 300
)


@pytest.fixture(scope="module")
def stages(once: Once, sunrise_pdf: Path, compliance: Compliance) -> Files:
    """The example's report at each stage of its signing."""

    def make(folder: Path) -> None:
        _sign_in_stages(sunrise_pdf, folder, compliance)

    folder = once("archival", make)
    return {name: folder / f"{name}.pdf" for name in STAGES}


@pytest.fixture(scope="module")
def others(small: Path, compliance: Compliance, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """A small clinic's report in every look, one without an answer, and one of hostile texts."""
    folder = tmp_path_factory.mktemp("looks")
    write_theme(folder)
    files = {name: folder / f"{number}.pdf" for number, name in enumerate((*LOOKS, *EXTREMES))}
    for name, options in LOOKS.items():
        compliance(folder, "report", small / "clinic", "-o", files[name], *options)
    compliance(folder, "report", small / "unanswered", "-o", files["nothing answered"])
    write_hostile_report(small, files["hostile texts"])
    return files


def write_theme(folder: Path) -> None:
    """Write a firm's theme with a logo that is partly transparent."""
    from PIL import Image  # noqa: PLC0415 - loaded only when needed

    Image.new("RGBA", (40, 20), (138, 28, 28, 128)).save(folder / "logo.png")
    theme = 'firm: "Hart & Co"\naccent: "#8a1c1c"\nlogo: logo.png\n'
    (folder / "theme.yaml").write_text(theme, encoding="utf-8")


def _sign_in_stages(unsigned: Path, folder: Path, compliance: Compliance) -> None:
    compliance(folder, "identity", "new", "Dana Whitfield")
    compliance(folder, "identity", "new", "Ann Lee")
    auditor = ("--as", "auditor", "--sign-as", "Dana Whitfield")
    owner = ("--as", "owner", "--sign-as", "Ann Lee")

    def make(stage: str, before: str, *signatures: tuple[str, ...]) -> None:
        shutil.copy(folder / f"{before}.pdf", folder / f"{stage}.pdf")
        for options in signatures:
            compliance(folder, "sign", f"{stage}.pdf", *options)

    shutil.copy(unsigned, folder / "unsigned.pdf")
    make("signed", "unsigned", auditor)
    make("countersigned", "signed", owner)
    authority = _time_authority()
    with _served(authority) as url:
        stamped = ("--timestamp-url", url)
        make("timestamped", "unsigned", (*auditor, *stamped), (*owner, *stamped))
    archived = _add_timestamp((folder / "timestamped.pdf").read_bytes(), authority)
    (folder / "archived.pdf").write_bytes(archived)


def _add_timestamp(pdf: bytes, authority: DummyTimeStamper) -> bytes:
    """Add a timestamp over the whole file, as archives do."""
    from pyhanko.pdf_utils.incremental_writer import (  # noqa: PLC0415 - loaded only when needed
        IncrementalPdfFileWriter,
    )
    from pyhanko.sign import PdfTimeStamper  # noqa: PLC0415 - the same

    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    return PdfTimeStamper(authority).timestamp_pdf(writer, "sha256").getvalue()


@contextlib.contextmanager
def _served(authority: DummyTimeStamper) -> Iterator[str]:
    """Serve the authority of time on this machine; yield its address."""
    from asn1crypto.tsp import TimeStampReq  # noqa: PLC0415 - loaded only when needed

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = authority.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def _time_authority() -> DummyTimeStamper:
    """Make an authority of time that lives in this process."""
    from asn1crypto.keys import PrivateKeyInfo  # noqa: PLC0415 - loaded only when needed
    from asn1crypto.x509 import Certificate  # noqa: PLC0415 - the same
    from pyhanko.sign.timestamps import DummyTimeStamper  # noqa: PLC0415 - the same

    certificate, key = _certificate()
    return DummyTimeStamper(Certificate.load(certificate), PrivateKeyInfo.load(key))


def _certificate() -> tuple[bytes, bytes]:
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


def write_hostile_report(small: Path, target: Path) -> None:
    """Write the small clinic's report with odd characters in all that was typed, its title too."""
    with pikepdf.open(small / "clinic" / REPORT) as pdf:
        data = json.loads(pdf.attachments["result.json"].get_file().read_bytes())
    html = render_html(build_context(with_hostile_texts(data)))
    pdf = render_pdf(html, attachments=[], title=HOSTILE, created=AT, identifier=b"hostile")
    target.write_bytes(prepare_for_signing(pdf))


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


def test_every_stage_of_signing_keeps_both_standards(
    vera: Judge, stages: Files, record_property: Callable[[str, object], None]
) -> None:
    verdicts = vera(stages)
    record_property("table", table(verdicts))
    assert_passed(verdicts)


def test_every_look_and_every_text_keeps_both_standards(
    vera: Judge, others: Files, record_property: Callable[[str, object], None]
) -> None:
    verdicts = vera(others)
    record_property("table", table(verdicts))
    assert_passed(verdicts)


def assert_passed(verdicts: Verdicts) -> None:
    words = {key: verdict.word for key, verdict in verdicts.items()}
    assert words == dict.fromkeys(words, "passed")
    assert min(verdict.checks for verdict in verdicts.values()) > MANY


def table(verdicts: Verdicts) -> str:
    """Lay the verdicts out as a table, each with how many checks it rests on."""
    rows = [
        (name, *(f"{one.word}, {one.checks:,} checks" for one in found))
        for name in dict.fromkeys(name for name, _ in verdicts)
        if (found := [verdicts[name, standard] for standard in STANDARDS])
    ]
    lines = [("", *STANDARDS), *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(3)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
