"""Saying which file a trouble is about, where what found it was handed bytes only."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from compliance.errors import InputError


@contextmanager
def file_named(path: Path) -> Iterator[None]:
    """Put the file's name before the sentence of an `InputError` from the block.

    Raises:
        InputError: the one from the block, named.
    """
    try:
        yield
    except InputError as error:
        raise InputError(f"“{path}”: {error}") from None
