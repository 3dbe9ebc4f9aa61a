"""Reports: written, signed, checked, and never overwritten once they are worth something."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pydyf
import pytest

from compliance.signing.identity import new_identity

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

NAME = "Dana Reyes"


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where an identity and a report that it signed lie, once they were made."""
    return tmp_path_factory.mktemp("identities")


@pytest.fixture
def identity(run: Run, here: Path, _made: Path) -> Path:
    """Dana's identity."""
    mine = here / "identities"
    if (_made / "identities").exists():
        shutil.copytree(_made / "identities", mine)
    else:
        ran = run("identity", "new", NAME)
        assert ran.code == 0, ran.err
        shutil.copytree(mine, _made / "identities")
    return mine / "dana-reyes.p12"


@pytest.fixture
def signed(run: Run, report: Path, identity: Path, _made: Path) -> Path:
    """The report, signed by Dana as the auditor."""
    del identity
    if (_made / "signed.pdf").exists():
        shutil.copyfile(_made / "signed.pdf", report)
    else:
        ran = run("sign", report, "--sign-as", NAME)
        assert ran.code == 0, ran.err
        shutil.copyfile(report, _made / "signed.pdf")
    return report


NO_REPORT = {
    "a text file": (b"hello\n", "This is not a PDF"),
    "an empty file": (b"", "This is not a PDF"),
    "zeros": (bytes(100_000), "This is not a PDF"),
    "a PDF's first line": (b"%PDF-1.7\n", ""),
    "a PDF with garbage": (b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n", ""),
}


@pytest.mark.parametrize(("raw", "sentence"), NO_REPORT.values(), ids=NO_REPORT)
def test_what_is_no_report_is_refused_in_one_sentence(
    run: Run, here: Path, identity: Path, raw: bytes, sentence: str
) -> None:
    del identity
    path = here / "it.pdf"
    path.write_bytes(raw)
    for command in (("verify", "it.pdf"), ("sign", "it.pdf", "--sign-as", NAME)):
        ran = run(*command)
        assert ran.code == 2
        assert ran.err.startswith("“it.pdf”: ")
        assert sentence in ran.err
        assert ran.err.count("\n") == 1
        assert ran.err.isprintable() or ran.err[:-1].isprintable()
        assert "\\x" not in ran.err
        assert path.read_bytes() == raw


@pytest.mark.parametrize("cut", [0.2, 0.6, 0.95, 0.999])
def test_a_report_that_was_cut_off_is_refused(run: Run, report: Path, cut: float) -> None:
    raw = report.read_bytes()
    report.write_bytes(raw[: int(len(raw) * cut)])
    ran = run("verify", report)
    assert ran.code == 2
    assert f"“{report}”: The PDF is cut off" in ran.err


def test_a_huge_file_is_refused_before_it_is_read(run: Run, here: Path) -> None:
    with (here / "huge.pdf").open("wb") as stream:
        stream.truncate(10 * 2**30)
    ran = run("verify", "huge.pdf")
    assert (ran.code, ran.err) == (2, "“huge.pdf” is larger than 200 MiB.\n")


def test_a_pdf_of_somebody_else_is_not_attested(run: Run, here: Path, identity: Path) -> None:
    del identity
    pdf = pydyf.PDF()
    pdf.add_page(pydyf.Dictionary({"Type": "/Page", "Parent": pdf.pages.reference}))
    with (here / "other.pdf").open("wb") as stream:
        pdf.write(stream)
    before = (here / "other.pdf").read_bytes()
    ran = run("sign", "other.pdf", "--sign-as", NAME)
    assert ran.code == 2
    assert (here / "other.pdf").read_bytes() == before
    ran = run("verify", "other.pdf")
    assert ran.code == 1
    assert "The file is not signed." in ran.out


def test_an_unsigned_report_does_not_hold(run: Run, report: Path) -> None:
    ran = run("verify", report)
    assert ran.code == 1
    assert "does NOT hold" in ran.out


def test_a_signed_report_holds_alone_and_with_its_folder(run: Run, signed: Path) -> None:
    ran = run("verify", signed)
    assert ran.code == 0
    assert "not vouched for by anyone" in ran.out
    ran = run("verify", signed, "--folder", signed.parent, "--json")
    assert ran.code == 0
    assert json.loads(ran.out)["holds"] is True
    assert ran.err == ""


@pytest.mark.slow
def test_a_signed_report_gives_back_its_files_and_itself(
    run: Run, here: Path, signed: Path
) -> None:
    ran = run("extract", signed, "-o", "out")
    assert (ran.code, ran.err) == (0, "")
    assert f"Written: {Path('out', 'result.json')}\n" in ran.out
    assert len(list((here / "out" / "checklists").rglob("*.yaml"))) > 10
    assert run("extract", signed, "-o", "out").code == 2
    ran = run("report", "--from", signed, "-o", "again.pdf")
    assert (ran.code, ran.err) == (0, "")
    again = (here / "again.pdf").read_bytes()
    assert signed.read_bytes().startswith(again)
    for wrong in (
        ("report",),
        ("report", "clinic", "--from", signed),
        ("report", "--from", signed),
    ):
        ran = run(*wrong)
        assert ran.code == 2
        assert ran.err.count("\n") == 1


def test_trust_must_chain_to_what_was_given(run: Run, here: Path, signed: Path) -> None:
    mine = here / "identities" / "dana-reyes.crt"
    assert run("verify", signed, "--trust", mine).code == 0
    assert run("identity", "new", "Somebody Else").code == 0
    assert run("verify", signed, "--trust", here / "identities" / "somebody-else.crt").code == 1
    (here / "no.crt").write_text("hello", "utf-8")
    ran = run("verify", signed, "--trust", "no.crt")
    assert ran.code == 2
    assert ran.err == (
        "“no.crt”: The certificate to trust cannot be read; give a certificate as PEM or DER.\n"
    )


def test_one_flipped_byte_is_found(run: Run, signed: Path) -> None:
    raw = bytearray(signed.read_bytes())
    for place in range(1000, len(raw) // 2, len(raw) // 12):
        flipped = bytearray(raw)
        flipped[place] ^= 1
        signed.write_bytes(flipped)
        ran = run("verify", signed)
        assert ran.code in {1, 2}
        assert "Traceback" not in ran.said
        assert "\\x" not in ran.said


def test_a_signed_report_is_never_overwritten(run: Run, signed: Path) -> None:
    before = signed.read_bytes()
    for rest in ((), ("-o", str(signed))):
        ran = run("report", "clinic", *rest)
        assert ran.code == 2
        assert "is signed and is not overwritten. Name another file with -o." in ran.err
    assert signed.read_bytes() == before


def test_what_is_no_pdf_is_never_overwritten(run: Run, concluded: Path) -> None:
    profile = concluded / "clinic.yaml"
    before = profile.read_bytes()
    ran = run("report", "clinic", "-o", profile)
    assert ran.code == 2
    assert "is no PDF and is not overwritten" in ran.err
    assert profile.read_bytes() == before
    ran = run("report", "clinic", "-o", concluded)
    assert ran.code == 2
    assert "is a folder; name a file" in ran.err


def test_what_is_no_file_is_not_read_to_its_end(run: Run, concluded: Path, here: Path) -> None:
    os.mkfifo(here / "pipe")
    with (here / "huge").open("wb") as stream:
        stream.truncate(2**30)
    said = {
        "pipe": "is not a file.",
        "huge": "is larger than 200 MiB.",
        "/dev/zero": "is not a file.",
    }
    for name, trouble in said.items():
        ran = run("report", concluded, "-o", name)
        assert (ran.code, ran.err) == (2, f"“{name}” {trouble} Name another file with -o.\n")


def test_paper_and_view_are_taken_in_capitals_too(run: Run, concluded: Path, here: Path) -> None:
    ran = run("report", concluded, "--paper", "A4", "--view", "Binder", "-o", here / "binder.pdf")
    assert ran.code == 0, ran.err


def test_a_folder_that_is_not_there_is_no_verdict_on_the_report(run: Run, signed: Path) -> None:
    ran = run("verify", signed, "--folder", "nowhere")
    assert ran.code == 2
    assert ran.err.startswith("There is no folder “nowhere”; name the audit's own")


def test_who_withdraws_from_a_signed_audit_learns_that_the_signed_report_keeps_the_text(
    run: Run, signed: Path
) -> None:
    ran = run("withdraw", "clinic", "2", "--why", "Not ours")
    assert ran.code == 0, ran.err
    assert "report.pdf” is signed and still shows the text." in ran.out
    assert "compliance report clinic -o FILE" in ran.out


@pytest.mark.slow
def test_an_unfinished_audit_has_a_report_that_nobody_signs(
    run: Run, begun: Path, identity: Path
) -> None:
    del begun, identity
    ran = run("report", "clinic", "-o", "draft.pdf")
    assert ran.code == 0
    assert "not finished" in ran.out
    ran = run("sign", "draft.pdf", "--sign-as", NAME)
    assert ran.code == 2
    assert "The audit is not concluded; finish the walk, then sign its report." in ran.err


@pytest.mark.slow
def test_a_place_is_signed_once(run: Run, signed: Path) -> None:
    once = signed.read_bytes()
    ran = run("sign", signed, "--sign-as", NAME)
    assert ran.code == 2
    assert "is signed already" in ran.err
    assert signed.read_bytes() == once
    assert run("sign", signed, "--sign-as", NAME, "--as", "owner").code == 0
    assert run("verify", signed).code == 0


def test_a_wrong_passphrase_signs_nothing(
    run: Run, report: Path, identity: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del identity
    before = report.read_bytes()
    monkeypatch.setenv("COMPLIANCE_PASSPHRASE", "another one")
    ran = run("sign", report, "--sign-as", NAME)
    assert ran.code == 2
    assert "The passphrase does not open “dana-reyes.p12”" in ran.err
    assert report.read_bytes() == before


@pytest.mark.parametrize(
    "command", [("sign", "it.pdf", "--sign-as", NAME), ("identity", "new", "A")]
)
def test_an_empty_passphrase_in_the_environment_counts_as_none(
    run: Run,
    here: Path,
    report: Path,
    identity: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    before = sorted(identity.parent.iterdir())
    shutil.copyfile(report, here / "it.pdf")
    monkeypatch.setenv("COMPLIANCE_PASSPHRASE", "")
    ran = run(*command)
    assert ran.code == 2
    assert "There is no terminal to ask for the passphrase." in ran.err
    assert sorted(identity.parent.iterdir()) == before


def test_a_wrong_passphrase_is_found_before_the_audit_begins(
    run: Run, files: Path, identity: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del identity
    monkeypatch.setenv("COMPLIANCE_PASSPHRASE", "another one")
    given = ("--profile", "profile.yaml", "--answers", "answers.yaml")
    ran = run("audit", "clinic", *given, "--auditor", NAME, "--role", "Owner", "--sign-as", NAME)
    assert ran.code == 2
    assert not (files / "clinic").exists()


def test_an_expired_certificate_signs_nothing(run: Run, here: Path, report: Path) -> None:
    before = report.read_bytes()
    long_ago = datetime.now(UTC) - timedelta(days=9000)
    passphrase = os.environ["COMPLIANCE_PASSPHRASE"].encode()
    p12 = new_identity(NAME, organisation=None, passphrase=passphrase, now=long_ago)
    (here / "old.p12").write_bytes(p12)
    ran = run("sign", report, "--p12", "old.p12")
    assert ran.code == 2
    assert "expired" in ran.err
    assert report.read_bytes() == before


def test_ones_own_file_and_a_descriptor_sign_without_asking(
    run: Run, here: Path, report: Path, identity: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passphrase = os.environ["COMPLIANCE_PASSPHRASE"].encode()
    monkeypatch.delenv("COMPLIANCE_PASSPHRASE")
    shutil.move(identity, here / "own.p12")
    ran = run("sign", report, "--p12", "own.p12")
    assert ran.code == 2
    assert "--passphrase-fd N" in ran.err
    reading, writing = os.pipe()
    os.write(writing, passphrase + b"\n")
    os.close(writing)
    ran = run("sign", report, "--p12", "own.p12", "--passphrase-fd", str(reading))
    os.close(reading)
    assert ran.code == 0, ran.err
    assert run("verify", report).code == 0


@pytest.mark.parametrize("descriptor", ["97", "-1", "99999999999999999999"])
def test_a_descriptor_that_is_not_open_is_said(
    run: Run, report: Path, identity: Path, descriptor: str
) -> None:
    del identity
    ran = run("sign", report, "--sign-as", NAME, "--passphrase-fd", descriptor)
    assert ran.code == 2
    assert f"descriptor {descriptor}: it is not open for reading." in ran.err


def test_nobody_of_that_name_is_said_with_those_there_are(
    run: Run, report: Path, identity: Path
) -> None:
    del identity
    ran = run("sign", report, "--sign-as", "Nobody")
    assert ran.code == 2
    assert "There are: dana-reyes." in ran.err
    ran = run("sign", report)
    assert ran.code == 2
    assert "Say who signs: --sign-as NAME, or a key of your own" in ran.err


@pytest.mark.parametrize("name", ["", "  ", "\t"])
def test_an_identity_needs_a_name(run: Run, here: Path, name: str) -> None:
    ran = run("identity", "new", name)
    assert ran.code == 2
    assert "The name of an identity is empty" in ran.err
    assert not list(here.rglob("*.p12"))


def test_an_identity_is_never_overwritten(run: Run, identity: Path) -> None:
    before = identity.read_bytes()
    ran = run("identity", "new", "dana  REYES")
    assert ran.code == 2
    assert "There is an identity “dana-reyes” already." in ran.err
    assert identity.read_bytes() == before


def test_an_identity_lies_where_only_its_owner_reads_it(run: Run, identity: Path) -> None:
    assert identity.stat().st_mode & 0o077 == 0
    assert run("identity", "list").out == "dana-reyes\n"


def test_names_in_other_scripts_make_identities_of_their_own(run: Run) -> None:
    for name in ("李安", "王芳"):
        ran = run("identity", "new", name)
        assert ran.code == 0, ran.err
    assert len(run("identity", "list").out.splitlines()) == 2


@pytest.mark.slow
def test_a_timestamp_that_fails_at_the_end_leaves_a_concluded_audit_and_no_signature(
    run: Run, files: Path, identity: Path
) -> None:
    given = ("--as-of", "2026-11-20", "--profile", "profile.yaml", "--answers", "answers.yaml")
    who = ("--auditor", NAME, "--role", "Owner", "--sign-as", NAME)
    ran = run("audit", "clinic", *given, *who, "--timestamp-url", "http://127.0.0.1:1/")
    assert ran.code == 3
    assert "Nothing was signed; try again later, or sign without --timestamp-url." in ran.err
    report = files / "clinic" / "audits" / "2026-11-20" / "report.pdf"
    assert "The file is not signed." in run("verify", report).out


@pytest.mark.parametrize("flags", [(), ("--sign-as", NAME)])
def test_an_absurd_address_of_time_begins_no_audit(
    run: Run, files: Path, identity: Path, flags: tuple[str, ...]
) -> None:
    given = ("--profile", "profile.yaml", "--answers", "answers.yaml", *flags)
    who = ("--auditor", NAME, "--role", "Owner")
    ran = run("audit", "clinic", *given, *who, "--timestamp-url", "time.example.org")
    assert ran.code == 2
    assert ("is no address" if flags else "Say who signs: ") in ran.err
    assert not (files / "clinic").exists()
