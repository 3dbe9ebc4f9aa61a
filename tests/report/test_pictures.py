"""Small pictures of evidence: decoded within limits, upright, on white, without their metadata."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from PIL import Image, ImageFile

from compliance.report.making import make_pdf
from compliance.report.picture import thumbnail

if TYPE_CHECKING:
    from collections.abc import Mapping

RED, BLUE = (200, 20, 20), (20, 20, 200)
GPS, ORIENTATION, DESCRIPTION = 0x8825, 0x0112, 0x010E


def save(picture: Image.Image, kind: str, **options: Any) -> bytes:  # noqa: ANN401 - Pillow's
    written = BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def halves(width: int = 400, height: int = 200) -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    made = Image.new("RGB", (width, height), RED)
    made.paste(BLUE, (width // 2, 0, width, height))
    return made


def small(raw: bytes) -> Image.Image:
    """Return the small picture of a file; that there is one."""
    made = thumbnail(raw)
    assert made
    with Image.open(BytesIO(base64.b64decode(made))) as opened:
        opened.load()
        assert (opened.format, opened.mode) == ("JPEG", "RGB")
        assert max(opened.size) <= 216
        return opened.copy()


def near(seen: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(seen, tuple)
    return all(abs(one - other) < 30 for one, other in zip(seen, wanted, strict=True))


def photo(orientation: int) -> bytes:
    """Return what a telephone makes: which way is up, when, and where."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[DESCRIPTION] = "Patient J. Marsh"
    exif.get_ifd(GPS).update({1: "N", 2: (39.0, 44.0, 20.5), 3: "W", 4: (104.0, 59.0, 25.4)})
    return save(halves(), "JPEG", exif=exif, comment=b"Patient J. Marsh", quality=95)


def test_a_photo_loses_its_place_and_every_other_word() -> None:
    raw = photo(1)
    assert b"Marsh" in raw
    assert b"Exif" in raw
    made = base64.b64decode(thumbnail(raw))
    assert not [word for word in (b"Marsh", b"Exif", b"http", b"GPS") if word in made]
    with Image.open(BytesIO(made)) as opened:
        assert not opened.getexif()
        assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize(
    ("orientation", "size", "at", "color"),
    [
        (1, (216, 108), (20, 50), RED),
        (3, (216, 108), (20, 50), BLUE),
        (6, (108, 216), (50, 20), RED),
        (8, (108, 216), (50, 20), BLUE),
        (99, (216, 108), (20, 50), RED),
    ],
)
def test_a_photo_stands_upright(
    orientation: int, size: tuple[int, int], at: tuple[int, int], color: tuple[int, int, int]
) -> None:
    made = small(photo(orientation))
    assert made.size == size
    assert near(made.getpixel(at), color)


def test_what_is_transparent_is_white() -> None:
    clear = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    clear.paste((*RED, 255), (50, 0, 100, 100))
    made = small(save(clear, "PNG"))
    assert near(made.getpixel((10, 50)), (255, 255, 255))
    assert near(made.getpixel((90, 50)), RED)


def test_a_palette_with_a_clear_color_is_on_white() -> None:
    drawn = Image.new("P", (80, 80), 0)
    drawn.putpalette([0, 0, 0, *RED])
    drawn.paste(1, (40, 0, 80, 80))
    made = small(save(drawn, "PNG", transparency=0))
    assert near(made.getpixel((10, 40)), (255, 255, 255))
    assert near(made.getpixel((70, 40)), RED)


def test_the_inks_of_a_printer_become_the_colors_of_a_screen() -> None:
    made = small(save(Image.new("CMYK", (60, 60), (0, 255, 255, 0)), "JPEG", quality=95))
    red, green, blue = made.getpixel((30, 30))  # type: ignore[misc]  # three channels
    assert red > 200
    assert max(green, blue) < 80


def test_a_scan_of_sixteen_bits_is_not_all_white() -> None:
    grey = Image.new("I;16", (64, 64), 0x8000)
    assert near(small(save(grey, "PNG")).getpixel((30, 30)), (128, 128, 128))


def test_a_fax_of_one_bit_is_seen() -> None:
    made = small(save(Image.new("1", (900, 1200), 0), "TIFF", compression="group4"))
    assert near(made.getpixel((50, 50)), (0, 0, 0))


def test_of_a_moving_picture_the_first_is_taken() -> None:
    pictures = [Image.new("RGB", (50, 50), color) for color in (RED, BLUE)]
    raw = save(pictures[0], "GIF", save_all=True, append_images=pictures[1:], duration=40)
    assert near(small(raw).getpixel((25, 25)), RED)


def test_a_sliver_stays_a_picture() -> None:
    assert small(save(halves(4000, 2), "PNG")).size == (216, 1)


def test_the_same_bytes_give_the_same_picture() -> None:
    raw = photo(6)
    assert thumbnail(raw) == thumbnail(raw)
    assert thumbnail(raw) != thumbnail(photo(8))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *more: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    packed = chunk(b"IDAT", zlib.compress(bytes(10_000_000), 9))
    return b"".join((b"\x89PNG\r\n\x1a\n", header, *more, packed, chunk(b"IEND", b"")))


NO_PICTURES = {
    "a text called a PNG": b"This is a note, and no picture.\n",
    "nothing": b"",
    "a PDF": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "the beginning of a PNG": b"\x89PNG\r\n\x1a\n",
    "the beginning of a JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "a photo cut off": photo(1)[:1200],
    "a bomb of pixels": png(60_000, 60_000),
    "a bomb of pixels in a GIF": b"GIF89a\xff\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02",
    "a bomb of text": png(
        8, 8, chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9))
    ),
    "a picture of no size": png(0, 0),
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
}


@pytest.mark.parametrize("raw", NO_PICTURES.values(), ids=NO_PICTURES)
def test_what_is_no_picture_or_a_trap_has_no_small_one(raw: bytes) -> None:
    assert thumbnail(raw) == ""


@pytest.mark.parametrize("lenient", [True, False])
def test_a_picture_that_is_cut_off_has_none_whatever_was_loaded_before(
    monkeypatch: pytest.MonkeyPatch, *, lenient: bool
) -> None:
    """WeasyPrint switches the whole process to leniency; the same bytes must give the same report."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    assert thumbnail(photo(1)[:1200]) == ""
    assert lenient == ImageFile.LOAD_TRUNCATED_IMAGES


def test_a_picture_of_the_evidence_is_tagged_with_what_it_shows(
    carried: Mapping[str, bytes],
) -> None:
    shown = json.loads(carried["thumbnails.json"])
    with pikepdf.open(BytesIO(make_pdf(carried))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        figures = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
        words = [str(figure.get("/Alt", "")) for figure in figures]
        assert all(words)
        assert len([word for word in words if word.startswith("Small picture of ")]) == len(shown)
        pictures = [
            image
            for page in pdf.pages
            for image in page.Resources.get("/XObject", {}).values()
            if image.get("/Subtype") == "/Image"
        ]
        assert (60, 40) in {(int(one.Width), int(one.Height)) for one in pictures}
