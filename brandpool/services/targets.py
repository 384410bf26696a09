"""Targets of a policy: what is to be reached, where it stands by what definition, the pace."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _, lang
from brandpool.models.field import Value
from brandpool.models.record import fields
from brandpool.models.target import INDICATORS, OPERATORS, Target
from brandpool.rules.reference import Reference
from brandpool.services import indicators, records, reference_data, target_figures
from brandpool.services.counted import Counted
from brandpool.services.indicators import Indicator, Way
from brandpool.services.records import RecordRow

MET, OPEN, MISSED, UNVERIFIED = "met", "open", "missed", "unverified"
_TENTH = Decimal("0.1")
_HUNDRED = Decimal(100)
Known = dict[tuple[str, str, date], Counted]
"""What was counted already, by indicator, way and day: two periods share a year's end."""


@dataclass(frozen=True, slots=True)
class Actual:
    """What a target has come to by a day.

    `value` is None where it has to be looked at first (待核); `done` answers a named target.
    `definition` says what was counted or who reported it; `counted` holds the rows behind it,
    None for a figure reported by hand, whose record is `figure`.
    """

    day: date
    value: Decimal | None
    done: bool | None
    definition: str
    counted: Counted | None = None
    figure: str = ""

    @property
    def known(self) -> bool:
        """Whether there is an answer at all."""
        return self.value is not None or self.done is not None


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target against its actual on a day, last year's beside it.

    `state` is met, open (its year still runs), missed, or unverified (待核). `share` is the actual
    in percent of the value; `needed` what is lacking, `months` how many are left to the end of the
    year aimed at, and `pace` what each of them must bring, rounded up to a tenth. `day` is the day
    it is judged on: the day asked for, but never after the target's year.
    """

    id: str
    ver: str
    title: str
    indicator: Indicator
    way: Way
    year: int
    operator: str
    value: Decimal | None
    unit: str
    responsible: str
    document: str
    clause: str
    place: tuple[int, int] | None
    base: tuple[int, Decimal] | None
    day: date
    actual: Actual
    last: Actual
    state: str
    share: Decimal | None
    needed: Decimal | None
    months: int
    pace: Decimal | None

    @property
    def wanted(self) -> str:
        """达 50 件, 超 3万 件, 10 家以上, 建成: the target as the policy words it."""
        choice = next((c for c in OPERATORS if c.code == self.operator), None)
        word = choice.label(lang()) if choice else self.operator
        if self.value is None:
            return word
        number = spoken(self.value, self.unit)
        after = lang() == "zh" and self.operator in ("at_least", "at_most")
        return f"{number}{word}" if after else f"{word} {number}"


def years(session: Session) -> list[int]:
    """The years that targets are set for, the latest first."""
    query = select(Target.year).where(Target.year.is_not(None)).distinct()
    return sorted((year for year in session.scalars(query) if year), reverse=True)


def find(
    session: Session,
    on: date,
    year: int | None = None,
    ref: Reference | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> list[TargetRow]:
    """Targets of one year (None: of all) as they stand on a day, the latest year first.

    `progress` hears (targets counted, of how many) and may raise to break off.
    """
    ref = ref or reference_data.reference(session, on)
    rows = [
        row
        for row in _all(session)
        if row["year"] is not None and row.dup_of is None and year in (None, row["year"])
    ]
    known: Known = {}
    found = []
    for place, row in enumerate(sorted(rows, key=_place_in_list)):
        if progress is not None:
            progress(place, len(rows))
        found.append(_row(session, row, on, ref, known))
    return found


def get(session: Session, record: str, on: date, ref: Reference | None = None) -> TargetRow:
    """One target on a day. Raises UserError when it has been deleted."""
    ref = ref or reference_data.reference(session, on)
    return _row(session, records.get(session, Target, record), on, ref, {})


def other_ways(
    session: Session, row: TargetRow, ref: Reference | None = None
) -> list[tuple[Way, Counted]]:
    """The totals by every way of counting (宽展期计或不计，按件或按类), the target's own first."""
    ref = ref or reference_data.reference(session, row.day)
    if row.actual.counted is None or row.indicator.count not in indicators.COUNTS:
        return []
    own = [(row.way, row.actual.counted)] if row.way.key else []
    return own + [
        (way, indicators.count(session, row.indicator, way, row.day, ref))
        for way in row.indicator.ways
        if way != row.way
    ]


