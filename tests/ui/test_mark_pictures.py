"""The marks page shows small pictures in its list, and pairs of pictures that look alike."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPixmap

from brandpool.db import journal
from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise
from brandpool.models.renewal import MarkImage
from brandpool.models.trademark import Trademark
from brandpool.ui.main_window import MainWindow
from brandpool.ui.marks_page import MarksPage
from tests.services.test_picture_likeness import drawn
from tests.ui.conftest import Settle


@pytest.fixture
def marks(pool: Pool, enterprise: str) -> list[str]:
    """The same arrow twice, at two enterprises; steps; and a mark without a picture."""
    files = Attachments(pool.path)
    found = []
    with pool.write("商标", who="甲") as session:
        [rival] = journal.insert(session, Enterprise, [{"name": "乙公司"}])
        for owner, number, content in (
            (enterprise, "1", drawn("arrow")),
            (rival, "2", drawn("arrow", size=200, margin=30)),
            (rival, "3", drawn("steps")),
            (rival, "4", b""),
        ):
            [mark] = journal.insert(
                session, Trademark,
                [{"enterprise_id": owner, "reg_no": number, "nice_class": 7, "name": number}],
            )  # fmt: skip
            found.append(mark)
            if content:
                digest = files.put(content)
                values = {"trademark_id": mark, "content_hash": digest, "file_name": "图"}
                journal.insert(session, MarkImage, [values])
    return found


@pytest.fixture
def page(marks: list[str], window: MainWindow, settle: Settle) -> MarksPage:
    found = window.visit("marks")
    assert isinstance(found, MarksPage)
    settle()
    return found


def picture(page: MarksPage, mark: str) -> QPixmap | None:
    model = page.table.model
    names = [field.name for field in model.columns]
    cell: QModelIndex = model.index(model.ids.index(mark), names.index("name"))
    told: QPixmap | None = model.data(cell, Qt.ItemDataRole.DecorationRole)
    return told


def test_the_list_shows_a_small_picture_once_it_was_read(
    page: MarksPage, marks: list[str], settle: Settle
) -> None:
    for mark in marks:
        picture(page, mark)
    page.thumbs._later.setInterval(0)
    settle()
    while page.thumbs._later.isActive():
        settle()
    settle()
    shown = [picture(page, mark) for mark in marks]
    assert [one is not None for one in shown] == [True, True, True, False]
    first = shown[0]
    assert first is not None
    assert 0 < first.height() <= 24


def test_pictures_alike_are_listed_in_pairs_and_shown_side_by_side(
    page: MarksPage, marks: list[str], settle: Settle
) -> None:
    page.tabs.setCurrentWidget(page.alike)
    page.alike.start.click()
    settle()
    settle()
    [line] = page.alike.pairs.rows.shown
    assert {line.texts[2], line.texts[4]} == {"宁波朝阳机械有限公司", "乙公司"}
    assert "3 幅图样，1 对相近" in page.alike.words.text()
    assert all(not side.pixmap().isNull() for side in page.alike.sides)
    page.alike.opens[1].click()
    settle()
    assert page.stack.currentWidget() is page.card


def test_without_pictures_the_tab_says_so(window: MainWindow, pool: Pool, settle: Settle) -> None:
    page = window.visit("marks")
    settle()
    assert isinstance(page, MarksPage)
    page.alike.look()
    settle()
    assert "还没有商标图样" in page.alike.words.text()
