"""Verdicts on a PDF's signatures: plain data, free of any library."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Changes = Literal["none", "allowed", "forbidden"]
Coverage = Literal["whole file", "whole revision", "part"]
Validity = Literal["valid", "expired", "not yet valid"]
Trust = Literal["trusted", "self-made", "unknown-issuer", "not-chained"]
Revocation = Literal["none", "good", "revoked", "unclear"]


@dataclass(frozen=True)
class FieldState:
    """A place for a signature in a PDF's form, and whether it is taken."""

    name: str
    signed: bool


@dataclass(frozen=True)
class Timestamp:
    """What an authority's timestamp is worth.

    Attributes:
        authority: the name in the authority's certificate; only `trust` says whether that is so.
        fingerprint: the certificate's SHA-256 in hex.
        time: what the authority's clock said.
        sound: it is about these very bytes, rightly signed by methods not known to be weak, with a
            certificate that is for timestamps and was valid at that time.
        trust: as for a signer.
    """

    authority: str
    fingerprint: str
    time: datetime
    sound: bool
    trust: Trust


@dataclass(frozen=True)
class ArchiveVerdict:
    """What a timestamp over the whole file is worth; it is nobody's signature.

    Attributes:
        field: the name of its field, which is no place for a signer.
        timestamp: what it says; None when it cannot be read.
        covers: as for a signature.
        revision: the number of the revision that it closed, from 0.
        trouble: why nothing could be told, else empty.
    """

    field: str
    timestamp: Timestamp | None
    covers: Coverage
    revision: int
    trouble: str = ""


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
        timestamp: what an authority says of the time; None when none was asked.
        certificate_validity: at the time of a sound timestamp (when certificates were given, of a
            trusted one), else at the claimed time, else at the time of inspection.
        judged_at: that time.
        revocation: what the data inside the file says of the certificate and those above it at
            that time; *unclear* when it does not suffice.
        trust: *trusted* when the certificate, or an authority it chains to for signing, was given;
            *not-chained* when others were given. With none given: *self-made* or *unknown-issuer*.
        self_made: the certificate was signed with its own key, trusted or not.
        certifies: this is the signature that limits what may be changed later.
        valid_from: the first moment at which the certificate is valid.
        valid_until: the last one.
        revision: the number of the revision that it closed, from 0.
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
    timestamp: Timestamp | None = None
    judged_at: datetime | None = None
    revocation: Revocation = "none"
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    revision: int = 0
    trouble: str = ""


@dataclass(frozen=True)
class Inspection:
    """All that a PDF says of its signatures, in signing order.

    `whole_file_covered` is whether the last signature or archive timestamp covers every byte.
    `trailing_bytes` lie behind the last end mark and its line end; no signature there is read.
    """

    fields: tuple[FieldState, ...]
    signatures: tuple[SignatureVerdict, ...]
    whole_file_covered: bool
    trailing_bytes: int
    archives: tuple[ArchiveVerdict, ...] = ()

    def archived(self, one: SignatureVerdict) -> ArchiveVerdict | None:
        """Return the first sound archive timestamp that closed a revision after a signature."""
        for archive in self.archives:
            stamp = archive.timestamp
            if archive.revision > one.revision and stamp and stamp.sound:
                return archive
        return None