def carry_over(session: Session, ids: Sequence[str], year: int, on: date) -> list[str]:
    """New targets for a later year from these, which stay as they are; returns the new ids.

    The value stays the same until a person changes it; what the old one came to is the base.
    Raises UserError when the year is not later, or a target of that name and year exists.
    """
    made: list[dict[str, Value]] = []
    taken = {(row["title"], row["year"]) for row in _all(session)}
    for row in records.rows(session, Target, ids):
        old = row["year"]
        if not isinstance(old, int) or year <= old:
            text = _("新的目标年度应晚于 {year} 年，没有新增。")
            raise UserError(text.format(year=old))
        if (row["title"], year) in taken:
            text = _("{year} 年已有目标“{title}”，没有新增。请直接修改那一条。")
            raise UserError(text.format(year=year, title=row["title"]))
        fresh: dict[str, Value] = dict.fromkeys(fields(Target))
        for name in ("title", "indicator", "operator", "value", "unit", "counted_from",
                     "counting", "question_id", "responsible"):  # fmt: skip
            fresh[name] = row[name]
        reached = get(session, row.id, on)
        base: dict[str, Value] = {
            "base_year": reached.day.year, "base_value": reached.actual.value
        }  # fmt: skip
        made.append({**fresh, **base, "year": year})
    return journal.insert(session, Target, made)


def enter(session: Session, values: dict[str, Value]) -> str:
    """Enter one target, as confirmed from a policy's text; returns its id.

    Raises UserError when one of the same name and year is there, or a number has no value.
    """
    title, year = values.get("title"), values.get("year")
    if any((row["title"], row["year"]) == (title, year) for row in _all(session)):
        text = _("{year} 年已有目标“{title}”，没有新增。")
        raise UserError(text.format(year=year, title=title))
    if values.get("operator") != "done" and values.get("value") is None:
        raise UserError(_("请填写目标值；建成类目标请把“要求”选为“建成”。"))
    return records.add(session, Target, values)


_COUNTED = frozenset("件项个条家")
"""Counting words, which English does without."""


def spoken(value: Decimal, unit: str) -> str:
    """A number as an office writes it: 6 亿元, 3 万件, 1,800 件, 12.5%."""
    for size, word in ((10**8, "亿"), (10**4, "万")):
        scaled = value / size
        if abs(value) >= size and scaled == scaled.quantize(Decimal("0.01")) and lang() == "zh":
            return f"{_plain(scaled)} {word}{unit}"
    word = "" if lang() == "en" and unit in _COUNTED else _(unit) if unit else ""
    return f"{_plain(value)}{'' if unit == '%' else ' '}{word}".rstrip()


def _plain(value: Decimal) -> str:
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def _place_in_list(row: RecordRow) -> tuple[int, int, int, str]:
    """The latest year first, in the policy's order; without a clause in that of the indicators."""
    codes = [choice.code for choice in INDICATORS]
    code = _text(row, "indicator")
    place = row["place_from"]
    return (
        -int(str(row["year"])),
        place if isinstance(place, int) else sys.maxsize,
        codes.index(code) if code in codes else len(codes),
        _text(row, "title"),
    )


def _all(session: Session) -> list[RecordRow]:
    return records.rows(session, Target, records.find(session, Target))


