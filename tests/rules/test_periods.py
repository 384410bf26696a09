"""Periods end where the law says, on every start day of forty years."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandpool.errors import UserError
from brandpool.rules.periods import Period, add, validity_end

DAY = timedelta(days=1)
DAYS = [date(2000, 1, 1) + timedelta(days=n) for n in range(40 * 365 + 10)]


def counted_by_hand(start: date, months: int) -> date:
    """The corresponding day by counting months, the month's last day if there is none."""
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


@pytest.mark.parametrize("length", ["1m", "2m", "3m", "6m", "7m", "12m", "18m", "5y", "10y"])
def test_months_and_years_agree_with_an_independent_count_on_forty_years_of_days(
    length: str,
) -> None:
    period = Period.parse(length)
    months = period.count * (12 if period.unit == "y" else 1)
    assert [d for d in DAYS if add(d, period) != counted_by_hand(d, months)] == []


def test_a_validity_term_ends_before_the_corresponding_day_or_at_the_months_end() -> None:
    ten = Period(10, "y")
    for first in DAYS:
        end = validity_end(first, ten)
        following = end + DAY
        if (first.month, first.day) == (2, 29):
            assert (end.month, end.day, end.year) == (2, 28, first.year + 10)
        else:
            assert (following.month, following.day) == (first.month, first.day)
            assert following.year == first.year + 10


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(1, 600))
def test_going_back_from_the_end_never_lands_after_the_start(start: date, months: int) -> None:
    period = Period(months, "m")
    back = add(add(start, period), period, -1)
    assert start - timedelta(days=3) <= back <= start


def test_periods_count_from_the_start_and_do_not_stick_to_a_month_end() -> None:
    assert add(date(2026, 2, 28), Period(6, "m")) == date(2026, 8, 28)
    assert add(date(2026, 8, 31), Period(6, "m"), 2) == date(2027, 8, 31)


def test_ten_years_are_not_3650_days() -> None:
    assert add(date(2016, 11, 22), Period(10, "y")) == date(2026, 11, 22)
    assert date(2016, 11, 22) + timedelta(days=3650) == date(2026, 11, 20)


@pytest.mark.parametrize("text", ["", "m", "3 moons", "-3m"])
def test_an_unreadable_period_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        Period.parse(text)


def test_a_period_beyond_the_calendar_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="超出"):
        add(date(2026, 1, 1), Period(9000, "y"))
