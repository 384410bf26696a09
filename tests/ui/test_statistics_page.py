"""The statistics page as a clerk uses it: numbers open their records, codes bring them back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise
from brandpool.models.tier import TierMove
from brandpool.reports import tally
from brandpool.services import schemes
from brandpool.ui.enterprises_page import EnterprisesPage
from brandpool.ui.main_window import MainWindow
from brandpool.ui.statistics_page import StatisticsPage

Settle = Callable[[], None]
LADDER = "cultivation_ladder"
TODAY = date.today()


@pytest.fixture
def page(pool: Pool, window: MainWindow, settle: Settle) -> StatisticsPage:
    with pool.write("准备", who="测试员") as session:
        schemes.install_shipped(session)
        ids = journal.insert(session, Enterprise, [{"name": f"企业{n}"} for n in range(5)])
        journal.insert(
            session,
            TierMove,
            [
                {"enterprise_id": one, "ladder": LADDER, "reason": "评定", "effective": TODAY,
                 "tier": "growing" if place < 2 else "reserve"}
                for place, one in enumerate(ids)
            ],
        )  # fmt: skip
    page = window.visit("statistics")
    assert isinstance(page, StatisticsPage)
    settle()
    page.bar.choose("stock")
    settle()
    return page


def stand_on(page: StatisticsPage, row: str, head: str) -> None:
    numbers = page.table.numbers
    lines = [numbers.text(line, 0) for line in range(numbers.rowCount())]
    page.table.setCurrentIndex(numbers.index(lines.index(row), numbers.headings.index(head)))


def test_enter_on_a_number_opens_exactly_its_records(
    page: StatisticsPage, window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    stand_on(page, str(TODAY), "成长层")
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    settle()
    opened = window.visit("enterprises")
    assert isinstance(opened, EnterprisesPage)
    assert page.counted is not None
    wanted = tally.rows(page.counted.frame, str(TODAY), "成长层")
    assert len(wanted) == 2
    assert sorted(opened.table.model.ids) == sorted(record for _kind, record in wanted)


def test_a_nought_opens_nothing(page: StatisticsPage, qtbot: QtBot) -> None:
    stand_on(page, str(TODAY), "示范层")
    with qtbot.assertNotEmitted(page.table.opened):
        qtbot.keyClick(page.table, Qt.Key.Key_Return)


def test_the_table_is_copied_with_its_definition(page: StatisticsPage) -> None:
    page.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["期末", "储备层", "成长层", "重点层", "示范层", "合计"]
    assert lines[-2].split("\t")[-1] == "5"
    assert lines[-1].startswith("口径：")


def test_every_exported_number_is_found_again_by_its_code(
    page: StatisticsPage, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "统计.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(path), ""))
    page.export()
    settle()
    main, codes = load_workbook(path).worksheets
    cells = {cell.coordinate: cell.value for row in codes.iter_rows() for cell in row if cell.value}
    found = {place: str(text) for place, text in cells.items() if len(str(text)) == 9}
    found = {place: text for place, text in found.items() if text[4] == "-"}
    assert found
    assert "口径：" in "".join(str(c.value) for row in main.iter_rows() for c in row)
    numbers = [c.value for row in main.iter_rows() for c in row if isinstance(c.value, int)]
    for typed in found.values():
        page.codes.line.setText(typed.lower().replace("-", ""))
        page.codes.look_up()
        settle()
        dialog = page.codes.dialog
        assert dialog is not None
        assert dialog.row.code == typed
        assert dialog.row.total == len(dialog.row.rows) == dialog.table.rows.rowCount()
        assert dialog.row.total in numbers
        assert dialog.row.definition in dialog.words.text()
        dialog.close()


def test_what_was_not_known_yet_is_not_counted(page: StatisticsPage, settle: Settle) -> None:
    page.bar.knowing.setChecked(True)
    settle()
    assert page.counted is not None
    assert tally.sums(page.counted.frame, None) == [5]
    assert str(TODAY) in page.known.text()
    page.bar.known_day.setDate(page.bar.known_day.date().addDays(-1))
    settle()
    assert tally.sums(page.counted.frame, None) == [0]
    assert "没有可统计的记录" in page.definition.text()


def test_a_theme_narrows_the_statistics(page: StatisticsPage, settle: Settle) -> None:
    page.bar.theme.setCurrentIndex(page.bar.theme.findData("madrid"))
    settle()
    kinds = [page.bar.kind.itemData(place) for place in range(page.bar.kind.count())]
    assert kinds == ["madrid_party", "madrid_class", "madrid_year"]
    assert page.counted is not None
    assert page.counted.one.key == "madrid_party"
    assert not page.bar.ladder.isVisible()


def test_an_unknown_code_is_said(page: StatisticsPage, settle: Settle, said: list[str]) -> None:
    page.codes.line.setText("0000-0000")
    page.codes.look_up()
    settle()
    assert "0000-0000" in said[0]
