"""The files of a pack of checklists, read from a folder once, within bounds."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from compliance.errors import InputError
from compliance.text.yaml_text import MAX_BYTES

MAX_FILES = 2_000


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The YAML files of one pack: relative path to bytes. `folder` is only for messages."""

    folder: str
    files: dict[str, bytes]

    def name_of(self, relative: str) -> str:
        """Return the path as a person finds it."""
        return f"{self.folder}/{relative}" if self.folder else relative


def gather(folder: Path) -> PackFiles:
    """Return every `.yaml` file below `folder`; scenarios are left out.

    So is what is hidden (a name that begins with a dot), and linked folders are not entered.

    Raises:
        InputError: there is no such folder, or it has no checklist, too many or too large files,
            or one that ends in `.yml` and would be passed over.
    """
    if not folder.is_dir():
        raise InputError(f"There is no folder “{folder}” with checklists.")
    files: dict[str, bytes] = {}
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(parent) / name
            if name.endswith(".yml"):
                raise InputError(f"“{path}” would be passed over; name it {path.stem}.yaml.")
            if name.endswith(".yaml") and not (name[0] == "." or name.endswith(".test.yaml")):
                files[path.relative_to(folder).as_posix()] = read_bounded(path)
        if len(files) > MAX_FILES:
            raise InputError(
                f"“{folder}” holds more than {MAX_FILES} YAML files; name a smaller folder."
            )
    if not files:
        raise InputError(f"“{folder}” holds no .yaml file.")
    return PackFiles(str(folder), dict(sorted(files.items())))


def read_bounded(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a regular file of at most `limit` bytes.

    Raises:
        InputError: it is missing, no regular file, unreadable or too large.
    """
    try:
        with open(path, "rb", opener=_open_without_waiting) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise InputError(f"“{path}” is not a file.")
            raw = stream.read(limit + 1)
    except FileNotFoundError:
        raise InputError(f"There is no file “{path}”.") from None
    except IsADirectoryError:
        raise InputError(f"“{path}” is a folder, not a file.") from None
    except OSError as error:
        raise InputError(f"“{path}” cannot be read: {error.strerror}.") from None
    if len(raw) > limit:
        raise InputError(f"“{path}” is larger than {limit // 1024 // 1024} MiB.")
    return raw


def _open_without_waiting(path: str, flags: int) -> int:
    """Open without waiting for the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
