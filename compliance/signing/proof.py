"""What is asked of others to prove a signature: its time, and that its certificate was not revoked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proof:
    """How a signature is to be proven; all of it is asked for on the command line.

    Attributes:
        timestamp_url: the authority that confirms the time (RFC 3161), by http or https.
        long_term: whether revocation data and an archive timestamp go into the file.
        crls: lists of revoked certificates at hand, DER or PEM; what they answer is not fetched.
        chain: certificates that neither the identity nor the authority brings, DER or PEM.
    """

    timestamp_url: str
    long_term: bool = False
    crls: tuple[bytes, ...] = ()
    chain: tuple[bytes, ...] = ()
