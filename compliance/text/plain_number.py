"""A number exactly as it stands in a YAML text."""

import re

from compliance.text.yaml_text import Document, Path

_NUMBER = re.compile(r"[-+.0-9eE]+")


def as_written(document: Document, path: Path) -> object:
    """Return the value at `path`; a number as the text that was typed.

    A binary fraction is not what was typed (0.00001, seventeen digits), and a licence number
    that begins with a zero is no number at all.
    """
    value: object = document.data
    for step in path:
        value = value[step]  # type: ignore[index]  # a path of this document leads through its data
    if not isinstance(value, int | float):
        return value
    position = document.locate(path)
    line = document.lines[position.line - 1]
    typed = _NUMBER.match(line, position.column - 1)
    return typed[0] if typed else str(value)
