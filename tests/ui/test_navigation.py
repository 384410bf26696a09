"""The navigation shows every page without scrolling, and the search leads to pages and ledgers."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from brandpool.models.credit import CreditListing
from brandpool.models.pledge import Pledge
from brandpool.ui.import_page import ImportPage
from brandpool.ui.ledgers_page import LedgersPage
from brandpool.ui.main_window import MainWindow
from brandpool.ui.pages import Entry, Heading, entries, navigation
from brandpool.ui.place_names import ALSO, answers
from brandpool.ui.places import meant, places
from tests.ui.conftest import Settle


def test_every_page_and_heading_is_in_sight_at_768_pixels(
    window: MainWindow, settle: Settle
) -> None:
    window.resize(1366, 768)
    settle()
    rail = window.rail
    seen = rail.viewport().rect()
    for row in range(rail.count()):
        place = rail.visualItemRect(rail.item(row))
        assert seen.contains(place), rail.item(row).text()
        words = rail.fontMetrics().horizontalAdvance(rail.item(row).text())
        assert words < place.width(), rail.item(row).text()


def test_a_page_is_chosen_by_arrows_and_by_its_number(window: MainWindow, settle: Settle) -> None:
    order = [entry.key for entry in entries()]
    for number in range(1, 10):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert window.current_key() == order[number - 1]
    window.visit(order[0])
    QTest.keyClick(window.rail, Qt.Key.Key_Right)
    assert window.current_key() == order[1]
    seen = {window.current_key()}
    for _press in range(len(order)):
        QTest.keyClick(window.rail, Qt.Key.Key_Down)
        assert window.current_key()
        seen.add(window.current_key())
    assert seen & set(order[-3:])
    settle()


def test_every_page_stands_under_a_heading() -> None:
    lines = navigation()
    assert isinstance(lines[0], Heading)
    assert isinstance(lines[-1], Entry)
    assert len({entry.key for entry in entries()}) == len(entries())


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("质押融资", "知识产权质押"),
        ("托管", "知识产权托管"),
        ("失信", "信用名单"),
        ("xuzhan", "续展"),
        ("mdl", "马德里"),
        ("节假日", "参考数据"),
        ("规上清零", "专利统计"),
    ],
)
def test_a_page_or_ledger_is_found_by_what_offices_call_it(words: str, title: str) -> None:
    assert meant(places(entries()), words)[0].title == title


def test_other_words_belong_to_pages_and_ledgers_that_exist() -> None:
    there = {place.kind or place.key for place in places(entries())}
    assert set(ALSO) <= there


def test_no_word_means_every_ledger_and_a_foreign_one_none() -> None:
    assert answers(("质押",), "")
    assert not answers(("质押",), "cyjx")


def test_pinyin_in_the_search_box_opens_the_ledger(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    window.activateWindow()
    window.search.setFocus()
    qtbot.waitUntil(window.search.hasFocus)
    QTest.keyClicks(window.search, "zyrz")
    qtbot.waitUntil(window.search.results.isVisible, timeout=5000)
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    settle()
    page = window.visit("ledgers")
    assert isinstance(page, LedgersPage)
    table = page.stack.currentWidget()
    assert table is page.table(Pledge)


def test_a_pool_without_enterprises_leads_to_the_import_of_a_list(
    window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def no_file(_parent: object, title: str, *_rest: object) -> tuple[str, str]:
        asked.append(title)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", no_file)
    desk = window.visit("desk")
    settle()
    button = next(b for b in desk.findChildren(QPushButton) if b.text() == "导入名单…")
    assert button.isVisible()
    button.click()
    assert asked == ["选择要导入的文件"]
    assert window.current_key() == "import"


def test_the_wizard_asks_once_for_what_no_column_says(
    window: MainWindow, settle: Settle, enterprise: str, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["企业名称", "列入日期"])
    book.active.append(["宁波朝阳机械有限公司", "2026.3.1"])
    book.save(tmp_path / "失信名单.xlsx")
    page = window.visit("import")
    assert isinstance(page, ImportPage)
    page.begin(CreditListing)
    page.take_file(tmp_path / "失信名单.xlsx")
    settle()
    assert page.columns.for_all.isVisible()
    box = page.columns.for_all.editors["list_type"]
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(1)
    page.columns.go_button.click()
    settle()
    assert page.plan is not None
    assert [row.fills["list_type"] for row in page.plan.rows] == [box.currentData()]
