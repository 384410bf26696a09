"""Writing visits in the window: filled from the pool, kept, resumed, finished in one step."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from brandpool.db import journal
from brandpool.db.attachments import Attachments
from brandpool.db.drafts import Drafts
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise
from brandpool.models.shortlist import ExportEntry
from brandpool.models.visit import Visit, VisitPromise
from brandpool.models.visit_photo import VisitPhoto
from brandpool.rules.visit_form import Form, Option, Question
from brandpool.services import history, records, visit_draft, visit_forms, visit_items, visits
from brandpool.ui.main_window import MainWindow
from brandpool.ui.signature_pad import STROKES
from brandpool.ui.visit_discarded import DiscardedBox
from brandpool.ui.visit_editor import VisitEditor
from brandpool.ui.visit_lines import SignatureLine, Ticks
from brandpool.ui.visit_section import VisitSection
from brandpool.ui.visits_page import VisitsPage
from tests.ui.conftest import Settle

TODAY = date.today()
REQUIRED = {"visitors": "王敏、李静", "guidance": "讲解续展", "place": "聚贤路", "met": "周敏"}


@pytest.fixture
def page(forty: list[str], window: MainWindow, settle: Settle) -> VisitsPage:
    found = window.visit("visits")
    assert isinstance(found, VisitsPage)
    settle()
    return found


def begin(page: VisitsPage, enterprise: str, settle: Settle) -> VisitEditor:
    page.write(enterprise)
    settle()
    assert page.editor is not None
    return page.editor


def fill(editor: VisitEditor) -> None:
    for name, text in REQUIRED.items():
        editor.lines[name].put(text)
        editor.lines[name].edited.emit()
    choose(editor, "wording", "none")


def choose(editor: VisitEditor, name: str, code: str) -> None:
    box = editor.lines[name].editor
    box.setCurrentIndex(box.findData(code))  # type: ignore[attr-defined]
    editor.lines[name].edited.emit()


def kept(pool: Pool) -> visit_draft.VisitDraft:
    drafts = Drafts(pool.path)
    [key] = drafts.keys()
    return visit_draft.loads(drafts.read(key))


def picture(path: Path) -> Path:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    image.save(str(path))
    return path


def test_what_the_pool_knows_is_filled_in_and_nothing_is_kept_before_something_is_typed(
    page: VisitsPage, forty: list[str], pool: Pool, settle: Settle
) -> None:
    editor = begin(page, forty[0], settle)
    assert editor.lines["met"].typed() == "周敏"
    assert editor.lines["visited_on"].typed() == TODAY.isoformat()
    editor.leave()
    settle()
    assert Drafts(pool.path).keys() == []


def test_typing_is_kept_and_the_indicator_tells_when(
    page: VisitsPage, forty: list[str], pool: Pool, settle: Settle, qtbot: QtBot
) -> None:
    editor = begin(page, forty[0], settle)
    QTest.keyClicks(editor.lines["visitors"].editor, "abc")
    qtbot.waitUntil(lambda: editor.saved.text().startswith("已保存 "), timeout=3000)
    assert kept(pool).answers["visitors"] == "abc"


def test_an_unfinished_visit_is_there_after_a_restart_and_goes_on_where_it_was(
    page: VisitsPage, forty: list[str], pool: Pool, settle: Settle
) -> None:
    editor = begin(page, forty[3], settle)
    editor.lines["guidance"].put("讲到一半")
    editor.lines["guidance"].edited.emit()
    ticks = editor.lines["needs"].editor
    assert isinstance(ticks, Ticks)
    ticks.boxes["renew"].click()
    editor.promised.add.click()
    editor.promised.lines[0].matter.setText("寄材料")
    editor.promised.lines[0].due.setText("2027.1.5")
    editor.promised.edited.emit()
    editor.close()

    again = VisitsPage(page.shell)
    again.refresh()
    settle()
    assert again.waiting.count() == 1
    resumed = begin(again, forty[3], settle)
    assert resumed.lines["guidance"].typed() == "讲到一半"
    assert resumed.lines["needs"].typed() == ("renew",)
    assert resumed.promised.promises()[0].due == "2027-01-05"
    resumed.leave()
    settle()
    again.deleteLater()


def test_questions_come_and_go_with_the_answers_they_depend_on(
    page: VisitsPage, forty: list[str], settle: Settle
) -> None:
    editor = begin(page, forty[0], settle)
    assert editor.lines["wording_note"].isHidden()
    choose(editor, "wording", "pack")
    assert not editor.lines["wording_note"].isHidden()
    assert editor.lines["need_finance"].isHidden()


def test_finishing_without_what_is_needed_says_so_beside_the_question_and_writes_nothing(
    page: VisitsPage, forty: list[str], pool: Pool, settle: Settle
) -> None:
    editor = begin(page, forty[0], settle)
    assert editor.lines["visitors"].problem.isHidden()
    editor.finish()
    settle()
    assert "走访人：请填写" in editor.problem.text()
    assert editor.lines["visitors"].problem.text() == "请填写"
    with pool.read() as session:
        assert records.count(session, Visit) == 0
    assert kept(pool).enterprise == forty[0]


def test_a_finished_visit_is_one_step_with_promises_photos_signatures_and_its_draft_is_gone(
    page: VisitsPage, forty: list[str], pool: Pool, settle: Settle, tmp_path: Path
) -> None:
    with pool.write("准备", who="甲") as session:
        [item] = visit_items.ask(session, forty[0], [("g|1", "发票")], "evidence_gap", TODAY)
        [old] = journal.insert(
            session, VisitPromise, [{"enterprise_id": forty[0], "matter": "寄政策"}]
        )
    editor = begin(page, forty[0], settle)
    fill(editor)
    editor.open.items[item].click()
    editor.open.promises[old].box.click()
    editor.open.promises[old].result.setText("已寄")
    editor.promised.add.click()
    editor.promised.lines[0].matter.setText("回访")
    editor.photos.keep_files([picture(tmp_path / "门头.jpg")])
    settle()
    pad = editor.lines["visitor_signature"].editor
    assert isinstance(pad, SignatureLine)
    QTest.mousePress(pad.pad, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    QTest.mouseMove(pad.pad, QPoint(40, 30))
    QTest.mouseRelease(pad.pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 30))
    assert str(editor.lines["visitor_signature"].typed()).startswith(STROKES)
    with pool.read() as session:
        before = history.steps(session, 1)[0].lsn
    editor.finish()
    settle()
    assert page.editor is None
    with pool.read() as session:
        [row] = records.rows(session, Visit, records.find(session, Visit))
        [photo] = records.rows(session, VisitPhoto, records.find(session, VisitPhoto))
        promises = records.of_enterprise(session, VisitPromise, forty[0])
        step = history.steps(session, 1)[0]
        assert visit_items.open_items(session, forty[0]) == []
    assert step.lsn == before + 1
    assert step.why == "走访 宁波第00机械有限公司"
    files = Attachments(pool.path)
    assert not QImage.fromData(files.read(str(row["visitor_signature"]))).isNull()
    assert files.read(str(photo["content_hash"])) == (tmp_path / "门头.jpg").read_bytes()
    assert {p["matter"]: p["result"] for p in promises} == {"寄政策": "已寄", "回访": None}
    assert Drafts(pool.path).keys() == []
    assert "没有完成期限" in page.told.text()
    assert "受访人签字" in page.told.text()


def test_last_times_answers_stand_beside_each_question_and_can_be_taken_over(
    page: VisitsPage, forty: list[str], pool: Pool, settle: Settle
) -> None:
    with pool.write("走访", who="甲") as session:
        visits.record(
            session,
            {"enterprise_id": forty[0], "visited_on": TODAY - timedelta(90), "visitors": "甲、乙"},
        )
    editor = begin(page, forty[0], settle)
    line = editor.lines["visitors"]
    assert line.last.text() == "上次：甲、乙"
    line.adopt.click()
    assert line.typed() == "甲、乙"
    assert editor.lines["visited_on"].last.isHidden()


def test_photos_come_by_paste_and_drop_and_what_is_no_picture_is_refused_by_name(
    page: VisitsPage, forty: list[str], settle: Settle, tmp_path: Path, said: list[str]
) -> None:
    editor = begin(page, forty[0], settle)
    QGuiApplication.clipboard().setImage(QImage(str(picture(tmp_path / "a.png"))))
    editor.photos.paste()
    settle()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture(tmp_path / "b.jpg")))])
    QGuiApplication.clipboard().setMimeData(data)
    editor.photos.paste()
    settle()
    assert [one.file_name for one in editor.photos.photos] == ["粘贴的照片.png", "b.jpg"]
    (tmp_path / "c.jpg").write_text("no picture")
    editor.photos.keep_files([tmp_path / "c.jpg"])
    settle()
    assert "c.jpg" in said[-1]
    assert len(editor.photos.photos) == 2
    editor.photos.list.item(0).setSelected(True)
    editor.photos.remove.click()
    assert [one.file_name for one in editor.photos.photos] == ["b.jpg"]


def test_a_draft_is_resumed_on_its_own_form_after_another_came_into_use(
    page: VisitsPage, forty: list[str], pool: Pool, settle: Settle
) -> None:
    editor = begin(page, forty[0], settle)
    editor.lines["guidance"].put("旧表")
    editor.lines["guidance"].edited.emit()
    editor.leave()
    settle()
    short = Form(
        "visit", "2027.1", "新表",
        (Question("date", "visited_on", "走访日"),
         Question("select_one", "mood", "气氛", choices="m")),
        {"m": (Option("good", "好"),)},
    )  # fmt: skip
    with pool.write("启用", who="甲") as session:
        visit_forms.keep(session, short, TODAY)
    assert set(begin(page, forty[1], settle).lines) == {"visited_on", "mood"}
    assert page.editor is not None
    page.editor.leave()
    settle()
    assert "guidance" in begin(page, forty[0], settle).lines


def test_a_draft_moves_to_the_newer_form_and_the_old_one_can_be_had_back(
    page: VisitsPage,
    forty: list[str],
    pool: Pool,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    editor = begin(page, forty[0], settle)
    editor.lines["guidance"].put("旧表")
    editor.lines["guidance"].edited.emit()
    editor.leave()
    settle()
    assert "换用新表单" not in [b.text() for b in _buttons(page)]
    short = Form(
        "visit", "2027.1", "新表",
        (Question("date", "visited_on", "走访日"), Question("text", "mood", "气氛")),
    )  # fmt: skip
    with pool.write("启用", who="甲") as session:
        visit_forms.keep(session, short, TODAY)
    page.refresh()
    settle()
    asked: list[str] = []
    answers = iter((QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes))

    def answer(_parent: object, _title: str, text: str, *_more: object) -> object:
        asked.append(text)
        return next(answers)

    monkeypatch.setattr(QMessageBox, "question", answer)
    [move] = [b for b in _buttons(page) if b.text() == "换用新表单"]
    move.click()
    settle()
    assert kept(pool).form.version != "2027.1"
    move.click()
    settle()
    assert "指导" in asked[1]
    assert page.editor is not None
    assert set(page.editor.lines) == {"visited_on", "mood"}
    page.editor.leave()
    settle()
    assert kept(pool).form.version == "2027.1"
    box = DiscardedBox(page.shell, Drafts(pool.path), page)
    settle()
    [line] = box.table.rows.shown
    assert line.row.answers > 0
    box.restore.click()
    settle()
    assert box.table.rows.shown == []
    drafts = Drafts(pool.path)
    back = [visit_draft.loads(drafts.read(key)) for key in drafts.keys()]  # noqa: SIM118 - a method
    assert "旧表" in [one.answers.get("guidance") for one in back]
    box.reject()


def _buttons(page: VisitsPage) -> list[QPushButton]:
    strips = [page.waiting.itemAt(n).widget() for n in range(page.waiting.count())]
    return [button for strip in strips for button in strip.findChildren(QPushButton)]


def test_a_given_up_draft_goes_to_the_folder_of_those_and_a_damaged_one_is_told(
    page: VisitsPage, forty: list[str], pool: Pool, settle: Settle
) -> None:
    editor = begin(page, forty[0], settle)
    editor.lines["guidance"].put("试")
    editor.lines["guidance"].edited.emit()
    editor.discard()
    settle()
    drafts = Drafts(pool.path)
    assert drafts.keys() == []
    assert len(drafts.discarded()) == 1
    drafts.keep("0" * 32, b"{broken")
    page.refresh()
    settle()
    strip = page.waiting.itemAt(0).widget()
    assert "已损坏" in strip.layout().itemAt(0).widget().text()


def test_a_draft_whose_visit_was_written_just_before_the_crash_is_not_offered_again(
    page: VisitsPage, forty: list[str], pool: Pool, settle: Settle
) -> None:
    editor = begin(page, forty[0], settle)
    fill(editor)
    editor.save()
    draft = editor.draft()
    with pool.write("走访", who="甲") as session:
        visits.finish(session, draft, TODAY)
    editor.leave()
    settle()
    page.refresh()
    settle()
    assert page.waiting.count() == 0
    assert Drafts(pool.path).keys() == []


def test_who_is_due_is_planned_and_written_from_the_list_and_the_route_is_exported(
    page: VisitsPage, forty: list[str], pool: Pool, settle: Settle, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page.tabs.setCurrentIndex(1)
    settle()
    assert not page.routes.empty.isHidden()
    page.routes.everyone.click()
    settle()
    assert page.routes.count.text() == "待走访 40 家，排入 20 家"
    out = tmp_path / "路线.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(out), ""))
    page.routes.export.click()
    settle()
    assert out.is_file()
    with pool.read() as session:
        assert records.count(session, ExportEntry) == 1
    page.routes.table.selectRow(0)
    page.routes.go.click()
    settle()
    assert page.editor is not None


def test_the_card_of_an_enterprise_leads_to_writing_a_visit_to_it(
    window: MainWindow, forty: list[str], settle: Settle
) -> None:
    window.open_record("enterprise", forty[5])
    settle()
    card = window.visit("enterprises").card  # type: ignore[attr-defined]
    assert any(isinstance(section, VisitSection) for section in card.sections)
    card.field_buttons[0].click()
    settle()
    page = window.visit("visits")
    assert isinstance(page, VisitsPage)
    assert page.editor is not None
    assert page.editor.draft().enterprise == forty[5]


def test_an_enterprise_deleted_meanwhile_is_told_and_the_draft_stays(
    page: VisitsPage, forty: list[str], pool: Pool, settle: Settle
) -> None:
    editor = begin(page, forty[7], settle)
    fill(editor)
    editor.save()
    with pool.write("删除", who="甲") as session:
        journal.delete(session, Enterprise, [forty[7]])
    editor.finish()
    settle()
    assert editor.problem.text()
    assert kept(pool).enterprise == forty[7]
