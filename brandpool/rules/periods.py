"""Adding periods to days: month ends are clamped once, from the start, never in between."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from brandpool.errors import UserError
from brandpool.i18n import said

UNITS = {
    "d": "d", "day": "d", "days": "d", "日": "d", "天": "d",
    "w": "w", "week": "w", "weeks": "w", "周": "w",
    "m": "m", "month": "m", "months": "m", "月": "m", "个月": "m",
    "y": "y", "year": "y", "years": "y", "年": "y",
    "wd": "wd", "工作日": "wd", "个工作日": "wd",
}  # fmt: skip
ONE = {
    "d": said("1日"), "w": said("1周"), "m": said("1个月"), "y": said("1年"),
    "wd": said("1个工作日"),
}  # fmt: skip
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in one unit: d days, w weeks, m months, y years, wd working days."""

    count: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> "Period":
        """`15d`, `3m`, `10y`, `7wd` as the reference data writes them."""
        found = re.fullmatch(r"\s*(\d+)\s*(\D+?)\s*", text)
        if found is None:
            raise UserError(f"期限“{text}”无法识别，请写成 15d、3m、10y 或 7wd")
        return cls(int(found[1]), unit(found[2]))

    def __str__(self) -> str:
        return ONE[self.unit] if self.count == 1 else _several(self.count, self.unit)


def _several(n: int, letter: str) -> str:
    match letter:
        case "d":
            return said("{n}日", n=n)
        case "w":
            return said("{n}周", n=n)
        case "m":
            return said("{n}个月", n=n)
        case "y":
            return said("{n}年", n=n)
    return said("{n}个工作日", n=n)


def unit(text: str) -> str:
    """The unit's letter for any of its spellings; UserError names the spelling it does not know."""
    try:
        return UNITS[text.strip().lower()]
    except KeyError:
        raise UserError(f"unit：不认识的单位“{text}”，可用 d、w、m、y") from None


def add(start: date, period: Period, times: int = 1) -> date:
    """The corresponding day, or the month's last day where there is none.

    实施条例第十二条第二款; Common Regulations Rule 4(1)-(3). times may be negative. The day is
    always counted from `start` itself, so that 31 August + 6 months + 6 months is 31 August.
    Working days need a calendar: see Calendar.nth_open_day.
    """
    count = period.count * times
    try:
        match period.unit:
            case "d":
                return start + timedelta(days=count)
            case "w":
                return start + timedelta(weeks=count)
            case "m":
                return start + relativedelta(months=count)
            case "y":
                return start + relativedelta(years=count)
    except (OverflowError, ValueError):
        raise UserError(f"{start}起算{period}：超出可计算的年份") from None
    raise UserError(f"{period}须按工作日历计算")


def validity_end(first_day: date, period: Period) -> date:
    """The last day of a term that includes its first day.

    The day before the corresponding day; the month's last day where there is no corresponding day
    (a mark registered on 29 February 2016 lasts through 28 February 2026). 实施条例第十二条第二款.
    """
    end = add(first_day, period)
    return end - ONE_DAY if end.day == first_day.day else end
