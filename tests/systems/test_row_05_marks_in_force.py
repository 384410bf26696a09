"""Row 5, 有效注册量超3万件: both totals, grace by a switch, apart by street and industry."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from brandpool.db.pool import Pool
from brandpool.models.target import Target
from brandpool.models.trademark import Trademark
from brandpool.services import target_spread, targets
from brandpool.services.targets import TargetRow
from tests.systems.ledgers import FIRM, OTHER, TODAY, add, edit, export, firm, take

HEADS = ["注册号", "国际分类", "商标名称", "所属企业", "注册日期", "专用权期限"]


def filled(pool: Pool, tmp_path: Path) -> str:
    """Two enterprises: one number in two classes, one mark in grace, one beyond it; a target."""
    firm(pool, FIRM, street="梅墟街道", industry="通用设备制造业")
    firm(pool, OTHER, street="聚贤街道", industry="电子制造业")
    planned = take(
        pool, tmp_path / "商标.xlsx", Trademark, HEADS,
        ["18000001", 9, "朝阳", FIRM, "2020-03-01", "2030-02-28"],
        ["18000001", 35, "朝阳", FIRM, "2020-03-01", "2030-02-28"],
        ["18000002", 7, "甬江", OTHER, "2016-09-01", "2026-08-31"],
        ["18000003", 7, "甬潮", OTHER, "2016-01-01", "2025-12-31"],
    )  # fmt: skip
    assert [row.state for row in planned.rows] == ["new"] * 4
    return add(pool, Target, {
        "title": "商标有效注册量", "indicator": "marks_in_force", "year": 2026,
        "operator": "exceed", "value": Decimal(30_000), "unit": "件",
    })  # fmt: skip


def row(pool: Pool, record: str, on: date = TODAY) -> TargetRow:
    with pool.read() as session:
        return targets.get(session, record, on)


def test_a_mark_in_grace_counts_by_the_switch_and_both_totals_are_shown(
    pool: Pool, tmp_path: Path
) -> None:
    record = filled(pool, tmp_path)
    found = row(pool, record)
    assert found.actual.value == 3
    assert "宽展期内的计入" in found.actual.definition
    with pool.read() as session:
        ways = {way.key: counted.total for way, counted in targets.other_ways(session, found)}
    assert ways == {
        "classes": 3, "classes_strict": 2, "registrations": 2, "registrations_strict": 1,
    }  # fmt: skip
    edit(pool, Target, record, counting="classes_strict")
    assert row(pool, record).actual.value == 2
    assert "宽展期内的不计" in row(pool, record).actual.definition


def test_the_number_is_that_of_the_day_asked_for(pool: Pool, tmp_path: Path) -> None:
    record = filled(pool, tmp_path)
    assert row(pool, record, date(2026, 6, 30)).actual.value == 4
    assert row(pool, record, date(2026, 7, 1)).actual.value == 3
    assert row(pool, record, date(2025, 12, 31)).actual.value == 4


def test_the_gauge_comes_apart_by_street_and_by_industry(pool: Pool, tmp_path: Path) -> None:
    counted = row(pool, filled(pool, tmp_path)).actual.counted
    assert counted is not None
    with pool.read() as session:
        apart = {
            by: {share.label: len(share.rows) for share in
                 target_spread.spread(session, counted.rows, by)}
            for by in target_spread.WAYS
        }  # fmt: skip
    assert apart == {
        "street": {"梅墟街道": 2, "聚贤街道": 1},
        "industry": {"通用设备制造业": 2, "电子制造业": 1},
    }
    assert all(sum(one.values()) == counted.total for one in apart.values())


def test_exceeding_is_more_than_the_number_itself(pool: Pool, tmp_path: Path) -> None:
    record = filled(pool, tmp_path)
    edit(pool, Target, record, value=Decimal(3))
    assert (row(pool, record).state, row(pool, record).needed) == ("open", 1)
    edit(pool, Target, record, value=Decimal(2))
    assert row(pool, record).state == "met"


def test_the_marks_behind_the_number_leave_as_a_list(pool: Pool, tmp_path: Path) -> None:
    counted = row(pool, filled(pool, tmp_path)).actual.counted
    assert counted is not None
    ids = [record for _kind, record in counted.rows]
    rows = export(pool, tmp_path / "出.xlsx", Trademark, ["reg_no", "nice_class"], ids)
    assert len(rows) == counted.total
