"""Marks abroad as a clerk works with them: matrix, card, radar, fees, intake."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from brandpool import i18n
from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.abroad import ForeignFiling
from brandpool.models.madrid import DesignationEvent, InternationalRegistration
from brandpool.rules.reference import shipped
from brandpool.services import records, reference_data
from brandpool.services.madrid_bills import Rate
from brandpool.ui.event_form import EventForm
from brandpool.ui.fee_estimate import GRACE, RENEWAL, SUBSEQUENT, Asked, FeeEstimate, bill
from brandpool.ui.madrid_event_case import designation_case
from brandpool.ui.madrid_page import MadridPage
from brandpool.ui.madrid_paste import MadridPaste
from brandpool.ui.main_window import MainWindow
from brandpool.ui.page import Shell
from tests.ui.conftest import Settle
from tests.ui.marks_bench import TODAY, Marks, fill, years_ago

PAGE = """1700001 - CHAOYANG
151 Date of the registration
{ir_date}
270 Language of the application
English
732 Name and address of the holder of the registration
宁波朝阳机械有限公司
511 International Classification of Goods and Services
7
834 Designation(s) under the Madrid Protocol by virtue of Article 9sexies
US, JP
"""


@pytest.fixture
def marks(pool: Pool) -> Marks:
    return fill(pool)


@pytest.fixture
def page(marks: Marks, window: MainWindow, settle: Settle) -> MadridPage:
    found = window.visit("madrid")
    assert isinstance(found, MadridPage)
    settle()
    return found


def cell_at(page: MadridPage, name: str, party: str) -> str:
    model = page.matrix.model
    row = next(n for n, one in enumerate(model.rows) if one.name == name)
    index = model.index(row, 4 + model.parties.index(party))
    return str(model.data(index))


def test_the_matrix_shows_each_designation_by_sign_and_word(page: MadridPage) -> None:
    assert cell_at(page, "CHAOYANG", "US") == "● 保护"
    assert cell_at(page, "CHAOYANG", "JP").startswith(("○", "●"))


def test_a_tool_tip_tells_the_refusal_limit(page: MadridPage, marks: Marks) -> None:
    model = page.matrix.model
    index = model.index(0, 4 + model.parties.index("US"))
    tip = model.data(index, Qt.ItemDataRole.ToolTipRole)
    assert "美国 US：给予保护" in tip
    assert "驳回期限" in tip


def test_filings_outside_madrid_stand_in_the_same_matrix(
    page: MadridPage, pool: Pool, marks: Marks, settle: Settle
) -> None:
    with pool.write("登记", who="测试员") as session:
        journal.insert(session, ForeignFiling, [
            {"enterprise_id": marks.enterprises[1], "party": "HK", "name": "晨光",
             "filing_no": "306000001", "filed": years_ago(1), "status": "registered"}
        ])  # fmt: skip
    settle()
    assert cell_at(page, "晨光", "HK") == "● 单·已注册"
    page.matrix.route.setCurrentIndex(page.matrix.route.findData("ir"))
    assert [row.name for row in page.matrix.model.rows] == ["CHAOYANG"]


def test_the_names_stay_while_parties_scroll(page: MadridPage) -> None:
    left, right = page.matrix.left, page.matrix.right
    assert [left.isColumnHidden(n) for n in range(6)] == [False] * 4 + [True] * 2
    assert [right.isColumnHidden(n) for n in range(6)] == [True] * 4 + [False] * 2
    assert left.selectionModel() is right.selectionModel()


def test_the_matrix_as_of_an_earlier_day_knows_nothing_later(
    page: MadridPage, settle: Settle
) -> None:
    page.matrix.day.setDate(page.matrix.day.date().addYears(-5))
    settle()
    assert all(not row.cells for row in page.matrix.model.rows)


def test_the_fifty_are_counted_by_a_definition_in_sight(
    page: MadridPage, marks: Marks, settle: Settle
) -> None:
    assert page.fifty.number.text() == "马德里 1 / 目标 50"
    page.fifty.unit.setCurrentIndex(page.fifty.unit.findData("designations"))
    settle()
    assert page.fifty.number.text() == "马德里 2 / 目标 50"
    assert "按“国际注册×缔约方”计" in page.fifty.words.text()
    assert "按“国际注册×缔约方”计" in page.fifty.sheet()
    page.fifty.number.click()
    settle()
    assert page.table.model.ids == [marks.registration]


def test_a_cell_opens_the_card_on_its_party(page: MadridPage, marks: Marks, settle: Settle) -> None:
    model = page.matrix.model
    page.matrix._open(model.index(0, 4 + model.parties.index("US")))
    settle()
    held = page.card.held.chosen()
    assert held is not None
    assert held.row.id == marks.us
    assert "美国 US 的事件（1）" in page.card.events.title.text()
    assert any("依赖期" in shown.texts[0] for shown in page.card.dates.rows.shown)


def test_a_designation_opens_where_its_registration_is_at_home(
    page: MadridPage, window: MainWindow, marks: Marks, settle: Settle
) -> None:
    window.visit("desk")
    window.open_record("designation", marks.jp)
    settle()
    assert page.card.isVisible()
    held = page.card.held.chosen()
    assert held is not None
    assert held.row.id == marks.jp


def test_a_refusal_shows_status_and_answer_before_it_is_saved(
    page: MadridPage, pool: Pool, shell: Shell, marks: Marks, settle: Settle
) -> None:
    page.open(marks.registration, marks.jp)
    form = EventForm(shell, designation_case(marks.registration, marks.jp), "", page)
    form.show()
    settle()
    limit = TODAY + timedelta(days=60)
    for name, value in (("tag", "RFNT"), ("dated", TODAY), ("response_limit", limit)):
        form.lines[name].put(value)
    form.preview()
    effects = {shown.texts[0]: shown.texts[2] for shown in form.effects.rows.shown}
    assert effects["状态"] == "全部临时驳回"
    assert effects["驳回答复截止"] == str(limit)
    form.save()
    settle()
    form = EventForm(shell, designation_case(marks.registration, marks.jp), "", page)
    form.show()
    settle()
    for name, value in (("tag", "RFNT"), ("dated", TODAY), ("response_limit", limit)):
        form.lines[name].put(value)
    form.save()
    settle()
    with pool.read() as session:
        assert records.count(session, DesignationEvent) == 2
    shown = {s.row.row.id: s.texts for s in page.card.held.rows.shown}
    assert shown[marks.jp][1] == "▲ 全部临时驳回"
    assert str(limit) in shown[marks.jp][6]


def test_the_radar_shows_what_falls_with_a_basic_mark(
    page: MadridPage, marks: Marks, settle: Settle
) -> None:
    page.tabs.setCurrentIndex(2)
    settle()
    assert page.radar.basic.currentData() == "90000001"
    (shown,) = page.radar.cascade.rows.shown
    assert shown.row.hit
    assert "美国 US" in shown.texts[4]
    until = shown.row.transformable_until
    assert until is not None
    assert TODAY + timedelta(days=88) <= until <= TODAY + timedelta(days=93)


def test_the_radar_is_quiet_after_five_years(page: MadridPage, settle: Settle) -> None:
    page.tabs.setCurrentIndex(2)
    settle()
    page.radar.day.setDate(page.radar.day.date().addYears(4))
    settle()
    (shown,) = page.radar.cascade.rows.shown
    assert not shown.row.hit
    assert shown.texts[2] == "已独立，不受影响"
    assert shown.texts[5] == "—"


def test_duties_and_next_years_renewals_are_listed(page: MadridPage, settle: Settle) -> None:
    page.tabs.setCurrentIndex(3)
    settle()
    assert page.dues.bills.rows.shown == []
    assert page.dues.none.isVisible()
    page.dues.ahead.click()
    settle()
    (shown,) = page.dues.bills.rows.shown
    assert Decimal(shown.texts[6].replace(",", "")) > 653


def test_the_estimate_follows_parties_classes_and_rate(qtbot: QtBot, dressed: object) -> None:
    box = FeeEstimate(None, shipped(), ["VN"], 1)  # type: ignore[arg-type]
    qtbot.addWidget(box)
    box.estimate()
    assert box.view.bill is not None
    assert box.view.bill.chf == 753
    box.rate.amount.setText("9")
    box.colour.setChecked(True)
    box.estimate()
    assert box.view.bill.chf == 1003
    assert "9,027" in box.view.total.text()
    box.tick("VN", on=False)
    box.estimate()
    assert box.view.bill is None
    assert "请选择缔约方" in box.view.words.text()


def test_the_estimate_uses_the_tariff_that_the_station_has_entered(
    page: MadridPage, pool: Pool, settle: Settle
) -> None:
    with pool.write("更新规费", who="王敏") as session:
        fees = reference_data.text_of(session, "fees", TODAY)
        dearer = fees.replace('"basic": 653', '"basic": 700').replace('"basic":653', '"basic":700')
        assert dearer != fees
        reference_data.save(session, "fees", dearer, TODAY, "2026 年新费率")
    page.estimate()
    settle()
    (box,) = page.findChildren(FeeEstimate)
    box.tick("VN")
    box.estimate()
    assert box.view.bill is not None
    assert box.view.bill.chf == 800
    box.close()


def test_fewer_classes_in_one_party_cost_less(qtbot: QtBot, dressed: object) -> None:
    box = FeeEstimate(None, shipped(), ["US", "JP"], 3)  # type: ignore[arg-type]
    qtbot.addWidget(box)
    box.estimate()
    assert box.view.bill is not None
    whole = box.view.bill.chf
    spin = box.chosen.cellWidget(box.parties().index("US"), 1)
    spin.setValue(1)  # type: ignore[union-attr]
    box.estimate()
    assert box.view.bill.chf < whole


def test_grace_adds_half_of_the_basic_fee_only() -> None:
    def asked(kind: str) -> Asked:
        rate = Rate(Decimal(9), TODAY)
        return Asked(kind, ["VN", "CH"], 1, TODAY, False, False, {}, rate)

    due, late = bill(asked(RENEWAL), shipped()), bill(asked(GRACE), shipped())
    assert late.chf - due.chf == Decimal("326.5")
    assert bill(asked(SUBSEQUENT), shipped()).chf == 500


def test_an_estimate_can_be_copied_with_its_total(qtbot: QtBot, dressed: object) -> None:
    box = FeeEstimate(None, shipped(), ["VN"], 1)  # type: ignore[arg-type]
    qtbot.addWidget(box)
    box.estimate()
    box.view.copy()
    lines = QGuiApplication.clipboard().text().split("\r\n")
    assert lines[-2].startswith("合计\t753")
    assert "估算" in box.view.sheet()


def paste(page: MadridPage, settle: Settle, text: str) -> MadridPaste:
    box = MadridPaste(page.shell, page)
    box.show()
    box.text.setPlainText(text)
    box.recognise()
    settle()
    return box


def test_a_pasted_page_is_shown_before_anything_is_written(
    page: MadridPage, pool: Pool, settle: Settle
) -> None:
    text = PAGE.format(ir_date="15.01.2020").replace("1700001", "1800002")
    box = paste(page, settle, text)
    (shown,) = box.table.rows.shown
    assert shown.texts[:2] == ("1800002", "CHAOYANG")
    assert shown.texts[3] == "新增"
    with pool.read() as session:
        assert records.count(session, InternationalRegistration) == 1
    box.save()
    settle()
    with pool.read() as session:
        found = records.rows(
            session, InternationalRegistration, records.find(session, InternationalRegistration)
        )
    assert {row["irn"] for row in found} == {"1700001", "1800002"}
    again = paste(page, settle, text)
    assert again.table.rows.shown[0].texts[3] == "已有"
    assert again.table.rows.shown[0].quiet


def test_text_without_a_registration_is_refused_and_nothing_is_offered(
    page: MadridPage, settle: Settle, said: list[str]
) -> None:
    box = paste(page, settle, "今天天气不错")
    assert "没有国际注册号" in said[0]
    assert not box.save_button.isEnabled()


def test_a_holder_the_pool_does_not_know_asks_for_its_enterprise(
    page: MadridPage, pool: Pool, marks: Marks, settle: Settle
) -> None:
    text = PAGE.format(ir_date="15.01.2020").replace("1700001", "1800003")
    box = paste(page, settle, text.replace("宁波朝阳机械有限公司", "NINGBO CHAOYANG CO., LTD."))
    assert box.holders.rowCount() == 1
    edit = box.holders.cellWidget(0, 1)
    edit.put(marks.enterprises[0], "宁波朝阳机械有限公司")  # type: ignore[union-attr]
    box.save()
    settle()
    with pool.read() as session:
        ids = records.find(session, InternationalRegistration)
        rows = records.rows(session, InternationalRegistration, ids)
    assert {row["irn"]: row["enterprise_id"] for row in rows}["1800003"] == marks.enterprises[0]


def test_an_xml_file_is_read_and_shown(page: MadridPage, settle: Settle, tmp_path: Path) -> None:
    file = tmp_path / "romarin.xml"
    file.write_text(
        '<ENOTIF><ENN><MARKGR INTREGN="1800004" INTREGD="20200115" OOCD="CN">'
        '<CURRENT><IMAGE TEXT="XML MARK"/><DESPG><DCPCD>US</DCPCD></DESPG></CURRENT>'
        "</MARKGR></ENN></ENOTIF>",
        encoding="utf-8",
    )
    box = MadridPaste(page.shell, page)
    box.read_file(file)
    settle()
    assert [shown.texts[0] for shown in box.table.rows.shown] == ["1800004"]


def test_the_page_opens_in_english(
    marks: Marks, shell: Shell, qtbot: QtBot, settle: Settle
) -> None:
    i18n.use("en")
    page = MadridPage(shell)
    qtbot.addWidget(page)
    page.show()
    for tab in range(page.tabs.count()):
        page.tabs.setCurrentIndex(tab)
        settle()
    page.open(marks.registration)
    settle()
    assert page.card.held.rows.shown
