"""Where a person's signing identities lie, and where passphrases come from."""

import os
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from compliance.checklist.pack_files import read_bounded
from compliance.errors import InputError
from compliance.signing.identity import Identity, certificate_pem, load_identity, new_identity
from compliance.walk.storing import write_beside

PASSPHRASE_VARIABLE, HOME_VARIABLE = "COMPLIANCE_PASSPHRASE", "COMPLIANCE_HOME"
_MAX_P12 = 1024 * 1024
_MAX_PASSPHRASE = 1024
_LONGEST_STEM = 60

Passphrase = Callable[[str], bytes]
"""Takes what to ask, gives the passphrase."""


def identities_folder() -> Path:
    """Return the folder of identities: `COMPLIANCE_HOME`, else the user's data folder."""
    if home := os.environ.get(HOME_VARIABLE):
        return Path(home)
    import platformdirs  # noqa: PLC0415 - loaded only when needed

    return Path(platformdirs.user_data_dir("clinic-compliance", appauthor=False)) / "identities"


def _path_of(name: str) -> Path:
    """Return where the identity of that name lies; names in any script keep their letters."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold())
    stem = "-".join(words)[:_LONGEST_STEM] or "unnamed"
    return identities_folder() / f"{stem}.p12"


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
    path = _path_of(name)
    stem = path.stem
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


def open_identity(name: str, passphrase: Passphrase) -> Identity:
    """Open the identity of that name.

    Raises:
        InputError: there is none, or the passphrase does not open it.
    """
    path = _path_of(name)
    if not path.is_file():
        known = list_identities()
        there = f"There are: {', '.join(known)}." if known else "There are none yet."
        raise InputError(
            f"There is no identity “{name}”. {there} Make one with “compliance identity new”."
        )
    return open_p12(path, passphrase)


def open_p12(path: Path, passphrase: Passphrase) -> Identity:
    """Open a PKCS#12 file.

    Raises:
        InputError: it is missing or none, or the passphrase does not open it.
    """
    raw = read_bounded(path, _MAX_P12)
    return load_identity(raw, passphrase(f"Passphrase for {path.name}"), label=path.name)


def passphrase_from(descriptor: int | None, prompt: Passphrase | None) -> Passphrase | None:
    """Return where the passphrase comes from: a file descriptor, the environment, or a prompt.

    None when there is none of the three.
    """
    if descriptor is not None:
        return lambda _: _read_descriptor(descriptor)
    if given := os.environ.get(PASSPHRASE_VARIABLE):
        return lambda _: given.encode()
    return prompt


def _read_descriptor(descriptor: int) -> bytes:
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            return stream.readline(_MAX_PASSPHRASE).rstrip(b"\r\n")
    except (OSError, OverflowError, TypeError, ValueError):  # the last three: no such number
        raise InputError(
            f"The passphrase cannot be read from descriptor {descriptor}: it is not open for reading."
        ) from None
