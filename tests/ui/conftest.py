"""A real window on a real pool, with settings of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from brandpool import i18n
from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise
from brandpool.settings import Settings
from brandpool.ui import style
from brandpool.ui.doors import Doors
from brandpool.ui.main_window import MainWindow
from brandpool.ui.page import Shell
from brandpool.ui.work import Work

Settle = Callable[[], None]

STREETS = ("梅墟", "新明", "聚贤", None)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["BrandPool"]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, logs and the sample pool of a test stay in its own folder."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Every test starts in Chinese."""
    i18n.use("zh")
    yield
    i18n.use("zh")


@pytest.fixture(autouse=True)
def no_box_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message box that no test expected fails the test instead of waiting for a click."""

    def unexpected(*told: object) -> None:
        raise AssertionError(f"unexpected message box: {told[1:]}")

    for name in ("warning", "critical", "information", "question"):
        monkeypatch.setattr(QMessageBox, name, unexpected)


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """The application with the program's font and palette, and no key held down.

    Qt keeps the Ctrl of the last `keyClick`; the next test's `selectRow` would toggle with it.
    """
    if qapp.style().name() != "fusion":
        style.dress(qapp)
    QTest.keyRelease(QWidget(), Qt.Key.Key_Control)
    assert qapp.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
    return qapp


@pytest.fixture
def forty(pool: Pool) -> list[str]:
    """Forty enterprises in the pool, in the order of their names."""
    rows = [
        {"name": f"宁波第{n:02d}机械有限公司", "street": STREETS[n % 4], "contact": "周敏"}
        for n in range(40)
    ]
    with pool.write("导入 名单.xlsx", who="王敏", source="import") as session:
        return journal.insert(session, Enterprise, rows)


@pytest.fixture
def work(pool: Pool, dressed: QApplication, qtbot: QtBot) -> Iterator[Work]:
    """The runner on the test's pool."""
    work = Work(pool, lambda: "王敏")
    yield work
    work.close()


@pytest.fixture
def settle(work: Work, qtbot: QtBot) -> Settle:
    """Waits until nothing is under way any more."""

    def wait() -> None:
        for _round in range(3):
            qtbot.waitUntil(lambda: work.idle, timeout=5000)
            QApplication.processEvents()
        qtbot.waitUntil(lambda: work.idle, timeout=5000)

    return wait


@pytest.fixture
def window(work: Work, qtbot: QtBot, settle: Settle) -> Iterator[MainWindow]:
    """The main window, shown, at the size of the smallest office screen."""
    doors = Doors(lambda _path: None, lambda _path: None, lambda: None, lambda _lang: None)
    window = MainWindow(Settings(clerk="王敏"), doors, work)
    window.resize(1366, 768)
    window.show()
    settle()
    yield window
    settle()
    window.close()
    window.deleteLater()


@pytest.fixture
def shell(window: MainWindow) -> Shell:
    """What the window offers its pages."""
    return window.shell


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collects what message boxes say, and lets them do what they ask."""
    texts: list[str] = []

    def say(_parent: object, _title: str, text: str) -> None:
        texts.append(text)

    def run(box: QMessageBox) -> int:
        texts.append(box.text())
        roles = QMessageBox.ButtonRole
        does_it = (roles.DestructiveRole, roles.AcceptRole, roles.YesRole)
        button = next((b for b in box.buttons() if box.buttonRole(b) in does_it), None)
        if button is not None:
            button.click()
        return 0

    monkeypatch.setattr(QMessageBox, "warning", say)
    monkeypatch.setattr(QMessageBox, "exec", run)
    return texts
