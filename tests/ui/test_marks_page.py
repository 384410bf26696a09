"""The marks page as a clerk uses it: real pool, real worker, real widgets."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

from brandpool import i18n
from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.models.mark_file import MarkEvent, UseEvidence
from brandpool.models.renewal import MarkImage
from brandpool.models.trademark import Trademark
from brandpool.reports.documents.certificate import spoken
from brandpool.services import records
from brandpool.ui.chain_box import ChainBox
from brandpool.ui.event_form import EventForm
from brandpool.ui.main_window import MainWindow
from brandpool.ui.mark_event_case import case_of
from brandpool.ui.mark_status_form import MarkStatusForm
from brandpool.ui.marks_page import MarksPage
from brandpool.ui.page import Shell
from tests.ui.conftest import Settle
from tests.ui.marks_bench import TODAY, Marks, fill, years_ago


@pytest.fixture
def marks(pool: Pool) -> Marks:
    return fill(pool)


@pytest.fixture
def page(marks: Marks, window: MainWindow, settle: Settle) -> MarksPage:
    found = window.visit("marks")
    assert isinstance(found, MarksPage)
    settle()
    return found


def choose(box: object, data: object) -> None:
    box.setCurrentIndex(box.findData(data))  # type: ignore[attr-defined]


def event_form(shell: Shell, mark: str, page: MarksPage, settle: Settle) -> EventForm:
    form = EventForm(shell, case_of(mark), "", page)
    form.show()
    settle()
    return form


def test_both_totals_stand_with_their_definition(page: MarksPage) -> None:
    assert "3 件" in page.totals.classes.text()
    assert "宽展期内的计入" in page.totals.words.text()


def test_a_total_changes_with_its_definition(page: MarksPage, settle: Settle) -> None:
    page.totals.grace.click()
    settle()
    assert "2 件" in page.totals.classes.text()
    assert "宽展期内的不计" in page.totals.words.text()


def test_a_click_on_a_total_opens_exactly_its_marks(
    page: MarksPage, marks: Marks, settle: Settle
) -> None:
    page.totals.classes.click()
    settle()
    assert set(page.table.model.ids) == {marks.young, marks.renewable, marks.grace}


@pytest.mark.parametrize(
    ("box", "data", "expected"),
    [
        ("status", "applied", {"filed"}),
        ("nice", 16, {"grace", "filed"}),
        ("stage", "window", {"renewable"}),
        ("stage", "grace", {"grace"}),
        ("street", "聚贤", {"grace", "filed"}),
    ],
)
def test_a_list_above_the_table_narrows_it(
    page: MarksPage, marks: Marks, settle: Settle, box: str, data: object, expected: set[str]
) -> None:
    choose(getattr(page.filter, box), data)
    settle()
    assert set(page.table.model.ids) == {getattr(marks, name) for name in expected}


def test_lists_above_the_table_narrow_together_and_let_go_again(
    page: MarksPage, marks: Marks, settle: Settle
) -> None:
    choose(page.filter.street, "聚贤")
    choose(page.filter.stage, "grace")
    choose(page.filter.nice, 16)
    settle()
    assert page.table.model.ids == [marks.grace]
    choose(page.filter.street, None)
    choose(page.filter.stage, None)
    choose(page.filter.nice, None)
    settle()
    assert len(page.table.model.ids) == 4


def test_statuses_that_no_longer_follow_are_told_and_updated(
    page: MarksPage, pool: Pool, marks: Marks, settle: Settle
) -> None:
    assert not page.stale.isVisible()
    with pool.write("录入", who="测试员") as session:
        records.edit(session, Trademark, marks.filed, {"registered_on": TODAY})
    settle()
    assert page.stale.isVisible()
    page.bring_up_to_date()
    settle()
    assert not page.stale.isVisible()
    with pool.read() as session:
        assert records.get(session, Trademark, marks.filed)["status"] == "registered"


def test_the_card_tells_status_dates_and_the_change_of_name_that_is_due(
    page: MarksPage, marks: Marks, settle: Settle
) -> None:
    page.open(marks.young)
    settle()
    assert "已注册" in page.card.status.text()
    assert "曾用名" in page.card.warning.text()
    labels = [shown.texts[0] for shown in page.card.dates.rows.shown]
    assert "专用权届满日" in labels
    assert "可被申请撤三起始日" in labels


def test_a_pledged_mark_in_its_renewal_window_warns(
    page: MarksPage, marks: Marks, settle: Settle
) -> None:
    page.open(marks.renewable)
    settle()
    assert "质权人" in page.card.warning.text()


def test_a_recorded_date_that_differs_is_shown_beside_the_computed_one(
    page: MarksPage, pool: Pool, marks: Marks, settle: Settle
) -> None:
    wrong = years_ago(-6)
    with pool.write("录入", who="测试员") as session:
        records.edit(session, Trademark, marks.young, {"valid_until": wrong})
    page.open(marks.young)
    settle()
    shown = {row.texts[0]: row.texts for row in page.card.dates.rows.shown}
    assert shown["专用权期限（与推算不一致）"][1:3] == (
        str(wrong), str(wrong - timedelta(days=1)),
    )  # fmt: skip
    assert "请核对" in page.card.warning.text()


def test_the_chain_of_a_date_opens_and_prints(
    page: MarksPage, marks: Marks, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.open(marks.young)
    settle()
    opened: list[ChainBox] = []
    monkeypatch.setattr(ChainBox, "exec", lambda box: opened.append(box))
    page.card.dates.selectRow(1)
    page.card.show_chain()
    assert opened[0].steps.rows.shown
    assert "商标法" in opened[0].certificate()
    target = str(tmp_path / "依据单.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (target, ""))
    opened[0].pdf.click()
    assert Path(target).read_bytes().startswith(b"%PDF")


def test_codes_of_events_are_spoken_in_chains() -> None:
    assert spoken("2020-01-01cancelled") == "2020-01-01注销"
    assert spoken("Rule 5") == "Rule 5"


def test_an_event_shows_what_it_changes_before_it_is_saved(
    page: MarksPage, pool: Pool, marks: Marks, shell: Shell, settle: Settle
) -> None:
    form = event_form(shell, marks.young, page, settle)
    form.lines["event"].put("cancelled")
    form.lines["dated"].put(TODAY)
    form.preview()
    first = form.effects.rows.shown[0]
    assert first.texts == ("状态", "已注册", "已失效")
    with pool.read() as session:
        assert records.get(session, Trademark, marks.young)["status"] == "registered"
    form.save()
    settle()
    with pool.read() as session:
        assert records.get(session, Trademark, marks.young)["status"] == "dead"


def test_a_letter_received_yesterday_shows_its_last_day_and_article(
    page: MarksPage, marks: Marks, shell: Shell, settle: Settle
) -> None:
    form = event_form(shell, marks.filed, page, settle)
    yesterday = TODAY - timedelta(days=1)
    for name, value in (
        ("event", "letter"), ("dated", yesterday), ("letter", "refusal_review"),
        ("received", yesterday),
    ):  # fmt: skip
        form.lines[name].put(value)
    form.preview()
    due = next(row.row for row in form.effects.rows.shown if "驳回通知书" in row.texts[0])
    assert due.after >= str(yesterday + timedelta(days=15))
    assert due.explained is not None
    assert any("第" in step.article for step in due.explained.chain)


def test_an_event_without_its_date_is_not_saved(
    page: MarksPage, pool: Pool, marks: Marks, shell: Shell, settle: Settle
) -> None:
    form = event_form(shell, marks.young, page, settle)
    form.lines["event"].put("cancelled")
    form.save()
    settle()
    assert form.isVisible()
    with pool.read() as session:
        assert records.count(session, MarkEvent) == 0


def test_deleting_an_event_lets_the_status_follow(
    page: MarksPage, pool: Pool, marks: Marks, shell: Shell, settle: Settle, said: list[str]
) -> None:
    form = event_form(shell, marks.young, page, settle)
    form.lines["event"].put("cancelled")
    form.lines["dated"].put(TODAY)
    form.save()
    page.open(marks.young)
    settle()
    page.card.events.table.selectRow(0)
    page.card.events.remove.click()
    settle()
    assert any("注销" in text for text in said)
    with pool.read() as session:
        assert records.get(session, Trademark, marks.young)["status"] == "registered"


def test_a_status_set_by_hand_needs_its_reason_and_can_be_released(
    page: MarksPage, pool: Pool, marks: Marks, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: refused.append(args[-1]))
    page.open(marks.young)
    settle()
    assert page.card.card is not None
    form = MarkStatusForm(page.shell, page.card.card.status, page)
    choose(form.choice, "dead")
    form.save()
    settle()
    assert "理由" in refused[0]
    form.reason.setPlainText("登记簿 2026 年核对")
    form.save()
    settle()
    assert "人工认定" in page.card.status.text()
    assert page.card.card.status.status == "dead"
    MarkStatusForm(page.shell, page.card.card.status, page).let_go()
    settle()
    assert page.card.card.status.status == "registered"


def test_a_picture_on_the_clipboard_becomes_an_image_of_the_mark(
    page: MarksPage, pool: Pool, marks: Marks, settle: Settle
) -> None:
    page.open(marks.young)
    settle()
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)
    page.card.images.paste()
    settle()
    with pool.read() as session:
        (row,) = records.rows(session, MarkImage, records.find(session, MarkImage))
    kept = QImage.fromData(Attachments(pool.path).read(str(row["content_hash"])))
    assert (kept.width(), kept.height(), kept.pixelColor(3, 3)) == (40, 30, QColor("red"))
    assert page.card.images.list.count() == 1
    assert not page.card.images.list.item(0).icon().isNull()


def test_a_file_that_is_no_picture_is_refused(
    page: MarksPage, pool: Pool, marks: Marks, settle: Settle, tmp_path: Path, said: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page.open(marks.young)
    settle()
    file = tmp_path / "图.png"
    file.write_text("不是图片")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(file)], ""))
    page.card.images.add.click()
    settle()
    assert "不是可以显示的图片" in said[0]
    with pool.read() as session:
        assert records.count(session, MarkImage) == 0


def test_a_year_without_dated_evidence_is_a_red_gap(
    page: MarksPage, marks: Marks, settle: Settle
) -> None:
    page.tabs.setCurrentIndex(1)
    settle()
    model = page.use.model
    row = next(n for n, line in enumerate(model.lines) if line.row.mark.id == marks.young)
    this, last = model.index(row, 5), model.index(row, 4)
    assert model.data(this) == "缺（1 无日期）"
    assert model.data(this, Qt.ItemDataRole.BackgroundRole) is not None
    assert model.data(last) == "1 份"
    assert model.data(last, Qt.ItemDataRole.BackgroundRole) is None


def test_a_gap_turns_into_evidence_by_a_form_that_knows_mark_and_year(
    page: MarksPage, pool: Pool, marks: Marks, settle: Settle, qtbot: QtBot
) -> None:
    page.tabs.setCurrentIndex(1)
    settle()
    model = page.use.model
    row = next(n for n, line in enumerate(model.lines) if line.row.mark.id == marks.grace)
    page.use.open_cell(model.index(row, 5))
    settle()
    form = next(d for d in page.use.findChildren(QDialog) if d.isVisible())
    form.lines["what"].put("invoice")  # type: ignore[attr-defined]
    form.lines["used_on"].put(TODAY)  # type: ignore[attr-defined]
    form.save()  # type: ignore[attr-defined]
    settle()
    with pool.read() as session:
        found = records.rows(session, UseEvidence, records.find(session, UseEvidence))
    assert any(r["trademark_id"] == marks.grace and r["year"] == TODAY.year for r in found)
    row = next(n for n, line in enumerate(model.lines) if line.row.mark.id == marks.grace)
    assert model.data(model.index(row, 5)) == "1 份"


def test_checks_list_owners_under_a_former_name(
    page: MarksPage, marks: Marks, settle: Settle
) -> None:
    page.tabs.setCurrentIndex(2)
    settle()
    (shown,) = page.checks.owners.rows.shown
    assert shown.row.mark.id == marks.young
    assert shown.texts[4] == "曾用名"


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    path = tmp_path / "商标网导出.csv"
    path.write_text(
        "注册号,国际分类,商标名称,申请人,专用权期限\n"
        "90000001,第7类,朝阳,宁波朝阳机械有限公司,2020-01-15至2030-01-14\n"
        "90000003,16,晨光牌,,\n"
        "99999999,16,别人的,,\n",
        encoding="utf-8-sig",
    )
    return path


def test_differences_from_the_office_are_accepted_or_rejected_by_cell(
    page: MarksPage, pool: Pool, marks: Marks, settle: Settle, extract: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page.tabs.setCurrentIndex(3)
    page.diff.read(extract)
    settle()
    assert "库中没有 1 件" in page.diff.words.text()
    before = {(d.row.mark, d.row.field) for d in page.diff.table.rows.shown}
    assert (marks.young, "owner") in before
    assert (marks.grace, "name") in before
    row = next(n for n, d in enumerate(page.diff.table.rows.shown) if d.row.field == "owner")
    page.diff.table.selectRow(row)
    page.diff.take()
    settle()
    with pool.read() as session:
        mark = records.get(session, Trademark, marks.young)
        assert mark["owner"] == "宁波朝阳机械有限公司"
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args: ("注册证为“晨光”", True))
    row = next(n for n, d in enumerate(page.diff.table.rows.shown) if d.row.field == "name")
    page.diff.table.selectRow(row)
    page.diff.refuse()
    settle()
    after = {(d.row.mark, d.row.field) for d in page.diff.table.rows.shown}
    assert (marks.grace, "name") not in after
    assert "曾不采纳 1 处" in page.diff.words.text()


def test_a_mark_can_be_opened_from_anywhere(
    page: MarksPage, window: MainWindow, marks: Marks, settle: Settle, qtbot: QtBot
) -> None:
    window.visit("desk")
    window.open_record("trademark", marks.young)
    settle()
    assert page.card.isVisible()
    assert page.card.title.text() == "朝阳"
    qtbot.keyClick(page.card.edit_button, Qt.Key.Key_Escape)
    settle()
    assert page.table.isVisible()


def test_the_page_opens_in_english(
    marks: Marks, shell: Shell, qtbot: QtBot, settle: Settle
) -> None:
    i18n.use("en")
    page = MarksPage(shell)
    qtbot.addWidget(page)
    page.show()
    page.open(marks.young)
    settle()
    assert page.card.dates.rows.shown


def test_an_accepted_term_lets_the_status_follow_in_the_same_step(
    page: MarksPage, pool: Pool, marks: Marks, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "导出.csv"
    path.write_text(
        f"注册号,国际分类,专用权期限\n90000004,16,{years_ago(12)}至{years_ago(2)}\n", "utf-8-sig"
    )
    page.tabs.setCurrentIndex(3)
    page.diff.read(path)
    settle()
    page.diff.field.setCurrentIndex(page.diff.field.findData("valid_until"))
    assert [shown.row.field for shown in page.diff.table.rows.shown] == ["valid_until"]
    page.diff.table.selectAll()
    page.diff.take()
    settle()
    with pool.read() as session:
        assert records.get(session, Trademark, marks.filed)["status"] == "dead"
