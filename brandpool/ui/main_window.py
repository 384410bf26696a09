"""The window: navigation at the left, search on top, pages built on their first visit."""

import base64
import binascii
from functools import partial

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool import settings as settings_module
from brandpool.i18n import _
from brandpool.models.kinds import by_kind
from brandpool.models.record import fields
from brandpool.services import records
from brandpool.settings import Settings
from brandpool.ui import doors as ways
from brandpool.ui import style
from brandpool.ui.doors import Doors
from brandpool.ui.import_ways import FileDrop, choose_file
from brandpool.ui.ledgers_page import LedgersPage
from brandpool.ui.menus import Menus
from brandpool.ui.pack_banner import CopyBanner
from brandpool.ui.pack_files import PackDrop
from brandpool.ui.page import Page, Shell
from brandpool.ui.pages import Entry, navigation
from brandpool.ui.places import Place, places
from brandpool.ui.rail import Rail
from brandpool.ui.search_box import SearchBox
from brandpool.ui.status import StatusBar
from brandpool.ui.undo_actions import UndoActions
from brandpool.ui.welcome import Welcome
from brandpool.ui.work import Task, Work


class MainWindow(QMainWindow):
    """One pool in a window, or the welcome page where there is none yet."""

    def __init__(
        self, settings: Settings, doors: Doors, work: Work | None = None, *, sample: bool = False
    ) -> None:
        super().__init__()
        self.settings = settings
        self.doors = doors
        self.work = work
        self.lines = navigation()
        self.entries = {line.key: line for line in self.lines if isinstance(line, Entry)}
        self._built: dict[str, Page] = {}
        self.menus = Menus(self, doors, settings)
        self.setWindowTitle(_title(work, sample=sample))
        self.resize(1280, 700)
        if work is None:
            self.setCentralWidget(Welcome(doors, settings))
            PackDrop(self, doors.open)
            self.menus.edit.menuAction().setVisible(False)
            self.menus.pages.menuAction().setVisible(False)
            self._restore("")
        else:
            self._furnish(work, sample=sample)

    def visit(self, key: str) -> Page:
        """Go to a page; it is built on its first visit."""
        self.rail.choose(key)
        return self._page(self.entries[key])

    def open_record(self, kind: str, record: str) -> None:
        """Show a record where its kind is at home, else the enterprise it belongs to.

        The page that is home to the fewest kinds goes before the ledgers, which are home to most.
        """
        homes = [entry for entry in self.entries.values() if kind in entry.home_of]
        if homes:
            entry = min(homes, key=lambda entry: len(entry.home_of))
            self.visit(entry.key).open_record(kind, record)
        elif self.work is not None and "enterprise_id" in fields(by_kind()[kind]):
            self.work.read(
                lambda session: _enterprise_of(session, kind, record), self._open_enterprise
            )

    def say(self, text: str) -> None:
        """A sentence in the status bar, for some seconds."""
        self.statusBar().showMessage(text, 6000)

    def remember(self) -> None:
        """Save the settings."""
        settings_module.save(self.settings)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before a long job is broken off; remember where things stood."""
        running = self.work.running if self.work else None
        if running is not None and running.title and not self._may_stop(running):
            event.ignore()
            return
        self.settings.window = self.placement()
        self.remember()
        super().closeEvent(event)

    def placement(self) -> str:
        """Where the window stands and which page it shows, as the settings keep it."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        return f"{self.current_key()} {geometry}"

    def current_key(self) -> str:
        """The key of the page in sight."""
        return self.rail.key if self.work is not None else ""

    def _furnish(self, work: Work, *, sample: bool) -> None:
        self.shell = Shell(
            work,
            self.settings,
            self.open_record,
            self.visit,
            self.say,
            self.remember,
            self.doors.open,
        )
        centre = QWidget()
        pages = places(self.entries.values())
        self.search = SearchBox(work, self.open_record, centre, pages, self._go)
        self.rail = Rail(self.lines)
        self.stack = QStackedWidget()
        self.rail.chosen.connect(lambda key: self._page(self.entries[key]))
        self.copy = CopyBanner(work)
        self._lay_out(centre, sample=sample)
        self.setStatusBar(StatusBar(work, work.pool.path.stem))
        self.steps = UndoActions(work, self)
        self._fill_menus(work)
        FileDrop(self, self.shell)
        work.refused.connect(self._refuse)
        self._restore(self.settings.window)

    def _lay_out(self, centre: QWidget, *, sample: bool) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 8)
        top.addWidget(self.search, 1)
        top.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(0)
        if sample:
            banner = QLabel(_("示例库：企业和数据均为虚构，可以随意试用"))
            banner.setStyleSheet(style.SAMPLE_SHEET)
            right.addWidget(banner)
        right.addWidget(self.copy)
        right.addLayout(top)
        right.addWidget(self.stack, 1)
        layout = QHBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addLayout(right, 1)
        self.setCentralWidget(centre)

    def _fill_menus(self, work: Work) -> None:
        menus = self.menus
        menus.file.addSeparator()
        menus.add(menus.file, _("导入表格…"), lambda: choose_file(self.shell), "Ctrl+I")
        menus.add(menus.file, _("备份到…"), lambda: self._back_up(work))
        menus.file.addSeparator()
        menus.add(menus.file, _("退出"), self.close, "Ctrl+Q")
        menus.edit.addActions([self.steps.undo, self.steps.redo])
        menus.edit.addSeparator()
        find = menus.add(menus.edit, _("查找"), self._find)
        find.setShortcuts([QKeySequence("Ctrl+K"), QKeySequence("Ctrl+F")])
        self._list_pages(menus)
        QShortcut(QKeySequence("F5"), self, self._look_again)
        QShortcut(QKeySequence("Ctrl+S"), self, self._answer_save)

    def _list_pages(self, menus: Menus) -> None:
        place = 0
        for line in self.lines:
            if isinstance(line, Entry):
                place += 1
                keys = f"Ctrl+{place}" if place < 10 else ""
                menus.add(menus.pages, line.title, partial(self.visit, line.key), keys)
            else:
                menus.pages.addSection(line.title)

    def _page(self, entry: Entry) -> Page:
        if entry.key not in self._built:
            page = entry.build(self.shell)
            self._built[entry.key] = page
            self.stack.addWidget(page)
        page = self._built[entry.key]
        self.stack.setCurrentWidget(page)
        return page

    def _go(self, place: Place) -> None:
        page = self.visit(place.key)
        if place.kind and isinstance(page, LedgersPage):
            page.show_ledger(by_kind()[place.kind])

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _look_again(self) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, Page):
            page.refresh()

    def _answer_save(self) -> None:
        self.say(_("已保存。表格和表单里的修改会立即写入品牌库。"))

    def _open_enterprise(self, enterprise: str | None) -> None:
        if enterprise:
            self.open_record("enterprise", enterprise)

    def _refuse(self, text: str) -> None:
        QMessageBox.warning(self, _("没有完成"), text)

    def _may_stop(self, task: Task) -> bool:
        answer = QMessageBox.question(
            self,
            _("正在处理"),
            _("“{title}”还没有完成。要停止它并关闭窗口吗？未完成的部分不会写入。").format(
                title=task.title
            ),
        )
        return answer == QMessageBox.StandardButton.Yes

    def _back_up(self, work: Work) -> None:
        target = ways.ask_backup(self, f"{work.pool.path.stem}_备份.brandpool")
        if target is not None:
            work.run(
                lambda _task: work.pool.backup_to(target),
                lambda _none: self.say(_("已备份到 {target}").format(target=target)),
                title=_("备份"),
                owner=self,
            )

    def _restore(self, remembered: str) -> None:
        page, _space, geometry = remembered.partition(" ")
        if geometry:
            try:
                self.restoreGeometry(QByteArray(base64.b64decode(geometry, validate=True)))
            except binascii.Error:
                self.resize(1280, 700)
        if self.work is not None:
            self.rail.choose(page if page in self.entries else next(iter(self.entries)))


def _title(work: Work | None, *, sample: bool) -> str:
    name = _("品牌培育库")
    if work is None:
        return name
    mark = _("【示例库】") if sample else ""
    return f"{mark}{work.pool.path.stem} — {name}"


def _enterprise_of(session: Session, kind: str, record: str) -> str | None:
    value = records.get(session, by_kind()[kind], record)["enterprise_id"]
    return str(value) if value else None
