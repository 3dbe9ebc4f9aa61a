"""`compliance sign` and `verify` as they are typed: keys of one's own, proofs, and every refusal."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID

from compliance.audit.result import SCHEMA
from compliance.cli.app import main
from compliance.signing.sign import prepare_for_signing

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from conftest import Made, World

    Run = Callable[..., "Ran"]

PASSPHRASE = "four plain words here"  # noqa: S105 - opens nothing but what these tests make
THREE = [
    {"place": "auditor", "name": "Dana Reyes", "role": "Compliance officer", "meaning": "prepared"},
    {"place": "owner", "name": "Olga Owner", "role": "Owner", "meaning": "approved"},
]
RESULT: dict[str, Any] = {
    "schema": SCHEMA,
    "tool": "clinic-compliance",
    "clinic": "Sunrise",
    "as_of": "2026-11-23",
    "time_zone": "America/Denver",
    "begun_at": "2026-11-23T09:00:00-07:00",
    "concluded_at": "2026-11-23T17:00:00-07:00",
    "finished": True,
    "auditor": {"name": "Dana Reyes", "role": "Compliance officer"},
    "signatories": THREE,
    "privilege": "",
    "scope": {"depth": "core", "only": [], "order": "law"},
    "conclusion": {
        "headline": "No gap seen.",
        "lines": ["No gap seen."],
        "gaps": {},
        "incomplete": 0,
        "not_established": 0,
        "bases": {},
        "critical_not_applicable": [],
    },
    "journal": {"events": 1, "head": "ab" * 32},
    **{name: [] for name in ("packs", "checklists", "profile", "scores", "findings", "sources")},
    **{name: [] for name in ("not_asked", "hidden", "superseded", "lapses")},
    **{name: [] for name in ("general_notes", "withdrawals")},
}
"""The result of an audit in which nothing was in scope."""


@dataclass(frozen=True)
class Ran:
    """How one command ended."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMPLIANCE_HOME", str(tmp_path / "identities"))
    monkeypatch.setenv("COMPLIANCE_PASSPHRASE", PASSPHRASE)
    return tmp_path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `compliance` in-process."""

    def ran(*arguments: str | Path) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "argv", ["compliance", *map(str, arguments)])
            patched.setattr(sys, "stdin", io.StringIO())
            patched.setattr(sys, "stdout", out)
            patched.setattr(sys, "stderr", err)
            with pytest.raises(SystemExit) as left:
                main()
        code = left.value.code
        return Ran(code if isinstance(code, int) else 0, out.getvalue(), err.getvalue())

    return ran


def ours(report: bytes, **more: object) -> bytes:
    """A report that carries an audit's result."""
    data = {**RESULT, **more}
    written = BytesIO()
    with pikepdf.open(BytesIO(report)) as opened:
        attached = pikepdf.AttachedFileSpec(opened, json.dumps(data).encode())
        opened.attachments["result.json"] = attached
        opened.save(written)
    return prepare_for_signing(written.getvalue())


@pytest.fixture(scope="module")
def our_report(report: bytes) -> bytes:
    return ours(report)


@pytest.fixture
def pdf(here: Path, our_report: bytes) -> Path:
    path = here / "report.pdf"
    path.write_bytes(our_report)
    return path


@pytest.fixture
def keys(here: Path, world_today: World) -> Path:
    """Files of the people of the world, as they would have them."""
    for name in ("dana", "olga", "revoked"):
        (here / f"{name}.p12").write_bytes(world_today.p12(name))
    for name in ("root", "issuing"):
        (here / f"{name}.crt").write_bytes(world_today.certificate(name))
    return here


def kept_as_it_was(pdf: Path, before: bytes) -> bool:
    """Say whether the report is unchanged and nothing was left beside it."""
    return pdf.read_bytes() == before and not list(pdf.parent.glob(".*")) + list(
        pdf.parent.glob("report.pdf?*")
    )


def test_a_confirmed_time_is_told_with_who_vouches_for_it(
    run: Run, pdf: Path, keys: Path, world_today: World
) -> None:
    ran = run("sign", pdf, "--p12", "dana.p12", "--timestamp-url", world_today.tsa())
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("You attest to the report of Sunrise")
    assert "\nSigned as auditor: " in ran.out
    told = run("verify", pdf, "--trust", "root.crt").out
    assert " yes  When the auditor signed. " in told
    assert "as World Time confirms. A certificate that you gave vouches for that" in told
    assert " yes  The auditor's certificate then. It is valid from 2020-01-01" in told
    told = run("verify", pdf).out
    assert "note  When the auditor signed. " in told
    assert "is none that we were told to trust (--trust)" in told


def test_kept_for_the_long_term_by_both_and_the_first_stays_good(
    run: Run, pdf: Path, keys: Path, world_today: World
) -> None:
    long = ("--timestamp-url", world_today.tsa(), "--long-term")
    assert run("sign", pdf, "--p12", "dana.p12", *long).code == 0
    assert run("sign", pdf, "--p12", "olga.p12", "--as", "owner", *long).code == 0
    told = run("verify", pdf, "--trust", "root.crt").out
    assert " yes  Nothing added after. The last archive timestamp covers the whole file." in told
    assert " yes  Who was to sign. The auditor signed. So did the owner." in told
    assert told.count("proves that it was not revoked then") == 2
    assert " yes  Kept for the long term. The auditor's signature lies under" in told


