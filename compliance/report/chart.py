"""Charts as SVG made from numbers: legible without colour, each with its title as alternative text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from xml.sax.saxutils import escape, quoteattr

WIDTH = 643
"""The measure of a US Letter page between its margins, in CSS pixels."""

_LABEL, _CAPTION = 92, 156
_BAR, _PITCH = 15, 20
_ROOM = WIDTH - _LABEL - _CAPTION
_INK, _ACCENT, _PAPER = "#16232b", "#1f5f74", "#ffffff"
_LEAST_FOR_A_NUMBER = 13
_LEGEND = tuple(_LABEL + offset for offset in (0, 92, 154, 258))

_PATTERNS = (
    '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse">'
    f'<rect width="5" height="5" fill="{_PAPER}"/>'
    f'<path d="M-1,1 L1,-1 M0,5 L5,0 M4,6 L6,4" stroke="{_ACCENT}" stroke-width="1.2"/></pattern></defs>'
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One force: its counts in the order conforming, partly, not determined, gap; and a caption."""

    label: str
    counts: tuple[int, int, int, int]
    caption: str


@dataclass(frozen=True, slots=True)
class _Fill:
    """How one conclusion is drawn: what fills it, and the ink of a number upon it."""

    word: str
    fill: str
    ink: str


_FILLS = (
    _Fill("conforming", _ACCENT, _PAPER),
    _Fill("partly", "url(#hatch)", _INK),
    _Fill("not determined", _PAPER, _INK),
    _Fill("gap seen", _INK, _PAPER),
)


def draw_bars(bars: Sequence[Bar], title: str) -> str:
    """Return stacked bars, all on one scale, so that a force with few questions looks small."""
    longest = max((sum(bar.counts) for bar in bars), default=0) or 1
    parts = [_bar(bar, index * _PITCH + 2, _ROOM / longest) for index, bar in enumerate(bars)]
    floor = len(bars) * _PITCH
    return _svg(floor + 20, title, _PATTERNS, *parts, *_legend(floor + 6))


def _bar(bar: Bar, top: int, scale: float) -> str:
    edges = [0, *accumulate(bar.counts)]
    pieces = zip(bar.counts, edges, _FILLS, strict=False)
    segments = [
        _segment(_LABEL + edge * scale, top, number, scale, fill)
        for number, edge, fill in pieces
        if number
    ]
    end = _LABEL + edges[-1] * scale + 8
    return "".join(
        (
            _text(0, top + 11, bar.label, weight=600),
            *segments,
            _text(end, top + 11, bar.caption),
        )
    )


def _segment(left: float, top: int, number: int, scale: float, fill: _Fill) -> str:
    width = number * scale
    shape = _box(left, top, width, _BAR, fill.fill)
    if width < _LEAST_FOR_A_NUMBER or fill.fill.startswith("url"):
        return shape
    return shape + _text(left + width / 2, top + 11, str(number), ink=fill.ink, anchor="middle")


def _legend(top: int) -> Iterator[str]:
    for fill, left in zip(_FILLS, _LEGEND, strict=True):
        yield _box(left, top, 10, 10, fill.fill)
        yield _text(left + 15, top + 9, fill.word)


@dataclass(frozen=True, slots=True)
class Point:
    """Something dated: the number it has in the list below the chart, and its day from today."""

    number: int
    days: int


_LEFT, _RIGHT, _LANE, _RADIUS = 74, WIDTH - 34, 18, 7.5


def draw_timeline(points: Sequence[Point], today: date, horizon: int, title: str) -> str:
    """Return the coming days as a line with numbered points; what has lapsed stands before it."""
    places = [(_place(point.days, horizon), point.number) for point in points]
    lanes = _lanes([place for place, _ in places])
    axis = (max(lanes, default=0) + 1) * _LANE + 4
    dots = [
        _dot(place, axis - 12 - lane * _LANE, number, lapsed=place < _LEFT)
        for (place, number), lane in zip(places, lanes, strict=True)
    ]
    return _svg(axis + 32, title, *_axis(axis, today, horizon), *dots)


def _place(days: int, horizon: int) -> float:
    """Return where a day lies; everything before today shares one column."""
    return _LEFT - 44 if days < 0 else _LEFT + days * (_RIGHT - _LEFT) / horizon


def _lanes(places: Sequence[float]) -> list[int]:
    """Return for each place the lowest lane in which it touches none before it."""
    ends: list[float] = []
    lanes = []
    for place in places:
        lane = next((at for at, end in enumerate(ends) if place - end > _LANE), len(ends))
        ends[lane : lane + 1] = [place]
        lanes.append(lane)
    return lanes


def _axis(level: int, today: date, horizon: int) -> Iterator[str]:
    yield _line(_LEFT, level, _RIGHT, level)
    for days in range(0, horizon + 1, 30):
        place = _place(days, horizon)
        yield _line(place, level, place, level + 5)
        when = "today" if days == 0 else f"{days} days"
        yield _text(place, level + 15, when, anchor="middle", weight=600)
        yield _text(place, level + 26, _on(today, days), anchor="middle")
    yield _text(_place(-1, horizon), level + 15, "lapsed", anchor="middle", weight=600)


def _on(today: date, days: int) -> str:
    return (today + timedelta(days=days)).isoformat()


def _dot(x: float, y: float, number: int, *, lapsed: bool) -> str:
    fill, ink = (_INK, _PAPER) if lapsed else (_PAPER, _INK)
    circle = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS}" fill="{fill}" '
        f'stroke="{_INK}" stroke-width="1.1"/>'
    )
    return circle + _text(x, y + 3.2, str(number), ink=ink, anchor="middle", weight=600)


def _svg(height: float, title: str, *parts: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:.0f}" '
        f'viewBox="0 0 {WIDTH} {height:.0f}" role="img"><title>{escape(title)}</title>'
        f"{''.join(parts)}</svg>"
    )


def _box(left: float, top: float, width: float, height: float, fill: str) -> str:
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{fill}" stroke="{_INK}" stroke-width="0.7"/>'
    )


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke="{_INK}" stroke-width="0.9"/>'
    )


def _text(
    x: float, y: float, words: str, *, ink: str = _INK, anchor: str = "start", weight: int = 400
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="Source Sans 3" font-size="11" '
        f'font-weight="{weight}" fill="{ink}" text-anchor={quoteattr(anchor)}>{escape(words)}</text>'
    )
