"""What a statistic or chart is asked for: days, steps, ladder; and periods as rows name them."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from brandpool.errors import UserError
from brandpool.i18n import _

Step = Literal["month", "quarter", "year"]
MONTHS: dict[Step, int] = {"month": 1, "quarter": 3, "year": 12}
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for; statistics of one day use `end` alone, `step` is for those in time.

    `record` is the enterprise, target or file that a chart of one of them is about.
    """

    ladder: str
    start: date
    end: date
    step: Step = "month"
    record: str = ""

    def check(self) -> None:
        """Raises UserError when the first day is after the last."""
        if self.start > self.end:
            raise UserError(
                _("起始日 {start} 晚于截止日 {end}，请调换。").format(
                    start=self.start, end=self.end
                )
            )


def period_ends(start: date, end: date, step: Step) -> Iterator[date]:
    """The last days of the periods that end from `start` to before `end`, then `end` itself."""
    length = MONTHS[step]
    year, month = start.year, (start.month - 1) // length * length + length
    while (day := date(year, month, calendar.monthrange(year, month)[1])) < end:
        if day >= start:
            yield day
        year, month = (year, month + length) if month + length <= 12 else (year + 1, length)
    yield end


def periods(start: date, end: date, step: Step) -> list[Span]:
    """The periods from `start` to `end`, both included; the first and last may be cut short."""
    found: list[Span] = []
    for day in period_ends(start, end, step):
        found.append((found[-1][1] + timedelta(1) if found else start, day))
    return found


def period_name(day: date, step: Step) -> str:
    """The period a day lies in, as it stands before a row: 2026-03, 2026Q1, 2026."""
    match step:
        case "month":
            return f"{day.year}-{day.month:02d}"
        case "quarter":
            return f"{day.year}Q{(day.month + 2) // 3}"
        case _:
            return str(day.year)
