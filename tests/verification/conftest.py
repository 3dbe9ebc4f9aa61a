"""A small audit on disk, its report, rendered and signed as the commands do it."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compliance.checklist.library import read_library
from compliance.checklist.pack_files import PackFiles, gather
from compliance.conduct.closing import Signer, conclude, result_of, sign_report
from compliance.conduct.rendering import render_report
from compliance.signing.identity import Identity, certificate_pem, load_identity, new_identity
from compliance.signing.inspect import attachments
from compliance.verification.verifying import verify
from compliance.walk.event import Event
from compliance.walk.evidence import EvidenceFile
from compliance.walk.recording import Recording, begin
from compliance.walk.session import Session, answer_event, fact_event, thing_events

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compliance.verification.check import Verification

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
LIBRARY = Path(__file__).parents[1] / "audit" / "library"
PASSPHRASE = b"four plain words here"


@dataclass(frozen=True)
class Made:
    """An audit's folder, and its report before and after it was signed."""

    folder: Path
    unsigned: bytes
    signed: bytes
    files: Mapping[str, bytes]
    identity: Identity

    @property
    def certificate(self) -> bytes:
        return certificate_pem(self.identity)


def make_identity(name: str) -> Identity:
    p12 = new_identity(name, organisation=None, passphrase=PASSPHRASE, now=NOW)
    return load_identity(p12, PASSPHRASE, label="test.p12")


def begin_audit(clinic: Path, pack: PackFiles) -> Recording:
    library, diagnostics = read_library([pack])
    assert library is not None, diagnostics
    data = {
        "as_of": "2026-11-23",
        "time_zone": "UTC",
        "depth": "core",
        "order": "law",
        "only": [],
        "packs": [edition.pack.name for edition in library.packs],
        "digests": [edition.digest for edition in library.packs],
        "tool": "",
    }
    begun = Event("begun", data, {"auditor": "Dana Reyes", "role": "manager", "privilege": ""})
    return begin(clinic, begun, [pack], library, clock=lambda: NOW, by="Dana Reyes")


def walk(recording: Recording) -> None:
    """Say who the clinic is, answer a few questions, attach two files of one name."""
    sheet, state = recording.library.sheet, recording.state
    fact = sheet.fact("name")
    assert fact is not None
    recording.record(fact_event(fact, "Sunrise"), *thing_events(state, "site", ["Main Street"]))
    recording.record(*thing_events(state, "staff", ["Ann Lee"]))
    for key, said in {
        "rooms/locked@main-street": "no",
        "rooms/key-list": "yes",
        "rooms/policy": "yes",
        "people/number@ann-lee+main-street": "AB1234563",
    }.items():
        session = Session(recording.library, recording.state)
        item = session.applicability.by_key[key]
        recording.record(answer_event(session, item, said, basis="seen"))
    note = "Top drawer open.\nKey in the lock."
    recording.record(Event("note", {"key": "rooms/locked@main-street"}, {"note": note}))
    for raw in (b"first page", b"second page"):
        file = EvidenceFile(hashlib.sha256(raw).hexdigest(), "scan.png", len(raw))
        recording.keep(file, raw)
        data = {"key": "rooms/policy", "sha256": file.sha256, "size": file.size}
        recording.record(Event("evidence", data, {"name": file.name}))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The report of a small audit, signed by a fresh identity. Not to be changed: see `folder`."""
    identity = make_identity("Dana Reyes")
    with begin_audit(tmp_path_factory.mktemp("clinic"), gather(LIBRARY)) as recording:
        walk(recording)
        conclude(recording)
        unsigned = render_report(recording, result_of(recording))
        signed = sign_report(unsigned, Signer(identity, "auditor", "manager"), NOW)
        return Made(recording.folder, unsigned, signed, attachments(signed), identity)


@pytest.fixture(scope="session")
def conduct() -> Callable[[Path, PackFiles], Path]:
    """Audit a clinic with a pack up to the conclusion, and return the audit's folder."""

    def audit(clinic: Path, pack: PackFiles) -> Path:
        with begin_audit(clinic, pack) as recording:
            walk(recording)
            conclude(recording)
            return recording.folder

    return audit


@pytest.fixture(scope="session")
def owner() -> Identity:
    return make_identity("Olga Owner")


@pytest.fixture(scope="session")
def countersigned(made: Made, owner: Identity) -> bytes:
    return sign_report(made.signed, Signer(owner, "owner", "Owner"), NOW)


@pytest.fixture
def folder(made: Made, tmp_path: Path) -> Path:
    """A copy of the audit's folder, to be changed."""
    copy = tmp_path / "2026-11-23"
    shutil.copytree(made.folder, copy)
    return copy


@pytest.fixture(scope="session")
def check() -> Callable[..., Verification]:
    return lambda pdf, **options: verify(pdf, at=NOW, **options)
