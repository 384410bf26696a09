"""A process of its own that writes a visit in the real editor, for a test that kills it.

Usage: visit_writer.py POOL ENTERPRISE. Prints, after every key, how many signs stand in the editor
and the moment on the clock.
"""

import sys
import time
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from brandpool.db.pool import Pool
from brandpool.settings import Settings
from brandpool.ui import style
from brandpool.ui.doors import Doors
from brandpool.ui.main_window import MainWindow
from brandpool.ui.visits_page import VisitsPage
from brandpool.ui.work import Work

LETTERS = "abcdefghij"


def main(pool: str, enterprise: str) -> None:
    """Type until somebody ends it."""
    app = QApplication([])
    style.dress(app)
    work = Work(Pool.open(Path(pool)), lambda: "王敏")
    doors = Doors(lambda _path: None, lambda _path: None, lambda: None, lambda _lang: None)
    window = MainWindow(Settings(clerk="王敏"), doors, work)
    window.show()
    page = window.visit("visits")
    assert isinstance(page, VisitsPage)
    page.write(enterprise)
    while page.editor is None or not work.idle:
        QTest.qWait(10)
    note = page.editor.lines["guidance"].editor
    number = 0
    while True:
        QTest.keyClicks(note, LETTERS[number % 10])
        number += 1
        sys.stdout.write(f"{number} {time.time()}\n")
        sys.stdout.flush()
        QTest.qWait(15)


if __name__ == "__main__":
    main(*sys.argv[1:])
