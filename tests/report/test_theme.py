"""A firm's look: data only, read within limits, refused in one sentence that says where."""

from __future__ import annotations

import base64
import random
import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image

from compliance.conduct.rendering import load_theme
from compliance.errors import InputError
from compliance.report.context import build_context
from compliance.report.fonts import printable
from compliance.report.html import render_html
from compliance.report.look import Look, Theme
from compliance.report.making import make_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from compliance.audit.result import Result

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1/x.png"/></svg>'


def picture(width: int, height: int, kind: str = "PNG", mode: str = "RGB") -> bytes:
    written = BytesIO()
    Image.new(mode, (width, height), "navy").save(written, kind)
    return written.getvalue()


def noise(side: int) -> bytes:
    """Return a PNG that cannot be made smaller."""
    written = BytesIO()
    raw = random.Random(1).randbytes(side * side * 3)  # noqa: S311 - no secret
    Image.frombytes("RGB", (side, side), raw).save(written, "PNG")
    return written.getvalue()


def bomb(side: int) -> bytes:
    """Return the beginning of a PNG that claims to be far larger than it is."""
    header = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    head = b"\x89PNG\r\n\x1a\n\0\0\0\r" + header + struct.pack(">I", zlib.crc32(header))
    return head + b"\0\0\0\0IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a theme file, with a logo beside it if wished."""

    def written(text: str | bytes, **files: bytes) -> Path:
        for name, raw in files.items():
            (tmp_path / name.replace("_", ".")).write_bytes(raw)
        path = tmp_path / "theme.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


def trouble(path: Path) -> str:
    with pytest.raises(InputError) as raised:
        load_theme(path)
    return str(raised.value).replace(f"{path.parent}/", "")


def test_a_firm_s_name_color_and_logo_are_taken(write: Callable[..., Path]) -> None:
    path = write(
        "firm: Marsh Consulting\naccent: '#7A1F5C'\nlogo: logo.png\n", logo_png=picture(30, 20)
    )
    theme = load_theme(path)
    assert (theme.firm, theme.accent) == ("Marsh Consulting", "#7a1f5c")
    raw = base64.b64decode(theme.logo.removeprefix("data:image/png;base64,"))
    with Image.open(BytesIO(raw)) as logo:
        assert (logo.format, logo.size) == ("PNG", (30, 20))


def test_a_theme_that_says_nothing_is_the_usual_look(write: Callable[..., Path]) -> None:
    assert load_theme(write("{}")) == Theme()


REFUSED = {
    "too light a color": (
        "firm: Marsh\naccent: '#9fd8e8'\n",
        "theme.yaml:2:9: ",
        "too light to be read on white: its contrast is 1.6 to 1",
    ),
    "a color by its name": ("accent: navy\n", "theme.yaml:1:9: ", "write six hex digits"),
    "a color that is an address": ("accent: url(http://x/y)\n", "theme.yaml:1:9: ", "no color"),
    "a color that goes on": ("accent: '#1f5f74;} p {'\n", "theme.yaml:1:9: ", "no color"),
    "a key that nobody knows": ("firm: A\nfont: Arial\n", "theme.yaml:2:1: ", "font"),
    "a remote font": ("fonts: [https://x.example/a.woff2]\n", "theme.yaml:1:1: ", "fonts"),
    "a style sheet": ("css: '@import url(//x.example)'\n", "theme.yaml:1:1: ", "css"),
    "a name too long": (f"firm: {'Marsh ' * 20}\n", "theme.yaml:1:7: ", "at most 60 characters"),
    "a name of hidden characters": ('firm: "A\\u202Eb"\n', "theme.yaml:1:7: ", ""),
    "a name that is a list": ("firm: [A, B]\n", "theme.yaml:1:7: ", ""),
    "an empty name": ("firm: ''\n", "theme.yaml:1:7: ", "empty"),
    "a key twice": ("firm: A\nfirm: B\n", "theme.yaml:2:1: ", ""),
    "a program": ("firm: !!python/object/apply:os.system [ls]\n", "theme.yaml:1:7: ", ""),
    "an empty file": ("", "theme.yaml:1:1: ", "names with values"),
    "only a remark": ("# later\n", "theme.yaml:1:1: ", "names with values"),
    "a list": ("- firm\n", "theme.yaml:1:1: ", ""),
    "no YAML": ("firm: [\n", "theme.yaml:", ""),
    "no text": (b"\xff\xfe\x00", "theme.yaml", ""),
}


@pytest.mark.parametrize(("text", "where", "what"), REFUSED.values(), ids=REFUSED)
def test_a_theme_is_refused_with_line_and_column(
    write: Callable[..., Path], text: str | bytes, where: str, what: str
) -> None:
    said = trouble(write(text))
    assert said.startswith(where)
    assert what in said
    assert said.isprintable() or "\n" in said


