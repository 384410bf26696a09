"""The yearly holiday notice of the State Council, read from its text."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from brandpool.errors import UserError
from brandpool.i18n import _

_YEAR = re.compile(r"(?:关于)?(20\d\d)年(?:部分)?(?:节假日|放假)")
_DAY = r"(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日"
_SPAN = re.compile(_DAY + r"(?:[至到—–~-]+(?:(?:(20\d\d)年)?(\d{1,2})月)?(\d{1,2})日)?")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_TOTAL = re.compile(r"共(\d{1,2})天")


@dataclass(frozen=True, slots=True)
class HolidayNotice:
    """The days off (weekends inside holidays too) and the make-up working days of one year."""

    year: int
    off: tuple[date, ...]
    on: tuple[date, ...]


def read(text: str, year: int | None = None) -> HolidayNotice:
    """The days of a notice such as “春节：2月15日至23日放假调休，共9天。2月14日上班。”.

    The year is the one its title names, unless given. Raises UserError when no year or no holiday
    is found, a day does not exist, or a span is not as long as the notice says.
    """
    plain = _ASIDE.sub("", re.sub(r"\s+", "", text))
    named = _YEAR.search(plain)
    found = year or (int(named[1]) if named else None)
    if found is None:
        raise UserError(_("没有读出年份，请填写是哪一年的放假安排。"))
    off: set[date] = set()
    on: set[date] = set()
    for sentence in re.split(r"[。；;]", plain):
        if "放假" in sentence:
            off |= _holiday(sentence, found)
        elif "上班" in sentence:
            on |= {day for days in _spans(sentence, found) for day in days}
    if not off:
        raise UserError(_("没有读出放假日期。请粘贴通知全文，或逐日填写。"))
    return HolidayNotice(found, tuple(sorted(off)), tuple(sorted(on)))


def _holiday(sentence: str, year: int) -> set[date]:
    days = {day for span in _spans(sentence.split("放假", maxsplit=1)[0], year) for day in span}
    total = _TOTAL.search(sentence)
    if total and len(days) != int(total[1]):
        text = _("“{sentence}”读出 {n} 天，与通知所写天数不符。请核对后逐日填写。")
        raise UserError(text.format(sentence=sentence, n=len(days)))
    return days


def _spans(sentence: str, year: int) -> list[list[date]]:
    found = []
    for match in _SPAN.finditer(sentence):
        first = _day(match[1], match[2], match[3], year)
        last = first
        if match[6]:
            last = _day(match[4] or match[1], match[5] or match[2], match[6], year)
            if last < first:
                last = last.replace(year=last.year + 1)
        found.append([first + timedelta(days=n) for n in range((last - first).days + 1)])
    return found


def _day(year: str | None, month: str, day: str, default: int) -> date:
    try:
        return date(int(year or default), int(month), int(day))
    except ValueError:
        text = _("没有“{month}月{day}日”这一天，请核对通知。")
        raise UserError(text.format(month=month, day=day)) from None
