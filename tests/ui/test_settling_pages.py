"""Conflicts and duplicates, settled with keys and buttons on a real pool."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from brandpool.db.pool import Pool
from brandpool.models.enterprise import Contact, Enterprise
from brandpool.services import history, records
from brandpool.services.check import content_hash
from brandpool.ui.conflicts_page import ConflictsPage
from brandpool.ui.duplicates_page import DuplicatesPage
from brandpool.ui.main_window import MainWindow

Settle = Callable[[], None]


@pytest.fixture
def disputed(pool: Pool, enterprise: str) -> str:
    with pool.read() as session:
        seen = records.get(session, Enterprise, enterprise).ver
    for who, values in (
        ("甲", {"street": "梅墟", "contact": "王"}),
        ("乙", {"street": "新明", "contact": "李"}),
    ):
        with pool.write("修改", who=who) as session:
            records.edit(session, Enterprise, enterprise, values, seen)
    return enterprise


@pytest.fixture
def twin(pool: Pool, enterprise: str) -> str:
    """The same enterprise under a longer spelling, with a contact of its own."""
    with pool.write("新增", who="乙") as session:
        record = records.add(
            session, Enterprise, {"name": "宁波市朝阳机械有限责任公司", "street": "新明"}
        )
        records.add(session, Contact, {"enterprise_id": record, "name": "王芳"})
    return record


def test_conflicts_are_settled_without_the_mouse(
    pool: Pool, disputed: str, window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    page = window.visit("conflicts")
    settle()
    assert isinstance(page, ConflictsPage)
    shown = [line.texts for line in page.table.rows.shown]
    assert [(t[2], t[3].split("　")[0], t[4].split("　")[0]) for t in shown] == [
        ("联系人", "李", "王"), ("所属街道", "新明", "梅墟")
    ]  # fmt: skip
    assert "乙" in shown[1][3]
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.second.text() == "2　改用“梅墟”"
    qtbot.keyClick(page.table, Qt.Key.Key_2)
    settle()
    qtbot.keyClick(page.table, Qt.Key.Key_1)
    settle()
    with pool.read() as session:
        row = records.get(session, Enterprise, disputed)
        assert history.flags(session) == []
        assert history.steps(session)[0].who == "王敏"
    assert (row["street"], row["contact"]) == ("梅墟", "李")
    assert page.empty.isVisible()


def test_a_number_that_two_bear_opens_the_record_to_correct_it(
    pool: Pool, enterprise: str, twin: str, window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    with pool.write("代码", who="乙") as session:
        code = records.get(session, Enterprise, enterprise)["credit_code"]
        records.edit(session, Enterprise, twin, {"credit_code": code})
    page = window.visit("conflicts")
    settle()
    assert isinstance(page, ConflictsPage)
    assert page.first.text().startswith("1　并入")
    qtbot.keyClick(page.table, Qt.Key.Key_1)
    settle()
    with pool.read() as session:
        assert records.count(session, Enterprise) == 1
        assert history.steps(session)[0].source == "merge"


def test_duplicates_are_compared_merged_and_taken_apart(
    pool: Pool, enterprise: str, twin: str, window: MainWindow, settle: Settle
) -> None:
    with pool.read() as session:
        before = content_hash(session)
    page = window.visit("duplicates")
    settle()
    assert isinstance(page, DuplicatesPage)
    [pair] = [line.texts for line in page.pairs.rows.shown]
    assert pair[0] == "名称相同"
    fields = {line.texts[0]: line.texts[1:] for line in page.fields.rows.shown}
    assert set(fields["所属街道"]) == {"", "新明"}
    keep_first = pair[1] == "宁波朝阳机械有限公司"
    (page.left_button if keep_first else page.right_button).click()
    settle()
    with pool.read() as session:
        assert records.find(session, Enterprise) == [enterprise]
        assert records.get(session, Enterprise, enterprise)["street"] == "新明"
        assert len(records.of_enterprise(session, Contact, enterprise)) == 1
    assert page.pairs.rows.shown == []
    page.merges.selectRow(0)
    page.apart_button.click()
    settle()
    with pool.read() as session:
        assert content_hash(session) == before
    assert len(page.pairs.rows.shown) == 1
