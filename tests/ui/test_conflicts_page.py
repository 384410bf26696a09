"""Five conflicts of two laptops' packs, and others, settled with keys on real widgets."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise
from brandpool.services import conflicts, history, records
from brandpool.services.check import check
from brandpool.ui.conflicts_page import ConflictsPage
from brandpool.ui.main_window import MainWindow
from tests.exchange.pack_parts import (
    Station,
    homeward,
    merged,
    prepare,
    read,
    taken_out,
    write,
)

Settle = Callable[[], None]


OFFICE_DAY, FIELD_DAY = date(2001, 3, 1), date(2002, 3, 1)
ASKED = ("street", "industry", "established", "contact", "business_address")


@pytest.fixture(scope="module")
def office(empty_pool: Path, tmp_path_factory: pytest.TempPathFactory) -> Station:
    """An office to which two laptops came home with five values others had written over."""
    folder = tmp_path_factory.mktemp("office")
    prepared = prepare(empty_pool, tmp_path_factory.mktemp("prepared"))
    office = prepared.office(folder)
    first, one = office.first, prepared.laptop(folder)
    two = taken_out(office, folder / "two.brandpool", personal=True)
    write(office.pool, first, "甲", street="新明街道", industry="通用设备", established=OFFICE_DAY)
    write(one, first, "乙", street="梅墟街道", industry="专用设备", established=FIELD_DAY)
    write(one, first, "乙", contact="王敏")
    write(two, first, "丙", contact="李强", business_address="光华路 1 号")
    write(office.pool, first, "甲", business_address="光华路 2 号")
    for name, laptop in (("one", one), ("two", two)):
        merged(office.pool, homeward(laptop, folder / f"{name}-home.brandpack", office))
    one.close()
    two.close()
    office.pool.close()
    return office


@pytest.fixture
def pool(office: Station, tmp_path: Path) -> Iterator[Pool]:
    """The office's pool, copied for the test."""
    path = tmp_path / "station.brandpool"
    shutil.copy(office.pool.path, path)
    shutil.copytree(f"{office.pool.path}.files", f"{path}.files")
    pool = Pool.open(path)
    yield pool
    pool.close()


@pytest.fixture
def laptop(office: Station, tmp_path: Path) -> Iterator[Pool]:
    """The second laptop, copied for the test."""
    pool = Pool.open(Path(shutil.copy(office.pool.path.parent / "two.brandpool", tmp_path)))
    yield pool
    pool.close()


@pytest.fixture
def first(office: Station) -> str:
    return office.first


def press(window: MainWindow, *keys: Qt.Key) -> None:
    """Press keys where the focus is."""
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        assert window.isAncestorOf(focus)
        QTest.keyClick(focus, key)


@pytest.fixture
def page(window: MainWindow, settle: Settle, qtbot: QtBot) -> ConflictsPage:
    window.activateWindow()
    qtbot.waitActive(window)
    page = window.visit("conflicts")
    settle()
    assert isinstance(page, ConflictsPage)
    return page


def lines(page: ConflictsPage) -> dict[str, tuple[str, ...]]:
    return {line.texts[1]: line.texts[2:] for line in page.table.rows.shown}


def test_base_office_and_field_stand_side_by_side_with_who_and_when(page: ConflictsPage) -> None:
    found = lines(page)
    assert set(found) == {"所属街道", "所属行业", "成立日期", "联系人", "经营地址"}
    base, office, came, own = found["所属街道"]
    assert base.startswith("梅墟（甲 ")
    assert "新明街道（甲 " in office
    assert "梅墟街道（乙 " in came
    assert sorted((office[0], came[0], own[0])) == ["○", "○", "●"]
    assert page.count.text() == "待裁定 5 件"


def test_five_conflicts_are_settled_by_keys_alone(
    page: ConflictsPage, pool: Pool, first: str, window: MainWindow, settle: Settle
) -> None:
    order = [line.texts[1] for line in page.table.rows.shown]
    moves = {
        "所属街道": (Qt.Key.Key_2,),
        "所属行业": (Qt.Key.Key_1,),
        "成立日期": (Qt.Key.Key_3,),
        "联系人": (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right),
        "经营地址": (Qt.Key.Key_Left, Qt.Key.Key_Left),
    }
    for subject in order:
        assert page.table.chosen() is page.table.rows.shown[0].row
        press(window, *moves[subject])
        if subject == "成立日期":
            focus = QApplication.focusWidget()
            assert isinstance(focus, QLineEdit)
            focus.clear()
            QTest.keyClicks(focus, "2003-03-01")
        press(window, Qt.Key.Key_Return)
    settle()
    row = read(pool, first)
    assert [row[name] for name in ASKED] == [
        "梅墟街道", "通用设备", date(2003, 3, 1), "李强", "光华路 2 号"
    ]  # fmt: skip
    assert page.empty.isVisible()
    with pool.read() as session:
        assert conflicts.conflicts(session) == []
        assert check(session) == []
        past = {row.new for row in history.of_record(session, "enterprise", first)}
    assert {"新明街道", "专用设备", OFFICE_DAY, FIELD_DAY, "王敏", "光华路 1 号"} <= past


