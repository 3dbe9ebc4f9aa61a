"""Writing what a command made to a file that was named."""

from pathlib import Path

from compliance.errors import InputError
from compliance.walk.storing import write_beside


def write_output(path: Path, text: str) -> None:
    """Write a text in UTF-8, over what an earlier run left there.

    Raises:
        InputError: a folder stands there, or a checklist, which nothing but its author overwrites.
        SurroundingsError: the disk refuses.
    """
    if path.is_dir():
        raise InputError(f"“{path}” is a folder; name a file.")
    if path.suffix in {".yaml", ".yml"}:
        raise InputError(f"“{path}” would be taken for a checklist; name another file.")
    write_beside(path, text.encode())