def test_a_timestamp_that_cannot_be_had_changes_nothing(run: Run, pdf: Path, keys: Path) -> None:
    before = pdf.read_bytes()
    ran = run("sign", pdf, "--p12", "dana.p12", "--timestamp-url", "http://127.0.0.1:1/")
    assert ran.code == 3
    assert "Signed as" not in ran.out
    assert ran.err.count("\n") == 1
    assert "Nothing was signed; try again later, or sign without --timestamp-url." in ran.err
    assert kept_as_it_was(pdf, before)


def test_a_revoked_certificate_changes_nothing(
    run: Run, pdf: Path, keys: Path, world_today: World
) -> None:
    before = pdf.read_bytes()
    long = ("--timestamp-url", world_today.tsa(), "--long-term")
    ran = run("sign", pdf, "--p12", "revoked.p12", *long)
    assert ran.code == 2
    assert "was revoked on 2024-12-01; sign with another. Nothing was signed." in ran.err
    assert kept_as_it_was(pdf, before)


def locked(made: Made, folder: Path, name: str = "own") -> tuple[str, ...]:
    """Write a key and its certificate as PEM; return the flags that name them."""
    lock = BestAvailableEncryption(PASSPHRASE.encode())
    key = made.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
    (folder / f"{name}.key").write_bytes(key)
    (folder / f"{name}.pem").write_bytes(made.certificate.public_bytes(Encoding.PEM))
    return ("--key", f"{name}.key", "--cert", f"{name}.pem")


def test_a_pem_key_signs(run: Run, pdf: Path, here: Path, make: Callable[..., Made]) -> None:
    ran = run("sign", pdf, *locked(make("Dana Reyes"), here))
    assert (ran.code, ran.err) == (0, "")
    assert run("verify", pdf, "--trust", "own.pem").out.count(" yes  Signed as auditor") == 1


def test_ed25519_is_signed_with_and_warned_of(
    run: Run, pdf: Path, here: Path, make: Callable[..., Made]
) -> None:
    ran = run("sign", pdf, *locked(make("Dana Reyes", "Ed25519"), here))
    assert ran.code == 0
    assert ran.err.startswith("Note: Some readers cannot check a signature made with Ed25519")


def test_another_name_than_the_report_s_is_told(
    run: Run, pdf: Path, here: Path, make: Callable[..., Made]
) -> None:
    assert run("sign", pdf, *locked(make("Rob Roe"), here)).code == 0
    told = run("verify", pdf, "--trust", "own.pem").out
    assert "note  Signed as auditor. Rob Roe" in told
    assert "The report names Dana Reyes for this place." in told


# The order of the places.


def test_a_place_before_its_turn_is_refused(run: Run, pdf: Path, keys: Path) -> None:
    before = pdf.read_bytes()
    for place, sentence in {
        "owner": "“report.pdf”: The auditor signs first.\n",
        "nurse": "“report.pdf”: “nurse” is no place for a signature; use auditor or owner.\n",
    }.items():
        ran = run("sign", "report.pdf", "--p12", "olga.p12", "--as", place)
        assert (ran.code, ran.err) == (2, sentence)
    assert kept_as_it_was(pdf, before)


def test_a_second_run_says_whose_turn_it_is(run: Run, pdf: Path, keys: Path) -> None:
    assert run("sign", "report.pdf", "--p12", "dana.p12").code == 0
    ran = run("sign", "report.pdf", "--p12", "dana.p12")
    said = (
        "“report.pdf”: The auditor's place is signed already; the next is the owner's: --as owner."
    )
    assert (ran.code, ran.err) == (2, f"{said}\n")


# What does not go together.

FLAGS = {
    "two keys": (("--p12", "a", "--sign-as", "b"), "Say one of --sign-as, --p12, --key and --pkcs"),
    "no certificate": (("--key", "a"), "--key needs --cert FILE, the key's certificate."),
    "no key": (("--cert", "a"), "--cert goes with --key FILE or --pkcs11 MODULE."),
    "no token": (("--pkcs11", "a"), "--pkcs11 needs --token LABEL, the token's name."),
    "no module": (("--token", "a"), "--token and --key-label go with --pkcs11 MODULE."),
    "no such module": (("--pkcs11", "no.so", "--token", "a"), "There is no file “no.so”; give the"),
    "nobody": ((), "Say who signs: --sign-as NAME, or a key of your own with --p12, --key or --pk"),
    "no time": (("--p12", "dana.p12", "--long-term"), "--long-term needs --timestamp-url URL"),
    "no long term": (("--p12", "dana.p12", "--crl", "a"), "--crl and --chain go with --long-term."),
    "an empty address": (
        ("--p12", "dana.p12", "--timestamp-url", ""),
        "“” is no address; give one",
    ),
    "a file's address": (
        ("--p12", "dana.p12", "--timestamp-url", "file:///etc/passwd"),
        "“file:///etc/passwd” is no address; give one that begins with https:// or http://.",
    ),
    "a missing list": (
        ("--p12", "dana.p12", "--timestamp-url", "http://x", "--long-term", "--crl", "no.crl"),
        "There is no file “no.crl”.",
    ),
}


