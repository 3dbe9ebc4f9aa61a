"""The sheet of paper that a report is set on: its size, margins, letters and one color."""

from dataclasses import dataclass

from compliance.report.look import Look


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the style sheet of the page takes, as CSS writes it."""

    size: str
    margins: str
    letters: str
    small: str
    accent: str


_SIZES = {"letter": ("Letter", "86.5px"), "a4": ("A4", "75.36px")}
"""Each paper with its side margins: between them lie 643 px on both, so that lines break alike."""

_LETTERS, _SMALL = 9.6, 8.3


def sheet(look: Look) -> Sheet:
    """Return the sheet of a look; large print grows the letters and leaves the paper as it is."""
    size, side = _SIZES[look.paper]
    return Sheet(
        size=size,
        margins=f"86px {side} 77px",
        letters=f"{_LETTERS * look.letters:.1f}pt",
        small=f"{min(_SMALL * look.letters, 10.0):.1f}pt",
        accent=look.theme.accent,
    )
