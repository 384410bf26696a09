"""Row 9: 高价值专利培育与组合. A status never overwrites the one before it."""

from datetime import date
from pathlib import Path

from brandpool.db.pool import Pool
from brandpool.models.portfolio import PatentPortfolio, PortfolioPatent
from brandpool.services import portfolios
from tests.systems.ledgers import FIRM, TODAY, add, all_of, dates, edit, export, firm, take


def _project(pool: Pool, owner: str, name: str = "伺服电机组合", **more: object) -> str:
    values = {
        "enterprise_id": owner, "name": name, "status": "applied",
        "status_since": date(2025, 3, 1), **more,
    }  # fmt: skip
    return add(pool, PatentPortfolio, values)


def _patent(pool: Pool, project: str, number: str, **more: object) -> str:
    return add(pool, PortfolioPatent, {"portfolio_id": project, "application_no": number, **more})


def test_a_change_of_status_keeps_the_old_one_with_its_day(pool: Pool) -> None:
    project = _project(pool, firm(pool, FIRM))
    edit(pool, PatentPortfolio, project, status="approved", status_since=date(2025, 6, 10))
    edit(pool, PatentPortfolio, project, name="伺服电机高价值组合")
    edit(pool, PatentPortfolio, project, status="accepted", status_since=date(2026, 9, 1))
    with pool.read() as session:
        told = portfolios.status_history(session, project)
    assert [(row.status, row.since, row.who) for row in told] == [
        ("applied", date(2025, 3, 1), "测试员"),
        ("approved", date(2025, 6, 10), "测试员"),
        ("accepted", date(2026, 9, 1), "测试员"),
    ]


def test_one_application_in_two_portfolios_is_one(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    one, two = _project(pool, owner), _project(pool, owner, "减速器组合")
    _patent(pool, one, "202310000001.2")
    _patent(pool, two, "ZL 2023 1 0000001.2")
    _patent(pool, two, "202310000002.7", filed=date(2026, 12, 1))
    with pool.read() as session:
        found = portfolios.applications(session, TODAY)
        later = portfolios.applications(session, date(2026, 12, 1))
    assert (found.total, len(found.rows)) == (1, 2)
    assert later.total == 2
    assert "去重" in found.definition


def test_what_an_ended_project_held_no_longer_counts(pool: Pool) -> None:
    project = _project(pool, firm(pool, FIRM), starts=date(2025, 3, 1))
    _patent(pool, project, "202310000001.2")
    edit(pool, PatentPortfolio, project, status="ended", status_since=date(2026, 5, 1))
    with pool.read() as session:
        assert portfolios.applications(session, date(2026, 4, 30)).total == 1
        assert portfolios.applications(session, TODAY).total == 0
        assert portfolios.projects(session, TODAY).total == 0


def test_two_sheets_make_projects_and_their_patents(pool: Pool, tmp_path: Path) -> None:
    firm(pool, FIRM)
    take(
        pool, tmp_path / "项目.xlsx", PatentPortfolio,
        ["序号", "承担单位", "培育项目名称", "级别", "项目状态", "状态时间", "验收期限",
         "资助金额（万元）"],
        [1, FIRM, "伺服电机高价值专利组合", "市级", "实施", "2025年6月", "2026年12月20日", 50],
        [2, FIRM, "减速器高价值专利组合", "市", "立项", "2025-06-10", "2027-06-30", "50"],
    )  # fmt: skip
    rows = {row["name"]: row for row in all_of(pool, PatentPortfolio)}
    assert rows["减速器高价值专利组合"]["status"] == "approved"
    assert rows["减速器高价值专利组合"]["support"] == 500_000
    plan = take(
        pool, tmp_path / "专利.xlsx", PortfolioPatent,
        ["组合名", "专利申请号", "发明名称", "类型", "当前法律状态", "申请日期", "是否高价值"],
        ["减速器高价值专利组合", "202310000001.2", "一种减速器", "发明专利", "授权", "2023.1.3",
         "是"],
        ["没有这个组合", "202310000009.9", "一种装置", "发明", "实审", "2023.1.4", "否"],
    )  # fmt: skip
    assert (plan.counts()["new"], plan.counts()["rejected"]) == (1, 1)
    [patent] = all_of(pool, PortfolioPatent)
    assert (patent["status"], patent["high_value"]) == ("granted", True)
    [line] = export(
        pool, tmp_path / "out.xlsx", PortfolioPatent, ["portfolio_id", "application_no"]
    )
    assert line["所属组合"] == "减速器高价值专利组合"


def test_the_day_of_acceptance_is_in_the_docket_until_it_is_accepted(pool: Pool) -> None:
    project = _project(pool, firm(pool, FIRM), ends=date(2026, 12, 20))
    assert [entry.rule for entry in dates(pool)] == ["portfolio.ends"]
    edit(pool, PatentPortfolio, project, status="accepted")
    assert dates(pool) == []
