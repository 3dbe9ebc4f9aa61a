"""Printed without colour a chart says the same: what touches differs in tone or in pattern.

The measure is WCAG's contrast of relative luminance: 3 for surfaces, 4.5 for letters.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest

from compliance.report.chart import Bar, Point, draw_bars, draw_timeline, lightened

SVG = "{http://www.w3.org/2000/svg}"
BARS = draw_bars([Bar("Law", (40, 30, 20, 10), "40 of 100")], "Requirements by force.")
TIMELINE = draw_timeline([Point(1, -9), Point(2, 9)], date(2026, 11, 23), 90, "What lapses.")


def luminance(colour: str) -> float:
    """Return WCAG's relative luminance of `#rrggbb`."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def told_apart(one: str, other: str) -> bool:
    """Whether two fills differ without colour: one has a pattern, or their tones are far apart."""
    patterned = [fill.startswith("url") for fill in (one, other)]
    if any(patterned):
        return one != other
    return contrast(one, other) >= 3


def fills_of_the_bar() -> list[str]:
    drawn = ET.fromstring(BARS)  # noqa: S314 - we drew it ourselves
    return [str(r.get("fill")) for r in drawn.findall(f"{SVG}rect") if r.get("height") == "15.0"]


def test_the_measure_knows_black_white_and_a_known_pair() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert not told_apart("#1f5f74", "#16232b")


def test_any_two_conclusions_that_may_touch_are_told_apart_in_grey() -> None:
    fills = fills_of_the_bar()
    assert len(fills) == 4
    assert [pair for pair in combinations(fills, 2) if not told_apart(*pair)] == []


def test_a_pattern_differs_in_tone_from_what_it_is_drawn_on() -> None:
    pattern = ET.fromstring(BARS).find(f".//{SVG}pattern")  # noqa: S314 - we drew it ourselves
    assert pattern is not None
    ground, lines = pattern
    assert contrast(str(ground.get("fill")), str(lines.get("stroke"))) >= 3


@pytest.mark.parametrize(("svg", "shape"), [(BARS, "rect"), (TIMELINE, "circle")])
def test_every_shape_stands_out_from_the_paper(svg: str, shape: str) -> None:
    shapes = ET.fromstring(svg).findall(f"{SVG}{shape}")  # noqa: S314 - we drew it ourselves
    lined = [one.get("stroke") for one in shapes if not is_plate(one)]
    assert lined
    assert all(contrast(str(line), "#ffffff") >= 3 for line in lined)


def is_plate(shape: ET.Element) -> bool:
    """Say whether a shape is only the white ground of a number upon a hatch."""
    return shape.get("stroke") == "none" and shape.get("fill") == "#ffffff"


@pytest.mark.parametrize(("svg", "shape"), [(BARS, "rect"), (TIMELINE, "circle")])
def test_every_number_is_read_upon_its_shape(svg: str, shape: str) -> None:
    drawn = list(ET.fromstring(svg))  # noqa: S314 - we drew it ourselves
    upon = [
        (str(under.get("fill")), str(text.get("fill")))
        for under, text in pairwise(drawn)
        if under.tag == f"{SVG}{shape}" and text.get("text-anchor") == "middle"
    ]
    assert len(upon) >= 2
    assert [pair for pair in upon if contrast(*pair) < 4.5] == []


def test_what_lapsed_is_told_from_what_will() -> None:
    lapsed, coming = ET.fromstring(TIMELINE).findall(f"{SVG}circle")  # noqa: S314 - we drew it ourselves
    assert told_apart(str(lapsed.get("fill")), str(coming.get("fill")))


@pytest.mark.parametrize("accent", ["#1f5f74", "#000000", "#767676", "#8a1c1c", "#0000ff"])
def test_any_color_of_a_firm_is_made_light_enough_for_grey(accent: str) -> None:
    shade = lightened(accent)
    assert contrast(shade, "#ffffff") >= 3
    assert contrast(shade, "#16232b") >= 4.5
