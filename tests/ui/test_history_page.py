"""The history page: recycle bin, the pool as known, two days compared, and the check."""

import sqlite3
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Contact, Enterprise
from brandpool.services import history, records
from brandpool.ui.history_page import HistoryPage
from brandpool.ui.main_window import MainWindow
from tests.ui.conftest import Settle


@pytest.fixture
def page(window: MainWindow, forty: list[str], settle: Settle) -> Iterator[HistoryPage]:
    page = window.visit("history")
    assert isinstance(page, HistoryPage)
    settle()
    yield page
    settle()


def turn_to(page: HistoryPage, tab: QWidget, settle: Settle) -> None:
    page.tabs.setCurrentWidget(tab)
    settle()


def press(box: QMessageBox, text: str) -> int:
    next(button for button in box.buttons() if button.text() == text).click()
    return 0


def test_the_recycle_bin_brings_back_a_record_with_what_went_along(
    page: HistoryPage,
    pool: Pool,
    forty: list[str],
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pool.write("录入联系人", who="王敏") as session:
        row = {"enterprise_id": forty[0], "name": "周敏"}
        contact = records.add(session, Contact, row)
    with pool.write("整户删除", who="李强") as session:
        journal.delete(session, Contact, [contact])
        journal.delete(session, Enterprise, [forty[0]])
    turn_to(page, page.recycle, settle)
    texts = {shown.texts[:2] + shown.texts[4:] for shown in page.recycle.table.rows.shown}
    assert texts == {
        ("企业", "宁波第00机械有限公司", "李强", "整户删除"),
        ("联系人", "周敏", "李强", "整户删除"),
    }
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(box.text())
        return press(box, "一并恢复")

    monkeypatch.setattr(QMessageBox, "exec", answer)
    places = [shown.row.record for shown in page.recycle.table.rows.shown]
    page.recycle.table.selectRow(places.index(forty[0]))
    page.recycle.restore.click()
    settle()
    assert asked == ["同一步还删除了与之关联的记录：联系人 1。"]
    with pool.read() as session:
        assert records.get(session, Contact, contact)["name"] == "周敏"
    assert page.recycle.table.rows.shown == []
    assert page.recycle.empty.isVisible()


def test_a_step_opens_the_pool_as_it_was_after_it(
    page: HistoryPage, pool: Pool, forty: list[str], settle: Settle
) -> None:
    with pool.write("改名", who="王敏") as session:
        records.edit(session, Enterprise, forty[3], {"name": "宁波改名有限公司"})
        records.remove(session, Enterprise, [forty[4]])
    settle()
    places = [shown.row.why for shown in page.steps.table.rows.shown]
    page.steps.table.selectRow(places.index("导入 名单.xlsx"))
    page.steps.then.click()
    settle()
    assert page.tabs.currentWidget() is page.past
    assert page.past.table is not None
    assert page.past.count.text() == "共 40 条"
    names = {shown.texts[0] for shown in page.past.table.rows.shown}
    assert "宁波第03机械有限公司" in names
    page.past.search.setText("第04")
    assert page.past.count.text() == "已筛选 1/40"
    page.past.search.clear()
    page.past.step.click()
    settle()
    assert page.past.count.text() == "共 39 条"


def test_before_the_first_step_nothing_was_known(page: HistoryPage, settle: Settle) -> None:
    turn_to(page, page.past, settle)
    page.past.day.setDate(QDate(2020, 1, 1))
    settle()
    assert page.past.count.text() == "共 0 条"


def test_rows_of_the_past_are_copied_as_cells(page: HistoryPage, settle: Settle) -> None:
    turn_to(page, page.past, settle)
    assert page.past.table is not None
    page.past.table.selectRow(0)
    QTest.keyClick(page.past.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().startswith("宁波第00机械有限公司\t")
    assert "<th>企业名称</th>" in data.html()


def test_two_days_show_what_came_left_and_changed(
    page: HistoryPage, pool: Pool, forty: list[str], settle: Settle
) -> None:
    with pool.write("改街道", who="王敏") as session:
        records.edit(session, Enterprise, forty[0], {"street": "东郊"})
    turn_to(page, page.compare, settle)
    assert page.compare.words.text() == "新增 40 条，消失 0 条，修改 0 条（0 格）"
    page.compare.first.setDate(QDate.currentDate())
    settle()
    assert page.compare.words.text() == "这两日之间，企业没有变化。"


def test_the_check_says_that_all_agrees(page: HistoryPage, settle: Settle) -> None:
    turn_to(page, page.check, settle)
    page.check.start.click()
    settle()
    assert page.check.words.text() == "全部一致：1 步操作、40 条记录与历史逐项相符。"
    assert page.check.start.isEnabled()
    assert not page.check.table.isVisible()


def test_the_check_finds_what_another_program_wrote(
    page: HistoryPage, pool: Pool, forty: list[str], settle: Settle
) -> None:
    with sqlite3.connect(pool.path) as raw:
        raw.execute("UPDATE enterprise SET street = '偷改' WHERE id = ?", [forty[0]])
    turn_to(page, page.check, settle)
    page.check.start.click()
    settle()
    [shown] = page.check.table.rows.shown
    assert shown.texts == ("企业", "宁波第00机械有限公司", "所属街道", "偷改", "梅墟")
    assert "发现 1 处不一致" in page.check.words.text()


def test_a_restored_record_is_a_step_that_can_be_undone(
    page: HistoryPage, pool: Pool, forty: list[str], settle: Settle
) -> None:
    with pool.write("删除企业", who="王敏") as session:
        records.remove(session, Enterprise, [forty[0]])
    turn_to(page, page.recycle, settle)
    page.recycle.table.selectRow(0)
    page.recycle.restore.click()
    settle()
    with pool.read() as session:
        step = history.next_undo(session)
    assert step is not None
    assert step.why == "恢复 1 条企业"
