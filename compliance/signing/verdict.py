"""Verdicts on a PDF's signatures: plain data, free of any library."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Changes = Literal["none", "allowed", "forbidden"]
Coverage = Literal["whole file", "whole revision", "part"]
Validity = Literal["valid", "expired", "not yet valid"]
Trust = Literal["trusted", "self-made", "unknown-issuer", "not-chained"]


@dataclass(frozen=True)
class FieldState:
    """A place for a signature in a PDF's form, and whether it is taken."""

    name: str
    signed: bool


@dataclass(frozen=True)
class SignatureVerdict:
    """What one signature is worth.

    Attributes:
        field: the signature field's name.
        signer: the name in the certificate; only `trust` says whether anybody vouches for it.
        fingerprint: the certificate's SHA-256 in hex.
        intact: the bytes that were signed are unchanged.
        valid: the signature was made with the certificate's key, by methods not known to be weak.
        changes_after: what later revisions did; *allowed* is further signatures and form filling.
        docmdp_ok: later changes stay within what this signature and the certifying one permit.
        covers: the file, the revision it closed, or less than that; *part* also when the place of
            the signature holds anything but the signature.
        claimed_time: when the signer's clock said it was, with its zone; None when not told so.
        certificate_validity: at the claimed time, or at the time of inspection if none is claimed.
        trust: *trusted* when the certificate, or an authority it chains to for signing, was given;
            *not-chained* when others were given. With none given: *self-made* or *unknown-issuer*.
        self_made: the certificate was signed with its own key, trusted or not.
        certifies: this is the signature that limits what may be changed later.
        trouble: why nothing could be told, else empty; all the rest is then at its worst.
    """

    field: str
    signer: str
    fingerprint: str
    intact: bool
    valid: bool
    changes_after: Changes
    docmdp_ok: bool
    covers: Coverage
    claimed_time: datetime | None
    certificate_validity: Validity
    trust: Trust
    self_made: bool
    certifies: bool
    trouble: str = ""


@dataclass(frozen=True)
class Inspection:
    """All that a PDF says of its signatures, in signing order.

    `whole_file_covered` is whether the last signature covers every byte of the file.
    `trailing_bytes` lie behind the last end mark and its line end; no signature there is read.
    """

    fields: tuple[FieldState, ...]
    signatures: tuple[SignatureVerdict, ...]
    whole_file_covered: bool
    trailing_bytes: int
