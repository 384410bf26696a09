"""Row 22, 执法队伍建设: hours per officer and year, certificates that have ended."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.officer import Officer, OfficerTraining
from brandpool.services import officers, records
from tests.systems import ledgers
from tests.systems.ledgers import TODAY


def test_hours_add_up_per_officer_and_year(pool: Pool, tmp_path: Path) -> None:
    ledgers.take(
        pool, tmp_path / "人员.xlsx", Officer,
        ["序号", "人员姓名", "所属单位", "执法证号", "执法证有效期"],
        [1, "周敏", "知识产权科", "A33020001", "2027-05-01"],
        [2, "陈立", "知识产权科", "A33020002", "2026年10月31日"],
    )  # fmt: skip
    planned = ledgers.take(
        pool, tmp_path / "培训.xlsx", OfficerTraining,
        ["参训人员", "培训主题", "培训时间", "课时", "组织单位"],
        ["周敏", "商标法修订解读", "2026.8.3", 8, "市局"],
        ["周 敏", "商业秘密办案实务", "2026-9-1", "4.5", "省局"],
        ["陈立", "商标法修订解读", "2026.8.3", 8, "市局"],
        ["周敏", "年度轮训", "2025.8.3", 24, "市局"],
        ["吴某", "没有登记的人员", "2026.8.3", 8, "市局"],
    )  # fmt: skip
    assert [row.state for row in planned.rows] == ["new"] * 4 + ["rejected"]
    with pool.read() as session:
        found = {one.name: one for one in officers.hours(session, 2026, TODAY)}
        assert (found["周敏"].hours, len(found["周敏"].trainings)) == (Decimal("12.5"), 2)
        assert (found["陈立"].hours, found["陈立"].expired) == (Decimal(8), True)
        assert officers.total_hours(session, 2026, TODAY).total == Decimal("20.5")
        assert officers.total_hours(session, 2025, TODAY).total == Decimal(24)
        early = {one.name: one.hours for one in officers.hours(session, 2026, date(2026, 8, 31))}
        assert early == {"周敏": Decimal(8), "陈立": Decimal(8)}
    rows = ledgers.export(pool, tmp_path / "出.xlsx", OfficerTraining, ["officer_id", "hours"])
    assert [row["执法人员"] for row in rows].count("周敏") == 3
    assert len(rows) == 4


def test_an_expired_certificate_is_alerted_until_it_is_renewed_or_the_officer_leaves(
    pool: Pool,
) -> None:
    ends = date(2026, 10, 31)
    one = ledgers.add(pool, Officer, {"name": "陈立", "certificate_until": ends})
    with pool.read() as session:
        assert officers.expired(session, ends).total == 0
        assert officers.expired(session, ends + timedelta(days=1)).total == 1
    [entry] = ledgers.dates(pool)
    assert (entry.rule, entry.state, entry.due) == ("officer.certificate", "overdue", ends)
    ledgers.edit(pool, Officer, one, certificate_until=date(2031, 10, 31))
    with pool.read() as session:
        assert officers.expired(session, TODAY).total == 0
    assert ledgers.dates(pool) == []


def test_an_officer_who_left_is_not_in_service_but_keeps_the_hours(pool: Pool) -> None:
    one = ledgers.add(pool, Officer, {"name": "陈立", "left_on": date(2026, 7, 1)})
    ledgers.add(
        pool, OfficerTraining,
        {"officer_id": one, "topic": "轮训", "trained_on": date(2026, 3, 1), "hours": Decimal(8)},
    )  # fmt: skip
    with pool.read() as session:
        assert officers.in_service(session, TODAY).total == 0
        assert officers.in_service(session, date(2026, 6, 30)).total == 1
        assert [row.hours for row in officers.hours(session, 2026, TODAY)] == [Decimal(8)]
        assert officers.expired(session, TODAY).unknown == ()


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 800), st.decimals(0, 40, places=1)),
        max_size=12,
    )
)
def test_the_hours_of_the_officers_always_add_up_to_the_year(
    pool: Pool, trained: list[tuple[int, int, Decimal]]
) -> None:
    with pool.write("清空", who="测试员") as session:
        journal.delete(session, OfficerTraining, records.find(session, OfficerTraining))
        journal.delete(session, Officer, records.find(session, Officer))
    ids = ledgers.insert(pool, Officer, [{"name": name} for name in "甲乙丙"])
    ledgers.insert(
        pool, OfficerTraining,
        [{"officer_id": ids[who], "topic": "课", "hours": hours,
          "trained_on": date(2025, 1, 1) + timedelta(days=day)} for who, day, hours in trained],
    )  # fmt: skip
    with pool.read() as session:
        for year in (2025, 2026, 2027):
            on = date(year, 12, 31)
            each = sum((one.hours for one in officers.hours(session, year, on)), Decimal(0))
            assert each == officers.total_hours(session, year, on).total
