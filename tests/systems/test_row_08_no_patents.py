"""Row 8: 规上工业企业专利清零. The list is 规上 with nought; unknown is 待查, not nought."""

from datetime import date
from pathlib import Path

from brandpool.db.pool import Pool
from brandpool.models.enterprise import YearlyFigure
from brandpool.models.patent import PatentYear
from brandpool.services import patents
from tests.systems.ledgers import TODAY, add, edit, export, firm, insert, take

AS_OF = {"source": "市局", "as_of": date(2026, 3, 31)}


def _year(pool: Pool, owner: str, **more: object) -> str:
    return add(pool, PatentYear, {"enterprise_id": owner, "year": 2025, **AS_OF, **more})


def test_the_list_is_those_above_scale_with_nought(pool: Pool) -> None:
    nought = _year(pool, firm(pool, "甲公司"), above_scale=True, patents=0)
    _year(pool, firm(pool, "乙公司"), above_scale=True, patents=3)
    _year(pool, firm(pool, "丙公司"), above_scale=False, patents=0)
    unknown = _year(pool, firm(pool, "丁公司"), above_scale=True)
    silent = firm(pool, "戊公司", above_scale=True)
    firm(pool, "己公司", above_scale=True, status="moved_out")
    with pool.read() as session:
        found = patents.without_patents(session, 2025, TODAY)
    assert (found.total, found.rows) == (1, (("patent_year", nought),))
    assert set(found.unknown) == {("patent_year", unknown), ("enterprise", silent)}


def test_the_flag_is_that_of_the_year(pool: Pool) -> None:
    owner = firm(pool, "甲公司", above_scale=True)
    one = _year(pool, owner, above_scale=False, patents=0)
    with pool.read() as session:
        assert patents.without_patents(session, 2025, TODAY).total == 0
        assert patents.without_patents(session, 2024, TODAY).unknown == (("enterprise", owner),)
    edit(pool, PatentYear, one, above_scale=True)
    with pool.read() as session:
        assert patents.without_patents(session, 2025, TODAY).total == 1


def test_a_yearly_figure_answers_where_the_report_is_silent(pool: Pool) -> None:
    owner = firm(pool, "甲公司", above_scale=True)
    figure = {"enterprise_id": owner, "year": 2025, "measure": "patents", "value": 0, "unit": "件"}
    [known] = insert(pool, YearlyFigure, [figure | {"as_of": date(2026, 1, 5)}])
    with pool.read() as session:
        found = patents.without_patents(session, 2025, TODAY)
        early = patents.without_patents(session, 2025, date(2026, 1, 4))
    assert found.rows == (("yearly_figure", known),)
    assert early.unknown == (("enterprise", owner),)


def test_the_list_leaves_as_the_office_asks_for_it(pool: Pool, tmp_path: Path) -> None:
    firm(pool, "宁波甲机械有限公司"), firm(pool, "宁波乙机械有限公司")
    take(
        pool, tmp_path / "规上.xlsx", PatentYear,
        ["2025年度规上工业企业专利清零情况"],
        ["序号", "单位名称", "年度", "规上工业", "专利数", "数据来源", "统计截止日"],
        [1, "宁波甲机械有限公司", 2025, "√", 0, "科创局", "2026-03-31"],
        [2, "宁波乙机械有限公司", 2025, "√", "待核实", "科创局", "2026-03-31"],
    )  # fmt: skip
    with pool.read() as session:
        found = patents.without_patents(session, 2025, TODAY)
    assert (found.total, len(found.unknown)) == (1, 1)
    within = [record for _kind, record in found.rows]
    columns = ["enterprise_id", "year", "patents"]
    [line] = export(pool, tmp_path / "out.xlsx", PatentYear, columns, within)
    assert (line["企业"], line["有效专利数（件）"]) == ("宁波甲机械有限公司", 0)
