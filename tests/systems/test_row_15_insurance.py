"""Row 15: 保险惠及 ≥10 家/年. Two policies of one company are one."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from brandpool.db.pool import Pool
from brandpool.models.insurance import IpInsurance
from brandpool.services import insurance
from tests.systems.ledgers import FIRM, OTHER, TODAY, add, all_of, dates, edit, export, firm, take


def _policy(pool: Pool, owner: str, number: str, **more: object) -> str:
    values = {
        "enterprise_id": owner, "insurance": "abroad", "policy_no": number, "insurer": "人保财险",
        "starts": date(2026, 2, 1), "ends": date(2027, 1, 31), **more,
    }  # fmt: skip
    return add(pool, IpInsurance, values)


def test_two_policies_of_one_company_are_one(pool: Pool) -> None:
    first, second = firm(pool, FIRM), firm(pool, OTHER)
    _policy(pool, first, "P1")
    _policy(pool, first, "P2", insurance="mark_infringed")
    _policy(pool, second, "P3", starts=date(2025, 12, 31))
    with pool.read() as session:
        this_year = insurance.insured(session, 2026, TODAY)
        last_year = insurance.insured(session, 2025, TODAY)
        assert insurance.insured(session, 2026, date(2026, 1, 31)).total == 0
    assert (this_year.total, len(this_year.rows)) == (1, 2)
    assert last_year.total == 1


def test_a_policy_cancelled_before_it_began_reaches_nobody(pool: Pool) -> None:
    one = _policy(pool, firm(pool, FIRM), "P1")
    edit(pool, IpInsurance, one, cancelled_on=date(2026, 2, 1))
    with pool.read() as session:
        assert insurance.insured(session, 2026, TODAY).total == 0


def test_sums_name_the_policies_that_lack_the_amount(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    _policy(pool, owner, "P1", premium=Decimal(20_000))
    lacking = _policy(pool, owner, "P2")
    with pool.read() as session:
        premium = insurance.sums(session, 2026, TODAY, "premium")
        assert insurance.in_force(session, date(2027, 1, 31)).total == 2
        assert insurance.in_force(session, date(2027, 2, 1)).total == 0
    assert (premium.total, premium.unknown) == (20_000, (("ip_insurance", lacking),))


def test_the_end_of_a_policy_is_in_the_docket(pool: Pool) -> None:
    _policy(pool, firm(pool, FIRM), "P1")
    [entry] = dates(pool, within=90)
    assert (entry.rule, entry.due) == ("insurance.ends", date(2027, 1, 31))


def test_an_insurers_list_comes_in(pool: Pool, tmp_path: Path) -> None:
    firm(pool, FIRM), firm(pool, OTHER)
    plan = take(
        pool, tmp_path / "保险.xlsx", IpInsurance,
        ["知识产权保险投保情况（2026）"],
        ["序号", "被保险人", "险种名称", "保险单号", "承保公司", "保险金额（万元）", "保费（元）",
         "保险起期", "保险止期", "财政补贴"],
        [1, FIRM, "海外知识产权侵权责任险", "PZ2026-001", "人保财险宁波分公司", "200", "15,000",
         "2026年2月1日", "2027年1月31日", 7500],
        [2, OTHER, "专利被侵权损失保险", "PZ2026-002", "太平洋产险", 100, 5000, "2026/5/1",
         "2027/4/30", None],
    )  # fmt: skip
    assert plan.counts()["new"] == 2, [row.reasons for row in plan.rows]
    rows = {row["policy_no"]: row for row in all_of(pool, IpInsurance)}
    first = rows["PZ2026-001"]
    assert (first["insurance"], first["sum_insured"], first["premium"]) == (
        "abroad", 2_000_000, 15_000
    )  # fmt: skip
    lines = export(pool, tmp_path / "out.xlsx", IpInsurance, ["policy_no", "insurance", "insurer"])
    assert {line["险种"] for line in lines} == {"海外侵权责任险", "专利被侵权损失险"}
