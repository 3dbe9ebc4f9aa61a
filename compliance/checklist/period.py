"""Periods such as `90 days` and `2 years`, counted on the calendar."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_PERIOD = re.compile(r"([0-9]{1,4}) (day|week|month|year)s?\Z")
_MONTHS_IN_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as the law counts it: in days, weeks, months or years."""

    count: int
    unit: str

    def after(self, start: date) -> date:
        """Return the day this long after `start`, clamped to the end of a shorter month.

        A period that would end beyond the year 9999 ends on its last day.
        """
        try:
            if self.unit in {"day", "week"}:
                return start + timedelta(days=self.count * (7 if self.unit == "week" else 1))
            months = self.count * (_MONTHS_IN_A_YEAR if self.unit == "year" else 1)
            return _add_months(start, months)
        except (OverflowError, ValueError):
            return date.max

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"


def read_period(text: object) -> Period:
    """Return the period of `90 days`, `6 months`, `2 years`.

    Raises:
        ValueError: it is none.
    """
    match = _PERIOD.match(text) if isinstance(text, str) else None
    if not match or int(match[1]) == 0:
        raise ValueError(f"“{text}” is no period; write it as “90 days”, “6 months” or “2 years”")
    return Period(int(match[1]), match[2])


def _add_months(start: date, months: int) -> date:
    month = start.month - 1 + months
    year, month = start.year + month // _MONTHS_IN_A_YEAR, month % _MONTHS_IN_A_YEAR + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
