"""Asking an authority for a timestamp (RFC 3161), and believing none that is not what was asked for.

Loads pyHanko when imported, so it is imported only inside functions.
"""

from datetime import datetime, timedelta
from typing import ClassVar

from asn1crypto import cms, core, tsp  # type: ignore[import-untyped]  # has no types
from cryptography import x509
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    validate_tst_signed_data,
)
from pyhanko_certvalidator import ValidationContext

from compliance.errors import ComplianceError, SurroundingsError
from compliance.signing import certificate, network
from compliance.signing.boundary import one_line

_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"
_FARTHEST = timedelta(minutes=5)  # between the authority's clock and this computer's
_GRANTED = {"granted", "granted_with_mods"}
_NOTHING_SIGNED = "Nothing was signed; try again later, or sign without --timestamp-url."


class CheckedTimeStamper(TimeStamper):
    """Timestamps from one address; each is checked before it goes into a file.

    `at` is this computer's time: an authority that is minutes away from it is not believed, since
    the signature would show two times. `authorities` are the certificates that signed timestamps so
    far, `held` all that came along.
    """

    def __init__(self, url: str, at: datetime) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # pyHanko leaves it bare
        network.check_url(url)
        self._url = url
        self._at = at
        self.authorities: list[x509.Certificate] = []
        self.held: list[x509.Certificate] = []

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Return a timestamp over a digest.

        Raises:
            SurroundingsError: there is none, or none that is worth anything; one sentence says why.
        """
        nonce, request = self.request_cms(message_digest, md_algorithm)  # type: ignore[no-untyped-call]  # the same
        try:
            answer = network.exchange(self._url, body=request.dump(), kind=_QUERY, accept=_REPLY)
            token = _granted(answer)
            await _check(token, (md_algorithm, message_digest), nonce, self._at)
        except ComplianceError as error:
            raise type(error)(f"There is no timestamp: {error} {_NOTHING_SIGNED}") from error
        except Exception as error:
            raise SurroundingsError(
                f"There is no timestamp: the answer of {self._url} is no timestamp that can be "
                f"read ({one_line(error)}). {_NOTHING_SIGNED}"
            ) from error
        self._remember(token)
        return token

    def _remember(self, token: cms.ContentInfo) -> None:
        found = extract_certs_for_validation(token["content"])
        for one in (found.signer_cert, *found.other_certs):
            read = x509.load_der_x509_certificate(one.dump())
            if read not in self.held:
                self.held.append(read)
                self.authorities += [read] if one is found.signer_cert else []


class _Reply(core.Sequence):  # type: ignore[misc]  # has no types
    """An answer; the library's own class insists on a token, which a refusal lacks."""

    _fields: ClassVar = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


def _granted(answer: bytes) -> cms.ContentInfo:
    response = _Reply.load(answer, strict=True)
    status = response["status"]["status"].native
    if status not in _GRANTED:
        words = "; ".join(response["status"]["status_string"].native or [])
        why = one_line(ValueError(words)) if words else str(status).replace("_", " ")
        raise SurroundingsError(f"the authority refused ({why}).")
    return response["time_stamp_token"]


async def _check(
    token: cms.ContentInfo, asked: tuple[str, bytes], nonce: int, at: datetime
) -> None:
    """Make sure that a token answers our question and was signed by somebody who may.

    Raises:
        SurroundingsError: it was not.
    """
    told = token["content"]["encap_content_info"]["content"].parsed
    if told["nonce"].native != nonce:
        raise SurroundingsError("the answer is to another question (its nonce is not ours).")
    context = ValidationContext(trust_roots=[], allow_fetching=False)
    status = await validate_tst_signed_data(
        token["content"], context, lambda method: asked[1] if method == asked[0] else b""
    )
    if not status["intact"]:
        raise SurroundingsError("the answer is about other data than ours.")
    if not status["valid"]:
        raise SurroundingsError("the authority's signature on it is wrong.")
    signer = extract_certs_for_validation(token["content"]).signer_cert
    _check_authority(x509.load_der_x509_certificate(signer.dump()), told["gen_time"].native, at)


def _check_authority(signer: x509.Certificate, told: datetime, at: datetime) -> None:
    name = certificate.name_of(signer)
    if not certificate.is_for_timestamping(signer):
        raise SurroundingsError(f"the certificate of {name} is not for timestamps.")
    if not signer.not_valid_before_utc <= told <= signer.not_valid_after_utc:
        raise SurroundingsError(f"the certificate of {name} was not valid at its own time.")
    if abs(told - at) > _FARTHEST:
        raise SurroundingsError(
            f"the clock of {name} says {told:%Y-%m-%d %H:%M} UTC, and this computer's says "
            f"{at.astimezone(told.tzinfo):%Y-%m-%d %H:%M} UTC; set the clock."
        )
