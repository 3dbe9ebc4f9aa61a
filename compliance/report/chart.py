"""Charts as SVG made from numbers: legible without colour, each with its title as alternative text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from xml.sax.saxutils import escape, quoteattr

from compliance.report.look import contrast_with_white

WIDTH = 643
"""The measure of a US Letter page between its margins, in CSS pixels."""

_LABEL, _CAPTION = 92, 156
_BAR, _PITCH = 15, 20
_INK, _PAPER = "#16232b", "#ffffff"
_LEAST_FOR_A_NUMBER = 13
_LEGEND = tuple(_LABEL + offset for offset in (0, 92, 154, 258))


_STANDS_OUT = 3.1
"""Of a surface on white; WCAG 2.2, 1.4.11 asks for 3."""


def lightened(color: str) -> str:
    """Return a color that can be read on white so light that grey keeps it apart from ink, too."""
    channels = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
    shades = (
        "#" + "".join(f"{c + (255 - c) * share // 100:02x}" for c in channels)
        for share in range(101)
    )
    return next(shade for shade in shades if contrast_with_white(shade) < _STANDS_OUT)


@dataclass(frozen=True, slots=True)
class Pen:
    """The one color of a chart beside black and white, and how large its letters are (1 = usual)."""

    accent: str = "#1f5f74"
    scale: float = 1

    @property
    def width(self) -> float:
        """The width that there is to draw in: large letters leave less of it."""
        return WIDTH / self.scale

    @property
    def patterns(self) -> str:
        """What the fills refer to."""
        return (
            '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse">'
            f'<rect width="5" height="5" fill="{_PAPER}"/><path d="M-1,1 L1,-1 M0,5 L5,0 M4,6 L6,4" '
            f'stroke="{self.accent}" stroke-width="1.2"/></pattern></defs>'
        )


USUAL = Pen()


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


def _fills(pen: Pen) -> tuple[_Fill, ...]:
    return (
        _Fill("conforming", lightened(pen.accent), _INK),
        _Fill("partly", "url(#hatch)", _INK),
        _Fill("not determined", _PAPER, _INK),
        _Fill("gap seen", _INK, _PAPER),
    )


def draw_bars(bars: Sequence[Bar], title: str, pen: Pen = USUAL) -> str:
    """Return stacked bars, all on one scale, so that a force with few questions looks small."""
    longest = max((sum(bar.counts) for bar in bars), default=0) or 1
    unit = (pen.width - _LABEL - _CAPTION) / longest
    parts = [_bar(bar, index * _PITCH + 2, unit, pen) for index, bar in enumerate(bars)]
    floor = len(bars) * _PITCH
    return _svg(pen, floor + 20, title, pen.patterns, *parts, *_legend(floor + 6, pen))


def _bar(bar: Bar, top: int, scale: float, pen: Pen) -> str:
    edges = [0, *accumulate(bar.counts)]
    pieces = zip(bar.counts, edges, _fills(pen), strict=False)
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
    if width < _LEAST_FOR_A_NUMBER:
        return shape
    if fill.fill.startswith("url"):
        shape += _box(left + width / 2 - 6, top + 1.5, 12, _BAR - 3, _PAPER, line=0)
    return shape + _text(left + width / 2, top + 11, str(number), ink=fill.ink, anchor="middle")


def _legend(top: int, pen: Pen) -> Iterator[str]:
    for fill, left in zip(_fills(pen), _LEGEND, strict=True):
        yield _box(left, top, 10, 10, fill.fill)
        yield _text(left + 15, top + 9, fill.word)


@dataclass(frozen=True, slots=True)
class Point:
    """Something dated: the number it has in the list below the chart, and its day from today."""

    number: int
    days: int


_LEFT, _MARGIN, _LANE, _RADIUS = 74, 34, 18, 7.5
_MOST_LANES = 3


def draw_timeline(
    points: Sequence[Point], today: date, horizon: int, title: str, pen: Pen = USUAL
) -> str:
    """Return the coming days as a line with numbered points; what has lapsed is counted before it."""
    per_day = (pen.width - _MARGIN - _LEFT) / horizon
    coming = [(_LEFT + p.days * per_day, p.number) for p in points if p.days >= 0]
    lanes = _lanes([place for place, _ in coming])
    axis = min(max(lanes, default=0) + 1, _MOST_LANES) * _LANE + 6
    dots = [
        _dot(place, axis - 12 - lane * _LANE, words) for place, lane, words in _stack(coming, lanes)
    ]
    gone = sum(point.days < 0 for point in points)
    before = [_dot(_LEFT - 44, axis - 12, f"{gone}×", lapsed=True)] if gone else []
    return _svg(pen, axis + 32, title, *_axis(axis, today, horizon, per_day), *before, *dots)


def _stack(
    coming: Sequence[tuple[float, int]], lanes: Sequence[int]
) -> Iterator[tuple[float, int, str]]:
    """Yield place, lane and words of each dot; where the top lane is too full, `+3` stands for three."""
    top: list[tuple[float, list[int]]] = []
    for (place, number), lane in zip(coming, lanes, strict=True):
        if lane < _MOST_LANES - 1:
            yield place, lane, str(number)
        elif top and place - top[-1][0] <= _LANE:
            top[-1][1].append(number)
        else:
            top.append((place, [number]))
    for place, numbers in top:
        words = str(numbers[0]) if len(numbers) == 1 else f"+{len(numbers)}"
        yield place, _MOST_LANES - 1, words


def _lanes(places: Sequence[float]) -> list[int]:
    """Return for each place the lowest lane in which it touches none before it."""
    ends: list[float] = []
    lanes = []
    for place in places:
        lane = next((at for at, end in enumerate(ends) if place - end > _LANE), len(ends))
        ends[lane : lane + 1] = [place]
        lanes.append(lane)
    return lanes


def _axis(level: int, today: date, horizon: int, per_day: float) -> Iterator[str]:
    yield _line(_LEFT, level, _LEFT + horizon * per_day, level)
    for days in range(0, horizon + 1, 30):
        place = _LEFT + days * per_day
        yield _line(place, level, place, level + 5)
        when = "today" if days == 0 else f"{days} days"
        yield _text(place, level + 15, when, anchor="middle", weight=600)
        yield _text(place, level + 26, _on(today, days), anchor="middle")
    yield _text(_LEFT - 44, level + 15, "lapsed", anchor="middle", weight=600)


def _on(today: date, days: int) -> str:
    return (today + timedelta(days=days)).isoformat()


def _dot(x: float, y: float, words: str, *, lapsed: bool = False) -> str:
    fill, ink = (_INK, _PAPER) if lapsed else (_PAPER, _INK)
    circle = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS}" fill="{fill}" '
        f'stroke="{_INK}" stroke-width="1.1"/>'
    )
    return circle + _text(x, y + 3.2, words, ink=ink, anchor="middle", weight=600)


def _svg(pen: Pen, height: float, title: str, *parts: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
        f'height="{height * pen.scale:.0f}" viewBox="0 0 {pen.width:.0f} {height:.0f}" '
        f'role="img"><title>{escape(title)}</title>'
        f"{''.join(parts)}</svg>"
    )


def _box(
    left: float, top: float, width: float, height: float, fill: str, *, line: float = 0.7
) -> str:
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{fill}" stroke="{_INK if line else "none"}" stroke-width="{line}"/>'
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
