"""A library's reason becomes one short line, and none of the file's bytes come with it."""

from __future__ import annotations

import pytest

from compliance.signing.boundary import one_line

REASONS = {
    "no xref here": "no xref here",
    "two\n  lines": "two lines",
    "": "ValueError",
    "invalid literal for int() with base 10: b'x\\x9c'": "it is damaged",
    'invalid literal for int() with base 10: b"x"': "it is damaged",
    "stopped at \\x9c\\x00": "it is damaged",
    "stopped at \x9c": "it is damaged",
    "stopped at \ufffd": "it is damaged",
    "a" * 200: "a" * 119 + "…",
}


@pytest.mark.parametrize(("said", "line"), REASONS.items())
def test_a_reason_is_one_readable_line(said: str, line: str) -> None:
    assert one_line(ValueError(said)) == line
