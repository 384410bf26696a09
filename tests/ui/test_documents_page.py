"""The page for documents on real widgets: chosen, seen as pages, kept, registered; and lists."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.exchange import pool_files, sample
from brandpool.models.enterprise import Enterprise
from brandpool.models.shortlist import ExportEntry
from brandpool.reports.documents.catalogue import Need, papers
from brandpool.services import records
from brandpool.services.records import RecordRow
from brandpool.settings import Settings
from brandpool.ui import word_paper
from brandpool.ui.documents_page import DocumentsPage
from brandpool.ui.enterprises_page import EnterprisesPage
from brandpool.ui.page import Page, Shell
from brandpool.ui.widgets.list_print import ListPrint
from brandpool.ui.widgets.page_view import PageView
from brandpool.ui.work import Work
from tests.ui.conftest import Settle

Choose = Callable[[Path], None]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sample pool."""
    path = tmp_path_factory.mktemp("filled") / "a.brandpool"
    pool = pool_files.create(path, who="王敏", sample=True)
    sample.build(pool, 15)
    pool.close()
    return path


@pytest.fixture
def pool(filled: Path, tmp_path: Path) -> Iterator[Pool]:
    """A copy of the sample pool in place of the empty one."""
    path = tmp_path / "station.brandpool"
    shutil.copy(filled, path)
    opened = Pool.open(path)
    yield opened
    opened.close()


@pytest.fixture
def shell(work: Work) -> Shell:
    """What a page gets of a window."""
    own = Settings(clerk="王敏", station="宁波高新区商标品牌指导站")

    def visit(key: str) -> Page:
        raise AssertionError(key)

    return Shell(work, own, lambda _k, _r: None, visit, lambda _s: None, lambda: None)


@pytest.fixture
def opened(shell: Shell, qtbot: QtBot) -> DocumentsPage:
    """The page before it has been seen."""
    page = DocumentsPage(shell)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    return page


@pytest.fixture
def page(opened: DocumentsPage, settle: Settle) -> DocumentsPage:
    """The page with a notice on it."""
    opened.form.kind.setCurrentIndex(opened.form.kind.findData("notice"))
    opened.show()
    settle()
    return opened


@pytest.fixture
def reporting(opened: DocumentsPage, qtbot: QtBot, settle: Settle) -> DocumentsPage:
    """The page as it opens: with the report of the last month."""
    opened.show()
    qtbot.waitUntil(lambda: opened.shell.work.idle, timeout=60_000)
    settle()
    return opened


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    """Answers the file chooser."""

    def answer(path: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))

    return answer


def exported(pool: Pool) -> dict[str, RecordRow]:
    with pool.read() as session:
        rows = records.rows(session, ExportEntry, records.find(session, ExportEntry))
    return {str(row["file_name"]): row for row in rows}


def firm(pool: Pool) -> tuple[str, str]:
    with pool.read() as session:
        row = records.rows(session, Enterprise, records.find(session, Enterprise)[:1])[0]
    return str(row["name"]), row.id


def test_it_opens_with_the_report_of_the_last_month_and_keeps_it_with_its_data(
    reporting: DocumentsPage, settle: Settle, choose: Choose, tmp_path: Path
) -> None:
    page = reporting
    assert page.form.period.currentData().end < date.today()
    assert len(page.view.pages) > 2
    assert page.word.isEnabled()
    assert "共" in page.told.text()
    choose(tmp_path / "月报")
    assert page.keep_word() == tmp_path / "月报.docx"
    settle()
    assert docx.Document(str(tmp_path / "月报.docx")).paragraphs
    found = exported(page.shell.work.pool)
    for name in ("月报.docx", "月报_数据.xlsx"):
        digest = hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
        assert found[name]["file_hash"] == digest


def test_every_kind_shows_pages_or_says_what_is_missing(
    page: DocumentsPage, settle: Settle
) -> None:
    for place, paper in enumerate(papers()):
        if paper.need is Need.PERIOD:
            continue
        page.form.kind.setCurrentIndex(place)
        settle()
        if paper.need in (Need.ENTERPRISES, Need.DATE):
            assert not page.view.pages
            assert not page.word.isEnabled()
        else:
            assert page.view.pages, paper.key
    page.ask_for("dossier", [firm(page.shell.work.pool)])
    settle()
    assert page.view.pages
    assert page.form.enterprises.list.count() == 1


def test_the_pdf_has_the_pages_of_the_preview(
    page: DocumentsPage, settle: Settle, choose: Choose, tmp_path: Path
) -> None:
    choose(tmp_path / "公示.pdf")
    page.keep_pdf()
    settle()
    assert len(PdfReader(tmp_path / "公示.pdf").pages) == len(page.view.pages)
    assert "公示.pdf" in exported(page.shell.work.pool)


def test_several_dossiers_go_into_a_folder(
    page: DocumentsPage, settle: Settle, choose: Choose, tmp_path: Path
) -> None:
    with page.shell.work.pool.read() as session:
        ids = records.find(session, Enterprise)[:3]
        named = [(str(r["name"]), r.id) for r in records.rows(session, Enterprise, ids)]
    page.ask_for("dossier", named)
    settle()
    choose(tmp_path / "档案.docx")
    page.keep_word()
    settle()
    assert len(list((tmp_path / "档案").glob("*.docx"))) == 3


def test_people_are_named_only_with_a_purpose(page: DocumentsPage, settle: Settle) -> None:
    page.ask_for("dossier", [firm(page.shell.work.pool)])
    settle()
    page.unmasked.setChecked(True)
    settle()
    assert not page.word.isEnabled()
    assert not page.printing.isEnabled()
    page.reason.setText("走访核对")
    assert page.word.isEnabled()


