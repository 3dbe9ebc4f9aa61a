"""What an authority says of the time of a signature, or of the whole file.

Loads pyHanko when imported, so it is imported only inside functions.
"""

import asyncio
from collections.abc import Callable

from asn1crypto import cms  # type: ignore[import-untyped]  # has no types
from cryptography import x509
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_tst_data_iter,
    message_imprint_checker,
    validate_tst_signed_data,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from compliance.signing import certificate, trusting
from compliance.signing.trusting import Grounds
from compliance.signing.verdict import Timestamp

_DOCUMENT_TIME = ("/DocTimeStamp", "/ETSI.RFC3161")


def read_timestamp(found: EmbeddedPdfSignature, grounds: Grounds) -> Timestamp | None:
    """Return what is said of a signature's time; of several timestamps, the most trustworthy."""
    imprint = message_imprint_checker(found.signer_info)
    stamps = [
        _judged(token, imprint, grounds)
        for token in extract_tst_data_iter(found.signer_info, signed=False)
    ]
    return max(stamps, key=lambda one: (one.sound, one.trust == "trusted"), default=None)


def read_archive(found: EmbeddedPdfSignature, grounds: Grounds) -> Timestamp:
    """Return what is said of the time of a whole file.

    Raises:
        ValueError: the field holds something else.
    """
    if (found.sig_object_type, found.sig_object.get("/SubFilter")) != _DOCUMENT_TIME:
        raise ValueError("it is no timestamp")
    return _judged(found.signed_data, found.compute_digest, grounds)


def _judged(
    token: cms.SignedData,
    imprint: Callable[[str], bytes],
    grounds: Grounds,
) -> Timestamp:
    told = token["encap_content_info"]["content"].parsed["gen_time"].native
    signer = extract_certs_for_validation(token).signer_cert
    owner = x509.load_der_x509_certificate(signer.dump())
    context = trusting.context_for(grounds, told)
    status = asyncio.run(validate_tst_signed_data(token, context, imprint))
    for_time = certificate.is_for_timestamping(owner)
    sound = (
        status["intact"]
        and status["valid"]
        and for_time
        and trusting.is_strong(extract_signer_info(token), signer)
        and trusting.validity_at(told, owner) == "valid"
    )
    chained = status["trust_problem_indic"] is None and status["validation_path"] is not None
    return Timestamp(
        authority=certificate.name_of(owner),
        fingerprint=certificate.fingerprint_of(owner),
        time=told,
        sound=bool(sound),
        trust=trusting.trust_in(owner, grounds.trusted, valid=bool(sound), chained=chained),
    )
