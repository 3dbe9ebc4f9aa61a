"""Unpacking a PDF's streams within a bound: a small file may unpack to more than any memory holds.

Loads pikepdf when imported, so it is imported only inside functions.
"""

import zlib
from typing import Any

import pikepdf

MOST = 128 * 2**20
"""Bytes that the drawings of all pages and their fonts' maps may come to; 5,000 requirements take 40."""

_LEAST = 4_096
"""What each stream counts for at least, so that small ones drawn within each other come to an end."""


class Unpacking:
    """Unpacks streams until all of them together pass the bound."""

    def __init__(self, most: int = MOST) -> None:
        self._left = most

    def unpack(self, packed: Any) -> bytes:  # noqa: ANN401 - pikepdf's objects are of any kind
        """Return what a stream holds, or several in a row; nothing holds nothing.

        Raises:
            ValueError: it is packed in a way that we never use, or the bound is passed.
        """
        if packed is None:
            return b""
        if isinstance(packed, pikepdf.Array):
            return b"\n".join(self._unpack_one(one) for one in packed)
        return self._unpack_one(packed)

    def _unpack_one(self, stream: Any) -> bytes:  # noqa: ANN401 - pikepdf's objects are of any kind
        content = self._inflate(stream)
        self._left -= max(len(content), _LEAST)
        if self._left < 0:
            raise ValueError(f"it unpacks to more than {MOST >> 20} MiB")
        return content

    def _inflate(self, stream: Any) -> bytes:  # noqa: ANN401 - pikepdf's objects are of any kind
        raw: bytes = stream.read_raw_bytes()
        packing = stream.get("/Filter")
        if packing is None or not raw:
            return raw
        if packing != "/FlateDecode" or "/DecodeParms" in stream:
            raise ValueError("a page is packed in a way that this program never uses")
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(raw, self._left + 1)
        if not unpacker.eof and len(content) <= self._left:
            raise ValueError("a page is damaged")
        return content
