"""Collecting proof that no certificate in a chain was revoked: lists and responders' answers.

Loads cryptography and pyHanko when imported, so it is imported only inside functions.
"""

import itertools
from collections.abc import Iterator, Sequence
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID as Access
from pyhanko_certvalidator.errors import RevokedError

from compliance.errors import InputError, SurroundingsError
from compliance.signing import certificate, network
from compliance.signing.boundary import guarded, one_line
from compliance.signing.pemfile import read_chain
from compliance.signing.proof import Proof
from compliance.signing.revocation import Store, check_chain

_LONGEST_CHAIN = 10
_NOTHING_SIGNED = "Nothing was signed."
_REQUEST, _RESPONSE = "application/ocsp-request", "application/ocsp-response"


def refuse_self_made(signer: x509.Certificate) -> None:
    """Make sure that somebody else vouches for a certificate, so that there can be proof at all.

    Raises:
        InputError: it is self-made.
    """
    if certificate.is_self_made(signer):
        raise InputError(
            f"The certificate of {certificate.name_of(signer)} is self-made, so nobody could say "
            f"that it was revoked or not; sign without --long-term. {_NOTHING_SIGNED}"
        )


def collect_evidence(
    leaves: Sequence[x509.Certificate],
    known: Sequence[x509.Certificate],
    proof: Proof,
    at: datetime,
) -> Store:
    """Return what proves that no certificate from the leaves up to their tops was revoked.

    What `proof` brings along is used first; the rest is fetched from the addresses that the
    certificates themselves name.

    Raises:
        InputError: a certificate is missing or was revoked, or says nowhere how it could be.
        SurroundingsError: what is asked for cannot be had.
    """
    pool = [*leaves, *known, *(one for data in proof.chain for one in read_chain(data, "--chain"))]
    lists = [_read_list(data) for data in proof.crls]
    held: dict[bytes, None] = {}
    crls: dict[bytes, None] = {}
    responses: dict[bytes, None] = {}
    for leaf in leaves:
        refuse_self_made(leaf)
        chain = list(_climb(leaf, pool))
        for one, issuer in itertools.pairwise(chain):
            if _der(one) not in held:
                crl, response = _find_evidence(one, issuer, lists)
                crls |= {crl: None} if crl else {}
                responses |= {response: None} if response else {}
        held |= dict.fromkeys(map(_der, chain))
        _check(Store(tuple(held), tuple(crls), tuple(responses)), leaf, chain, at)
    return Store(tuple(held), tuple(crls), tuple(responses))


def _climb(leaf: x509.Certificate, pool: list[x509.Certificate]) -> Iterator[x509.Certificate]:
    """Yield a certificate and those above it, to the self-made one; what is fetched joins the pool."""
    one = leaf
    for _ in range(_LONGEST_CHAIN):
        yield one
        if certificate.is_self_made(one):
            return
        found = _issuer_in(one, pool)
        if found is None:
            pool += _fetch_issuers(one)
            found = _issuer_in(one, pool)
        if found is None:
            raise InputError(
                f"The certificate above {certificate.name_of(one)} is missing: "
                f"{one.issuer.rfc4514_string()}; give it with --chain FILE. {_NOTHING_SIGNED}"
            )
        one = found
    raise InputError(f"The chain above {certificate.name_of(leaf)} has no end. {_NOTHING_SIGNED}")


def _issuer_in(one: x509.Certificate, pool: Sequence[x509.Certificate]) -> x509.Certificate | None:
    return next((found for found in pool if _issued(one, found)), None)


