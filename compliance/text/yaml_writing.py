"""Data as YAML 1.2 that reads back as what it was, here and in any other reader."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Union

Leaf = str | Decimal | date | tuple[str, ...]
Tree = Mapping[str, Union[Leaf, "Tree"]]

STEP = 2
_PLAIN = re.compile(r"[^\W\d_]([\w .()/'&+-]*[\w.)/'&+])?\Z")
_NO_TEXTS = frozenset({"null", "true", "false"})
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def write_scalar(text: str) -> str:
    """Return a text as a scalar for any place: plain where it is one word or more, else quoted.

    What looks like a number, a date, a null or a boolean is quoted; `yes` and `no` are words.
    A character that cannot be seen is written as its escape.
    """
    if _PLAIN.match(text) and text.lower() not in _NO_TEXTS:
        return text
    return '"' + "".join(_escape(character) for character in text) + '"'


def write_leaf(value: Leaf) -> str:
    """Return a value on one line; a list in brackets, a number in digits, a date as it is."""
    if isinstance(value, tuple):
        return "[" + ", ".join(write_scalar(one) for one in value) + "]"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return write_scalar(value) if isinstance(value, str) else str(value)


def write_text(text: str, indent: int) -> str:
    """Return what stands behind a key: a text of several lines as a block where that keeps it."""
    lines = text.split("\n")
    fits = all(line.isprintable() and line == line.rstrip() for line in lines)
    if len(lines) == 1 or not fits or text != text.strip():
        return write_scalar(text)
    block = "\n".join(" " * indent + line if line else "" for line in lines)
    return f"|-\n{block}"


def write_flow(value: Leaf | Tree) -> str:
    """Return a value or a mapping on one line."""
    if isinstance(value, Mapping):
        entries = (f"{write_scalar(key)}: {write_flow(one)}" for key, one in value.items())
        return "{" + ", ".join(entries) + "}"
    return write_leaf(value)


def write_entry(key: str, value: Leaf | Tree, indent: int) -> str:
    """Return one entry of a mapping over as many lines as it needs, without a line end."""
    head = f"{' ' * indent}{write_scalar(key)}:"
    if isinstance(value, Mapping) and value:
        return f"{head}\n{write_tree(value, indent + STEP)}"
    return f"{head} {write_flow(value)}"


def write_tree(tree: Tree, indent: int = 0) -> str:
    """Return a mapping line by line, without a line end."""
    return "\n".join(write_entry(key, value, indent) for key, value in tree.items())


def _escape(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"  # noqa: PLR2004 - four digits
