"""How documents write numbers, money and dates in Chinese."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from brandpool.exchange.table_out import chinese_day

EMPTY = "—"
_DIGITS = "零一二三四五六七八九"
_WAN, _YI = Decimal(10_000), Decimal(100_000_000)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_CENT = Decimal("0.01")


def numeral(number: int) -> str:
    """A count from 0 to 9999 in Chinese numerals, as headings have it: 3 三, 12 十二, 105 一百零五.

    Raises ValueError outside that range.
    """
    if not 0 <= number <= 9999:
        raise ValueError(number)
    if number < 10:
        return _DIGITS[number]
    said, gap = "", False
    for unit, place in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // place % 10
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + unit
        gap = not digit
    return said.removeprefix("一") if said.startswith("一十") else said


def wan(amount: Decimal | float | None) -> str:
    """Money in yuan as documents write it: 1234567 → 123.46 万元, from 1 亿 on in 亿元."""
    if amount is None:
        return EMPTY
    yuan = Decimal(str(amount))
    part, unit = (_YI, "亿元") if abs(yuan) >= _YI else (_WAN, "万元")
    rounded = (yuan / part).quantize(_CENT, ROUND_HALF_UP)
    return f"{plain(rounded, grouped=True)}{unit}"


def plain(number: Decimal, *, grouped: bool = False) -> str:
    """A decimal without needless zeros: 12.50 → 12.5; `grouped` puts commas between thousands."""
    text = format(number, ",f" if grouped else "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def share(part: int, whole: int) -> str:
    """A percentage with one decimal; — where there is nothing to divide by."""
    if not whole:
        return EMPTY
    return f"{(Decimal(100 * part) / whole).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def dated(text: str) -> str:
    """A sentence with its dates as documents write them: 2026-11-02 becomes 2026年11月2日."""
    return _ISO.sub(lambda day: f"{int(day[1])}年{int(day[2])}月{int(day[3])}日", text)


def spoken(value: object) -> str:
    """A value as a document has it: — for nothing, 2026年11月2日, 是 and 否, plain decimals."""
    match value:
        case None:
            return EMPTY
        case bool():
            return "是" if value else "否"
        case datetime():
            return f"{chinese_day(value.date())}{value:%H:%M}"
        case date():
            return chinese_day(value)
        case Decimal():
            return plain(value)
        case _:
            return str(value)
