"""What somebody signs with, as it was said on the command line: whose key, and which proof."""

from dataclasses import dataclass
from pathlib import Path

from compliance.checklist.pack_files import read_bounded
from compliance.conduct.identities import (
    Passphrase,
    list_identities,
    open_identity,
    open_p12,
)
from compliance.errors import InputError
from compliance.signing.identity import (
    Identity,
    check_lock,
    check_token_support,
    load_pem_identity,
    load_token_identity,
    readers_note,
)
from compliance.signing.proof import Proof

_MAX_PEM = 1024 * 1024
_MAX_CRL = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Pen:
    """An opened identity and the proof that was asked for: all that it takes to sign."""

    identity: Identity
    proof: Proof | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What the signer should know before others get the report."""
        note = readers_note(self.identity)
        return (note,) if note else ()


@dataclass(frozen=True, slots=True)
class KeySource:
    """Whose key was named: an identity, a PKCS#12 file, PEM files, or a token."""

    name: str | None = None
    p12: Path | None = None
    key: Path | None = None
    cert: Path | None = None
    module: Path | None = None
    token: str | None = None
    key_label: str | None = None

    @property
    def named(self) -> bool:
        """Whether anything was said."""
        return any(getattr(self, part) is not None for part in self.__slots__)

    def check(self) -> None:
        """Make sure that exactly one key was named, with all that belongs to it.

        Raises:
            InputError: none, several, or a part is missing or too much.
        """
        kinds = [one for one in (self.name, self.p12, self.key, self.module) if one is not None]
        if len(kinds) > 1:
            raise InputError("Say one of --sign-as, --p12, --key and --pkcs11, not several.")
        for rule, sentence in (
            (self.key and not self.cert, "--key needs --cert FILE, the key's certificate."),
            (self.module and not self.token, "--pkcs11 needs --token LABEL, the token's name."),
            (
                self.cert and not (self.key or self.module),
                "--cert goes with --key FILE or --pkcs11 MODULE.",
            ),
            (
                (self.token or self.key_label) and not self.module,
                "--token and --key-label go with --pkcs11 MODULE.",
            ),
        ):
            if rule:
                raise InputError(sentence)
        if not kinds:
            known = (
                ", ".join(list_identities()) or "none yet; make one with “compliance identity new”"
            )
            raise InputError(
                "Say who signs: --sign-as NAME, or a key of your own with --p12, --key or --pkcs11. "
                f"Identities: {known}."
            )

    def open(self, passphrase: Passphrase) -> Identity:
        """Open the key that was named.

        Raises:
            InputError: it is missing, damaged or of a wrong kind, or the passphrase is wrong.
            SurroundingsError: a token needs a package that is not installed.
        """
        self.check()
        if self.p12:
            return open_p12(self.p12, passphrase)
        if self.key and self.cert:
            return _open_pem(self.key, self.cert, passphrase)
        if self.module and self.token:
            check_token_support()
            if not self.module.is_file():
                raise InputError(
                    f"There is no file “{self.module}”; "
                    "give the path of the PKCS#11 library that came with the token."
                )
            certificates = read_bounded(self.cert, _MAX_PEM) if self.cert else None
            return load_token_identity(
                str(self.module.absolute()),
                self.token,
                passphrase(f"PIN for the token {self.token}"),
                key_label=self.key_label,
                certificates=certificates,
            )
        return open_identity(self.name or "", passphrase)


@dataclass(frozen=True, slots=True)
class ProofSource:
    """Which proof was asked for."""

    timestamp_url: str | None = None
    long_term: bool = False
    crls: tuple[Path, ...] = ()
    chain: tuple[Path, ...] = ()

    @property
    def named(self) -> bool:
        """Whether anything was said."""
        return bool(self.timestamp_url is not None or self.long_term or self.crls or self.chain)

    def read(self) -> Proof | None:
        """Return the proof that was asked for, its files read; None when there was none.

        Raises:
            InputError: a part is missing, the address is none, or a file cannot be read.
        """
        if (self.crls or self.chain) and not self.long_term:
            raise InputError("--crl and --chain go with --long-term.")
        if self.long_term and self.timestamp_url is None:
            raise InputError("--long-term needs --timestamp-url URL: it rests on a confirmed time.")
        if self.timestamp_url is None:
            return None
        from compliance.signing.network import check_url  # noqa: PLC0415 - loads the network's client

        check_url(self.timestamp_url)
        return Proof(
            self.timestamp_url,
            self.long_term,
            tuple(read_bounded(path, _MAX_CRL) for path in self.crls),
            tuple(read_bounded(path, _MAX_PEM) for path in self.chain),
        )


def _open_pem(key: Path, cert: Path, passphrase: Passphrase) -> Identity:
    """Open a PEM key; what is no locked key is said before anybody types a passphrase."""
    raw, certificates = read_bounded(key, _MAX_PEM), read_bounded(cert, _MAX_PEM)
    check_lock(raw, label=key.name)
    return load_pem_identity(
        raw,
        certificates,
        passphrase(f"Passphrase for {key.name}"),
        key_label=key.name,
        certificate_label=cert.name,
    )