LOGOS = {
    "missing": ("logo.png", None, "There is no file “logo.png”"),
    "in another folder": ("../logo.png", None, "must be the name of a file beside the theme"),
    "by its full path": ("/etc/logo.png", None, "must be the name of a file beside the theme"),
    "remote": ("https://x.example/logo.png", None, "nothing is fetched"),
    "in the theme itself": ("data:image/png;base64,AAAA", None, "must be the name of a file"),
    "a drawing": ("logo.svg", SVG, "“logo.svg” is no PNG or JPEG"),
    "a drawing called a PNG": ("logo.png", SVG, "“logo.png” is no PNG or JPEG"),
    "a text": ("logo.png", b"hello", "“logo.png” is no PNG or JPEG"),
    "empty": ("logo.png", b"", "“logo.png” is no PNG or JPEG"),
    "cut off": ("logo.png", picture(300, 300)[:90], "“logo.png” is damaged"),
    "only begun": ("logo.png", b"\x89PNG\r\n\x1a\n", "“logo.png” is damaged"),
    "a JPEG cut off": ("logo.jpg", picture(300, 300, "JPEG")[:400], "“logo.jpg” is damaged"),
    "20 megapixels": ("logo.png", picture(5000, 4000, mode="L"), "has 20 million pixels"),
    "a bomb": ("logo.png", bomb(60_000), "has far too many pixels"),
    "5 MB": ("logo.png", noise(1300), "logo.png"),
}


@pytest.mark.parametrize(("name", "raw", "said"), LOGOS.values(), ids=LOGOS)
def test_a_logo_that_cannot_be_used_is_refused_in_one_line(
    write: Callable[..., Path], name: str, raw: bytes | None, said: str
) -> None:
    path = write(f"logo: '{name}'\n")
    if raw is not None:
        (path.parent / name).write_bytes(raw)
    message = trouble(path)
    assert said in message
    assert name in message
    assert message.isprintable()


def test_a_logo_that_is_a_folder_is_refused(write: Callable[..., Path]) -> None:
    path = write("logo: logos\n")
    (path.parent / "logos").mkdir()
    assert "logos" in trouble(path)


def test_a_logo_keeps_neither_place_nor_comment(write: Callable[..., Path]) -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken in the treatment room"
    written = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(
        written, "JPEG", exif=exif, comment=b"taken by Dana", icc_profile=b"a profile"
    )
    theme = load_theme(write("logo: logo.jpg\n", logo_jpg=written.getvalue()))
    raw = base64.b64decode(theme.logo.partition(",")[2])
    assert b"taken" not in raw
    assert b"profile" not in raw


def test_the_accent_colors_rules_heads_and_charts(sunrise: Result) -> None:
    look = Look(theme=Theme(accent="#7a1f5c"))
    html = render_html(build_context(sunrise.as_data(), look))
    assert "1f5f74" not in html.partition("<body")[2]
    for rule in (
        "h3, .record h4, .kind { color: #7a1f5c }",
        "h2, .record h3 { border-color: #7a1f5c }",
    ):
        assert rule in html
    assert html.count('fill="#7a1f5c"') > 3
    assert 'stroke="#7a1f5c"' in html


def test_a_firm_s_name_in_another_script_is_printable(sunrise: Result) -> None:
    theme = Theme(firm="漢字 Consulting שלום", logo="data:image/png;base64,AAAA")
    html = render_html(build_context(sunrise.as_data(), Look(theme=theme)))
    assert html == printable(html)
    assert html.count("[U+6F22][U+5B57] Consulting") == 3  # the cover, its logo, every foot


def test_a_firm_s_name_stays_as_typed_for_outputs_without_fonts(sunrise: Result) -> None:
    made = build_context(sunrise.as_data(), Look(theme=Theme(firm="漢字")), as_typed=True)
    assert made.cover.firm == "漢字"


@pytest.mark.parametrize("view", ["full", "binder"])
def test_the_logo_is_in_the_pdf_with_words_for_who_cannot_see_it(
    write: Callable[..., Path], carried: Mapping[str, bytes], view: str
) -> None:
    path = write("firm: Marsh Consulting\nlogo: logo.png\n", logo_png=picture(300, 200))
    look = Look(view=view, theme=load_theme(path))  # type: ignore[arg-type]  # one of the views
    with pikepdf.open(BytesIO(make_pdf(carried, look))) as pdf:
        alternatives = [
            str(item.get("/Alt", ""))
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
        images = pdf.pages[0].Resources.XObject.values()
        sizes = {(int(i.Width), int(i.Height)) for i in images if i.Subtype == "/Image"}
    assert alternatives[0] == "Logo: Marsh Consulting"
    assert (300, 200) in sizes
