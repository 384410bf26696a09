"""The shortlists page and the export buttons as a clerk uses them: real pool, real dialogs."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise
from brandpool.models.shortlist import ExportEntry
from brandpool.models.tier import TierMove
from brandpool.services import questions, records, schemes, shortlists
from brandpool.services.questions import Question
from brandpool.services.records import Filter, Op
from brandpool.settings import Settings
from brandpool.ui.enterprises_page import EnterprisesPage
from brandpool.ui.handed_tab import ComparisonDialog
from brandpool.ui.leave_dialog import LeaveDialog
from brandpool.ui.leaving import list_tools
from brandpool.ui.page import Page, Shell
from brandpool.ui.question_dialog import QuestionDialog
from brandpool.ui.shortlists_page import ShortlistsPage
from brandpool.ui.work import Work

LADDER = "cultivation_ladder"


class Bench:
    """A page in front of a clerk."""

    def __init__(self, qtbot: QtBot, pool: Pool) -> None:
        self.qtbot, self.pool = qtbot, pool
        self.work = Work(pool, lambda: "王立")
        self.refused: list[str] = []
        self.work.refused.connect(self.refused.append)
        self.opened: list[tuple[str, str]] = []
        settings = Settings(zone="宁波高新区", clerk="王立", station="高新区指导站")
        self.shell = Shell(
            self.work,
            settings,
            lambda kind, record: self.opened.append((kind, record)),
            self.visit,
            lambda _text: None,
            lambda: None,
        )

    def visit(self, key: str) -> Page:
        raise AssertionError(key)

    def show(self, page: Page) -> None:
        self.qtbot.addWidget(page)
        page.resize(1100, 640)
        page.show()
        self.settle()

    def settle(self) -> None:
        self.qtbot.wait(20)
        self.qtbot.waitUntil(lambda: self.work.idle, timeout=15_000)

    def answer_dialog(self, do: Callable[[Any], None]) -> None:
        """When the next dialog opens, do this with it and press its button."""

        def act() -> None:
            box = QApplication.activeModalWidget()
            if box is None:
                QTimer.singleShot(30, act)
                return
            do(box)
            assert isinstance(box, QDialog)
            box.accept()

        QTimer.singleShot(30, act)


@pytest.fixture
def bench(qtbot: QtBot, pool: Pool) -> Iterator[Bench]:
    with pool.write("准备", who="测试员") as session:
        schemes.install_shipped(session)
        ids = journal.insert(
            session,
            Enterprise,
            [
                {"name": f"宁波企业{n}", "phone": f"1380574123{n}", "street": "梅墟"}
                for n in range(4)
            ],
        )
        made: list[dict[str, Any]] = [
            {"enterprise_id": one, "ladder": LADDER, "tier": "reserve", "effective": day}
            for one, day in zip(ids[:3], (date(2024, 1, 1),) * 3, strict=True)
        ]
        journal.insert(session, TierMove, made)
        asked = Question(
            columns=("name", "phone", "tier"), ladder=LADDER, tiers=("reserve",), order=("name",)
        )
        questions.save_question(session, "储备名单", asked)
    found = Bench(qtbot, pool)
    yield found
    found.work.close()


@pytest.fixture
def page(bench: Bench) -> ShortlistsPage:
    made = ShortlistsPage(bench.shell)
    bench.show(made)
    choose(bench, made, "储备名单")
    return made


def choose(bench: Bench, page: ShortlistsPage, name: str) -> None:
    item = page.asking.list.findItems(name, Qt.MatchFlag.MatchExactly)[0]
    page.asking.list.setCurrentItem(item)
    bench.settle()


def save_into(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    asked: list[str] = []

    def name(_parent: object, _title: str, proposed: str, _kinds: str) -> tuple[str, str]:
        asked.append(proposed)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    return asked


def test_a_chosen_question_shows_its_answer(bench: Bench, page: ShortlistsPage) -> None:
    shown = page.asking.answer
    assert shown.answer is not None
    assert shown.table is not None
    assert len(shown.answer.rows) == shown.table.model().rowCount() == 3
    assert "共 3 家" in shown.words.text()


def test_questions_that_come_with_the_ladder_are_offered(
    bench: Bench, page: ShortlistsPage
) -> None:
    choose(bench, page, "商标品牌培育梯队：在库名单")
    assert page.asking.answer.answer is not None
    assert len(page.asking.answer.answer.rows) == 3
    assert not page.asking.remove.isEnabled()


def test_another_day_is_another_answer(bench: Bench, page: ShortlistsPage) -> None:
    page.asking.on.setDate(page.asking.on.date().addYears(-10))
    bench.settle()
    assert "没有施行中的方案" in page.asking.message.text()
    assert not page.asking.hand.isEnabled()


def test_an_exported_list_is_masked_and_registered(
    bench: Bench, page: ShortlistsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = save_into(monkeypatch, tmp_path / "a.xlsx")
    bench.answer_dialog(lambda box: None)
    page.asking.export.click()
    bench.qtbot.waitUntil((tmp_path / "a.xlsx").exists, timeout=5000)
    bench.settle()
    texts = [str(cell.value) for row in openpyxl.load_workbook(tmp_path / "a.xlsx").active
             for cell in row]  # fmt: skip
    assert "138****1230" in texts
    assert asked[0] == (f"宁波高新区_商标品牌梯队培育库_储备名单_{date.today():%Y%m%d}.xlsx")
    with bench.pool.read() as session:
        entry = records.rows(session, ExportEntry, records.find(session, ExportEntry))[0]
    assert (entry["row_count"], entry["unmasked"], entry["exported_by"]) == (3, False, "王立")


def test_handing_in_writes_the_file_and_freezes_the_list_in_one_step(
    bench: Bench, page: ShortlistsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_into(monkeypatch, tmp_path / "报送")

    def fill(box: LeaveDialog) -> None:
        assert box.to is not None
        box.to.setText("市知识产权局")
        box.unmasked.setChecked(True)
        assert not box.go.isEnabled()
        box.reason.setText("市局联系企业")
        assert box.go.isEnabled()

    bench.answer_dialog(fill)
    page.asking.hand.click()
    bench.settle()
    assert bench.refused == []
    with bench.pool.read() as session:
        row = shortlists.handed(session)[0]
        kept = shortlists.frozen(session, row.id)
    assert (row.name, row.handed_to, row.file_name) == ("储备名单", "市知识产权局", "报送.xlsx")
    assert page.asking.answer.answer is not None
    assert kept.ids == page.asking.answer.answer.ids
    page.tabs.setCurrentIndex(1)
    bench.settle()
    assert page.handed.lists.model().rowCount() == 1
    assert page.handed.answer.answer is not None
    assert len(page.handed.answer.answer.rows) == 3


def test_two_handed_in_lists_are_compared(bench: Bench, page: ShortlistsPage) -> None:
    answer = page.asking.answer.answer
    assert answer is not None
    with bench.pool.write("报送", who="王立") as session:
        for name, day in (("去年", date(2025, 1, 1)), ("今年", date(2026, 1, 1))):
            shortlists.hand_in(session, answer, shortlists.HandIn(name, "王立"), day)
            left = records.find(session, Enterprise)[0]
            answer = type(answer)(
                answer.about, day, answer.columns,
                tuple(row for row in answer.rows if row.id != left),
            )  # fmt: skip
    page.tabs.setCurrentIndex(1)
    bench.settle()
    page.handed.lists.selectAll()
    assert page.handed.compare.isEnabled()
    page.handed.compare.click()
    bench.settle()
    box = page.handed.findChild(ComparisonDialog)
    assert box is not None
    assert "减少 1 家" in box.words.text()
    assert "从“去年”" in box.words.text()
    assert box.table.model().rowCount() == 1


def test_a_question_is_made_changed_and_deleted(
    bench: Bench, page: ShortlistsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(box: QuestionDialog) -> None:
        assert not box.keep.isEnabled()
        box.name.setText("池外企业")
        assert box.question().tiers == ("*",)
        for place in range(box.tiers.count()):
            outside = place == box.tiers.count() - 1
            state = Qt.CheckState.Checked if outside else Qt.CheckState.Unchecked
            box.tiers.item(place).setCheckState(state)

    bench.answer_dialog(fill)
    page.asking.new.click()
    bench.settle()
    bench.settle()
    row = page.asking.chosen()
    assert row is not None
    assert (row.name, row.question.tiers) == ("池外企业", ("",))
    assert page.asking.answer.answer is not None
    assert len(page.asking.answer.answer.rows) == 1

    bench.answer_dialog(lambda box: box.ladder.setCurrentIndex(0))
    page.asking.change.click()
    bench.settle()
    bench.settle()
    row = page.asking.chosen()
    assert row is not None
    assert (row.question.ladder, row.question.tiers) == ("", ())
    assert row.question.columns == ("name", "credit_code", "street", "industry")

    monkeypatch.setattr(QMessageBox, "question", lambda *_asked: QMessageBox.StandardButton.Yes)
    page.asking.remove.click()
    bench.settle()
    with bench.pool.read() as session:
        assert [one.name for one in questions.find(session)] == ["储备名单"]


def test_a_condition_can_be_dropped(qtbot: QtBot, bench: Bench) -> None:
    asked = Question(filters=(Filter("street", Op.EQUALS, "梅墟"),), only=("a", "b"))
    box = QuestionDialog("问", asked, [], None)  # type: ignore[arg-type]
    qtbot.addWidget(box)
    assert [box.conditions.item(n).text() for n in range(2)] == ["所属街道：梅墟", "手工选定 2 家"]
    box.conditions.setCurrentRow(1)
    box.drop.click()
    assert box.question() == Question(filters=asked.filters)
    box.conditions.setCurrentRow(0)
    box.drop.click()
    assert box.question() == Question()
    assert not box.drop.isEnabled()


def test_a_double_click_opens_the_enterprise(bench: Bench, page: ShortlistsPage) -> None:
    table = page.asking.answer.table
    assert table is not None
    table.selectRow(1)
    table.doubleClicked.emit(table.currentIndex())
    assert page.asking.answer.answer is not None
    assert bench.opened == [("enterprise", page.asking.answer.answer.ids[1])]


def test_what_the_list_of_enterprises_shows_is_exported_or_kept_as_a_question(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enterprises = EnterprisesPage(bench.shell)
    leave, _printing, keep = list_tools(bench.shell, enterprises.table)
    bench.show(enterprises)
    enterprises.table.set_filter("name", (Filter("name", Op.CONTAINS, "企业2"),))
    bench.settle()
    save_into(monkeypatch, tmp_path / "a.csv")
    bench.answer_dialog(lambda box: box.format.setCurrentIndex(1))
    leave.click()
    bench.qtbot.waitUntil((tmp_path / "a.csv").exists, timeout=5000)
    bench.settle()
    lines = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "宁波企业2" in lines[1]
    assert len(lines[0].split(",")) == 1 + len(enterprises.table.shown_fields())
    monkeypatch.setattr(QInputDialog, "getText", lambda *_asked: ("企业2", True))
    keep.click()
    bench.settle()
    with bench.pool.read() as session:
        kept = next(row for row in questions.find(session) if row.name == "企业2")
    assert kept.question.filters == (Filter("name", Op.CONTAINS, "企业2"),)
    assert kept.question.columns == tuple(enterprises.table.shown_fields())
