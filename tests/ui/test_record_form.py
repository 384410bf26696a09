"""The form made from a declaration: saved it closes, left it asks, and nothing typed is lost."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from brandpool.models.enterprise import Enterprise
from brandpool.services import records
from brandpool.ui.main_window import MainWindow
from brandpool.ui.widgets.record_form import RecordForm
from tests.ui.conftest import Settle


def opened(window: MainWindow, settle: Settle) -> RecordForm:
    form = RecordForm(window.shell, Enterprise, parent=window)
    form.show()
    settle()
    return form


def test_esc_leaves_an_untouched_form(window: MainWindow, settle: Settle) -> None:
    form = opened(window, settle)
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_esc_asks_before_what_was_typed_is_thrown_away(
    window: MainWindow, settle: Settle, said: list[str]
) -> None:
    form = opened(window, settle)
    QTest.keyClicks(form.lines["name"].editor, "Ningbo One")
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert len(said) == 1
    assert not form.isVisible()


def test_a_saved_form_closes_and_the_record_is_there(window: MainWindow, settle: Settle) -> None:
    form = opened(window, settle)
    QTest.keyClicks(form.lines["name"].editor, "Ningbo One")
    ended: list[int] = []
    form.finished.connect(ended.append)
    form.save()
    settle()
    assert ended == [RecordForm.DialogCode.Accepted]
    with window.shell.work.pool.read() as session:
        [record] = records.find(session, Enterprise)
        assert records.get(session, Enterprise, record)["name"] == "Ningbo One"
