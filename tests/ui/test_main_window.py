"""The window and its pages, in both languages."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from brandpool import i18n
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise, YearlyFigure
from brandpool.models.honour import Honour
from brandpool.services import history, records
from brandpool.settings import Settings
from brandpool.ui.desk_page import DeskPage
from brandpool.ui.doors import Doors
from brandpool.ui.enterprises_page import EnterprisesPage
from brandpool.ui.history_page import HistoryPage
from brandpool.ui.ledgers_page import LedgersPage
from brandpool.ui.main_window import MainWindow
from brandpool.ui.pages import entries
from brandpool.ui.settings_page import SettingsPage
from brandpool.ui.welcome import Welcome
from brandpool.ui.widgets.history_dialog import HistoryDialog
from brandpool.ui.widgets.record_form import RecordForm
from brandpool.ui.work import Work
from tests.ui.conftest import Settle

KEYS = [entry.key for entry in entries()]


@pytest.fixture(params=["zh", "en"])
def spoken(request: pytest.FixtureRequest) -> str:
    i18n.use(request.param)
    return str(request.param)


def named(widget: QWidget) -> bool:
    """Whether a screen reader has a word for this widget."""
    if widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()):
        return True
    label = getattr(widget, "placeholderText", str)()
    return bool(label) or bool(widget.toolTip())


@pytest.mark.parametrize("key", KEYS)
def test_every_page_opens_in_both_languages(
    spoken: str, work: Work, forty: list[str], key: str, settle: Settle, window: MainWindow
) -> None:
    page = window.visit(key)
    settle()
    assert page.isVisible()
    assert window.current_key() == key


@pytest.mark.parametrize("key", KEYS)
def test_every_widget_that_takes_the_focus_has_a_name(
    window: MainWindow, forty: list[str], key: str, settle: Settle
) -> None:
    page = window.visit(key)
    settle()
    asked = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in page.findChildren(QWidget)
        if isinstance(widget, asked)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not isinstance(widget.parent(), (QAbstractSpinBox, QAbstractItemView))
        and widget.parent().metaObject().className() != "QComboBoxPrivateContainer"
        and type(widget).__name__ not in ("QHeaderView", "FilterHeader", "QTableCornerButton")
        and not named(widget)
    ]
    assert nameless == []


def test_pages_are_built_on_their_first_visit(window: MainWindow) -> None:
    assert list(window._built) == ["desk"]
    window.visit("history")
    assert list(window._built) == ["desk", "history"]


def test_the_welcome_page_offers_three_ways(dressed: object, qtbot: QtBot) -> None:
    asked: list[str] = []
    doors = Doors(
        lambda _path: None, lambda _path: None, lambda: asked.append("sample"), asked.append
    )
    window = MainWindow(Settings(), doors)
    qtbot.addWidget(window)
    welcome = window.centralWidget()
    assert isinstance(welcome, Welcome)
    assert [welcome.new.text(), welcome.open.text()] == ["新建品牌库…", "打开…"]
    welcome.sample.click()
    assert asked == ["sample"]


def test_the_search_box_finds_by_pinyin_and_enter_opens_the_card(
    window: MainWindow, pool: Pool, settle: Settle, qtbot: QtBot
) -> None:
    with pool.write("新增", who="王敏") as session:
        record = records.add(session, Enterprise, {"name": "宁波朝阳机械有限公司"})
    window.activateWindow()
    window.search.setFocus()
    qtbot.waitUntil(window.search.hasFocus)
    QTest.keyClicks(window.search, "cyjx")
    qtbot.waitUntil(window.search.results.isVisible, timeout=5000)
    assert window.search.results.item(0).text() == "企业"
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    settle()
    page = window.visit("enterprises")
    assert isinstance(page, EnterprisesPage)
    assert page.card.enterprise == record
    assert page.card.title.text() == "宁波朝阳机械有限公司"
    assert not window.search.results.isVisible()


def test_the_status_bar_says_when_it_was_saved(
    window: MainWindow, work: Work, settle: Settle
) -> None:
    work.write("新增", lambda s: records.add(s, Enterprise, {"name": "甬江电器"}))
    settle()
    assert "已保存" in window.statusBar().saved.text()


def test_the_desk_counts_and_shows_the_last_steps(
    window: MainWindow, forty: list[str], settle: Settle
) -> None:
    desk = window.visit("desk")
    assert isinstance(desk, DeskPage)
    settle()
    assert desk.steps.rows.shown[0].texts[-1] == "导入 名单.xlsx"
    assert not desk.welcome.isVisible()


def test_any_step_can_be_undone_and_done_again_on_the_history_page(
    window: MainWindow, forty: list[str], settle: Settle, pool: Pool
) -> None:
    page = window.visit("history")
    assert isinstance(page, HistoryPage)
    settle()
    page.steps.table.selectRow(0)
    page.steps.undo.click()
    settle()
    with pool.read() as session:
        assert records.count(session, Enterprise) == 0
    assert page.steps.table.rows.shown[0].texts[-1] == "撤销：导入 名单.xlsx"
    page.steps.table.selectRow(0)
    page.steps.redo.click()
    settle()
    with pool.read() as session:
        assert records.count(session, Enterprise) == 40
        assert history.steps(session)[0].why == "重做：导入 名单.xlsx"


def test_the_card_shows_every_linked_kind_and_saves_figures(
    window: MainWindow, forty: list[str], settle: Settle, pool: Pool
) -> None:
    with pool.write("新增荣誉", who="王敏") as session:
        records.add(session, Honour, {"enterprise_id": forty[0], "honour": "high_tech"})
    window.open_record("enterprise", forty[0])
    settle()
    page = window.visit("enterprises")
    assert isinstance(page, EnterprisesPage)
    shown = [section for section in page.card.sections if section.isVisibleTo(page.card)]
    assert [section.record_kind for section in shown] == [Honour]
    grid = page.card.figures
    assert grid.rows.setData(grid.rows.index(0, 0), "1.2亿")
    settle()
    with pool.read() as session:
        rows = records.of_enterprise(session, YearlyFigure, forty[0])
    assert [(str(row["value"]), row["unit"]) for row in rows] == [("120000000", "元")]
    assert grid.rows.index(0, 0).data() == "12,000"
    assert grid.rows.setData(grid.rows.index(0, 0), "")
    settle()
    with pool.read() as session:
        assert records.count(session, YearlyFigure) == 0


def test_a_linked_record_opens_where_it_is_at_home(
    window: MainWindow, forty: list[str], settle: Settle, pool: Pool
) -> None:
    with pool.write("新增荣誉", who="王敏") as session:
        honour = records.add(session, Honour, {"enterprise_id": forty[0], "honour": "other"})
    window.open_record("honour", honour)
    settle()
    page = window.visit("ledgers")
    assert isinstance(page, LedgersPage)
    assert page.table(Honour).chosen_ids() == [honour]


def test_the_form_adds_warns_and_refuses_what_is_missing(
    window: MainWindow, forty: list[str], settle: Settle, pool: Pool, qtbot: QtBot
) -> None:
    form = RecordForm(window.shell, Enterprise)
    form.show()
    settle()
    form.save()
    assert "不能为空" in form.lines["name"].remark.text()
    form.lines["name"].put("宁波第07机械有限责任公司")
    form.lines["name"].edited.emit()
    form.lines["credit_code"].put("9133O200144069541X")
    form.lines["credit_code"].edited.emit()
    assert "O" in form.lines["credit_code"].remark.text()
    qtbot.waitUntil(lambda: "相近" in form.lines["name"].remark.text(), timeout=3000)
    form.lines["established"].put(None)
    form.lines["established"].editor.setText("2001.2.3")
    with qtbot.waitSignal(form.saved) as saved:
        form.save()
    settle()
    with pool.read() as session:
        row = records.get(session, Enterprise, saved.args[0])
    assert str(row["established"]) == "2001-02-03"
    assert row["credit_code"] == "9133O200144069541X"


def test_an_older_value_comes_back_from_the_history_of_a_field(
    window: MainWindow, forty: list[str], settle: Settle, pool: Pool, qtbot: QtBot
) -> None:
    record = forty[0]
    with pool.write("改名", who="李娜") as session:
        records.edit(session, Enterprise, record, {"name": "宁波新名有限公司"})
    from brandpool.models.record import fields

    box = HistoryDialog(window.shell, Enterprise, record, fields(Enterprise)["name"], window)
    settle()
    assert [shown.texts[4] for shown in box.table.rows.shown] == [
        "宁波新名有限公司",
        "宁波第00机械有限公司",
    ]
    box.table.selectRow(1)
    box.restore.click()
    settle()
    with pool.read() as session:
        assert records.get(session, Enterprise, record)["name"] == "宁波第00机械有限公司"
    box.close()


def test_settings_are_kept_as_they_are_typed(window: MainWindow, settle: Settle) -> None:
    page = window.visit("settings")
    assert isinstance(page, SettingsPage)
    page.station.setText("宁波高新区商标品牌指导站")
    page.station.editingFinished.emit()
    from brandpool import settings

    assert settings.load().station == "宁波高新区商标品牌指导站"


def test_closing_remembers_the_page_and_leaves_no_thread(
    pool: Pool, dressed: object, qtbot: QtBot
) -> None:
    before = threading.active_count()
    work = Work(pool, lambda: "王敏")
    doors = Doors(lambda _path: None, lambda _path: None, lambda: None, lambda _lang: None)
    own = Settings()
    window = MainWindow(own, doors, work)
    window.show()
    window.visit("history")
    window.close()
    work.close()
    assert own.window.startswith("history ")
    qtbot.waitUntil(lambda: threading.active_count() == before)
    again = Work(pool, lambda: "王敏")
    window = MainWindow(own, doors, again)
    qtbot.addWidget(window)
    assert window.current_key() == "history"
    again.close()
