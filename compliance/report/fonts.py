"""The bundled fonts: which characters they hold, and how everything else is printed."""

from __future__ import annotations

import os
import tempfile
import unicodedata
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from compliance.resources import bundled_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONFIGURATION = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""
_VARIABLE = "FONTCONFIG_FILE"


def printable(text: str) -> str:
    r"""Return text in which each character that the fonts cannot show stands as `[U+6F22]`.

    One missing glyph would make the PDF unfit for an archive, and an invisible character
    (a direction override, say) could make the page read otherwise than it was typed.
    Line breaks are kept, as `\n`; a tab becomes a space.
    """
    return text.replace("\r\n", "\n").translate(_table())


def printable_data(data: Any) -> Any:  # noqa: ANN401 - JSON data of any shape
    """Return plain data with every text in it made printable; keys stay as they are."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {key: printable_data(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [printable_data(value) for value in data]
    return data


@contextmanager
def only_bundled_fonts() -> Iterator[None]:
    """Let the block see the bundled fonts and no others, so that every machine prints alike.

    Sets a process-wide environment variable aside, so it is not for several threads at once.
    """
    before = os.environ.get(_VARIABLE)
    with tempfile.TemporaryDirectory(prefix="compliance-fonts-") as folder:
        configuration = Path(folder, "fonts.conf")
        words = {"fonts": escape(str(_folder())), "cache": escape(str(Path(folder, "cache")))}
        configuration.write_text(_CONFIGURATION.format(**words), encoding="utf-8")
        os.environ[_VARIABLE] = str(configuration)
        try:
            yield
        finally:
            _put_back(before)


def _put_back(before: str | None) -> None:
    if before is None:
        del os.environ[_VARIABLE]
    else:
        os.environ[_VARIABLE] = before


def _folder() -> Path:
    return bundled_folder("templates") / "report" / "fonts"


class _Table(dict[int, str | int]):
    """Code points to themselves where the fonts show them, else to their number in brackets."""

    def __init__(self, shown: frozenset[int]) -> None:
        super().__init__({0x09: " ", 0x0A: 0x0A, 0x0D: 0x0A})
        self._shown = shown

    def __missing__(self, code: int) -> str | int:
        self[code] = code if code in self._shown else f"[U+{code:04X}]"
        return self[code]


@cache
def _table() -> _Table:
    return _Table(_shown())


def _shown() -> frozenset[int]:
    """Return the code points that every bundled face draws and that a reader can see."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415 - no types; loaded only when needed

    faces = []
    for path in sorted(_folder().glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            faces.append(set(font.getBestCmap()))
    both = set.intersection(*faces)
    return frozenset(code for code in both if not unicodedata.category(chr(code)).startswith("C"))
