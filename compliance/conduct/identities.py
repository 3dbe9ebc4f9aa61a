"""Where a person's signing identities lie, and where passphrases come from."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from compliance.checklist.pack_files import read_bounded
from compliance.clinic.profile import make_id
from compliance.errors import InputError
from compliance.signing.identity import Identity, certificate_pem, load_identity, new_identity
from compliance.walk.storing import write_beside

PASSPHRASE_VARIABLE, HOME_VARIABLE = "COMPLIANCE_PASSPHRASE", "COMPLIANCE_HOME"
_MAX_P12 = 1024 * 1024
_MAX_PASSPHRASE = 1024

Passphrase = Callable[[str], bytes]
"""Takes what to ask, gives the passphrase."""


def identities_folder() -> Path:
    """Return the folder of identities: `COMPLIANCE_HOME`, else the user's data folder."""
    if home := os.environ.get(HOME_VARIABLE):
        return Path(home)
    import platformdirs  # noqa: PLC0415 - loaded only when needed

    return Path(platformdirs.user_data_dir("clinic-compliance", appauthor=False)) / "identities"


def list_identities() -> list[str]:
    """Return the names of the identities there are."""
    folder = identities_folder()
    return sorted(one.stem for one in folder.glob("*.p12")) if folder.is_dir() else []


def make_identity(
    name: str, organisation: str, passphrase: bytes, now: datetime
) -> tuple[Path, Path]:
    """Make an identity; return where it lies, and where the certificate to hand out lies.

    Raises:
        InputError: the name is empty, there is one of that name already, or no passphrase.
        SurroundingsError: the disk refuses.
    """
    stem = make_id(name, ())
    path = identities_folder() / f"{stem}.p12"
    if path.exists():
        raise InputError(
            f"There is an identity “{stem}” already. Sign with it, or choose another name."
        )
    p12 = new_identity(name, organisation=organisation or None, passphrase=passphrase, now=now)
    identity = load_identity(p12, passphrase, label=stem)
    write_beside(path, p12)
    path.chmod(0o600)
    certificate = path.with_suffix(".crt")
    write_beside(certificate, certificate_pem(identity))
    return path, certificate


def open_identity(name: str, p12: Path | None, passphrase: Passphrase) -> Identity:
    """Open one's own file, or the identity of that name.

    Raises:
        InputError: there is none, or the passphrase does not open it.
    """
    path = p12 or identities_folder() / f"{make_id(name, ())}.p12"
    if p12 is None and not path.is_file():
        known = list_identities()
        there = f"There are: {', '.join(known)}." if known else "There are none yet."
        raise InputError(
            f"There is no identity “{name}”. {there} Make one with “compliance identity new”."
        )
    raw = read_bounded(path, _MAX_P12)
    return load_identity(raw, passphrase(f"Passphrase for {path.name}"), label=path.name)


def passphrase_from(descriptor: int | None, prompt: Passphrase | None) -> Passphrase | None:
    """Return where the passphrase comes from: a file descriptor, the environment, or a prompt.

    None when there is none of the three.
    """
    if descriptor is not None:
        return lambda _: _read_descriptor(descriptor)
    if PASSPHRASE_VARIABLE in os.environ:
        return lambda _: os.environ[PASSPHRASE_VARIABLE].encode()
    return prompt


def _read_descriptor(descriptor: int) -> bytes:
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            return stream.readline(_MAX_PASSPHRASE).rstrip(b"\r\n")
    except OSError as error:
        raise InputError(
            f"The passphrase cannot be read from descriptor {descriptor}: {error.strerror}."
        ) from None
