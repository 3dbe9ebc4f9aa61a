"""Characters that no reader can see, or that no file may hold: they are named instead."""

import unicodedata
from functools import cache

_SHOWN = frozenset("\u061c\u200c\u200d\u200e\u200f")
"""Invisible by themselves, but needed to write Arabic, Hebrew, Indic scripts and emoji."""

_VISIBLE_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
"""Signs that Unicode counts as formatting although they are drawn."""

_NO_CHARACTERS = frozenset("\ufffe\uffff")
_HIDING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def name_hidden(text: str) -> str:
    r"""Return text in which each hidden character stands as `[U+202E]`; line breaks become `\n`.

    A direction override, say, would make a line read otherwise than it was typed, and a control
    character would make the draft a damaged file.
    """
    return text.replace("\r\n", "\n").translate(_table())


class _Table(dict[int, str | int]):
    """Code points to themselves, or to their number in brackets; filled as it is asked."""

    def __missing__(self, code: int) -> str | int:
        self[code] = f"[U+{code:04X}]" if _is_hidden(chr(code)) else code
        return self[code]


@cache
def _table() -> _Table:
    return _Table({0x09: " ", 0x0A: 0x0A, 0x0D: 0x0A})


def _is_hidden(character: str) -> bool:
    if character in _SHOWN or character in _VISIBLE_FORMATS:
        return False
    return unicodedata.category(character) in _HIDING or character in _NO_CHARACTERS
