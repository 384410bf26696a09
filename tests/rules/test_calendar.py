"""Open and closed days of China and of the International Bureau."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from brandpool.rules.catalogue import compute
from brandpool.rules.reference import shipped

CHINA = shipped().china
WIPO = shipped().wipo
DATES = st.dates(date(2000, 1, 1), date(2040, 1, 1))


def closed_weekdays(year: int) -> set[str]:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return {
        d.isoformat() for d in days if d.year == year and d.weekday() < 5 and not WIPO.is_open(d)
    }


def test_wipo_pattern_gives_the_closed_days_of_2019() -> None:
    assert closed_weekdays(2019) == {
        "2019-01-01", "2019-04-19", "2019-04-22", "2019-05-30", "2019-06-10", "2019-09-05",
        "2019-12-25", "2019-12-31",
    }  # fmt: skip


def test_the_last_day_of_the_year_moves_to_friday_when_it_falls_on_a_week_end() -> None:
    assert "2016-12-30" in closed_weekdays(2016)
    assert "2017-12-29" in closed_weekdays(2017)
    assert "2026-12-31" in closed_weekdays(2026)


def test_make_up_days_are_working_days_and_their_holidays_are_not() -> None:
    assert CHINA.is_open(date(2026, 2, 28))
    assert CHINA.is_open(date(2026, 10, 10))
    assert not CHINA.is_open(date(2026, 10, 7))
    assert not CHINA.is_open(date(2026, 10, 11))


def test_a_year_without_a_notice_keeps_week_ends_and_the_festivals_of_the_law() -> None:
    assert not CHINA.is_published(2027)
    assert not CHINA.is_open(date(2027, 1, 1))
    assert not CHINA.is_open(date(2027, 2, 8))
    assert CHINA.is_open(date(2027, 2, 9))
    assert not CHINA.is_open(date(2027, 10, 1))


def test_every_year_since_2004_is_published_until_the_last_notice() -> None:
    assert all(CHINA.is_published(year) for year in range(2004, 2027))


def test_an_estimated_year_says_so_in_the_answer_and_in_its_step() -> None:
    result = compute("cn.reply", {"received": "2026-12-20", "days": 15})
    assert result["provisional"] is True
    assert "估算" in result["chain"][-1]["note"]
    assert compute("cn.reply", {"received": "2026-12-01", "days": 15})["provisional"] is False


@given(DATES)
def test_rolling_forward_gives_the_first_open_day_and_back_the_last(day: date) -> None:
    for calendar in (CHINA, WIPO):
        later, earlier = calendar.next_open_day(day), calendar.last_open_day(day)
        assert earlier <= day <= later
        assert calendar.is_open(earlier)
        assert calendar.is_open(later)
        between = [earlier + timedelta(days=n) for n in range(1, (later - earlier).days)]
        assert not any(calendar.is_open(closed) for closed in between if closed != day)


@given(DATES, st.integers(1, 60))
def test_counting_working_days_counts_exactly_the_open_days_after_the_start(
    start: date, count: int
) -> None:
    end = CHINA.nth_open_day(start, count)
    passed = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(map(CHINA.is_open, passed)) == count
    assert CHINA.is_open(end)
