"""Subsidies as a clerk works with them: the policy weighs a claim while it is filled in."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.credit import CreditListing
from brandpool.models.subsidy import SubsidyClaim, SubsidyItem
from brandpool.rules.reference import shipped
from brandpool.services import records
from brandpool.ui.card_section import CardSection
from brandpool.ui.claim_form import ClaimForm
from brandpool.ui.main_window import MainWindow
from brandpool.ui.subsidies_page import SubsidiesPage
from tests.ui.conftest import Settle

TODAY = date.today()


@pytest.fixture
def item(pool: Pool) -> str:
    """2,000 for each party, at most 5,000, with one document."""
    values: dict[str, Any] = {
        "title": "马德里资助", "area": "abroad", "basis": "parties", "amount": Decimal(2000),
        "cap": Decimal(5000), "least_parties": 2, "starts": TODAY - timedelta(days=300),
        "documents": "注册证", "document_no": "示例1号",
    }  # fmt: skip
    with pool.write("政策", who="王敏") as session:
        return journal.insert(session, SubsidyItem, [values])[0]


@pytest.fixture
def page(item: str, window: MainWindow, settle: Settle) -> SubsidiesPage:
    found = window.visit("subsidies")
    assert isinstance(found, SubsidiesPage)
    settle()
    return found


def filled(page: SubsidiesPage, enterprise: str, item: str, settle: Settle) -> ClaimForm:
    """A claim for three parties, its document not yet handed in."""
    form = ClaimForm(page.shell, parent=page)
    form.show()
    settle()
    form.lines["enterprise_id"].put(enterprise, "朝阳")
    form.lines["item_id"].put(item, "马德里资助")
    form.lines["subject"].put("G1274024")
    form.lines["event_on"].put(TODAY - timedelta(days=10))
    form.lines["parties"].put(3)
    form.weigh()
    settle()
    return form


def test_the_form_says_what_the_policy_gives_and_what_is_missing(
    page: SubsidiesPage, pool: Pool, enterprise: str, item: str, settle: Settle
) -> None:
    form = filled(page, enterprise, item, settle)
    assert "可申领 5,000 元" in form.verdict.text()
    assert "还缺材料：注册证" in form.verdict.text()
    form.save()
    settle()
    with pool.read() as session:
        [record] = records.find(session, SubsidyClaim)
        kept = records.get(session, SubsidyClaim, record)
    assert (kept["amount"], kept["state"]) == (5000, "draft")
    assert page.claims.model.ids == [record]


def test_a_listed_enterprise_is_refused_in_words(
    page: SubsidiesPage, pool: Pool, enterprise: str, item: str, settle: Settle, said: list[str]
) -> None:
    with pool.write("信用", who="王敏") as session:
        journal.insert(session, CreditListing, [
            {"enterprise_id": enterprise, "list_type": "serious", "listed_on": TODAY}
        ])  # fmt: skip
    form = filled(page, enterprise, item, settle)
    assert "不能申领" in form.verdict.text()
    form.save()
    settle()
    assert "严重违法失信名单" in said[0]
    with pool.read() as session:
        assert records.count(session, SubsidyClaim) == 0
    form._touched = False
    form.reject()


def test_claims_that_do_not_stand_are_listed_whatever_way_they_came(
    page: SubsidiesPage, pool: Pool, enterprise: str, item: str, settle: Settle
) -> None:
    assert page.tabs.tabText(1) == "待纠正（0）"
    with pool.write("导入", who="王敏") as session:
        journal.insert(session, SubsidyClaim, [
            {"enterprise_id": enterprise, "item_id": item, "subject": "G1", "event_on": TODAY,
             "parties": 1, "state": "paid", "amount": Decimal(9000), "documents": "注册证"}
        ])  # fmt: skip
    settle()
    assert page.tabs.tabText(1) == "待纠正（1）"
    [line] = [shown.texts for shown in page.faults.rows.shown]
    assert line == ("宁波朝阳机械有限公司", "G1", "指定国家不足 2 个")


def test_a_madrid_bill_stands_against_the_items_for_marks_abroad(
    page: SubsidiesPage, settle: Settle
) -> None:
    page.tabs.setCurrentIndex(3)
    settle()
    assert page.trial.table.rows.shown[0].texts[-1] == "先选择缔约方"
    page.trial.estimate_by(shipped())
    estimate = page.trial.estimate
    assert estimate is not None
    estimate.tick("VN")
    estimate.estimate()
    estimate.accept()
    settle()
    assert page.trial.table.rows.shown[0].texts[-1] == "差 1 个缔约方（至少 2 个）"
    estimate.tick("JP")
    estimate.rate.amount.setText("9")
    estimate.estimate()
    estimate.accept()
    cells = page.trial.table.rows.shown[0].texts
    assert (cells[2], cells[-1]) == ("4,000", "符合")


def test_the_card_of_an_enterprise_enters_claims_through_the_policy_too(
    page: SubsidiesPage, pool: Pool, enterprise: str, item: str, settle: Settle, said: list[str]
) -> None:
    with pool.write("信用", who="王敏") as session:
        journal.insert(session, CreditListing, [
            {"enterprise_id": enterprise, "list_type": "serious", "listed_on": TODAY}
        ])  # fmt: skip
    section = CardSection(page.shell, SubsidyClaim, "enterprise_id")
    section.show_lines(enterprise, [])
    section.add_one()
    settle()
    [form] = section.findChildren(ClaimForm)
    assert form.lines["enterprise_id"].value() == enterprise
    form.lines["item_id"].put(item, "马德里资助")
    form.lines["subject"].put("G1274024")
    form.lines["event_on"].put(TODAY - timedelta(days=10))
    form.lines["parties"].put(3)
    form.save()
    settle()
    assert "严重违法失信" in said[0]
    with pool.read() as session:
        assert records.find(session, SubsidyClaim) == []
    form._touched = False
    form.reject()
