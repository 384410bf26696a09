"""Which records a condition counts: three-valued tests of their fields on a day."""

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from brandpool.rules.facts import Ledger, Row
from brandpool.rules.periods import Period, add
from brandpool.rules.scheme import Clause, Op

Test = Callable[[Row], bool | None]


def passes_all(tests: Sequence[Test], row: Row) -> bool | None:
    unsure = False
    for test in tests:
        answer = test(row)
        if answer is False:
            return False
        unsure = unsure or answer is None
    return None if unsure else True


def test_of(clause: Clause, on: date, ledger: Ledger) -> Test:
    """The clause as a three-valued test of a record: None where the record does not say."""
    name, op, or_empty = clause.field, clause.op, clause.or_empty
    if name not in ledger.fields:
        return lambda _row: None
    wanted = _wanted(clause, on)
    compare, text = _COMPARE[op], isinstance(wanted, str)
    blank = True if or_empty or op is Op.EMPTY else False if op is Op.FILLED else None

    def passes(row: Row) -> bool | None:
        value = row.get(name)
        if value is None or value == "":
            return blank
        if text and isinstance(value, date):
            return compared(op, value, wanted)
        try:
            return bool(compare(value, wanted))
        except TypeError:
            return None

    return passes


def _wanted(clause: Clause, on: date) -> Any:
    if clause.before is not None:
        count, unit = clause.before
        return add(on, Period(count, unit[0]), -1)
    return clause.value


def compared(op: Op, value: Any, wanted: Any) -> bool | None:
    """Whether a value that is there compares as asked; None where the two do not compare."""
    try:
        if isinstance(value, date) and isinstance(wanted, str):
            wanted = date.fromisoformat(wanted)
        return bool(_COMPARE[op](value, wanted))
    except (TypeError, ValueError):
        return None


_COMPARE: Mapping[Op, Callable[[Any, Any], Any]] = {
    Op.EQUALS: operator.eq,
    Op.ONE_OF: lambda value, wanted: value in wanted,
    Op.NONE_OF: lambda value, wanted: value not in wanted,
    Op.AT_LEAST: operator.ge,
    Op.AT_MOST: operator.le,
    Op.AFTER: operator.gt,
    Op.FILLED: lambda value, _wanted: bool(value),
    Op.EMPTY: lambda value, _wanted: not value,
}
