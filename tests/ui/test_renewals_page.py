"""Renewals as a clerk works through them."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from brandpool.db.pool import Pool
from brandpool.models.renewal import RenewalStep
from brandpool.models.shortlist import ExportEntry
from brandpool.models.trademark import Trademark
from brandpool.services import history, records
from brandpool.ui.main_window import MainWindow
from brandpool.ui.renewal_letters import addressees
from brandpool.ui.renewal_steps import LettersBox, StepForm
from brandpool.ui.renewals_page import RenewalsPage
from tests.ui.conftest import Settle
from tests.ui.marks_bench import TODAY, Marks, fill


@pytest.fixture
def marks(pool: Pool) -> Marks:
    return fill(pool)


@pytest.fixture
def page(marks: Marks, window: MainWindow, settle: Settle) -> RenewalsPage:
    found = window.visit("renewals")
    assert isinstance(found, RenewalsPage)
    settle()
    return found


def shown_ids(page: RenewalsPage) -> list[str]:
    return [shown.row.row.id for shown in page.table.rows.shown]


def save(form: StepForm, settle: Settle) -> None:
    form.save()
    settle()


def test_the_most_urgent_stands_first_and_an_overdue_one_shows_its_grace(
    page: RenewalsPage, marks: Marks
) -> None:
    assert shown_ids(page) == [marks.renewable, marks.grace]
    assert page.table.rows.shown[1].texts[4] == "宽展期"
    assert page.steps["open"].text() == "全部待办 2"


def test_many_take_the_next_step_as_one(
    page: RenewalsPage, pool: Pool, marks: Marks, settle: Settle
) -> None:
    page.table.selectAll()
    save(StepForm(page.shell, page.chosen(), "reminded", page), settle)
    assert page.steps["reminded"].text() == "已提醒 2"
    with pool.read() as session:
        assert records.count(session, RenewalStep) == 2
        step = history.next_undo(session)
    assert step is not None
    assert step.records == 2
    page.go_to("reminded")
    assert set(shown_ids(page)) == {marks.renewable, marks.grace}
    page.go_to("")
    assert shown_ids(page) == []
    assert page.stack.currentWidget() is page.empty


def test_only_steps_that_all_chosen_may_take_are_offered(
    page: RenewalsPage, settle: Settle
) -> None:
    page.table.selectRow(0)
    save(StepForm(page.shell, page.chosen(), "told", page), settle)
    page.table.selectAll()
    words = [action.text() for action in page.next_menu.actions()]
    assert words == ["已告知企业…", "放弃续展…"]


def test_giving_up_asks_for_a_reason(
    page: RenewalsPage, pool: Pool, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: refused.append(args[-1]))
    page.table.selectRow(1)
    form = StepForm(page.shell, page.chosen(), "given_up", page)
    save(form, settle)
    assert "理由" in refused[0]
    form.lines["note"].put("企业 11 月 3 日书面答复")
    save(form, settle)
    assert page.steps["given_up"].text() == "放弃续展 1"


def test_a_granted_renewal_moves_the_term_on(
    page: RenewalsPage, pool: Pool, marks: Marks, settle: Settle
) -> None:
    for step in ("told", "confirmed", "filed", "recorded"):
        page.go_to("open")
        row = shown_ids(page).index(marks.renewable)
        page.table.selectRow(row)
        save(StepForm(page.shell, page.chosen(), step, page), settle)
    assert marks.renewable not in shown_ids(page)
    with pool.read() as session:
        assert records.get(session, Trademark, marks.renewable)["name"] == "朝阳红"


def test_letters_name_what_the_pool_knows_and_are_recorded(
    page: RenewalsPage, pool: Pool, marks: Marks, settle: Settle, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page.shell.settings.station = "高新区商标品牌指导站"
    page.table.selectAll()
    with pool.read() as session:
        known = addressees(session, page.chosen())
    box = LettersBox(page.shell, page.chosen(), known, page)
    assert len(box.sheets) == 2
    first = box.sheets[0]
    for word in ("宁波朝阳机械有限公司", "周敏", "朝阳红", str(TODAY + timedelta(days=100)),
                 "高新区商标品牌指导站", "质权人", "商标法"):  # fmt: skip
        assert word in first
    target = str(tmp_path / "函.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (target, ""))
    box.save()
    settle()
    assert Path(target).read_bytes().startswith(b"%PDF")
    assert page.steps["reminded"].text() == "已提醒 2"
    with pool.read() as session:
        (entry,) = records.rows(session, ExportEntry, records.find(session, ExportEntry))
    assert (entry["file_name"], entry["row_count"], entry["unmasked"]) == ("函.pdf", 2, True)


def test_letters_that_cannot_be_written_are_not_recorded(
    page: RenewalsPage, pool: Pool, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: refused.append(args[-1]))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("/nowhere/a.pdf", ""))
    page.table.selectAll()
    with pool.read() as session:
        known = addressees(session, page.chosen())
    LettersBox(page.shell, page.chosen(), known, page).save()
    settle()
    assert "无法写入" in refused[0]
    with pool.read() as session:
        assert records.count(session, RenewalStep) == 0


def test_words_and_stage_narrow_the_queue(page: RenewalsPage, marks: Marks) -> None:
    page.words.setText("晨光")
    assert shown_ids(page) == [marks.grace]
    page.words.clear()
    page.stage.setCurrentIndex(page.stage.findData("window"))
    assert shown_ids(page) == [marks.renewable]
