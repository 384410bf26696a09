"""Row 32, 服务业集聚示范区: agencies, revenue and staff; a closed agency leaves on its day."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from brandpool.db.pool import Pool
from brandpool.models.agency import Agency, AgencyYear
from brandpool.services import agencies
from tests.systems import ledgers
from tests.systems.ledgers import TODAY

CLOSED = date(2026, 6, 30)


def test_a_closed_agency_leaves_the_count_at_its_deregistration(pool: Pool) -> None:
    ledgers.add(pool, Agency, {"name": "甲", "established": date(2020, 1, 1), "closed_on": CLOSED})
    days = (date(2019, 12, 31), date(2020, 1, 1), CLOSED - timedelta(days=1), CLOSED)
    with pool.read() as session:
        assert [agencies.counted(session, day).total for day in days] == [0, 1, 1, 0]


def test_an_agency_that_moved_in_counts_from_that_day(pool: Pool) -> None:
    values = {"name": "甲", "established": date(2010, 1, 1), "moved_in_on": date(2026, 3, 1)}
    ledgers.add(pool, Agency, values)
    with pool.read() as session:
        assert agencies.counted(session, date(2026, 2, 28)).total == 0
        assert agencies.counted(session, date(2026, 3, 1)).total == 1


def test_revenue_and_staff_are_sums_and_silent_agencies_are_unknown(
    pool: Pool, tmp_path: Path
) -> None:
    ledgers.take(
        pool, tmp_path / "机构.xlsx", Agency,
        ["序号", "代理机构名称", "统一社会信用代码", "业务类型", "备案编号", "成立时间", "注销日期",
         "负责人", "电话"],
        [1, "甲代理", "91330200144069541X", "商标代理机构", "B001", "2015.5.1", None, "周敏",
         "0574-00001111"],
        [2, "乙代理", None, "律所", None, "2016.5.1", "2026.6.30", None, None],
        [3, "丙代理", None, "专利代理", None, "2018.5.1", None, None, None],
    )  # fmt: skip
    ledgers.take(
        pool, tmp_path / "年报.xlsx", AgencyYear,
        ["代理机构", "年份", "年营业收入（万元）", "员工人数"],
        ["甲代理", 2025, "1,250.5", "30人"],
        ["乙代理", 2025, 300, 8],
    )  # fmt: skip
    with pool.read() as session:
        before, after = CLOSED - timedelta(days=1), TODAY
        assert agencies.revenue(session, 2025, before).total == Decimal(15_505_000)
        assert agencies.revenue(session, 2025, after).total == Decimal(12_505_000)
        assert (agencies.staff(session, 2025, before).total,
                agencies.staff(session, 2025, after).total) == (38, 30)  # fmt: skip
        assert len(agencies.staff(session, 2025, after).unknown) == 1
        assert agencies.revenue(session, 2024, after).total is None
        assert agencies.counted(session, after).total == 2
    rows = ledgers.export(pool, tmp_path / "出.xlsx", AgencyYear, ["agency_id", "year", "staff"])
    assert {row["服务机构"] for row in rows} == {"甲代理", "乙代理"}


def test_the_same_credit_code_is_the_same_agency_wherever_it_is_entered(
    pool: Pool, tmp_path: Path
) -> None:
    for name in ("甲代理", "甲知识产权代理"):
        ledgers.take(
            pool, tmp_path / f"{name}.xlsx", Agency,
            ["机构名称", "信用代码"], [name, "91330200144069541X"],
        )  # fmt: skip
    assert len(ledgers.live(pool, Agency)) == 1
