import pytest

from compliance.export.hidden import name_hidden


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\u202eb", "a[U+202E]b"),
        ("a\x00b\x1bc", "a[U+0000]b[U+001B]c"),
        ("a\u00adb\u200bc", "a[U+00AD]b[U+200B]c"),
        ("a\ufffeb", "a[U+FFFE]b"),
        ("a\ud800b", "a[U+D800]b"),
        ("a\tb\r\nc\rd", "a b\nc\nd"),
    ],
)
def test_what_nobody_sees_is_named(typed: str, shown: str) -> None:
    assert name_hidden(typed) == shown


@pytest.mark.parametrize("text", ["漢字 😀", "👩\u200d⚕️", "می\u200cخواهم", "א\u200fב", "؀٦"])
def test_what_a_script_needs_stays(text: str) -> None:
    assert name_hidden(text) == text
