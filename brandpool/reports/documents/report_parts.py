"""What a report is put together from: numbers with definitions, tables, charts, annexes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from brandpool.exchange.chinese_words import EMPTY, dated, numeral, plain, wan
from brandpool.exchange.word import Picture
from brandpool.reports import figure
from brandpool.reports.documents.content import Listing
from brandpool.reports.documents.period import Period
from brandpool.rules.reference import Reference
from brandpool.services.counted import Counted

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

CHART_INCHES = (7.4, 4.7)
CHART_MM = 154
_DPI = 200

Code = Callable[[str, Counted], str]
"""Gives a number (its name, what was counted) the code that is printed beside it; "" for none."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a report is about: the ladders, the period, the day of the numbers, the calendars."""

    ladders: tuple[str, ...]
    period: Period
    on: date
    ref: Reference | None = None

    @property
    def last(self) -> date:
        """The day to compare with: the end of the period before."""
        return self.period.before.end


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the report with the one before it; what was counted stands in both."""

    name: str
    now: Counted
    before: Counted | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart with its name and the table of its numbers."""

    caption: str
    picture: Picture
    data: Listing


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a report, in the order of its fields."""

    title: str
    texts: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    tables: tuple[Listing, ...] = ()
    charts: tuple[Chart, ...] = ()
    annexes: tuple[Listing, ...] = field(default=())


def chart(drawn: Figure, caption: str, printed: DataFrame) -> Chart:
    """A figure as it stands on paper, with its numbers."""
    held = Picture(figure.picture(drawn, "png", _DPI), CHART_MM)
    return Chart(caption, held, of_frame(printed, caption))


def of_frame(frame: DataFrame, caption: str) -> Listing:
    """A table of numbers as texts."""
    heads = tuple(str(name) for name in frame.columns)
    rows = tuple(tuple(_cell(value) for value in row) for row in frame.to_numpy())
    return Listing(heads, rows, caption)


def _cell(value: Any) -> str:
    return EMPTY if value is None or _is_nan(value) else str(value)


def _is_nan(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)


def value_words(counted: Counted) -> str:
    """A number as a report has it: thousands grouped, money in 万元, — where nothing is known."""
    if counted.total is None:
        return EMPTY
    if counted.unit == "元":
        return wan(Decimal(counted.total))
    return plain(Decimal(counted.total), grouped=True)


def change_words(number: Number) -> str:
    """By how much a number has changed since the period before."""
    if number.before is None or number.before.total is None or number.now.total is None:
        return EMPTY
    change = Decimal(number.now.total) - Decimal(number.before.total)
    if not change:
        return "持平"
    size = wan(abs(change)) if number.now.unit == "元" else plain(abs(change), grouped=True)
    return f"{'增加' if change > 0 else '减少'}{size}"


def section_context(place: int, section: Section, code: Code | None) -> dict[str, Any]:
    """A section as its template names it."""
    return {
        "number": numeral(place),
        "title": section.title,
        "texts": section.texts,
        "numbers": _table(section.numbers, code),
        "definitions": _definitions(section.numbers),
        "tables": section.tables,
        "charts": section.charts,
    }


def _table(numbers: Sequence[Number], code: Code | None) -> Listing | None:
    """Name, unit, value; value before and change where any is known; codes where there are any."""
    if not numbers:
        return None
    columns: list[tuple[str, list[str]]] = [
        ("指标", [one.name for one in numbers]),
        ("单位", ["万元" if one.now.unit == "元" else one.now.unit for one in numbers]),
        ("本期", [value_words(one.now) for one in numbers]),
    ]
    if any(one.before for one in numbers):
        before = [value_words(one.before) if one.before else EMPTY for one in numbers]
        columns += [("上期", before), ("增减", [change_words(one) for one in numbers])]
    codes = [code(one.name, one.now) if code else "" for one in numbers]
    if any(codes):
        columns.append(("编码", [one or EMPTY for one in codes]))
    rows = tuple(zip(*(cells for _head, cells in columns), strict=True))
    return Listing(tuple(head for head, _cells in columns), rows)


def _whose(named: Sequence[str], numbers: Sequence[Number]) -> str:
    """The numbers a definition holds for, or that it holds for all."""
    return "以上各项" if len(named) == len(numbers) > 1 else "、".join(named)


def _definitions(numbers: Sequence[Number]) -> list[str]:
    """Every definition once, with the numbers it holds for; then what has to be looked at."""
    names: dict[str, list[str]] = {}
    for one in numbers:
        names.setdefault(one.now.definition, []).append(one.name)
    said = [f"{_whose(named, numbers)}：{dated(text)}" for text, named in names.items() if text]
    said += [
        f"{one.name}另有{len(one.now.unknown)}{one.now.unit}待查，未计入。"
        for one in numbers
        if one.now.unknown
    ]
    return said
