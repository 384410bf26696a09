"""Row 2 of the policy: support for asking protection as a well-known mark.

Evidence per year, anchor and route are recorded; a readiness sheet with its gaps follows.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.exchange import importing, list_out, word
from brandpool.models.enterprise import Enterprise
from brandpool.models.honour import Honour
from brandpool.models.record import Record, fields
from brandpool.models.well_known import (
    EvidenceFigure,
    EvidenceItem,
    WellKnownCase,
    WellKnownFile,
    WellKnownStage,
)
from brandpool.reports.documents import evidence
from brandpool.reports.documents.content import Office
from brandpool.rules.well_known_case import case_words
from brandpool.services import answers, records, well_known
from brandpool.services.questions import Question
from brandpool.services.records import RecordRow
from tests.services.well_known_rooms import ON, complete

TRAP = {"registered_on": date(2021, 2, 14), "valid_until": date(2031, 2, 13)}


def test_the_anchor_trap_gives_not_yet_with_the_earliest_day(pool: Pool) -> None:
    """Three and five years have passed today; on the opposed mark's filing day they had not."""
    _enterprise, file = complete(
        pool,
        mark=TRAP,
        file={"first_used": date(2019, 1, 1), "route": "opposition",
              "planned_anchor": date(2023, 4, 1)},
    )  # fmt: skip
    with pool.read() as session:
        found = well_known.assess(session, file, ON)
    assert (found.verdict, found.earliest) == ("not_yet", date(2024, 1, 1))
    assert found.label == "未到期（最早 2024-01-01）"
    assert found.past


def test_the_same_mark_is_old_enough_on_the_day_of_a_request_today(pool: Pool) -> None:
    _enterprise, file = complete(pool, mark=TRAP, file={"first_used": date(2019, 1, 1)})
    with pool.read() as session:
        assert well_known.assess(session, file, ON).verdict == "supportable"


@pytest.mark.parametrize(
    ("day", "verb", "article"),
    [(date(2026, 12, 31), "认定", "第十四条"), (date(2027, 1, 1), "确认", "第六十三条")],
)
def test_the_text_of_2027_says_confirmed(day: date, verb: str, article: str) -> None:
    words = case_words(day)
    assert words.verb == verb
    assert article in words.article
    assert verb in words.note


def test_a_case_asks_for_route_anchor_mark_goods_authority_and_number() -> None:
    asked = fields(WellKnownCase)
    for name in ("route", "opponent_filed", "requested_on", "infringed_on", "mark", "goods",
                 "opponent", "authority", "outcome", "document_no", "decided_on"):  # fmt: skip
        assert name in asked
    assert WellKnownCase.zh == "驰名保护记录"
    assert WellKnownFile.zh == "驰名保护准备档"


def sheet(path: Path, *rows: Sequence[Any]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def take(pool: Pool, path: Path, model: type[Record]) -> list[RecordRow]:
    reading = importing.open_file(path, model)
    with pool.write("导入", who="测试员", source="import") as session:
        importing.apply(session, importing.dry_run(session, reading), source=path.name)
    with pool.read() as session:
        return records.rows(session, model, records.find(session, model))


def test_files_evidence_figures_cases_and_stages_are_imported_from_lists(
    pool: Pool, enterprise: str, tmp_path: Path
) -> None:
    name = "宁波朝阳机械有限公司"
    files = sheet(
        tmp_path / "档.xlsx",
        ["企业名称", "商标", "主要商品", "保护途径", "预计基准日", "首次使用日"],
        [name, "朝阳", "机床", "行政查处", "2026-11-22", "2019-05-01"],
    )
    [file] = take(pool, files, WellKnownFile)
    assert (file["enterprise_id"], file["route"]) == (enterprise, "administrative")
    papers = sheet(
        tmp_path / "证据.xlsx",
        ["准备档", "证明因素", "年度", "证据名称", "出具单位", "日期", "页数", "广告费"],
        ["朝阳", "广告宣传", 2024, "广告合同", "示例公司", "2024-05-01", 3, "12万元"],
    )
    [paper] = take(pool, papers, EvidenceItem)
    assert (paper["file_id"], paper["factor"], paper["amount"]) == (
        file.id, "advertising", Decimal(120_000)
    )  # fmt: skip
    numbers = sheet(
        tmp_path / "数据.xlsx",
        ["准备档", "年度", "指标", "数值", "单位", "来源"],
        ["朝阳", 2024, "销售收入", 8000, "万元", "审计报告"],
    )
    [figure] = take(pool, numbers, EvidenceFigure)
    assert (figure["measure"], figure["unit"]) == ("revenue", "ten_thousand_yuan")
    cases = sheet(
        tmp_path / "案件.xlsx",
        ["企业名称", "商标", "商品", "保护途径", "受理机关", "案号", "结果", "文书号", "决定日期"],
        [name, "朝阳", "机床", "异议", "国家知识产权局", "1号", "认定驰名", "2号", "2025-08-01"],
    )
    [case] = take(pool, cases, WellKnownCase)
    assert (case["outcome"], case["decided_on"]) == ("protected", date(2025, 8, 1))
    stages = sheet(
        tmp_path / "环节.xlsx", ["案件", "环节", "发出日"], ["朝阳", "立案", "2025-01-02"]
    )
    [stage] = take(pool, stages, WellKnownStage)
    assert (stage["case_id"], stage["stage"]) == (case.id, "case_filed")


def test_a_list_of_honours_cannot_bring_the_words_in_as_a_title(
    pool: Pool, enterprise: str, tmp_path: Path
) -> None:
    honours = sheet(
        tmp_path / "荣誉.xlsx",
        ["企业名称", "荣誉类别", "级别", "认定日期"],
        ["宁波朝阳机械有限公司", "驰名商标", "国家级", "2015-03-01"],
    )
    assert take(pool, honours, Honour) == []
    with pool.read() as session:
        assert records.find(session, Enterprise) == [enterprise]


def test_the_sheet_the_gaps_and_the_dossier_come_from_one_file(pool: Pool) -> None:
    _enterprise, file = complete(pool)
    with pool.read() as session:
        found = well_known.assess(session, file, ON)
        made = evidence.dossier(session, file, Attachments(pool.path), Office(), ON)
    assert found.label == "可支持"
    assert len(made.entries) == len(found.gathered.items)
    content = word.filled(word.template(made.draft.template), made.draft.context)
    assert content.startswith(b"PK")


def test_every_list_of_cases_prints_that_they_are_no_titles(pool: Pool, tmp_path: Path) -> None:
    with pool.read() as session:
        answer = answers.answer(session, Question("well_known_case"), ON)
        table = list_out.table_of(answer, "驰名保护记录")
    path = tmp_path / "记录.xlsx"
    list_out.export_table(path, table)
    cells = [
        str(cell.value) for row in openpyxl.load_workbook(path).active for cell in row if cell.value
    ]
    assert any("个案认定" in text and "不是荣誉称号" in text for text in cells)
