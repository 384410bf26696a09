"""Row 24, 宣传/主题活动: each event counts in one star item; together they are the year's."""

from collections import Counter
from datetime import date
from pathlib import Path

from brandpool.db.pool import Pool
from brandpool.models.training import STAR_ITEMS, Training
from brandpool.services import records, stars
from brandpool.services.records import Filter, Op, Query
from tests.systems import ledgers
from tests.systems.ledgers import TODAY


def test_each_event_counts_in_exactly_one_star_item_and_all_add_up(
    pool: Pool, tmp_path: Path
) -> None:
    planned = ledgers.take(
        pool, tmp_path / "活动.xlsx", Training,
        ["2026年知识产权宣传与主题活动台账"],
        ["序号", "活动主题", "活动日期", "形式", "星级项目", "参训人数", "地点"],
        [1, "4·26知识产权宣传周", "2026.4.26", "主题活动", "宣传推广", "320人", "世纪广场"],
        [2, "马德里商标实务", "2026年6月5日", "讲座", "实务讲座", 45, "聚贤大厦"],
        [3, "商标公益体检日", "2026-07-01", "公益", "公益活动", 60, None],
        [4, "去年的宣传", "2025-04-26", "宣传", "宣传推广", 100, None],
        [5, "没有归入项目", "2026-08-01", "讲座", None, 20, None],
    )  # fmt: skip
    assert [row.state for row in planned.rows] == ["new"] * 4 + ["rejected"]
    with pool.read() as session:
        found = stars.events(session, 2026)
        within = (
            Filter("held_on", Op.AT_LEAST, date(2026, 1, 1)),
            Filter("held_on", Op.AT_MOST, date(2026, 12, 31)),
        )
        report = records.find(session, Training, Query(within))
    rows = Counter(row for one in found.values() for row in one.rows)
    assert set(rows.values()) == {1}
    assert {record for _kind, record in rows} == set(report)
    assert sum(int(one.total or 0) for one in found.values()) == len(report) == 3
    assert {code: one.total for code, one in found.items() if one.total} == {
        "publicity": 1, "lectures": 1, "public_good": 1
    }  # fmt: skip


def test_the_rating_takes_an_event_for_its_own_item_only(pool: Pool) -> None:
    for item in ("publicity", "lectures", "public_good"):
        ledgers.add(
            pool, Training,
            {"topic": item, "held_on": date(2026, 5, 1), "star_item": item, "headcount": 30},
        )  # fmt: skip
    with pool.read() as session:
        rating = stars.rate(session, 2026, TODAY)
    taken = {item.code: [r for r in item.rows if r[0] == "training"] for item in rating.items}
    assert {code: len(rows) for code, rows in taken.items() if rows} == {
        "publicity": 1, "lectures": 1, "public_good": 1
    }  # fmt: skip
    assert {choice.code for choice in STAR_ITEMS} == set(taken)


def test_the_years_events_leave_as_a_list(pool: Pool, tmp_path: Path) -> None:
    ledgers.add(
        pool, Training,
        {"topic": "宣传周", "held_on": date(2026, 4, 26), "star_item": "publicity",
         "headcount": 320},
    )  # fmt: skip
    columns = ["topic", "held_on", "star_item", "headcount"]
    [row] = ledgers.export(pool, tmp_path / "出.xlsx", Training, columns)
    assert (row["主题"], row["计入星级项目"]) == ("宣传周", "宣传推广")
