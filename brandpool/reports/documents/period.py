"""A month, quarter or year that a report is about."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from brandpool.exchange.chinese_words import numeral

Span = Literal["month", "quarter", "year"]
SPANS: dict[Span, tuple[str, int]] = {
    "month": ("月报", 1),
    "quarter": ("季报", 3),
    "year": ("年报", 12),
}


@dataclass(frozen=True, slots=True)
class Period:
    """A whole month, quarter or year; `start` and `end` are its first and last day."""

    span: Span
    start: date
    end: date

    @property
    def kind(self) -> str:
        """月报, 季报 or 年报."""
        return SPANS[self.span][0]

    @property
    def words(self) -> str:
        """2026年11月, 2026年第四季度 or 2026年."""
        if self.span == "month":
            return f"{self.start.year}年{self.start.month}月"
        if self.span == "quarter":
            return f"{self.start.year}年第{numeral((self.start.month + 2) // 3)}季度"
        return f"{self.start.year}年"

    @property
    def before(self) -> "Period":
        """The period of the same length before this one."""
        return period_of(self.span, self.start - timedelta(days=1))

    def counted_to(self, today: date) -> date:
        """The day the numbers are of: the last of the period, or today while it still runs."""
        return min(self.end, today)


def period_of(span: Span, day: date) -> Period:
    """The month, quarter or year that the day lies in."""
    length = SPANS[span][1]
    first = (day.month - 1) // length * length + 1
    last = first + length - 1
    end = date(day.year, last, calendar.monthrange(day.year, last)[1])
    return Period(span, date(day.year, first, 1), end)