@pytest.mark.parametrize("what", FLAGS)
def test_flags_that_do_not_go_together_sign_nothing(
    run: Run, pdf: Path, keys: Path, what: str
) -> None:
    before = pdf.read_bytes()
    flags, sentence = FLAGS[what]
    ran = run("sign", pdf, *flags)
    assert ran.code == 2
    assert sentence in ran.err
    assert kept_as_it_was(pdf, before)


# Certificates that may not sign.

WEB = (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]),)


def test_a_certificate_that_may_not_sign_signs_nothing(
    run: Run, pdf: Path, here: Path, make: Callable[..., Made], now: datetime
) -> None:
    before = pdf.read_bytes()
    day = now.replace(year=2020), now.replace(year=2021)
    later = now.replace(year=2080), now.replace(year=2090)
    cases: dict[str, dict[str, Any]] = {
        "was not made for signing documents": {"extensions": WEB},
        "expired on 2021-11-23": {"first": day[0], "last": day[1]},
        "is valid only from 2080-11-23": {"first": later[0], "last": later[1]},
        "is an authority's, which vouches for other certificates": {"authority": True},
    }
    for sentence, given in cases.items():
        ran = run("sign", pdf, *locked(make("Dana Reyes", **given), here))
        assert ran.code == 2
        assert sentence in ran.err
        assert ran.err.count("\n") == 1
    assert kept_as_it_was(pdf, before)


def test_a_wrong_passphrase_and_a_stranger_s_certificate_sign_nothing(
    run: Run, pdf: Path, here: Path, make: Callable[..., Made], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pdf.read_bytes()
    flags = locked(make("Dana Reyes"), here)
    monkeypatch.setenv("COMPLIANCE_PASSPHRASE", "wrong")
    assert "The passphrase does not open “own.key”" in run("sign", pdf, *flags).err
    monkeypatch.setenv("COMPLIANCE_PASSPHRASE", PASSPHRASE)
    locked(make("Rob Roe"), here, "other")
    ran = run("sign", pdf, "--key", "own.key", "--cert", "other.pem")
    assert "“other.pem” holds no certificate that belongs to its key." in ran.err
    assert kept_as_it_was(pdf, before)


def test_an_open_key_is_refused_before_anybody_is_asked_for_a_passphrase(
    run: Run, pdf: Path, here: Path, make: Callable[..., Made]
) -> None:
    made = make("Dana Reyes")
    flags = locked(made, here)
    bare = made.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (here / "own.key").write_bytes(bare)
    ran = run("sign", pdf, *flags)
    assert ran.code == 2
    assert "lock it: openssl pkcs8 -topk8 -in own.key -out locked.pem" in ran.err


# PDFs that nobody signs.


def encrypted(pdf: bytes) -> bytes:
    written = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(written, encryption=pikepdf.Encryption(owner="owner", user=""))
    return written.getvalue()


def with_javascript(pdf: bytes) -> bytes:
    written = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        opened.Root.OpenAction = script
        opened.save(written)
    return written.getvalue()


UNFIT = {
    "encrypted": (encrypted, "The PDF is encrypted; save it without a password first."),
    "cut off": (lambda pdf: pdf[:-300], "The PDF is cut off: its end is missing."),
    "with JavaScript": (with_javascript, "The PDF holds JavaScript"),
    "no PDF": (lambda _: b"hello", "This is not a PDF"),
    "empty": (lambda _: b"", "This is not a PDF"),
}


@pytest.mark.parametrize("what", UNFIT)
def test_a_pdf_that_cannot_be_trusted_is_not_signed(
    run: Run, pdf: Path, keys: Path, what: str
) -> None:
    change, sentence = UNFIT[what]
    pdf.write_bytes(change(pdf.read_bytes()))
    before = pdf.read_bytes()
    ran = run("sign", pdf, "--p12", "dana.p12")
    assert ran.code == 2
    assert sentence in ran.err
    assert ran.err.count("\n") == 1
    assert kept_as_it_was(pdf, before)


def test_another_program_s_pdf_and_an_unfinished_audit_are_not_signed(
    run: Run, pdf: Path, keys: Path, report: bytes
) -> None:
    for content, sentence in (
        (report, "This PDF carries no audit result of ours"),
        (ours(report, finished=False), "The audit is not concluded"),
    ):
        pdf.write_bytes(content)
        ran = run("sign", pdf, "--p12", "dana.p12")
        assert ran.code == 2
        assert sentence in ran.err
        assert kept_as_it_was(pdf, content)


def test_half_a_gigabyte_is_not_read(run: Run, here: Path, keys: Path) -> None:
    with (here / "large.pdf").open("wb") as file:
        file.truncate(500 * 1024 * 1024)
    ran = run("sign", "large.pdf", "--p12", "dana.p12")
    assert (ran.code, ran.err) == (2, "“large.pdf” is larger than 200 MiB.\n")
