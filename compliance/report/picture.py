"""Small pictures of evidence, and a firm's logo: decoded within limits, stripped, made small.

Loads Pillow inside its functions. What comes out holds no metadata: a photo's place and time stay out.
"""

from __future__ import annotations

import base64
import warnings
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from compliance.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

MOST_PIXELS = 12_000_000
"""A larger logo, or a scan larger than three times this, is not opened at all."""

_KINDS = ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP")
_SMALL = (216, 216)
_LOGO = (900, 300)
_DAMAGE = (OSError, ValueError, SyntaxError, ArithmeticError)
"""What Pillow raises of a file that is no picture, or a damaged one."""


def thumbnail(raw: bytes) -> str:
    """Return a small JPEG of a picture as base64; empty for what is no picture, or is too large."""
    try:
        return _shrink(raw, _SMALL, "JPEG", 3 * MOST_PIXELS)
    except (InputError, *_DAMAGE):
        return ""


def logo(raw: bytes, name: str) -> str:
    """Return a logo as the `data:` address of a PNG.

    Raises:
        InputError: it is no PNG or JPEG, damaged, or has more than 12 million pixels.
    """
    if not raw.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        raise InputError(f"The logo “{name}” is no PNG or JPEG; give one of these.")
    try:
        return f"data:image/png;base64,{_shrink(raw, _LOGO, 'PNG', MOST_PIXELS)}"
    except InputError as error:
        raise InputError(f"The logo “{name}” is too large. {error}") from None
    except _DAMAGE:
        raise InputError(f"The logo “{name}” is damaged; save it again.") from None


def _shrink(raw: bytes, box: tuple[int, int], kind: str, most: int) -> str:
    from PIL import ImageOps  # noqa: PLC0415 - loaded only when needed

    with _opened(raw) as opened:
        width, height = opened.size
        if width * height > most:
            raise InputError(_too_large(width * height, most))
        opened.draft("RGB", (4 * box[0], 4 * box[1]))  # a JPEG is decoded no larger than is needed
        seen = _in_color(ImageOps.exif_transpose(opened))
    seen.thumbnail(box)
    written = BytesIO()
    flat = _on_white(seen)
    flat.save(written, kind, **({"quality": 70} if kind == "JPEG" else {"optimize": True}))
    return base64.b64encode(written.getvalue()).decode()


def _too_large(pixels: int, most: int) -> str:
    return (
        f"The picture has {pixels / 1e6:,.0f} million pixels; "
        f"{most // 1_000_000} million are the most. Save it smaller."
    )


@contextmanager
def _opened(raw: bytes) -> Iterator[Image]:
    """Yield a picture; one that is cut off is refused, whatever else the process has loaded.

    WeasyPrint, once loaded, lets such pictures pass in the whole process, and the same bytes must
    always give the same report. Pillow's own limits are lower or later than ours.
    """
    from PIL import Image, ImageFile  # noqa: PLC0415 - loaded only when needed

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(raw), formats=_KINDS) as opened:
                yield opened
    except Image.DecompressionBombError:
        raise InputError("The picture has far too many pixels. Save it smaller.") from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _in_color(picture: Image) -> Image:
    """Return the picture with eight bits a channel; Pillow would clip the sixteen of a scan to white."""
    if picture.mode.startswith("I;16"):
        picture = picture.convert("I").point(lambda level: level / 256).convert("L")
    return picture.convert("RGBA")


def _on_white(seen: Image) -> Image:
    """Return the picture without transparency: an archive shows it alike everywhere."""
    import PIL.Image  # noqa: PLC0415 - loaded only when needed

    white = PIL.Image.new("RGBA", seen.size, "white")
    return PIL.Image.alpha_composite(white, seen).convert("RGB")
