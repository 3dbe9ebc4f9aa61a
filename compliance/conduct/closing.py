"""Closing an audit: the conclusion recorded, the profile written back, the report written and sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from compliance.audit.judging import judge
from compliance.audit.result import Result
from compliance.checklist.pack_files import read_bounded
from compliance.clinic.profile_file import write_profile
from compliance.conduct.opening import PROFILE
from compliance.errors import InputError
from compliance.signing.identity import Identity, check_usable, fingerprint_words
from compliance.signing.inspect import attachments
from compliance.signing.proof import Proof
from compliance.signing.sign import sign_pdf, signature_fields
from compliance.verification.attached import read_result
from compliance.verification.places import Place, check_turn, find_place, read_places
from compliance.walk.event import Event
from compliance.walk.recording import Recording
from compliance.walk.storing import write_beside

MAX_PDF = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, in which place, and as what."""

    identity: Identity
    place: str
    role: str


def conclude(recording: Recording) -> Result:
    """Record that the audit was concluded, and return its result."""
    if not recording.state.concluded_at:
        headline = result_of(recording).conclusion.headline
        recording.record(Event("concluded", {"headline": headline}))
    return result_of(recording)


def result_of(recording: Recording) -> Result:
    """Return the result of an audit as it stands."""
    return judge(recording.library, recording.state, recording.head)


def write_profile_back(recording: Recording, clinic: Path) -> None:
    """Write what the walk learned about the clinic into clinic.yaml, comments kept.

    Raises:
        SurroundingsError: the disk refuses.
    """
    path = clinic / PROFILE
    existing = path.read_bytes() if path.is_file() else None
    state = recording.state
    written = write_profile(existing, state.profile, state.sheet, state.time_zone)
    if written != existing:
        write_beside(path, written)


def write_report(path: Path, pdf: bytes) -> None:
    """Write a report; a signed one is never overwritten.

    Raises:
        InputError: a signed report, or something that is no report, stands there.
        SurroundingsError: the disk refuses.
    """
    refuse_to_overwrite(path)
    write_beside(path, pdf)


def refuse_to_overwrite(path: Path) -> None:
    """Make sure that nothing of worth stands where a report is to be written.

    Raises:
        InputError: a folder, a device, a signed report, or something that is no PDF stands there.
    """
    if path.is_dir():
        raise InputError(f"“{path}” is a folder; name a file, such as report.pdf.")
    if not path.exists():
        return
    try:
        there = read_bounded(path, MAX_PDF)
    except InputError as error:  # a device has no end, and a picture of a disk hardly one
        raise InputError(f"{error} Name another file with -o.") from None
    if not there.startswith(b"%PDF"):
        raise InputError(f"“{path}” is no PDF and is not overwritten. Name another file with -o.")
    if is_signed(there):
        raise InputError(f"“{path}” is signed and is not overwritten. Name another file with -o.")


def is_signed(pdf: bytes) -> bool:
    """Whether a PDF carries a signature; a damaged one counts as signed, so that it is spared."""
    try:
        return any(field.signed for field in signature_fields(pdf))
    except InputError:
        return True


@dataclass(frozen=True, slots=True)
class Signable:
    """A report that can be signed: in which place, and what its data says."""

    place: Place
    data: Mapping[str, Any]


def check_signable(pdf: bytes, name: str | None = None) -> Signable:
    """Return the place that is to be signed, the first one when none is named, and what is signed.

    Raises:
        InputError: not a report of ours, an audit that is not concluded, no such place, or a place
            that is signed already or whose turn it is not.
    """
    data = read_result(attachments(pdf))
    if data is None:
        raise InputError(
            "This PDF carries no audit result of ours, so there is nothing to attest; "
            "of our views only the full report is signed."
        )
    if data.get("finished") is not True:
        raise InputError("The audit is not concluded; finish the walk, then sign its report.")
    places = read_places(data)
    place = find_place(places, name) if name else places[0]
    check_turn(places, place, (field.name for field in signature_fields(pdf) if field.signed))
    return Signable(place, data)


def sign_report(pdf: bytes, signer: Signer, at: datetime, proof: Proof | None = None) -> bytes:
    """Return the report with one more signature in a place that is checked first.

    Raises:
        InputError: as `check_signable` and `sign_place`.
        SurroundingsError: a proof was asked for and cannot be had.
    """
    place = check_signable(pdf, signer.place).place
    return sign_place(pdf, place, signer, at, proof)


def sign_place(
    pdf: bytes, place: Place, signer: Signer, at: datetime, proof: Proof | None = None
) -> bytes:
    """Return the report with one more signature, its card showing name, role, date and meaning.

    Raises:
        InputError: the certificate is not usable now, or the PDF cannot be signed.
        SurroundingsError: a proof was asked for and cannot be had.
    """
    from compliance.report.pdf import render_card  # noqa: PLC0415 - loads WeasyPrint's room

    check_usable(signer.identity, at)
    card = render_card(
        name=signer.identity.name,
        role=signer.role,
        meaning=place.attests,
        at=at.strftime("%Y-%m-%d %H:%M %Z (UTC%z)").replace("UTC (UTC+0000)", "UTC"),
        fingerprint=fingerprint_words(signer.identity.fingerprint),
    )
    return sign_pdf(
        pdf,
        signer.identity,
        field=place.field,
        card=card,
        reason=place.attests,
        location=None,
        at=at,
        proof=proof,
    )
