"""Dates as people write them: 2023.3.6, 2023年3月6日, 20230306, 6-Mar-23, serial numbers."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from brandpool.exchange.spelled_money import ImpossibleError, UnreadableError
from brandpool.i18n import _

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = r"\d{1,2}[:时点]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?)?秒?"
_TIME = rf"(?:[T\s]*{_CLOCK}\s*(?:AM|PM)?(?:Z|[+-]\d{{2}}:?\d{{2}})?)?"
_WEEKDAY = r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"
_DAY = re.compile(
    rf"^(\d{{4}})\s*[-/.年、_\s]\s*(\d{{1,2}})\s*[-/.月、_\s]\s*(\d{{1,2}})\s*[日号]?\.?{_WEEKDAY}{_TIME}$",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"^(\d{4})[-/.年](\d\d?)[-/.月](\d\d?)日?$")
_COMPACT = re.compile(rf"^(\d{{4}})(\d{{2}})(\d{{2}})(?:\.0+)?{_TIME}$")
_STAMP = re.compile(r"^(\d{4})(\d{2})(\d{2})\d{6}$")
_MONTH_ONLY = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?(?:份)?$")
_YEAR_ONLY = re.compile(r"^(\d{4})\s*年?(?:度)?$")
_SHORT_YEAR = re.compile(r"^\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?$")
_ENGLISH = re.compile(
    r"^(\d{1,2})[-/.\s]*([A-Z]{3})[A-Z]*\.?[-/.,\s]*(\d{4}|\d{2})$", re.IGNORECASE
)
_AMERICAN = re.compile(r"^([A-Z]{3})[A-Z]*\.?\s*(\d{1,2}),?\s+(\d{4})$", re.IGNORECASE)
_FOREIGN = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
_CHINESE = re.compile(
    r"^([〇零○ＯO一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]$"
)
_SERIAL = re.compile(r"^\d{5}(?:\.\d+)?$")
_DIGIT = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "O": "0",
}
_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 80_000
_BETWEEN = 1462
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def plain_date(text: str) -> date | None:
    """The day of a text in a common spelling, or None when it needs a closer look."""
    match = _PLAIN.match(text)
    if match is None:
        return None
    try:
        found = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def parse_date(text: str, from_1904: bool = False) -> date:
    """The day that the text means; `from_1904` says how serial numbers in the file count.

    Raises UnreadableError with the reason: months without a day, two-digit years and orders that
    could be read two ways are never guessed; ImpossibleError for a day that does not exist.
    """
    plain = unicodedata.normalize("NFKC", text).strip().strip("'\"").strip()
    for pattern in (_DAY, _COMPACT, _STAMP):
        match = pattern.match(plain)
        if match:
            return _day(int(match[1]), int(match[2]), int(match[3]), text)
    if _SERIAL.match(plain):
        return from_serial(float(plain), from_1904)
    return _rarer(plain, text)


def _rarer(plain: str, text: str) -> date:
    if match := _MONTH_ONLY.match(plain):
        _day(int(match[1]), int(match[2]), 1, text)
        raise UnreadableError(_("“{text}”只有年月，没有日").format(text=text.strip()))
    if match := _YEAR_ONLY.match(plain):
        raise UnreadableError(_("“{text}”只有年份，没有月日").format(text=text.strip()))
    if _SHORT_YEAR.match(plain):
        raise UnreadableError(_("“{text}”的年份只有两位，无法确定").format(text=text.strip()))
    if match := _CHINESE.match(plain):
        year = int("".join(_DIGIT.get(sign, "0") for sign in match[1]))
        return _day(year, _chinese_day(match[2]), _chinese_day(match[3]), text)
    if match := _ENGLISH.match(plain):
        year = int(match[3]) if len(match[3]) == 4 else _pivot(int(match[3]))
        return _day(year, _month(match[2], text), int(match[1]), text)
    if match := _AMERICAN.match(plain):
        return _day(int(match[3]), _month(match[1], text), int(match[2]), text)
    if match := _FOREIGN.match(plain):
        return _two_orders(int(match[1]), int(match[2]), int(match[3]), text)
    raise UnreadableError(_("“{text}”不是日期").format(text=text.strip()[:30]))


def from_number(number: float, from_1904: bool = False) -> date:
    """The day that a number in a date column means: 20230306 or a serial number."""
    if not 0 < number < 10**9:
        raise UnreadableError(_("“{text}”不是日期").format(text=str(number)[:20]))
    whole = int(number)
    if number == whole and 19_000_101 <= whole <= 22_001_231:
        return _day(whole // 10_000, whole // 100 % 100, whole % 100, str(whole))
    if number == whole and _FIRST_YEAR <= whole <= _LAST_YEAR:
        raise UnreadableError(_("“{text}”只有年份，没有月日").format(text=whole))
    if number == whole and 190_001 <= whole <= 220_012 and 1 <= whole % 100 <= 12:
        raise UnreadableError(_("“{text}”只有年月，没有日").format(text=whole))
    if _FIRST_YEAR <= number <= _LAST_YEAR:
        raise UnreadableError(_("“{text}”只有年月，没有日").format(text=f"{number:g}"))
    return from_serial(number, from_1904)


def from_serial(number: float, from_1904: bool = False) -> date:
    """The day of a spreadsheet's serial number; raises UnreadableError far outside our century."""
    if not _FIRST_SERIAL - (_BETWEEN if from_1904 else 0) <= number <= _LAST_SERIAL:
        raise UnreadableError(_("“{text}”不是日期").format(text=f"{number:.15g}"))
    return (_EPOCH_1904 if from_1904 else _EPOCH_1900) + timedelta(days=int(number))


def from_moment(moment: date | datetime | time | timedelta) -> date | None:
    """The day of a cell the spreadsheet itself holds as a moment; None for its day zero."""
    if isinstance(moment, datetime):
        moment = moment.date()
    if isinstance(moment, date):
        if moment <= date(1900, 1, 1) or moment == date(1903, 12, 31) or moment == _EPOCH_1904:
            return None
        if moment.year > _LAST_YEAR:
            raise ImpossibleError(_("年份 {year} 不合理").format(year=moment.year))
        return moment
    if moment in (time(0, 0), timedelta(0)):
        return None
    raise UnreadableError(_("“{text}”是时间，不是日期").format(text=moment))


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise ImpossibleError(_("“{text}”不存在这一天").format(text=text.strip())) from None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ImpossibleError(_("年份 {year} 不合理").format(year=year))
    return found


def _month(name: str, text: str) -> int:
    if name.lower() not in _MONTHS:
        raise UnreadableError(_("“{text}”不是日期").format(text=text.strip()[:30]))
    return _MONTHS.index(name.lower()) + 1


def _pivot(year: int) -> int:
    """Two digits beside a month's name are how Excel itself shows a date: its own pivot."""
    return 2000 + year if year < 30 else 1900 + year


def _two_orders(first: int, second: int, year: int, text: str) -> date:
    if first > 12:
        return _day(year, second, first, text)
    if second > 12 or first == second:
        return _day(year, first, second, text)
    raise UnreadableError(_("“{text}”无法确定哪个是月、哪个是日").format(text=text.strip()))


def _chinese_day(text: str) -> int:
    tens, ten, ones = text.partition("十")
    if not ten:
        return int(_DIGIT.get(text, "0")) if len(text) == 1 else 0
    return (int(_DIGIT[tens]) if tens else 1) * 10 + (int(_DIGIT[ones]) if ones else 0)