def test_what_stands_under_a_document_is_remembered(page: DocumentsPage, settle: Settle) -> None:
    page.lines["phone"].setText("0574-87654321")
    page.lines["phone"].editingFinished.emit()
    settle()
    assert page.shell.settings.phone == "0574-87654321"
    assert page.made[0].draft.context["phone"] == "0574-87654321"


def test_printing_is_noted(
    page: DocumentsPage, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    def agree(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(tmp_path / "printed.pdf"))
        return QDialog.DialogCode.Accepted.value

    monkeypatch.setattr(QPrintDialog, "exec", agree)
    page.print_it()
    settle()
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == len(page.view.pages)
    assert any(name.startswith("（打印）") for name in exported(page.shell.work.pool))


def test_pages_are_leafed_through_and_made_larger_with_keys(page: DocumentsPage) -> None:
    view: PageView = page.view
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    first = view.verticalScrollBar().value()
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.verticalScrollBar().value() > first > 0
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.verticalScrollBar().value() == first
    wide = view.dots()
    QTest.keyClick(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert view.dots() < wide
    QTest.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.dots() == wide
    QTest.keyRelease(view, Qt.Key.Key_Control)


@pytest.fixture
def enterprises(shell: Shell, qtbot: QtBot, settle: Settle) -> EnterprisesPage:
    """The list of enterprises."""
    page = EnterprisesPage(shell)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    settle()
    return page


def shown(box: ListPrint) -> list[str]:
    assert box.shown is not None
    place = [field.name for field in box.shown.table.fields].index("name")
    return [str(row[place]) for row in box.shown.table.rows]


def test_a_list_is_printed_as_it_is_seen_selected_or_whole(
    enterprises: EnterprisesPage, settle: Settle, qtbot: QtBot
) -> None:
    table = enterprises.table
    with table.shell.work.pool.read() as session:
        titles = records.titles(session, Enterprise, table.model.ids)
    ids = list(table.model.ids)
    table.show_only(ids[:6], "所选")
    settle()
    table.view.select_rows([0, 1])
    box = table.print_list()
    settle()
    assert [box.scope.itemText(n)[:2] for n in range(box.scope.count())] == ["所选", "当前", "全部"]
    assert shown(box) == [titles[one] for one in table.model.ids[:2]]
    box.scope.setCurrentIndex(1)
    settle()
    assert shown(box) == [titles[one] for one in table.model.ids]
    assert [f.name for f in box.shown.table.fields] == table.shown_fields()  # type: ignore[union-attr]
    box.scope.setCurrentIndex(2)
    settle()
    assert len(shown(box)) == len(ids)
    box.close()
    settle()


def test_a_printed_list_masks_people_and_is_registered(
    enterprises: EnterprisesPage, settle: Settle, choose: Choose, tmp_path: Path
) -> None:
    box = enterprises.table.print_list()
    settle()
    box.unmasked.setChecked(True)
    settle()
    assert not box.pdf.isEnabled()
    box.unmasked.setChecked(False)
    settle()
    choose(tmp_path / "名单.pdf")
    box.keep_pdf()
    settle()
    entry = exported(enterprises.shell.work.pool)["名单.pdf"]
    assert entry["unmasked"] is False
    assert entry["row_count"] == len(enterprises.table.model.ids)
    box.close()
    settle()


def test_people_in_a_copied_list_are_masked_for_others_but_pasted_here_as_they_were(
    enterprises: EnterprisesPage, settle: Settle
) -> None:
    table = enterprises.table
    pool = table.shell.work.pool
    ids = list(table.model.ids)[:2]
    with pool.write("联系人", who="王敏") as session:
        journal.update(session, Enterprise, {one: {"contact": "王小敏"} for one in ids})
    settle()
    names = [field.name for field in table.model.columns]
    place = table.model.index(0, names.index("contact"))
    table.view.selectionModel().clear()
    table.view.setCurrentIndex(place)
    below = table.model.index(1, names.index("contact"))
    table.view.selectionModel().select(below, table.view.selectionModel().SelectionFlag.Select)
    table.edits.copy()
    settle()
    held = QGuiApplication.clipboard().mimeData()
    assert isinstance(held, QMimeData)
    assert "王小敏" not in held.text()
    assert "王*敏" in held.text()
    assert "王小敏" not in held.html()
    target = table.model.index(2, names.index("contact"))
    table.view.setCurrentIndex(target)
    table.edits.paste()
    settle()
    third = list(table.model.ids)[2]
    with pool.read() as session:
        assert records.get(session, Enterprise, third)["contact"] == "王小敏"
    table.view.setCurrentIndex(place)
    table.edits.copy()
    settle()
    assert "王小敏" in QGuiApplication.clipboard().text()


def test_ctrl_p_prints_the_list(enterprises: EnterprisesPage, settle: Settle) -> None:
    QTest.keyClick(enterprises.table.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle()
    boxes = enterprises.findChildren(ListPrint)
    assert len(boxes) == 1
    boxes[0].close()
    QTest.keyRelease(enterprises.table.view, Qt.Key.Key_Control)
    settle()


def test_a_page_is_drawn_as_dark_letters_on_white(page: DocumentsPage) -> None:
    image = word_paper.image_of(page.view.pages[0], 40)
    tones = {image.pixelColor(x, y).lightness() for x in range(60, 270) for y in range(80, 200)}
    assert max(tones) == 255
    assert min(tones) < 120
