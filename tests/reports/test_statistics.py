"""Every number of every statistic opens exactly its records; what came late is known later."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from brandpool import i18n
from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import pool_files, sample
from brandpool.models.enterprise import Enterprise
from brandpool.models.journal import Txn
from brandpool.models.tier import TierMove
from brandpool.reports import promotion, tally
from brandpool.reports.ask import Ask
from brandpool.reports.statistics import compute, statistic, statistics
from brandpool.reports.tally import About
from brandpool.services import schemes

LADDER = "cultivation_ladder"
KEYS = [one.key for one in statistics()]
TODAY = date(2026, 11, 22)
YEAR = Ask(LADDER, date(2026, 1, 1), TODAY)
labels = st.sampled_from(["甲", "乙", "丙"])
records = st.sampled_from(["1", "2", "3", "4"])


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    path: Path = tmp_path_factory.mktemp("sample") / "sample.brandpool"
    pool = pool_files.create(path, who="测试员")
    sample.build(pool, 60, 1, TODAY)
    yield pool
    pool.close()


@given(st.lists(st.tuples(labels, labels, st.sampled_from(["a", "b"]), records), max_size=30))
def test_every_number_and_sum_is_the_number_of_distinct_records_behind_it(
    lines: list[tuple[str, str, str, str]],
) -> None:
    frame = tally.tally(About("", "行", "件", "", ("甲", "乙", "丙"), ("甲", "乙", "丙")), lines)
    table = tally.printed(frame).set_index("行")
    for row in (*"甲乙丙", None):
        for column in (*"甲乙丙", None):
            held = {
                (kind, one) for r, c, kind, one in lines if row in (None, r) and column in (None, c)
            }
            opened = tally.rows(frame, row, column)
            assert len(opened) == len(set(opened)) == table.loc[row or "合计", column or "合计"]
            assert set(opened) == held


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_every_number_of_the_sample_pool_opens_as_many_records_as_it_says(
    filled: Pool, key: str
) -> None:
    frame = compute(filled, statistic(key), YEAR)
    told, table = tally.about(frame), tally.printed(frame)
    assert len(frame)
    assert told.definition in tally.definition(frame)
    numbers = {place: one.total for place, one in tally.all_counted(frame).items()}
    for line in table.to_dict("records"):
        row = None if line[told.head] == "合计" else line[told.head]
        for head in (*told.columns, "合计"):
            if isinstance(line.get(head), int):
                place = (row, None if head == "合计" else head)
                assert line[head] == len(tally.rows(frame, *place)) == numbers.get(place, 0)


@pytest.mark.slow
def test_every_statistic_speaks_the_language_of_the_window(filled: Pool) -> None:
    for one in statistics():
        frame = compute(filled, one, YEAR)
        with i18n.speaking("en"):
            other = compute(filled, one, YEAR)
        assert tally.sums(frame, None) == tally.sums(other, None)


def test_an_unknown_statistic_is_answered_with_those_there_are() -> None:
    with pytest.raises(UserError, match="flows"):
        statistic("weather")


@pytest.fixture
def late(pool: Pool) -> Pool:
    """One enterprise entered and known in 2025, one entered in 2025 and known only in 2026."""
    with pool.write("准备", who="测试员") as session:
        schemes.install_shipped(session)
        ids = journal.insert(session, Enterprise, [{"name": f"企业{n}"} for n in range(2)])
    for one, arrived in zip(ids, (date(2025, 6, 30), date(2026, 1, 15)), strict=True):
        with pool.write("入库", who="测试员") as session:
            move = {"enterprise_id": one, "ladder": LADDER, "tier": "reserve",
                    "effective": date(2025, 6, 1), "reason": "评定"}  # fmt: skip
            journal.insert(session, TierMove, [move])
        _arrived(pool, arrived)
    return pool


def _arrived(pool: Pool, day: date) -> None:
    """Let the last step, or for the first day all of them, have arrived on that day at noon."""
    noon = int((day - date(1970, 1, 1)).total_seconds() + 12 * 3600) * 1_000_000
    with pool.maintain() as session:
        session.execute(update(Txn).where(Txn.arrived > noon).values(arrived=noon))


def test_what_came_late_is_true_on_the_day_but_was_not_known(late: Pool) -> None:
    stock, day = statistic("stock"), date(2025, 12, 31)
    ask = Ask(LADDER, day, day)

    def number(known: date | None) -> int:
        return tally.sums(compute(late, stock, ask, known), None)[0]

    assert number(None) == 2
    assert number(day) == 1
    assert number(date(2026, 1, 15)) == 2
    with late.write("更正", who="测试员") as session:
        journal.insert(session, Enterprise, [{"name": "后来的企业"}])
    assert number(None) == 2
    assert number(day) == 1


def test_a_number_as_known_on_a_day_says_so(late: Pool) -> None:
    day = date(2025, 12, 31)
    frame = compute(late, statistic("stock"), Ask(LADDER, day, day), day)
    assert "按 2025-12-31 已知" in tally.about(frame).title
    assert "2025年12月31日日终前已录入" in tally.definition(frame)


def test_the_promotion_curve_is_kaplan_and_meiers_by_hand() -> None:
    # 6 at risk: 1 promoted at 2 (5/6); at 3 one is censored; 4 at risk at 5: 2 promoted (2/4);
    # at 8 one is censored; the last is promoted at 9 (0).
    found = promotion.curve([2, 3, 5, 5, 8, 9], [True, False, True, True, False, True])
    assert found.days == (0, 2, 5, 9)
    assert found.share == pytest.approx((0, 1 / 6, 1 - 5 / 6 * 2 / 4, 1))
    assert found.median == 5
    assert promotion.share_by(found, 4) == pytest.approx(1 / 6)


def test_nobody_promoted_gives_no_median() -> None:
    found = promotion.curve([100, 200], [False, False])
    assert (found.median, found.share) == (None, (0.0,))


@settings(deadline=None)
@given(st.lists(st.integers(1, 900), min_size=1, max_size=30), st.integers(0, 1000))
def test_without_anybody_waiting_the_curve_is_the_plain_ratio(days: list[int], by: int) -> None:
    found = promotion.curve(days, [True] * len(days))
    plain = sum(day <= by for day in days) / len(days)
    assert promotion.share_by(found, by) == pytest.approx(plain)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 900), st.booleans()), min_size=1, max_size=30))
def test_the_band_holds_the_curve_and_the_curve_never_falls(
    stays: list[tuple[int, bool]],
) -> None:
    found = promotion.curve([day for day, _up in stays], [up for _day, up in stays])
    assert list(found.share) == sorted(found.share)
    for low, share, high in zip(found.lower, found.share, found.upper, strict=True):
        assert low <= share + 1e-12
        assert share <= high + 1e-12


def test_stays_end_by_promotion_fall_or_exit_and_are_otherwise_still_waiting(pool: Pool) -> None:
    lines: list[list[tuple[int, str | None]]] = [
        [(0, "reserve"), (100, "growing")],
        [(0, "reserve"), (50, "reserve"), (200, "growing")],
        [(0, "reserve"), (300, None)],
        [(0, "growing"), (30, "reserve")],
        [(0, "reserve")],
    ]
    with pool.write("准备", who="测试员") as session:
        schemes.install_shipped(session)
        ids = journal.insert(session, Enterprise, [{"name": f"企业{n}"} for n in range(5)])
        made = [
            {"enterprise_id": one, "ladder": LADDER, "tier": tier, "reason": "评定",
             "effective": date(2024, 1, 1) + timedelta(day)}
            for one, line in zip(ids, lines, strict=True)
            for day, tier in line
        ]  # fmt: skip
        journal.insert(session, TierMove, made)
    on = date(2024, 12, 31)
    frame = compute(pool, statistic("promotion"), Ask(LADDER, on, on))
    times = frame.attrs["times"].days.items()
    days = {place: found for place, found in times if place[0] == "储备层"}
    assert days == {
        ("储备层", ids[0]): (100, "up"), ("储备层", ids[1]): (200, "up"),
        ("储备层", ids[2]): (300, "out"), ("储备层", ids[3]): (335, "still"),
        ("储备层", ids[4]): (365, "still"),
    }  # fmt: skip
    assert set(tally.rows(frame, "成长层", "降级")) == {("enterprise", ids[3])}
