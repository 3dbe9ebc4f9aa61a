from datetime import date
from xml.etree import ElementTree as ET

from compliance.report.chart import WIDTH, Bar, Point, draw_bars, draw_timeline

SVG = "{http://www.w3.org/2000/svg}"
TODAY = date(2026, 11, 23)


def read(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - we drew it ourselves


def test_a_chart_says_itself_in_its_title() -> None:
    drawn = read(draw_bars([Bar("Law", (1, 0, 0, 1), "1 of 2")], 'A <b> & "c"'))
    assert drawn.findtext(f"{SVG}title") == 'A <b> & "c"'


def test_bars_share_one_scale_and_stay_on_the_page() -> None:
    drawn = read(
        draw_bars([Bar("Law", (40, 4, 6, 10), "a"), Bar("Consensus", (3, 0, 0, 0), "b")], "t")
    )
    rows = [rect for rect in drawn.findall(f"{SVG}rect") if rect.get("height") == "15.0"]
    widths = [float(rect.get("width", "")) for rect in rows]
    assert len(rows) == 5
    assert round(widths[0] / 40, 1) == round(widths[4] / 3, 1)
    assert max(float(r.get("x", "")) + float(r.get("width", "")) for r in rows) < WIDTH


def test_each_conclusion_has_a_fill_that_grey_keeps_apart() -> None:
    drawn = read(draw_bars([Bar("Law", (5, 5, 5, 5), "a")], "t"))
    fills = [r.get("fill") for r in drawn.findall(f"{SVG}rect") if r.get("height") == "15.0"]
    assert len(set(fills)) == 4
    assert "url(#hatch)" in fills


def test_points_on_one_day_do_not_cover_each_other() -> None:
    points = [Point(number, 10) for number in range(1, 6)]
    drawn = read(draw_timeline(points, TODAY, 90, "t"))
    places = {(dot.get("cx"), dot.get("cy")) for dot in drawn.findall(f"{SVG}circle")}
    assert len(places) == 3
    assert all(float(y or 0) > 0 for _, y in places)
    assert {"1", "2", "+3"} <= {text.text for text in drawn.iter(f"{SVG}text")}


def test_what_lapsed_stands_before_today_and_is_filled() -> None:
    drawn = read(draw_timeline([Point(1, -400), Point(2, 0)], TODAY, 90, "t"))
    lapsed, today = drawn.findall(f"{SVG}circle")
    assert float(lapsed.get("cx", "")) < float(today.get("cx", ""))
    assert lapsed.get("fill") != today.get("fill")


def test_the_axis_names_its_days() -> None:
    words = [text.text for text in read(draw_timeline([], TODAY, 90, "t")).iter(f"{SVG}text")]
    assert words[:4] == ["today", "2026-11-23", "30 days", "2026-12-23"]
