"""A tier scheme as typed data: ladders, tiers, entry and exit conditions, and what they measure.

Nothing here knows a tier, a ladder or an exit reason by name: all of them come from a scheme file.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple

from brandpool.i18n import Lang, lang

Plain = str | int | bool | Decimal | None
ANY_TIER = "*"
"""In `years_on`: whichever tier the enterprise stands on."""


class Words(NamedTuple):
    """What a thing is called, in both languages of the window."""

    zh: str = ""
    en: str = ""

    def label(self, language: Lang | None = None) -> str:
        """The name in that language, or in the one in use; Chinese where there is no English."""
        return self.zh if (language or lang()) == "zh" else self.en or self.zh

    def unit(self) -> str:
        """The same for a unit: a Chinese counting word (件, 家) has no English."""
        return self.zh if lang() == "zh" else self.en


NO_WORDS = Words()


class Op(StrEnum):
    """How a measured value is compared."""

    EQUALS = "equals"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    AFTER = "after"
    FILLED = "filled"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Clause:
    """Which records are counted: one comparison of one of their fields.

    `before` = (n, "years" or "months") stands for the day n years or months before the day judged;
    `or_empty` lets an empty field pass (no end date: still in force).
    """

    field: str
    op: Op
    value: Plain | tuple[Plain, ...] = None
    before: tuple[int, str] | None = None
    or_empty: bool = False


@dataclass(frozen=True, slots=True)
class FieldOf:
    """The value of a field of the enterprise."""

    field: str


@dataclass(frozen=True, slots=True)
class Since:
    """Full months since a date of the enterprise, or since the earliest such date of its records.

    `unit` ("years" or "months") is the one the threshold is written in.
    """

    field: str
    unit: str
    earliest_of: str = ""
    where: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureOf:
    """A yearly figure of the latest full year on file; older than `max_age` years is unknown."""

    measure: str
    max_age: int = 2


@dataclass(frozen=True, slots=True)
class Growth:
    """By how many per cent the figure of the latest full year exceeds the year before it."""

    measure: str
    max_age: int = 2


@dataclass(frozen=True, slots=True)
class YearsOnFile:
    """How many years in a row, back from the latest full year, have all these figures."""

    measures: tuple[str, ...]
    max_age: int = 2


@dataclass(frozen=True, slots=True)
class Count:
    """How many records of a kind hang on the enterprise; `distinct` counts a field's values."""

    kind: str
    where: tuple[Clause, ...] = ()
    distinct: str = ""


@dataclass(frozen=True, slots=True)
class Tenure:
    """Full months spent on a tier since the enterprise last came onto the ladder."""

    tier: str
    unit: str


Measure = FieldOf | Since | FigureOf | Growth | YearsOnFile | Count | Tenure


@dataclass(frozen=True, slots=True)
class Leaf:
    """One comparison: a measure, how it is compared, with what.

    `unit` and `thing` make the gap readable (差 1 件马德里注册); `gap` replaces that sentence.
    """

    words: Words
    measure: Measure
    op: Op
    threshold: Plain | tuple[Plain, ...] = None
    unit: Words = NO_WORDS
    thing: Words = NO_WORDS
    gap: Words = NO_WORDS
    note: str = ""
    exit_reason: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions of which any, or all, must hold."""

    words: Words
    mode: Literal["any_of", "all_of"]
    parts: tuple["Condition", ...]
    note: str = ""
    exit_reason: str = ""


Condition = Leaf | Group


@dataclass(frozen=True, slots=True)
class Tier:
    """One rung: what to fulfil to enter, how long one may stay, how often one is reviewed."""

    code: str
    words: Words
    conditions: tuple[Condition, ...] = ()
    dwell_limit_months: int | None = None
    review_every_months: int | None = None


@dataclass(frozen=True, slots=True)
class ExitReason:
    """Why an enterprise may leave the ladder."""

    code: str
    words: Words


@dataclass(frozen=True, slots=True)
class NoticeTerms:
    """How long a public notice stays open, and whether its first day counts."""

    working_days: int
    count_first: bool = False


@dataclass(frozen=True, slots=True)
class Ladder:
    """Tiers in order, lowest first, with the ways to leave."""

    code: str
    words: Words
    tiers: tuple[Tier, ...]
    exit_reasons: tuple[ExitReason, ...] = ()
    exit_conditions: tuple[Condition, ...] = ()
    notice: NoticeTerms | None = None

    def tier(self, code: str | None) -> Tier | None:
        """The tier of that code, or None."""
        return next((tier for tier in self.tiers if tier.code == code), None)

    def place(self, code: str | None) -> int | None:
        """How high a tier stands: 0 is the lowest, -1 outside, None one this ladder lacks."""
        if code is None:
            return -1
        return next((n for n, tier in enumerate(self.tiers) if tier.code == code), None)

    def above(self, code: str | None) -> Tier | None:
        """The next tier up; None at the top, and for a tier that this ladder does not have."""
        place = self.place(code)
        if place is None or place + 1 >= len(self.tiers):
            return None
        return self.tiers[place + 1]

    def exit_reason(self, code: str | None) -> ExitReason | None:
        """The exit reason of that code, or None."""
        return next((reason for reason in self.exit_reasons if reason.code == code), None)

    def conditions(self) -> Iterator[Condition]:
        """Every condition, of entry and of exit."""
        for tier in self.tiers:
            yield from tier.conditions
        yield from self.exit_conditions


@dataclass(frozen=True, slots=True)
class Scheme:
    """One dated version of a station's scheme."""

    key: str
    version: str
    title: str
    starts: date
    ladders: tuple[Ladder, ...] = field(default=())
    ends: date | None = None
    document_no: str = ""
    about: str = ""

    @property
    def name(self) -> str:
        """How a move cites this version: key@version."""
        return f"{self.key}@{self.version}"

    def in_force(self, on: date) -> bool:
        """Whether the version is in force on that day; its last day included."""
        return self.starts <= on and (self.ends is None or on <= self.ends)

    def ladder(self, code: str) -> Ladder | None:
        """The ladder of that code, or None."""
        return next((ladder for ladder in self.ladders if ladder.code == code), None)


def leaves(condition: Condition) -> Iterator[Leaf]:
    """The single comparisons of a condition."""
    if isinstance(condition, Leaf):
        yield condition
    else:
        for part in condition.parts:
            yield from leaves(part)
