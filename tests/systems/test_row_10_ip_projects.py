"""Row 10: 专利奖、导航、战略年度分析. Red in the last seven days; 未获 keeps the record."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from brandpool.db.pool import Pool
from brandpool.models.ip_project import IpProject
from brandpool.services import ip_projects
from tests.systems.ledgers import FIRM, TODAY, add, all_of, dates, edit, export, firm, take


def _project(pool: Pool, owner: str | None, **more: object) -> str:
    values = {
        "enterprise_id": owner, "project": "award", "name": "第二十六届中国专利奖",
        "year": 2026, "stage": "preparing", **more,
    }  # fmt: skip
    return add(pool, IpProject, values)


@pytest.mark.parametrize(("days", "red"), [(7, False), (6, True), (0, True), (-1, True)])
def test_less_than_seven_days_before_the_closing_date_is_red(
    pool: Pool, days: int, red: bool
) -> None:
    _project(pool, firm(pool, FIRM), apply_by=TODAY + timedelta(days))
    with pool.read() as session:
        [row] = ip_projects.closing(session, TODAY)
    assert (row.days, row.red) == (days, red)


def test_what_is_handed_in_is_no_longer_asked_for(pool: Pool) -> None:
    one = _project(pool, firm(pool, FIRM), apply_by=date(2026, 11, 27))
    [entry] = dates(pool, within=7)
    assert (entry.rule, entry.days_left, entry.reminding) == ("ip_project.apply_by", 5, True)
    edit(pool, IpProject, one, stage="submitted", submitted_on=date(2026, 11, 22))
    with pool.read() as session:
        assert ip_projects.closing(session, TODAY) == []
    assert dates(pool) == []


def test_without_success_it_stays_on_record(pool: Pool) -> None:
    one = _project(pool, firm(pool, FIRM), stage="submitted")
    edit(pool, IpProject, one, stage="closed", result="not_won", result_on=date(2026, 9, 1))
    with pool.read() as session:
        lost = ip_projects.results(session, 2026, TODAY, "not_won")
        won = ip_projects.results(session, 2026, TODAY)
    assert (lost.total, lost.rows) == (1, (("ip_project", one),))
    assert won.total == 0
    assert len(all_of(pool, IpProject)) == 1


def test_an_industry_analysis_needs_no_enterprise(pool: Pool, tmp_path: Path) -> None:
    firm(pool, FIRM)
    plan = take(
        pool, tmp_path / "项目.xlsx", IpProject,
        ["2026年度知识产权项目申报台账", None, None, None, None, None, None, None],
        ["项目类别", "申报单位", "申报项目名称", "年度", "进展", "申报截止时间", "结果",
         "资助金额（万元）"],
        ["专利导航", FIRM, "磁性材料专利导航", 2026, "材料准备", "2026年11月25日", None, 20],
        ["战略分析", None, "新材料产业专利战略年度分析", 2026, "已完成", "/", "获批", "8"],
    )  # fmt: skip
    assert plan.counts()["new"] == 2, [row.reasons for row in plan.rows]
    rows = {row["project"]: row for row in all_of(pool, IpProject)}
    assert rows["strategy"]["enterprise_id"] is None
    assert (rows["navigation"]["amount"], rows["navigation"]["apply_by"]) == (
        200_000, date(2026, 11, 25)
    )  # fmt: skip
    lines = export(pool, tmp_path / "out.xlsx", IpProject, ["project", "name", "result"])
    assert {line["结果"] for line in lines} == {None, "获得"}
