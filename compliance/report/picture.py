"""Small pictures of evidence, and a firm's logo: decoded within limits, stripped, made small.

Loads Pillow inside its functions. What comes out holds no metadata: a photo's place and time stay out.
"""

import base64
import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from compliance.errors import InputError

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 12_000_000
"""A larger logo, or a scan larger than three times this, is not opened at all."""

_KINDS = ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP")
_SMALL = (216, 216)
_LOGO = (900, 300)


def thumbnail(raw: bytes) -> str:
    """Return a small JPEG of a picture as base64; empty for what is no picture, or is too large."""
    import PIL  # noqa: PLC0415 - loaded only when needed

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _shrink(raw, _SMALL, "JPEG", 3 * MOST_PIXELS)
    except (
        OSError,
        ValueError,
        SyntaxError,
        ArithmeticError,
        InputError,
        PIL.UnidentifiedImageError,
    ):
        return ""


def logo(raw: bytes, name: str) -> str:
    """Return a logo as the `data:` address of a PNG.

    Raises:
        InputError: it is no PNG or JPEG, damaged, or has more than 12 million pixels.
    """
    if not raw.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        raise InputError(f"The logo “{name}” is no PNG or JPEG; give one of these.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return f"data:image/png;base64,{_shrink(raw, _LOGO, 'PNG', MOST_PIXELS)}"
    except (OSError, ValueError, SyntaxError, ArithmeticError):
        raise InputError(f"The logo “{name}” is damaged; save it again.") from None


def _shrink(raw: bytes, box: tuple[int, int], kind: str, most: int) -> str:
    from PIL import Image, ImageOps  # noqa: PLC0415 - loaded only when needed

    with Image.open(BytesIO(raw), formats=_KINDS) as opened:
        width, height = opened.size
        if width * height > most:
            raise InputError(
                f"The picture has {width * height / 1e6:.0f} million pixels; "
                f"{most // 1_000_000} million are the most. Save it smaller."
            )
        upright = ImageOps.exif_transpose(opened)
        flat = _on_white(upright)
    flat.thumbnail(box)
    written = BytesIO()
    flat.save(written, kind, **({"quality": 70} if kind == "JPEG" else {"optimize": True}))
    return base64.b64encode(written.getvalue()).decode()


def _on_white(picture: "Image") -> "Image":
    """Return the picture without transparency: an archive shows it alike everywhere."""
    import PIL.Image  # noqa: PLC0415 - loaded only when needed

    seen = picture.convert("RGBA")
    white = PIL.Image.new("RGBA", seen.size, "white")
    return PIL.Image.alpha_composite(white, seen).convert("RGB")
