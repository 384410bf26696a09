"""Row 13: 从区外引进专利用于转化. Rate = converted ÷ introduced; nothing introduced is “—”."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from brandpool.db.pool import Pool
from brandpool.models.technology_transfer import PurchasedPatent
from brandpool.services import conversion
from tests.systems.ledgers import FIRM, OTHER, add, all_of, export, firm, take

FIRST, LAST = date(2026, 1, 1), date(2026, 11, 22)


def _bought(pool: Pool, owner: str, number: str, **more: object) -> str:
    values = {
        "enterprise_id": owner, "patent_no": number, "transferor": "上海理工大学",
        "origin": "country", "contract_on": date(2026, 4, 1), **more,
    }  # fmt: skip
    return add(pool, PurchasedPatent, values)


def test_a_transferor_inside_the_zone_is_not_from_outside(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    firm(pool, OTHER)
    outside = _bought(pool, owner, "ZL202010000001.1")
    _bought(pool, owner, "ZL202010000002.6", transferor=OTHER, origin="zone")
    _bought(pool, owner, "ZL202010000003.0", transferor=OTHER, origin=None)
    contradicted = _bought(pool, owner, "ZL202010000004.5", transferor=OTHER, origin="province")
    open_one = _bought(pool, owner, "ZL202010000005.X", transferor="某研究所", origin=None)
    with pool.read() as session:
        found = conversion.introduced(session, FIRST, LAST)
    assert (found.total, found.rows) == (1, (("purchased_patent", outside),))
    assert set(found.unknown) == {
        ("purchased_patent", contradicted), ("purchased_patent", open_one)
    }  # fmt: skip


def test_the_rate_is_what_was_converted_of_what_was_introduced(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    used = _bought(pool, owner, "ZL1234567", converted_on=date(2026, 9, 1), output=Decimal(800_000))
    _bought(pool, owner, "ZL1234568")
    _bought(pool, owner, "ZL1234569", converted_on=date(2026, 12, 1))
    _bought(pool, owner, "ZL1234570", contract_on=date(2025, 12, 31))
    with pool.read() as session:
        rate = conversion.rate(session, FIRST, LAST)
        worth = conversion.output(session, FIRST, LAST)
    assert (rate.total, rate.rows) == (Decimal("33.3"), (("purchased_patent", used),))
    assert worth.total == 800_000
    assert "引进专利 3 件" in rate.definition


def test_nothing_introduced_has_no_rate(pool: Pool) -> None:
    with pool.read() as session:
        assert conversion.rate(session, FIRST, LAST).total is None


def test_a_transfer_sheet_comes_in_with_its_amounts(pool: Pool, tmp_path: Path) -> None:
    firm(pool, FIRM)
    plan = take(
        pool, tmp_path / "转化.xlsx", PurchasedPatent,
        ["区外专利引进转化登记表（单位：万元）"],
        ["序号", "受让方", "专利（申请）号", "专利名称", "转让方", "转让方所在", "转让方省市",
         "合同签订日期", "转让金额", "转化实施日期", "新增产值"],
        [1, FIRM, "ZL202010000001.1", "一种电机", "上海理工大学", "省外", "上海市", "2026年4月1日",
         "12.5", "2026.9.1", 80],
    )  # fmt: skip
    assert plan.counts()["new"] == 1, [row.reasons for row in plan.rows]
    [row] = all_of(pool, PurchasedPatent)
    assert (row["price"], row["output"], row["origin"]) == (125_000, 800_000, "country")
    assert (row["transferor"], row["region"]) == ("上海理工大学", "上海市")
    [line] = export(pool, tmp_path / "out.xlsx", PurchasedPatent, ["patent_no", "origin", "price"])
    assert (line["转出方所在"], line["转让价格（元）"]) == ("省外", 125_000)
