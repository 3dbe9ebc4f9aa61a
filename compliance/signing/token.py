"""A private key that stays on a PKCS#11 token: a smart card, a USB stick, or a machine's vault.

Loads cryptography and python-pkcs11 when imported, so it is imported only inside functions.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import pkcs11
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, Hash, HashAlgorithm
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pkcs11.util.ec import encode_ec_public_key, encode_ecdsa_signature
from pkcs11.util.rsa import encode_rsa_public_key

from compliance.errors import InputError
from compliance.signing.boundary import guarded
from compliance.signing.identity import TokenKey
from compliance.signing.keyfile import Opened, check_kind
from compliance.signing.pemfile import read_chain

_HASHES: dict[str, HashAlgorithm] = {
    "sha256": SHA256(),
    "sha384": SHA384(),
    "sha512": SHA512(),
}


class _Wanted(NamedTuple):
    """A key on a token: the module's path, the token's name, its PIN, and the key's name if given."""

    module: str
    token: str
    pin: bytes
    key: str | None


def unpack(
    module: str, label: str, pin: bytes, key_label: str | None, certificates: bytes | None
) -> Opened:
    """Log in to a token, find key and certificate, and log out; signing logs in again.

    Raises:
        InputError: see `compliance.signing.identity.load_token_identity`.
    """
    wanted = _Wanted(module, label, pin, key_label)
    with _logged_in(wanted) as session, guarded(f"The token “{label}” cannot be read"):
        key = _find_key(session, wanted)
        if certificates is None:
            found = _certificates_on(session, key)
        else:
            found = read_chain(certificates, "the file given with --cert")
        own, chain = _pick(found, _public_key(session, key), label)
    check_kind(own.public_key(), label)
    return Opened(TokenKey(_signing(wanted, own)), own, chain)


@contextmanager
def _logged_in(wanted: _Wanted) -> Iterator[Any]:
    """Open a session; a wrong PIN is never tried twice, since a token locks itself after a few."""
    with guarded(f"“{wanted.module}” is no PKCS#11 module that can be loaded"):
        library = pkcs11.lib(wanted.module)
    try:
        with guarded(f"The token “{wanted.token}” cannot be opened"):
            token = library.get_token(token_label=wanted.token)
            session = token.open(user_pin=wanted.pin.decode())
    except InputError as error:
        raise InputError(_why_closed(error, wanted.token, library)) from error
    with session:
        yield session


def _why_closed(error: InputError, label: str, library: Any) -> str:  # noqa: ANN401 - python-pkcs11 hides its library's type
    match error.__cause__:
        case pkcs11.NoSuchToken():
            return f"There is no token “{label}”; {_tokens(library)}."
        case pkcs11.PinIncorrect() | pkcs11.PinLenRange() | pkcs11.PinInvalid():
            return f"The PIN does not open the token “{label}”; it locks itself after a few wrong ones."
        case pkcs11.PinLocked():
            return f"The token “{label}” is locked; its maker says how to unlock it."
        case _:
            return str(error)


def _tokens(library: Any) -> str:  # noqa: ANN401 - python-pkcs11 hides its library's type
    names = [f"“{token.label}”" for token in library.get_tokens() if token.label]
    return f"there is {', '.join(names)}" if names else "none is plugged in"


def _find_key(session: Any, wanted: _Wanted) -> Any:  # noqa: ANN401 - the same
    label, key_label = wanted.token, wanted.key
    kind = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY}
    keys = list(session.get_objects(kind))
    named = [key for key in keys if key_label in {None, key.label}]
    names = ", ".join(f"“{key.label}”" for key in keys)
    if not keys:
        raise InputError(f"The token “{label}” holds no private key.")
    if not named:
        raise InputError(f"The token “{label}” holds no key “{key_label}”; it holds {names}.")
    if len(named) > 1:
        raise InputError(
            f"The token “{label}” holds several keys; choose with --key-label: {names}."
        )
    return named[0]


def _certificates_on(session: Any, key: Any) -> tuple[x509.Certificate, ...]:  # noqa: ANN401 - the same
    """Return the certificates on the token, those with the key's identifier first."""
    wanted = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}
    found = sorted(session.get_objects(wanted), key=lambda one: one[pkcs11.Attribute.ID] != key.id)
    return tuple(x509.load_der_x509_certificate(one[pkcs11.Attribute.VALUE]) for one in found)


def _public_key(session: Any, key: Any) -> Any:  # noqa: ANN401 - the same
    """Return the public key beside a private one; None when the token does not keep it."""
    wanted = {
        pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PUBLIC_KEY,
        pkcs11.Attribute.ID: key.id,
    }
    for found in session.get_objects(wanted):
        if found.key_type == pkcs11.KeyType.RSA:
            return load_der_public_key(encode_rsa_public_key(found))
        return load_der_public_key(encode_ec_public_key(found))
    return None


def _pick(
    found: Sequence[x509.Certificate], public: object, label: str
) -> tuple[x509.Certificate, tuple[x509.Certificate, ...]]:
    own = [one for one in found if public is None or one.public_key() == public]
    if not own:
        raise InputError(
            f"There is no certificate that belongs to the key on the token “{label}”; "
            "give it with --cert FILE."
        )
    return own[0], tuple(one for one in found if one != own[0])


def _signing(wanted: _Wanted, own: x509.Certificate) -> Callable[[bytes, str], bytes]:
    """Return what signs with the token's key and makes sure that the certificate is the key's."""

    def sign(data: bytes, method: str) -> bytes:
        with (
            _logged_in(wanted) as session,
            guarded(f"The token “{wanted.token}” does not sign"),
        ):
            signature = _signed(_find_key(session, wanted), data, method)
        try:
            _verify(own, signature, data, method)
        except InvalidSignature as error:
            raise InputError(
                f"The certificate does not belong to the key on the token “{wanted.token}”."
            ) from error
        return signature

    return sign


def _signed(key: Any, data: bytes, method: str) -> bytes:  # noqa: ANN401 - the same
    match key.key_type:
        case pkcs11.KeyType.RSA:
            mechanism = pkcs11.Mechanism[f"{method.upper()}_RSA_PKCS"]
            return bytes(key.sign(data, mechanism=mechanism))
        case pkcs11.KeyType.EC:
            digest = Hash(_HASHES[method])
            digest.update(data)
            bare = key.sign(digest.finalize(), mechanism=pkcs11.Mechanism.ECDSA)
            return bytes(encode_ecdsa_signature(bare))
        case _:
            return bytes(key.sign(data, mechanism=pkcs11.Mechanism.EDDSA))


def _verify(own: x509.Certificate, signature: bytes, data: bytes, method: str) -> None:
    match own.public_key():
        case RSAPublicKey() as public:
            public.verify(signature, data, PKCS1v15(), _HASHES[method])
        case EllipticCurvePublicKey() as public:
            public.verify(signature, data, ECDSA(_HASHES[method]))
        case Ed25519PublicKey() as public:
            public.verify(signature, data)
        case _:
            raise InvalidSignature