def _issued(one: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        one.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _fetch_issuers(one: x509.Certificate) -> list[x509.Certificate]:
    """Fetch what a certificate names as the one above it; what cannot be had or read is left out."""
    found: list[x509.Certificate] = []
    for url in _addresses(one, Access.CA_ISSUERS):
        try:
            data = network.exchange(url)
            found += read_chain(data, url)
        except SurroundingsError:
            continue
        except InputError:
            with guarded(f"“{url}” is no certificate"):
                found += pkcs7.load_der_pkcs7_certificates(data)
    return found


def _find_evidence(
    one: x509.Certificate, issuer: x509.Certificate, lists: Sequence[x509.CertificateRevocationList]
) -> tuple[bytes, bytes]:
    """Return a list, or a responder's answer, about one certificate; the other is empty.

    Raises:
        InputError: there is neither, nor an address where to ask.
        SurroundingsError: nobody at the addresses answers.
    """
    for held in lists:
        if held.issuer == issuer.subject:
            return held.public_bytes(Encoding.DER), b""
    troubles = []
    for url in _addresses(one, Access.OCSP):
        try:
            return b"", _ask_responder(url, one, issuer)
        except SurroundingsError as error:
            troubles.append(str(error))
    for url in _list_addresses(one):
        try:
            data = network.exchange(url)
            return _read_list(data).public_bytes(Encoding.DER), b""
        except (SurroundingsError, InputError) as error:
            troubles.append(str(error))
    who = certificate.name_of(one)
    if not troubles:
        raise InputError(
            f"The certificate of {who} says nowhere how it could be revoked; give the list of its "
            f"issuer with --crl FILE, or sign without --long-term. {_NOTHING_SIGNED}"
        )
    raise SurroundingsError(
        f"Nobody says whether the certificate of {who} was revoked: {' '.join(troubles)} "
        f"{_NOTHING_SIGNED}"
    )


def _ask_responder(url: str, one: x509.Certificate, issuer: x509.Certificate) -> bytes:
    """Ask a responder (RFC 6960) about a certificate; SHA-1 only names it there, as all understand."""
    builder = ocsp.OCSPRequestBuilder().add_certificate(one, issuer, SHA1())  # noqa: S303 - it names, and proves nothing
    asked = builder.build().public_bytes(Encoding.DER)
    answer = network.exchange(url, body=asked, kind=_REQUEST, accept=_RESPONSE)
    try:
        status = ocsp.load_der_ocsp_response(answer).response_status
    except ValueError as error:
        raise SurroundingsError(f"The answer of {url} cannot be read.") from error
    if status != ocsp.OCSPResponseStatus.SUCCESSFUL:
        words = status.name.replace("_", " ").lower()
        raise SurroundingsError(f"{url} does not answer the question ({words}).")
    return answer


def _read_list(data: bytes) -> x509.CertificateRevocationList:
    with guarded("The list of revoked certificates cannot be read; give one in DER or PEM"):
        if b"-----BEGIN" in data:
            return x509.load_pem_x509_crl(data)
        return x509.load_der_x509_crl(data)


def _check(
    store: Store, leaf: x509.Certificate, chain: Sequence[x509.Certificate], at: datetime
) -> None:
    """Make sure that the evidence says what it was collected for."""
    who = certificate.name_of(leaf)
    try:
        check_chain(store, leaf, chain, chain[-1:], at)
    except RevokedError as error:
        raise InputError(
            f"The certificate of {who}, or one above it, was revoked "
            f"on {error.revocation_dt:%Y-%m-%d}; sign with another. {_NOTHING_SIGNED}"
        ) from error
    except Exception as error:
        raise InputError(
            f"It cannot be proven that the certificate of {who} was not revoked "
            f"({one_line(error)}). {_NOTHING_SIGNED}"
        ) from error


def _addresses(one: x509.Certificate, method: x509.ObjectIdentifier) -> Iterator[str]:
    """Yield the addresses of the web that a certificate names for something."""
    try:
        access = one.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except x509.ExtensionNotFound:
        return
    for entry in access:
        if entry.access_method == method:
            yield from _web([entry.access_location])


def _list_addresses(one: x509.Certificate) -> Iterator[str]:
    try:
        points = one.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return
    for point in points:
        yield from _web(point.full_name or [])


def _web(names: Sequence[x509.GeneralName]) -> Iterator[str]:
    for name in names:
        if isinstance(name, x509.UniformResourceIdentifier) and name.value.startswith("http"):
            yield name.value


def _der(one: x509.Certificate) -> bytes:
    return one.public_bytes(Encoding.DER)
