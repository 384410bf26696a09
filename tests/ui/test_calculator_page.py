"""The calculator answers any rule with its day, its roll and its article."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QLineEdit

from brandpool.rules import catalogue
from brandpool.rules.calendar import ChineseCalendar
from brandpool.rules.reference import shipped
from brandpool.services import reference_data
from brandpool.ui.calculator_page import CalculatorPage
from brandpool.ui.main_window import MainWindow
from tests.ui.conftest import Settle

TODAY = date.today()


@pytest.fixture
def page(window: MainWindow, settle: Settle) -> CalculatorPage:
    found = window.visit("calculator")
    assert isinstance(found, CalculatorPage)
    settle()
    return found


def _answers(page: CalculatorPage) -> dict[str, str]:
    return {shown.row: shown.texts[1] for shown in page.answer.rows.shown}


def test_a_refusal_received_yesterday_tells_day_roll_and_article(page: CalculatorPage) -> None:
    form = page.choose("cn.reply")
    form.put({"letter": "refusal_review", "received": "昨天"})
    page.compute()
    raw = TODAY - timedelta(days=1) + timedelta(days=15)
    rolled = shipped().china.next_open_day(raw)
    answers = _answers(page)
    assert answers["deemed_delivered"].startswith(str(TODAY - timedelta(days=1)))
    assert answers["period_end"].startswith(str(raw))
    assert answers["due"].startswith(str(rolled))
    service, due = (shown.texts for shown in page.chain.rows.shown)
    assert "第十条" in service[1]
    assert "商标法" in due[1]
    assert "第十二条" in due[1]
    assert due[2] == str(raw)
    assert due[4] == (str(rolled) if rolled != raw else "")


def test_what_is_missing_or_wrong_is_said_in_the_words_of_the_form(page: CalculatorPage) -> None:
    form = page.choose("cn.reply")
    form.put({"letter": "refusal_review", "received": "2026-13-40"})
    page.compute()
    assert "收到日" in page.complaint.text()
    assert "received" not in page.complaint.text()
    assert not page.certificate.isEnabled()
    assert page.answer.rows.shown == []


@pytest.mark.parametrize("rule", [rule.id for rule in catalogue.rules()])
def test_every_rule_has_a_form_with_a_line_per_input(page: CalculatorPage, rule: str) -> None:
    form = page.choose(rule)
    assert form.rule.id == rule
    assert list(form.editors) == [item.name for item in form.rule.inputs]


def test_words_find_rules_by_name_number_and_article(page: CalculatorPage) -> None:
    page.words.setText("撤三 举证")
    shown = [page.list.item(n) for n in range(page.list.count())]
    assert [line.text() for line in shown if not line.isHidden()] == ["撤三答辩举证期"]


def test_a_bill_adds_up_and_shows_its_rows_as_chain(page: CalculatorPage) -> None:
    page.choose("madrid.fee_application").put({"parties": "US,JP", "classes": "1", "on": "今天"})
    page.compute()
    answers = _answers(page)
    assert "rows" not in answers
    assert len(page.chain.rows.shown) >= 4
    assert int(answers["total"].replace(",", "")) > int(answers["basic"])


def test_holidays_entered_in_the_window_are_used_at_once(
    page: CalculatorPage, settle: Settle
) -> None:
    form = page.choose("cn.reply")
    form.put({"days": "15", "received": "2027-01-17"})
    page.compute()
    assert "暂定" in page.complaint.text()
    known = shipped().documents["holidays"]
    document = reference_data.with_year(known, 2027, [date(2027, 2, 1)], [], "测试")
    assert isinstance(ChineseCalendar.from_json(document), ChineseCalendar)
    page.shell.work.write(
        "录入2027年放假安排",
        lambda session: reference_data.save(
            session, "holidays", reference_data.written(document), TODAY
        ),
    )
    settle()
    page.compute()
    assert _answers(page)["due"].startswith("2027-02-02")
    assert "暂定" not in page.complaint.text()


def test_lines_are_plain_fields_that_take_any_spelling(page: CalculatorPage) -> None:
    form = page.choose("cn.mark_validity")
    line = form.editors["registration_date"]
    assert isinstance(line, QLineEdit)
    for text in ("2016年2月29日", "20160229", "2016.2.29", "2016/2/29"):
        line.setText(text)
        page.compute()
        assert _answers(page)["valid_to"].startswith("2026-02-28")
