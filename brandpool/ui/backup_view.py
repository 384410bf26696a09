"""A look into a backup: a window of its own on a file that cannot change."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QTabWidget, QVBoxLayout, QWidget

from brandpool.db.pool import Pool
from brandpool.exchange.backups import BackupRow
from brandpool.i18n import _
from brandpool.settings import Settings
from brandpool.ui import style
from brandpool.ui.compare_tab import CompareTab
from brandpool.ui.page import Page, Shell
from brandpool.ui.past_tab import PastTab
from brandpool.ui.work import Work


class BackupView(QDialog):
    """Shows the records of a backup, also as known on earlier days; stands beside the window."""

    def __init__(self, pool: Pool, row: BackupRow, own: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.Window)
        self.setWindowTitle(_("【只读】{name}").format(name=row.path.name))
        self.resize(1120, 640)
        self.pool = pool
        self.work = Work(pool, lambda: own.clerk)
        self.said = style.soft("")
        shell = Shell(self.work, own, self._open, self._visit, self.said.setText, lambda: None)
        self.past = PastTab(shell)
        self.compare = CompareTab(shell)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.past, _("当时所知"))
        self.tabs.addTab(self.compare, _("两日对照"))
        self.tabs.currentChanged.connect(self._turn)
        banner = QLabel(_("{when:%Y-%m-%d %H:%M} 的备份，只供查看，不能修改").format(when=row.when))
        banner.setStyleSheet(style.BANNER_SHEET)
        layout = QVBoxLayout(self)
        layout.addWidget(banner)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.said)
        self.work.refused.connect(self.said.setText)
        parent.destroyed.connect(self.work.close)
        self.past.ask()

    def done(self, result: int) -> None:
        """Let go of the file, however the window is closed."""
        self.leave()
        super().done(result)

    def leave(self) -> None:
        """Close runner and file."""
        self.work.close()
        self.pool.close()

    def _turn(self) -> None:
        tab = self.tabs.currentWidget()
        if tab is self.past or tab is self.compare:
            tab.ask()

    def _open(self, _kind: str, _record: str) -> None:
        self.said.setText(_("备份里的记录只能在表中查看。"))

    def _visit(self, _key: str) -> Page:
        raise LookupError("a backup has no pages")
