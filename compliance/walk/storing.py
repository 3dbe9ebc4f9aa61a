"""Writing to disk so that nothing is ever half there."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from compliance.errors import SurroundingsError


@contextlib.contextmanager
def disk_trouble_named(path: Path) -> Iterator[None]:
    """Turn the system's error about `path` into a sentence.

    Raises:
        SurroundingsError: the disk is full, the folder read-only, or the like.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SurroundingsError(
            f"“{path}” cannot be written: {reason}. What was saved before is safe; "
            "free some space or choose another folder, then run the same command again."
        ) from None


def make_folder(path: Path) -> None:
    """Make a folder and those above it.

    Raises:
        SurroundingsError: the disk refuses.
    """
    with disk_trouble_named(path):
        path.mkdir(parents=True, exist_ok=True)


def write_beside(path: Path, raw: bytes) -> None:
    """Write a whole file: beside it first, flushed to the disk, then renamed over it.

    Raises:
        SurroundingsError: the disk refuses; what stood there before still does.
    """
    make_folder(path.parent)
    with disk_trouble_named(path):
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(raw)
                stream.flush()
                os.fsync(stream.fileno())
            beside.chmod(_mode_of(path))
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        flush_folder(path.parent)


def append_flushed(path: Path, raw: bytes, size: int) -> None:
    """Append to a file of `size` bytes and wait until the disk has it.

    A part that was written is taken back. Nothing is buffered: a buffer would be written after
    all when the file is closed.

    Raises:
        SurroundingsError: the disk refuses, or somebody else wrote to the file.
    """
    with disk_trouble_named(path), path.open("r+b", buffering=0) as stream:
        if stream.seek(0, os.SEEK_END) != size:
            raise SurroundingsError(
                f"“{path}” was changed by something else. Nothing was added to it; "
                "run the same command again."
            )
        try:
            written = 0
            while written < len(raw):
                written += stream.write(raw[written:])
            os.fsync(stream.fileno())
        except BaseException:
            with contextlib.suppress(OSError):
                stream.truncate(size)
            raise


def flush_folder(folder: Path) -> None:
    """Make a rename durable; systems that cannot open a folder do without."""
    with contextlib.suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _mode_of(path: Path) -> int:
    """Return the file's own mode, or the one that a new file would have."""
    with contextlib.suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
