from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.checklist.period import Period, read_period

DUE = [
    ("2024-02-29", "1 year", "2025-02-28"),
    ("2024-02-29", "4 years", "2028-02-29"),
    ("2023-02-28", "1 year", "2024-02-28"),
    ("2026-01-31", "1 month", "2026-02-28"),
    ("2024-01-31", "1 month", "2024-02-29"),
    ("2026-03-31", "1 month", "2026-04-30"),
    ("2026-08-31", "6 months", "2027-02-28"),
    ("2026-12-31", "2 months", "2027-02-28"),
    ("2026-11-30", "3 months", "2027-02-28"),
    ("2026-02-28", "1 month", "2026-03-28"),
    ("2024-11-23", "2 years", "2026-11-23"),
    ("1999-12-31", "24 months", "2001-12-31"),
    ("2026-02-27", "2 days", "2026-03-01"),
    ("2024-02-27", "2 days", "2024-02-29"),
    ("2026-03-07", "2 days", "2026-03-09"),
    ("2026-12-20", "2 weeks", "2027-01-03"),
    ("9999-01-01", "1 year", "9999-12-31"),
    ("2026-01-01", "9999 years", "9999-12-31"),
]


@pytest.mark.parametrize(("start", "period", "due"), DUE)
def test_a_period_is_counted_on_the_calendar_and_clamped_to_the_months_end(
    start: str, period: str, due: str
) -> None:
    assert read_period(period).after(date.fromisoformat(start)) == date.fromisoformat(due)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(1, 2400))
def test_a_period_of_months_ends_in_the_right_month_on_the_same_day_or_its_last(
    start: date, months: int
) -> None:
    due = Period(months, "month").after(start)
    assert (due.year * 12 + due.month) - (start.year * 12 + start.month) == months
    assert due.day == start.day or (due + timedelta(days=1)).day == 1
    assert due.day <= start.day


@given(
    st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    st.integers(1, 99),
    st.sampled_from(["day", "week", "month", "year"]),
)
def test_a_later_start_never_ends_earlier(one: date, two: date, count: int, unit: str) -> None:
    period = Period(count, unit)
    assert period.after(min(one, two)) <= period.after(max(one, two))


@given(st.integers(1, 9999), st.sampled_from(["day", "week", "month", "year"]))
def test_what_is_shown_is_read_back(count: int, unit: str) -> None:
    period = Period(count, unit)
    assert read_period(str(period)) == period


WRONG = ["", "soon", "1m", "90", "90days", "-1 day", "0 years", "1.5 years", "1 Year", "2 years ",
         "99999 days", "1 fortnight", "٣ days", None, 90, ["1 day"]]  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_period_is_refused_with_the_three_ways_to_write_one(text: object) -> None:
    with pytest.raises(ValueError, match="write it as “90 days”, “6 months” or “2 years”"):
        read_period(text)
