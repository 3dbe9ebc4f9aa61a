"""Filling a signature field of a PDF that was laid out with one."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from compliance.errors import InputError
from compliance.signing.boundary import guarded
from compliance.signing.identity import check_usable
from compliance.signing.verdict import FieldState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from compliance.signing.identity import Identity
    from compliance.signing.proof import Proof
    from compliance.signing.timestamping import CheckedTimeStamper


def signature_fields(pdf: bytes) -> tuple[FieldState, ...]:
    """Return the PDF's signature fields in the order of its form.

    Raises:
        InputError: the PDF cannot be read.
    """
    with guarded("The PDF cannot be read"):
        from compliance.signing import reader  # noqa: PLC0415 - it loads pyHanko

        found = reader.signature_states(reader.open_pdf(pdf).reader)
    return tuple(FieldState(name, signed) for name, signed in found)


def prepare_for_signing(pdf: bytes) -> bytes:
    """Write a PDF again so that checking its signatures stays fast; the same bytes for the same PDF.

    The one big object stream becomes many small ones; pages, tags, metadata and files stay.

    Raises:
        InputError: the PDF cannot be read, is encrypted, or is signed, which this would undo.
    """
    with guarded("The PDF cannot be read"):
        import pikepdf  # noqa: PLC0415 - loaded only when needed

        written = BytesIO()
        with pikepdf.open(BytesIO(pdf), attempt_recovery=False) as opened:
            if opened.is_encrypted:
                raise InputError("The PDF is encrypted; save it without a password first.")
            form: Any = opened.Root.get("/AcroForm", {})
            if _holds_signature(form.get("/Fields", ())):
                raise InputError("The PDF is signed; writing it again would break the signature.")
            opened.save(
                written,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
                fix_metadata_version=False,
            )
    return written.getvalue()


def _holds_signature(fields: Iterable[Any], kind: object = None) -> bool:
    """Whether a signature field is filled; asked of pikepdf, since loading pyHanko takes longer."""
    for field in fields:
        own = field.get("/FT", kind)
        if (own == "/Sig" and "/V" in field) or _holds_signature(field.get("/Kids", ()), own):
            return True
    return False


def sign_pdf(
    pdf: bytes,
    identity: Identity,
    *,
    field: str,
    card: bytes,
    reason: str,
    location: str | None,
    at: datetime,
    proof: Proof | None = None,
) -> bytes:
    """Sign a PDF in an empty field that it has; return the PDF with the signature added.

    PAdES B-B; with a `proof` B-T, and B-LTA when that is for the long term.

    The first signature certifies the PDF: from then on only signatures may be added.
    `card` is a PDF whose first page becomes the visible signature.
    `at`, with its zone, is the time that the signature claims; only a timestamp confirms it.

    Raises:
        InputError: the PDF cannot be read, is encrypted, damaged at its end or holds JavaScript; the
            field is missing or taken; an earlier signature forbids more; the certificate is not usable at `at`.
        SurroundingsError: a proof was asked for and cannot be had.
    """
    check_usable(identity, at)
    with guarded("The PDF cannot be signed"):
        from compliance.signing import reader, scripts, sealer  # noqa: PLC0415 - they load pyHanko

        opened = reader.open_pdf(pdf)
        scripts.refuse_scripts(opened.reader, pdf)
        if opened.stray:
            raise InputError(
                f"The PDF has {opened.trailing_bytes} stray bytes after its end; fetch it again."
            )
        taken = reader.signature_states(opened.reader)
        _check_free(taken, field)
        if reader.is_locked(opened.reader):
            raise InputError("The first signature of this PDF forbids any other.")
        timestamper = _timestamper(proof, identity, at) if proof else None
        sealed = sealer.seal(
            opened.reader,
            identity,
            field=field,
            card=card,
            reason=reason,
            location=location,
            at=at,
            first=not any(signed for _, signed in taken),
            timestamper=timestamper,
        )
        if proof and timestamper and proof.long_term:
            return _keep(sealed, identity, timestamper, proof, at)
        return sealed


def _timestamper(proof: Proof, identity: Identity, at: datetime) -> CheckedTimeStamper:
    """Return who is asked for the time, once it is sure that the rest of the proof can be had."""
    from compliance.signing import evidence, timestamping  # noqa: PLC0415 - they load the network's client

    if proof.long_term:
        evidence.refuse_self_made(identity.certificate)
    return timestamping.CheckedTimeStamper(proof.timestamp_url, at)


def _keep(
    pdf: bytes, identity: Identity, timestamper: CheckedTimeStamper, proof: Proof, at: datetime
) -> bytes:
    """Put evidence about signer and authority into a signed PDF, and a timestamp over it all."""
    from compliance.signing import archiving, evidence  # noqa: PLC0415 - they load pyHanko

    found = evidence.collect_evidence(
        (identity.certificate, *timestamper.authorities),
        (*identity.chain, *timestamper.held),
        proof,
        at,
    )
    return archiving.archive(pdf, found, timestamper)


def _check_free(states: tuple[tuple[str, bool], ...], field: str) -> None:
    """Make sure that the field is there, once, and empty."""
    found = [signed for name, signed in states if name == field]
    if not found:
        names = ", ".join(f"“{name}”" for name, _ in states) or "none"
        raise InputError(f"The PDF has no signature field “{field}”; it has {names}.")
    if len(found) > 1:
        raise InputError(f"The PDF has the signature field “{field}” more than once.")
    if found[0]:
        raise InputError(f"The signature field “{field}” is signed already; choose another.")
