"""A private key and its certificates as PEM text.

Loads cryptography when imported, so it is imported only inside functions.
"""

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from compliance.signing.boundary import guarded
from compliance.signing.keyfile import Opened, accepted, pick_own


def unpack(
    key: bytes, certificates: bytes, passphrase: bytes, key_label: str, certificate_label: str
) -> Opened:
    """Open a locked key, and find its certificate among those of the other file.

    Raises:
        InputError: see `compliance.signing.identity.load_pem_identity`.
    """
    with guarded(
        f"The passphrase does not open “{key_label}”, or the file is damaged; type it again",
        reason=False,
    ):
        opened = load_pem_private_key(key, passphrase)
    signing_key = accepted(opened, key_label)
    found = read_chain(certificates, certificate_label)
    own, chain = pick_own(signing_key.public_key(), found, certificate_label)
    return Opened(signing_key, own, chain)


def read_chain(data: bytes, label: str) -> tuple[x509.Certificate, ...]:
    """Read one certificate in DER, or all of a PEM text.

    Raises:
        InputError: the bytes are neither.
    """
    with guarded(f"“{label}” is no certificate in PEM or DER", reason=False):
        if b"-----BEGIN" in data:
            return tuple(x509.load_pem_x509_certificates(data))
        return (x509.load_der_x509_certificate(data),)
