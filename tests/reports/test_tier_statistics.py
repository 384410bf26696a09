"""Movement, stock and dwell on real moves: the sums agree, and every mark opens its rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Enterprise
from brandpool.models.tier import TierMove
from brandpool.reports import ask, dwell, movement, moves, stock
from brandpool.reports.moves import OUTSIDE
from brandpool.services import schemes, tiers

LADDER = "cultivation_ladder"
TIERS = ("reserve", "growing", "backbone", "leading")
DAY = date(2024, 1, 1)
Step = tuple[int, int, str | None]

steps = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 900), st.sampled_from([*TIERS, None])),
    max_size=25,
    unique_by=lambda step: step[:2],
)
quick = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def ground(pool: Pool) -> tuple[Pool, list[str]]:
    with pool.write("准备", who="测试员") as session:
        schemes.install_shipped(session)
        names = [{"name": f"宁波企业{n}有限公司"} for n in range(6)]
        return pool, journal.insert(session, Enterprise, names)


@contextmanager
def moved(ground: tuple[Pool, list[str]], made: list[Step]) -> Iterator[Session]:
    """A session in which these moves have been made, taken back at the end."""
    pool, ids = ground
    with pool.write("变动", who="测试员") as session, session.begin_nested() as savepoint:
        journal.insert(session, TierMove, [_move(ids, step) for step in made])
        yield session
        savepoint.rollback()
        journal.drafts(session).clear()


def _move(ids: list[str], step: Step) -> dict[str, object]:
    who, day, tier = step
    effective = DAY + timedelta(day)
    return {
        "enterprise_id": ids[who],
        "ladder": LADDER,
        "tier": tier,
        "effective": effective,
        "reason": "年度复核",
    }


@quick
@given(made=steps, first=st.integers(0, 900), length=st.integers(0, 500))
def test_row_sums_are_the_first_days_tiers_and_column_sums_the_last_days(
    ground: tuple[Pool, list[str]], made: list[Step], first: int, length: int
) -> None:
    start, end = DAY + timedelta(first), DAY + timedelta(first + length)
    with moved(ground, made) as session:
        frame = movement.numbers(session, LADDER, start, end)
        before = tiers.standings(session, LADDER, start)
        after = tiers.standings(session, LADDER, end)
    table = movement.matrix(frame)
    scope = frame.attrs["scope"]
    for code in TIERS:
        name = scope.name(code)
        assert table.loc[name, "合计"] == sum(s.tier == code for s in before.values())
        assert table.loc["合计", name] == sum(s.tier == code for s in after.values())
    assert table.loc["池外", "合计"] == len(after.keys() - before.keys())
    assert table.loc["合计", "池外"] == len(before.keys() - after.keys())
    assert table.loc["合计", "合计"] == len(before.keys() | after.keys())


@quick
@given(made=steps, first=st.integers(0, 900), length=st.integers(0, 500))
def test_every_pair_of_tiers_opens_exactly_its_enterprises(
    ground: tuple[Pool, list[str]], made: list[Step], first: int, length: int
) -> None:
    start, end = DAY + timedelta(first), DAY + timedelta(first + length)
    with moved(ground, made) as session:
        frame = movement.numbers(session, LADDER, start, end)
        before = tiers.standings(session, LADDER, start)
        after = tiers.standings(session, LADDER, end)
    for source, target in movement.flows(frame):
        opened = set(movement.rows(frame, f"cell:{source}>{target}").ids)
        assert opened == {
            one
            for one in before.keys() | after.keys()
            if (before[one].tier if one in before else OUTSIDE) == source
            and (after[one].tier if one in after else OUTSIDE) == target
        }
    for code in TIERS:
        standing = {one for one, now in after.items() if now.tier == code}
        assert set(movement.rows(frame, f"last:{code}").ids) == standing


@quick
@given(made=steps, step=st.sampled_from(["month", "quarter", "year"]))
def test_the_stock_of_every_period_is_the_standings_of_its_last_day(
    ground: tuple[Pool, list[str]], made: list[Step], step: ask.Step
) -> None:
    with moved(ground, made) as session:
        frame = stock.numbers(session, LADDER, DAY, DAY + timedelta(600), step)
        for day in frame.index[:: max(len(frame) // 4, 1)]:
            standing = tiers.standings(session, LADDER, day)
            for code in TIERS:
                there = {one for one, now in standing.items() if now.tier == code}
                assert frame.loc[day, code] == len(there)
                assert set(stock.rows(frame, f"stock:{day}:{code}").ids) == there


@quick
@given(made=steps, on=st.integers(0, 1000))
def test_the_days_of_an_enterprise_are_counted_one_by_one(
    ground: tuple[Pool, list[str]], made: list[Step], on: int
) -> None:
    day = DAY + timedelta(on)
    with moved(ground, made) as session:
        frame = dwell.numbers(session, LADDER, day)
        standing = tiers.standings(session, LADDER, day)
        _pool, ids = ground
        spent: dict[tuple[str, str], int] = {}
        lines = {one: sorted((s for s in made if ids[s[0]] == one), key=lambda s: s[1])
                 for one in ids}  # fmt: skip
        for one, line in lines.items():
            for number in range(on):
                last = [s for s in line if s[1] <= number]
                if last and last[-1][2] is not None:
                    key = (one, last[-1][2])
                    spent[key] = spent.get(key, 0) + 1
    found = {(row.id, row.tier): row for row in frame.itertuples()}
    assert {key: row.days for key, row in found.items() if row.days} == spent
    for (one, tier), row in found.items():
        assert row.open == (one in standing and standing[one].tier == tier)


def test_each_bar_of_the_stays_opens_its_enterprises(ground: tuple[Pool, list[str]]) -> None:
    with moved(ground, [(0, 0, "reserve"), (1, 0, "reserve"), (1, 400, "growing")]) as session:
        frame = dwell.numbers(session, LADDER, DAY + timedelta(500))
    _pool, ids = ground
    assert dwell.rows(frame, "dwell:reserve:2:open").ids == (ids[0],)
    assert dwell.rows(frame, "dwell:reserve:2:left").ids == (ids[1],)
    assert dwell.rows(frame, "dwell:growing:0:open").ids == (ids[1],)
    assert dwell.rows(frame, "dwell:growing:1:open").ids == ()


def test_a_move_entered_late_between_two_others_counts_from_its_own_day(
    ground: tuple[Pool, list[str]],
) -> None:
    with moved(ground, [(0, 0, "reserve"), (0, 300, "backbone"), (0, 100, "growing")]) as session:
        loaded = moves.load(session, LADDER, TIERS)
        assert [loaded.codes[n] for n in loaded.before] == ["", "reserve", "growing"]
        assert loaded.codes[loaded.at(DAY + timedelta(200))[0]] == "growing"
        assert moves.span(session, LADDER) == (DAY, DAY + timedelta(300))


def test_of_two_moves_on_one_day_the_one_of_the_later_id_holds(
    ground: tuple[Pool, list[str]],
) -> None:
    day = DAY + timedelta(5)
    with moved(ground, [(0, 5, tier) for tier in TIERS]) as session:
        last = session.scalar(select(TierMove.tier).order_by(TierMove.id.desc()).limit(1))
        assert {s.tier for s in tiers.standings(session, LADDER, day).values()} == {last}
        assert movement.flows(movement.numbers(session, LADDER, DAY, day)) == {(OUTSIDE, last): 1}
        assert dwell.numbers(session, LADDER, day)["tier"].tolist() == [last]


def test_a_tier_of_an_older_scheme_is_still_counted(ground: tuple[Pool, list[str]]) -> None:
    with moved(ground, [(0, 0, "old_star"), (1, 0, "reserve")]) as session:
        frame = movement.numbers(session, LADDER, DAY, DAY)
    assert movement.matrix(frame).loc["old_star", "合计"] == 1


def test_numbers_are_copied_with_their_names(ground: tuple[Pool, list[str]]) -> None:
    with moved(ground, [(0, 0, "reserve")]) as session:
        table = movement.printed(movement.numbers(session, LADDER, DAY, DAY))
        over_time = stock.printed(stock.numbers(session, LADDER, DAY, DAY))
        stays = dwell.printed(dwell.numbers(session, LADDER, DAY))
    assert list(table.iloc[3])[:1] == ["储备层"]
    assert over_time.columns.tolist()[0] == "日期"
    assert over_time.iloc[0].tolist() == [DAY, 1, 0, 0, 0, 1]
    assert stays.to_numpy().tolist()[-1] == ["储备层", "仍在", 1, 0, 0, 0, 0, 0]


def test_dates_the_wrong_way_round_are_refused(ground: tuple[Pool, list[str]]) -> None:
    with moved(ground, []) as session:
        for numbers in (movement.numbers, stock.numbers):
            with pytest.raises(UserError, match="晚于"):
                numbers(session, LADDER, DAY, DAY - timedelta(1))


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("month", ["2024-01-31", "2024-02-29", "2024-03-15"]),
        ("quarter", ["2024-03-15"]),
        ("year", ["2024-03-15"]),
    ],
)
def test_periods_end_on_their_last_day_and_on_the_day_asked(
    step: ask.Step, expected: list[str]
) -> None:
    days = [str(day) for day in ask.period_ends(date(2024, 1, 15), date(2024, 3, 15), step)]
    assert days == expected
    whole = list(ask.period_ends(date(2023, 1, 1), date(2025, 12, 31), step))
    assert whole[-1] == date(2025, 12, 31)
    assert len(whole) == len(set(whole)) == {"month": 36, "quarter": 12, "year": 3}[step]


def test_a_pool_without_schemes_still_counts(pool: Pool, tmp_path: Path) -> None:
    with pool.read() as session:
        frame = movement.numbers(session, "nowhere", DAY, DAY)
        assert moves.span(session, "nowhere") is None
    assert movement.matrix(frame).loc["合计", "合计"] == 0
