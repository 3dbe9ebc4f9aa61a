"""Keeping a signed PDF for the long term: evidence inside, and a timestamp over it all (B-LTA).

Loads pyHanko when imported, so it is imported only inside functions.
"""

import asyncio

from asn1crypto import crl, ocsp, x509  # type: ignore[import-untyped]  # has no types
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore

from compliance.signing.reader import open_pdf
from compliance.signing.revocation import Store
from compliance.signing.timestamping import CheckedTimeStamper

_METHOD = "sha256"
_SPARE = 512  # bytes; an authority may answer from another server with another certificate


def archive(pdf: bytes, evidence: Store, timestamper: CheckedTimeStamper) -> bytes:
    """Add evidence and a timestamp over the whole file as one revision.

    Raises:
        SurroundingsError: the authority gives no timestamp.
    """
    reader = open_pdf(pdf).reader
    writer = IncrementalPdfFileWriter.from_reader(reader)
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        sig_contents=None,
        certs=[x509.Certificate.load(one) for one in evidence.certificates],
        crls=[crl.CertificateList.load(one) for one in evidence.crls],
        ocsps=[ocsp.OCSPResponse.load(one) for one in evidence.ocsps],
    )
    sample = asyncio.run(timestamper.async_dummy_response(_METHOD))
    number = len(list(enumerate_sig_fields(reader))) + 1
    stamping = PdfTimeStamper(timestamper, field_name=f"timestamp_{number}")
    output = stamping.timestamp_pdf(
        writer, _METHOD, bytes_reserved=2 * (len(sample.dump()) + _SPARE)
    )
    return bytes(output.getvalue())
