"""Runs as Markdown: everything that could be taken for a sign of the language is escaped."""

import re
from collections.abc import Iterator
from itertools import pairwise

from compliance.export.document import Run, Runs

_SIGNS = re.compile(r"[\\`*_\[\]<>&|~$#{}]|!\Z")
"""An exclamation mark at the end would make a picture of a link that follows."""

_ADDRESS = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=www)\.", re.IGNORECASE)
_AT_THE_START = re.compile(r"^(\d{1,9})(?=[.)])|^(?=[-+=:])")
"""What makes a list, a line or a heading of a line that begins with it."""

_IN_TARGET = str.maketrans({"\\": "%5C", "<": "%3C", ">": "%3E", "\n": "%0A", "&": r"\&"})
_BARE = re.compile(r"[\w#:/.?=-]+", re.ASCII)
_FOLLOWED = ("#", "http://", "https://", "mailto:")
_STRONG = frozenset({"label", "strong", "mark"})
_BREAK = "\\\n"


def escape(text: str) -> str:
    """Return text with every sign of the language escaped, within a line."""
    return _ADDRESS.sub(r"\\\g<0>", _SIGNS.sub(r"\\\g<0>", text))


def as_lines(runs: Runs) -> str:
    """Return runs as the text of a paragraph, its line breaks kept."""
    return _BREAK.join(_guard(line) for line in _write(runs).split("\n"))


def as_one_line(runs: Runs) -> str:
    """Return runs as the text of a heading: its line breaks become spaces."""
    return _guard(_write(runs).replace("\n", " "))


def as_cell(runs: Runs) -> str:
    """Return runs as the text of a cell, its line breaks kept as HTML, since a row is one line."""
    return "<br>".join(_write(runs).split("\n"))


def _guard(line: str) -> str:
    """Escape what only the beginning of a line gives a meaning to."""
    return _AT_THE_START.sub(r"\1\\", line.lstrip(" "))


def _write(runs: Runs) -> str:
    around = [Run(""), *runs, Run("")]
    marked = (
        _write_run(run, alone=_apart(before.text[-1:], after.text[:1]))
        for (before, run), (_, after) in pairwise(pairwise(around))
    )
    return "".join(marked)


def _apart(before: str, after: str) -> bool:
    return (not before or before.isspace()) and (not after or after.isspace())


def _write_run(run: Run, *, alone: bool) -> str:
    """Return one run; signs of emphasis only hold where white space is around them."""
    linked = run.target.startswith(_FOLLOWED)
    lines = list(_lines(run, may_be_strong=alone or linked))
    if linked:
        target = _write_target(run.target)
        lines = [f"[{line}]({target})" if line else "" for line in lines]
    return "\n".join(lines)


def _write_target(target: str) -> str:
    return target if _BARE.fullmatch(target) else f"<{target.translate(_IN_TARGET)}>"


def _lines(run: Run, *, may_be_strong: bool) -> Iterator[str]:
    for line in run.text.split("\n"):
        bare = line.strip(" ")
        inner = escape(bare) + (":" if run.kind == "label" and bare[-1:].isalnum() else "")
        if run.kind in _STRONG and may_be_strong and bare and bare == bare.strip():
            yield line.replace(bare, f"**{inner}**", 1)
        else:
            yield escape(line)
