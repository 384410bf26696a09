"""Giving a letter from the card: seen first, then written and registered."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from brandpool.db.pool import Pool
from brandpool.models.letter import Letter
from brandpool.models.shortlist import ExportEntry
from brandpool.services import records
from brandpool.ui.letter_dialog import LetterDialog
from brandpool.ui.main_window import MainWindow
from tests.services.marks import mark
from tests.ui.conftest import Settle


@pytest.fixture
def dialog(window: MainWindow, forty: list[str], pool: Pool, settle: Settle) -> LetterDialog:
    with pool.write("准备", who="甲") as session:
        mark(session, forty[0], owner="宁波第00机械有限公司")
    made = LetterDialog(window.shell, forty[0], window)
    made.show()
    settle()
    return made


def choose(dialog: LetterDialog, code: str, settle: Settle) -> None:
    dialog.kind.setCurrentIndex(dialog.kind.findData(code))
    dialog.kind.activated.emit(0)
    settle()


def test_the_letter_is_shown_page_by_page_before_anything_is_written(
    dialog: LetterDialog, pool: Pool
) -> None:
    assert dialog.sheets.itemAt(0).widget().accessibleName() == "第 1 页"
    assert dialog.told.isHidden()
    with pool.read() as session:
        assert records.count(session, Letter) == 0


def test_a_letter_that_would_say_nothing_says_why_and_cannot_be_saved(
    dialog: LetterDialog, settle: Settle
) -> None:
    choose(dialog, "protect", settle)
    assert "不必出具" in dialog.told.text()
    assert not dialog.word.isEnabled()
    dialog.found_at.setText("外箱正面")
    dialog.found_at.editingFinished.emit()
    settle()
    assert dialog.told.isHidden()
    assert dialog.word.isEnabled()


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_saving_writes_the_file_and_both_registers(
    dialog: LetterDialog, pool: Pool, settle: Settle, tmp_path: Path, suffix: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    out = tmp_path / f"提示书.{suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(out), ""))
    (dialog.save_word if suffix == "docx" else dialog.save_pdf)()
    settle()
    assert out.read_bytes()[:4] == (b"PK\x03\x04" if suffix == "docx" else b"%PDF")
    with pool.read() as session:
        [letter] = records.rows(session, Letter, records.find(session, Letter))
        [left] = records.rows(session, ExportEntry, records.find(session, ExportEntry))
    assert letter["file_name"] == left["file_name"] == out.name
    assert letter["letter_type"] == "manage"
