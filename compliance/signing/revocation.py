"""What the data inside a PDF says of whether a certificate was revoked.

Loads pyHanko when imported, so it is imported only inside functions.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from asn1crypto import crl, ocsp  # type: ignore[import-untyped]  # has no types
from cryptography import x509
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import RevokedError

from compliance.signing import certificate
from compliance.signing.verdict import Revocation


class Store(NamedTuple):
    """Certificates, lists of revoked ones and responders' answers, all in DER."""

    certificates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()


def read_store(reader: PdfFileReader) -> Store:
    """Return what the PDF's security store holds (ISO 32000-2, 12.8.4.3); nothing when it has none."""
    try:
        found = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return Store()
    return Store(
        tuple(one.get_object().data for one in found.certs.values()),
        tuple(one.get_object().data for one in found.crls),
        tuple(one.get_object().data for one in found.ocsps),
    )


def judge_revocation(
    store: Store,
    signer: x509.Certificate,
    others: Sequence[x509.Certificate],
    trusted: Sequence[x509.Certificate],
    moment: datetime,
) -> Revocation:
    """Say whether the store proves that a signer's chain was not revoked at a moment.

    The chain ends at an authority that was given, or, when none was, at a self-made one of `others`,
    which are the certificates at hand.
    """
    if certificate.is_self_made(signer) or not (store.crls or store.ocsps):
        return "none"
    tops = trusted or [one for one in others if certificate.is_self_made(one)]
    anchors = [one for one in tops if certificate.may_issue(one)]
    try:
        check_chain(store, signer, others, anchors, moment)
    except RevokedError:
        return "revoked"
    except Exception:  # noqa: BLE001 - forged data may break the library anywhere
        return "unclear"
    return "good"


def check_chain(
    store: Store,
    signer: x509.Certificate,
    others: Sequence[x509.Certificate],
    anchors: Sequence[x509.Certificate],
    moment: datetime,
) -> None:
    """Make sure that each certificate below an anchor is proven not revoked at a moment.

    What was issued after the moment counts, too: it says when something was revoked.

    Raises:
        RevokedError: one was.
        Exception: the data does not suffice, or is damaged.
    """
    translate = translate_pyca_cryptography_cert_to_asn1
    context = ValidationContext(
        trust_roots=[translate(one) for one in anchors],
        other_certs=[translate(one) for one in others],
        crls=[crl.CertificateList.load(one) for one in store.crls],
        ocsps=[ocsp.OCSPResponse.load(one) for one in store.ocsps],
        moment=moment,
        revocation_mode="require",
        retroactive_revinfo=True,
    )
    validator = CertificateValidator(translate(signer), validation_context=context)
    asyncio.run(validator.async_validate_usage(key_usage=set()))  # type: ignore[no-untyped-call]  # pyHanko leaves it bare
