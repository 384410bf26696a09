"""Open and closed days of the two offices that matter: China's holidays and WIPO's closed days."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from dateutil.easter import easter

from brandpool.i18n import joined, said
from brandpool.rules.explained import Step
from brandpool.rules.periods import ONE_DAY

SATURDAY = 5
SUNDAY = 6
THURSDAY = 3

PatternRule = tuple[tuple[str, Any], ...]
"""One line of the yearly pattern as sorted pairs, so that it can be a cache's key."""


class Calendar(ABC):
    """Which days an office is open, and how a period that ends on a closed day moves."""

    name: str

    @abstractmethod
    def is_open(self, day: date) -> bool:
        """Whether the office works on that day."""

    @abstractmethod
    def is_published(self, year: int) -> bool:
        """Whether that year's closed days are known and not estimated."""

    def next_open_day(self, day: date) -> date:
        """That day, or the first open day after it."""
        while not self.is_open(day):
            day += ONE_DAY
        return day

    def last_open_day(self, day: date) -> date:
        """That day, or the last open day before it: for acts an office must finish by a day."""
        while not self.is_open(day):
            day -= ONE_DAY
        return day

    def nth_open_day(self, start: date, count: int, *, count_start: bool = False) -> date:
        """The count-th open day (1 or more), the start itself counted only if asked."""
        day = start if count_start else start + ONE_DAY
        day = self.next_open_day(day)
        for _ in range(count - 1):
            day = self.next_open_day(day + ONE_DAY)
        return day

    def forward(self, event: str, article: str, raw: date, note: str = "") -> Step:
        """The step of a period that ends on `raw` and moves to the next open day."""
        return self._step(event, article, raw, self.next_open_day(raw), note)

    def backward(self, event: str, article: str, raw: date, note: str = "") -> Step:
        """The step of an office's own limit: the last open day on or before `raw`."""
        return self._step(event, article, raw, self.last_open_day(raw), note)

    def counted(self, event: str, article: str, start: date, end: date, note: str = "") -> Step:
        """The step of a count of open days from `start` that ended on `end`."""
        unsure = not all(self.is_published(year) for year in range(start.year, end.year + 1))
        return self._noted(Step(event, article, end, self.name, end, unsure, note))

    def _step(self, event: str, article: str, raw: date, rolled: date, note: str) -> Step:
        unsure = not (self.is_published(raw.year) and self.is_published(rolled.year))
        return self._noted(Step(event, article, raw, self.name, rolled, unsure, note))

    @staticmethod
    def _noted(step: Step) -> Step:
        if not step.provisional:
            return step
        text = said("该年放假安排未公布或未录入，按周末和法定节日估算")
        note = joined(step.note, text)
        return Step(step.event, step.article, step.raw, step.calendar, step.rolled, True, note)


@dataclass(frozen=True)
class ChineseCalendar(Calendar):
    """State Council holidays with make-up working days; estimated where a year is not published."""

    off: frozenset[date]
    on: frozenset[date]
    years: frozenset[int]
    statutory: frozenset[date]
    fixed: frozenset[tuple[int, int]]
    name: str = field(default=said("中国工作日历"), init=False)

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "ChineseCalendar":
        """Reads holidays.json: years of off and on days, and the festivals fixed by law."""
        years = document["years"]
        statutory = document["statutory"]
        return cls(
            off=_days(day for year in years.values() for day in year["off"]),
            on=_days(day for year in years.values() for day in year["on"]),
            years=frozenset(map(int, years)),
            statutory=_days(day for days in statutory["years"].values() for day in days),
            fixed=frozenset((int(day[:2]), int(day[3:])) for day in statutory["fixed"]),
        )

    def is_published(self, year: int) -> bool:
        """Whether the year's holiday notice is in the data."""
        return year in self.years

    def is_open(self, day: date) -> bool:
        """Whether offices work: make-up days are working days (实施条例第十二条第三款)."""
        if day.year in self.years:
            return day in self.on or (day.weekday() < SATURDAY and day not in self.off)
        festival = day in self.statutory or (day.month, day.day) in self.fixed
        return day.weekday() < SATURDAY and not festival


@dataclass(frozen=True)
class WipoCalendar(Calendar):
    """The International Bureau's closed days: week-ends, a yearly pattern, and days WIPO adds."""

    pattern: tuple[PatternRule, ...]
    closed: frozenset[date]
    opened: frozenset[date]
    name: str = field(default=said("国际局工作日（周末及闭馆日）"), init=False)

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "WipoCalendar":
        """Reads wipo_closed_days.json: the pattern, days added, days taken out."""
        pattern = tuple(tuple(sorted(rule.items())) for rule in document["pattern"])
        return cls(pattern, _days(document["closed"]), _days(document["open"]))

    def is_published(self, year: int) -> bool:  # noqa: ARG002 - the pattern serves every year
        """The pattern reproduces the official lists, so no year is marked as estimated."""
        return True

    def is_open(self, day: date) -> bool:
        """Whether the International Bureau is open to the public (Rule 4(4), 32(2)(v))."""
        if day in self.opened:
            return True
        if day.weekday() >= SATURDAY or day in self.closed:
            return False
        return day not in _pattern_days(self.pattern, day.year)


def _days(texts: Any) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, texts))


@lru_cache(maxsize=512)
def _pattern_days(pattern: tuple[PatternRule, ...], year: int) -> frozenset[date]:
    return frozenset(_pattern_day(dict(rule), year) for rule in pattern)


def _pattern_day(rule: Mapping[str, Any], year: int) -> date:
    if "easter" in rule:
        return easter(year) + timedelta(days=rule["easter"])
    if "thursday_after_first_sunday_of" in rule:
        first = date(year, rule["thursday_after_first_sunday_of"], 1)
        sunday = first + timedelta(days=(SUNDAY - first.weekday()) % 7)
        return sunday + timedelta(days=THURSDAY + 1)
    month, day = map(int, rule["month_day"].split("-"))
    found = date(year, month, day)
    if rule.get("weekend_moves_to_friday") and found.weekday() >= SATURDAY:
        found -= timedelta(days=found.weekday() - SATURDAY + 1)
    return found