def _row(session: Session, row: RecordRow, on: date, ref: Reference, known: Known) -> TargetRow:
    one = indicators.indicator(str(row["indicator"] or "other"), ref)
    year = int(str(row["year"]))
    day = min(on, date(year, 12, 31))
    way = one.way(_text(row, "counting"))
    actual = _actual(session, row, one, way, day, ref, known)
    before = date(day.year - 1, 12, 31)
    last = (
        _not_dated(before)
        if row["question_id"]
        else _actual(session, row, one, way, before, ref, known)
    )
    value = row["value"] if isinstance(row["value"], Decimal) else None
    operator = _text(row, "operator")
    met = _met(operator, value, actual)
    state = UNVERIFIED if met is None else MET if met else OPEN if on <= _end(year) else MISSED
    runs = state == OPEN and (one.span == "stock" or day.year == year)
    months = 12 * (year - day.year) + 13 - day.month if runs else 0
    needed = _needed(operator, value, actual) if state in (OPEN, MISSED) else None
    pace = None
    if runs and needed is not None:
        pace = (needed / months).quantize(_TENTH, ROUND_CEILING)
    share = None
    if value and actual.value is not None:
        share = (actual.value / value * _HUNDRED).quantize(_TENTH, ROUND_FLOOR)
    return TargetRow(
        row.id, row.ver, _text(row, "title") or one.label, one, way, year, operator, value,
        _text(row, "unit") or one.unit, _text(row, "responsible"),
        " ".join(filter(None, (_text(row, "document"), _text(row, "document_no")))),
        _text(row, "clause"), _place(row), _base(row), day, actual, last, state, share, needed,
        months, pace,
    )  # fmt: skip


def _end(year: int) -> date:
    return date(year, 12, 31)


def _met(operator: str, value: Decimal | None, actual: Actual) -> bool | None:
    """Whether the target is reached; None while that cannot be said."""
    if operator == "done" or value is None:
        return actual.done
    if actual.value is None:
        return None
    match operator:
        case "exceed":
            return actual.value > value
        case "at_most":
            return actual.value <= value
        case _:
            return actual.value >= value


def _needed(operator: str, value: Decimal | None, actual: Actual) -> Decimal | None:
    """What is still lacking; 超 asks for more than the value itself."""
    if value is None or actual.value is None or operator == "at_most":
        return None
    lacking = value - actual.value
    return lacking + 1 if operator == "exceed" and lacking == lacking.to_integral() else lacking


def _actual(
    session: Session, row: RecordRow, one: Indicator, way: Way, day: date, ref: Reference,
    known: Known,
) -> Actual:  # fmt: skip
    source = _text(row, "counted_from") or one.source
    if row["question_id"]:
        return _of_counted(day, indicators.saved(session, _text(row, "question_id"), day))
    if source == "ledger" and one.count in indicators.COUNTS:
        key = (one.code, way.key, day)
        if key not in known:
            known[key] = indicators.count(session, one, way, day, ref)
        return _of_counted(day, known[key])
    lasting = row["operator"] == "done"
    told = target_figures.latest(session, one.code, _text(row, "title"), day, lasting=lasting)
    return Actual(
        day, told.value if told.verified else None, told.done if told.verified else None,
        target_figures.words(told, one, day), figure=told.id,
    )  # fmt: skip


def _not_dated(day: date) -> Actual:
    return Actual(day, None, None, _("查询方案按现有数据计数，不能回看上年。"))


def _of_counted(day: date, counted: Counted) -> Actual:
    value = None if counted.total is None else Decimal(counted.total)
    return Actual(day, value, None, counted.definition, counted)


def _place(row: RecordRow) -> tuple[int, int] | None:
    start, end = row["place_from"], row["place_to"]
    return (start, end) if isinstance(start, int) and isinstance(end, int) else None


def _base(row: RecordRow) -> tuple[int, Decimal] | None:
    year, value = row["base_year"], row["base_value"]
    return (year, value) if isinstance(year, int) and isinstance(value, Decimal) else None


def _text(row: RecordRow, name: str) -> str:
    return str(row[name] or "")
