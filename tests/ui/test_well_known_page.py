"""The page of well-known marks: the verdict, the grid with its cells, cases with their clocks."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.document import Document
from brandpool.models.shortlist import ExportEntry
from brandpool.models.visit import VisitItem
from brandpool.models.well_known import (
    EvidenceFigure,
    EvidenceItem,
    WellKnownCase,
    WellKnownFile,
    WellKnownStage,
)
from brandpool.services import records, well_known
from brandpool.services.well_known_grid import Cell
from brandpool.ui import evidence_dossier
from brandpool.ui.chain_box import ChainBox
from brandpool.ui.evidence_cell import CellBox
from brandpool.ui.evidence_grid import LOOKS, cell_text
from brandpool.ui.ledgers_page import LedgersPage
from brandpool.ui.main_window import MainWindow
from brandpool.ui.well_known_page import WellKnownPage
from brandpool.ui.widgets.record_form import RecordForm
from tests.services.well_known_rooms import complete, pdf

Settle = Callable[[], None]
TODAY = date.today()


@pytest.fixture
def file(pool: Pool) -> str:
    """A file judged as of today whose third year has no advertising and no revenue."""
    _enterprise, record = complete(
        pool,
        file={"planned_anchor": date(2026, 11, 22)},
        mark={"valid_until": TODAY + timedelta(days=3000)},
    )
    with pool.write("缺", who="测试员") as session:
        for model, name in ((EvidenceItem, "factor"), (EvidenceFigure, "measure")):
            rows = records.rows(session, model, records.find(session, model))
            gone = [
                r.id for r in rows if r["year"] == 2025 and r[name] in ("advertising", "revenue")
            ]
            journal.delete(session, model, gone)
    return record


@pytest.fixture
def page(file: str, window: MainWindow, settle: Settle) -> WellKnownPage:
    page = window.visit("well_known")
    settle()
    assert isinstance(page, WellKnownPage)
    return page


def shown(page: WellKnownPage, code: str, year: int | None) -> str:
    model = page.file_view.grid.rows
    row = [line.code for line in model.lines].index(code)
    column = 2 if year is None else 3 + model.years.index(year)
    return str(model.index(row, column).data())


def stand_on(page: WellKnownPage, code: str, year: int | None) -> Cell:
    grid = page.file_view.grid
    row = [line.code for line in grid.rows.lines].index(code)
    column = 2 if year is None else 3 + grid.rows.years.index(year)
    grid.setCurrentIndex(grid.rows.index(row, column))
    cell = grid.chosen()
    assert cell is not None
    return cell


def opened(kind: type) -> list:
    QApplication.processEvents()
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


def test_the_first_file_shows_its_verdict_gaps_and_grid(page: WellKnownPage) -> None:
    view = page.file_view
    assert page.stack.currentWidget() is view
    assert view.verdict.text() == "◐ 缺项"
    assert [row.texts[0] for row in view.gaps.rows.shown] == [
        "2025年广告宣传：没有证据", "2025年销售收入：没有数据"
    ]  # fmt: skip
    assert view.gaps.rows.headings == ["缺项 2 项"]
    assert shown(page, "advertising", 2025) == "○ 缺"
    assert shown(page, "advertising", 2024) == "● 1 份"
    assert shown(page, "revenue", 2024) == "● 8,000万元"
    assert shown(page, "sales_region", 2023) == "● 浙江、江苏、上海"
    assert shown(page, "protection", None) == "—"


def test_every_state_is_told_apart_without_colour() -> None:
    signs = [look.sign for look in LOOKS.values()]
    assert len(set(signs)) == len(signs)


def test_arrows_move_and_enter_on_a_missing_figure_asks_for_it_with_its_unit(
    page: WellKnownPage, settle: Settle
) -> None:
    stand_on(page, "revenue", 2024)
    QTest.keyClick(page.file_view.grid, Qt.Key.Key_Right)
    QTest.keyClick(page.file_view.grid, Qt.Key.Key_Return)
    settle()
    [form] = opened(RecordForm)
    assert form.lines["year"].value() == 2025
    assert form.lines["measure"].value() == "revenue"
    assert form.lines["unit"].value() == "ten_thousand_yuan"
    form.close()


def test_insert_on_a_cell_adds_a_paper_of_that_factor_and_year(
    page: WellKnownPage, settle: Settle
) -> None:
    stand_on(page, "advertising", 2025)
    QTest.keyClick(page.file_view.grid, Qt.Key.Key_Insert)
    settle()
    [form] = opened(RecordForm)
    assert (form.lines["factor"].value(), form.lines["year"].value()) == ("advertising", 2025)
    form.close()


def test_a_file_dropped_into_a_cell_fills_it_once_it_is_dated_and_issued(
    page: WellKnownPage, pool: Pool, tmp_path: Path, settle: Settle
) -> None:
    path = tmp_path / "2025年广告发票.pdf"
    path.write_bytes(pdf("发票", 3))
    cell = stand_on(page, "advertising", 2025)
    page.file_view.open_cell(cell)
    [box] = opened(CellBox)
    box.keep([path])
    settle()
    [form] = opened(RecordForm)
    form.close()
    assert shown(page, "advertising", 2025) == "◐ 《2025年广告发票》没有日期、出具单位不明"
    with pool.read() as session:
        [item] = [
            row
            for row in records.rows(session, EvidenceItem, records.find(session, EvidenceItem))
            if row["title"] == "2025年广告发票"
        ]
        assert (item["pages"], item["year"], item["factor"]) == (3, 2025, "advertising")
        assert records.get(session, Document, str(item["document_id"]))["content_hash"]
    values = {
        "dated": date(2025, 7, 1),
        "issuer": "示例广告公司",
        "medium": "户外",
        "region": "浙江",
    }
    with pool.write("补齐", who="测试员") as session:
        records.edit(session, EvidenceItem, item.id, values)
    page.refresh()
    settle()
    assert shown(page, "advertising", 2025) == "● 1 份"


def test_a_cell_lists_its_papers_and_a_figure_is_linked_to_one(
    page: WellKnownPage, pool: Pool, settle: Settle
) -> None:
    page.file_view.open_cell(stand_on(page, "advertising", 2024))
    [box] = opened(CellBox)
    assert [row.texts[0] for row in box.papers.rows.shown] == ["2024年广告合同"]
    box.close()
    QApplication.processEvents()
    page.file_view.open_cell(stand_on(page, "tax", 2024))
    [box] = opened(CellBox)
    box.shown_by.setCurrentIndex(0)
    box.shown_by.activated.emit(0)
    settle()
    assert shown(page, "tax", 2024) == "◐ 没有证明材料"


def test_the_gaps_go_on_the_visit_list_once(
    page: WellKnownPage, pool: Pool, settle: Settle
) -> None:
    for _again in range(2):
        page.file_view.ask.click()
        settle()
    with pool.read() as session:
        rows = records.rows(session, VisitItem, records.find(session, VisitItem))
    assert {row["what"] for row in rows} == {
        "朝阳：2025年广告宣传：没有证据", "朝阳：2025年销售收入：没有数据"
    }  # fmt: skip
    assert page.file_view.line is not None
    assert page.file_view.line.found.file.readiness == "gaps"


def test_a_recorded_verdict_that_no_longer_holds_is_told(
    page: WellKnownPage, pool: Pool, file: str, settle: Settle
) -> None:
    page.file_view.record.click()
    settle()
    assert not page.file_view.warning.isVisible()
    with pool.write("改", who="测试员") as session:
        journal.update(session, WellKnownFile, {file: {"readiness": "supportable"}})
    page.refresh()
    settle()
    assert "与现在不同" in page.file_view.warning.text()


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_the_dossier_is_written_and_registered(
    page: WellKnownPage, pool: Pool, tmp_path: Path, settle: Settle, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch, suffix: str,
) -> None:  # fmt: skip
    target = tmp_path / f"证据.{suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    (page.file_view.pdf if suffix == "pdf" else page.file_view.word).click()
    qtbot.waitUntil(lambda: page.shell.work.idle, timeout=60_000)
    settle()
    content = target.read_bytes()
    with pool.read() as session:
        [entry] = records.rows(session, ExportEntry, records.find(session, ExportEntry))
    assert entry["file_name"] == target.name
    if suffix == "pdf":
        pages = PdfReader(target).pages
        papers = 4 + 2 + 3
        assert [page.extract_text().strip() for page in pages[-papers:]] == [
            str(number) for number in range(1, papers + 1)
        ]
        assert len(pages) > papers
    assert page.file_view.line is not None
    evidence_dossier.write(page.shell, page, page.file_view.line.found.file.id, target)
    qtbot.waitUntil(lambda: page.shell.work.idle, timeout=60_000)
    assert target.read_bytes() == content


def test_a_case_shows_its_note_stages_and_clocks(
    page: WellKnownPage, pool: Pool, window: MainWindow, settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    assert page.file_view.line is not None
    enterprise = page.file_view.line.found.file.enterprise_id
    with pool.write("案件", who="测试员") as session:
        case = records.add(session, WellKnownCase, {
            "enterprise_id": enterprise, "mark": "朝阳", "goods": "机床", "authority": "市局",
            "route": "administrative", "outcome": "protected", "decided_on": date(2026, 11, 1),
        })  # fmt: skip
        records.add(
            session,
            WellKnownStage,
            {"case_id": case, "stage": "province_told", "received": date(2026, 11, 5)},
        )
    window.open_record("well_known_case", case)
    settle()
    view = page.case_view
    assert page.stack.currentWidget() is view
    assert view.note.text().startswith("个案认定：")
    assert page.cases.rows.shown[0].texts[1] == "个案认定"
    assert "文书号" in view.lacking.text()
    assert "请求保护日" in view.lacking.text()
    assert [row.texts[:3] for row in view.clocks.rows.shown] == [
        ("处罚决定报备", "2026-11-05", "2026-12-05")
    ]
    chains = []
    monkeypatch.setattr(ChainBox, "exec", lambda box: chains.append(box.explained))
    view.clocks.selectRow(0)
    view.show_chain()
    assert chains[0].day("due") == date(2026, 12, 5)


def test_a_record_of_protection_opens_from_the_grid(
    page: WellKnownPage, pool: Pool, settle: Settle
) -> None:
    assert page.file_view.line is not None
    enterprise = page.file_view.line.found.file.enterprise_id
    with pool.write("案件", who="测试员") as session:
        records.add(session, WellKnownCase, {
            "enterprise_id": enterprise, "mark": "朝阳", "goods": "机床", "authority": "法院",
            "route": "court", "outcome": "protected", "decided_on": date(2025, 11, 1),
        })  # fmt: skip
    page.refresh()
    settle()
    page.file_view.open_cell(stand_on(page, "protection", None))
    settle()
    assert page.tabs.currentIndex() == 1


def test_an_empty_pool_says_what_to_do(window: MainWindow, settle: Settle) -> None:
    page = window.visit("well_known")
    settle()
    assert isinstance(page, WellKnownPage)
    assert "还没有准备档" in page.empty.text()
    page.tabs.setCurrentIndex(1)
    assert "还没有个案" in page.empty.text()


def test_the_ledger_of_the_kind_in_sight_is_one_click_away(
    page: WellKnownPage, window: MainWindow, settle: Settle
) -> None:
    page.ledger.click()
    settle()
    ledger = window.visit("ledgers")
    assert isinstance(ledger, LedgersPage)
    assert ledger.stack.currentWidget() is ledger.table(WellKnownFile)


def test_a_cell_text_needs_no_figure() -> None:
    line = next(one for one in well_known_lines() if one.code == "awareness")
    assert cell_text(Cell(line, None, "partial", ("没有日期",), ("a",), "")) == "◐ 没有日期"


def well_known_lines():
    from brandpool.rules.reference import shipped
    from brandpool.services.well_known_grid import lines

    assert well_known.SUPPORTABLE == "supportable"
    return lines(shipped())
