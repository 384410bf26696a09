"""The star rating as a clerk works with it: items, what bears them out, one's own score."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from brandpool.db import journal
from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.models.shortlist import ExportEntry
from brandpool.models.star import StarScore, StationPaper
from brandpool.models.station import Station
from brandpool.models.training import Training
from brandpool.services import records
from brandpool.ui.ledgers_page import LedgersPage
from brandpool.ui.main_window import MainWindow
from brandpool.ui.reference_page import ReferencePage
from brandpool.ui.star_score_form import StarScoreForm
from brandpool.ui.stars_page import StarsPage
from brandpool.ui.widgets.record_form import RecordForm
from tests.ui.conftest import Settle

TODAY = date.today()


@pytest.fixture
def page(pool: Pool, window: MainWindow, settle: Settle) -> StarsPage:
    with pool.write("活动", who="王敏") as session:
        journal.insert(session, Training, [
            {"topic": f"第{n}讲", "held_on": date(TODAY.year, 1, 1), "star_item": "lectures"}
            for n in range(3)
        ])  # fmt: skip
        journal.insert(session, Station, [{"name": "高新区站"}])
    found = window.visit("stars")
    assert isinstance(found, StarsPage)
    settle()
    return found


def stand_on(page: StarsPage, label: str) -> int:
    place = [shown.row.label for shown in page.table.rows.shown].index(label)
    page.table.selectRow(place)
    return place


def test_thirteen_items_with_what_bears_them_out(page: StarsPage) -> None:
    assert page.table.rows.rowCount() == 13
    assert page.total.text() == "自评 5 分，其中台账得分 5 分（满分 100）"
    assert "未经标准原文核对" in page.note.text()
    stand_on(page, "实务讲座")
    [part] = [shown.texts for shown in page.parts.rows.shown]
    assert part[1:5] == ("10", "5", "3", "6")
    assert page.evidence.text() == "查看佐证（3 条）"


def test_the_evidence_opens_exactly_its_records(
    page: StarsPage, window: MainWindow, pool: Pool, settle: Settle
) -> None:
    stand_on(page, "实务讲座")
    page.evidence.click()
    settle()
    opened = window.stack.currentWidget()
    assert isinstance(opened, LedgersPage)
    with pool.read() as session:
        wanted = set(records.find(session, Training))
    assert set(opened.table(Training).model.ids) == wanted


def test_ones_own_score_needs_a_reason_and_can_be_taken_back(
    page: StarsPage, pool: Pool, settle: Settle, said: list[str]
) -> None:
    place = stand_on(page, "制度建设")
    assert page.rating is not None
    item = page.chosen()
    assert item is not None
    form = StarScoreForm(page.shell, page.rating, item, "", page)
    form.score.setValue(1.25)
    form.save()
    settle()
    assert said == ["改动自评分须写明理由，例如评价细则的条款或补充的材料。"]
    form.reason.setPlainText("制度汇编2026版")
    form.save()
    settle()
    cells = page.table.rows.shown[place].texts
    assert (cells[3], cells[4], cells[6]) == ("0", "1.25", "制度汇编2026版")
    assert page.total.text() == "自评 6.25 分，其中台账得分 5 分（满分 100）"
    with pool.read() as session:
        [record] = records.find(session, StarScore)
        kept = records.get(session, StarScore, record)
    assert (kept["score"], kept["scored_by"]) == (Decimal("1.25"), "王敏")
    stand_on(page, "制度建设")
    page.back.click()
    settle()
    assert page.table.rows.shown[place].texts[4] == "—"


def test_another_year_is_scored_by_its_own_records(page: StarsPage, settle: Settle) -> None:
    page.year.setValue(TODAY.year - 1)
    settle()
    assert page.total.text() == "自评 0 分，其中台账得分 0 分（满分 100）"


def test_the_sheet_is_saved_and_entered_as_an_export(
    page: StarsPage, pool: Pool, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from docx import Document

    path = tmp_path / "自评表.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    page.save.click()
    settle()
    [table] = Document(str(path)).tables
    assert len(table.rows) == 1 + 13 + 1
    with pool.read() as session:
        assert records.count(session, ExportEntry) == 1


def test_a_paper_with_its_file_counts_at_once(
    page: StarsPage, pool: Pool, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "岗位职责.docx"
    file.write_bytes("岗位职责全文".encode())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    page.paper.click()
    settle()
    form = page.findChild(RecordForm)
    assert form is not None
    form.lines["paper_kind"].put("duty")
    form.save()
    settle()
    place = stand_on(page, "制度建设")
    assert page.table.rows.shown[place].texts[3] == "0.5"
    with pool.read() as session:
        [record] = records.find(session, StationPaper)
        kept = records.get(session, StationPaper, record)
    assert (kept["title"], kept["file_name"]) == ("岗位职责", "岗位职责.docx")
    assert Attachments(pool.path).read(str(kept["content_hash"])) == file.read_bytes()


def test_the_rules_are_a_click_away(page: StarsPage, window: MainWindow, settle: Settle) -> None:
    page.rules.click()
    settle()
    opened = window.stack.currentWidget()
    assert isinstance(opened, ReferencePage)
    assert "DB3302/T 1115-2025" in opened.text.toPlainText()
