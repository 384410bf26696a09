"""The desk: what is due comes first, its reasons are one click away, decisions are one form."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.docket import DocketDecision
from brandpool.models.field import Value
from brandpool.models.mark_file import MarkLicence
from brandpool.models.trademark import Trademark
from brandpool.services import history, records
from brandpool.ui.decision_form import DecisionForm, OverrideForm
from brandpool.ui.desk_page import DeskPage
from brandpool.ui.docket_sheet import weekly
from brandpool.ui.main_window import MainWindow
from tests.ui.conftest import Settle

TODAY = date.today()


@pytest.fixture
def licences(pool: Pool, enterprise: str) -> str:
    """A mark with licences that ended yesterday and that end in five and in sixty days."""
    with pool.write("登记许可", who="王敏") as session:
        mark: dict[str, Value] = {
            "enterprise_id": enterprise,
            "reg_no": "18000001",
            "nice_class": 7,
            "name": "朝阳",
        }
        [record] = journal.insert(session, Trademark, [mark])
        ends = {"甲": -1, "乙": 5, "丙": 60}
        rows: list[dict[str, Value]] = [
            {"trademark_id": record, "licensee": who, "ends": TODAY + timedelta(days=days)}
            for who, days in ends.items()
        ]
        journal.insert(session, MarkLicence, rows)
    return record


@pytest.fixture
def desk(licences: str, window: MainWindow, settle: Settle, qtbot: QtBot) -> DeskPage:
    page = window.visit("desk")
    assert isinstance(page, DeskPage)
    settle()
    qtbot.waitUntil(lambda: len(page.shown()) == 3, timeout=5000)
    return page


def _notes(desk: DeskPage) -> list[str]:
    return [entry.note for entry in desk.shown()]


def test_late_dates_come_first_and_each_state_tells_its_number(desk: DeskPage) -> None:
    assert _notes(desk) == ["甲", "乙", "丙"]
    words = {state: button.text() for state, button in desk.states.buttons.items()}
    assert (words["overdue"], words["7"], words["90"]) == ("逾期 1", "7天内 1", "90天内 1")


def test_a_state_and_words_narrow_the_list(desk: DeskPage, settle: Settle) -> None:
    desk.states.buttons["90"].click()
    settle()
    assert _notes(desk) == ["丙"]
    desk.states.buttons[""].click()
    settle()
    desk.words.setText("乙")
    assert _notes(desk) == ["乙"]


def test_choosing_a_date_shows_its_chain_and_its_certificate(
    desk: DeskPage, settle: Settle
) -> None:
    desk.table.selectRow(1)
    settle()
    assert [shown.texts[0] for shown in desk.chain.rows.shown] == ["许可届满日"]
    entry = desk.table.chosen()
    assert entry is not None
    boxes = []
    desk._explain(entry, lambda told: boxes.append(desk._box(entry, told)))
    settle()
    sheet = boxes[0].certificate()
    assert "期限依据单" in sheet
    assert "许可到期：朝阳 18000001 第7类" in sheet


def test_a_decision_is_written_as_one_step_and_the_date_leaves_the_desk(
    desk: DeskPage, settle: Settle, pool: Pool
) -> None:
    desk.table.selectAll()
    desk.decide("done")
    [form] = desk.findChildren(DecisionForm)
    form.accept()
    settle()
    assert _notes(desk) == []
    with pool.read() as session:
        assert records.count(session, DocketDecision) == 3
        assert history.steps(session, 1)[0].why == "期限已办：3 条期限"
    desk.states.buttons["decided"].click()
    settle()
    assert {shown.texts[1] for shown in desk.table.rows.shown} == {"已办"}


def test_a_miss_without_a_reason_is_refused_in_words(
    desk: DeskPage, settle: Settle, said: list[str]
) -> None:
    desk.table.selectRow(0)
    desk.decide("missed")
    [form] = desk.findChildren(DecisionForm)
    form.accept()
    settle()
    assert said == ["错过或无需办理的期限，请填写原因。"]
    form.reason.setPlainText("企业未续签")
    form.follow_up.setChecked(True)
    form.accept()
    settle()
    assert "补救办理" in [entry.label for entry in desk.shown()]


def test_another_day_can_be_set_and_is_marked(desk: DeskPage, settle: Settle) -> None:
    desk.table.selectRow(1)
    settle()
    desk.buttons["override"].click()
    [form] = desk.findChildren(OverrideForm)
    form.day.setDate(form.day.date().addDays(30))
    form.reason.setPlainText("双方书面同意延期")
    form.accept()
    settle()
    [shown] = [row for row in desk.table.rows.shown if row.row.note == "乙"]
    assert shown.texts[0] == f"{TODAY + timedelta(days=35)}（改定）"


def test_a_change_anywhere_changes_the_desk(
    desk: DeskPage, licences: str, pool: Pool, settle: Settle
) -> None:
    licence = desk.shown()[0].record
    with pool.write("更正", who="王敏") as session:
        journal.update(session, MarkLicence, {licence: {"ends": TODAY + timedelta(days=70)}})
    settle()
    assert _notes(desk) == ["乙", "丙", "甲"]
    assert desk.steps.rows.shown[0].texts[-1] == "更正"


def test_what_is_shown_prints_and_goes_into_a_calendar(
    desk: DeskPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = weekly(desk.shown(), TODAY, "高新区")
    assert sheet.index("逾期（1）") < sheet.index("7天内（1）") < sheet.index("90天内（1）")
    target = tmp_path / "期限.ics"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    desk.save_calendar()
    assert target.read_bytes().count(b"BEGIN:VEVENT") == 3
