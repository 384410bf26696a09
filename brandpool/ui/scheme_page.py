"""梯队方案: versions with their dates, read and edited, saved as new versions, tried out."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.rules import scheme_file
from brandpool.rules.scheme import Scheme
from brandpool.services import scheme_form, schemes
from brandpool.services.schemes import SchemeRow
from brandpool.ui import style
from brandpool.ui.page import Page, Shell
from brandpool.ui.rehearsal_view import RehearsalView
from brandpool.ui.scheme_sheet import SchemeSheet
from brandpool.ui.scheme_version import VersionForm
from brandpool.ui.widgets.plain_table import PlainTable, Shown


class SchemePage(Page):
    """Versions at the left; at the right the chosen one, to be read, edited and tried."""

    kinds = frozenset({"tier_scheme"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.rows: list[SchemeRow] = []
        self.row: SchemeRow | None = None
        self._seek = ""
        self.table: PlainTable[SchemeRow] = PlainTable(
            (_("方案"), _("版本"), _("施行"), _("状态")), (150, 52, 86, 60), _("方案版本")
        )
        self.sheet = SchemeSheet(shell)
        self.rehearsal = RehearsalView(shell, self.scheme)
        self.save_button = QPushButton(_("保存修改"))
        self.save_as_button = style.primary(QPushButton(_("另存为新版本…")))
        self.revert_button = QPushButton(_("放弃修改"))
        self.load_button = QPushButton(_("载入方案文件…"))
        self.export_button = QPushButton(_("导出方案文件…"))
        self.remove_button = QPushButton(_("删除这一版本"))
        self.note = QLabel()
        self.note.setStyleSheet(style.BANNER_SHEET)
        self._lay_out()
        self._connect()
        self._on_edited()

    def refresh(self) -> None:
        """Read the versions again; edits that are not saved stay on the page."""
        self.shell.work.read(schemes.find, self._show, replaces=self)

    def open_record(self, _kind: str, record: str) -> None:
        """Show this version."""
        self._seek = record
        self.refresh()

    def scheme(self) -> Scheme:
        """The scheme as it stands on the page. Raises UserError that says where it is wrong."""
        return scheme_form.from_form(self.sheet.form())

    def save(self) -> None:
        """Write the edits into the version on the page."""
        scheme, row = self._checked(), self.row
        if scheme is not None and row is not None:
            self._write(scheme, row.ver, _("修改方案：{title}（{version}）"))

    def save_as(self) -> None:
        """Ask for version and start, then write a new version."""
        scheme = self._checked()
        if scheme is not None:
            ask = VersionForm(self.shell, scheme, {row.name for row in self.rows}, self)
            ask.named.connect(
                lambda new: self._write(new, None, _("新版本方案：{title}（{version}）"))
            )
            ask.open()

    def load(self) -> None:
        """Put the scheme of a file into the pool."""
        chosen, _kind = QFileDialog.getOpenFileName(self, _("载入方案文件"), "", _files())
        if chosen:
            path = Path(chosen)
            self.shell.work.write(
                _("载入方案：{name}").format(name=path.name),
                lambda session: schemes.load_file(session, path),
                self._on_saved,
            )

    def export(self) -> None:
        """Write the scheme on the page into a file."""
        scheme = self._checked()
        if scheme is None:
            return
        name = f"{scheme.title}_{scheme.version}.json"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("导出方案文件"), name, _files())
        if chosen:
            text = scheme_file.dumps(scheme_file.document(scheme))
            target = Path(chosen)
            self.shell.work.run(
                lambda _task: _write_file(target, text),
                lambda _none: self.shell.say(_("已导出到 {target}").format(target=target)),
                owner=self,
            )

    def remove(self) -> None:
        """Delete the version; one that moves cite stays."""
        if self.row is not None:
            name, title = self.row.name, self.row.title
            self.shell.work.write(
                _("删除方案：{title}（{name}）").format(title=title, name=name),
                lambda session: schemes.remove(session, name),
            )

    def revert(self) -> None:
        """Show the version as it is saved."""
        self.sheet.fill(self.row.scheme if self.row else None)
        self._on_edited()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        for button in (self.load_button, self.export_button, self.remove_button):
            column.addWidget(button)
        self.tabs = QTabWidget()
        for view, title in self.sheet.tabs():
            self.tabs.addTab(view, title)
        self.tabs.addTab(self.rehearsal, _("试用方案"))
        right = QWidget()
        stack = QVBoxLayout(right)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.tabs, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.note)
        buttons.addStretch(1)
        for button in (self.revert_button, self.save_button, self.save_as_button):
            buttons.addWidget(button)
        stack.addLayout(buttons)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([370, 830])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 10)
        layout.addWidget(style.heading(_("梯队方案")))
        layout.addWidget(
            style.soft(
                _(
                    "方案规定有哪些梯队和层级、各层的条件、期限和退出原因。要改规定，请改后另存为新版本，并填写施行日期。"
                )
            )
        )
        layout.addWidget(split, 1)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._on_row())
        self.sheet.edited.connect(self._on_edited)
        self.sheet.refused.connect(self._refuse)
        self.rehearsal.refused.connect(self._refuse)
        for button, act in (
            (self.save_button, self.save),
            (self.save_as_button, self.save_as),
            (self.revert_button, self.revert),
            (self.load_button, self.load),
            (self.export_button, self.export),
            (self.remove_button, self.remove),
        ):
            button.clicked.connect(lambda _checked=False, act=act: act())

    def _show(self, rows: list[SchemeRow]) -> None:
        self.rows = rows
        today = date.today()
        wanted = self._seek or (self.row.id if self.row else "")
        self._seek = ""
        keep_edits = self.sheet.touched and self.row is not None and wanted == self.row.id
        self.table.blockSignals(True)
        self.table.fill([_shown(row, today) for row in rows])
        self.table.blockSignals(False)
        places = [place for place, row in enumerate(rows) if row.id == wanted]
        if keep_edits and places:
            self.row = rows[places[0]]
            return
        self.row = None
        self.sheet.touched = False
        if rows:
            self.table.selectRow(places[0] if places else 0)
        self._on_row()

    def _on_row(self) -> None:
        row = self.table.chosen()
        if row is self.row and row is not None:
            return
        if self.sheet.touched and not self._may_leave():
            return
        self.row = row
        self.sheet.fill(row.scheme if row else None)
        self.rehearsal.offer(self.rows, row.name if row else "", date.today())
        self._on_edited()

    def _on_edited(self) -> None:
        touched = self.sheet.touched
        self.note.setVisible(touched)
        self.note.setText(_("有修改没有保存"))
        self.save_button.setEnabled(touched)
        self.revert_button.setEnabled(touched)
        for button in (self.save_as_button, self.export_button, self.remove_button):
            button.setEnabled(self.row is not None)

    def _checked(self) -> Scheme | None:
        try:
            return self.scheme()
        except UserError as reason:
            self._refuse(str(reason))
            return None

    def _write(self, scheme: Scheme, seen: str | None, why: str) -> None:
        self.shell.work.write(
            why.format(title=scheme.title, version=scheme.version),
            lambda session: schemes.save(session, scheme, seen),
            self._on_saved,
        )

    def _on_saved(self, record: str) -> None:
        self.sheet.touched = False
        self._seek = record
        self.shell.say(_("方案已保存"))
        self.refresh()

    def _refuse(self, text: str) -> None:
        QMessageBox.warning(self, _("没有完成"), text)

    def _may_leave(self) -> bool:
        box = QMessageBox(QMessageBox.Icon.Question, _("方案"), _("有修改没有保存。"), parent=self)
        keep = box.addButton(_("继续修改"), QMessageBox.ButtonRole.RejectRole)
        box.addButton(_("放弃修改"), QMessageBox.ButtonRole.DestructiveRole)
        box.exec()
        if box.clickedButton() is not keep:
            return True
        places = [place for place, row in enumerate(self.rows) if row is self.row]
        self.table.selectRow(places[0] if places else 0)
        return False


def _shown(row: SchemeRow, today: date) -> Shown[SchemeRow]:
    if row.scheme.in_force(today):
        state = _("施行中")
    else:
        state = _("未施行") if today < row.starts else _("已废止")
    texts = (row.title, row.scheme.version, str(row.starts), state)
    return Shown(row, texts, quiet=not row.scheme.in_force(today))


def _files() -> str:
    return _("方案文件 (*.json)")


def _write_file(target: Path, text: str) -> None:
    try:
        target.write_text(text + "\n", "utf-8")
    except OSError as bad:
        text = _("{file} 无法写入（{why}）。请换一个位置。")
        raise UserError(text.format(file=target.name, why=bad.strerror)) from bad
