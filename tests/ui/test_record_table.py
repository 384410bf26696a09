"""The table of records: editing, pasting, filtering, deleting, each saved and undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Value
from brandpool.models.honour import Honour
from brandpool.services import history, records
from brandpool.services.records import Filter, Op
from brandpool.settings import Settings
from brandpool.ui.enterprises_page import EnterprisesPage
from brandpool.ui.main_window import MainWindow
from brandpool.ui.page import Shell
from brandpool.ui.widgets import table_edits
from brandpool.ui.widgets.enter_many import Preview
from brandpool.ui.widgets.record_table import RecordTable
from tests.ui.conftest import Settle


@pytest.fixture
def table(window: MainWindow, forty: list[str], settle: Settle) -> Iterator[RecordTable]:
    page = window.visit("enterprises")
    assert isinstance(page, EnterprisesPage)
    settle()
    yield page.table
    settle()


def stand(table: RecordTable, row: int, name: str) -> None:
    column = [field.name for field in table.model.columns].index(name)
    table.view.setCurrentIndex(table.model.index(row, column))
    table.view.setFocus()


def value(pool: Pool, record: str, name: str) -> Value:
    with pool.read() as session:
        return records.get(session, Enterprise, record)[name]


def cell(table: RecordTable, row: int, name: str) -> str:
    column = [field.name for field in table.model.columns].index(name)
    return str(table.model.index(row, column).data())


def type_in(table: RecordTable, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    QTest.keyClick(table.view, Qt.Key.Key_F2)
    editor = table.view.indexWidget(table.view.currentIndex())
    assert isinstance(editor, QLineEdit)
    editor.setText(text)
    QTest.keyClick(editor, key)


def test_the_rows_are_shown_by_name(table: RecordTable, forty: list[str]) -> None:
    assert table.model.rowCount() == 40
    assert cell(table, 0, "name") == "宁波第00机械有限公司"
    assert table.bar.count.text() == "共 40 条"


def test_an_edit_is_saved_at_once_and_undone_with_ctrl_z(
    window: MainWindow, table: RecordTable, pool: Pool, settle: Settle
) -> None:
    record = table.model.ids[2]
    before = value(pool, record, "street")
    stand(table, 2, "street")
    type_in(table, "东郊")
    settle()
    assert value(pool, record, "street") == "东郊"
    assert cell(table, 2, "street") == "东郊"
    assert table.view.currentIndex().row() == 3
    assert "街道" in window.steps.undo.text()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert value(pool, record, "street") == before
    assert cell(table, 2, "street") == (before or "")
    QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert value(pool, record, "street") == "东郊"


def test_tab_goes_right(table: RecordTable, settle: Settle) -> None:
    stand(table, 0, "street")
    column = table.view.currentIndex().column()
    type_in(table, "东郊", Qt.Key.Key_Tab)
    settle()
    here = table.view.currentIndex()
    assert (here.row(), here.column()) == (0, column + 1)


def test_what_cannot_be_read_stays_in_red_and_is_not_saved(
    table: RecordTable, pool: Pool, settle: Settle
) -> None:
    stand(table, 1, "established")
    type_in(table, "2023-02-30")
    settle()
    assert cell(table, 1, "established") == "2023-02-30"
    index = table.model.index(1, table.view.currentIndex().column())
    assert index.data(Qt.ItemDataRole.ForegroundRole) is not None
    assert value(pool, table.model.ids[1], "established") is None


def test_quick_edits_of_one_cell_are_no_conflict(
    table: RecordTable, pool: Pool, settle: Settle
) -> None:
    for text in ("甲街", "乙街", "丙街"):
        stand(table, 0, "street")
        type_in(table, text)
    settle()
    assert value(pool, table.model.ids[0], "street") == "丙街"
    with pool.read() as session:
        assert history.flags(session) == []


def test_ctrl_semicolon_is_today(table: RecordTable, pool: Pool, settle: Settle) -> None:
    stand(table, 0, "established")
    QTest.keyClick(table.view, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert value(pool, table.model.ids[0], "established") is not None


def test_pasting_cells_with_quotes_is_one_step(
    table: RecordTable, pool: Pool, settle: Settle, said: list[str]
) -> None:
    QGuiApplication.clipboard().setText('新明\t"扬帆路1号\r\n2楼"\r\n聚贤\t"""甲""座"\r\n')
    stand(table, 0, "street")
    QTest.keyClick(table.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    first, second = table.model.ids[:2]
    assert value(pool, first, "registered_address") == "扬帆路1号\n2楼"
    assert value(pool, second, "registered_address") == '"甲"座'
    with pool.read() as session:
        step = history.steps(session)[0]
    assert step.records == 2
    assert "粘贴" in step.why


def test_one_cell_fills_the_selection(table: RecordTable, pool: Pool, settle: Settle) -> None:
    QGuiApplication.clipboard().setText("梅墟")
    stand(table, 0, "street")
    column = table.view.currentIndex().column()
    table.view.selectionModel().select(
        table.model.index(4, column), table.view.selectionModel().SelectionFlag.Select
    )
    from PySide6.QtCore import QItemSelection

    area = QItemSelection(table.model.index(0, column), table.model.index(4, column))
    table.view.selectionModel().select(
        area, table.view.selectionModel().SelectionFlag.ClearAndSelect
    )
    table.edits.paste()
    settle()
    assert {value(pool, record, "street") for record in table.model.ids[:5]} == {"梅墟"}


def test_a_large_paste_is_shown_first(
    table: RecordTable, pool: Pool, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    summaries: list[str] = []

    def refuse(box: Preview) -> int:
        summaries.append(box.summary.text())
        return 0

    monkeypatch.setattr(Preview, "exec", refuse)
    lines = ["2020-01-01"] * 24 + ["很久以前"]
    QGuiApplication.clipboard().setText("\r\n".join(lines))
    stand(table, 0, "established")
    table.edits.paste()
    settle()
    assert summaries == ["将修改 24 条记录的 24 个单元格；1 个无法识别，保持原样。"]
    assert value(pool, table.model.ids[0], "established") is None


def test_copy_gives_text_and_a_table(table: RecordTable, settle: Settle) -> None:
    stand(table, 0, "name")
    QTest.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    settle()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "宁波第00机械有限公司\r\n"
    assert "<td" in data.html()


def test_filters_are_in_the_bar_and_can_be_cleared(table: RecordTable, settle: Settle) -> None:
    table.set_filter("street", (Filter("street", Op.ONE_OF, ("梅墟", None)),))
    settle()
    assert table.bar.count.text() == "已筛选 20/40"
    assert table.bar.clear.isVisible()
    assert table.header.filtered
    table.bar.clear.click()
    settle()
    assert table.bar.count.text() == "共 40 条"
    assert table.model.rowCount() == 40


def test_the_popup_ticks_values_with_their_counts(
    table: RecordTable, settle: Settle, qtbot: QtBot
) -> None:
    column = [field.name for field in table.model.columns].index("street")
    popup = table.ask_filter(column)
    settle()
    texts = [popup.ticks.item(row).text() for row in range(popup.ticks.count())]
    assert "梅墟  (10)" in texts
    assert "（空白）  (10)" in texts
    for row, text in enumerate(texts):
        state = Qt.CheckState.Checked if text.startswith("梅墟") else Qt.CheckState.Unchecked
        popup.ticks.item(row).setCheckState(state)
    popup.apply()
    settle()
    assert table.bar.count.text() == "已筛选 10/40"


def test_a_filter_that_finds_nothing_says_so_and_offers_the_way_back(
    table: RecordTable, settle: Settle
) -> None:
    table.set_filter("name", (Filter("name", Op.CONTAINS, "没有这家"),))
    settle()
    assert table.stack.currentIndex() == 1
    assert "没有符合筛选条件" in table._empty_words.text()
    table._empty_button.click()
    settle()
    assert table.stack.currentIndex() == 0


def test_only_exactly_these_records(table: RecordTable, settle: Settle) -> None:
    table.show_only(table.model.ids[:3], "2024年升级的企业")
    settle()
    assert table.bar.count.text() == "已筛选 3/40"


def test_deleting_names_the_count_and_comes_back_with_undo(
    window: MainWindow, table: RecordTable, settle: Settle, said: list[str]
) -> None:
    table.view.select_rows([0, 1, 2])
    table.remove_button.click()
    settle()
    assert said == ["将删除 3 条企业。"]
    assert table.model.rowCount() == 37
    window.steps.undo.trigger()
    settle()
    assert table.model.rowCount() == 40


def test_a_record_that_others_refer_to_is_not_deleted(
    table: RecordTable, pool: Pool, settle: Settle, said: list[str]
) -> None:
    with pool.write("新增荣誉", who="王敏") as session:
        row: dict[str, Value] = {"enterprise_id": table.model.ids[0], "honour": "other"}
        records.add(session, Honour, row)
    settle()
    table.view.select_rows([0])
    table.edits.remove()
    settle()
    assert "还有记录与之关联" in said[-1]
    assert table.model.rowCount() == 40


def test_order_by_a_click_and_back(table: RecordTable, settle: Settle) -> None:
    column = [field.name for field in table.model.columns].index("name")
    table.header.order_asked.emit(column)
    settle()
    table.header.order_asked.emit(column)
    settle()
    assert cell(table, 0, "name") == "宁波第39机械有限公司"
    table.header.order_asked.emit(column)
    settle()
    assert cell(table, 0, "name") == "宁波第00机械有限公司"


def test_columns_stay_as_they_were_left(
    shell: Shell, table: RecordTable, settle: Settle, qtbot: QtBot
) -> None:
    column = [field.name for field in table.model.columns].index("street")
    table.view.setColumnWidth(column, 333)
    table.header.moveSection(table.header.visualIndex(column), 0)
    table._keep_layout()
    again = RecordTable(shell, Enterprise)
    qtbot.addWidget(again)
    assert again.view.columnWidth(column) == 333
    assert again.shown_fields()[0] == "street"
    assert isinstance(shell.settings, Settings)


def test_only_pages_in_sight_are_read(table: RecordTable, pool: Pool, settle: Settle) -> None:
    rows = [{"name": f"宁波远{n:04d}有限公司"} for n in range(1500)]
    from brandpool.db import journal

    with pool.write("导入", who="王敏") as session:
        journal.insert(session, Enterprise, rows)
    settle()
    assert table.model.rowCount() == 1540
    assert len(table.model._lines) <= 300


def test_selecting_all_of_many_rows_does_not_ask_each_of_them(
    table: RecordTable, pool: Pool, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    from brandpool.db import journal

    with pool.write("导入", who="王敏") as session:
        journal.insert(session, Enterprise, [{"name": f"甬{n:04d}"} for n in range(3000)])
    settle()
    table.view.selectAll()
    asked: list[int] = []
    flags = type(table.model).flags
    monkeypatch.setattr(
        type(table.model), "flags", lambda model, index: asked.append(1) or flags(model, index)
    )
    table.header.viewport().repaint()
    assert len(asked) < 3000


def test_small_pastes_do_not_ask(
    table: RecordTable, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Preview, "exec", lambda _box: pytest.fail("asked"))
    QGuiApplication.clipboard().setText("\r\n".join(["梅墟"] * table_edits.ASK_ABOVE))
    stand(table, 0, "street")
    table.edits.paste()
    settle()
    QApplication.processEvents()
    assert cell(table, 19, "street") == "梅墟"


@pytest.fixture
def agreed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Agrees to what a preview shows; collects its sentences and the reasons for refusals."""
    told: list[str] = []

    def agree(box: Preview) -> int:
        told.append(box.summary.text())
        told.extend(entry.refused for entry in box.planned.refused)
        return 1 if box.accept_button.isEnabled() else 0

    monkeypatch.setattr(Preview, "exec", agree)
    return told


def test_rows_pasted_below_the_last_one_are_added_in_one_step(
    window: MainWindow, table: RecordTable, pool: Pool, settle: Settle, agreed: list[str]
) -> None:
    QGuiApplication.clipboard().setText("宁波改名有限公司\r\n宁波新甲有限公司\r\n宁波新乙有限公司")
    last = table.model.ids[39]
    stand(table, 39, "name")
    table.edits.paste()
    settle()
    assert agreed == ["将修改 1 条记录的 1 个单元格；将新增 2 条记录。"]
    assert table.model.rowCount() == 42
    assert value(pool, last, "name") == "宁波改名有限公司"
    with pool.read() as session:
        assert history.steps(session)[0].why == "粘贴 1 格（1 条企业），新增 2 条企业"
    window.steps.undo.trigger()
    settle()
    assert table.model.rowCount() == 40


def test_a_row_without_a_required_field_is_named_and_not_added(
    table: RecordTable, settle: Settle, agreed: list[str]
) -> None:
    QGuiApplication.clipboard().setText(
        "企业名称\t所属街道\r\n宁波新甲有限公司\t梅墟\r\n\t新明\r\n"
    )
    table.edits.paste_new()
    settle()
    assert agreed == [
        "将新增 1 条记录；1 行不能新增。",
        "第 2 行没有填写企业名称，不新增。",
    ]
    assert table.model.rowCount() == 41


def test_a_number_that_is_already_there_is_not_added_twice(
    table: RecordTable, pool: Pool, settle: Settle, agreed: list[str]
) -> None:
    code = "91330200144069541X"
    rows = [f"宁波甲有限公司\t{code}", f"宁波乙有限公司\t{code}"]
    QGuiApplication.clipboard().setText("\r\n".join(["企业名称\t统一社会信用代码", *rows]))
    table.edits.paste_new()
    settle()
    table.edits.paste_new()
    settle()
    assert agreed == [
        "将新增 1 条记录；1 行不能新增。",
        "第 2 行的统一社会信用代码与上面的一行相同，不新增。",
        "将修改 0 条记录的 0 个单元格；2 行不能新增。",
        "第 1 行的统一社会信用代码库中已有，不新增。",
        "第 2 行的统一社会信用代码库中已有，不新增。",
    ]
    assert table.model.rowCount() == 41


def test_one_cell_fills_rows_that_do_not_touch(
    table: RecordTable, pool: Pool, settle: Settle
) -> None:
    QGuiApplication.clipboard().setText("东郊")
    stand(table, 0, "street")
    column = table.view.currentIndex().column()
    select = table.view.selectionModel().SelectionFlag.Select
    for row in (4, 8):
        table.view.selectionModel().select(table.model.index(row, column), select)
    table.edits.paste()
    settle()
    streets = [value(pool, record, "street") for record in table.model.ids]
    assert [row for row, street in enumerate(streets) if street == "东郊"] == [0, 4, 8]


def test_ctrl_d_repeats_the_first_row_of_the_selection(
    table: RecordTable, pool: Pool, settle: Settle
) -> None:
    from PySide6.QtCore import QItemSelection

    stand(table, 0, "street")
    column = table.view.currentIndex().column()
    area = QItemSelection(table.model.index(0, column), table.model.index(5, column))
    flags = table.view.selectionModel().SelectionFlag
    table.view.selectionModel().select(area, flags.ClearAndSelect)
    QTest.keyClick(table.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settle()
    first = value(pool, table.model.ids[0], "street")
    assert {value(pool, record, "street") for record in table.model.ids[:6]} == {first}


def test_an_empty_ledger_takes_pasted_rows_with_headings(
    shell: Shell, forty: list[str], settle: Settle, qtbot: QtBot, agreed: list[str], pool: Pool
) -> None:
    table = RecordTable(shell, Honour, add=lambda: None)
    qtbot.addWidget(table)
    table.show()
    settle()
    assert table.stack.currentIndex() == 1
    QGuiApplication.clipboard().setText(
        "企业\t荣誉类别\t级别\r\n宁波第03机械有限公司\t高企\t国家级\r\n没有这家\t高企\t\r\n"
    )
    table._empty_paste.click()
    settle()
    assert agreed[0] == "将新增 1 条记录；1 个无法识别，保持原样；1 行不能新增。"
    assert table.model.rowCount() == 1
    with pool.read() as session:
        [row] = records.rows(session, Honour, table.model.ids)
    assert (row["enterprise_id"], row["honour"], row["level"]) == (
        forty[3],
        "high_tech",
        "national",
    )
