"""Taking a measure of an enterprise on a day.

A measure is compiled once for a scheme and a day, and then taken of thousands of enterprises.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from brandpool.i18n import _
from brandpool.rules.clause import passes_all, test_of
from brandpool.rules.facts import Books, Facts, Figure, Ledger, Measured, Row, Source
from brandpool.rules.scheme import (
    ANY_TIER,
    Count,
    FieldOf,
    FigureOf,
    Growth,
    Measure,
    Op,
    Since,
    Tenure,
    Words,
    YearsOnFile,
)
from brandpool.rules.standing import full_months, months_on

MONEY = {
    "元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000), "千万元": Decimal(10_000_000), "亿元": Decimal(100_000_000),
}  # fmt: skip

Gauge = Callable[[Facts], Measured]
_ENTERPRISE = "enterprise"
_FIGURE = "yearly_figure"
_LADDER = "tier_move"


def gauge(measure: Measure, op: Op, unit: Words, on: date, books: Books) -> Gauge:
    """The measure ready to be taken on that day of any enterprise of this pool."""
    match measure:
        case FieldOf(name):
            return _field(name, op, books)
        case Since(name, _unit, "", _where):
            return _since(name, on, books)
        case Since():
            return _since_earliest(measure, on, books)
        case FigureOf():
            return _figure(measure, unit, on, books)
        case Growth():
            return _growth(measure, on, books)
        case YearsOnFile():
            return _years_on_file(measure, on)
        case Count():
            return _count(measure, on, books)
        case Tenure(tier, _unit):
            return _tenure(None if tier == ANY_TIER else tier, on)


def _unknown(source: Source, why: str) -> Measured:
    return Measured(None, None, source, why)


def _always(answer: Measured) -> Gauge:
    return lambda _facts: answer


def _field(name: str, op: Op, books: Books) -> Gauge:
    if name not in books.fields:
        text = _("企业档案中没有“{field}”这一项").format(field=name)
        return _always(_unknown(Source(_ENTERPRISE, field=name), text))
    empty = _("“{field}”未填写").format(field=books.fields[name])

    def take(facts: Facts) -> Measured:
        value = facts.values.get(name)
        source = _of_enterprise(facts, name)
        if op in (Op.FILLED, Op.EMPTY):
            filled = value not in (None, "")
            return Measured(filled, filled, source)
        if value in (None, ""):
            return _unknown(source, empty)
        return Measured(value, value, source)

    return take


def _of_enterprise(facts: Facts, name: str) -> Source:
    values = facts.values
    text = values.get("source") or ""
    return Source(_ENTERPRISE, (facts.id,), name, values.get("source_date"), text)


def _since(name: str, on: date, books: Books) -> Gauge:
    take_date = _field(name, Op.AT_LEAST, books)

    def take(facts: Facts) -> Measured:
        found = take_date(facts)
        if not isinstance(found.value, date):
            return found
        months = full_months(found.value, on)
        return Measured(months, months, found.source)

    return take


def _since_earliest(measure: Since, on: date, books: Books) -> Gauge:
    kind, name = measure.earliest_of, measure.field
    ledger = books.ledgers.get(kind)
    closed = _closed(kind, ledger)
    if closed is not None or ledger is None:
        return closed or _always(_unknown(Source(kind), ""))
    tests = [test_of(clause, on, ledger) for clause in measure.where]
    none = _("没有符合条件的{label}").format(label=ledger.label)
    incomplete = _("有{label}的“{field}”未填写").format(
        label=ledger.label, field=ledger.fields.get(name, name)
    )

    def take(facts: Facts) -> Measured:
        earliest: date | None = None
        record, open_rows = "", False
        for row in facts.records.get(kind, ()):
            passes, day = passes_all(tests, row), row.get(name)
            if passes is False:
                continue
            if passes is None or not isinstance(day, date):
                open_rows = True
            elif earliest is None or day < earliest:
                earliest, record = day, row["id"]
        if earliest is None and open_rows:
            return _unknown(Source(kind, field=name), incomplete)
        if earliest is None:
            return Measured(0, 0, Source(kind, field=name), none)
        months = full_months(earliest, on)
        most = _EVER if open_rows else months
        why = incomplete if open_rows else ""
        return Measured(months, most, Source(kind, (record,), name, earliest), why)

    return take


_EVER = 12 * 9999


def _latest(years: Mapping[int, Figure], on: date) -> int | None:
    return max((year for year in years if year < on.year), default=None)


def _figure(measure: FigureOf, unit: Words, on: date, books: Books) -> Gauge:
    name = books.measures.get(measure.measure, measure.measure)
    none = _("没有“{name}”的年度数据").format(name=name)
    wrong = _("“{name}”的单位“{unit}”无法与“{wanted}”比较")

    def take(facts: Facts) -> Measured:
        years = facts.figures.get(measure.measure, {})
        year = _latest(years, on)
        if year is None:
            return _unknown(Source(_FIGURE, field=measure.measure), none)
        figure = years[year]
        source = _of_figure(figure, measure.measure, year)
        if year < on.year - measure.max_age:
            return _unknown(source, _old(name, year))
        value = in_unit(figure, unit.zh)
        if value is None:
            return _unknown(source, wrong.format(name=name, unit=figure.unit, wanted=unit.zh))
        return Measured(value, value, source)

    return take


def _old(name: str, year: int) -> str:
    return _("“{name}”最近一年数据为 {year} 年，已过时").format(name=name, year=year)


def _of_figure(figure: Figure, name: str, year: int) -> Source:
    as_of = figure.as_of or date(year, 12, 31)
    return Source(_FIGURE, (figure.record,), name, as_of, figure.source)


def in_unit(figure: Figure, unit: str) -> Decimal | None:
    """The figure in that unit; None where its own unit does not convert, or is not written down."""
    if figure.value is None or figure.unit == unit:
        return figure.value
    if figure.unit in MONEY and unit in MONEY:
        return figure.value * MONEY[figure.unit] / MONEY[unit]
    return figure.value if unit and not figure.unit and unit not in MONEY else None


def _growth(measure: Growth, on: date, books: Books) -> Gauge:
    name = books.measures.get(measure.measure, measure.measure)
    none = _("缺少“{name}”相邻两年的数据").format(name=name)

    def take(facts: Facts) -> Measured:
        years = facts.figures.get(measure.measure, {})
        year = _latest(years, on)
        if year is None or year - 1 not in years:
            return _unknown(Source(_FIGURE, field=measure.measure), none)
        source = _of_figure(years[year], measure.measure, year)
        if year < on.year - measure.max_age:
            return _unknown(source, _old(name, year))
        before = years[year - 1]
        now = in_unit(years[year], before.unit)
        if now is None or before.value is None or before.value <= 0:
            return _unknown(source, none)
        rate = ((now - before.value) * 100 / before.value).quantize(Decimal("0.01"))
        records = (years[year].record, before.record)
        return Measured(rate, rate, source._replace(records=records))

    return take


def _years_on_file(measure: YearsOnFile, on: date) -> Gauge:
    oldest = on.year - measure.max_age

    def take(facts: Facts) -> Measured:
        by_measure = [facts.figures.get(name, {}) for name in measure.measures]

        def complete(year: int) -> bool:
            return all(year in y and y[year].value is not None for y in by_measure)

        last = next((y for y in range(on.year - 1, oldest - 1, -1) if complete(y)), None)
        if last is None:
            return Measured(0, 0, Source(_FIGURE))
        first = last
        while complete(first - 1):
            first -= 1
        records = tuple(y[n].record for y in by_measure for n in range(first, last + 1))
        years = last - first + 1
        return Measured(years, years, Source(_FIGURE, records, as_of=date(last, 12, 31)))

    return take


def _tenure(tier: str | None, on: date) -> Gauge:
    def take(facts: Facts) -> Measured:
        months = months_on(facts.stays, tier, on)
        moves = tuple(s.moves[0] for s in facts.stays if tier is None or s.tier == tier)
        return Measured(months, months, Source(_LADDER, moves))

    return take


def _closed(kind: str, ledger: Ledger | None) -> Gauge | None:
    """The answer for a ledger that cannot tell anything, or None for one that can."""
    if ledger is None:
        return _always(_unknown(Source(kind), _("该台账尚未启用")))
    if not ledger.used:
        text = _("“{label}”台账还没有任何记录").format(label=ledger.label)
        return _always(_unknown(Source(kind), text))
    return None


def _count(measure: Count, on: date, books: Books) -> Gauge:
    kind, distinct = measure.kind, measure.distinct
    ledger = books.ledgers.get(kind)
    closed = _closed(kind, ledger)
    if closed is not None or ledger is None:
        return closed or _always(_unknown(Source(kind), ""))
    tests = [test_of(clause, on, ledger) for clause in measure.where]
    incomplete = _("有 {number} 条{label}的内容不全，无法判断")

    def take(facts: Facts) -> Measured:
        sure: list[Row] = []
        open_rows: list[Row] = []
        for row in facts.records.get(kind, ()):
            passes = passes_all(tests, row)
            if passes is not False:
                (open_rows if passes is None else sure).append(row)
        records = tuple(row["id"] for row in sure)
        if distinct:
            least, most = _distinct(sure, open_rows, distinct)
        else:
            least, most = len(sure), len(sure) + len(open_rows)
        if least == most:
            return Measured(least, most, Source(kind, records, distinct))
        text = incomplete.format(number=most - least, label=ledger.label)
        return Measured(least, most, Source(kind, records, distinct), text)

    return take


def _distinct(sure: Sequence[Row], open_rows: Sequence[Row], name: str) -> tuple[int, int]:
    """How many values a field has at least, and at most."""
    values = {row.get(name) for row in sure} - {None, ""}
    possible = values | ({row.get(name) for row in open_rows} - {None, ""})
    blank = sum(1 for row in (*sure, *open_rows) if row.get(name) in (None, ""))
    return len(values), len(possible) + blank
