"""Handling a record of a ledger: step by step, what hangs on it, what is warned of."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from brandpool.db import journal
from brandpool.models.agency import Agency, CustodyContract
from brandpool.models.complaint import Complaint
from brandpool.models.enforcement import EnforcementCase
from brandpool.models.mediation import Mediation
from brandpool.models.partner import JointAction, Partner
from brandpool.models.record import Record
from brandpool.services import records
from brandpool.services.records import RecordRow
from brandpool.ui.chain_box import ChainBox
from brandpool.ui.ledger_forms import ComplaintForm, CustodyForm
from brandpool.ui.ledgers_page import LedgersPage
from brandpool.ui.linked_box import LinkedBox
from brandpool.ui.main_window import MainWindow
from brandpool.ui.step_form import StepForm
from brandpool.ui.widgets.record_table import RecordTable
from tests.ui.conftest import Settle

DAY = date(2026, 9, 28)
LETTER = {"register_no": "T1", "nature": "complaint", "received_on": DAY, "accused": "某店"}


class Bench:
    """The ledgers page with what its tests do there."""

    def __init__(self, window: MainWindow, settle: Settle) -> None:
        self.window, self.settle = window, settle
        page = window.visit("ledgers")
        assert isinstance(page, LedgersPage)
        self.page = page

    def add(self, model: type[Record], **values: Any) -> str:
        with self.window.shell.work.pool.write("登记", who="测试员") as session:
            return journal.insert(session, model, [values])[0]

    def all_of(self, model: type[Record]) -> list[RecordRow]:
        with self.window.shell.work.pool.read() as session:
            return records.rows(session, model, records.find(session, model))

    def stand_on(self, model: type[Record], record: str) -> RecordTable:
        self.page.open_record(model.kind(), record)
        self.settle()
        table = self.page.table(model)
        table.go_to(record)
        self.settle()
        return table

    def press(self, table: RecordTable, text: str, act: str = "") -> None:
        button = next(b for b in table.findChildren(QPushButton) if b.text() == text)
        assert button.isEnabled()
        if not act:
            button.click()
        else:
            next(a for a in button.menu().actions() if a.text() == act).trigger()
        self.settle()

    def form(self, table: RecordTable) -> StepForm:
        return next(f for f in table.findChildren(StepForm) if f.isVisible())


@pytest.fixture
def bench(window: MainWindow, settle: Settle) -> Bench:
    return Bench(window, settle)


def test_a_refusal_without_a_reason_stays_in_the_dialog_and_with_one_is_written(
    bench: Bench,
) -> None:
    table = bench.stand_on(Complaint, bench.add(Complaint, **LETTER))
    bench.press(table, "办理", "受理决定…")
    form = bench.form(table)
    form.lines["decision"].put("refused")
    form.confirm()
    bench.settle()
    assert "须写明理由" in form.refusal.text()
    form.lines["refusal"].put("法院已受理")
    form.confirm()
    bench.settle()
    assert not form.isVisible()
    assert bench.all_of(Complaint)[0]["decision"] == "refused"


def test_what_is_needed_is_asked_for_before_anything_is_written(bench: Bench) -> None:
    table = bench.stand_on(Complaint, bench.add(Complaint, **LETTER))
    bench.press(table, "办理", "受理决定…")
    form = bench.form(table)
    form.confirm()
    bench.settle()
    assert form.isVisible()
    assert form.lines["decision"].remark.text() == "“受理决定”不能为空。"
    assert bench.all_of(Complaint)[0]["decision"] is None


def test_a_letter_is_split_from_the_menu(bench: Bench) -> None:
    table = bench.stand_on(Complaint, bench.add(Complaint, **{**LETTER, "nature": "both"}))
    bench.press(table, "办理", "分拆投诉与举报")
    rows = bench.all_of(Complaint)
    assert {row["nature"] for row in rows} == {"complaint", "report"}
    assert {row["linked_id"] for row in rows} == {row.id for row in rows}


def test_a_letter_entered_as_both_is_split_as_it_is_saved(bench: Bench) -> None:
    form = ComplaintForm(bench.window.shell, Complaint, parent=bench.page)
    form.show()
    bench.settle()
    for name, value in {**LETTER, "nature": "both"}.items():
        form.lines[name].put(value)
    form.save()
    bench.settle()
    assert len(bench.all_of(Complaint)) == 2


def test_a_report_becomes_a_case(bench: Bench) -> None:
    one = bench.add(Complaint, **{**LETTER, "nature": "report"})
    table = bench.stand_on(Complaint, one)
    bench.press(table, "办理", "立案并登记案件…")
    form = bench.form(table)
    form.lines["filing_no"].put("甬市监立〔2026〕1号")
    form.lines["case_type"].put("mark_infringement")
    form.confirm()
    bench.settle()
    [case] = bench.all_of(EnforcementCase)
    assert bench.all_of(Complaint)[0]["case_id"] == case.id
    assert case["mark"] is None


def test_a_dispute_is_passed_on(bench: Bench) -> None:
    one = bench.add(
        Mediation, dispute="权属", mediation_kind="administrative", body="分局", applied_on=DAY
    )
    table = bench.stand_on(Mediation, one)
    bench.press(table, "办理", "转其他机构…")
    form = bench.form(table)
    form.lines["body"].put("调委会")
    form.lines["mediation_kind"].put("people")
    form.confirm()
    bench.settle()
    rows = {row.id: row for row in bench.all_of(Mediation)}
    assert rows.pop(one)["outcome"] == "passed_on"
    [other] = rows.values()
    assert other["came_from_id"] == one


def test_a_joint_action_shows_on_the_case_and_on_the_partner_and_the_law_stands_above(
    bench: Bench,
) -> None:
    case = bench.add(
        EnforcementCase, filing_no="1", case_type="mark_infringement", party="某店",
        filed_on=date(2027, 1, 1),
    )  # fmt: skip
    partner = bench.add(Partner, name="模具协会")
    bench.add(JointAction, partner_id=partner, case_id=case, subject="联合检查", acted_on=DAY)
    for model, record in ((EnforcementCase, case), (Partner, partner)):
        table = bench.stand_on(model, record)
        bench.press(table, "关联…")
        box = next(b for b in table.findChildren(LinkedBox) if b.isVisible())
        [shown] = box.table.rows.shown
        assert shown.texts[:3] == ("联合行动", "联合检查", "2026-09-28")
        if model is EnforcementCase:
            assert "第七十二条" in box.about.text()
        box.close()


def test_the_law_of_a_case_is_shown_with_its_chain(bench: Bench) -> None:
    one = bench.add(
        EnforcementCase, filing_no="1", case_type="mark_infringement", party="某店",
        filed_on=date(2026, 12, 31),
    )  # fmt: skip
    table = bench.stand_on(EnforcementCase, one)
    bench.press(table, "办理", "适用法律…")
    box = next(b for b in table.findChildren(ChainBox) if b.isVisible())
    assert box.title == "商标法2019第五十七条、第六十条"
    box.close()


def test_a_second_custody_contract_is_saved_and_warned_of(
    bench: Bench, enterprise: str, said: list[str]
) -> None:
    agency = bench.add(Agency, name="甲代理")
    bench.add(
        CustodyContract, enterprise_id=enterprise, agency_id=agency, contract_no="T-1", starts=DAY
    )
    form = CustodyForm(
        bench.window.shell, CustodyContract, parent=bench.page,
        preset={"enterprise_id": enterprise, "agency_id": agency, "starts": date(2026, 10, 1)},
    )  # fmt: skip
    form.show()
    bench.settle()
    form.save()
    bench.settle()
    assert len(bench.all_of(CustodyContract)) == 2
    assert len(said) == 1
    assert "T-1" in said[0]


def test_the_buttons_wait_until_one_record_is_selected(bench: Bench) -> None:
    bench.add(Complaint, **LETTER)
    table = bench.page.table(Complaint)
    bench.settle()
    button = next(b for b in table.findChildren(QPushButton) if b.text() == "办理")
    assert not button.isEnabled()
