"""The program run in-process, in an empty folder of its own, with identities of its own."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from compliance.cli.app import main
from compliance.conduct import rendering

ROOT = Path(__file__).parents[2]
PASSPHRASE = "four plain words here"  # noqa: S105 - opens nothing but what these tests make
DAY = "2026-11-20"
WHO = ("--auditor", "Dana Reyes", "--role", "Manager")
SMALL = """
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
ANSWERS = """
storage-security/locked-cabinet@cabinet-a: {answer: yes, basis: seen, note: "Two locks, both turned."}
dea-registration/state-authority@ann-lee: {answer: no, note: Lapsed in June.}
"""


@dataclass(frozen=True)
class Ran:
    """How one command ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with identities of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMPLIANCE_HOME", str(tmp_path / "identities"))
    monkeypatch.setenv("COMPLIANCE_PASSPHRASE", PASSPHRASE)
    return tmp_path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `compliance` with arguments and with what is typed."""

    def ran(*arguments: str | Path, typed: str = "") -> Ran:
        out, err = io.StringIO(), io.StringIO()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "argv", ["compliance", *map(str, arguments)])
            patched.setattr(sys, "stdin", io.StringIO(typed))
            patched.setattr(sys, "stdout", out)
            patched.setattr(sys, "stderr", err)
            with pytest.raises(SystemExit) as left:
                main()
        code = left.value.code
        return Ran(code if isinstance(code, int) else 0, out.getvalue(), err.getvalue())

    return ran


@pytest.fixture
def files(here: Path) -> Path:
    """A small clinic's profile and two answers, as files."""
    (here / "profile.yaml").write_text(SMALL, "utf-8")
    (here / "answers.yaml").write_text(ANSWERS, "utf-8")
    return here


@pytest.fixture
def quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """No report is laid out: for tests of what happens before it."""
    monkeypatch.setattr(rendering, "render_report", lambda *_: b"%PDF-1.7 laid out by nobody")


@pytest.fixture
def begun(files: Path, run: Run) -> Path:
    """The folder of a clinic whose audit was begun, with nothing answered."""
    ran = run("audit", "clinic", "--as-of", DAY, "--profile", "profile.yaml", *WHO)
    assert ran.code == 0, ran.said
    return files / "clinic"


@pytest.fixture(scope="session")
def _concluded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A concluded audit and its unsigned report, made once."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "profile.yaml").write_text(SMALL, "utf-8")
    (folder / "answers.yaml").write_text(ANSWERS, "utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        given = ("--profile", "profile.yaml", "--answers", "answers.yaml")
        patched.setattr(
            sys, "argv", ["compliance", "audit", "clinic", "--as-of", DAY, *given, *WHO]
        )
        patched.setattr(sys, "stdin", io.StringIO())
        patched.setattr(sys, "stdout", io.StringIO())
        with pytest.raises(SystemExit) as left:
            main()
    assert not left.value.code
    return folder


@pytest.fixture
def concluded(_concluded: Path, files: Path) -> Path:
    """The folder of a clinic whose audit is concluded and whose report is not signed."""
    shutil.copytree(_concluded / "clinic", files / "clinic")
    return files / "clinic"


@pytest.fixture
def report(concluded: Path) -> Path:
    """The unsigned report of the concluded audit."""
    return concluded / "audits" / DAY / "report.pdf"


@pytest.fixture
def journal(begun: Path) -> Path:
    """The journal of the audit that was begun."""
    return begun / "audits" / DAY / "journal.jsonl"


@pytest.fixture
def not_root() -> None:
    """Skip where permissions mean nothing."""
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("permissions do not bind this user")
