"""Row 6: 高价值发明专利 1800 件. A figure has a source and an as-of day, or it is no figure."""

from datetime import date
from pathlib import Path

import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.patent import PatentYear
from brandpool.services import history, patents
from tests.systems.ledgers import (
    FIRM,
    OTHER,
    TODAY,
    add,
    all_of,
    edit,
    export,
    firm,
    insert,
    take,
)


def _report(owner: str, count: int | None, as_of: date | None, **more: object) -> dict[str, object]:
    year = as_of.year if as_of else 2026
    return {
        "enterprise_id": owner, "year": year, "high_value": count, "as_of": as_of,
        "source": "市知识产权局月报", **more,
    }  # fmt: skip


@pytest.mark.parametrize("lacking", ["as_of", "source"])
def test_no_figure_without_its_day_and_its_source(pool: Pool, lacking: str) -> None:
    values = _report(firm(pool, FIRM), 12, date(2026, 6, 30)) | {lacking: None}
    with pytest.raises(UserError, match="截至日" if lacking == "as_of" else "数据来源"):
        add(pool, PatentYear, values)


def test_a_figure_that_came_without_a_day_is_not_in_the_total(pool: Pool) -> None:
    [undated] = insert(pool, PatentYear, [_report(firm(pool, FIRM), 12, None)])
    with pool.read() as session:
        found = patents.held(session, TODAY)
    assert (found.total, found.rows, found.unknown) == (0, (), (("patent_year", undated),))


def test_every_enterprise_counts_with_its_latest_figure_of_the_day(pool: Pool) -> None:
    first, second = firm(pool, FIRM), firm(pool, OTHER)
    gone = firm(pool, "宁波迁出科技有限公司", status="moved_out")
    add(pool, PatentYear, _report(first, 10, date(2025, 12, 31)))
    add(pool, PatentYear, _report(first, 14, date(2026, 6, 30)))
    add(pool, PatentYear, _report(second, 5, date(2025, 12, 31)))
    add(pool, PatentYear, _report(gone, 100, date(2025, 12, 31)))
    with pool.read() as session:
        assert patents.held(session, date(2025, 12, 31)).total == 15
        now = patents.held(session, TODAY)
        assert patents.held(session, date(2025, 1, 1)).total == 0
    assert (now.total, len(now.rows), now.unit) == (19, 2, "件")
    assert "2026-11-22" in now.definition


def test_every_correction_of_a_figure_stays_with_who_and_when(pool: Pool) -> None:
    one = add(pool, PatentYear, _report(firm(pool, FIRM), 10, date(2026, 6, 30)))
    edit(pool, PatentYear, one, high_value=11, as_of=date(2026, 9, 30))
    edit(pool, PatentYear, one, high_value=9)
    with pool.read() as session:
        log = history.of_field(session, "patent_year", one, "high_value")
    assert [(row.old, row.new, row.who) for row in log] == [
        (11, 9, "测试员"), (10, 11, "测试员"), (None, 10, "测试员")
    ]  # fmt: skip


def test_a_sheet_without_the_day_is_sent_back_and_one_with_it_is_taken(
    pool: Pool, tmp_path: Path
) -> None:
    firm(pool, FIRM), firm(pool, OTHER)
    head = [
        "序号",
        "企业名称",
        "统计年度",
        "是否规上",
        "有效专利总数",
        "高价值发明专利拥有量",
        "来源",
    ]
    lacking = take(
        pool, tmp_path / "a.xlsx", PatentYear, head, [1, FIRM, 2026, "是", 40, 12, "月报"]
    )
    assert lacking.counts()["rejected"] == 1
    assert "截至日" in lacking.rows[0].reasons[0]
    plan = take(
        pool, tmp_path / "b.xlsx", PatentYear,
        ["高新区规上企业专利情况（截至2026年6月）"],
        [*head, "数据截至日期"],
        [1, FIRM, "2026年", "是", "40件", "12", "市局月报", "2026年6月30日"],
        [2, OTHER, 2026, "否", "-", 0, "市局月报", "2026/6/30"],
        ["合计", None, None, None, 40, 12, None, None],
    )  # fmt: skip
    assert plan.counts()["new"] == 2
    rows = {row["high_value"]: row for row in all_of(pool, PatentYear)}
    assert (rows[12]["patents"], rows[12]["above_scale"]) == (40, True)
    assert (rows[0]["patents"], rows[0]["above_scale"]) == (None, False)
    lines = export(pool, tmp_path / "out.xlsx", PatentYear, ["high_value", "source", "as_of"])
    assert sorted(line["高价值发明专利数（件）"] for line in lines) == [0, 12]
