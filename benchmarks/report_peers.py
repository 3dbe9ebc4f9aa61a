"""The whole way to a signed report beside what other tools make of the same; sealing and checking it.

The peers' files are neither tagged nor signed nor archival, and carry no data.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fabrik
import typeset
from measuring import BUILD, Row, Series, run
from report_scaling import prepare
from synthetic_audit import AUDITOR

_FOLDER = BUILD / "peers"
_ROUNDS = 3
_TARGET = 1.0
_SEALED, _CHECKED = 100.0, 10.0
_LONG = 1_000
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_BROWSER_OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")


def measure() -> Iterator[Row]:
    """Yield 300 and 1,000 requirements beside ChecklistFabrik, then the others, then the seal."""
    shutil.rmtree(_FOLDER, ignore_errors=True)
    _FOLDER.mkdir(parents=True)
    os.environ["COMPLIANCE_HOME"] = str(_FOLDER / "identities")
    os.environ["COMPLIANCE_PASSPHRASE"] = "the benchmark signs for nobody"  # noqa: S105 - it guards nothing
    run([sys.executable, "-m", "compliance", "identity", "new", AUDITOR])
    for size in (300, _LONG):
        yield from _beside_the_peers(size)
    yield from _seal_and_check(_FOLDER / f"{_LONG}.pdf")


def _beside_the_peers(size: int) -> Iterator[Row]:
    given = prepare(size)
    clinic, result = BUILD / "synthetic" / str(size), _result(given)
    report, answers = _FOLDER / f"{size}.pdf", _FOLDER / f"{size}.yaml"
    fabrik.write_report(result, answers)
    command = [str(fabrik.install()), "--format", "pdf", "--output", f"{answers}.pdf"]
    ways: dict[str, Callable[[], float]] = {
        "ours": lambda: _report_and_sign(clinic, report),
        "ChecklistFabrik": lambda: run([*command, str(answers)], quiet=True).cpu,
        "typst": typeset.prepare(result, _FOLDER / f"{size}.typ"),
    }
    if browser := next(filter(None, map(shutil.which, _BROWSERS)), None):
        ways["Chromium, print to PDF"] = lambda: _print(browser, given)
    else:
        print("Chromium is not here, so its row is left out.", file=sys.stderr)
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(_ROUNDS):
        for name, way in ways.items():
            taken[name].append(way())
    ours = Series(f"report and sign {size:,} requirements, CPU", tuple(taken.pop("ours")), "s")
    for name, seconds in taken.items():
        target = _TARGET if name == "ChecklistFabrik" else None
        yield Row(ours, Series(name, tuple(seconds), "s"), target)


def _report_and_sign(clinic: Path, report: Path) -> float:
    report.unlink(missing_ok=True)
    program = [sys.executable, "-m", "compliance"]
    written = run([*program, "report", str(clinic), "-o", str(report)])
    return written.cpu + run([*program, "sign", str(report), "--sign-as", AUDITOR]).cpu


def _print(browser: str, given: Path) -> float:
    """Print the HTML that our report is made of; what it leaves on disk goes with its profile."""
    import pickle  # noqa: PLC0415 - only here

    page = given.with_suffix(".html")
    page.write_text(pickle.loads(given.read_bytes())["html"], encoding="utf-8")  # noqa: S301 - we wrote it
    with tempfile.TemporaryDirectory() as profile:
        places = [f"--user-data-dir={profile}", f"--print-to-pdf={page}.pdf"]
        return run([browser, *_BROWSER_OPTIONS, *places, page.as_uri()], quiet=True).cpu


def _result(given: Path) -> Mapping[str, Any]:
    import json  # noqa: PLC0415 - only here

    from compliance.signing.inspect import attachments  # noqa: PLC0415 - loads pyHanko

    result: Mapping[str, Any] = json.loads(
        attachments(given.with_suffix(".pdf").read_bytes())["result.json"]
    )
    return result


def _seal_and_check(signed: Path) -> Iterator[Row]:
    """Yield the second signature and the check of both, in this process: loading is out."""
    from compliance.conduct.identities import open_identity  # noqa: PLC0415 - loads much
    from compliance.report.pdf import render_card  # noqa: PLC0415 - the same
    from compliance.signing.inspect import inspect_pdf  # noqa: PLC0415 - the same
    from compliance.signing.sign import sign_pdf  # noqa: PLC0415 - the same

    at, once = datetime.now(UTC), signed.read_bytes()
    passphrase = os.environ["COMPLIANCE_PASSPHRASE"].encode()
    identity = open_identity(AUDITOR, None, lambda _: passphrase)
    words = {"name": AUDITOR, "role": "Owner", "meaning": "Approved", "at": "now"}
    card = render_card(**words, fingerprint="a b c")

    def seal() -> bytes:
        place = {"field": "sig_owner", "reason": "Approved", "location": None}
        return sign_pdf(once, identity, card=card, at=at, **place)

    twice = seal()
    sealed, checked = _time(seal), _time(lambda: inspect_pdf(twice, at=at))
    yield Row(
        Series(f"sign {_LONG:,} requirements, CPU", tuple(s * 1000 for s in sealed), "ms"),
        Series("the target", (_SEALED,) * _ROUNDS, "ms"),
        1,
    )
    yield Row(
        Series("check its two signatures, CPU", checked, "s"),
        Series("the target", (_CHECKED,) * _ROUNDS, "s"),
        1,
    )


def _time(work: Callable[[], object]) -> tuple[float, ...]:
    taken = []
    for _ in range(_ROUNDS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return tuple(taken)
