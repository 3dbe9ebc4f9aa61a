"""What the signatures of a PDF say, and which files the PDF carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.errors import InputError
from compliance.signing.boundary import guarded
from compliance.signing.verdict import ArchiveVerdict, FieldState, Inspection, SignatureVerdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

__all__ = ["FieldState", "Inspection", "SignatureVerdict", "attachments", "inspect_pdf"]


def inspect_pdf(pdf: bytes, *, trust: Sequence[bytes] = (), at: datetime) -> Inspection:
    """Check every signature of a PDF, from its bytes alone and without the network.

    Each item of `trust` is a certificate, as DER or PEM: a signer's own, or an authority's.
    Trust is judged at the confirmed time, else at the claimed one, or at `at` when that is earlier
    or no time is claimed.
    A signature that cannot be read gets a verdict; a PDF that cannot be read does not.

    Raises:
        InputError: not a PDF, cut off, encrypted, damaged, or with JavaScript in it;
            or a certificate to trust that cannot be read.
    """
    with guarded("The PDF cannot be checked"):
        from compliance.signing import certificate, judging, reader, scripts  # noqa: PLC0415 - they load pyHanko

        trusted = tuple(found for data in trust for found in certificate.read_certificates(data))
        opened = reader.open_pdf(pdf)
        scripts.refuse_scripts(opened.reader, pdf)
        states = reader.signature_states(opened.reader)
        judged = judging.judge(opened, trusted, at)
    return Inspection(
        fields=tuple(FieldState(name, signed) for name, signed in states),
        signatures=judged.signatures,
        whole_file_covered=_covers_all((*judged.signatures, *judged.archives)),
        trailing_bytes=opened.trailing_bytes,
        archives=judged.archives,
    )


def _covers_all(verdicts: Sequence[SignatureVerdict | ArchiveVerdict]) -> bool:
    """Say whether the last of them covers every byte of the file."""
    in_order = sorted(verdicts, key=lambda one: one.revision)
    return bool(in_order) and in_order[-1].covers == "whole file"


def attachments(pdf: bytes) -> dict[str, bytes]:
    """Return the embedded files of a PDF by name, read by the same reader as the signatures.

    Raises:
        InputError: the PDF cannot be read, a file is larger than 64 MiB, all are larger than
            256 MiB, or two have one name.
    """
    with guarded("The files in the PDF cannot be read"):
        from compliance.signing import reader  # noqa: PLC0415 - it loads pyHanko

        found: dict[str, bytes] = {}
        for name, content in reader.embedded_files(reader.open_pdf(pdf).reader):
            if name in found:
                raise InputError(f"The PDF carries two files named “{name}”.")
            found[name] = content
    return found
