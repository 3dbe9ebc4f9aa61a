"""Writing a signature into a field with pyHanko.

Loads pyHanko when imported, so it is imported only inside functions.
"""

import asyncio
from datetime import datetime
from io import BytesIO

from asn1crypto.keys import PublicKeyInfo  # type: ignore[import-untyped]  # has no types
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigAppearanceSetup,
    SigIOSetup,
    SigMDPSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import Signer, select_suitable_signing_md
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from compliance.signing.identity import Identity, TokenKey

_SPARE = 16  # bytes; an ECDSA signature varies by a few, its size is known only when it is made
_SPARE_TOKEN = 512  # bytes; an authority may answer from another server with another certificate
_WHOLE_BOX = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MIN, y_align=AxisAlignment.ALIGN_MIN, margins=Margins(0, 0, 0, 0)
)


class HeldKeySigner(Signer):
    """A signer whose key is already opened; the library's own loads and checks it twice a signature."""

    def __init__(self, identity: Identity) -> None:
        others = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko leaves it bare
        others.register_multiple(map(translate_pyca_cryptography_cert_to_asn1, identity.chain))
        self._certificate = translate_pyca_cryptography_cert_to_asn1(identity.certificate)
        super().__init__(signing_cert=self._certificate, cert_registry=others)
        self._key = identity.key

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002 - the library's signature
    ) -> bytes:
        """Return the bare signature over the signed attributes, or as many bytes when it is dry."""
        if dry_run:
            return bytes(_largest(self._certificate.public_key))
        method = get_pyca_cryptography_hash(digest_algorithm)
        match self._key:
            case TokenKey():
                return self._key.sign(data, digest_algorithm)
            case Ed25519PrivateKey():
                return self._key.sign(data)
            case EllipticCurvePrivateKey():
                return self._key.sign(data, ECDSA(method))
            case _:
                return self._key.sign(data, PKCS1v15(), method)


def _largest(public: PublicKeyInfo) -> int:
    """Return how many bytes a signature by this key takes at most."""
    match public.algorithm:
        case "ec":
            return 8 + 2 * int(public.byte_size)  # two numbers in DER, each with a sign byte
        case "ed25519":
            return 64
        case _:
            return int(public.byte_size)


class Card(ImportedPdfPage):
    """The first page of a PDF that is held in memory, as the look of a signature."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(None)  # type: ignore[no-untyped-call]  # pyHanko leaves it bare
        self._pdf = pdf

    def render(self) -> bytes:
        """Import the page, fonts and all, and draw it once."""
        reader = PdfFileReader(BytesIO(self._pdf))
        page = self._ensure_writer.import_page_as_xobject(reader, page_ix=0)
        self.resources.xobject["/Card"] = page
        left, bottom, right, top = page.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return b"/Card Do"


def seal(
    reader: PdfFileReader,
    identity: Identity,
    *,
    field: str,
    card: bytes,
    reason: str,
    location: str | None,
    at: datetime,
    first: bool,
    timestamper: TimeStamper | None = None,
) -> bytes:
    """Append one signature to a PDF; the first one certifies and allows further signatures only.

    With a `timestamper` it is asked twice: for one to know the size, and for the one that stays.

    The library's `PdfSigner` cannot be told the time, hence the steps one by one.
    A PAdES signature carries its claimed time in `/M`, which the signed bytes include.
    """
    writer = IncrementalPdfFileWriter.from_reader(reader)
    signer = HeldKeySigner(identity)
    own = translate_pyca_cryptography_cert_to_asn1(identity.certificate)
    digest = select_suitable_signing_md(own.public_key)
    steps = PdfCMSEmbedder().write_cms(field, writer, existing_fields_only=True)
    next(steps)
    metadata = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES)
    PdfSigner(metadata, signer).register_extensions(writer, md_algorithm=digest)
    placeholder = SignatureObject(
        timestamp=at,
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        location=location,
        bytes_reserved=2 * _size(signer, digest, timestamper),
    )
    style = StaticStampStyle(background=Card(card), border_width=0, background_layout=_WHOLE_BOX)
    permission = MDPPerm.FILL_FORMS if first else None
    steps.send(
        SigObjSetup(
            sig_placeholder=placeholder,
            mdp_setup=SigMDPSetup(digest, certify=first, docmdp_perms=permission),
            appearance_setup=SigAppearanceSetup(style=style, timestamp=at, name=None),
        )
    )
    prepared, output = steps.send(SigIOSetup(md_algorithm=digest))
    steps.send(_signature(signer, prepared.document_digest, digest, timestamper))
    return bytes(output.getvalue())


def _size(signer: Signer, method: str, timestamper: TimeStamper | None) -> int:
    """Return how many bytes to reserve for a signature, from one over nothing."""
    nothing = bytes(get_pyca_cryptography_hash(method).digest_size)
    size = len(_signature(signer, nothing, method, timestamper, dry=True))
    return size + (_SPARE_TOKEN if timestamper else _SPARE)


def _signature(
    signer: Signer,
    digest: bytes,
    method: str,
    timestamper: TimeStamper | None,
    *,
    dry: bool = False,
) -> bytes:
    signed = asyncio.run(
        signer.async_sign(digest, method, dry_run=dry, use_pades=True, timestamper=timestamper)
    )
    return bytes(signed.dump())
