"""Which characters the glyphs of a PDF's font stand for, as the font itself says (ISO 32000-1, 9.10)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from compliance.verification.unpacking import Unpacking

UNKNOWN = "\ufffd"
"""What a glyph reads as whose font says nothing of it."""

_HEX = rb"<\s*([0-9a-fA-F\s]*)>"
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_PAIR = re.compile(_HEX + rb"\s*" + _HEX)
_RANGE = re.compile(_HEX + rb"\s*" + _HEX + rb"\s*(?:" + _HEX + rb"|\[(.*?)\])", re.DOTALL)
_MOST = 65_536


@dataclass(frozen=True, slots=True)
class Decoder:
    """Turns the codes of a font, each of `width` bytes, into characters."""

    characters: dict[int, str]
    width: int

    def decode(self, raw: bytes) -> str:
        """Return what a string shows."""
        steps = range(0, len(raw), self.width)
        codes = (int.from_bytes(raw[at : at + self.width], "big") for at in steps)
        return "".join([self.characters.get(code, UNKNOWN) for code in codes])


def read_font(font: Any, unpacking: Unpacking) -> Decoder:  # noqa: ANN401 - pikepdf's objects are of any kind
    """Return the decoder of a font; one without a map to Unicode knows no character."""
    width = 2 if font.get("/Subtype") == "/Type0" else 1
    if "/ToUnicode" not in font:
        return Decoder({}, width)
    return Decoder(dict(_read_map(unpacking.unpack(font["/ToUnicode"]))), width)


def _read_map(raw: bytes) -> Iterator[tuple[int, str]]:
    for kind, body in _SECTION.findall(raw):
        if kind == b"bfchar":
            for code, shown in _PAIR.findall(body):
                yield _number(code), _text(shown)
        else:
            for first, last, start, listed in _RANGE.findall(body):
                yield from _read_range(_number(first), _number(last), start, listed)


def _read_range(first: int, last: int, start: bytes, listed: bytes) -> Iterator[tuple[int, str]]:
    codes = range(first, min(last, first + _MOST) + 1)
    if listed:
        yield from zip(codes, map(_text, re.findall(_HEX, listed)), strict=False)
        return
    text = _text(start)
    for step, code in enumerate(codes):
        yield code, text[:-1] + chr((ord(text[-1]) + step) % 0x110000) if text else ""


def _number(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _text(digits: bytes) -> str:
    raw = bytes.fromhex(b"".join(digits.split()).decode())
    return raw.decode("utf-16-be", "replace")
