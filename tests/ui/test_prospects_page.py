"""Prospects as a clerk looks into them: hurdles, another threshold, the way to a target."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate

from brandpool.db.pool import Pool
from brandpool.services import check, tiers
from brandpool.ui.enterprises_page import EnterprisesPage
from brandpool.ui.main_window import MainWindow
from brandpool.ui.prospects_page import ProspectsPage
from tests.services import ladders
from tests.ui.conftest import Settle

OLD = date(2020, 1, 1)


@pytest.fixture
def ids(pool: Pool) -> list[str]:
    """On the first tier: ready; without officer; too young and without officer."""
    rows = [
        {"established": OLD, "brand_officer": "王芳"},
        {"established": OLD},
        {"established": date.today() - timedelta(days=90)},
    ]
    with pool.write("准备", who="测试员") as session:
        ladders.save(session)
        found = ladders.enterprises(session, rows)
        since = date.today() - timedelta(days=60)
        orders = [ladders.order(e, "one", since) for e in found]
        tiers.move(session, orders, date.today())
    return found


@pytest.fixture
def page(ids: list[str], window: MainWindow, settle: Settle) -> ProspectsPage:
    found = window.visit("prospects")
    assert isinstance(found, ProspectsPage)
    settle()
    return found


def test_the_worst_hurdle_opens_exactly_whom_it_keeps(
    page: ProspectsPage, ids: list[str], window: MainWindow, settle: Settle
) -> None:
    table = page.hurdles.table
    assert table.rows.shown[0].texts[1:] == ("有品牌负责人", "2", "0", "1")
    page.hurdles.open_all.click()
    settle()
    shown = window.visit("enterprises")
    assert isinstance(shown, EnterprisesPage)
    assert set(shown.table.model.ids) == {ids[1], ids[2]}


def test_a_hurdle_leads_to_its_trial_and_a_lower_threshold_lets_more_pass(
    page: ProspectsPage, settle: Settle, pool: Pool
) -> None:
    with pool.read() as session:
        before = check.content_hash(session)
    page.hurdles.table.selectRow(1)
    assert page.hurdles.trying.isEnabled()
    page.hurdles.trying.click()
    assert page.tabs.currentWidget() is page.trial
    page.trial.thresholds.setText("0，2，7")
    page.trial._try()
    settle()
    assert [row.texts[:2] for row in page.trial.table.rows.shown] == [
        ("0", "1"), ("2", "1"), ("7", "0"),
    ]  # fmt: skip
    with pool.read() as session:
        assert check.content_hash(session) == before


def test_thresholds_that_are_no_numbers_are_told(page: ProspectsPage, settle: Settle) -> None:
    page.trial.thresholds.setText("很多")
    page.trial._try()
    settle()
    assert "门槛请填数" in page.trial.words.text()


def test_the_plan_names_whom_to_visit_and_why_others_cannot_be_counted_on(
    page: ProspectsPage, settle: Settle
) -> None:
    reach = page.reach
    reach.goal.setCurrentIndex(reach.goal.findData("two"))
    reach.need.setValue(3)
    reach.until.setDate(QDate.currentDate().addDays(60))
    reach.plan_button.click()
    settle()
    rows = [row.texts for row in reach.table.rows.shown]
    assert [row[0] for row in rows] == ["现在即可", "1"]
    assert "品牌负责人" in rows[1][4]
    assert "可增加 2（目标 3）" in reach.words.text()
    assert "达不到目标" in reach.words.text()
    (kept,) = reach.excluded.rows.shown
    assert "到期时仍未满" in kept.texts[1]


def test_a_day_that_is_past_is_refused(page: ProspectsPage) -> None:
    page.reach.until.setDate(QDate.currentDate())
    page.reach.plan()
    assert "晚于今天" in page.reach.words.text()
