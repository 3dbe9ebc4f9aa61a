"""The one place where trouble inside the PDF and cryptography libraries becomes a sentence."""

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from compliance.errors import ComplianceError, InputError

_TALKATIVE = ("pyhanko", "pyhanko_certvalidator", "pikepdf")
_LONGEST_REASON = 120
_RAW_DATA = re.compile(r"""\bb['"]|\\x[0-9a-f]{2}|\ufffd""")


@contextmanager
def guarded(sentence: str, *, reason: bool = True) -> Iterator[None]:
    """Let nothing out of the block but its result or an `InputError`, and nothing onto the screen.

    `sentence` says what could not be done, without its full stop; the library's reason follows,
    unless it would tell a person nothing.
    Not for use in several threads at once: it sets log levels and warning filters aside.

    Raises:
        InputError: any exception of the block, shortened to one line.
    """
    with _silence(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except ComplianceError:
            raise
        except Exception as error:  # on garbage the libraries raise whatever they stumble over
            why = f" ({one_line(error)})" if reason else ""
            raise InputError(f"{sentence}{why}.") from error


def one_line(error: Exception) -> str:
    """Return a library's reason as one short line, never empty, never with raw data in it."""
    words = " ".join(str(error).split()) or type(error).__name__
    if _RAW_DATA.search(words) or not words.isprintable():
        return "it is damaged"
    return words if len(words) <= _LONGEST_REASON else words[: _LONGEST_REASON - 1] + "…"


@contextmanager
def _silence() -> Iterator[None]:
    """Set the libraries' log levels above everything, and put them back."""
    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
