import os
from pathlib import Path

import pytest

from compliance.report.fonts import only_bundled_fonts, printable, printable_data

SHOWN = {
    "Latin": "Zoë Brontë-Ólafsdóttir, Łódź, Ağrı, Ơn, Ḥaifa",
    "Greek": "Ψυχίατρος ἀρχή",
    "Cyrillic": "психиатр Ђорђе їжак",
    "signs": "§ 1301.75(b) – “quoted” … 5 × 2 ≥ 3 ½ µg €10 №7 ✓",
    "a space that does not break": "21\u00a0CFR",
    "a combining mark": "x\u0323",
    "line breaks": "one\ntwo",
}
REPLACED = {
    "漢": "[U+6F22]",
    "😀": "[U+1F600]",
    "שלום": "[U+05E9][U+05DC][U+05D5][U+05DD]",
    "\u202egnp.exe": "[U+202E]gnp.exe",
    "a\u200bb": "a[U+200B]b",
    "a\u00adb": "a[U+00AD]b",
    "a\ufe0f": "a[U+FE0F]",
    "\x00\x1b": "[U+0000][U+001B]",
    "\ud800": "[U+D800]",
    "a\tb": "a b",
    "a\r\nb\rc": "a\nb\nc",
}


@pytest.mark.parametrize("text", SHOWN.values(), ids=SHOWN)
def test_what_the_fonts_hold_is_printed_as_it_is(text: str) -> None:
    assert text == printable(text)


@pytest.mark.parametrize(("text", "printed"), REPLACED.items(), ids=map(ascii, REPLACED))
def test_what_nobody_could_see_is_printed_by_its_number(text: str, printed: str) -> None:
    assert printed == printable(text)


def test_every_text_in_data_becomes_printable_and_nothing_else_changes() -> None:
    data = {"漢": ["漢", 1, None, True, {"a": ("漢",)}]}
    assert printable_data(data) == {"漢": ["[U+6F22]", 1, None, True, {"a": ["[U+6F22]"]}]}


@pytest.mark.parametrize("before", [None, "/etc/fonts/other.conf"])
def test_the_font_configuration_is_ours_within_and_theirs_after(
    before: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    if before:
        monkeypatch.setenv("FONTCONFIG_FILE", before)
    with only_bundled_fonts():
        ours = Path(os.environ["FONTCONFIG_FILE"])
        assert "report/fonts</dir>" in ours.read_text(encoding="utf-8")
    assert before == os.environ.get("FONTCONFIG_FILE")
    assert not ours.exists()


def test_the_font_configuration_is_put_back_after_a_failure() -> None:
    before = os.environ.get("FONTCONFIG_FILE")
    with pytest.raises(ZeroDivisionError), only_bundled_fonts():
        raise ZeroDivisionError
    assert before == os.environ.get("FONTCONFIG_FILE")
