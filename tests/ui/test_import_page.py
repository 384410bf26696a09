"""Importing as a clerk does it: real files, real widgets; only file choosers are answered."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from brandpool.db.pool import Pool
from brandpool.exchange.workbook import open_book
from brandpool.models.enterprise import Enterprise
from brandpool.models.honour import Honour
from brandpool.services import history, records
from brandpool.services.check import content_hash
from brandpool.ui.import_lines import TABS
from brandpool.ui.import_page import ImportPage
from brandpool.ui.ledgers_page import LedgersPage
from brandpool.ui.main_window import MainWindow

Settle = Callable[[], None]
HEAD = ["企业名称", "统一社会信用代码", "成立时间", "所属街道"]
KNOWN = ["宁波朝阳机械有限公司", "91330200144069541X", "2004.3.6", "新明街道"]


def sheet(path: Path, *rows: list[Any], hidden: bool = False) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if hidden:
        other = book.create_sheet("旧数据")
        other.append(["企业名称"])
        other.append(["宁波旧名单有限公司"])
        other.sheet_state = "hidden"
    book.save(path)
    return path


@pytest.fixture
def page(window: MainWindow, settle: Settle) -> ImportPage:
    page = window.visit("import")
    settle()
    assert isinstance(page, ImportPage)
    return page


@pytest.fixture
def street(pool: Pool, enterprise: str) -> str:
    """The enterprise has a street that the files contradict."""
    with pool.write("街道", who="甲") as session:
        records.edit(session, Enterprise, enterprise, {"street": "梅墟街道"})
    return enterprise


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return sheet(
        tmp_path / "名单.xlsx",
        ["附件：入库企业名单"],
        HEAD,
        KNOWN,
        ["宁波东方股份有限公司", "91330100799655058B", "2010年5月1日", "梅墟"],
        ["宁波坏日期有限公司", None, "2023-02-30", None],
        ["合计", "3 家", None, None],
        hidden=True,
    )


def of(pool: Pool) -> str:
    with pool.read() as session:
        return content_hash(session)


def count(page: ImportPage, tab: str) -> str:
    return page.rows.tabs.tabText(TABS.index(tab)).split()[-1]


def texts(page: ImportPage, tab: str) -> list[tuple[str, ...]]:
    return [shown.texts for shown in page.rows.tables[tab].rows.shown]


def rehearsed(page: ImportPage, path: Path, settle: Settle) -> None:
    page.take_file(path)
    settle()
    if page.stack.currentWidget() is page.columns:
        page.columns.go_button.click()
        settle()
    assert page.stack.currentWidget() is page.rows


def test_a_file_is_shown_before_anything_is_taken(
    page: ImportPage, pool: Pool, street: str, listed: Path, settle: Settle
) -> None:
    before = of(pool)
    page.take_file(listed)
    settle()
    columns = page.columns
    assert page.stack.currentWidget() is columns
    assert "旧数据" in columns.notes.text()
    assert "表头在第 2 行" in columns.words.text()
    heading = columns.preview.lines.index(1, 0)
    plain = columns.preview.lines.index(2, 0)
    assert heading.data(Qt.ItemDataRole.BackgroundRole) is not None
    assert plain.data(Qt.ItemDataRole.BackgroundRole) is None
    assert plain.data() == KNOWN[0]
    assert [box.currentData() for box in columns.choices] == [
        "name", "credit_code", "established", "street"
    ]  # fmt: skip
    columns.go_button.click()
    settle()
    assert {tab: count(page, tab) for tab in TABS} == {
        "new": "1", "changed": "0", "conflict": "1", "rejected": "1",
        "unchanged": "0", "missing": "0", "skipped": "1",
    }  # fmt: skip
    [rejected] = texts(page, "rejected")
    assert (rejected[:3], "2023-02-30" in rejected[3]) == (("5", "C5", "宁波坏日期有限公司"), True)
    assert of(pool) == before


def test_a_hidden_sheet_is_read_when_it_is_chosen(
    page: ImportPage, pool: Pool, listed: Path, settle: Settle
) -> None:
    page.take_file(listed)
    settle()
    sheets = page.columns.sheets
    sheets.setCurrentIndex(sheets.findData("旧数据"))
    sheets.activated.emit(sheets.currentIndex())
    settle()
    page.columns.go_button.click()
    settle()
    assert texts(page, "new")[0][1] == "宁波旧名单有限公司"


def test_importing_is_one_step_and_is_taken_back_as_one(
    page: ImportPage, pool: Pool, street: str, listed: Path, settle: Settle
) -> None:
    before = of(pool)
    rehearsed(page, listed, settle)
    page.rows.when_line.setText("2025-12-31")
    page.rows.import_button.click()
    settle()
    assert page.stack.currentWidget() is page.done
    with pool.read() as session:
        assert records.count(session, Enterprise) == 2
        assert history.steps(session)[0].why == "导入企业：名单.xlsx（Sheet）"
        row = records.get(session, Enterprise, street)
        assert (row["street"], str(row["established"])) == ("梅墟街道", "2004-03-06")
        [new] = [r for r in records.find(session, Enterprise) if r != street]
        assert str(records.get(session, Enterprise, new)["source_date"]) == "2025-12-31"
    page.done.undo_button.click()
    settle()
    assert of(pool) == before
    assert not page.done.undo_button.isEnabled()


def test_conflicts_are_decided_cell_by_cell_with_the_keyboard(
    page: ImportPage, pool: Pool, street: str, listed: Path, settle: Settle, qtbot: QtBot
) -> None:
    rehearsed(page, listed, settle)
    page.rows.tabs.setCurrentIndex(TABS.index("conflict"))
    table = page.rows.tables["conflict"]
    assert texts(page, "conflict")[0][2:] == ("所属街道", "梅墟街道", "新明街道", "库中值")
    qtbot.keyClick(table, Qt.Key.Key_2)
    assert texts(page, "conflict")[0][5] == "文件值"
    qtbot.keyClick(table, Qt.Key.Key_Up)
    qtbot.keyClick(table, Qt.Key.Key_1)
    assert texts(page, "conflict")[0][5] == "库中值"
    page.rows.take_all.click()
    page.rows.import_button.click()
    settle()
    with pool.read() as session:
        assert records.get(session, Enterprise, street)["street"] == "新明街道"


def test_a_name_one_character_apart_is_the_same_when_the_clerk_says_so(
    page: ImportPage, pool: Pool, enterprise: str, tmp_path: Path, settle: Settle
) -> None:
    path = sheet(tmp_path / "a.xlsx", ["企业名称", "所属街道"], ["宁波朝日机械有限公司", "梅墟"])
    rehearsed(page, path, settle)
    assert (count(page, "new"), count(page, "missing")) == ("1", "1")
    assert page.rows.is_same.isVisible()
    page.rows.is_same.click()
    settle()
    assert (count(page, "new"), count(page, "conflict"), count(page, "missing")) == ("0", "1", "0")
    page.rows.tabs.setCurrentIndex(TABS.index("conflict"))
    page.rows.not_same.click()
    settle()
    assert count(page, "new") == "1"
    page.rows.tabs.setCurrentIndex(TABS.index("new"))
    page.rows.is_same.click()
    settle()
    page.rows.import_button.click()
    settle()
    with pool.read() as session:
        [only] = records.find(session, Enterprise)
        row = records.get(session, Enterprise, only)
    assert (only, row["name"], row["street"]) == (enterprise, "宁波朝阳机械有限公司", "梅墟")


def test_columns_that_were_settled_once_are_not_asked_again(
    page: ImportPage, pool: Pool, tmp_path: Path, settle: Settle
) -> None:
    page.take_file(sheet(tmp_path / "a.xlsx", ["甲", "乙"], ["宁波朝阳机械有限公司", "梅墟"]))
    settle()
    boxes: list[QComboBox] = page.columns.choices
    for box, name in zip(boxes, ("name", "street"), strict=True):
        box.setCurrentIndex(box.findData(name))
        box.activated.emit(box.currentIndex())
    page.columns.go_button.click()
    settle()
    page.rows.import_button.click()
    settle()
    page.take_file(sheet(tmp_path / "b.xlsx", ["甲", "乙"], ["宁波东方有限公司", "新明"]))
    settle()
    assert page.stack.currentWidget() is page.rows
    assert count(page, "new") == "1"


def test_a_field_has_one_column(page: ImportPage, listed: Path, settle: Settle) -> None:
    page.take_file(listed)
    settle()
    boxes = page.columns.choices
    boxes[3].setCurrentIndex(boxes[3].findData("name"))
    boxes[3].activated.emit(boxes[3].currentIndex())
    assert page.columns.chosen()[0] == {"credit_code": 1, "established": 2, "name": 3}


def test_rejected_rows_go_into_a_workbook_that_can_be_imported_again(
    page: ImportPage,
    pool: Pool,
    listed: Path,
    tmp_path: Path,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rehearsed(page, listed, settle)
    page.rows.import_button.click()
    settle()
    target = tmp_path / "退回.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    page.done.rejected_button.click()
    settle()
    rows = open_book(target).sheets[0].rows
    assert rows[1] == [*HEAD, "原因"]
    assert "2023-02-30" in str(rows[2][4])
    rehearsed(page, target, settle)
    assert count(page, "rejected") == "1"


def test_a_pool_that_has_changed_meanwhile_is_compared_again(
    page: ImportPage, pool: Pool, listed: Path, settle: Settle, said: list[str]
) -> None:
    rehearsed(page, listed, settle)
    assert count(page, "new") == "2"
    with pool.write("新增", who="乙") as session:
        records.add(session, Enterprise, {"name": KNOWN[0], "credit_code": KNOWN[1]})
    page.rows.import_button.click()
    settle()
    assert "又有改动" in said[0]
    assert page.stack.currentWidget() is page.rows
    assert (count(page, "new"), count(page, "changed")) == ("1", "1")
    page.rows.import_button.click()
    settle()
    assert page.stack.currentWidget() is page.done


def test_cancelling_writes_nothing(
    page: ImportPage, pool: Pool, listed: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearsed(page, listed, settle)
    before = of(pool)
    direct = Qt.ConnectionType.DirectConnection
    page.shell.work.started.connect(lambda task: task.cancel(), direct)
    page.rows.import_button.click()
    settle()
    assert of(pool) == before
    assert page.stack.currentWidget() is page.rows


def test_a_former_name_that_a_row_brings_is_shown(
    page: ImportPage, pool: Pool, enterprise: str, tmp_path: Path, settle: Settle
) -> None:
    path = sheet(
        tmp_path / "a.xlsx", ["企业名称", "曾用名"], ["宁波朝阳机械有限公司", "宁波红旗机械厂"]
    )
    rehearsed(page, path, settle)
    assert texts(page, "changed")[0][2:5] == ("曾用名", "—", "宁波红旗机械厂")


def test_a_broken_file_is_refused_with_a_sentence(
    page: ImportPage, tmp_path: Path, settle: Settle, said: list[str]
) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing of a workbook")
    page.take_file(path)
    settle()
    assert "坏.xlsx" in said[0]
    assert page.stack.currentWidget() is page.choose


def test_what_was_copied_in_wps_is_a_table(page: ImportPage, pool: Pool, settle: Settle) -> None:
    QGuiApplication.clipboard().setText(
        "企业名称\t统一社会信用代码\t主要产品\r\n宁波朝阳机械有限公司\t91330200144069541X\t"
        '"轴承\n齿轮"\r\n宁波东方有限公司\t\t电机\r\n'
    )
    page.choose.paste_button.click()
    settle()
    page.columns.go_button.click()
    settle()
    assert count(page, "new") == "2"


def test_a_file_dropped_on_the_window_goes_to_the_import_page(
    window: MainWindow, listed: Path, settle: Settle
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(listed))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    held = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(400, 300), copy, mime, left, held)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(400, 300), copy, mime, left, held)
    QApplication.sendEvent(window, event)
    settle()
    page = window.visit("import")
    assert isinstance(page, ImportPage)
    assert page.stack.currentWidget() is page.columns


def test_a_ledgers_button_imports_into_that_ledger(
    window: MainWindow,
    pool: Pool,
    enterprise: str,
    tmp_path: Path,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = sheet(
        tmp_path / "荣誉.xlsx",
        ["单位名称", "荣誉类别", "级别", "认定日期"],
        ["宁波朝阳机械有限公司", "国家高新技术企业", "国家级", "2023.12.8"],
    )
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
    ledgers = window.visit("ledgers")
    assert isinstance(ledgers, LedgersPage)
    table = ledgers.table(Honour)
    settle()
    next(b for b in table.findChildren(QPushButton) if b.text().startswith("导入")).click()
    settle()
    page = window.visit("import")
    assert isinstance(page, ImportPage)
    page.columns.go_button.click()
    settle()
    page.rows.import_button.click()
    settle()
    with pool.read() as session:
        [honour] = records.of_enterprise(session, Honour, enterprise)
    assert honour["honour"] == "high_tech"
