"""Enterprises: renamed with their former name, marked when what is known of them is old."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLineEdit

from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise, FormerName
from brandpool.services import history, records
from brandpool.ui.enterprise_form import EnterpriseForm, RenameBox
from brandpool.ui.enterprises_page import EnterprisesPage
from brandpool.ui.main_window import MainWindow
from tests.ui.conftest import Settle

OLD, NEW = "宁波第00机械有限公司", "宁波新名机械有限公司"


@pytest.fixture
def page(window: MainWindow, forty: list[str], settle: Settle) -> Iterator[EnterprisesPage]:
    page = window.visit("enterprises")
    assert isinstance(page, EnterprisesPage)
    page.open(forty[0])
    settle()
    yield page
    settle()


def retype_name(page: EnterprisesPage, settle: Settle) -> EnterpriseForm:
    page.card.edit()
    [form] = page.card.findChildren(EnterpriseForm)
    settle()
    editor = form.lines["name"].editor
    assert isinstance(editor, QLineEdit)
    editor.setText(NEW)
    return form


def answering(monkeypatch: pytest.MonkeyPatch, *, renamed: bool, accept: bool = True) -> None:
    def answer(box: RenameBox) -> int:
        box.renamed.setChecked(renamed)
        box.corrected.setChecked(not renamed)
        box.until.setDate(QDate(2026, 3, 31))
        return int(accept)

    monkeypatch.setattr(RenameBox, "exec", answer)


def former(pool: Pool, enterprise: str) -> list[tuple[object, object]]:
    with pool.read() as session:
        rows = records.of_enterprise(session, FormerName, enterprise)
    return [(row["name"], row["until"]) for row in rows]


def test_a_renaming_keeps_the_former_name_until_its_day(
    page: EnterprisesPage,
    pool: Pool,
    forty: list[str],
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answering(monkeypatch, renamed=True)
    form = retype_name(page, settle)
    street = form.lines["street"].editor
    assert isinstance(street, QLineEdit)
    street.setText("东郊")
    form.save()
    settle()
    assert former(pool, forty[0]) == [(OLD, date(2026, 3, 31))]
    with pool.read() as session:
        row = records.get(session, Enterprise, forty[0])
        assert (row["name"], row["street"]) == (NEW, "东郊")
        assert history.steps(session)[0].why == f"企业更名：“{OLD}”→“{NEW}”"
        assert history.flags(session) == []
    assert f"曾用名：{OLD}" in page.card.under.text()


def test_a_mistake_put_right_leaves_no_former_name(
    page: EnterprisesPage,
    pool: Pool,
    forty: list[str],
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answering(monkeypatch, renamed=False)
    retype_name(page, settle).save()
    settle()
    assert former(pool, forty[0]) == []
    assert page.card.title.text() == NEW


def test_going_on_filling_in_saves_nothing(
    page: EnterprisesPage,
    pool: Pool,
    forty: list[str],
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
    said: list[str],
) -> None:
    answering(monkeypatch, renamed=True, accept=False)
    form = retype_name(page, settle)
    form.save()
    settle()
    assert form.isVisible()
    with pool.read() as session:
        assert records.get(session, Enterprise, forty[0])["name"] == OLD
    form.reject()


def test_the_box_takes_a_day_only_for_a_renaming(page: EnterprisesPage) -> None:
    box = RenameBox(OLD, NEW, page)
    assert box.until.isEnabled()
    box.corrected.setChecked(True)
    assert not box.until.isEnabled()


def test_information_older_than_twelve_months_is_marked_and_filtered(
    page: EnterprisesPage, pool: Pool, forty: list[str], settle: Settle
) -> None:
    today = date.today()
    with pool.write("来源日期", who="王敏") as session:
        records.edit(session, Enterprise, forty[0], {"source_date": today - timedelta(400)})
        records.edit(session, Enterprise, forty[1], {"source_date": today - timedelta(300)})
    page.show_list()
    settle()
    page.old.click()
    settle()
    model = page.table.model
    assert model.ids == [forty[0]]
    column = [field.name for field in model.columns].index("source_date")
    index = model.index(0, column)
    assert index.data(Qt.ItemDataRole.ForegroundRole) is not None
    assert "已超过12个月" in index.data(Qt.ItemDataRole.ToolTipRole)
    page.table.clear_filters()
    settle()
    assert model.index(1, column).data(Qt.ItemDataRole.ForegroundRole) is None


@pytest.mark.parametrize("renamed", [True, False])
def test_a_name_typed_over_in_the_list_asks_whether_it_is_a_renaming(
    page: EnterprisesPage,
    pool: Pool,
    forty: list[str],
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
    renamed: bool,
) -> None:
    answering(monkeypatch, renamed=renamed)
    page.show_list()
    settle()
    model = page.table.model
    column = [field.name for field in model.columns].index("name")
    model.setData(model.index(model.ids.index(forty[0]), column), NEW)
    settle()
    assert former(pool, forty[0]) == ([(OLD, date(2026, 3, 31))] if renamed else [])
    with pool.read() as session:
        assert records.get(session, Enterprise, forty[0])["name"] == NEW


def test_a_renaming_in_the_list_that_is_not_meant_changes_nothing(
    page: EnterprisesPage,
    pool: Pool,
    forty: list[str],
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answering(monkeypatch, renamed=True, accept=False)
    page.show_list()
    settle()
    model = page.table.model
    column = [field.name for field in model.columns].index("name")
    index = model.index(model.ids.index(forty[0]), column)
    model.setData(index, NEW)
    settle()
    assert index.data() == OLD
    with pool.read() as session:
        assert records.get(session, Enterprise, forty[0])["name"] == OLD
