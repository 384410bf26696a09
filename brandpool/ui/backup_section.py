"""Backups in the settings: what there is, whether it is whole, and the way back."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from brandpool.exchange import backups, pool_files
from brandpool.exchange.backups import BackupRow, Verdict
from brandpool.i18n import _
from brandpool.ui import style
from brandpool.ui.backup_view import BackupView
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.work import Task


class BackupSection(QWidget):
    """The list of backups with what can be done about each."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.rows: list[BackupRow] = []
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.folder = QLabel()
        self.folder.setWordWrap(True)
        self.change = style.quiet(QPushButton(_("更改文件夹…")))
        self.make = style.primary(QPushButton(_("立即备份")))
        self.verify = QPushButton(_("验证"))
        self.view = QPushButton(_("查看内容"))
        self.back = QPushButton(_("恢复为新文件…"))
        self.table: PlainTable[BackupRow] = PlainTable(
            (_("时间"), _("缘由"), _("大小"), _("文件")), (140, 90, 80, 320), _("备份")
        )
        self._lay_out()
        for button, act in (
            (self.change, self._choose_folder),
            (self.make, self._make),
            (self.verify, self._verify),
            (self.view, self._view),
            (self.back, self._bring_back),
        ):
            button.clicked.connect(act)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.activated.connect(lambda _index: self._view())

    @property
    def pool(self) -> Path:
        """The pool that is open."""
        return self.shell.work.pool.path

    def ask(self) -> None:
        """Look into the folder again."""
        pool, folder = self.pool, self._folder()
        self.folder.setText(_("备份在 {folder}").format(folder=folder))
        self.shell.work.run(lambda _task: backups.listed(pool, folder), self._show, replaces=self)

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(self.change)
        buttons = QHBoxLayout()
        for button in (self.verify, self.view, self.back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.make)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            style.soft(
                _(
                    "打开品牌库时每天自动备份一次，导入、合并和升级之前各备份一次；"
                    "两天内的全部保留，一个月内每天留一份，更早的每月留一份。"
                )
            )
        )
        layout.addLayout(place)
        layout.addWidget(self.note)
        layout.addLayout(buttons)
        layout.addWidget(self.table, 1)

    def _show(self, rows: list[BackupRow]) -> None:
        self.rows = rows
        self.table.fill([Shown(row, _texts(row)) for row in rows])
        if rows:
            self.table.selectRow(0)
        self._say_how_old(datetime.now().astimezone())
        self._on_selection()

    def _say_how_old(self, now: datetime) -> None:
        if not self.rows:
            text = _("还没有备份。请现在备份一次。")
        else:
            days = (now - self.rows[0].when).days
            text = _("最近一次备份：{when:%Y-%m-%d %H:%M}").format(when=self.rows[0].when)
            if backups.is_stale(self.rows, now):
                text += _("，已有 {days} 天。请现在备份一次。").format(days=days)
        self.note.setText(text)
        style.tint(self.note, style.BAD if backups.is_stale(self.rows, now) else style.GOOD)

    def _on_selection(self) -> None:
        there = self.table.chosen() is not None
        for button in (self.verify, self.view, self.back):
            button.setEnabled(there)

    def _folder(self) -> Path:
        return pool_files.folder_of(self.pool, self.shell.settings.backup_folder)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("备份文件夹"), str(self._folder()))
        if chosen:
            self.shell.settings.backup_folder = chosen
            self.shell.remember()
            self.ask()

    def _make(self) -> None:
        folder = self._folder()

        def job(task: Task) -> Path:
            return pool_files.backup(task.pool, folder, progress=task.progress)

        self.shell.work.run(job, self._made, title=_("备份"))

    def _made(self, path: Path) -> None:
        self.shell.say(_("已备份到 {target}").format(target=path))
        self.ask()

    def _verify(self) -> None:
        row, pool = self.table.chosen(), self.pool
        if row is not None:
            self.shell.work.run(
                lambda task: backups.verify(row.path, pool, task.progress),
                partial(self._tell, row),
                title=_("验证备份"),
                owner=self,
            )

    def _tell(self, row: BackupRow, verdict: Verdict) -> None:
        words = verdict_words(row, verdict)
        if verdict.faults:
            QMessageBox.warning(self, _("验证备份"), words)
        else:
            QMessageBox.information(self, _("验证备份"), words)

    def _view(self) -> None:
        row = self.table.chosen()
        if row is not None:
            self.shell.work.run(
                lambda _task: backups.look_into(row.path),
                lambda pool: BackupView(pool, row, self.shell.settings, self).show(),
                owner=self,
            )

    def _bring_back(self) -> None:
        row, pool = self.table.chosen(), self.pool
        if row is None:
            return
        text = _(
            "将把 {when:%Y-%m-%d %H:%M} 的备份复制为 {folder} 中的一个新文件，并打开它。\n"
            "现在这个品牌库原样保留，不会被覆盖。"
        )
        box = QMessageBox(QMessageBox.Icon.Question, _("恢复"), "", parent=self)
        box.setText(text.format(when=row.when, folder=pool.parent))
        yes = box.addButton(_("复制并打开"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(_("取消"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is yes:
            self.shell.work.run(
                lambda task: backups.bring_back(row.path, pool, progress=task.progress),
                self._enter,
                title=_("恢复"),
            )

    def _enter(self, path: Path) -> None:
        """Open the copy once this job is over: it closes the runner that brought it."""
        QTimer.singleShot(0, partial(self.shell.enter, path))


def verdict_words(row: BackupRow, verdict: Verdict) -> str:
    """What looking through a backup found, for the clerk."""
    name = row.path.name
    if verdict.faults:
        faults = "；".join(verdict.faults)
        return _("{name} 不完整：{faults}。请改用另一份备份。").format(name=name, faults=faults)
    if verdict.partly:
        return _("{name} 的文件完好。它由较早版本的程序建立，没有逐条核对。").format(name=name)
    (_first, enterprises), (_second, marks), (_all, total) = verdict.counts
    return _(
        "{name} 完好：企业 {enterprises:,} 家、商标 {marks:,} 件，共 {total:,} 条记录，"
        "与其操作历史逐项相符。"
    ).format(name=name, enterprises=enterprises, marks=marks, total=total)


def _texts(row: BackupRow) -> tuple[str, ...]:
    reasons = {
        pool_files.BEFORE_IMPORT: _("导入前"),
        pool_files.BEFORE_MERGE: _("合并前"),
        "升级前": _("升级前"),
    }
    size = f"{row.size / 2**20:,.1f} MB"
    return f"{row.when:%Y-%m-%d %H:%M}", reasons.get(row.reason, ""), size, row.path.name
