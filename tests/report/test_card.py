import re
import subprocess
from io import BytesIO

import pikepdf
import pytest

from compliance.report.fonts import printable
from compliance.report.pdf import render_card

WORDS = {
    "name": "Dana Reyes",
    "role": "clinic manager",
    "meaning": "Prepared: this records what I saw, read or was told that day.",
    "at": "2026-11-23 17:52:10 −07:00 (America/Denver)",
    "fingerprint": "certificate amber canyon violin",
}
NAMES = {
    "short": "Dana Reyes",
    "long": "Dr. Zoë Brontë-Ólafsdóttir von Hohenlohe-Langenburg de la Santísima Trinidad",
    "one word": "W" * 90,
    "other script": "漢字漢字漢字",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_card_holds_every_word_on_one_page(name: str) -> None:
    card = render_card(**{**WORDS, "name": name})
    command = ["pdftotext", "-raw", "-x", "0", "-y", "0", "-W", "227", "-H", "79", "-", "-"]
    read = subprocess.run(command, input=card, capture_output=True, check=True).stdout.decode()
    for text in (name, *list(WORDS.values())[1:]):
        assert re.sub(r"\s", "", printable(text)) in re.sub(r"\s", "", read)


def test_a_card_is_one_page_of_80_by_28_mm_with_its_fonts() -> None:
    with pikepdf.open(BytesIO(render_card(**WORDS))) as card:
        assert len(card.pages) == 1
        box = [float(side) / 72 * 25.4 for side in card.pages[0].mediabox]
        assert [round(side) for side in box] == [0, 0, 80, 28]
        assert b'pdfaid:part="3"' in card.Root.Metadata.read_bytes()


def test_a_card_too_full_is_cut_and_still_one_page() -> None:
    with pikepdf.open(BytesIO(render_card(**{**WORDS, "meaning": "word " * 900}))) as card:
        assert len(card.pages) == 1


def test_the_same_card_has_the_same_bytes() -> None:
    assert render_card(**WORDS) == render_card(**WORDS)
