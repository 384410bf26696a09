"""Next year's holidays and a new tariff come in through the window, checked, and can be undone."""

import json
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from brandpool.db.pool import Pool
from brandpool.rules.reference import shipped
from brandpool.services import history, reference_data
from brandpool.ui.holiday_form import HolidayForm
from brandpool.ui.main_window import MainWindow
from brandpool.ui.reference_page import ReferencePage
from tests.ui.conftest import Settle

TODAY = date.today()
YEAR = TODAY.year + 1


@pytest.fixture
def page(window: MainWindow, settle: Settle) -> ReferencePage:
    found = window.visit("reference")
    assert isinstance(found, ReferencePage)
    settle()
    return found


def _choose(page: ReferencePage, name: str) -> None:
    names = [shown.row.name for shown in page.table.rows.shown]
    page.table.selectRow(names.index(name))


def test_a_pasted_notice_makes_the_year_known(
    page: ReferencePage, settle: Settle, pool: Pool
) -> None:
    page.enter_notice()
    [form] = page.findChildren(HolidayForm)
    form.notice.setPlainText(
        f"关于{YEAR}年部分节假日安排的通知。元旦：1月1日至3日放假，共3天。1月4日上班。"
    )
    form.read()
    assert form.off.toPlainText() == f"{YEAR}-01-01、{YEAR}-01-02、{YEAR}-01-03"
    form.accept()
    settle()
    with pool.read() as session:
        china = reference_data.reference(session, TODAY).china
        assert history.steps(session, 1)[0].why == f"录入{YEAR}年放假安排"
    assert china.is_published(YEAR)
    assert china.is_open(date(YEAR, 1, 4))
    assert not china.is_open(date(YEAR, 1, 1))
    assert page.table.rows.shown[0].texts[1] == f"{YEAR}年放假通知"


def test_a_tariff_is_imported_from_a_file_and_undone_with_its_step(
    page: ReferencePage, settle: Settle, pool: Pool, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    fees = json.loads(json.dumps(shipped().documents["fees"]))
    price = {"from": "2027-01-01", "application": {"mode": "per_class", "amount": 500}}
    fees["individual"]["US"].append(price)
    file = tmp_path / "fees.json"
    file.write_text(json.dumps(fees), "utf-8")
    _choose(page, "fees")
    settle()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(file), ""))
    page.import_file()
    page.save()
    settle()
    with pool.read() as session:
        own = reference_data.reference(session, TODAY).documents["fees"]
        assert own["individual"]["US"][-1]["from"] == "2027-01-01"
        step = history.steps(session, 1)[0]
    assert step.why == "更新参考数据：马德里规费"
    with pool.write("撤销", who="王敏", source="undo", undoes=step.txn) as session:
        history.undo(session, step.txn)
    with pool.read() as session:
        assert reference_data.reference(session, TODAY) is shipped()


@pytest.mark.parametrize(("text", "why"), [("{", "第 1 行"), ('{"versions": []}', "law")])
def test_what_the_rules_cannot_read_is_not_kept(
    page: ReferencePage, settle: Settle, pool: Pool, said: list[str], text: str, why: str
) -> None:
    _choose(page, "law")
    settle()
    page.text.setPlainText(text)
    page.save()
    settle()
    assert why in said[0]
    assert page.text.toPlainText() == text
    with pool.read() as session:
        assert reference_data.reference(session, TODAY) is shipped()
