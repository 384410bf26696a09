"""Lists as offices head them: other words for a day, 编号 that is a number, what a row implies."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from brandpool.db.pool import Pool
from brandpool.exchange import importing
from brandpool.exchange.planning import PlannedRow
from brandpool.models.aid import AidRequest
from brandpool.models.complaint import Complaint
from brandpool.models.honour import Honour
from brandpool.models.mediation import Mediation
from brandpool.models.record import Record
from brandpool.models.target import Target, TargetFigure

NAME = "宁波朝阳机械有限公司"


def row_of(pool: Pool, folder: Path, model: type[Record], *rows: list[Any]) -> PlannedRow:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "表.xlsx")
    with pool.read() as session:
        return importing.dry_run(session, importing.open_file(folder / "表.xlsx", model)).rows[0]


@pytest.mark.parametrize("heading", ["认定时间", "认定日", "授予时间"])
def test_day_time_and_date_mean_the_same_column(
    pool: Pool, enterprise: str, tmp_path: Path, heading: str
) -> None:
    row = row_of(
        pool,
        tmp_path,
        Honour,
        ["企业名称", "荣誉类别", heading],
        [NAME, "高新技术企业", "2024.5.6"],
    )
    assert row.fills["granted"] == date(2024, 5, 6)


def test_numbers_of_the_register_under_a_heading_for_row_numbers(
    pool: Pool, tmp_path: Path
) -> None:
    head = ["序号", "编号", "类型", "收件日期", "被投诉人"]
    row = row_of(pool, tmp_path, Complaint, head, [1, "TS2026001", "投诉", "2026.3.1", "某商行"])
    assert row.fills["register_no"] == "TS2026001"
    bare = row_of(pool, tmp_path, Honour, ["编号", "企业名称", "荣誉类别"], ["1", NAME, "老字号"])
    assert bare.title


def test_a_dispute_told_only_with_its_acceptance_was_asked_then(pool: Pool, tmp_path: Path) -> None:
    head = ["纠纷事项", "调解类型", "调解组织", "受理日期"]
    row = row_of(pool, tmp_path, Mediation, head, ["费用", "人民调解", "某委员会", "2026.9.1"])
    assert row.state == "new"
    assert row.fills["applied_on"] == row.fills["accepted_on"] == date(2026, 9, 1)


def test_an_enterprise_without_an_applicant_applied_itself(
    pool: Pool, enterprise: str, tmp_path: Path
) -> None:
    head = ["申请单位", "援助事项", "申请日期"]
    row = row_of(pool, tmp_path, AidRequest, head, [NAME, "海外抢注", "2026.9.1"])
    assert row.fills["enterprise_id"] == enterprise
    assert row.fills["applicant"] == NAME


def test_a_figure_tells_its_year_by_its_day_and_a_title_its_indicator(
    pool: Pool, tmp_path: Path
) -> None:
    head = ["指标名称", "截至日期", "数值", "来源"]
    row = row_of(pool, tmp_path, TargetFigure, head, ["高价值发明", "2026-09-30", 1700, "季报"])
    assert (row.fills["year"], row.fills["indicator"]) == (2026, "high_value_patents")
    head = ["指标名称", "目标值", "年度", "要求"]
    row = row_of(pool, tmp_path, Target, head, ["马德里国际注册", 80, 2030, "达"])
    assert row.fills["indicator"] == "madrid"
