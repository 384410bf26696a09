"""Row 18, 行政执法: a case ledger whose articles follow the date."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enforcement import EnforcementCase
from brandpool.services import enforcement
from tests.systems import ledgers
from tests.systems.ledgers import FIRM, TODAY

OLD, NEW = date(2026, 12, 31), date(2027, 1, 1)
ARTICLES = {OLD: ("第五十七条", "第六十条"), NEW: ("第七十二条", "第七十四条")}
CASE = {"filing_no": "甬市监立〔2026〕1号", "case_type": "mark_infringement", "party": "某店",
        "filed_on": date(2026, 5, 6)}  # fmt: skip


@pytest.mark.parametrize("day", [OLD, NEW])
def test_the_articles_of_a_case_differ_on_the_two_sides_of_new_year(pool: Pool, day: date) -> None:
    case = ledgers.add(pool, EnforcementCase, {**CASE, "filed_on": day})
    with pool.read() as session:
        assert enforcement.law_of(session, case)["articles"] == ARTICLES[day]


def test_an_act_of_last_year_filed_this_year_goes_by_the_law_of_the_act(pool: Pool) -> None:
    case = ledgers.add(pool, EnforcementCase, {**CASE, "filed_on": NEW, "acted_on": OLD})
    with pool.read() as session:
        found = enforcement.law_of(session, case)
    assert found["articles"] == ARTICLES[OLD]
    assert found.warnings


def test_a_case_without_a_day_has_no_law(pool: Pool) -> None:
    [case] = ledgers.insert(pool, EnforcementCase, [{**CASE, "filed_on": None}])
    with pool.read() as session, pytest.raises(UserError, match="没有登记立案日期"):
        enforcement.law_of(session, case)


def test_a_sheet_of_cases_is_imported_counted_and_exported(pool: Pool, tmp_path: Path) -> None:
    firm = ledgers.firm(pool, FIRM)
    planned = ledgers.take(
        pool, tmp_path / "案件.xlsx", EnforcementCase,
        ["市场监管分局2026年知识产权执法案件台账"],
        ["序号", "立案编号", "案由", "当事人名称", "被侵权人", "立案时间", "货值金额(万元)",
         "罚款金额（元）", "处罚决定日期", "移送日期", "结案时间"],
        [1, "甬市监立〔2026〕1号", "侵犯注册商标专用权", "鄞州某五金店", FIRM, "2026.3.2", 1.25,
         "30,000", "2026年5月6日", "—", "2026/5/30"],
        [2, "甬市监立〔2026〕2号", "商业秘密", FIRM, "某研究院", 20260415, 80, None, None,
         "2026-06-01", None],
        [3, None, "商标侵权", "没有立案号的线索", None, None, None, None, None, None, None],
        ["合计", None, None, None, None, None, 81.25, 30000, None, None, None],
    )  # fmt: skip
    assert [row.state for row in planned.rows] == ["new", "new", "rejected"]
    first, second = ledgers.all_of(pool, EnforcementCase)
    if first["filing_no"] != "甬市监立〔2026〕1号":
        first, second = second, first
    assert (first["enterprise_id"], second["enterprise_id"]) == (firm, firm)
    assert (first["goods_value"], first["fine"]) == (Decimal(12500), Decimal(30000))
    assert (second["case_type"], second["police_on"]) == ("trade_secret", date(2026, 6, 1))
    with pool.read() as session:
        filed = enforcement.filed(session, 2026, TODAY)
        assert (filed.total, len(filed.rows)) == (2, 2)
        assert enforcement.filed(session, 2026, TODAY, "trade_secret").total == 1
        assert enforcement.closed(session, 2026, TODAY).rows == (("enforcement_case", first.id),)
        assert enforcement.open_cases(session, TODAY).rows == (("enforcement_case", second.id),)
        assert enforcement.to_police(session, 2026, TODAY).total == 1
        assert enforcement.fines(session, 2026, TODAY).total == Decimal(30000)
        assert enforcement.filed(session, 2026, date(2026, 3, 31)).total == 1
        assert enforcement.filed(session, 2025, TODAY).total == 0
    rows = ledgers.export(
        pool, tmp_path / "导出.xlsx", EnforcementCase, ["filing_no", "case_type", "enterprise_id"]
    )
    assert {row["案件类型"] for row in rows} == {"商标侵权", "侵犯商业秘密"}
    assert {row["涉案企业"] for row in rows} == {FIRM}


def test_the_same_number_on_two_machines_is_one_case() -> None:
    from brandpool.models.record import new_id

    assert new_id(EnforcementCase, CASE) == new_id(EnforcementCase, {**CASE, "party": "另一店"})
