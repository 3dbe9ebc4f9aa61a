"""The files of a pack of checklists, read from a folder once, within bounds."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from compliance.errors import InputError
from compliance.text.diagnostic import Diagnostic, Position
from compliance.text.yaml_text import MAX_BYTES

MAX_FILES = 2_000
SCENARIO = ".test.yaml"


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
    files = {relative: _read_named(path) for relative, path in _list_files(folder)}
    if not files:
        raise InputError(f"“{folder}” holds no .yaml file.")
    return PackFiles(str(folder), dict(sorted(files.items())))


def survey(folder: Path, name: str) -> tuple[PackFiles, list[Diagnostic]]:
    """Return what `gather` does, under `name`, with a diagnostic for each file that cannot be read.

    Raises:
        InputError: there is no such folder, or it holds too many files.
    """
    pack, diagnostics = PackFiles(name, {}), []
    for relative, path in sorted(_list_files(folder)):
        try:
            pack.files[relative] = _read_named(path)
        except InputError as error:
            place = (pack.name_of(relative), Position(1, 1))
            diagnostics.append(Diagnostic(*place, str(error), rule="unreadable-file"))
    return pack, diagnostics


def list_scenarios(folder: Path) -> list[Path]:
    """Return the scenario files below a folder, in the order of their names."""
    return sorted(path for path in _walk(folder) if path.name.endswith(SCENARIO))


def _list_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of a pack with their paths in it, `.yml` ones too, so that none is missed."""
    if not folder.is_dir():
        raise InputError(f"There is no folder “{folder}” with checklists.")
    for count, path in enumerate(_walk(folder)):
        if count >= MAX_FILES:
            raise InputError(
                f"“{folder}” holds more than {MAX_FILES} YAML files; name a smaller folder."
            )
        if not path.name.endswith(SCENARIO):
            yield path.relative_to(folder).as_posix(), path


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.endswith((".yaml", ".yml")) and not name.startswith("."):
                yield Path(parent) / name


def _read_named(path: Path) -> bytes:
    """Return the bytes of a file that is named as files of a pack are."""
    if path.suffix == ".yml":
        raise InputError(f"“{path}” would be passed over; name it {path.stem}.yaml.")
    return read_bounded(path)


def read_bounded(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a regular file of at most `limit` bytes.

    Raises:
        InputError: it is missing, no regular file, unreadable or too large.
    """
    try:
        with open(path, "rb", opener=_open_without_waiting) as stream:
            found = os.fstat(stream.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise InputError(f"“{path}” is not a file.")
            raw = b"" if found.st_size > limit else stream.read(limit + 1)
    except FileNotFoundError:
        raise InputError(f"There is no file “{path}”.") from None
    except IsADirectoryError:
        raise InputError(f"“{path}” is a folder, not a file.") from None
    except OSError as error:
        raise InputError(f"“{path}” cannot be read: {error.strerror}.") from None
    if max(len(raw), found.st_size) > limit:
        raise InputError(f"“{path}” is larger than {limit // 1024 // 1024} MiB.")
    return raw


def _open_without_waiting(path: str, flags: int) -> int:
    """Open without waiting for the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
