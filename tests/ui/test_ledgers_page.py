"""The ledgers page: themes, a search by pinyin, numbers of a day with the rows behind them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from brandpool.db.pool import Pool
from brandpool.models.certificate import IpCertificate
from brandpool.models.honour import Honour
from brandpool.models.kinds import ledgers
from brandpool.models.patent import PatentYear
from brandpool.models.pledge import Pledge
from brandpool.services import records
from brandpool.services.counted import Counted
from brandpool.services.ledger_headlines import HEADLINES
from brandpool.ui.ledger_summary import shown
from brandpool.ui.ledger_themes import themed
from brandpool.ui.ledgers_page import LedgersPage
from brandpool.ui.main_window import MainWindow
from brandpool.ui.rows_door import RowsDialog

Settle = Callable[[], None]
YEAR = date.today().year


@pytest.fixture
def page(window: MainWindow, settle: Settle) -> LedgersPage:
    found = window.visit("ledgers")
    assert isinstance(found, LedgersPage)
    settle()
    return found


def _pledge(pool: Pool, owner: str, number: str, on: date) -> str:
    values = {
        "enterprise_id": owner, "pledgee": "宁波银行", "package": "patent",
        "registration_no": number, "recorded_on": on, "amount": Decimal(120_000_000),
    }  # fmt: skip
    with pool.write("质押", who="王敏") as session:
        return records.add(session, Pledge, values)


def _button(page: LedgersPage, start: str) -> QPushButton:
    return next(b for b in page.summary.buttons if b.text().startswith(start))


def test_every_ledger_stands_under_one_theme_and_none_is_left_over() -> None:
    groups = themed(ledgers())
    stood = [model for _name, models in groups for model in models]
    assert sorted(m.kind() for m in stood) == sorted(m.kind() for m in ledgers())
    assert [models for name, models in groups if name == "其他"] == []


def test_every_number_belongs_to_a_ledger() -> None:
    assert set(HEADLINES) <= {model.kind() for model in ledgers()}


def test_numbers_of_an_empty_pool_say_nought_and_not_known(pool: Pool) -> None:
    with pool.read() as session:
        told = {
            kind: [shown(one.counted) for one in of_kind(session, date.today())]
            for kind, of_kind in HEADLINES.items()
        }
    assert told["pledge"] == ["0元", "0 笔", "0元"]
    assert told["ip_certificate"][:2] == ["0 家", "—"]


@pytest.mark.parametrize("typed", ["质押", "zscqzy", "zhiya"])
def test_a_ledger_is_found_by_name_and_by_pinyin(
    page: LedgersPage, settle: Settle, typed: str
) -> None:
    page.list.search.setText(typed)
    assert not page.list.items[Pledge].isHidden()
    assert page.list.items[IpCertificate].isHidden()


def test_the_arrow_down_leads_from_the_search_to_the_first_ledger(
    page: LedgersPage, settle: Settle
) -> None:
    QTest.keyClicks(page.list.search, "gbzs")
    QTest.keyClick(page.list.search, Qt.Key.Key_Down)
    settle()
    assert page.stack.currentWidget() is page.table(IpCertificate)


def test_the_list_tells_how_many_records_each_ledger_has(
    page: LedgersPage, pool: Pool, enterprise: str, settle: Settle
) -> None:
    _pledge(pool, enterprise, "Y1", date(YEAR, 1, 2))
    settle()
    assert page.list.items[Pledge].text(1) == "1"
    assert page.list.items[IpCertificate].text(1) == ""


def test_a_click_on_a_number_shows_exactly_its_rows(
    page: LedgersPage, pool: Pool, enterprise: str, settle: Settle
) -> None:
    this_year = _pledge(pool, enterprise, "Y1", date(YEAR, 1, 2))
    _pledge(pool, enterprise, "Y0", date(YEAR - 1, 3, 4))
    page.list.choose(Pledge)
    settle()
    button = _button(page, "本年登记")
    assert button.text() == "本年登记 1.2亿元"
    assert "债权额之和" in button.toolTip()
    button.click()
    settle()
    assert page.table(Pledge).model.ids == [this_year]


def test_the_numbers_are_those_of_the_chosen_day(
    page: LedgersPage, pool: Pool, enterprise: str, settle: Settle
) -> None:
    _pledge(pool, enterprise, "Y1", date(YEAR, 1, 2))
    _pledge(pool, enterprise, "Y0", date(YEAR - 1, 3, 4))
    page.list.choose(Pledge)
    page.day.setDate(QDate(YEAR - 1, 12, 31))
    settle()
    assert _button(page, "在押 ").text() == "在押 1 笔"
    page.day.setDate(QDate(YEAR - 2, 12, 31))
    settle()
    assert _button(page, "在押 ").text() == "在押 0 笔"
    assert not _button(page, "在押 ").isEnabled()


def test_what_is_unknown_stands_beside_the_number_and_opens_too(
    page: LedgersPage, pool: Pool, enterprise: str, settle: Settle, window: MainWindow
) -> None:
    report = {
        "enterprise_id": enterprise, "year": YEAR - 1, "above_scale": True,
        "source": "月报", "as_of": date(YEAR - 1, 12, 31),
    }  # fmt: skip
    with pool.write("统计", who="王敏") as session:
        unknown = records.add(session, PatentYear, report)
    page.list.choose(PatentYear)
    settle()
    _button(page, "待查").click()
    settle()
    assert page.table(PatentYear).model.ids == [unknown]


def test_rows_of_another_kind_open_where_they_are_at_home(
    page: LedgersPage, pool: Pool, enterprise: str, settle: Settle, window: MainWindow
) -> None:
    title = {"enterprise_id": enterprise, "honour": "little_giant", "granted": date(2024, 1, 1)}
    with pool.write("小巨人", who="王敏") as session:
        giant = records.add(session, Honour, title)
    page.list.choose(IpCertificate)
    settle()
    assert _button(page, "小巨人覆盖率").text() == "小巨人覆盖率 0%"
    _button(page, "小巨人未贯标").click()
    settle()
    assert page.stack.currentWidget() is page.table(Honour)
    assert page.table(Honour).model.ids == [giant]
    assert window.findChildren(RowsDialog) == []


@pytest.mark.parametrize(
    ("total", "unit", "text"),
    [
        (Decimal(120_000_000), "元", "1.2亿元"),
        (8, "笔", "8 笔"),
        (Decimal("66.7"), "%", "66.7%"),
        (None, "%", "—"),
    ],
)
def test_numbers_are_written_as_people_say_them(
    total: int | Decimal | None, unit: str, text: str
) -> None:
    assert shown(Counted(total, unit, (), "")) == text
