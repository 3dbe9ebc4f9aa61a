"""What has lapsed, what lapses soon, what lapses later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from compliance.report.book import Data
from compliance.report.chart import Pen, Point, draw_timeline
from compliance.report.wording import joined, until

HORIZON = 90
"""The days that count as soon."""


@dataclass(frozen=True, slots=True)
class Lapsing:
    """Something dated, with the number that it has in the chart."""

    number: int
    on: str
    distance: str
    what: str
    whose: str


def lapsing(data: Data) -> tuple[Lapsing, ...]:
    """Return what has lapsed or will within 90 days, the soonest first."""
    near = sorted(
        (lapse for lapse in data["lapses"] if lapse["days"] <= HORIZON),
        key=lambda lapse: lapse["days"],
    )
    return tuple(_lapse(lapse, number) for number, lapse in enumerate(near, start=1))


def later(data: Data) -> tuple[Lapsing, ...]:
    """Return what is dated further off, numbered on from what lapses soon."""
    far = sorted(
        (lapse for lapse in data["lapses"] if lapse["days"] > HORIZON),
        key=lambda lapse: lapse["days"],
    )
    first = len(data["lapses"]) - len(far) + 1
    return tuple(_lapse(lapse, number) for number, lapse in enumerate(far, start=first))


def _lapse(lapse: Data, number: int) -> Lapsing:
    distance = until(lapse["days"])
    return Lapsing(
        number=number,
        on=lapse["on"],
        distance=f"lapsed {distance}" if lapse["days"] < 0 else distance,
        what=lapse["ask"],
        whose=lapse["title"],
    )


def timeline(data: Data, soon: Sequence[Lapsing], pen: Pen) -> str:
    """Return the chart of what lapses soon; nothing where nothing does."""
    if not soon:
        return ""
    days = sorted(lapse["days"] for lapse in data["lapses"] if lapse["days"] <= HORIZON)
    points = [Point(lapse.number, day) for lapse, day in zip(soon, days, strict=True)]
    words = "; ".join(f"{lapse.on}: {joined([lapse.what, lapse.whose])}" for lapse in soon)
    title = f"What lapses within {HORIZON} days of {data['as_of']}. {words}."
    return draw_timeline(points, date.fromisoformat(data["as_of"]), HORIZON, title, pen)