def test_ctrl_z_takes_the_last_decision_back_and_stands_on_it(
    page: ConflictsPage, pool: Pool, window: MainWindow, settle: Settle
) -> None:
    press(window, Qt.Key.Key_Down)
    subject = page.table.rows.shown[1].texts[1]
    press(window, Qt.Key.Key_1, Qt.Key.Key_Return)
    settle()
    assert len(lines(page)) == 4
    assert "留在历史里" in page.told.text()
    focus = QApplication.focusWidget()
    assert focus is page.table
    QTest.keyClick(focus, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert len(lines(page)) == 5
    standing = page.table.chosen()
    assert standing is not None
    assert page.table.rows.shown[page.table.currentIndex().row()].texts[1] == subject


def test_the_history_of_the_field_shows_every_value(page: ConflictsPage) -> None:
    place = [line.texts[1] for line in page.table.rows.shown].index("所属街道")
    page.table.selectRow(place)
    assert [line.texts[3] for line in page.past.rows.shown] == ["梅墟街道", "新明街道", "梅墟"]
    assert [line.texts[1] for line in page.past.rows.shown] == ["乙", "甲", "甲"]


def test_escape_leaves_the_typed_value_and_what_is_wrong_is_said(
    page: ConflictsPage, window: MainWindow
) -> None:
    place = [line.texts[1] for line in page.table.rows.shown].index("成立日期")
    page.table.selectRow(place)
    press(window, Qt.Key.Key_3)
    assert page.line is not None
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    focus.setText("某年某月")
    press(window, Qt.Key.Key_Return)
    assert page.line.remark.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert page.line is None
    assert QApplication.focusWidget() is page.table
    assert len(lines(page)) == 5


def test_a_deletion_that_met_an_edit_has_two_ways(
    office: Station, laptop: Pool, tmp_path: Path, pool: Pool, window: MainWindow,
    page: ConflictsPage, settle: Settle,
) -> None:  # fmt: skip
    contact = _contact(laptop)
    with laptop.write("删除联系人", who="丁") as session:
        records.remove(session, contact[0], [contact[1]])
    with pool.write("改电话", who="甲") as session:
        records.edit(session, contact[0], contact[1], {"position": "厂长"})
    merged(pool, homeward(laptop, tmp_path / "three-home.brandpack", office))
    settle()
    place = [line.texts[1] for line in page.table.rows.shown].index("有人修改、有人删除")
    page.table.selectRow(place)
    page.table.setFocus()
    assert "丁" in page.table.rows.shown[place].texts[4]
    press(window, Qt.Key.Key_3)
    assert page.line is None
    press(window, Qt.Key.Key_2, Qt.Key.Key_Return)
    settle()
    with pool.read() as session:
        assert records.find(session, contact[0]) == []


def _contact(pool: Pool) -> tuple[type, str]:
    from brandpool.models.enterprise import Contact

    with pool.read() as session:
        [one] = records.find(session, Contact)
    return Contact, one


def test_a_number_that_two_bear_opens_the_record_or_makes_them_one(
    page: ConflictsPage, pool: Pool, first: str, window: MainWindow, settle: Settle
) -> None:
    with pool.write("新增", who="乙") as session:
        twin = records.add(session, Enterprise, {"name": "宁波朝阳机械有限责任公司"})
    with pool.write("代码", who="乙") as session:
        code = records.get(session, Enterprise, first)["credit_code"]
        records.edit(session, Enterprise, twin, {"credit_code": code})
    settle()
    place = [line.texts[1] for line in page.table.rows.shown].index("编号与另一条相同")
    page.table.selectRow(place)
    page.table.setFocus()
    assert "并入" in page.table.rows.shown[place].texts[3]
    press(window, Qt.Key.Key_1, Qt.Key.Key_Return)
    settle()
    with pool.read() as session:
        assert records.count(session, Enterprise) == 2
        assert history.steps(session)[0].source == "merge"
