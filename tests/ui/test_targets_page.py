"""Targets as a clerk works with them: gauges, rows, ways of counting, a policy's text, a folder."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QStyle, QStyleOptionViewItem

from brandpool.db.pool import Pool
from brandpool.models.target import Target, TargetFigure
from brandpool.services import history, records, targets
from brandpool.ui.inspection_done import InspectionDone
from brandpool.ui.main_window import MainWindow
from brandpool.ui.marks_page import MarksPage
from brandpool.ui.policy_dialog import PolicyDialog
from brandpool.ui.targets_page import ACTUAL, GAUGE, TargetsPage
from brandpool.ui.widgets.gauge import Gauge, GaugeDelegate
from brandpool.ui.widgets.record_form import RecordForm
from tests.ui.conftest import Settle
from tests.ui.marks_bench import TODAY, Marks, fill

POLICY = (Path(__file__).parent.parent / "data" / "policy_2023_10.txt").read_text("utf-8")


@pytest.fixture
def marks(pool: Pool) -> Marks:
    """Four marks; targets for marks in force, for patents, and one of a past year."""
    made = fill(pool)
    with pool.write("目标", who="王敏") as session:
        for values in (
            {"title": "有效注册量", "indicator": "marks_in_force", "year": TODAY.year,
             "operator": "exceed", "value": Decimal(30_000), "clause": "商标有效注册量超3万件",
             "document_no": "甬高新〔2023〕10号", "place_from": 10, "place_to": 21},
            {"title": "高价值发明", "indicator": "high_value_patents", "year": TODAY.year,
             "operator": "reach", "value": Decimal(1800)},
            {"title": "马德里", "indicator": "madrid", "year": TODAY.year - 1,
             "operator": "reach", "value": Decimal(50)},
        ):  # fmt: skip
            targets.enter(session, values)
    return made


@pytest.fixture
def page(marks: Marks, window: MainWindow, settle: Settle) -> TargetsPage:
    found = window.visit("targets")
    assert isinstance(found, TargetsPage)
    settle()
    return found


def titles(page: TargetsPage) -> list[str]:
    return [shown.row.title for shown in page.table.rows.shown]


def stand_on(page: TargetsPage, title: str, settle: Settle) -> None:
    page.table.selectRow(titles(page).index(title))
    settle()


def test_each_target_shows_what_is_wanted_reached_and_how_it_is_counted(
    page: TargetsPage, settle: Settle
) -> None:
    assert titles(page) == ["有效注册量", "高价值发明", "马德里"]
    stand_on(page, "有效注册量", settle)
    cells = page.table.rows.shown[0].texts
    assert cells[1] == "超 3 万件"
    assert cells[ACTUAL] == "3 件"
    assert "按“注册号×类别”计" in page.detail.definition.text()
    assert (
        "甬高新〔2023〕10号“商标有效注册量超3万件”（全文第 11–21 字）" in page.detail.clause.text()
    )
    assert page.table.rows.shown[1].texts[ACTUAL] == "待核"
    assert page.table.rows.shown[2].texts[6] == "未达到"


def test_a_click_on_the_number_opens_exactly_its_marks(
    page: TargetsPage, window: MainWindow, pool: Pool, settle: Settle
) -> None:
    rect = page.table.visualRect(page.table.rows.index(0, ACTUAL))
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    settle()
    opened = window.stack.currentWidget()
    assert isinstance(opened, MarksPage)
    with pool.read() as session:
        found = targets.find(session, TODAY)[0].actual.counted
    assert found is not None
    assert set(opened.table.model.ids) == {record for _kind, record in found.rows}
    assert len(opened.table.model.ids) == 3


def test_both_totals_are_in_sight_and_another_way_can_be_chosen(
    page: TargetsPage, pool: Pool, settle: Settle
) -> None:
    stand_on(page, "有效注册量", settle)
    told = [shown.texts for shown in page.detail.ways.rows.shown]
    assert told == [
        ("● 按注册号×类别，含宽展期", "3"), ("　 按注册号×类别，不含宽展期", "2"),
        ("　 按注册号，含宽展期", "3"), ("　 按注册号，不含宽展期", "2"),
    ]  # fmt: skip
    page.detail.ways.selectRow(1)
    page.detail.use.click()
    settle()
    assert page.table.rows.shown[0].texts[ACTUAL] == "2 件"
    assert "宽展期内的不计" in page.detail.definition.text()
    with pool.read() as session:
        step = history.next_undo(session)
    assert step is not None
    assert "改用口径" in step.why


def test_the_spread_by_street_adds_up_and_opens_its_rows(
    page: TargetsPage, window: MainWindow, settle: Settle
) -> None:
    stand_on(page, "有效注册量", settle)
    told = {shown.row.label: len(shown.row.rows) for shown in page.detail.spread.rows.shown}
    assert told == {"梅墟": 2, "聚贤": 1}
    page.detail.spread.selectRow(0)
    page.detail.spread.activated.emit(page.detail.spread.rows.index(0, 0))
    settle()
    opened = window.stack.currentWidget()
    assert isinstance(opened, MarksPage)
    assert len(opened.table.model.ids) == 2


def test_a_period_can_be_chosen_and_old_ones_stay(
    page: TargetsPage, pool: Pool, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.period.setCurrentIndex(page.period.findData(TODAY.year - 1))
    page.period.activated.emit(page.period.currentIndex())
    settle()
    assert titles(page) == ["马德里"]
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_args: (2035, True))
    page.carry.click()
    settle()
    assert titles(page) == ["马德里"]
    page.period.setCurrentIndex(0)
    page.period.activated.emit(0)
    settle()
    first = page.table.rows.shown[0].row
    assert (first.title, first.year) == ("马德里", 2035)
    with pool.read() as session:
        assert records.count(session, Target) == 4


def test_a_figure_is_reported_for_the_chosen_target(
    page: TargetsPage, pool: Pool, settle: Settle
) -> None:
    stand_on(page, "高价值发明", settle)
    assert page.detail.rows.text() == "填报数据…"
    page.detail.rows.click()
    settle()
    form = page.findChild(RecordForm)
    assert form is not None
    assert form.lines["indicator"].value() == "high_value_patents"
    form.lines["value"].put(Decimal(1700))
    form.lines["source"].put("市知识产权局")
    form.save()
    settle()
    assert page.table.rows.shown[1].texts[ACTUAL] == "1,700 件"
    with pool.read() as session:
        [record] = records.find(session, TargetFigure)
        assert records.get(session, TargetFigure, record)["as_of"] == TODAY


def test_the_nine_targets_of_a_policy_are_proposed_marked_and_confirmed(
    page: TargetsPage, pool: Pool, settle: Settle
) -> None:
    dialog = PolicyDialog(page.shell, page)
    dialog.show()
    dialog.text.setPlainText(POLICY)
    dialog.number.setText("甬高新〔2023〕10号")
    dialog.look.click()
    settle()
    assert dialog.table.rowCount() == 9
    assert not dialog.keep.isEnabled()
    dialog.table.setCurrentCell(2, 0)
    [marked] = dialog.text.extraSelections()
    assert marked.cursor.selectedText() == "商标有效注册量超 3 万件"  # type: ignore[attr-defined]
    for row in (2, 8):
        dialog.tick(row)
    dialog.keep.click()
    settle()
    with pool.read() as session:
        rows = [row for row in records.rows(session, Target, records.find(session, Target))
                if row["year"] == 2025 and row["clause"]]  # fmt: skip
    by_indicator = {row["indicator"]: row for row in rows}
    assert set(by_indicator) == {"marks_in_force", "service_cluster"}
    kept = by_indicator["marks_in_force"]
    assert (kept["operator"], kept["value"], kept["document_no"]) == (
        "exceed", 30_000, "甬高新〔2023〕10号",
    )  # fmt: skip
    start, end = kept["place_from"], kept["place_to"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert POLICY[start:end] == "商标有效注册量超 3 万件"


def test_a_wrong_number_in_a_proposal_is_refused_and_nothing_is_kept(
    page: TargetsPage, pool: Pool, settle: Settle, said: list[str]
) -> None:
    dialog = PolicyDialog(page.shell, page)
    dialog.text.setPlainText("到2030年，贯标企业达40家。")
    dialog.search()
    settle()
    dialog.tick(0)
    cell = dialog.table.item(0, 3)
    assert cell is not None
    cell.setText("四十")
    dialog.save()
    settle()
    assert said == ["目标值“四十”不是数字，请改正。"]
    with pool.read() as session:
        assert records.count(session, Target) == 3


def test_the_inspection_folder_is_written_and_its_gaps_are_shown(
    page: TargetsPage, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    page.inspect.click()
    settle()
    [done] = page.findChildren(InspectionDone)
    assert done.made.folder == tmp_path / f"检查材料_{date.today():%Y%m%d}"
    assert done.table.rows.rowCount() == len(done.made.gaps) > 0
    done.close()


def test_an_empty_pool_says_how_to_begin(window: MainWindow, settle: Settle) -> None:
    found = window.visit("targets")
    assert isinstance(found, TargetsPage)
    settle()
    assert found.stack.currentWidget() is found.empty
    assert "读取政策文件" in found.empty.text()
    assert not found.detail.isVisible()


@pytest.mark.parametrize("chosen", [False, True])
def test_gauges_differ_without_colour(page: TargetsPage, *, chosen: bool) -> None:
    """In grey, reached, open, missed and unknown give four different pictures."""
    delegate = GaugeDelegate()
    pictures = set()
    for state, share in (("met", 60.0), ("open", 60.0), ("missed", 60.0), ("unverified", None)):
        image = QImage(200, 26, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        option = QStyleOptionViewItem()
        option.rect = image.rect()  # type: ignore[attr-defined]
        if chosen:
            option.state = QStyle.StateFlag.State_Selected  # type: ignore[attr-defined]
        delegate._draw(painter, Gauge(share, 40.0, state, ""), delegate._rooms(option)[1])
        painter.end()
        grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
        pictures.add(bytes(grey.constBits()))
    assert len(pictures) == 4
    assert isinstance(page.table.rows.index(0, GAUGE).data(Qt.ItemDataRole.UserRole), Gauge)
