"""White space as a browser would show it: runs collapse, line breaks stay where they are meant."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from compliance.export.document import Run, Runs

_AROUND_A_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_SPACES = re.compile(r"[ \t]+")
_WHITE = re.compile(r"[ \t\n\f\r]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run as it stands in the HTML, and whether its line breaks are meant."""

    run: Run
    keeps: bool


def settle(pieces: Iterable[Piece]) -> Runs:
    """Return the runs of one paragraph as they are seen; empty where nothing is."""
    settled: list[Run] = []
    for piece in pieces:
        text = _collapse(piece)
        last = settled[-1].text if settled else "\n"
        if text.startswith("\n") and settled:
            _trim_last(settled)
        if last[-1] in " \n":
            text = text.lstrip(" ")
        if text:
            _append(settled, replace(piece.run, text=text))
    return _without_edges(settled)


def _collapse(piece: Piece) -> str:
    if piece.keeps:
        return _SPACES.sub(" ", _AROUND_A_BREAK.sub("\n", piece.run.text))
    return _WHITE.sub(" ", piece.run.text)


def _append(settled: list[Run], run: Run) -> None:
    """Add a run; one of the same kind as the last is joined to it."""
    if settled and replace(settled[-1], text="") == replace(run, text=""):
        settled[-1] = replace(run, text=settled[-1].text + run.text)
    else:
        settled.append(run)


def _trim_last(settled: list[Run]) -> None:
    """Take the space at the end of the last run away: a line break follows."""
    text = settled[-1].text.rstrip(" ")
    if text:
        settled[-1] = replace(settled[-1], text=text)
    else:
        settled.pop()


def _without_edges(settled: list[Run]) -> Runs:
    while settled and not settled[0].text.strip(" \n"):
        settled.pop(0)
    while settled and not settled[-1].text.strip(" \n"):
        settled.pop()
    if settled:
        settled[0] = replace(settled[0], text=settled[0].text.lstrip(" \n"))
        settled[-1] = replace(settled[-1], text=settled[-1].text.rstrip(" \n"))
    return tuple(settled)
