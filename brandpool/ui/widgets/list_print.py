"""A list on A4 before it goes to the printer: which rows, its title, whether people are named."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.exchange import list_sheet
from brandpool.exchange.list_out import table_of
from brandpool.exchange.table_out import Table, file_name, names_people
from brandpool.i18n import _
from brandpool.models.record import Record
from brandpool.services import answers, exports, records
from brandpool.services.answers import Answer
from brandpool.services.exports import Exported
from brandpool.services.records import Query
from brandpool.ui import style, word_pages, word_paper
from brandpool.ui.page import Shell
from brandpool.ui.widgets.page_view import PageView
from brandpool.ui.word_pages import Page

Read = Callable[[Session], Answer]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What came back: the list and its pages."""

    table: Table
    pages: Sequence[Page]


@dataclass(frozen=True, slots=True)
class Seen:
    """A list of records as it is seen: fields from left to right, rows, those that are selected.

    `base` asks for all rows where filters leave some out, None where they do not.
    """

    model: type[Record]
    fields: Sequence[str]
    rows: Sequence[str]
    chosen: Sequence[str]
    base: Query | None = None


class ListPrint(QDialog):
    """Shows the pages of a list and prints them; `scopes` are which rows, each with its reading."""

    def __init__(
        self,
        shell: Shell,
        parent: QWidget,
        title: str,
        scopes: Sequence[tuple[str, Read]],
        notes: tuple[str, ...] = (),
    ) -> None:
        super().__init__(parent)
        self.shell, self._scopes, self._notes = shell, scopes, notes
        self.shown: _Shown | None = None
        self.setWindowTitle(_("打印列表"))
        self.resize(980, 680)
        self.title = QLineEdit(title)
        self.scope = QComboBox()
        for words, _read in scopes:
            self.scope.addItem(words)
        self.signed = QCheckBox(_("末尾加填报单位（盖章）和签字栏"))
        self.signed.setChecked(True)
        self.unmasked = QCheckBox(_("写出完整的联系人和电话（默认用 * 遮盖）"))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("写明用途，会记入导出登记"))
        self.view = PageView()
        self.printing = style.primary(QPushButton(_("打印…")))
        self.pdf = QPushButton(_("存为 PDF…"))
        self.close_button = QPushButton(_("关闭"))
        self._lay_out()
        self._connect()
        self.look()

    def look(self) -> None:
        """Read the rows that are asked for and lay them out."""
        read = self._scopes[self.scope.currentIndex()][1]
        title, own, notes = self.title.text().strip(), self.shell.settings, self._notes
        unmasked, signed = self.unmasked.isChecked(), self.signed.isChecked()

        def job(session: Session) -> _Shown:
            table = table_of(
                read(session),
                title,
                station=own.station,
                clerk=own.clerk,
                phone=own.phone,
                notes=notes,
            )
            table = replace(table, signed=signed)
            return _Shown(table, word_pages.pages(list_sheet.sheets(table, unmasked=unmasked)))

        self.shell.work.read(job, self._show, title=_("排版列表"), replaces=self.view)

    def keep_pdf(self) -> None:
        """Ask for a place, write the PDF there and enter it in the register."""
        if self.shown is None:
            return
        shown, own = self.shown, self.shell.settings
        name = file_name(own.zone, shown.table.title, date.today(), ".pdf")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("保存"), name, _("PDF 文件 (*.pdf)"))
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")

        def job(session: Session) -> str:
            sha256 = word_paper.pdf_of(shown.pages, path, title=shown.table.title)
            self._enter(session, path.name, sha256, shown.table)
            return str(path)

        self.shell.work.write(
            _("导出“{name}”").format(name=shown.table.title),
            job,
            lambda kept: self.shell.say(_("已写到 {path}").format(path=kept)),
            owner=self,
        )

    def print_it(self) -> None:
        """Print on a printer of the machine, and note it."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self.shown is None or QPrintDialog(printer, self).exec() != QDialog.DialogCode.Accepted:
            return
        word_paper.print_pages(self.shown.pages, printer)
        table = self.shown.table
        name = f"（打印）{table.title}"
        self.shell.work.write(
            _("打印列表“{name}”").format(name=table.title),
            lambda session: self._enter(session, name, "", table),
        )

    def _enter(self, session: Session, name: str, sha256: str, table: Table) -> None:
        unmasked = self.unmasked.isChecked() and names_people(table)
        reason = self.reason.text().strip() if unmasked else ""
        entry = Exported(name, sha256, len(table.rows), unmasked, reason)
        exports.register(session, entry, self.shell.settings.clerk, date.today())

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(_("标题"), self.title)
        form.addRow(_("范围"), self.scope)
        form.addRow("", self.signed)
        form.addRow("", self.unmasked)
        form.addRow(_("用途"), self.reason)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.close_button, self.pdf, self.printing):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.view, 1)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.title.editingFinished.connect(self.look)
        self.scope.currentIndexChanged.connect(self.look)
        self.signed.toggled.connect(self.look)
        self.unmasked.toggled.connect(self.look)
        self.reason.textChanged.connect(self._weigh)
        self.printing.clicked.connect(self.print_it)
        self.pdf.clicked.connect(self.keep_pdf)
        self.close_button.clicked.connect(self.close)
        self._weigh()

    def _show(self, shown: _Shown) -> None:
        self.shown = shown
        self.view.show_pages(shown.pages)
        self._weigh()

    def _weigh(self) -> None:
        """Nobody's data is printed unmasked without a purpose."""
        people = self.shown is not None and names_people(self.shown.table)
        self.unmasked.setVisible(people)
        self.reason.setEnabled(people and self.unmasked.isChecked())
        justified = not self.unmasked.isChecked() or bool(self.reason.text().strip())
        ready = self.shown is not None and bool(self.title.text().strip()) and justified
        self.printing.setEnabled(ready)
        self.pdf.setEnabled(ready)


def print_records(shell: Shell, parent: QWidget, seen: Seen) -> ListPrint:
    """Show a list of records on A4: the selected rows, those in sight, or all."""

    def listed(ids: Sequence[str]) -> Read:
        return lambda session: answers.listing(session, seen.model, ids, seen.fields, date.today())

    scopes = [(_("当前列表（{rows} 行）").format(rows=len(seen.rows)), listed(seen.rows))]
    if len(seen.chosen) > 1:
        words = _("所选（{rows} 行）").format(rows=len(seen.chosen))
        scopes.insert(0, (words, listed(seen.chosen)))
    if seen.base is not None:
        base = seen.base
        scopes.append((
            _("全部，不管筛选"),
            lambda session: listed(records.find(session, seen.model, base))(session),
        ))  # fmt: skip
    box = ListPrint(shell, parent, _("{noun}名单").format(noun=seen.model.zh), scopes)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box
