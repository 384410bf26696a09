from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandpool.rules.standing import Placing, full_months, membership, months_on, stays

START = date(2020, 1, 1)
ON = date(2026, 11, 22)

lines = st.lists(
    st.tuples(st.integers(0, 3000), st.sampled_from(["one", "two", "three", None])), max_size=12
).map(
    lambda rows: [
        Placing(START + timedelta(days=days), f"{number:04d}", tier)
        for number, (days, tier) in enumerate(rows)
    ]
)


@given(lines)
def test_the_days_of_all_stays_add_up_to_the_days_since_the_first_entry(
    placings: list[Placing],
) -> None:
    line = stays(placings, ON)
    entries = [p.effective for p in placings if p.tier is not None and p.effective <= ON]
    expected = (ON - min(entries)).days if entries else 0
    if line:
        assert line[0].start == min(entries)
    assert sum(stay.days(ON) for stay in line) == expected


@given(lines, st.randoms())
def test_the_order_in_which_moves_are_entered_does_not_matter(placings, random) -> None:
    shuffled = placings[:]
    random.shuffle(shuffled)
    assert stays(shuffled, ON) == stays(placings, ON)


@given(lines)
def test_neighbouring_stays_are_on_different_tiers_and_meet(placings: list[Placing]) -> None:
    line = stays(placings, ON)
    for earlier, later in pairwise(line):
        assert earlier.tier != later.tier
        assert earlier.end == later.start
    assert all(stay.end is None for stay in line[-1:])


def test_a_move_between_two_others_changes_what_the_later_one_came_from() -> None:
    first, last = Placing(START, "a", "one"), Placing(date(2022, 1, 1), "b", "three")
    assert [s.tier for s in stays([first, last], ON)] == ["one", "three"]
    between = Placing(date(2021, 1, 1), "c", "two")
    line = stays([first, last, between], ON)
    assert [(s.tier, s.start) for s in line] == [
        ("one", START),
        ("two", date(2021, 1, 1)),
        ("three", date(2022, 1, 1)),
    ]


def test_a_review_keeps_the_stay_and_dates_it() -> None:
    moves = [Placing(START, "a", "one"), Placing(date(2021, 1, 5), "b", "one")]
    (stay,) = stays(moves, ON)
    assert (stay.start, stay.reviewed, stay.moves) == (START, date(2021, 1, 5), ("a", "b"))


def test_a_move_that_is_still_to_come_does_not_count() -> None:
    moves = [Placing(START, "a", "one"), Placing(date(2027, 1, 1), "b", "two")]
    assert [s.tier for s in stays(moves, ON)] == ["one"]


def test_time_on_a_tier_starts_anew_after_leaving_the_ladder() -> None:
    moves = [
        Placing(date(2018, 1, 1), "a", "one"),
        Placing(date(2024, 1, 1), "b", None),
        Placing(date(2026, 1, 22), "c", "one"),
    ]
    line = stays(moves, ON)
    assert months_on(line, "one", ON) == months_on(line, None, ON) == 10
    assert [s.start for s in membership(line)] == [date(2026, 1, 22)]


@pytest.mark.parametrize(
    ("start", "on", "months"),
    [
        (date(2024, 1, 31), date(2024, 2, 28), 0),
        (date(2024, 1, 31), date(2024, 2, 29), 1),
        (date(2023, 11, 22), date(2026, 11, 21), 35),
        (date(2023, 11, 22), date(2026, 11, 22), 36),
        (date(2027, 1, 1), date(2026, 11, 22), 0),
    ],
)
def test_full_months(start: date, on: date, months: int) -> None:
    assert full_months(start, on) == months
