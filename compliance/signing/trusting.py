"""Whom a signature's certificate leads to, and whether its methods still count.

Loads pyHanko when imported, so it is imported only inside functions.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from asn1crypto import cms  # type: ignore[import-untyped]  # has no types
from cryptography import x509
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1
from pyhanko.sign.validation.utils import DEFAULT_ALGORITHM_USAGE_POLICY
from pyhanko_certvalidator import ValidationContext

from compliance.signing import certificate
from compliance.signing.verdict import Trust, Validity


class Grounds(NamedTuple):
    """What signatures are judged on.

    `trusted` are the certificates that were given, `at` is the moment of inspection, and `held` are
    certificates inside the PDF that help to reach the trusted ones.
    """

    trusted: tuple[x509.Certificate, ...]
    at: datetime
    held: tuple[x509.Certificate, ...] = ()


def context_for(grounds: Grounds, moment: datetime) -> ValidationContext:
    """Trust those that may vouch for others; a person's own certificate stands for that person only."""
    authorities = [found for found in grounds.trusted if certificate.may_issue(found)]
    return ValidationContext(
        trust_roots=[translate_pyca_cryptography_cert_to_asn1(found) for found in authorities],
        other_certs=[translate_pyca_cryptography_cert_to_asn1(found) for found in grounds.held],
        moment=moment,
        allow_fetching=False,
    )


def trust_in(
    signer: x509.Certificate, trusted: Sequence[x509.Certificate], *, valid: bool, chained: bool
) -> Trust:
    """Say who vouches for a signer whose signature is `valid` and whose certificate is `chained`."""
    if not trusted:
        return "self-made" if certificate.is_self_made(signer) else "unknown-issuer"
    return "trusted" if valid and (signer in trusted or chained) else "not-chained"


def validity_at(moment: datetime, signer: x509.Certificate) -> Validity:
    """Say whether a certificate was valid at a moment."""
    if moment < signer.not_valid_before_utc:
        return "not yet valid"
    return "expired" if moment > signer.not_valid_after_utc else "valid"


def is_strong(info: cms.SignerInfo, signer: cms.Certificate) -> bool:
    """Say whether digest, signature method and key size are not known to be weak."""
    policy = DEFAULT_ALGORITHM_USAGE_POLICY
    digest, method = info["digest_algorithm"], info["signature_algorithm"]
    return bool(
        policy.digest_algorithm_allowed(digest, None)
        and policy.signature_algorithm_allowed(method, None, signer.public_key)
        and policy.digest_combination_allowed(method, digest, None)
    )
